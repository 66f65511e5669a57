"""What must hold before the nurse leaves: what is open first, each with the way to settle it."""

from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ketachart.domain.release import CriterionState, Release, criterion_text
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock
from ui import theme, tokens
from ui.actions import key_of
from ui.theme import Dressed, Look
from ui.tokens import Tone
from ui.widgets.boxes import Column, Scroller
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading, Section
from ui.widgets.flow import EvenGrid, Flow
from ui.widgets.point_row import PointRow

_MOST_KEYS = 9


@dataclass(frozen=True, slots=True)
class Way:
    """Where an open criterion is settled: a sheet, a phase, or the vitals form."""

    kind: Literal["sheet", "phase", "vitals", "criterion"]
    target: str = ""
    words: str = "Open"


_VITALS: Final = Way("vitals", words="Vitals")
_CRITERION: Final = Way("criterion", words="Record")
# What each criterion that is worked out rests on; one of the clock has no way but to wait.
WAYS: Final[dict[str, Way]] = {
    "pressure": _VITALS,
    "oxygen": _VITALS,
    "awake": _VITALS,
    "dissociation": _VITALS,
    "nausea": _VITALS,
    "vitals": _VITALS,
    "pain": _VITALS,
    "effects": Way("sheet", "effect"),
    "aldrete": Way("sheet", "score", "Record"),
    "access-out": Way("sheet", "access"),
    "drug": Way("sheet", "waste"),
    "adult": Way("sheet", "adult"),
    "follow-up": Way("sheet", "follow_up"),
    "instructions": Way("phase", "instructions"),
}
_SIGNS: Final[dict[str, tuple[str, Tone]]] = {
    "met": ("circle-check", "ok"),
    "waiting": ("clock", "warn"),
    "open": ("circle", "muted"),
}


def way_of(state: CriterionState) -> Way | None:
    """How a criterion is settled; None where only time settles it."""
    if not state.criterion.computed:
        return _CRITERION
    return WAYS.get(state.criterion.code)


class _Criterion:
    """One criterion's row and its button, kept for as long as the screen stands."""

    def __init__(self, state: CriterionState) -> None:
        self.row = PointRow(state.criterion.sentence)
        self.way = way_of(state)
        self.button = Button(
            f"{self.way.words if self.way else ''}: {state.criterion.sentence}",
            words=self.way.words if self.way else "",
        )
        self.button.set_compact()
        self.row.add_button(self.button)

    def show(self, visit: Visit, state: CriterionState, number: int) -> None:
        """Show how it stands; an open one has the key of its number."""
        sign, tone = _SIGNS[state.state]
        self.row.show_point(
            criterion_text(visit, state),
            note=state.note,
            aside=clock(state.at) if state.met and state.at is not None else "",
            sign=sign,
            tone=tone,
        )
        self.button.setVisible(self.way is not None and (not state.met or _asked(state)))
        self.button.set_key(key_of(f"row-{number}") if 1 <= number <= _MOST_KEYS else "")


def _asked(state: CriterionState) -> bool:
    """Whether the nurse judged it, so that it can be judged again."""
    return not state.criterion.computed


def _rows_in(grid: EvenGrid) -> list[QWidget | None]:
    items = (grid.itemAt(place) for place in range(grid.count()))
    return [item.widget() for item in items if item is not None]


class CriteriaCard(Card, Dressed):
    """Open ones above, met ones below; in as many columns as there is room for."""

    way_wanted = Signal(str)  # the code of the criterion that is to be settled
    sheet_wanted = Signal(str)  # what else is asked before the goodbye

    def __init__(self) -> None:
        self._open_grid, self._met_grid, self._ways_flow = EvenGrid(), EvenGrid(), Flow()
        self._body = Column(gap=tokens.S2)
        super().__init__("Before you leave")
        self._rows: dict[str, _Criterion] = {}
        self._order: tuple[str, ...] = ()
        self.heading = Heading("Before you leave")
        self._ways = QWidget()
        self._ways.setLayout(self._ways_flow)
        for name, said in (("symptoms", "Symptoms"), ("scale", "Scales")):
            button = Button(said, key=key_of(name), kind=Kind.QUIET)
            button.set_compact()
            button.clicked.connect(lambda _on=False, name=name: self.sheet_wanted.emit(name))
            self._ways_flow.add(button)
        self.heading.set_right(self._ways)
        self._open, self._met = QWidget(), QWidget()
        self._open.setLayout(self._open_grid)
        self._met.setLayout(self._met_grid)
        self._met_head = Section("Met")
        self._below = Column(gap=tokens.S2)
        for part in (self._open, self._met_head, self._met, self._below):
            self._body.add(part)
        self._body.add_room()
        self.add(self.heading)
        self.add(Scroller("Criteria", self._body), stretch=1)
        self.dress(theme.look())

    def scroll_all(self, above: QWidget) -> None:
        """Let the heading, and something above it, scroll with the criteria: in a low window."""
        self._body.put_first(self.heading)
        self._body.put_first(above)

    def scroll_criteria(self) -> None:
        """Let the heading stand still."""
        self.put_first(self.heading)

    def put_below(self, part: QWidget) -> None:
        """Let something stand under the criteria, in the same scroll."""
        self._below.add(part)

    def height_of_all(self, width: int) -> int:
        """The height in pixels at which nothing has to scroll."""
        look = theme.look()
        around = 2 * (look.px(tokens.S4) + look.px(tokens.HAIR))
        inside = width - around
        ring = 2 * look.px(tokens.RING)
        body = self._body.heightForWidth(inside - ring) + ring
        return self.heading.heightForWidth(inside) + look.px(tokens.S2) + body + around

    def dress(self, look: Look) -> None:
        """Scale the gaps."""
        super().dress(look)
        for grid in (self._open_grid, self._met_grid):
            grid.set_gaps(look.px(tokens.S6), 0)
        self._ways_flow.set_gaps(look.px(tokens.S2), look.px(tokens.S1))
        # a button never stands against the scroll bar
        self._body.setContentsMargins(0, 0, look.px(tokens.S1), 0)

    def show_release(self, visit: Visit, state: Release) -> None:
        """Every criterion as it stands; rows stay the same widgets, so that focus stays."""
        met = sum(one.met for one in state.criteria)
        self.heading.set_aside(f"{met} of {len(state.criteria)} met")
        self._order = tuple(one.criterion.code for one in state.open)
        ways = [one.criterion.code for one in state.open if way_of(one) is not None]
        for one in state.criteria:
            code = one.criterion.code
            if code not in self._rows:
                made = self._rows[code] = _Criterion(one)
                made.button.clicked.connect(lambda _on=False, code=code: self.way_wanted.emit(code))
            number = ways.index(code) + 1 if code in ways else 0
            self._rows[code].show(visit, one, number)
        self._place(state)

    def _place(self, state: Release) -> None:
        """Put each row where it belongs, in the order of the protocol."""
        for grid, wanted, holder in (
            (self._open_grid, state.open, self._open),
            (self._met_grid, [one for one in state.criteria if one.met], self._met),
        ):
            rows = [self._rows[one.criterion.code].row for one in wanted]
            if rows == _rows_in(grid):
                continue
            while grid.takeAt(0) is not None:
                pass
            for row in rows:
                grid.add(row)
                row.show()
            holder.setVisible(bool(rows))
        self._met_head.setVisible(any(one.met for one in state.criteria))

    def press(self, number: int) -> bool:
        """Presses the button of the open point of that number; False where there is none."""
        ways = [code for code in self._order if self._rows[code].way is not None]
        if not 1 <= number <= len(ways):
            return False
        self._rows[ways[number - 1]].button.click()
        return True

    def focus_open(self, *, after: str = "") -> bool:
        """Puts the focus on the next open point with a button; False where there is none."""
        codes = list(self._rows)
        begin = codes.index(after) if after in codes else 0
        for code in (*codes[begin:], *codes[:begin]):
            row = self._rows[code]
            if code in self._order and row.way is not None and row.button.isVisible():
                row.button.setFocus()
                return True
        return False
