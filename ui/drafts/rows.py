"""The forms that wait: each with its name, the minute, a few of its words, and two ways on."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from ui import tokens
from ui.drafts.content import part
from ui.widgets.boxes import Column, Row, Rule
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.words import Words

if TYPE_CHECKING:
    from ketachart.charting.drafts import FormDraft

_MOST = 4  # words of a form that are shown, so that it is known again
KEYS = 9  # rows that have a key of their own


def until(draft: "FormDraft", today: date) -> str:
    """“typed until 14:23”; with its day where that is not today."""
    from ketachart.domain.wording import day_and_clock

    return f"typed until {day_and_clock(draft.saved_at, beside=today)}"


def told(drafts: "tuple[FormDraft, ...]", today: date) -> str:
    """“Vitals, typed until 14:23; Note, typed until 14:25”."""
    return "; ".join(f"{one.title}, {until(one, today)}" for one in drafts)


class DraftRows(Column):
    """Nothing is charted here: a form is put back, or thrown away."""

    wanted = Signal(object)  # the FormDraft to be put back
    thrown = Signal(object)  # the FormDraft that is not wanted

    def __init__(self) -> None:
        super().__init__(gap=tokens.S3)
        self._drafts: tuple[FormDraft, ...] = ()
        self.buttons: list[Button] = []

    def show_drafts(
        self, drafts: "tuple[FormDraft, ...]", today: date, *, key: Callable[[int], str]
    ) -> None:
        """These and no others; ``key`` is the key of a row's place, counted from 1."""
        self._drafts = drafts
        self.buttons = []
        self.empty()
        for place, draft in enumerate(drafts, start=1):
            if place > 1:
                self.add(Rule())
            self.add(self._row(draft, today, key(place) if place <= KEYS else ""))

    def _row(self, draft: "FormDraft", today: date, key: str) -> Column:
        made = Column(gap=tokens.S2)
        said = Column(gap=tokens.S1)
        said.add(Words(draft.title, weight=tokens.SEMIBOLD))
        said.add(Words(until(draft, today).capitalize(), size="label"))
        said.add(Words(_summary(draft), size="small", tone="muted"))
        made.add(said)
        named = f"{draft.title}, {until(draft, today)}"
        back = Button(f"Put back: {named}", words="Put back", sign="undo-2", key=key)
        away = Button(f"Throw away: {named}", words="Throw away", kind=Kind.QUIET)
        for button in (back, away):
            button.set_compact()
        back.clicked.connect(lambda: self.wanted.emit(draft))
        away.clicked.connect(lambda: self.thrown.emit(draft))
        ways = Row(gap=tokens.S2)
        ways.add(back, stretch=1)
        ways.add(away, stretch=1)
        made.add(ways)
        self.buttons.append(back)
        return made


def _summary(draft: "FormDraft") -> str:
    """“Systolic, mmHg: 128; Pulse, /min: 71; and 3 more”."""
    words = [
        f"{name}: {' '.join(value.split())}"
        for name, value in part(draft.content, "fields").items()
        if isinstance(value, str) and value.strip()
    ]
    if not words:
        return "Something was chosen in it."
    from ketachart.domain.wording import count

    more = f"; and {count(len(words) - _MOST, 'field')} more" if len(words) > _MOST else ""
    return "; ".join(words[:_MOST]) + more
