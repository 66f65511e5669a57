"""The phases of the visit at the left: done, now, later, or locked and by what."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme, tokens
from ui.language.saying import describe, say_name, say_tip
from ui.theme import Dressed, Look
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button, Plan
from ui.widgets.one_of import OneOf


class StepState(Enum):
    """Where a phase stands."""

    DONE = "done"
    NOW = "now"
    LATER = "later"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Step:
    """One phase or place: its key in the program, its title, and what is to be known of it.

    ``sign`` replaces the sign of its state, in ``colour``, for places that are no phases.
    """

    key: str
    title: str
    sub: str
    state: StepState
    sign: str = ""
    colour: str = ""
    press: str = ""  # the key that opens it from anywhere


_SIGNS: Final = {
    StepState.DONE: ("circle-check", "ok"),
    StepState.NOW: ("circle-dot", ""),
    StepState.LATER: ("circle", ""),
    StepState.LOCKED: ("lock", ""),
}


class Shape(Enum):
    """How much of each step is written."""

    WORDS = "words"
    RAIL = "rail"  # a sign, its name small below it
    BAR = "bar"  # side by side; only the present one has its name


class _StepButton(Button):
    """One phase; the list decides what the arrows do."""

    moved = Signal(int)

    def __init__(self, step: Step) -> None:
        super().__init__(step.title, kind=Kind.QUIET)
        self.key = step.key
        self._step = step
        self._shape = Shape.WORDS
        self.set_left()
        self.set_inset(tokens.S2)

    def show_step(self, step: Step) -> None:
        """Show another state of it."""
        self._step = step
        sign, colour = _SIGNS[step.state]
        self.set_sign(step.sign or sign, colour=step.colour if step.sign else colour)
        self.setChecked(step.state is StepState.NOW)
        self.setEnabled(step.state is not StepState.LOCKED)
        self.set_shape(self._shape)

    def set_shape(self, shape: Shape) -> None:
        """How much of it is written; what is not is told by a tool tip."""
        self._shape = shape
        step, whole = self._step, shape is Shape.WORDS
        named = whole or (shape is Shape.BAR and step.state is StepState.NOW)
        below = step.title if shape is Shape.RAIL else ""
        self.set_inset(tokens.S1 if below else tokens.S2)
        self.set_words(step.title if named else "", sub=step.sub if whole else below)
        self.set_key(step.press if whole else "")
        tip = ". ".join(filter(None, (step.title, step.sub, step.press)))
        say_tip(self, "" if whole else tip)
        say_name(self, self._step.title)
        told = (self._step.state.value, self._step.sub, self._step.press)
        describe(self, ". ".join(filter(None, told)))

    def _lead(self) -> int:
        return 0 if self._shape is Shape.RAIL else super()._lead()

    def _least_height(self) -> int:
        return self._least_side() if self._shape is Shape.RAIL else super()._least_height()

    def _height_of(self, text_high: int) -> int:
        if self._shape is not Shape.RAIL:
            return super()._height_of(text_high)
        look = theme.look()
        return max(text_high + look.px(tokens.ICON) + look.px(tokens.S1) * 3, self._least_side())

    def _plan(self, width: int) -> Plan:
        plan = super()._plan(width)
        if self._shape is not Shape.RAIL:
            return plan
        high, gap = plan.sub.height(), theme.look().px(tokens.S1)
        side = plan.sign.height()
        top = (self.height() - side - gap - high) // 2
        sign = QRect((width - side) // 2, top, side, side)
        pad = theme.look().px(tokens.S1)
        below = QRect(pad, top + side + gap, width - 2 * pad, high)
        return plan._replace(sign=sign, sub=below)

    def _is_centred(self) -> bool:
        return self._shape is Shape.RAIL or super()._is_centred()

    def nextCheckState(self) -> None:
        """Pressing does not choose: the screen shows where it went."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Right: 1,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.moved.emit(step)


class Stepper(QWidget, Dressed):
    """A list of phases, one stop for Tab; the arrows go along it and Enter opens."""

    opened = Signal(str)  # the key of a step

    def __init__(self, name: str) -> None:
        super().__init__()
        say_name(self, name)
        self._buttons: list[_StepButton] = []
        self._group = OneOf(self)
        self._shape = Shape.WORDS
        self._line = QVBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self.dress(theme.look())

    def show_steps(self, steps: tuple[Step, ...]) -> None:
        """Show these steps; the same keys in the same order keep the focus where it is."""
        if [button.key for button in self._buttons] != [step.key for step in steps]:
            self._build(steps)
        for button, step in zip(self._buttons, steps, strict=True):
            button.show_step(step)
        self._settle_tab_stop()

    def take_focus(self) -> None:
        """The keyboard to the phase that is looked at."""
        for button in self._buttons:
            if button.isChecked():
                button.setFocus()

    def show_rail(self) -> None:
        """A sign and its name below, where the window is narrow; the rest is a tool tip."""
        self._set_shape(Shape.RAIL)

    def show_bar(self) -> None:
        """Signs side by side and the name of the present one, where the window is low."""
        self._set_shape(Shape.BAR)

    def show_words(self) -> None:
        """Signs and words."""
        self._set_shape(Shape.WORDS)

    def dress(self, look: Look) -> None:
        """Scale width and gap."""
        gap = look.px(tokens.S1)
        self._line.setSpacing(gap)
        if self._shape is Shape.BAR:
            wide = sum(button.sizeHint().width() + gap for button in self._buttons) - gap
            self.setFixedWidth(max(0, wide))
        else:
            rail = self._shape is Shape.RAIL
            self.setFixedWidth(look.px(tokens.RAIL_WIDTH if rail else tokens.STEPS_WIDTH))

    def event(self, event: QEvent) -> bool:
        """Side by side the names may have become longer or shorter."""
        if event.type() == QEvent.Type.LayoutRequest and self._shape is Shape.BAR:
            self.dress(theme.look())
        return super().event(event)

    def _set_shape(self, shape: Shape) -> None:
        self._shape = shape
        across, down = QVBoxLayout.Direction.LeftToRight, QVBoxLayout.Direction.TopToBottom
        self._line.setDirection(across if shape is Shape.BAR else down)
        for button in self._buttons:
            button.set_shape(shape)
        self.dress(theme.look())

    def _build(self, steps: tuple[Step, ...]) -> None:
        for old in self._buttons:
            self._line.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._buttons = [_StepButton(step) for step in steps]
        for button in self._buttons:
            self._group.take(button)
            button.set_shape(self._shape)
            button.clicked.connect(lambda _on, key=button.key: self.opened.emit(key))
            button.moved.connect(self._move)
            self._line.addWidget(button)
        self.dress(theme.look())

    def _move(self, step: int) -> None:
        able = [button for button in self._buttons if button.isEnabled()]
        here = next((n for n, button in enumerate(able) if button is self.sender()), 0)
        able[(here + step) % len(able)].setFocus(Qt.FocusReason.TabFocusReason)

    def _settle_tab_stop(self) -> None:
        stop = next((b for b in self._buttons if b.isChecked()), None)
        for n, button in enumerate(self._buttons):
            is_stop = button is stop or (stop is None and n == 0)
            tab = Qt.FocusPolicy.StrongFocus if is_stop else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(tab)
