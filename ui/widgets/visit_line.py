"""How one line of the list of visits is measured and drawn: a visit, a heading, or the columns."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QPainter, QPen

from ui import icons, theme, tokens
from ui.theme import Look
from ui.tokens import TypeName
from ui.widgets.spans import Span, Spans, draw, height_of

_MOST_DOTS = 7


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One visit in words; ``tone`` colours the sign and the status, which say the same."""

    key: str
    time: str
    number: str
    patient: str
    identity: str
    goal: str
    series: str  # “3 of 5”, or nothing
    status: str
    sign: str
    tone: str = "muted"

    def spoken(self) -> str:
        """The line as a screen reader says it."""
        series = f"infusion {self.series}" if self.series else ""
        parts = (self.patient, self.identity, self.goal, series, self.status, self.time)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class HeadLine:
    """A heading over some visits, with a few quiet words."""

    title: str
    aside: str = ""

    def spoken(self) -> str:
        """The heading as a screen reader says it."""
        return f"{self.title}. {self.aside}"


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """The names of the columns; nothing where the visits are stacked."""

    titles: tuple[str, str, str, str, str] = ("Time", "Patient", "Goal", "Series", "Status")

    def spoken(self) -> str:
        """The columns as a screen reader says them."""
        return ", ".join(self.titles)


Line = VisitLine | HeadLine | ColumnLine


@dataclass(frozen=True, slots=True)
class _Text:
    """One paragraph of a cell."""

    text: str
    size: TypeName = "body"
    tone: str = "text"
    strong: bool = False
    aside: str = ""
    sign: str = ""
    dots: str = ""
    verbatim: bool = False


@dataclass(frozen=True, slots=True)
class _Cell:
    """Paragraphs one below the other, from a place and in a width."""

    left: int
    width: int
    texts: tuple[_Text, ...]


def is_narrow(width: int, look: Look) -> bool:
    """Whether the columns are stacked in that width."""
    return width < look.px(tokens.VISIT_NARROW)


def height_of_line(line: Line, width: int, look: Look) -> int:
    """The height in pixels at which nothing of a line is cut."""
    if isinstance(line, ColumnLine) and is_narrow(width, look):
        return 0
    tallest = max(_cell_height(cell, look) for cell in _cells(line, width, look))
    if isinstance(line, VisitLine):
        return max(tallest + 2 * look.px(tokens.S2), look.px(tokens.VISIT_ROW))
    return tallest + 2 * look.px(tokens.S1 if isinstance(line, ColumnLine) else tokens.S3)


def paint_line(painter: QPainter, line: Line, box: QRect, *, chosen: bool, focused: bool) -> None:
    """Draws a line into its place, in the look of the moment."""
    look = theme.look()
    if isinstance(line, ColumnLine) and is_narrow(box.width(), look):
        return
    if not isinstance(line, HeadLine):
        hair = look.px(tokens.HAIR)
        painter.fillRect(box.left(), box.bottom(), box.width(), hair, look.colour("line"))
    if chosen:
        _paint_chosen(painter, box, look, focused=focused)
    for cell in _cells(line, box.width(), look, chosen=chosen):
        top = box.top() + (box.height() - _cell_height(cell, look)) // 2
        if is_narrow(box.width(), look) and isinstance(line, VisitLine):
            top = box.top() + look.px(tokens.S2)
        _paint_cell(painter, cell, box.left(), top, look)


def _paint_chosen(painter: QPainter, box: QRect, look: Look, *, focused: bool) -> None:
    thick = look.px(tokens.RING if focused else tokens.HAIR)
    painter.setPen(QPen(look.colour("focus" if focused else "accent"), thick))
    painter.setBrush(look.colour("accent_soft"))
    inset = thick / 2
    radius = look.px(tokens.RADIUS)
    painter.drawRoundedRect(QRectF(box).adjusted(inset, inset, -inset, -inset), radius, radius)


# ---------------------------------------------------------------- what stands where


def _cells(line: Line, width: int, look: Look, *, chosen: bool = False) -> tuple[_Cell, ...]:
    inset = look.px(tokens.S3)
    room = max(1, width - 2 * inset)
    if isinstance(line, HeadLine):
        return (_Cell(inset, room, (_Text(line.title, "h2", strong=True, aside=line.aside),)),)
    if isinstance(line, ColumnLine):
        texts = tuple((_Text(title, "label", "muted"),) for title in line.titles)
        return _columns(texts, inset, room, look)
    return _visit_cells(line, inset, room, look, chosen=chosen)


def _visit_cells(
    line: VisitLine, inset: int, room: int, look: Look, *, chosen: bool
) -> tuple[_Cell, ...]:
    time = (_Text(line.time, strong=True), _Text(line.number, "small", "muted"))
    who = (
        _Text(
            line.patient,
            "body",
            "accent_text" if chosen else "text",
            strong=True,
            verbatim=True,
        ),
        _Text(line.identity, "small", "muted"),
    )
    series = (_Text(line.series, "small", "muted", dots=line.series),) if line.series else ()
    status = (_Text(line.status, "label", line.tone, strong=True, sign=line.sign),)
    goal = (_Text(line.goal, "body"),)
    if is_narrow(room + 2 * inset, look):
        left = look.px(tokens.VISIT_TIME)
        stacked = _Cell(inset + left, max(1, room - left), (*who, *goal, *series, *status))
        return (_Cell(inset, left - look.px(tokens.S2), time), stacked)
    return _columns((time, who, goal, series, status), inset, room, look)


def _columns(
    texts: tuple[tuple[_Text, ...], ...], inset: int, room: int, look: Look
) -> tuple[_Cell, ...]:
    """Time and series keep their width; patient, goal and status share what is left."""
    gap = look.px(tokens.S3)
    fixed = {0: look.px(tokens.VISIT_TIME), 3: look.px(tokens.VISIT_SERIES)}
    shares = {1: 38, 2: 28, 4: 34}
    left_over = room - sum(fixed.values()) - 4 * gap
    cells, left = [], inset
    for place, cell in enumerate(texts):
        wide = fixed.get(place) or left_over * shares[place] // 100
        cells.append(_Cell(left, max(1, wide), cell))
        left += wide + gap
    return tuple(cells)


# ---------------------------------------------------------------- measuring and drawing


def _lead(text: _Text, look: Look) -> int:
    return look.px(tokens.ICON) + look.px(tokens.S2) if text.sign else 0


def _above(text: _Text, look: Look) -> int:
    """The height of the dots over a text."""
    return look.px(tokens.DOT) + look.px(tokens.S1) if _dots(text.dots) else 0


def _spans(text: _Text) -> Spans:
    words = Span(text.text, strong=text.strong, tone=text.tone, verbatim=text.verbatim)
    return (words, Span(f"   {text.aside}", tone="muted")) if text.aside else (words,)


def _text_height(text: _Text, width: int, look: Look) -> int:
    high = height_of(_spans(text), max(1, width - _lead(text, look)), look, size=text.size)
    return _above(text, look) + max(high, look.px(tokens.ICON) if text.sign else 0)


def _cell_height(cell: _Cell, look: Look) -> int:
    return sum(_text_height(text, cell.width, look) for text in cell.texts)


def _paint_cell(painter: QPainter, cell: _Cell, left: int, top: int, look: Look) -> None:
    for text in cell.texts:
        at, lead, above = left + cell.left, _lead(text, look), _above(text, look)
        high = _text_height(text, cell.width, look) - above
        if text.sign:
            side = look.px(tokens.ICON)
            ratio = painter.device().devicePixelRatioF()
            drawn = icons.image(text.sign, look.palette[text.tone], side, ratio)
            painter.drawImage(at, top + (high - side) // 2, drawn)
        counts = _dots(text.dots)
        if counts is not None:
            _paint_dots(painter, counts, at, top, look)
        spans = _spans(text)
        width = max(1, cell.width - lead)
        own = height_of(spans, width, look, size=text.size)
        where = QPointF(at + lead, top + above + (high - own) / 2)
        draw(painter, spans, at=where, width=width, look=look, size=text.size)
        top += above + high


def _dots(series: str) -> tuple[int, int] | None:
    """“3 of 5” as 3 and 5; nothing to draw where it is longer, or not so written."""
    first, _, last = series.partition(" of ")
    if first.isdigit() and last.isdigit() and 0 < int(first) <= int(last) <= _MOST_DOTS:
        return int(first), int(last)
    return None


def _paint_dots(
    painter: QPainter, counts: tuple[int, int], left: int, top: int, look: Look
) -> None:
    """Those before as full dots, this one as a ring in the accent, those to come as hollow ones."""
    number, whole = counts
    side, gap = look.px(tokens.DOT), look.px(tokens.S1)
    for place in range(1, whole + 1):
        thick = look.px(tokens.RING if place == number else tokens.HAIR)
        colour = look.colour("accent" if place <= number else "control")
        painter.setPen(QPen(colour, thick))
        painter.setBrush(colour if place < number else look.colour("surface"))
        inset = thick / 2
        circle = QRectF(left + (place - 1) * (side + gap), top, side, side)
        painter.drawEllipse(circle.adjusted(inset, inset, -inset, -inset))
