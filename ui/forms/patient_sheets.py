"""Sheets for the patient as PDF: which one, in which language, on which paper, saved where."""

from pathlib import Path
from typing import Final, Literal, cast

from ketachart.charting.sheets import PatientSheet, SheetFile, SheetTask
from ketachart.domain.facts import Fact, SheetMade
from ketachart.domain.instructions import zone_of
from ketachart.domain.sheets.lines import Language
from ketachart.domain.visit import Visit
from ketachart.domain.wording import count
from ketachart.errors import KetaChartError, Refused
from ui.actions import key_of
from ui.desk import Desk
from ui.forms.planned import Planned
from ui.forms.sheet import Sheet
from ui.forms.timed import must_choose, one
from ui.laptop import breakable
from ui.sheet_maker import SheetMaker
from ui.widgets.choices import Choice, Choices
from ui.widgets.trouble import Trouble
from ui.widgets.words import Words

_WHICH: Final = (
    Choice("handout", "Instructions to leave", sub="with the safety card", key="I"),
    Choice("pre-visit", "Before the visit", sub="fasting, the day, who stays", key="B"),
)
TONGUES: Final = (Choice("en", "English", key="E"), Choice("es", "Spanish", key="S"))
PAPERS: Final = (Choice("letter", "Letter", key="L"), Choice("a4", "A4", key="A"))
READY = "Make and save…"
MAKING = "The sheet is being made."


class PatientSheetsSheet(Sheet):
    """The language is the patient's own, until another is chosen; nothing leaves by itself."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Sheets for the patient", primary=READY)
        self._offered = ""
        self.which = Choices("Which sheet", _WHICH, columns=1)
        self.which.set_label("Which sheet")
        self.language = Choices("Language of the sheet", TONGUES)
        self.paper = Choices("Paper", PAPERS)
        self.language.set_label("Language")
        self.paper.set_label("Paper")
        self._planned = Planned()
        self.day, self.time = self._planned.day, self._planned.time
        self._note = Words(
            f"Once it is handed over, record that it was left: {key_of('handout')}.",
            size="small",
            tone="muted",
        )
        self._saved = Trouble("Saved")
        for part in (
            self.which, self.language, self.paper, self._planned, self._note, self._saved,
        ):  # fmt: skip
            self.body.add(part)
        self.body.add_room()
        for name, field in (
            ("sheet", self.which), ("language", self.language), ("paper", self.paper),
            ("day", self.day), ("time", self.time),
        ):  # fmt: skip
            self.place(name, field)
        self._maker = SheetMaker(desk, self)
        self._maker.over.connect(self._over)
        self._maker.failed.connect(lambda error: self._say(str(error)))
        self._maker.saved.connect(self._keep)
        self.which.changed.connect(lambda _chosen: self._show_fields())
        self.paper.choose("letter")
        self._show_fields()
        self.show_visit(desk.visit)

    def take(self, sheet: PatientSheet) -> None:
        """Which sheet it is opened for."""
        self.which.choose(sheet)
        self._show_fields()

    def show_visit(self, visit: Visit) -> None:
        """The language in which the patient reads, unless another was chosen by hand."""
        reads = visit.patient.language if visit.patient else "en"
        if one(self.language) == self._offered:
            self.language.choose(reads)
            self._offered = reads

    def _show_fields(self) -> None:
        before = one(self.which) == "pre-visit"
        self._planned.setVisible(before)
        self._note.setVisible(not before)

    # ------------------------------------------------ making

    def commit(self) -> None:
        """Makes the sheet in a worker, asks where to save it, and charts that it was made."""
        self.clear_problem()
        self._saved.settle()
        try:
            task = self._task()
        except Refused as refusal:
            self.show_refusal(refusal)
            return
        self.primary.close_because(MAKING)
        self._saved.say("Making the sheet", "It takes a moment.", tone="muted")
        self._maker.make(task)

    def _task(self) -> SheetTask:
        """What the fields say.

        Raises:
            Refused: something is not chosen, or day or time cannot be read.
        """
        sheet = must_choose(self.which, "Choose which sheet.", "sheet")
        language = must_choose(self.language, "Choose the language.", "language")
        paper = must_choose(self.paper, "Choose the paper.", "paper")
        before = sheet == "pre-visit"
        return SheetTask(
            visit=self.desk.visit,
            at=self.desk.now(),
            sheet=cast(PatientSheet, sheet),
            language=cast(Language, language),
            paper=cast(Literal["letter", "a4"], paper),
            starts=self._planned.starts(zone_of(self.desk.visit)) if before else None,
        )

    def _over(self) -> None:
        self.primary.reopen()
        self._saved.settle()

    # ------------------------------------------------ saving

    def _keep(self, made: SheetFile, visit: Visit, path: Path) -> None:
        """The file is on the disk. A signed visit takes no entry; the sheet is good still."""
        pages = count(made.pages, "page")
        self._saved.say(f"Saved, {pages}", breakable(path), tone="ok")
        mine = self.desk.has_visit and self.desk.visit.opened == visit.opened
        if not mine or self.desk.visit.signed is not None:
            return
        fact = SheetMade(
            at=self.desk.now(), sheet=made.sheet, language=made.language, sha256=made.sha256
        )
        try:
            self.desk.record(fact)
        except KetaChartError as error:
            self._say(f"The sheet is saved; that it was made is not recorded. {error}")

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """Nothing is recorded before the file is saved.

        Raises:
            Refused: always.
        """
        del confirmed
        raise Refused("Make the sheet first.", rule="no sheet made")

    def empty(self) -> None:
        """Clears what was typed and chosen, but for paper and language."""
        self.which.choose()
        self._planned.clear()
        self._show_fields()
