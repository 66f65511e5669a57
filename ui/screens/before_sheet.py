"""The sheet before a visit, where none is open: for the chosen patient, or one just typed."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal, cast

from PySide6.QtCore import Signal

from ketachart.charting.coming import visit_to_come
from ketachart.charting.sheets import SheetFile, SheetTask
from ketachart.domain.facts import PatientRecorded
from ketachart.domain.instructions import zone_of
from ketachart.domain.sheets.lines import Language
from ketachart.domain.visit import Visit
from ketachart.domain.wording import count
from ketachart.errors import KetaChartError, Refused
from ui import theme, tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.forms.patient_sheets import MAKING, PAPERS, READY, TONGUES
from ui.forms.planned import Planned
from ui.forms.timed import must_choose
from ui.laptop import breakable
from ui.sheet_maker import SheetMaker
from ui.theme import Look
from ui.widgets.boxes import Column, Scroller
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading
from ui.widgets.choices import Choices
from ui.widgets.column_width import keep_width
from ui.widgets.field import Field, Judgement, Standing
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.trouble import Trouble
from ui.widgets.words import Words

Whose = Callable[[], PatientRecorded]
_NAME = "Sheet before the visit"


class BeforeSheet(Card):
    """Nothing is charted by it: there is no visit yet that it could stand in."""

    left = Signal()

    def __init__(self, desk: Desk, whose: Whose, *, width: int) -> None:
        self._token, self._fills = width, False
        super().__init__(_NAME, inset=tokens.S3)
        self._desk, self._whose, self._reads = desk, whose, ""
        heading, close = Heading(_NAME), Button("Back (Esc)", words="", sign="x", kind=Kind.QUIET)
        close.clicked.connect(self.left)
        heading.set_right(close)
        self._name = Words(weight=tokens.SEMIBOLD)
        note = Words("What was eaten until when, a clear day, who stays.", size="small")
        self.planned = Planned()
        self.language = Choices("Language of the sheet", TONGUES)
        self.paper = Choices("Paper", PAPERS)
        self.language.set_label("Language")
        self.paper.set_label("Paper")
        self.paper.choose("letter")
        self.trouble = Trouble("What came of it")
        self.primary = PrimaryButton(READY, key=key_of("primary"))
        self.primary.clicked.connect(self.commit)
        body = Column(gap=tokens.S3)
        for part in (self._name, note, self.planned, self.language, self.paper):
            body.add(part)
        body.add_room()
        self.add(heading)
        self.add(Scroller(f"{_NAME}: fields", body, least=tokens.QUESTION), stretch=1)
        for foot in (self.trouble, self.primary):
            self.add(foot)
        self._maker = SheetMaker(desk, self)
        self._maker.over.connect(self._over)
        self._maker.failed.connect(lambda error: self._refuse(str(error)))
        self._maker.saved.connect(self._keep)
        self.setVisible(False)
        self.dress(theme.look())

    # ------------------------------------------------ where it stands

    def dress(self, look: Look) -> None:
        """As wide as the panel that it stands in place of."""
        super().dress(look)
        keep_width(self, look.px(self._token), fills=self._fills)

    def set_fills(self, *, fills: bool) -> None:
        """Whether it stands under what is beside it elsewhere, as wide as that."""
        self._fills = fills
        self.dress(theme.look())

    def open(self) -> None:
        """For whoever is chosen or typed now; the language is the one they read."""
        self.trouble.settle()
        self.setVisible(True)
        self._take_patient()
        self.planned.day.setFocus()

    def _take_patient(self) -> PatientRecorded | None:
        try:
            patient = self._whose()
        except Refused as refusal:
            self._name.setText("Nobody yet")
            self._refuse(str(refusal))
            return None
        self._name.setText(patient.full_name)
        if patient.language != self._reads:
            self._reads = patient.language
            self.language.choose(patient.language)
        return patient

    # ------------------------------------------------ making

    def commit(self) -> None:
        """Makes the sheet in a worker and asks where to save it."""
        self.trouble.settle()
        patient = self._take_patient()
        if patient is None:
            return
        try:
            task = self._task(visit_to_come(self._desk.office, patient))
        except Refused as refusal:
            self._refuse(str(refusal), refusal.field)
            return
        except KetaChartError as error:
            self._refuse(str(error))
            return
        self.primary.close_because(MAKING)
        self.trouble.say("Making the sheet", "It takes a moment.", tone="muted")
        self._maker.make(task)

    def _task(self, visit: Visit) -> SheetTask:
        language = must_choose(self.language, "Choose the language.", "language")
        paper = must_choose(self.paper, "Choose the paper.", "paper")
        return SheetTask(
            visit=visit,
            at=self._desk.now(),
            sheet="pre-visit",
            language=cast(Language, language),
            paper=cast(Literal["letter", "a4"], paper),
            starts=self.planned.starts(zone_of(visit)),
        )

    def _refuse(self, said: str, field: str = "") -> None:
        widget = {
            "day": self.planned.day, "time": self.planned.time, "language": self.language,
            "paper": self.paper,
        }.get(field)  # fmt: skip
        self.trouble.say("The sheet is not made", said)
        if isinstance(widget, Field):
            widget.set_judgement(Judgement(Standing.BAD, said, short="look here"))
        if widget is not None:
            widget.setFocus()

    def _over(self) -> None:
        self.primary.reopen()
        self.trouble.settle()

    def _keep(self, made: SheetFile, _visit: Visit, path: Path) -> None:
        self.trouble.say(f"Saved, {count(made.pages, 'page')}", breakable(path), tone="ok")
