"""A signed report page by page, for a screen that draws what is looked at and no more."""

from dataclasses import dataclass

from ketachart.report.opening import opened
from ketachart.report.preview import Page, drawn


@dataclass(frozen=True, slots=True)
class Contents:
    """How large each page is, in points, and which part begins on which page, counted from 1."""

    sizes: tuple[tuple[float, float], ...]
    parts: tuple[tuple[str, int], ...]


def contents(report: bytes) -> Contents:
    """The sizes of all pages and the report's own bookmarks.

    Raises:
        CannotRead: the bytes are no PDF.
    """
    with opened(report) as document:
        sizes = tuple(document.get_page_size(number) for number in range(len(document)))
        parts = []
        for mark in document.get_toc(max_depth=1):
            target = mark.get_dest()
            page = None if target is None else target.get_index()
            if page is not None:
                parts.append((mark.get_title(), page + 1))
        return Contents(sizes, tuple(parts))


def leaf(report: bytes, number: int, *, width_px: int) -> Page:
    """One page, counted from 1, drawn ``width_px`` pixels wide.

    Raises:
        CannotRead: the bytes are no PDF.
    """
    with opened(report) as document:
        return drawn(document[number - 1], width_px)
