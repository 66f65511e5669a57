"""One page as it is being laid out: what is drawn, in order, in points from the top left corner.

Nothing is drawn past a margin and no letter is lost: both stop the report, with the field's name.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from reportlab.pdfgen.canvas import Canvas

from ketachart.errors import CannotPrint
from ketachart.report import fonts
from ketachart.report.styles import INK, Colour, Paper, Style
from ketachart.report.tags import Kind, Node, Scope

Point = tuple[float, float]
SLACK = 0.75  # what rounding of letter widths may add to a line


class Place(NamedTuple):
    """Where something is set: its left edge, its top or base line, and how wide it may be."""

    x: float
    y: float
    width: float

    def below(self, by: float) -> "Place":
        """The same place further down."""
        return Place(self.x, self.y + by, self.width)


@dataclass(frozen=True, slots=True)
class Words:
    """A string on its base line."""

    x: float
    y: float
    text: str
    style: Style
    angle: float = 0


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points, or a filled shape."""

    points: tuple[Point, ...]
    width: float
    colour: Colour
    fill: Colour | None = None
    closed: bool = False
    round: bool = False
    dash: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with its frame, its ground, or both."""

    x: float
    y: float
    width: float
    height: float
    frame: float = 0
    colour: Colour = INK
    fill: Colour | None = None
    radius: float = 0


@dataclass(frozen=True, slots=True)
class Drawing:
    """Something that draws itself on the canvas."""

    draw: Callable[[Canvas], None]


@dataclass(frozen=True, slots=True)
class Mark:
    """From here on, what is drawn belongs to that part of the document; or to none."""

    node: Node | None


Op = Words | Stroke | Box | Drawing | Mark


@dataclass(slots=True)
class Sheet:
    """A page that is being filled; ``about`` names what is being written, for a refusal.

    ``tree`` is the part of the document that the page's own parts are put into, ``node`` the one
    that is being filled. What is drawn outside every part is an artifact, which a reading program
    leaves out.
    """

    paper: Paper
    ops: list[Op] = field(default_factory=list)
    about: str = ""
    tree: Node = field(default_factory=lambda: Node("Document"))
    node: Node | None = None

    @contextmanager
    def within(self, node: Node | None) -> Iterator[None]:
        """What is drawn meanwhile belongs to that part; to none, where there is none."""
        before = self.node
        self._turn_to(node)
        yield
        self._turn_to(before)

    def _turn_to(self, node: Node | None) -> None:
        self.node = node
        self.ops.append(Mark(node))

    @contextmanager
    def part(self, kind: Kind, *, alt: str = "", scope: Scope = "") -> Iterator[Node]:
        """A new part of the document, to which belongs what is drawn meanwhile."""
        node = self.tree.add(kind, alt=alt, scope=scope)
        with self.within(node):
            yield node

    def width(self, text: str, style: Style) -> float:
        """How wide a text is; refuses a letter that cannot be printed."""
        return fonts.width(text, style.size, style.weight, field=self.about)

    def write(self, x: float, y: float, text: str, style: Style) -> float:
        """Writes from x on the base line y; gives back where it ends.

        Raises:
            CannotPrint: a letter is lacking, or the text runs past the right margin.
        """
        if not text:
            return x
        end = x + self.width(text, style)
        if x < 0 or end > self.paper.right + SLACK:
            raise CannotPrint(
                f"The report has no room for {self.about or 'a text'}: “{text[:60]}”. The chart is "
                "safe and nothing was signed. Tell the clinic's support.",
                field=self.about,
            )
        self.ops.append(Words(x, y, text, style))
        return end

    def write_right(self, right: float, y: float, text: str, style: Style) -> float:
        """Writes so that it ends at ``right``; gives back where it begins."""
        x = right - self.width(text, style)
        self.write(x, y, text, style)
        return x

    def fitted(self, text: str, style: Style, most: float) -> str:
        """The text, or as much of it as fits with an ellipsis behind it."""
        if self.width(text, style) <= most:
            return text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            if self.width(text[:middle].rstrip() + "…", style) <= most:
                low = middle
            else:
                high = middle - 1
        return text[:low].rstrip() + "…"

    def line(
        self, points: Sequence[Point], width: float, colour: Colour = INK, *, round_: bool = False
    ) -> None:
        """A line through points."""
        self.ops.append(Stroke(tuple(points), width, colour, round=round_))

    def rule(self, y: float, width: float, colour: Colour = INK) -> None:
        """A rule from margin to margin."""
        self.line(((self.paper.left, y), (self.paper.right, y)), width, colour)

    def box(  # noqa: PLR0913 - a rectangle has four sides, a frame and a ground
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        frame: float = 0,
        colour: Colour = INK,
        fill: Colour | None = None,
        radius: float = 0,
    ) -> None:
        """A rectangle; ``y`` is its upper edge."""
        self.ops.append(Box(x, y, width, height, frame, colour, fill, radius))

    def check(self, x: float, y: float, size: float) -> None:
        """A drawn check mark with its middle at (x, y): the font's own is too light to tick by."""
        r = size / 2
        points = ((x - r, y + r * 0.05), (x - r * 0.3, y + r * 0.75), (x + r, y - r * 0.8))
        self.line(points, size * 0.2)

    def open_box(self, x: float, y: float, size: float) -> None:
        """An empty box to tick, drawn, since the font has none; (x, y) is its middle."""
        self.box(x - size / 2, y - size / 2, size, size, frame=0.8)

    def stretches(self) -> Iterator[tuple[Node | None, list[Op]]]:
        """What is drawn, parted where another part of the document begins."""
        node: Node | None = None
        held: list[Op] = []
        for op in self.ops:
            if not isinstance(op, Mark):
                held.append(op)
            elif op.node is not node:
                if held:
                    yield node, held
                node, held = op.node, []
        if held:
            yield node, held
