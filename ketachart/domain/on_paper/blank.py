"""What a form on paper is made of: lines to write on, tables to fill, boxes to tick."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Blank:
    """One line to write on: its label, its share of the width, and what is printed on it."""

    label: str
    share: float = 1.0
    value: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Blanks side by side."""

    blanks: tuple[Blank, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its name, its unit, and its share of the width."""

    name: str
    unit: str = ""
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row: what is printed at its left, and the columns that it asks for."""

    printed: tuple[str, ...] = ()
    asks: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table to fill; a cell that is asked for has a heavy frame. ``close``: lower rows."""

    heads: tuple[Head, ...]
    rows: tuple[GridRow, ...]
    close: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """A box, what it says, and blanks behind it."""

    text: str
    blanks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two boxes side by side, each with one line behind it; the right one may be missing."""

    left: str
    right: str = ""


@dataclass(frozen=True, slots=True)
class Says:
    """A sentence that is read and not filled."""

    text: str


Block = Line | Grid | Tick | Pair | Says


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and what stands under it."""

    heading: str
    says: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class FormPage:
    """One page."""

    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """The whole form: whose it is stands on every page, or lines to write it."""

    title: str
    who: tuple[Blank, ...]
    allergies: str
    foot: str
    practice: bool
    pages: tuple[FormPage, ...]


def blanks(*labels: str | tuple[str, float] | Blank) -> Line:
    """Lines to write on, side by side."""
    made = []
    for label in labels:
        if isinstance(label, Blank):
            made.append(label)
        elif isinstance(label, tuple):
            made.append(Blank(*label))
        else:
            made.append(Blank(label))
    return Line(tuple(made))


def empty(many: int) -> tuple[GridRow, ...]:
    """Rows with nothing printed on them."""
    return (GridRow(),) * many
