"""Asks where, and saves a table for a spreadsheet there."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtWidgets import QWidget

from ketachart.errors import KetaChartError
from ui.desk import Desk
from ui.dialogs import Dialogs
from ui.laptop import breakable
from ui.saving import save_file
from ui.tokens import Tone

OPEN_TO_READ: Final = "The table is not encrypted: whoever has the file can read it."


class Said(Protocol):
    """Where it is said what came of it."""

    def say(self, happened: str, detail: str = "", *, tone: Tone = "danger") -> None:
        """What happened, and what is safe and to be done."""
        ...


def save_csv(desk: Desk, parent: QWidget, said: Said, name: str, made: Callable[[], str]) -> None:
    """Where to is asked first; ``made`` gives the table with its mark."""
    start = Path(desk.preferences.export_folder or Path.home())
    path = Dialogs.ask_save_path(parent, "Save the table", start / name)
    if path is None:
        return
    try:
        save_file(path, made().encode("utf-8"))  # its mark tells a spreadsheet that it is Unicode
    except KetaChartError as error:
        said.say("The table was not saved", str(error))
        return
    desk.prefer(replace(desk.preferences, export_folder=str(path.parent)))
    said.say("Saved", f"{breakable(path)}. {OPEN_TO_READ}", tone="ok")
