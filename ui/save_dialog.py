"""Asks for a file or a folder in the light of the moment: the system's dialog would be white."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QFileInfo
from PySide6.QtGui import QAbstractFileIconProvider, QIcon, QPixmap
from PySide6.QtWidgets import QFileDialog, QToolButton, QWidget

from ui import discreet, icons, theme, tokens
from ui.language import shown

_Kind = QAbstractFileIconProvider.IconType
_KINDS: Final = {
    _Kind.Computer: "monitor",
    _Kind.Desktop: "monitor",
    _Kind.Drive: "hard-drive",
    _Kind.Folder: "folder",
}
# Qt's own names of the buttons, with our sign; what they are called for a screen reader is Qt's
_BUTTONS: Final = {
    "backButton": "arrow-left",
    "forwardButton": "arrow-right",
    "toParentButton": "arrow-up",
    "newFolderButton": "folder-plus",
    "listModeButton": "layout-grid",
    "detailModeButton": "list",
}


def _sign(name: str) -> QIcon:
    look = theme.look()
    drawn = icons.image(name, look.palette.muted, look.px(tokens.ICON), 1.0)
    return QIcon(QPixmap.fromImage(drawn))


class _Signs(QAbstractFileIconProvider):
    """Folders and files in our own quiet signs."""

    def icon(self, what: _Kind | QFileInfo, /) -> QIcon:
        if isinstance(what, QFileInfo):
            return _sign("folder" if what.isDir() else "file")
        return _sign(_KINDS.get(what, "file"))


class _Plain(QFileDialog):
    """Our own dialog in our own signs, never the system's white one."""

    def __init__(self, parent: QWidget | None, title: str, folder: Path) -> None:
        super().__init__(parent, shown(title), str(folder))
        if parent is None:
            theme.clothe(self)
        self.setOption(QFileDialog.Option.DontUseNativeDialog)
        self._signs = _Signs()  # Qt does not keep it for us
        self.destroyed.connect(discreet.forget_places)  # it writes them as it goes

    def put_on_signs(self) -> None:
        """Our signs on folders and buttons; the last thing, once the mode is set."""
        self.setIconProvider(self._signs)
        for button in self.findChildren(QToolButton):
            if button.objectName() in _BUTTONS:
                button.setIcon(_sign(_BUTTONS[button.objectName()]))
        self.resize(theme.look().px(2 * tokens.READING_WIDTH), self.sizeHint().height())

    def chosen(self) -> Path | None:
        """What was named; None if nothing was."""
        files = self.selectedFiles()
        return Path(files[0]) if files else None


class SaveDialog(_Plain):
    """Asks for one new file; ``chosen`` tells which, after it was accepted."""

    def __init__(self, parent: QWidget | None, title: str, *, suggested: Path) -> None:
        super().__init__(parent, title, suggested.parent)
        self.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.setFileMode(QFileDialog.FileMode.AnyFile)
        self.setDefaultSuffix(suggested.suffix.lstrip("."))
        self.selectFile(suggested.name)
        self.put_on_signs()


class FolderDialog(_Plain):
    """Asks for one folder or stick that is there; its files are shown, so that it is recognised."""

    def __init__(self, parent: QWidget | None, title: str, *, start: Path) -> None:
        super().__init__(parent, title, start)
        self.setAcceptMode(QFileDialog.AcceptMode.AcceptOpen)
        self.setFileMode(QFileDialog.FileMode.Directory)
        self.put_on_signs()


class FilesDialog(_Plain):
    """Asks for files that are there; ``kinds`` are shown first, every file on request."""

    def __init__(self, parent: QWidget | None, title: str, *, start: Path, kinds: str) -> None:
        super().__init__(parent, title, start)
        self.setAcceptMode(QFileDialog.AcceptMode.AcceptOpen)
        self.setFileMode(QFileDialog.FileMode.ExistingFiles)
        self.setNameFilters([shown(kinds), shown("Every file (*)")])
        self.put_on_signs()

    def all_chosen(self) -> tuple[Path, ...]:
        """The files that were named."""
        return tuple(Path(name) for name in self.selectedFiles())
