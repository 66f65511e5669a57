"""The report as it would print now, drawn as pictures for the window; nothing is written."""

from dataclasses import dataclass, field
from datetime import datetime

from ketachart.domain.visit import Visit


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """One page as rows of red, green and blue, 3 bytes a pixel, from the top left corner."""

    rgb: bytes = field(repr=False)
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PreviewTask:
    """Everything that is needed to draw the report away from the ledger.

    ``signed`` is the signed file where there is one; else the visit prints as an unsigned draft.
    """

    visit: Visit
    at: datetime
    signed: bytes = field(default=b"", repr=False)

    def work(self, width_px: int) -> tuple[PreviewPage, ...]:
        """Every page, drawn so many pixels wide; may run in a worker.

        Raises:
            CannotPrint: a text holds a letter that the report cannot print.
        """
        from ketachart.report import pdf, preview

        content = self.signed or pdf.render(self.visit, now=self.at).content
        return tuple(
            PreviewPage(page.rgb, page.width, page.height)
            for page in preview.pages(content, width_px=width_px)
        )
