"""How much room a text needs; remembered, because layouts ask again and again."""

from functools import lru_cache

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics

from ui import numbers
from ui.theme import Look
from ui.tokens import TypeName

_ENDLESS = 100_000


def _metrics(size: TypeName, weight: int, look: Look) -> QFontMetrics:
    return QFontMetrics(look.font(size, weight))


@lru_cache(maxsize=4096)
def line_width(text: str, size: TypeName, *, weight: int, look: Look) -> int:
    """The width in pixels of the text on one line."""
    # one pixel more, because widths of glyphs are fractions
    return _metrics(size, weight, look).horizontalAdvance(text) + 1 if text else 0


def longest_word(text: str, size: TypeName, *, weight: int, look: Look) -> int:
    """The width in pixels of the longest word: a text needs no less."""
    words = (line_width(word, size, weight=weight, look=look) for word in text.split())
    return max(words, default=0)


@lru_cache(maxsize=4096)
def block(text: str, size: TypeName, *, weight: int, width: int, look: Look) -> tuple[int, int]:
    """The width and height in pixels of the text when it wraps in a width; nothing for no text."""
    if not text:
        return 0, 0
    wrapped = numbers.WRAP_WORDS | numbers.ALIGN_LEFT
    room = QRect(0, 0, max(1, width), _ENDLESS)
    taken = _metrics(size, weight, look).boundingRect(room, wrapped, text)
    return taken.width(), taken.height()
