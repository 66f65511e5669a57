"""The emergency sheet as a file, drawn away from the ledger; nothing is written here."""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Literal

from ketachart.charting.file_names import safe
from ketachart.domain.visit import Visit

PaperName = Literal["letter", "a4"]


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The sheet's bytes, the name it is saved under, and its digest.

    The name holds the visit's number and the time, never the patient's name.
    """

    content: bytes = field(repr=False)
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class HandoverTask:
    """Everything that is needed to draw the sheet; ``work`` may run in a worker."""

    visit: Visit
    at: datetime

    def work(self, paper: PaperName = "letter") -> HandedOver:
        """The sheet as of that moment."""
        from ketachart.report import ems

        content = ems.render(self.visit, now=self.at, paper=paper).content
        opened = self.visit.opened
        number = opened.visit if opened else "visit"
        name = f"emergency-sheet-{safe(number)}-{self.at:%H%M}.pdf"
        return HandedOver(content, name, sha256(content).hexdigest())
