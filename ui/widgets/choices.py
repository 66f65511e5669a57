"""One of a few, or some of a few: buttons in a row, nothing chosen until the nurse chooses."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme, tokens
from ui.language.saying import say_name
from ui.theme import Dressed, Look
from ui.widgets.buttons import Button
from ui.widgets.flow import Ends, EvenGrid
from ui.widgets.keeping import Kept, texts
from ui.widgets.one_of import OneOf
from ui.widgets.together import laid_out_once
from ui.widgets.words import Words

_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_ON = (Qt.Key.Key_Right, Qt.Key.Key_Down)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: what it stands for, its words, a small line, and the key that takes it.

    ``verbatim`` is for somebody's name or words: they are shown as they stand in every language.
    ``sign`` stands before the words where a choice is a row of a list, such as one of the nurses.
    """

    value: str
    words: str
    sub: str = ""
    key: str = ""
    verbatim: bool = False
    sign: str = ""


class Shape(Enum):
    """Boxes for one thing among others, pills for things that can stand together."""

    BOX = "box"
    PILL = "pill"


class _Option(Button):
    """One button of the row; the row decides what a key does."""

    key_pressed = Signal(QKeyEvent)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()
        self.key_pressed.emit(event)
        if not event.isAccepted():
            super().keyPressEvent(event)


class Choices(QWidget, Dressed, Kept):
    """A row of buttons that is one stop for Tab; arrows go along it and Space takes.

    Keys printed on the choices take them at once, Enter goes on to the next field. What is taken
    is given back by taking it again, so that a slip can be undone and *not asked* stays sayable.
    """

    changed = Signal(tuple)  # the values chosen, in the order shown
    committed = Signal()

    def __init__(
        self,
        name: str,
        choices: tuple[Choice, ...],
        *,
        columns: int = 0,
        several: bool = False,
        shape: Shape = Shape.BOX,
    ) -> None:
        super().__init__()
        say_name(self, name)
        self._choices = choices
        self._several = several
        self._label = Words(size="label", tone="muted", weight=tokens.MEDIUM)
        self._hint = Words(size="small", tone="muted")
        self._head = QWidget()
        self._ends = Ends()
        self._head.setLayout(self._ends)
        self._ends.add(self._label)
        self._ends.add(self._hint)
        self._body = QWidget()
        self._grid = EvenGrid(columns)
        self._body.setLayout(self._grid)
        self._group = OneOf(self)
        self._options = tuple(self._make(name, choice, shape) for choice in choices)
        self._line = QVBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.addWidget(self._head)
        self._line.addWidget(self._body)
        self.set_label("")
        self._settle_tab_stop(0)
        self.dress(theme.look())

    def set_label(self, label: str, *, hint: str = "") -> None:
        """What is asked, and a few words at the right."""
        for part, text in ((self._label, label), (self._hint, hint)):
            part.setText(text)
            part.setVisible(bool(text))
        self._head.setVisible(bool(label or hint))

    def wrap_words(self) -> None:
        """Keep the columns asked for; long words take a second line."""
        self._grid.wrap_words()

    def chosen(self) -> tuple[str, ...]:
        """The values chosen, in the order shown; empty while nothing is."""
        pairs = zip(self._choices, self._options, strict=True)
        return tuple(choice.value for choice, option in pairs if option.isChecked())

    def choose(self, *values: str) -> None:
        """Have these chosen and no others; raises ValueError for a value that is not offered."""
        unknown = set(values) - {choice.value for choice in self._choices}
        if unknown or (len(values) > 1 and not self._several):
            raise ValueError(f"cannot choose {values}")
        before = self.chosen()
        for choice, option in zip(self._choices, self._options, strict=True):
            option.setChecked(choice.value in values)
        self._tell(before)

    def kept(self) -> object:
        """What is chosen."""
        return list(self.chosen())

    def take_back(self, kept: object) -> None:
        """Have these chosen, as far as they are offered."""
        offered = {choice.value for choice in self._choices}
        self.choose(*(value for value in texts(kept) if value in offered))

    def show_only(self, *values: str) -> None:
        """Leave the others out of sight and out of reach; what is chosen stays to be seen."""
        with laid_out_once(self._body):
            for choice, option in zip(self._choices, self._options, strict=True):
                option.setVisible(choice.value in values or option.isChecked())
        stop = self._first(lambda option: not option.isHidden())
        self._settle_tab_stop(self._first(lambda o: o.isChecked(), otherwise=stop))

    def set_sub(self, value: str, sub: str) -> None:
        """Another small line under one choice."""
        for choice, option in zip(self._choices, self._options, strict=True):
            if choice.value == value:
                option.set_words(choice.words, sub=sub)

    def close_choice(self, value: str, *, why: str) -> None:
        """Take one choice out of use; the reason is its small line."""
        for choice, option in zip(self._choices, self._options, strict=True):
            if choice.value == value:
                option.setEnabled(False)
                option.set_words(choice.words, sub=why)

    def dress(self, look: Look) -> None:
        """Scale the gaps."""
        self._line.setSpacing(look.px(tokens.S2))
        self._ends.set_gaps(look.px(tokens.S2), 0)
        self._grid.set_gaps(look.px(tokens.S2), look.px(tokens.S2))

    def _make(self, name: str, choice: Choice, shape: Shape) -> _Option:
        printed = "" if choice.key == choice.words else choice.key
        said = f"{name}: {choice.words}"
        option = _Option(said, words=choice.words, sign=choice.sign, key=printed)
        if choice.verbatim:
            option.set_verbatim()
        option.set_words(choice.words, sub=choice.sub)
        if self._several:
            option.setCheckable(True)
        else:
            self._group.take(option)
        if not choice.sign:
            option.set_compact()
        if shape is Shape.PILL:
            option.set_round()
        self._grid.add(option)
        option.key_pressed.connect(self._key)
        option.clicked.connect(self._pressed)
        return option

    def _pressed(self) -> None:
        taken = self.sender()
        if not self._several:
            for option in self._options:
                if option is not taken:
                    option.setChecked(False)
        if isinstance(taken, _Option):
            self._settle_tab_stop(self._options.index(taken))
        self.changed.emit(self.chosen())

    def _key(self, event: QKeyEvent) -> None:
        here = self._options.index(next(o for o in self._options if o is self.sender()))
        if event.key() in _ENTER:
            self._go_on()
        elif event.key() in _BACK or event.key() in _ON:
            self._move(here, -1 if event.key() in _BACK else 1)
        elif not self._take_by_key(event.text()):
            return
        event.accept()

    def _take_by_key(self, text: str) -> bool:
        for choice, option in zip(self._choices, self._options, strict=True):
            if text and choice.key.lower() == text.lower() and self._reachable(option):
                option.setFocus(Qt.FocusReason.OtherFocusReason)
                option.click()
                return True
        return False

    def _move(self, here: int, step: int) -> None:
        count = len(self._options)
        order = [(here + step * n) % count for n in range(1, count)]
        there = next((n for n in order if self._reachable(self._options[n])), here)
        self._settle_tab_stop(there)
        self._options[there].setFocus(Qt.FocusReason.TabFocusReason)

    @staticmethod
    def _reachable(option: Button) -> bool:
        return option.isEnabled() and not option.isHidden()

    def _first(self, holds: Callable[[Button], bool], *, otherwise: int = 0) -> int:
        return next((n for n, option in enumerate(self._options) if holds(option)), otherwise)

    def _settle_tab_stop(self, stop: int) -> None:
        for n, option in enumerate(self._options):
            tab = Qt.FocusPolicy.StrongFocus if n == stop else Qt.FocusPolicy.ClickFocus
            option.setFocusPolicy(tab)
        if self._options:
            self.setFocusProxy(self._options[stop])

    def _go_on(self) -> None:
        self.committed.emit()
        self.focusNextChild()

    def _tell(self, before: tuple[str, ...]) -> None:
        chosen = self.chosen()
        if chosen:
            self._settle_tab_stop(self._first(lambda option: option.isChecked()))
        if chosen != before:
            self.changed.emit(chosen)
