"""The patient's sheets, made away from the ledger: whoever saved one charts that it was made."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from ketachart import house
from ketachart.charting.file_names import safe
from ketachart.domain.protocol import Protocol
from ketachart.domain.sheets.before import pre_visit
from ketachart.domain.sheets.handout import handout
from ketachart.domain.sheets.lines import Language
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, day

PatientSheet = Literal["pre-visit", "handout"]
SheetPaper = Literal["letter", "a4"]


@dataclass(frozen=True, slots=True)
class SheetFile:
    """A sheet as PDF, with a name that tells nobody whose it is."""

    sheet: PatientSheet
    language: Language
    name: str
    content: bytes = field(repr=False)
    pages: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetTask:
    """Everything that is needed to make a sheet; ``starts`` is the planned time of a visit."""

    visit: Visit
    at: datetime
    sheet: PatientSheet
    language: Language
    paper: SheetPaper = "letter"
    starts: datetime | None = None

    def work(self) -> SheetFile:
        """Makes the sheet; may run in a worker.

        Raises:
            Refused: nobody is named as the patient.
            CannotPrint: a letter cannot be printed; the sentence names its field.
        """
        from ketachart.report.sheets import made

        if self.sheet == "handout":
            words = handout(self.visit, self.language, protocol=self._book())
            drawn = made.handout_pdf(words, now=self.at, foot=self._foot(), paper=self.paper)
        else:
            before = pre_visit(self.visit, self.language, starts=self.starts, protocol=self._book())
            drawn = made.pre_visit_pdf(before, now=self.at, foot=self._foot(), paper=self.paper)
        return SheetFile(
            self.sheet,
            self.language,
            self._name(),
            drawn.content,
            drawn.pages,
            drawn.sha256,
        )

    def _book(self) -> Protocol:
        """The visit's own lines; those that ship where its protocol is older than the sheets."""
        own = self.visit.protocol
        return own if own.lines_of("card") else house.shipped_protocol()

    def _number(self) -> str:
        return self.visit.opened.visit if self.visit.opened else ""

    def _name(self) -> str:
        parts = filter(None, (self._number(), self.sheet, self.language))
        return f"{safe('-'.join(parts))}.pdf"

    def _foot(self) -> str:
        made = f"{day(self.at.date())} {clock(self.at)}"
        return ", ".join(filter(None, (self._number(), made, self._book().edition)))
