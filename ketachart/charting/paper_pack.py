"""The chart on paper as a file, made away from the ledger: blank, or for the open visit."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from ketachart import house
from ketachart.charting.file_names import safe
from ketachart.domain.visit import Visit

PackPaper = Literal["letter", "a4"]


@dataclass(frozen=True, slots=True)
class PackFile:
    """The form as PDF, with a name that tells nobody whose it is."""

    name: str
    content: bytes = field(repr=False)
    pages: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackTask:
    """Everything that is needed; without a visit the form is blank, by the shipped protocol."""

    at: datetime
    visit: Visit | None = None
    paper: PackPaper = "letter"

    def work(self) -> PackFile:
        """Makes the form; may run in a worker."""
        from ketachart.domain.on_paper.pack import blank_visit, pack_of
        from ketachart.report.sheets.pack import pack_pdf

        visit = self.visit
        if visit is None:
            visit = blank_visit(house.shipped_protocol(), self.at)
        made = pack_pdf(pack_of(visit, self.at), now=self.at, paper=self.paper)
        number = visit.opened.visit if visit.opened else "blank"
        name = f"paper-chart-{safe(number)}.pdf"
        return PackFile(name, made.content, made.pages, made.sha256)
