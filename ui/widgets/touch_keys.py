"""Keys on the screen: whoever has only a pointer or a finger can type, and reach every act.

They go to whatever has the focus, and never take it. Ctrl, Alt and Shift stay down for one key.
"""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from ui import theme, tokens
from ui.language.saying import say_name
from ui.theme import Dressed, Look
from ui.widgets.boxes import Column, Scroller
from ui.widgets.buttons import Button
from ui.widgets.flow import Flow

Key = Qt.Key
_SHARE: Final = 0.3  # of the window's height, before the rows scroll
_LEAST_ROWS: Final = 1
_NONE: Final = Qt.KeyboardModifier.NoModifier


@dataclass(frozen=True, slots=True)
class _Cap:
    """One key: what stands on it, what a screen reader calls it, what it strikes."""

    words: str
    name: str
    key: Qt.Key
    text: str = ""
    chord: str = ""  # as `ui/actions.py` writes it, where it differs from the words


def _letter(letter: str) -> _Cap:
    name = _NAMED.get(letter, letter)
    code = ord(letter.upper())
    key = Key(code) if code < 0x80 else Key.Key_unknown
    return _Cap(letter, name, key, letter, letter.upper())


_NAMED: Final = {
    ".": "Point", ",": "Comma", "/": "Slash", ":": "Colon", "-": "Minus", "+": "Plus",
    "'": "Apostrophe", "@": "At", "(": "Bracket open", ")": "Bracket closed", "#": "Number sign",
    ";": "Semicolon", "?": "Question mark", "!": "Exclamation mark", "&": "And", "%": "Percent",
    "=": "Equals", "_": "Underscore",
}  # fmt: skip
_EDIT: Final = (
    _Cap("Space", "Space", Key.Key_Space, " ", "Space"),
    _Cap("Erase", "Erase a letter", Key.Key_Backspace, "\b", "Backspace"),
    _Cap("Before", "Field before", Key.Key_Backtab, "", "Shift+Tab"),
    _Cap("Next", "Next field", Key.Key_Tab, "\t", "Tab"),
    _Cap("Enter", "Enter", Key.Key_Return, "\r", "Return"),
    _Cap("Esc", "Esc", Key.Key_Escape, "", "Esc"),
)
_ARROWS: Final = (
    _Cap("←", "Left", Key.Key_Left, "", "Left"),
    _Cap("→", "Right", Key.Key_Right, "", "Right"),
    _Cap("↑", "Up", Key.Key_Up, "", "Up"),
    _Cap("↓", "Down", Key.Key_Down, "", "Down"),
    _Cap("Home", "Home", Key.Key_Home, "", "Home"),
    _Cap("End", "End", Key.Key_End, "", "End"),
)


def _letters(letters: str) -> tuple[_Cap, ...]:
    return tuple(_letter(one) for one in letters)


# Each layer is up to three rows; what stands before and behind them is the same in all.
LAYERS: Final[dict[str, tuple[tuple[_Cap, ...], ...]]] = {
    "123": (_letters("1234567890.,/:-+"),),
    "abc": (_letters("qwertyuiop"), _letters("asdfghjklñ"), _letters("zxcvbnm.,-/=+")),
    "áé": (_letters("áéíóúü'@#&"), _letters("();:?!%_")),
    "F1": (
        tuple(
            _Cap(f"F{n}", f"F{n}", Key(Key.Key_F1.value + n - 1), "", f"F{n}") for n in range(1, 13)
        ),
        (),
    ),
}
_HELD: Final = ("Ctrl", "Alt", "Shift")
_NAMES: Final = {
    "123": "Digits", "abc": "Letters", "áé": "Accents and signs", "F1": "Function keys",
}  # fmt: skip
_ROWS: Final = 3


class TouchKeys(QFrame, Dressed):
    """One row of digits; letters and the keys of acts are one press away."""

    chord = Signal(str)  # a key of the key map: “F6”, “Ctrl+P”, “Alt+1”

    def __init__(self) -> None:
        super().__init__()
        say_name(self, "Keys on the screen")
        self.setProperty("panel", "status")
        self._line = QVBoxLayout(self)
        self._rows = [Flow() for _ in range(_ROWS)]
        inside = Column(gap=tokens.S1)
        self._parts = [QWidget() for _ in range(_ROWS)]
        for part, row in zip(self._parts, self._rows, strict=True):
            part.setLayout(row)
            inside.add(part)
        self._scroller = Scroller("Rows of keys", inside)
        self._scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._line.addWidget(self._scroller)
        self._turns = {layer: self._turn(layer) for layer in LAYERS}
        self._holds = {name: self._hold(name) for name in _HELD}
        self._arrows = [self._cap(cap, row=2) for cap in _ARROWS]
        self._caps: dict[str, list[tuple[_Cap, Button]]] = {}
        for layer, rows in LAYERS.items():
            self._caps[layer] = [
                (cap, self._cap(cap, row=n)) for n, row in enumerate(rows) for cap in row
            ]
        self._edits = [self._cap(cap, row=0) for cap in _EDIT]
        self.turn_to("123")
        self.dress(theme.look())

    # ------------------------------------------------ making

    def _made(self, words: str, name: str, *, row: int) -> Button:
        button = Button(name, words=words)
        button.set_compact()
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is typed into keeps the focus
        self._rows[row].add(button)
        return button

    def _turn(self, layer: str) -> Button:
        button = self._made(layer, _NAMES[layer], row=0)
        button.setCheckable(True)
        button.clicked.connect(lambda: self.turn_to(layer))
        return button

    def _hold(self, name: str) -> Button:
        button = self._made(name, f"Hold {name}", row=1)
        button.setCheckable(True)
        button.toggled.connect(lambda _on: self._show_case())
        return button

    def _cap(self, cap: _Cap, *, row: int) -> Button:
        button = self._made(cap.words, cap.name, row=row)
        button.clicked.connect(lambda: self._strike(cap))
        return button

    # ------------------------------------------------ showing

    def turn_to(self, layer: str) -> None:
        """Show digits, letters or the function keys."""
        for name, button in self._turns.items():
            button.setChecked(name == layer)
        for part in self._parts:
            part.hide()  # so that the rows are laid out once, and not for each key that changes
        for name, caps in self._caps.items():
            for _cap, button in caps:
                button.setVisible(name == layer)
        for place, part in enumerate(self._parts):
            part.setVisible(place < len(LAYERS[layer]))
        self._take_height()

    def _show_case(self) -> None:
        upper = self._holds["Shift"].isChecked()
        for cap, button in (*self._caps["abc"], *self._caps["áé"]):
            button.set_words(cap.words.upper() if upper else cap.words)

    def dress(self, look: Look) -> None:
        """Scale the gaps."""
        inset = look.px(tokens.S2)
        self._line.setContentsMargins(inset, look.px(tokens.S1), inset, look.px(tokens.S1))
        for row in self._rows:
            row.set_gaps(look.px(tokens.S1), look.px(tokens.S1))
        self._take_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has other rows."""
        super().resizeEvent(event)
        self._take_height()

    def _take_height(self) -> None:
        """As high as its rows; where that is much of the window, the rows scroll."""
        around = self._line.contentsMargins()
        inside = max(1, self.width() - around.left() - around.right())
        gap = theme.look().px(tokens.S1)
        shown = [
            row.heightForWidth(inside - gap)
            for part, row in zip(self._parts, self._rows, strict=True)
            if not part.isHidden()
        ]
        rows = sum(shown) + gap * len(shown)
        high, look = self.window().height(), theme.look()
        share = 0.0 if high < look.px(tokens.TWO_NOTICES) else _SHARE
        most = max(_LEAST_ROWS * look.px(tokens.TARGET) + 2 * gap, high * share)
        self._scroller.setFixedHeight(min(rows, round(most)))

    # ------------------------------------------------ striking

    def _strike(self, cap: _Cap) -> None:
        held = [name for name in ("Ctrl", "Alt") if self._holds[name].isChecked()]
        shift = self._holds["Shift"].isChecked()
        for button in self._holds.values():
            button.setChecked(False)
        is_act = bool(held) or cap.key == Key.Key_Escape or cap.words in _FUNCTION
        if is_act:
            parts = [*held, *(["Shift"] if shift else []), cap.chord or cap.words]
            self.chord.emit("+".join(parts))
            return
        self._send(cap, shift=shift)

    def _send(self, cap: _Cap, *, shift: bool) -> None:
        there = QApplication.focusWidget()
        if there is None:
            return
        text = cap.text.upper() if shift and len(cap.text) == 1 else cap.text
        held = Qt.KeyboardModifier.ShiftModifier if shift else _NONE
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(there, QKeyEvent(kind, cap.key, held, text))


_FUNCTION: Final = frozenset(cap.words for cap in LAYERS["F1"][0])
