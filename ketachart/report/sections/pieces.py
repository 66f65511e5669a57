"""The parts a report is made of: words in a cell, rows, tables, and the boxes of page one."""

from dataclasses import dataclass, field
from typing import Literal

from ketachart.domain.earlier.outcome import Outcome
from ketachart.domain.facts.closing import Stroke

Look = Literal["plain", "title", "strong", "faint", "struck", "mark", "flag"]
Boxed = Literal["open", "filled", "double", "heavy"]
Bar = Literal["", "limit", "override", "emergency"]


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look alike: ``title`` is half heavy, ``struck`` drawn through, ``mark`` small.

    A ``flag`` is a number in the box that it has on the timeline.
    """

    text: str
    look: Look = "plain"
    boxed: Boxed = "open"


Cell = tuple[Run, ...]
EMPTY: Cell = ()


def plain(text: str) -> Cell:
    """A cell of ordinary words; an empty text makes an empty cell."""
    return (Run(text),) if text else EMPTY


def strong(text: str) -> Cell:
    """A cell in heavy letters."""
    return (Run(text, "strong"),) if text else EMPTY


def faint(text: str) -> Cell:
    """A cell in grey letters."""
    return (Run(text, "faint"),) if text else EMPTY


def struck(text: str) -> Cell:
    """A cell that is drawn through."""
    return (Run(text, "struck"),) if text else EMPTY


def words_of(cell: Cell) -> str:
    """The bare words of a cell; what is drawn through stands between tildes."""
    parts = [f"~{run.text}~" if run.look == "struck" else _boxed_words(run) for run in cell]
    return " ".join(part for part in parts if part)


def _boxed_words(run: Run) -> str:
    return f"{run.text} {run.boxed}" if run.look == "flag" and run.boxed != "open" else run.text


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading and its width in points; a width of 0 takes what is left."""

    head: str
    width: float = 0
    right: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table, and the entry of the record that it shows."""

    cells: tuple[Cell, ...]
    entry: str = ""
    about: str = ""
    bar: Bar = ""
    shaded: bool = False


@dataclass(frozen=True, slots=True)
class Divider:
    """A line across a table: a day, a section."""

    text: str


Line = Row | Divider


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with its heading; ``across`` is how many times it stands beside itself.

    One that is not ``ruled`` is a list: its rows stand close, without a rule between them; a
    ``small`` one is for looking things up, in the report's smallest type. A ``half`` stands beside
    the half that follows it, where both fit on the page.
    """

    code: str
    heading: str
    says: str = ""
    columns: tuple[Column, ...] = ()
    rows: tuple[Line, ...] = ()
    closing: Cell = EMPTY
    empty: str = ""
    across: int = 1
    ruled: bool = True
    small: bool = False
    half: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A heading with paragraphs under it; a boxed one has a grey ground."""

    code: str
    heading: str
    says: str = ""
    paragraphs: tuple[Cell, ...] = ()
    boxed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Pain over the series as a drawing, and the same in words under it."""

    code: str
    heading: str
    says: str = ""
    outcomes: tuple[Outcome, ...]
    words: Cell = EMPTY


Section = Table | Passage | Chart


# ------------------------------------------------------------------ page one


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Whose record this is, on every page."""

    title: str
    subtitle: str
    day: str
    zone: str
    name: str
    born: str
    mrn: str
    allergies: tuple[str, ...]
    asked: bool
    signing: str
    signed: bool
    review: str
    practice: bool
    foot: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """The first region: patient, order, nurse; each line is one line on the page."""

    patient: tuple[Cell, ...]
    order: tuple[Cell, ...]
    nurse: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the five key figures with its line of context."""

    label: str
    value: str
    unit: str
    context: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LookLine:
    """One line under “Look at these”."""

    time: str
    kind: str
    sentence: str
    decision: bool
    entry: str
    section: str


@dataclass(frozen=True, slots=True)
class ExtremeRow:
    """The furthest reading of one sign, with its limit."""

    label: str
    value: str
    when: str
    limit: str


@dataclass(frozen=True, slots=True)
class Pressure:
    """A pressure at one of three moments."""

    label: str
    value: str
    oxygen: str


@dataclass(frozen=True, slots=True)
class EffectRow:
    """A side effect, from its onset to its end."""

    effect: str
    span: str
    done: str
    response: str


@dataclass(frozen=True, slots=True)
class Term:
    """One number of the balance's equation with its name."""

    value: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """The drug as an equation, and the readings that stand beside it."""

    says: str
    terms: tuple[Term, ...]
    verdict: str
    closes: bool
    readings: tuple[tuple[str, str], ...]
    none: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One release criterion: ticked only where a row of the record says so."""

    text: str
    met: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """The goodbye and what held then."""

    heading: str
    says: str
    criteria: tuple[Criterion, ...]
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """How the record was kept, in figures that nobody can choose."""

    figures: tuple[tuple[str, str], ...]
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureBox:
    """Who signed, when, and what it means; or why there is no signature."""

    role: str
    time: str = ""
    name: str = ""
    meaning: str = ""
    instead: str = ""
    strokes: tuple[Stroke, ...] = field(default=(), repr=False)
    large: bool = False
    heavy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """Page one, region by region."""

    identity: Identity
    figures: tuple[Figure, ...]
    looks: tuple[LookLine, ...]
    extremes: tuple[ExtremeRow, ...]
    pressures: tuple[Pressure, ...]
    effects: tuple[EffectRow, ...]
    balance: Balance
    release: Release
    strip: Strip
    signatures: tuple[SignatureBox, ...]
