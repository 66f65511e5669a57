"""A report that came from elsewhere, drawn page by page for the window; nothing is written."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ketachart.charting.previewing import PreviewPage

if TYPE_CHECKING:
    from ketachart.report.leaf import Contents


@dataclass(frozen=True, slots=True)
class PageDrawing:
    """One signed file; every method may run in a worker."""

    content: bytes = field(repr=False)

    def contents(self) -> "Contents":
        """The sizes of the pages, in points, and which part begins on which page.

        Raises:
            CannotRead: the file is no PDF.
        """
        from ketachart.report import leaf

        return leaf.contents(self.content)

    def draw(self, number: int, width_px: int) -> PreviewPage:
        """One page, counted from 1, drawn so many pixels wide.

        Raises:
            CannotRead: the file is no PDF.
        """
        from ketachart.report import leaf

        page = leaf.leaf(self.content, number, width_px=width_px)
        return PreviewPage(page.rgb, page.width, page.height)
