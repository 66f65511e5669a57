"""Draws the page that says how to trust the clinic's certificate, away from the ledger."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideTask:
    """Whose certificate, and on which paper."""

    clinic: str
    root_pem: str
    at: datetime
    paper: Literal["letter", "a4"]
    practice: bool

    def work(self) -> bytes:
        """The page as PDF; may run in a worker.

        Raises:
            CannotPrint: the clinic's name cannot be printed.
        """
        from ketachart.report.certificate import read
        from ketachart.report.guide import guide_pdf

        return guide_pdf(
            clinic=self.clinic,
            root=read(self.root_pem),
            now=self.at,
            paper=self.paper,
            practice=self.practice,
        )
