"""Text of which a piece may be drawn through, strong or coloured, as in a corrected entry."""

from dataclasses import dataclass, replace
from functools import lru_cache
from math import ceil

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption

from ui import tokens
from ui.language import shown
from ui.language import spoken as language
from ui.theme import Look
from ui.tokens import TypeName
from ui.widgets.whole_units import whole_units


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text; what is struck stays readable. ``verbatim``: somebody's words, a name."""

    text: str
    struck: bool = False
    strong: bool = False
    tone: str = "text"
    verbatim: bool = False


Spans = tuple[Span, ...]


def spoken(spans: Spans) -> str:
    """The text as a screen reader should say it: a struck piece is called so."""
    return "".join(f"(struck: {s.text})" if s.struck else s.text for s in _said(spans))


def _said(spans: Spans) -> Spans:
    """The same pieces in the window's language."""
    if language() == "en":
        return spans
    return tuple(one if one.verbatim else replace(one, text=shown(one.text)) for one in spans)


def _format(span: Span, look: Look) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(look.colour(span.tone))
    made.setFontStrikeOut(span.struck)
    made.setFontWeight(QFont.Weight(tokens.SEMIBOLD if span.strong else tokens.REGULAR))
    return made


def _laid(
    spans: Spans, width: float, look: Look, size: TypeName = "label"
) -> tuple[QTextLayout, float]:
    """The laid out text and its height; long words break rather than being cut."""
    pieces = [whole_units(span.text) for span in spans]
    text = "".join(pieces).replace("\n", "\u2028")
    layout = QTextLayout(text, look.font(size))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    ranges: list[QTextLayout.FormatRange] = []
    start = 0
    for span, words in zip(spans, pieces, strict=True):
        piece = QTextLayout.FormatRange()
        piece.start, piece.length, piece.format = start, len(words), _format(span, look)
        ranges.append(piece)
        start += len(words)
    layout.setFormats(ranges)
    layout.beginLayout()
    height = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1.0, width))
        line.setPosition(QPointF(0, height))
        height += line.height()
    layout.endLayout()
    return layout, height


def height_of(spans: Spans, width: int, look: Look, *, size: TypeName = "label") -> int:
    """The height in pixels that the text needs in a width.

    Most texts find room in one line: their height is known with their width.
    """
    said = _said(spans)
    wide, high = _size_of(said, look, size)
    return high if wide <= width else _height_of(said, width, look, size)


@lru_cache(maxsize=4096)
def _height_of(spans: Spans, width: int, look: Look, size: TypeName) -> int:
    return ceil(_laid(spans, width, look, size)[1])


def width_of(spans: Spans, look: Look) -> int:
    """The width in pixels at which nothing has to wrap."""
    return _size_of(_said(spans), look, "label")[0]


@lru_cache(maxsize=4096)
def _size_of(spans: Spans, look: Look, size: TypeName) -> tuple[int, int]:
    """Width and height where nothing has to wrap."""
    layout, height = _laid(spans, 1e6, look, size)
    lines = (layout.lineAt(n).naturalTextWidth() for n in range(layout.lineCount()))
    return ceil(max(lines, default=0.0)), ceil(height)


def draw(  # noqa: PLR0913 - what, where, how wide, and in which letters
    painter: QPainter,
    spans: Spans,
    *,
    at: QPointF,
    width: int,
    look: Look,
    size: TypeName = "label",
) -> None:
    """Draw the text with its top left corner at a point."""
    layout, _ = _laid(_said(spans), width, look, size)
    layout.draw(painter, at)
