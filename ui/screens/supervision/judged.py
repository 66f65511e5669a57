"""How one report was judged already, and the countersigned file, saved where it is wanted."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ketachart.domain.facts.post import VerdictGiven
from ketachart.domain.telling.post import VERDICTS
from ketachart.domain.wording import day_and_clock
from ketachart.errors import KetaChartError
from ui import tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.dialogs import Dialogs
from ui.laptop import breakable
from ui.saving import save_file
from ui.tokens import Tone
from ui.widgets.boxes import Column
from ui.widgets.buttons import Button
from ui.widgets.trouble import Trouble

if TYPE_CHECKING:
    from ketachart.charting.reviewing import OpenReport


def given_on(report: "OpenReport | None") -> VerdictGiven | None:
    """The last verdict on this very file; None while it was not judged."""
    given = [v for v in report.verdicts if v.sha256 == report.sha256] if report else []
    return given[-1] if given else None


def newer(report: "OpenReport | None") -> int:
    """The newest version that is here, where an older one is shown; else 0."""
    good = [one.version for one in report.versions if one.good] if report is not None else []
    newest = max(good, default=0)
    return newest if report is not None and newest > report.version else 0


class JudgedCard(Column):
    """Takes no room while nothing was judged; what became of a saved file stays to be read."""

    def __init__(self) -> None:
        super().__init__(gap=tokens.S2)
        self._said = Trouble("How it was judged")
        self.save = Button(
            "Save the countersigned PDF", sign="file-text", key=key_of("save-report")
        )
        self.save.set_compact()
        self.save.set_left()
        self.saved = Trouble("What became of the file")
        for part in (self._said, self.save, self.saved):
            self.add(part)
        self.show_report(None)

    def show_report(self, report: "OpenReport | None") -> None:
        """What was said of it, by whom and when; and its file, where it is the last one."""
        given = given_on(report)
        self.saved.settle()
        self.setVisible(given is not None)
        if given is None or report is None:
            self._said.settle()
            self.save.hide()
            return
        bad = given.verdict == "has errors"
        tone: Tone = "danger" if bad else "ok"
        said = "Has errors" if bad else VERDICTS[given.verdict].capitalize()
        self._said.say(said, _judged_words(given), tone=tone)
        self.save.setVisible(bool(given.countersigned) and _is_last(report, given))

    def can_save(self) -> bool:
        """Whether there is a countersigned file of what is shown."""
        return not self.save.isHidden() and not self.isHidden()


def _judged_words(given: VerdictGiven) -> str:
    signed = ", countersigned" if given.countersigned else ""
    words = f" {given.words}" if given.words else ""
    return f"By {given.by}, {day_and_clock(given.given_at)}{signed}.{words}"


def _is_last(report: "OpenReport", given: VerdictGiven) -> bool:
    """Whether no later file of this visit was countersigned: the ledger hands out the last one."""
    every = [v for v in report.verdicts if v.countersigned]
    return max(every, key=lambda v: (v.given_at, v.item)).countersigned == given.countersigned


def save_countersigned(card: JudgedCard, desk: Desk, stream: str) -> None:
    """Asks where, writes the file whole or not at all, and says where it lies."""
    if not card.can_save():
        return
    try:
        found = desk.supervision.countersigned(stream)
    except KetaChartError as error:
        card.saved.say("The file was not saved", str(error))
        return
    if found is None:
        card.saved.say(
            "The file was not saved",
            "It is not in this ledger, and nothing was written. Ask whoever countersigned it.",
        )
        return
    name, content = found
    start = Path(desk.preferences.export_folder or Path.home())
    path = Dialogs.ask_save_path(card, "Save the countersigned PDF", start / name)
    if path is None:
        return
    try:
        save_file(path, content)
    except KetaChartError as error:
        card.saved.say("The file was not saved", str(error))
        return
    desk.prefer(replace(desk.preferences, export_folder=str(path.parent)))
    card.saved.say("Saved", breakable(path), tone="ok")
