"""Asks where to save, in the light of the moment: the system's own dialog would come in white."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QFileInfo
from PySide6.QtGui import QAbstractFileIconProvider, QIcon, QPixmap
from PySide6.QtWidgets import QFileDialog, QToolButton, QWidget

from ui import icons, theme, tokens

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


class SaveDialog(QFileDialog):
    """Asks for one new file; ``chosen`` tells which, after it was accepted."""

    def __init__(self, parent: QWidget | None, title: str, *, suggested: Path) -> None:
        super().__init__(parent, title, str(suggested.parent))
        if parent is None:
            theme.clothe(self)
        self.setOption(QFileDialog.Option.DontUseNativeDialog)
        self.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.setFileMode(QFileDialog.FileMode.AnyFile)
        self.setDefaultSuffix(suggested.suffix.lstrip("."))
        self.selectFile(suggested.name)
        self._signs = _Signs()  # Qt does not keep it for us
        self.setIconProvider(self._signs)
        for button in self.findChildren(QToolButton):
            if button.objectName() in _BUTTONS:
                button.setIcon(_sign(_BUTTONS[button.objectName()]))

        self.resize(theme.look().px(2 * tokens.READING_WIDTH), self.sizeHint().height())

    def chosen(self) -> Path | None:
        """The file that was named; None if none was."""
        files = self.selectedFiles()
        return Path(files[0]) if files else None
