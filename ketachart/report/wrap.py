"""Breaks the words of a cell into lines that fit its width; nothing is cut away."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from ketachart.errors import CannotPrint
from ketachart.report import fonts
from ketachart.report.sections.pieces import Boxed, Cell, Look
from ketachart.report.sheet import Place, Sheet
from ketachart.report.styles import FLAG, GREY, INK, WHITE, Style

Looks = Mapping[Look, Style]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one look on one line, from ``x`` of the line's beginning."""

    x: float
    text: str
    style: Style
    width: float
    look: Look
    boxed: Boxed = "open"


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line: its pieces and how wide they are together."""

    pieces: tuple[Piece, ...]
    width: float


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    look: Look
    first: bool
    boxed: Boxed = "open"


@lru_cache(maxsize=256)
def looks(base: Style) -> Looks:
    """How each kind of words looks in a cell of that type."""
    return {
        "plain": base,
        "title": base.heavier("medium"),
        "strong": base.heavier("semibold"),
        "faint": base.tinted(GREY),
        "struck": base.tinted(GREY),
        "mark": Style(base.size - 1.2, "bold", INK),
        "flag": FLAG,
    }


def lines_of(cell: Cell, styles: Looks, width: float, *, field: str) -> tuple[TextLine, ...]:
    """The lines of a cell; a word that is wider than a line is broken between its letters.

    Raises:
        CannotPrint: a letter cannot be printed; ``field`` names the place.
    """
    try:
        return _once(cell, styles["plain"], width)
    except CannotPrint:
        return _lines_of(cell, styles, width, field)  # once more, to name the place


@lru_cache(maxsize=4096)
def _once(cell: Cell, base: Style, width: float) -> tuple[TextLine, ...]:
    """Page one and the tables are measured before they are set: the same cells, twice or more."""
    return _lines_of(cell, looks(base), width, "")


def forget() -> None:
    """Keeps no words any more."""
    _once.cache_clear()


def _lines_of(cell: Cell, styles: Looks, width: float, field: str) -> tuple[TextLine, ...]:
    builder = _Builder(styles, width, field)
    for word in _words(cell):
        if word is None:
            builder.end_line()
        else:
            builder.add(word)
    return builder.done()


def _words(cell: Cell) -> Iterator[_Word | None]:
    """The words of a cell; None where a new line begins by the writer's own line break."""
    for run in cell:
        for number, paragraph in enumerate(run.text.splitlines()):
            if number:
                yield None
            for place, word in enumerate(_split(paragraph)):
                yield _Word(word, run.look, place == 0, run.boxed)


def _split(paragraph: str) -> list[str]:
    """The words of a paragraph; a no-break space keeps its two words together."""
    return [word for word in re.split("[ \\t]+", paragraph) if word]


class _Builder:
    """Fills line after line."""

    def __init__(self, styles: Looks, width: float, field: str) -> None:
        self._styles = styles
        self._most = width
        self._field = field
        self._lines: list[TextLine] = []
        self._pieces: list[Piece] = []
        self._end = 0.0

    def add(self, word: _Word) -> None:
        """Puts a word on this line, or on the next."""
        style = self._styles[word.look]
        wide = fonts.width(word.text, style.size, style.weight, field=self._field)
        space = fonts.width(" ", style.size, style.weight) if self._pieces else 0.0
        if self._pieces and self._end + space + wide > self._most:
            self.end_line()
            space = 0.0
        if wide <= self._most:
            self._put(word, style, wide, space)
            return
        for part in self._broken(word.text, style):
            if self._pieces:
                self.end_line()
            part_width = fonts.width(part, style.size, style.weight, field=self._field)
            self._put(_Word(part, word.look, first=True), style, part_width, 0.0)

    def _broken(self, text: str, style: Style) -> Iterator[str]:
        part, wide = "", 0.0
        for letter in text:
            more = fonts.width(letter, style.size, style.weight, field=self._field)
            if part and wide + more > self._most:
                kept = part.rpartition("-")
                head = "".join(kept[:2]) or part  # behind a hyphen where there is one
                yield head
                part = part[len(head) :]
                wide = fonts.width(part, style.size, style.weight, field=self._field)
            part, wide = part + letter, wide + more
        yield part

    def _put(self, word: _Word, style: Style, wide: float, space: float) -> None:
        last = self._pieces[-1] if self._pieces else None
        if last is not None and last.look == word.look and not word.first:
            both = f"{last.text} {word.text}"
            self._pieces[-1] = Piece(last.x, both, style, last.width + space + wide, word.look)
        else:
            x = self._end + space
            self._pieces.append(Piece(x, word.text, style, wide, word.look, word.boxed))
        self._end += space + wide

    def end_line(self) -> None:
        """Closes the line as it is."""
        self._lines.append(TextLine(tuple(self._pieces), self._end))
        self._pieces, self._end = [], 0.0

    def done(self) -> tuple[TextLine, ...]:
        """All lines."""
        if self._pieces:
            self.end_line()
        return tuple(self._lines)


def draw_line(sheet: Sheet, x: float, y: float, line: TextLine) -> None:
    """Writes one line on its base line, and draws through what is struck."""
    for piece in line.pieces:
        if piece.look == "flag":
            _draw_flag(sheet, x + piece.x, y, piece)
            continue
        sheet.write(x + piece.x, y, piece.text, piece.style)
        if piece.look == "struck":
            height = y - piece.style.size * 0.26
            left = x + piece.x - 0.8
            sheet.line(((left, height), (left + piece.width + 1.6, height)), 0.6)


def _draw_flag(sheet: Sheet, x: float, y: float, piece: Piece) -> None:
    """The number in its box: filled for start and stop, double for a pause, heavy in an alarm."""
    high = 9.0
    wide = max(high, piece.width + 4)
    top = y - high + 1.5
    filled = piece.boxed == "filled"
    frame = 1.6 if piece.boxed == "heavy" else 0.8
    sheet.box(x, top, wide, high, frame=frame, fill=INK if filled else None)
    if piece.boxed == "double":
        sheet.box(x - 1.6, top - 1.6, wide + 3.2, high + 3.2, frame=0.6)
    style = piece.style.tinted(WHITE) if filled else piece.style
    sheet.write(x + (wide - piece.width) / 2, y - 0.6, piece.text, style)


def draw_few(
    sheet: Sheet, place: Place, lines: tuple[TextLine, ...], *, most: int, lead: float
) -> float:
    """Writes at most so many lines from a base line on; the last of them ends in “…” where more
    were needed. Gives back the base line after the last.
    """
    shown = lines[:most]
    for number, line in enumerate(shown):
        cut = number == most - 1 and len(lines) > most
        words = _ended(sheet, line, place.width) if cut else line
        draw_line(sheet, place.x, place.y + number * lead, words)
    return place.y + len(shown) * lead


def _ended(sheet: Sheet, line: TextLine, width: float) -> TextLine:
    """A line that goes on elsewhere: an ellipsis at its end, and it still fits."""
    *before, last = line.pieces
    text = sheet.fitted(f"{last.text}…", last.style, width - last.x)
    wide = sheet.width(text, last.style)
    return TextLine((*before, replace(last, text=text, width=wide)), last.x + wide)
