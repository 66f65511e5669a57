"""What is pressed: words that wrap, a sign, the key that does the same, and a visible ring."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6 import QtCore
from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from ui import theme, tokens
from ui.language import labelled, shown
from ui.language.saying import SaysAgain, describe, say_name
from ui.theme import Dressed, Look
from ui.tokens import TypeName
from ui.widgets import drawn
from ui.widgets.button_inks import Inks, Kind, State, inks_of
from ui.widgets.measure import block, line_width, longest_word


class Plan(NamedTuple):
    """Where the parts of a button of one width stand, and how high it must be."""

    sign: QRect
    words: QRect
    sub: QRect
    key: QRect
    height: int


class Button(QPushButton, Dressed, SaysAgain):
    """A button; ``name`` is what a screen reader says, ``words`` what is written on it.

    Words wrap rather than being cut. ``key`` is only shown: shortcuts are made where acts are.
    """

    def __init__(
        self,
        name: str,
        *,
        words: str | None = None,
        sign: str = "",
        key: str = "",
        kind: Kind = Kind.PLAIN,
    ) -> None:
        super().__init__()
        say_name(self, name)
        self._named_by_words = words is None
        self._words = name if words is None else words
        self._sub, self._sign, self._key, self._kind = "", sign, key, kind
        self._tone = "accent_text"
        self._verbatim = False
        self._pad, self._gap = tokens.S4, tokens.S2
        self._round = self._left = False
        self._sign_colour = ""
        self._lettering = drawn.Lettering()
        self.setAutoDefault(False)  # in a dialog, Enter in a field must not press whatever is first
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def words(self) -> str:
        """What is written on it."""
        return self._words

    def sub(self) -> str:
        """The small line under the words; empty where there is none."""
        return self._sub

    def set_verbatim(self) -> None:
        """What is written on it is somebody's words, such as a name: shown as it stands."""
        self._verbatim = True
        self.say_again()

    def say_again(self) -> None:
        """Write the same on it in the language that is spoken now."""
        self.updateGeometry()
        self.update()

    def _said(self) -> str:
        return self._words if self._verbatim else labelled(self._words)

    def _said_under(self) -> str:
        return shown(self._sub)

    def set_words(self, words: str, *, sub: str = "") -> None:
        """Write something else on it, with a small line beneath where ``sub`` is not empty.

        A button that was given no words beside its name is called by what is written on it.
        """
        if (words, sub) == (self._words, self._sub):
            return
        self._words, self._sub = words, sub
        describe(self, sub)
        if self._named_by_words and words:
            say_name(self, words)
        self.updateGeometry()
        self.update()

    def set_sign(self, sign: str, *, colour: str = "") -> None:
        """Show another sign before the words, in a colour of its own where one is named."""
        if (sign, colour) == (self._sign, self._sign_colour):
            return
        self._sign, self._sign_colour = sign, colour
        self.updateGeometry()
        self.update()

    def set_key(self, key: str) -> None:
        """Print another key on it, or none."""
        if key != self._key:
            self._key = key
            self.updateGeometry()
            self.update()

    def set_tone(self, tone: str) -> None:
        """The tone it takes when chosen: accent_text, ok, warn or danger."""
        self._tone = tone
        self.update()

    def set_compact(self) -> None:
        """Narrow insets, for one of several in a row."""
        self._pad, self._gap = tokens.S2, tokens.S1
        self.updateGeometry()

    def set_inset(self, inset: int) -> None:
        """Another distance between its edge and what is in it; a token."""
        self._pad = inset
        self.updateGeometry()

    def set_left(self) -> None:
        """Words begin at the left, as in a list."""
        self._left = True
        self.update()

    def set_round(self) -> None:
        """Ends like a pill: one of many that may stand together."""
        self._round = True
        self.update()

    def dress(self, look: Look) -> None:
        """Ask again for the room the words need."""
        del look  # asked for at every measure
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for all of it on one line."""
        width = max(self._around() + self._widest(), self._least_side())
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Room for the longest word."""
        longest = max(self._measured(longest_word))
        return QSize(max(self._around() + longest, self._least_side()), self._least_height())

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height at which nothing is cut in that width."""
        _, high, between, _, sub_high = self._blocks(max(1, width - self._around()))
        return self._height_of(high + between + sub_high)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, as Space does."""
        if event.key() in {QtCore.Qt.Key.Key_Return, QtCore.Qt.Key.Key_Enter} and self.isEnabled():
            self.click()
            return
        super().keyPressEvent(event)

    # measuring

    def _least_side(self) -> int:
        primary = self._kind is Kind.PRIMARY
        return theme.look().px(tokens.PRIMARY if primary else tokens.TARGET)

    def _least_height(self) -> int:
        if self._sub and self._kind is not Kind.PRIMARY:
            return theme.look().px(tokens.STEP)
        return self._least_side()

    def _is_centred(self) -> bool:
        if self._left and self._words:
            return False
        return not self._key and (not self._sub or self._kind is Kind.PRIMARY)

    def _size_of_words(self) -> TypeName:
        return "h2" if self._kind is Kind.PRIMARY else "body"

    def _sign_size(self) -> int:
        small = self._gap == tokens.S1
        return theme.look().px(tokens.ICON_SMALL if small else tokens.ICON)

    def _lead(self) -> int:
        if not self._sign:
            return 0
        return self._sign_size() + (theme.look().px(self._gap) if self._words else 0)

    def _keys_above(self) -> bool:
        """In a list the key stands beside the words, and the small line has the room below it."""
        return bool(self._left and self._words and self._sub and self._key)

    def _key_room(self) -> int:
        if not self._key:
            return 0
        look = theme.look()
        key = line_width(self._key, "small", weight=tokens.REGULAR, look=look)
        return key + look.px(tokens.S3)

    def _around(self) -> int:
        return 2 * theme.look().px(self._pad) + self._lead() + self._key_room()

    def _widest(self) -> int:
        return max(self._measured(line_width))

    def _measured(self, measure: Callable[..., int]) -> tuple[int, int]:
        """The words and the small line under them, measured in the letters they are drawn in."""
        look = theme.look()
        return (
            measure(self._said(), self._size_of_words(), weight=tokens.SEMIBOLD, look=look),
            measure(self._said_under(), "small", weight=tokens.REGULAR, look=look),
        )

    def _blocks(self, room: int) -> tuple[int, int, int, int, int]:
        """Width and height of the words, what is between, width and height of the small line."""
        look, size = theme.look(), self._size_of_words()
        words = block(self._said(), size, weight=tokens.SEMIBOLD, width=room, look=look)
        under = room + (self._key_room() if self._keys_above() else 0)
        sub = block(self._said_under(), "small", weight=tokens.REGULAR, width=under, look=look)
        between = look.px(tokens.S1) // 2 if self._sub and self._words else 0
        return *words, between, *sub

    def _height_of(self, text_high: int) -> int:
        return max(text_high + theme.look().px(tokens.S1) * 2, self._least_height())

    def _plan(self, width: int) -> Plan:
        look = theme.look()
        room = max(1, width - self._around())
        wide, high, between, sub_wide, sub_high = self._blocks(room)
        text_high = high + between + sub_high
        height = self._height_of(text_high)
        top = (max(height, self.height() if self.width() == width else 0) - text_high) // 2
        middle = top + text_high // 2
        left = look.px(self._pad)
        if self._is_centred():
            taken = max(wide, sub_wide) + 1
            left += max(0, room - taken) // 2
            room = min(room, taken)
        side = self._sign_size()
        text_left = left + self._lead()
        key_wide, above = self._key_room(), self._keys_above()
        key = QRect(width - look.px(self._pad) - key_wide, 0, key_wide, 2 * middle)
        if above:
            key = QRect(key.x(), top, key_wide, high)
        return Plan(
            sign=QRect(left, middle - side // 2, side, side),
            words=QRect(text_left, top, room, high),
            sub=QRect(text_left, top + high + between, room + key_wide * above, sub_high),
            key=key,
            height=height,
        )

    # painting

    def _state(self) -> State:
        if not self.isEnabled():
            return State.CLOSED
        if self.isChecked():
            return State.CHOSEN
        return State.TOUCHED if self.isDown() or self.underMouse() else State.REST

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, outline or ring, sign, words and key from the tokens of the moment."""
        look = theme.look()
        inks = inks_of(self._kind, tone=self._tone, state=self._state())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, look, inks)
        self._paint_text(painter, look, inks)
        painter.end()
        event.accept()

    def _paint_ground(self, painter: QPainter, look: Look, inks: Inks) -> None:
        focused = self.hasFocus()
        chosen = self.isEnabled() and self.isChecked() and self._kind is not Kind.QUIET
        thick = look.px(tokens.RING if focused or chosen else tokens.HAIR)
        line = "focus" if focused else inks.line
        if not (line or inks.fill):
            return
        box, radius = self._box(look, thick / 2)
        if inks.fill:
            drawn.fill_box(painter, box, radius, look.palette[inks.fill])
        if line:
            drawn.line_box(painter, box, radius, look.palette[line], thick)
        inner = look.px(tokens.HAIR)
        if focused and self._kind is Kind.PRIMARY:
            # on the filled button the ring alone would drown in the light theme
            box, radius = self._box(look, thick + inner / 2)
            drawn.line_box(painter, box, radius, look.palette["on_cta"], inner)
        elif focused and chosen:
            # its outline is as thick and nearly as bright: a second ring says where the keys go
            box, radius = self._box(look, 2 * thick + inner / 2)
            drawn.line_box(painter, box, radius, look.palette["focus"], inner)

    def _box(self, look: Look, inset: float) -> tuple[QRectF, float]:
        """Where its outline runs, and how round its corners are."""
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        radius = box.height() / 2 if self._round else look.px(tokens.RADIUS) - inset
        return box, radius

    def _paint_text(self, painter: QPainter, look: Look, inks: Inks) -> None:
        plan = self._plan(self.width())
        if self._sign:
            tone = look.palette[self._sign_colour or inks.ink]
            drawn.sign(painter, plan.sign, self._sign, tone, self.devicePixelRatioF())
        strong = self._kind is Kind.PRIMARY or self.isChecked()
        weight = tokens.SEMIBOLD if strong else tokens.MEDIUM
        font, ink, sub = (
            look.font(self._size_of_words(), weight),
            look.palette[inks.ink],
            look.palette[inks.sub],
        )
        across, write = (0.5 if self._is_centred() else 0.0), self._lettering.write
        write(painter, plan.words, self._said(), font, ink, across=across)
        small = look.font("small")
        write(painter, plan.sub, self._said_under(), small, sub, across=across)
        write(painter, plan.key, self._key, small, sub, across=1.0, level=True)
