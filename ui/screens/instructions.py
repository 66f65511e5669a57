"""Instructions: each is told, asked back and marked; then the sheet, the calls, the signatures."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ketachart.domain.facts import Fact, FollowUpPlanned, HandoutGiven, InstructionTaught, SheetMade
from ketachart.domain.instructions import Told, proposed_follow_ups, told
from ketachart.domain.sheets.lines import Language
from ketachart.domain.visit import Visit
from ketachart.errors import KetaChartError
from ui import theme, tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.forms.action_column import ActionColumn
from ui.forms.no_ink import NoInkSheet
from ui.forms.patient_sheets import PatientSheetsSheet
from ui.forms.people import SIGNERS
from ui.screens.phase import PhaseScreen
from ui.screens.signatures_panel import SignaturesPanel
from ui.screens.teach_foot import TeachFoot
from ui.screens.teach_row import LANGUAGE_KEY, PEOPLE, How, TeachRow, Who, width_of_each
from ui.theme import Dressed, Look
from ui.widgets.boxes import Column, Row, Rule, Scroller
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading
from ui.widgets.key_hints import KeyHints
from ui.widgets.trouble import Trouble
from ui.widgets.words import Words

_KEYS = (
    ("Enter", "both said it"),
    ("1 2", "patient said, helped"),
    ("3 4", "adult said, helped"),
    ("L", "language"),
    ("↓", "next"),
)
_OTHER: Final[dict[Language, str]] = {"en": "En español", "es": "In English"}
_LOW = 420  # below this height heading and foot scroll with the instructions
_HEADS_FROM = 620  # below this width the buttons go beneath, and each pair names its person


class InstructionsScreen(PhaseScreen, Dressed):
    """What is marked here is recorded at once."""

    def __init__(self, desk: Desk, column: ActionColumn) -> None:
        super().__init__(desk, column)
        self._rows: dict[str, TeachRow] = {}
        self._panel = SignaturesPanel(desk)
        self._heads = Row(gap=tokens.S3)
        self._names: dict[Who, Words] = {who: Words(size="small", tone="muted") for who in PEOPLE}
        self._heads.add_room()
        for name in self._names.values():
            self._heads.add(name)
        self._list = Column(gap=0)
        self._turn = Button("The other language", words=_OTHER["en"], key=LANGUAGE_KEY)
        self._turn.set_compact()
        self._language: Language = "en"
        self._reads: Language | None = None
        self._trouble = Trouble("Why it is not recorded")
        self._foot = TeachFoot()
        self._is_low: bool | None = None
        self._top, self._bottom = Column(gap=tokens.S1), Column(gap=tokens.S1)
        heading = Heading("Say it back", aside="ask, then mark what was heard")
        heading.set_right(self._turn)
        self._top.add(heading)
        self._top.add(self._heads)
        for part in (self._trouble, KeyHints(_KEYS), Rule(), self._foot):
            self._bottom.add(part)
        self._body = Column(gap=0)
        self._body.add(self._list, stretch=1)
        self._card = Card("Say it back", inset=tokens.S3, gap=tokens.S1)
        self._card.add(Scroller("Instructions", self._body), stretch=1)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.addWidget(self._card)
        self._turn.clicked.connect(self._turn_language)
        self._foot.sheet_wanted.connect(self._make_sheet)
        self._foot.sheet_left.connect(self._leave_sheet)
        self._foot.calls_planned.connect(self._plan_calls)
        self._foot.other_call.connect(lambda: self.sheet_wanted.emit("follow_up"))
        self._panel.sheet_wanted.connect(self.sheet_wanted)
        self._panel.declining.connect(self._decline)
        self._panel.go_on.connect(lambda: self.phase_wanted.emit("sign"))
        self.dress(theme.look())

    def panel(self) -> QWidget:
        """The signatures."""
        return self._panel

    # ------------------------------------------------ laying out

    def dress(self, look: Look) -> None:
        """Set the names above the buttons they belong to."""
        pair = 2 * width_of_each(look) + look.px(tokens.S1)
        for name in self._names.values():
            name.setFixedWidth(pair)
        # what stands right of the buttons: the row's inset, the ring, the scroll bar's room
        right = look.px(tokens.S2) + look.px(tokens.RING) + look.px(tokens.S1)
        self._heads.setContentsMargins(0, 0, right, 0)
        self._body.setContentsMargins(0, 0, look.px(tokens.S1), 0)
        self._lay_out(look)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for the new width."""
        super().resizeEvent(event)
        self._lay_out(theme.look())

    def _lay_out(self, look: Look) -> None:
        self._scroll_what_must(low=self.height() < look.px(_LOW))
        wide = self.width() >= look.px(_HEADS_FROM)
        self._heads.setVisible(wide)
        names = self._people() if self.desk.has_visit else {}
        for row in self._rows.values():
            if wide or not names:
                row.hide_names()
            else:
                row.show_names(names)

    def _scroll_what_must(self, *, low: bool) -> None:
        """In a low window heading and foot scroll with the instructions."""
        if low == self._is_low:
            return
        self._is_low = low
        place = self._body if low else self._card
        place.put_first(self._top)
        place.add(self._bottom)

    def _people(self) -> dict[Who, str]:
        visit = self.desk.visit
        given = visit.patient.given_name if visit.patient else ""
        adult = visit.adult.name if visit.adult else ""
        given_name = given.split(" ")[0]
        listed_name = adult.split(" ")[0]
        return {
            "patient": f"{given_name}, patient" if given_name else "Patient",
            "adult": f"{listed_name}, adult" if listed_name else "Adult",
        }

    # ------------------------------------------------ the visit

    def show_visit(self, visit: Visit, now: datetime) -> None:
        """Every instruction with its time and who said it."""
        del now
        items = told(visit)
        for number, item in enumerate(items, start=1):
            code = item.instruction.code
            if code not in self._rows:
                self._add_row(item, number)
            self._rows[code].show_told(item)
        for who, name in self._people().items():
            self._names[who].setText(name)
        self._show_language(visit)
        self._foot.show_visit(visit, items)
        self._panel.show_visit(visit)
        self._lay_out(theme.look())

    def _add_row(self, item: Told, number: int) -> None:
        code = item.instruction.code
        row = self._rows[code] = TeachRow(item)
        row.show_key(key_of(f"row-{number}") if number <= 9 else "")
        if number > 1:
            self._list.add(Rule())
        self._list.add(row)
        row.heard.connect(lambda who, how: self._keep(code, {who: how}))
        row.both_said.connect(lambda: self._both(code))
        row.turned.connect(self._turn_language)

    def _show_language(self, visit: Visit) -> None:
        """In the language in which the patient reads, until the key turns it."""
        reads = visit.patient.language if visit.patient else "en"
        if reads != self._reads:
            self._reads = self._language = reads
        self._turn.set_words(_OTHER[self._language])
        for row in self._rows.values():
            row.show_language(self._language)

    def _turn_language(self) -> None:
        self._language = "en" if self._language == "es" else "es"
        self._show_language(self.desk.visit)

    def _make_sheet(self) -> None:
        sheet = self.column.sheet("sheets")
        if isinstance(sheet, PatientSheetsSheet):
            sheet.take("handout")
        self.sheet_wanted.emit("sheets")

    # ------------------------------------------------ recording

    def _keep(self, code: str, heard: dict[str, str]) -> bool:
        """Records what was heard now, with what was heard from the other before."""
        item = next(i for i in told(self.desk.visit) if i.instruction.code == code)
        done = self._record(
            InstructionTaught(
                at=self.desk.now(),
                instruction=code,
                patient=_how(heard.get("patient")) or item.patient,
                adult=_how(heard.get("adult")) or item.adult,
            )
        )
        self._rows[code].show_told(
            next(i for i in told(self.desk.visit) if i.instruction.code == code)
        )
        return done

    def _both(self, code: str) -> None:
        """Said by both; where no adult is named, by the patient. Then the next row."""
        people = ("patient", "adult") if self.desk.visit.adult else ("patient",)
        row = self._rows[code]
        if self._keep(code, dict.fromkeys(people, "said")):
            row.setFocus()
            codes = list(self._rows)
            after = codes.index(code) + 1
            if after < len(codes):
                self._rows[codes[after]].setFocus()

    def _record(self, *facts: Fact) -> bool:
        try:
            self.desk.record_all(*facts)
        except KetaChartError as error:
            self._trouble.say("That is not recorded", str(error))
            return False
        self._trouble.settle()
        return True

    def _leave_sheet(self) -> None:
        to = SIGNERS if self.desk.visit.adult else SIGNERS[:1]
        self._record(HandoutGiven(at=self.desk.now(), language=self._handed(), to=to))

    def _handed(self) -> Language:
        """The language of the sheet made last; where none was made, the patient's own."""
        made = [one for one in self.desk.visit.facts(SheetMade) if one.sheet == "handout"]
        patient = self.desk.visit.patient
        return made[-1].language if made else (patient.language if patient else "en")

    def _plan_calls(self) -> None:
        now = self.desk.now()
        calls = proposed_follow_ups(self.desk.visit)
        if calls:
            self._record(*(FollowUpPlanned(at=now, due_at=moment) for moment in calls))

    def _decline(self, role: str) -> None:
        sheet = self.column.sheet("no_ink")
        if isinstance(sheet, NoInkSheet):
            sheet.about(next(one for one in SIGNERS if one == role))
        self.sheet_wanted.emit("no_ink")

    # ------------------------------------------------ acts

    def arrive(self) -> None:
        """To the first instruction that was not said back."""
        open_ = [i.instruction.code for i in told(self.desk.visit) if not i.heard]
        row = self._rows.get(open_[0]) if open_ else None
        if row is not None:
            row.setFocus()
        else:
            self._panel.primary.setFocus()

    def act(self, name: str) -> bool:
        """Alt and a digit: both said that one. The sheet, the calls, the ink, the way on."""
        if name.startswith("row-"):
            return self._press_row(int(name[-1]))
        acts: dict[str, Callable[[], object]] = {
            "handout": self._foot.press_sheet,
            "sheets": self._make_sheet,
            "calls": self._foot.press_calls,
            "other-call": self._foot.other.click,
            "ink-done": self._panel.commit,
            "no_ink": self._panel.decline,
            "primary": self._panel.primary.press,
        }
        if name not in acts:
            return False
        acts[name]()
        return True

    def _press_row(self, number: int) -> bool:
        codes = list(self._rows)
        if not 1 <= number <= len(codes):
            return False
        self._both(codes[number - 1])
        return True


def _how(text: str | None) -> How | None:
    return next((how for how in ("said", "helped") if how == text), None)
