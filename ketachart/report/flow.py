"""The pages that tables run over: where the next line goes, and when a new page begins."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from ketachart.report.rows import Measured
from ketachart.report.sheet import Sheet
from ketachart.report.styles import Paper
from ketachart.report.tags import Node


@dataclass(frozen=True, slots=True)
class Rect:
    """A place on a page, in points from its top left corner."""

    left: float
    top: float
    right: float
    bottom: float


class Flow:
    """Hands out room on page after page, and remembers what came to stand where."""

    def __init__(self, paper: Paper, start: Callable[[], tuple[Sheet, float]], first: int) -> None:
        """``start`` makes a page and says where its body begins; ``first`` is its number."""
        self._start = start
        self._first = first
        self.paper = paper
        self.sheets: list[Sheet] = []
        self.places: dict[str, tuple[int, Rect]] = {}
        self.sections: dict[str, tuple[int, float]] = {}
        self.tree = Node("Document")
        self.broken: dict[tuple[int, float], list[Measured]] = {}
        self.y = 0.0
        self.top = 0.0
        self.turn()

    @property
    def sheet(self) -> Sheet:
        """The page that is being filled."""
        return self.sheets[-1]

    @property
    def page(self) -> int:
        """Its number in the report."""
        return self._first + len(self.sheets) - 1

    @property
    def room(self) -> float:
        """What is left of this page's height."""
        return self.paper.bottom - self.y

    @property
    def whole(self) -> float:
        """The height of an empty page's body."""
        return self.paper.bottom - self.top

    @property
    def fresh(self) -> bool:
        """Whether nothing stands on this page yet."""
        return self.y == self.top

    def turn(self) -> None:
        """Begins a new page."""
        sheet, self.top = self._start()
        sheet.tree = self.tree
        self.sheets.append(sheet)
        self.y = self.top

    def stood(self, entry: str, top: float, bottom: float) -> None:
        """Remembers where an entry's row stands; the first place counts."""
        if entry:
            rect = Rect(self.paper.left, top, self.paper.right, bottom)
            self.places.setdefault(entry, (self.page, rect))

    @contextmanager
    def within(self, paper: Paper) -> Iterator[None]:
        """Meanwhile only that part of the page's width is set, from where the flow stands."""
        whole, top = self.paper, self.top
        self.paper = self.sheet.paper = paper
        self.top = self.y
        yield
        self.paper = self.sheet.paper = whole
        self.top = top

    def began(self, section: str) -> None:
        """Remembers where a section begins."""
        self.sections.setdefault(section, (self.page, self.y))
