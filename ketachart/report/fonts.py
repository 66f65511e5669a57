"""The report's letters: four weights of one family, and a check that no letter is ever lost.

The drawing library leaves out, without a word, a letter that its font lacks: a name would lose a
letter, a number its minus sign. So every string passes here before it is measured or drawn.
"""

from functools import cache, lru_cache
from typing import Literal
from unicodedata import combining

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from ketachart import resources
from ketachart.errors import CannotPrint

Weight = Literal["regular", "medium", "semibold", "bold"]
FACES: dict[Weight, str] = {
    "regular": "IBMPlexSans-Regular",
    "medium": "IBMPlexSans-Medium",
    "semibold": "IBMPlexSans-SemiBold",
    "bold": "IBMPlexSans-Bold",
}


@cache
def face(weight: Weight) -> TTFont:
    """One weight, registered under its own name.

    ``asciiReadable`` is off: only the letters that are used go into the file.
    """
    name = FACES[weight]
    font = TTFont(name, str(resources.path("fonts", f"{name}.ttf")), asciiReadable=0)
    pdfmetrics.registerFont(font)
    return font


def load() -> None:
    """Registers all four weights; calling it again does nothing more."""
    for weight in FACES:
        face(weight)


@cache
def _widths(weight: Weight) -> dict[str, float]:
    """The width of each letter that this weight has, for a type size of 1."""
    made = face(weight).face
    widths = {
        chr(code): made.getCharWidth(code) / 1000
        for code, glyph in made.charToGlyph.items()
        if glyph and code >= 0x20
    }
    # what has no width and sits on no other letter would print as nothing
    return {letter: wide for letter, wide in widths.items() if wide or combining(letter)}


@lru_cache(maxsize=20_000)
def _unit_width(text: str, weight: Weight) -> float:
    widths = _widths(weight)
    return sum(widths[letter] for letter in text)


def width(text: str, size: float, weight: Weight = "regular", *, field: str = "") -> float:
    """How wide a text is, points.

    Raises:
        CannotPrint: the font lacks one of its letters; ``field`` names where it stands.
    """
    try:
        return _unit_width(text, weight) * size
    except KeyError as lacking:
        letter = str(lacking.args[0])
        raise CannotPrint(
            f"“{letter}” (U+{ord(letter):04X}) in {field or 'a text'} cannot be printed: the "
            "report's letters do not hold it. The chart is safe and nothing was signed. Correct "
            "the entry and write it in Latin letters.",
            field=field,
            character=letter,
        ) from None
