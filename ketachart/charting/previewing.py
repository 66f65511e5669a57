"""The report as it would print now, drawn as pictures for the window; nothing is written."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from ketachart.domain.visit import Visit

if TYPE_CHECKING:
    from ketachart.report.preview import Page


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """One page as rows of red, green and blue, 3 bytes a pixel, from the top left corner."""

    rgb: bytes = field(repr=False)
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PreviewFront:
    """The first page, and how many there will be."""

    page: PreviewPage
    pages: int


@dataclass(frozen=True, slots=True)
class PreviewTask:
    """Everything that is needed to draw the report away from the ledger.

    ``signed`` is the signed file where there is one; else the visit prints as an unsigned draft.
    """

    visit: Visit
    at: datetime
    signed: bytes = field(default=b"", repr=False)

    def work(
        self, width_px: int, first: Callable[[PreviewFront], None] | None = None
    ) -> tuple[PreviewPage, ...]:
        """Every page, drawn so many pixels wide; may run in a worker.

        Args:
            width_px: how wide.
            first: told the first page before the others are drawn, a third of the time on.

        Raises:
            CannotPrint: a text holds a letter that the report cannot print.
        """
        from ketachart.report import pdf, preview

        content = self.signed
        if not content:
            prepared = pdf.prepared(self.visit, now=self.at)
            if first is not None:
                front = preview.pages(prepared.front(), width_px=width_px)[0]
                first(PreviewFront(_page(front), prepared.pages))
            content = prepared.whole().content
        return tuple(map(_page, preview.pages(content, width_px=width_px)))


def _page(page: "Page") -> PreviewPage:
    return PreviewPage(page.rgb, page.width, page.height)


def forget_reports() -> None:
    """Drops the pages that were kept to be quick: once the ledger is locked, nobody's stay.

    What was never drawn was never loaded either, and is not loaded for this.
    """
    for name in ("ketachart.report.redrawn", "ketachart.report.wrap"):
        module = sys.modules.get(name)
        if module is not None:
            module.forget()
