"""How one report that waits is measured and drawn: who, how long it waits, what stands out."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QPainter, QPen

from ui import icons, theme, tokens
from ui.language import shown
from ui.theme import Look
from ui.tokens import Tone, TypeName
from ui.widgets.measure import line_width
from ui.widgets.spans import Span, draw, height_of, width_of

_NONE = "circle"  # the sign of a folded row that has no flag


@dataclass(frozen=True, slots=True)
class RowFlag:
    """One thing that stands out: a sign, and the same in words."""

    sign: str
    words: str
    tone: Tone = "muted"


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One report in words; ``age`` is how long it waits, ``short`` the same for a narrow rail."""

    key: str
    name: str
    age: str
    short: str
    under: str
    flags: tuple[RowFlag, ...] = ()
    tone: Tone = "muted"  # of the age

    def spoken(self) -> str:
        """The row as a screen reader says it."""
        flags = ", ".join(flag.words for flag in self.flags)
        return ". ".join(
            part for part in (self.name, f"waits {self.age}", self.under, flags) if part
        )


def height_of_row(row: QueueRow, width: int, look: Look, *, folded: bool) -> int:
    """The height in pixels at which nothing of a row is cut."""
    if folded:
        small = height_of((Span(row.short),), width, look, size="small")
        return max(small + look.px(tokens.ICON + 3 * tokens.S2), look.px(tokens.TARGET))
    room = _room(width, look)
    high = _name_height(row, room, look) + height_of((Span(row.under),), room, look, size="small")
    lines = _flag_lines(row, room, look)
    high += sum(line_high for _line, line_high in lines)
    return max(high + 2 * look.px(tokens.S2), look.px(tokens.STEP))


def paint_row(  # noqa: PLR0913 - what, where, and three ways to stand
    painter: QPainter, row: QueueRow, box: QRect, *, chosen: bool, focused: bool, folded: bool
) -> None:
    """Draws a row into its place, in the look of the moment."""
    look = theme.look()
    hair = look.px(tokens.HAIR)
    painter.fillRect(box.left(), box.bottom(), box.width(), hair, look.colour("line"))
    if chosen:
        _paint_chosen(painter, box, look, focused=focused)
    if folded:
        _paint_folded(painter, row, box, look)
    else:
        _paint_whole(painter, row, box, look, chosen=chosen)


def _paint_chosen(painter: QPainter, box: QRect, look: Look, *, focused: bool) -> None:
    thick = look.px(tokens.RING if focused else tokens.HAIR)
    painter.setPen(QPen(look.colour("focus" if focused else "accent"), thick))
    painter.setBrush(look.colour("accent_soft"))
    inset, radius = thick / 2, look.px(tokens.RADIUS)
    painter.drawRoundedRect(QRectF(box).adjusted(inset, inset, -inset, -inset), radius, radius)


def _room(width: int, look: Look) -> int:
    return max(1, width - 2 * look.px(tokens.S3))


def _age_room(row: QueueRow, look: Look) -> int:
    return line_width(shown(row.age), "small", weight=tokens.REGULAR, look=look) + look.px(
        tokens.S2
    )


def _name_height(row: QueueRow, room: int, look: Look) -> int:
    wide = max(1, room - _age_room(row, look))
    return height_of((Span(row.name, strong=True, verbatim=True),), wide, look, size="body")


def _flag_lines(
    row: QueueRow, room: int, look: Look
) -> list[tuple[list[tuple[RowFlag, int, int]], int]]:
    """The flags in lines: each with its left edge and width; and the height of every line."""
    lead, gap = look.px(tokens.ICON_SMALL) + look.px(tokens.S1), look.px(tokens.S3)
    lines: list[tuple[list[tuple[RowFlag, int, int]], int]] = []
    left = room + 1
    for flag in row.flags:
        letters = height_of((Span(flag.words),), max(1, room - lead), look, size="small")
        wide = min(room, lead + _small_width(flag.words, look))
        high = max(letters, look.px(tokens.ICON_SMALL)) + look.px(tokens.S1)
        if left + wide > room:
            lines.append(([], high))
            left = 0
        there, tallest = lines[-1]
        there.append((flag, left, wide))
        lines[-1] = (there, max(tallest, high))
        left += wide + gap
    return lines


def _small_width(words: str, look: Look) -> int:
    return min(
        line_width(shown(words), "small", weight=tokens.REGULAR, look=look),
        width_of((Span(words),), look),
    )


def _text(  # noqa: PLR0913 - what, where, how wide and in which letters
    painter: QPainter, words: str, at: tuple[int, int], width: int, look: Look,
    *, size: TypeName = "small", tone: str = "muted", strong: bool = False, name: bool = False,
) -> int:  # fmt: skip
    spans = (Span(words, strong=strong, tone=tone, verbatim=name),)
    draw(painter, spans, at=QPointF(*at), width=width, look=look, size=size)
    return height_of(spans, width, look, size=size)


def _sign(painter: QPainter, flag: RowFlag, at: tuple[int, int], size: int) -> None:
    look = theme.look()
    ratio = painter.device().devicePixelRatioF()
    drawn = icons.image(flag.sign, look.palette[flag.tone], look.px(size), ratio)
    painter.drawImage(*at, drawn)


def _paint_whole(painter: QPainter, row: QueueRow, box: QRect, look: Look, *, chosen: bool) -> None:
    room, left = _room(box.width(), look), box.left() + look.px(tokens.S3)
    top = box.top() + look.px(tokens.S2)
    age_room = _age_room(row, look)
    name = max(1, room - age_room)
    tone = "accent_text" if chosen else "text"
    high = _text(
        painter, row.name, (left, top), name, look, size="body", tone=tone, strong=True, name=True
    )
    right = left + room - age_room + look.px(tokens.S2)
    _text(painter, row.age, (right, top + look.px(tokens.HAIR)), age_room, look, tone=row.tone)
    top += high
    top += _text(painter, row.under, (left, top), room, look)
    lead = look.px(tokens.ICON_SMALL) + look.px(tokens.S1)
    for line, line_high in _flag_lines(row, room, look):
        for flag, at, wide in line:
            place = (left + at, top + look.px(tokens.S1))
            _sign(painter, flag, place, tokens.ICON_SMALL)
            words = (left + at + lead, top + look.px(tokens.S1))
            _text(painter, flag.words, words, max(1, wide - lead + 1), look, tone=flag.tone)
        top += line_high


def _paint_folded(painter: QPainter, row: QueueRow, box: QRect, look: Look) -> None:
    wide = line_width(shown(row.short), "small", weight=tokens.REGULAR, look=look)
    top = box.top() + look.px(tokens.S2)
    left = box.left() + max(0, box.width() - wide) // 2
    top += _text(painter, row.short, (left, top), box.width(), look, tone=row.tone)
    flag = row.flags[0] if row.flags else RowFlag(_NONE, "", "faint")
    side = look.px(tokens.ICON)
    place = (box.left() + (box.width() - side) // 2, top + look.px(tokens.S1))
    _sign(painter, flag, place, tokens.ICON)
