"""Saves a signed report once more, the same to the byte, and says what came of it."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QWidget

from ketachart.errors import KetaChartError
from ui.actions import key_of
from ui.desk import Desk
from ui.dialogs import Dialogs
from ui.laptop import breakable
from ui.saving import save_file
from ui.widgets.trouble import Trouble

OPEN_TO_READ = (
    "The PDF is not encrypted: whoever has the file can read it. Post packs the report encrypted, "
    f"for the clinic only ({key_of('post')})."
)
MAYBE_OLDER = (
    "The visit itself cannot be read, so nobody can tell here whether a newer version was signed: "
    "ask the clinic."
)


def saved_all_the_same(desk: Desk, stream: str) -> str:
    """What is said beside a visit that cannot be read: its report may be whole."""
    row = desk.office.visit_row(stream) if stream else None
    if row is None or row.status != "signed":
        return ""
    return f" Its signed report is a paper of its own: {key_of('save-report')} saves it."


def save_signed(desk: Desk, parent: QWidget, stream: str, said: Trouble) -> None:
    """Asks where, and saves the newest signed report of a visit; nothing where none is signed."""
    if not stream:
        return  # no visit is chosen, or one that is only planned
    try:
        report = desk.office.signed_paper(stream)
        if report is None:
            return
        start = Path(desk.preferences.export_folder or Path.home())
        path = Dialogs.ask_save_path(parent, "Save the signed report", start / report.name)
        if path is None:
            return
        save_file(path, report.content)
    except KetaChartError as error:
        said.say("The report was not saved", str(error))
        return
    desk.prefer(replace(desk.preferences, export_folder=str(path.parent)))
    which = "" if report.is_newest else f" {MAYBE_OLDER}"
    said.say("Saved", f"{breakable(path)}.{which} {OPEN_TO_READ}", tone="warn" if which else "ok")
