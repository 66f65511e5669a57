"""The questions in one scroll: sections, small headings, and how far each has come."""

from collections.abc import Callable
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ketachart.domain.facts import IdentityConfirmed
from ketachart.domain.protocol import Protocol
from ketachart.domain.screening import ItemState, Screening
from ketachart.domain.telling.preparation import IDENTIFIERS, allergies_text
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, listed
from ui import theme, tokens
from ui.actions import BY_NAME, key_of
from ui.screens.dated_row import DatedQuestionRow
from ui.screens.screening_rows import AnyRow, ComputedQuestion, Keep, QuestionRow
from ui.tokens import Tone
from ui.widgets.boxes import Column, Row, Rule, Scroller
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Section
from ui.widgets.mark import Mark
from ui.widgets.words import Words

# What a computed answer rests on: the sheet that charts it, and the words for it.
RESTS_ON: dict[str, tuple[str, str]] = {
    "resting-signs": ("vitals", "vitals"),
    "fasting": ("intake", "chart it"),
    "weight": ("weight", "weigh"),
    "adult": ("adult", "chart it"),
    "medicines": ("home-medicines", "list them"),
    "tried": ("history", "chart it"),
}
# What can be charted beside an answer, by its own key.
BESIDE = {
    "changes-health": "history",
    "pressure-today": "symptoms",
    "meds-ketamine": "other-ketamine",
    "mind-suicide": "scale",
    "home-hospital": "home",
    "kit-aed": "kit",
}
# What can be charted on coming in, under the first section.
ON_COMING_IN = ("visit-times", "clock")
WHO = "Who is here"
OWN = (
    ("identity", WHO, "Two identifiers, said by the patient or the adult", "C5"),
    ("allergies", WHO, "Allergies asked", "C5"),
)


def worst_sign(states: tuple[ItemState, ...]) -> tuple[str, Tone]:
    """The sign of a section by its worst answer: stop, ask, authorised, all clear, begun, not."""
    open_answers = {state.answer for state in states if not state.settled}
    if "stop" in open_answers:
        return "octagon-alert", "danger"
    if "ask" in open_answers:
        return "phone", "warn"
    if None not in open_answers:
        authorised = any(state.answer != "clear" for state in states)
        return ("shield-check", "warn") if authorised else ("circle-check", "ok")
    begun = any(state.answer is not None for state in states)
    return ("circle-dot", "muted") if begun else ("circle", "muted")


class _Count(Row):
    """A heading with its state as a sign, and “3 of 4” at the right end."""

    def __init__(self, heading: QWidget) -> None:
        super().__init__(gap=tokens.S2, inset=(tokens.S3, tokens.S1))
        self._sign = Mark("", size=tokens.ICON_SMALL)
        self._count = Words(size="small", tone="muted", wraps=False)
        self.add(heading, stretch=1)
        self.add_level(self._sign)
        self.add_level(self._count)

    def show_count(self, states: tuple[ItemState, ...]) -> None:
        """How many are answered, and the worst of the answers."""
        sign, tone = worst_sign(states)
        self._sign.set_sign(sign, colour=tone)
        answered = sum(state.answer is not None for state in states)
        self._count.setText(f"{answered} of {len(states)}")


def _title(name: str) -> Words:
    return Words(name, size="h2", weight=tokens.SEMIBOLD)


class QuestionList(Scroller):
    """Every row is made once; a new visit value only changes what the rows say."""

    section_reached = Signal(str)
    sheet_wanted = Signal(str)

    def __init__(self, keep: Keep) -> None:
        self._top, self._column = Column(gap=0), Column(gap=0)
        inside = Column(gap=0)
        inside.add(self._top)
        inside.add(self._column, stretch=1)
        super().__init__("Questions", inside)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the questions themselves take it
        self._keep = keep
        self._rows: dict[str, AnyRow] = {}
        self._sections: dict[str, list[AnyRow]] = {}
        self._counts: list[tuple[_Count, Callable[[ItemState], bool]]] = []
        self._codes: tuple[str, ...] = ()
        self._unsettled: tuple[str, ...] = ()

    def who_known(self) -> int:
        """How many of identity and allergies are on file."""
        return sum(not self._own(code).needs_answer() for code, *_rest in OWN)

    def put_on_top(self, widget: QWidget) -> None:
        """A widget that scrolls with the questions, above them, where the window is low."""
        self._top.add(widget)

    # ------------------------------------------------ showing

    def show_screening(self, state: Screening, visit: Visit) -> None:
        """Each question as it stands."""
        codes = tuple(one.item.code for one in state.items)
        if codes != self._codes:
            self._build(state, visit.protocol)
            self._codes = codes
        for one in state.items:
            row = self._rows[one.item.code]
            row.show_state(one, visit)
        self._unsettled = tuple(one.item.code for one in state.open)
        for count, belongs in self._counts:
            count.show_count(tuple(one for one in state.items if belongs(one)))
        self._show_who(visit)

    def _show_who(self, visit: Visit) -> None:
        """Identity and allergies are no questions of the protocol, and stand against the start."""
        confirmed = visit.last(IdentityConfirmed)
        if confirmed is not None:
            said = listed([IDENTIFIERS[code] for code in confirmed.fact.identifiers])
            self._own("identity").show_known(f"{said}, {clock(confirmed.at)}")
        else:
            self._own("identity").show_known("")
        patient = visit.patient
        asked = patient is not None and (patient.allergies or patient.no_known_allergies)
        self._own("allergies").show_known(allergies_text(patient) if asked else "")

    def _own(self, code: str) -> ComputedQuestion:
        row = self._rows[code]
        if not isinstance(row, ComputedQuestion):
            raise TypeError(code)
        return row

    # ------------------------------------------------ building, once per visit

    def _build(self, state: Screening, protocol: Protocol) -> None:
        self._column.empty()
        self._rows, self._sections, self._counts = {}, {}, []
        self._column.add(_Count(_title(WHO)))
        for code, section, question, source in OWN:
            short = protocol.cited(source).short
            row = ComputedQuestion(question, short, rests_on="chart it")
            self._add_row(code, section, row, sheet=code)
        for sheet in ON_COMING_IN:
            self._add_beside(sheet)
        for name in state.sections:
            self._column.add(Rule())
            self._add_heading(name)
            for heading, items in groupby(state.section(name), lambda one: one.item.heading):
                if heading:
                    self._add_small_heading(name, heading)
                for one in items:
                    self._add_item(one)
        self._column.add_room()

    def _add_heading(self, name: str) -> None:
        count = _Count(_title(name))
        self._column.add(count)
        self._counts.append((count, lambda one: one.item.section == name))

    def _add_small_heading(self, section: str, heading: str) -> None:
        count = _Count(Section(heading))
        self._column.add(count)
        belongs = (section, heading)
        self._counts.append((count, lambda one: (one.item.section, one.item.heading) == belongs))

    def _add_item(self, state: ItemState) -> None:
        item = state.item
        if item.computed:
            sheet, words = RESTS_ON.get(item.computed, ("", ""))
            row: AnyRow = ComputedQuestion(item.question, state.cited, rests_on=words)
            self._add_row(item.code, item.section, row, sheet=sheet)
        else:
            make = DatedQuestionRow if item.wants == "date" else QuestionRow
            self._add_row(item.code, item.section, make(state, self._keep), sheet="")
        if item.code in BESIDE:
            self._add_beside(BESIDE[item.code])

    def _add_beside(self, sheet: str) -> None:
        """A button that the keyboard reaches by its key, so that Tab goes on with the questions."""
        words = BY_NAME[sheet].words
        button = Button(f"Chart {words.lower()}", sign="plus", key=key_of(sheet), kind=Kind.QUIET)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: self.sheet_wanted.emit(sheet))
        line = Row()
        line.add(button)
        line.add_room()
        self._column.add(line)

    def _add_row(self, code: str, section: str, row: AnyRow, *, sheet: str) -> None:
        self._rows[code] = row
        self._sections.setdefault(section, []).append(row)
        row.reached.connect(lambda: self._came_to(section, row))
        row.section_wanted.connect(lambda step: self._page(section, step))
        if isinstance(row, ComputedQuestion) and sheet:
            row.opened.connect(lambda: self.sheet_wanted.emit(sheet))
        self._column.add(row)

    # ------------------------------------------------ kept while it is typed

    def typed(self) -> dict[str, str]:
        """The questions with a note that is not recorded, and the answer each waits for."""
        asked = {c: row for c, row in self._rows.items() if isinstance(row, QuestionRow)}
        waits = {code: row.typed_for() for code, row in asked.items()}
        return {code: answer for code, answer in waits.items() if answer is not None}

    def type_again(self, code: str, answer: str) -> None:
        """A question's note is to be put back."""
        row = self._rows.get(code)
        if isinstance(row, QuestionRow):
            row.type_again(answer)

    # ------------------------------------------------ moving

    def _came_to(self, section: str, row: AnyRow) -> None:
        self.ensureWidgetVisible(row, 0, theme.look().px(tokens.TARGET))
        self.section_reached.emit(section)

    def _page(self, section: str, step: int) -> None:
        names = list(self._sections)
        there = names.index(section) + step
        if 0 <= there < len(names):
            self.go_to(names[there])

    def go_to(self, section: str) -> None:
        """To the first question of a section that has no answer, or to its first."""
        rows = self._sections[section]
        next((row for row in rows if row.needs_answer()), rows[0]).take_focus()

    def go_to_item(self, code: str) -> None:
        """To one question."""
        self._rows[code].take_focus()

    def go_to_open(self) -> None:
        """To the first question that was not asked, to one that stands open, or to the first."""
        rows = self._rows
        waiting = [code for code, row in rows.items() if row.needs_answer()]
        self.go_to_item(next(iter((*waiting, *self._unsettled, *rows))))

    def close_note(self) -> bool:
        """Put away the note that is open under the focus; False where none is."""
        here = [row for row in self._rows.values() if row.isAncestorOf(self._focused() or self)]
        return any(row.close_note() for row in here)

    def _focused(self) -> QWidget | None:
        return self.window().focusWidget()

    # ------------------------------------------------ width

    def show_sources(self) -> None:
        """There is room for where each question comes from."""
        for row in self._rows.values():
            row.row.show_source()

    def hide_sources(self) -> None:
        """There is no room for it; the verdict still names the sources that count."""
        for row in self._rows.values():
            row.row.hide_source()
