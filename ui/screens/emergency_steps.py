"""The steps of an emergency: one press stamps the time, a second asks “again?” in its place."""

from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ketachart.domain.emergency import Step
from ketachart.domain.wording import clock_with_seconds
from ui import theme, tokens
from ui.actions import key_of
from ui.theme import Dressed, Look
from ui.widgets.boxes import Column, Scroller
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading
from ui.widgets.flow import EvenGrid

KEYS: Final = "1234567890ABCDFGHIJKLM"  # E makes the sheet for the crew
ASKS_FOR: Final = timedelta(seconds=10)  # so long “again?” waits for its answer
_SHEETS: Final = (
    ("vitals", "Vitals", "heart-pulse"),
    ("medicine", "Medicine", "pill"),
    ("note", "Note", "notebook-pen"),
)


class _StepButton(Button, Dressed):
    """One step: not done yet, done at these times, or asking whether it was done again."""

    def __init__(self, step: Step, key: str) -> None:
        super().__init__(step.label, words=step.label, sign="circle", key=key)
        self.setCheckable(True)
        self.set_compact()
        self.set_tone("ok")
        self._step = step
        self._high = tokens.EMERGENCY_STEP
        self.asks = False
        self.dress(theme.look())

    def dress(self, look: Look) -> None:
        """As high as a hand in a hurry needs."""
        super().dress(look)
        self.setMinimumHeight(look.px(self._high))

    def set_height(self, height: int) -> None:
        """Another height; a token."""
        self._high = height
        self.dress(theme.look())

    def show_step(self, step: Step) -> None:
        """Its last time, and how often; what shows a time is on the disk."""
        self._step = step
        times = clock_with_seconds(step.done[-1]) if step.done else ""
        if len(step.done) > 1:
            times += f", {len(step.done)} times"
        self.setChecked(bool(step.done))
        self.set_sign("circle-check" if step.done else "circle")
        if self.asks:
            self.set_words("Again?", sub="press once more")
        else:
            self.set_words(step.label, sub=times)

    def wants_to_record(self) -> bool:
        """Whether this press is to be recorded; the press after the first only asks."""
        if self._step.done and not self.asks:
            self.asks = True
            self.show_step(self._step)
            return False
        self.asks = False
        self.show_step(self._step)
        return True

    def stop_asking(self) -> None:
        """It was not done again."""
        if self.asks:
            self.asks = False
            self.show_step(self._step)


class StepsCard(Card):
    """Two columns of steps, and the sheets that are needed most."""

    done = Signal(str)  # code of the step that was just done
    sheet_wanted = Signal(str)

    def __init__(self) -> None:
        self._grid, self._foot = EvenGrid(2), EvenGrid(3)
        self._body = Column()
        super().__init__("Press when it happens", inset=tokens.S3)
        self._buttons: dict[str, _StepButton] = {}
        self._asked_at: datetime | None = None
        self._high = tokens.EMERGENCY_STEP
        self._steps, sheets = QWidget(), QWidget()
        self._steps.setLayout(self._grid)
        sheets.setLayout(self._foot)
        for name, words, sign in _SHEETS:
            button = Button(words, sign=sign, key=key_of(name))
            button.set_compact()
            button.clicked.connect(lambda _on=False, name=name: self.sheet_wanted.emit(name))
            self._foot.add(button)
        self._body.add(self._steps)
        self._body.add_room()
        self.add(Heading("Press when it happens", aside="stamps the time, details later"))
        self.add(Scroller("Steps", self._body), stretch=1)
        self.add(sheets)
        self.dress(theme.look())

    def dress(self, look: Look) -> None:
        """Scale the gaps."""
        super().dress(look)
        for grid in (self._grid, self._foot):
            grid.set_gaps(look.px(tokens.S2), look.px(tokens.S2))
        self._body.setContentsMargins(0, 0, look.px(tokens.S1), 0)

    def set_height(self, height: int) -> None:
        """The height of each step; a token."""
        self._high = height
        for button in self._buttons.values():
            button.set_height(height)

    def show_steps(self, steps: tuple[Step, ...]) -> None:
        """Every step with its times."""
        for step in steps:
            if step.code not in self._buttons:
                place = len(self._buttons)
                made = _StepButton(step, KEYS[place] if place < len(KEYS) else "")
                made.set_height(self._high)
                self._buttons[step.code] = made
                self._grid.add(made)
                made.clicked.connect(lambda _on, code=step.code: self._pressed(code))
            self._buttons[step.code].show_step(step)

    def _pressed(self, code: str) -> None:
        for other, button in self._buttons.items():
            if other != code:
                button.stop_asking()
        if self._buttons[code].wants_to_record():
            self._asked_at = None
            self.done.emit(code)

    def press_key(self, key: str) -> bool:
        """Presses the step of that key; False where there is none."""
        place = KEYS.find(key.upper()) if key else -1
        buttons = list(self._buttons.values())
        if not 0 <= place < len(buttons):
            return False
        buttons[place].setFocus()
        buttons[place].click()
        return True

    def tick(self, now: datetime) -> None:
        """A question that nobody answers is taken back."""
        if not any(button.asks for button in self._buttons.values()):
            self._asked_at = None
            return
        self._asked_at = self._asked_at or now
        if now - self._asked_at >= ASKS_FOR:
            self._asked_at = None
            for button in self._buttons.values():
                button.stop_asking()

    def begin(self) -> None:
        """To the first step that is not done."""
        left = [b for b in self._buttons.values() if not b.isChecked()]
        for button in left[:1] or list(self._buttons.values())[:1]:
            button.setFocus()
