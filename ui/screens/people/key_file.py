"""The file of a recovery key: chosen, read, and named by its fingerprint."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from ketachart.errors import KetaChartError, Refused
from ui import tokens
from ui.actions import key_of
from ui.dialogs import Dialogs
from ui.laptop import breakable
from ui.widgets.boxes import Column
from ui.widgets.buttons import Button
from ui.widgets.trouble import Trouble
from ui.widgets.ways import Ways
from ui.widgets.words import Words

if TYPE_CHECKING:
    from ketachart.charting.recovering import RecoveryFileInfo

_KINDS: Final = "Recovery keys (*.key)"
_LONGEST: Final = 65_536  # bytes: a recovery key has some 600
_UNREADABLE: Final = "It cannot be read there. Is the stick in? Nothing was changed."


class KeyFile(Column):
    """One button, and what the chosen file says of itself."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(gap=tokens.S2)
        self.info: RecoveryFileInfo | None = None
        self.content = b""
        self.choose = Button(
            "Choose the recovery key's file", sign="folder", key=key_of("recovery-file")
        )
        self._shown = Words(size="small")
        self._trouble = Trouble("Why it is no recovery key")
        for part in (Ways(self.choose), self._shown, self._trouble):
            self.add(part)
        self._shown.hide()
        self.setFocusProxy(self.choose)
        self.choose.clicked.connect(self.ask)

    def ask(self) -> None:
        """Asks for the file and reads it; what was read before stays where it is none."""
        chosen = Dialogs.ask_files(self, "Choose the recovery key", Path.home(), _KINDS)
        if chosen:
            self.take_file(chosen[0])

    def take_file(self, path: Path) -> None:
        """This file, if it is one."""
        from ketachart.charting.recovering import read_recovery_file

        try:
            with path.open("rb") as stream:
                content = stream.read(_LONGEST)
            self.info = read_recovery_file(content)
        except (KetaChartError, OSError) as error:
            why = str(error) if isinstance(error, KetaChartError) else _UNREADABLE
            self._trouble.say("That file was not taken", why)
            return
        self.content = content
        self._trouble.settle()
        self._shown.setText(f"Key {self.info.fingerprint[:8]}, from {breakable(path)}")
        self._shown.show()
        self.changed.emit()

    def needed(self) -> "RecoveryFileInfo":
        """What was chosen.

        Raises:
            Refused: nothing was.
        """
        if self.info is None:
            raise Refused("Choose the recovery key's file first.", rule="no file", field="file")
        return self.info

    def forget(self) -> None:
        """Nothing of it is kept here."""
        self.info, self.content = None, b""
        self._shown.hide()
        self._trouble.settle()
        self.changed.emit()
