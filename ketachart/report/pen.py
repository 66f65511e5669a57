"""Writes what is drawn straight into a page, in the page's own language (ISO 32000-1, 8 and 9).

The drawing library says each colour, width and letter type anew with every line, and formats each
number at length; most of the time of a report went there. This says only what changes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians, sin
from typing import Any
from weakref import WeakKeyDictionary

from ketachart.report import fonts

Point = tuple[float, float]
Colour = tuple[float, float, float]
ROUND = 0.5523  # of a radius: where the curves of a circle are held, so that they look round
_ESCAPED = {ord("("): "\\(", ord(")"): "\\)", ord("\\"): "\\\\"}
_MARKS = {code: f"\\{code:03o}" for code in (*range(32), *range(127, 256))} | _ESCAPED


@lru_cache(maxsize=8192)
def number(value: float) -> str:
    """A number as it stands in a page: a thousandth of a point is finer than any printer."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


Run = tuple[str, str]
"""A face by its name in the file, and the codes of letters of it as they stand in a page."""


@dataclass(frozen=True, slots=True)
class _Learnt:
    """What letters and words are called in one file; every page of it says them the same way."""

    letters: dict[fonts.Weight, dict[str, Run]]
    codes: dict[fonts.Weight, dict[int, str]]
    words: dict[tuple[fonts.Weight, str], Sequence[Run]]
    said: list[str]


_LEARNT: WeakKeyDictionary[Any, _Learnt] = WeakKeyDictionary()


def said_in(canvas: Any) -> tuple[str, ...]:  # noqa: ANN401 - reportlab is untyped
    """Every string that pens wrote into the file of a canvas, in that order."""
    return tuple(_LEARNT[canvas._doc].said)  # noqa: SLF001 - as below


class Pen:
    """Draws on a canvas of the drawing library, in points from the lower left corner."""

    def __init__(self, canvas: Any) -> None:  # noqa: ANN401 - reportlab is untyped
        self._document = canvas._doc  # noqa: SLF001 - letters are counted for each document
        self._write = canvas._code.append  # noqa: SLF001 - the page as it grows
        self._state: dict[str, str] = {}
        self._learnt = _LEARNT.setdefault(self._document, _Learnt({}, {}, {}, []))

    def forget(self) -> None:
        """Says everything anew: somebody else drew in between."""
        self._state.clear()

    def raw(self, words: str) -> None:
        """Something in the page's own language."""
        self._write(words)

    def _say(self, key: str, words: str) -> None:
        if self._state.get(key) != words:
            self._state[key] = words
            self._write(words)

    # ------------------------------------------------ how

    def fill(self, colour: Colour) -> None:
        """The colour of grounds and letters from here on."""
        self._say("fill", f"{' '.join(map(number, colour))} rg")

    def stroke(
        self, colour: Colour, width: float, *, round_: bool = False, dash: Sequence[float] = ()
    ) -> None:
        """How lines look from here on: colour, width in points, ends, and the parts of a dash."""
        self._say("colour", f"{' '.join(map(number, colour))} RG")
        self._say("width", f"{number(width)} w")
        self._say("cap", f"{int(round_)} J")
        self._say("dash", f"[{' '.join(map(number, dash))}] 0 d")

    def join(self, *, round_: bool) -> None:
        """How lines meet in a corner from here on."""
        self._say("join", f"{int(round_)} j")

    # ------------------------------------------------ what

    def text(self, x: float, y: float, words: str, weight: fonts.Weight, size: float) -> None:
        """Words from a point of their base line on."""
        self._show(f"{number(x)} {number(y)} Td", words, weight, size)

    def turned_text(
        self, middle: Point, angle: float, said: tuple[str, fonts.Weight, float], half: float
    ) -> None:
        """Words around the middle of their base line, turned by so many degrees.

        ``said`` are the words, their weight and size; ``half`` is half as wide as they are.
        """
        (x, y), turn = middle, radians(angle)
        across, up = cos(turn), sin(turn)
        place = (across, up, -up, across, x - half * across, y - half * up)
        self._show(f"{' '.join(map(number, place))} Tm", *said)

    def _show(self, place: str, words: str, weight: fonts.Weight, size: float) -> None:
        self._learnt.said.append(words)
        self._write(f"BT {place}")
        for face, shown in self._runs(words, weight):
            self._say("face", f"{face} {number(size)} Tf")
            self._write(f"({shown}) Tj")
        self._write("ET")

    def _runs(self, words: str, weight: fonts.Weight) -> Iterable[Run]:
        """The words in the letters of the file; a type with very many letters is kept in parts."""
        known = self._learnt.words.get((weight, words))
        if known is None:
            known = self._learnt.words[weight, words] = self._spelt(words, weight)
        return known

    def _spelt(self, words: str, weight: fonts.Weight) -> Sequence[Run]:
        letters = self._learnt.letters.setdefault(weight, {})
        codes = self._learnt.codes.setdefault(weight, {})
        if not letters.keys() >= set(words):
            for one in words:  # in the order of writing: the letters' codes go by it
                if one not in letters:
                    letters[one] = self._learn(weight, one)
                    codes[ord(one)] = letters[one][1]
        faces = {letters[one][0] for one in set(words)}
        if len(faces) == 1:
            return [(faces.pop(), words.translate(codes))]
        return [letters[one] for one in words]

    def _learn(self, weight: fonts.Weight, letter: str) -> Run:
        font = fonts.face(weight)
        [(part, code)] = font.splitString(letter, self._document)
        face = font.getSubsetInternalName(part, self._document)
        return face, code.decode("latin-1").translate(_MARKS)

    def path(
        self, points: Sequence[Point], *, stroke: bool, fill: bool, closed: bool = False
    ) -> None:
        """A line through points, or the shape inside it."""
        if len(points) == 1:
            points = (points[0], points[0])
        steps = [f"{number(x)} {number(y)} l" for x, y in points[1:]]
        x, y = points[0]
        end = ["h"] if closed else []
        self._write(" ".join([f"{number(x)} {number(y)} m", *steps, *end, _paint(stroke, fill)]))

    def lines(self, ends: Iterable[tuple[float, float, float, float]]) -> None:
        """Many lines, each from one point to another, drawn as one."""
        parts = [f"{number(a)} {number(b)} m {number(c)} {number(d)} l" for a, b, c, d in ends]
        self._write(" ".join([*parts, "S"]))

    def rect(self, place: tuple[float, float, float, float], *, stroke: bool, fill: bool) -> None:
        """A rectangle: left, bottom, width, height."""
        self._write(f"{' '.join(map(number, place))} re {_paint(stroke, fill)}")

    def rounded(
        self,
        place: tuple[float, float, float, float],
        radius: float,
        *,
        stroke: bool,
        fill: bool,
    ) -> None:
        """A rectangle with round corners."""
        left, bottom, width, height = place
        corners = ((width, 0.0), (width, height), (0.0, height), (0.0, 0.0))
        parts = [f"{_point((left + radius, bottom))} m"]
        for (x, y), back, on in zip(corners, _BACK, _ON, strict=True):
            parts += _corner((left + x, bottom + y), back, on, radius)
        self._write(" ".join([*parts, "h", _paint(stroke, fill)]))

    def circle(self, middle: Point, radius: float, *, stroke: bool, fill: bool) -> None:
        """A circle around a point."""
        x, y = middle
        place = (x - radius, y - radius, 2 * radius, 2 * radius)
        self.rounded(place, radius, stroke=stroke, fill=fill)


_BACK = ((-1, 0), (0, -1), (1, 0), (0, 1))  # from each corner to the one before, and the one after
_ON = ((0, 1), (-1, 0), (0, -1), (1, 0))


def _corner(corner: Point, back: Point, on: Point, radius: float) -> list[str]:
    """The straight line up to a round corner, and the curve around it."""
    x, y = corner
    near = radius * (1 - ROUND)
    steps = ((back, radius), (back, near), (on, near), (on, radius))
    first, *curve = (_point((x + dx * far, y + dy * far)) for (dx, dy), far in steps)
    return [f"{first} l", f"{' '.join(curve)} c"]


def _point(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"


def _paint(stroke: bool, fill: bool) -> str:  # noqa: FBT001 - two switches of one operator
    return {(True, True): "B", (True, False): "S", (False, True): "f"}.get((stroke, fill), "n")
