"""One report being read: the signature first, then its pages and the visit that travels in it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ketachart.domain.wording import count
from ui import theme, tokens
from ui.desk import Desk
from ui.language import heed_visit
from ui.screens.supervision.chart_card import ChartCard
from ui.screens.supervision.page_reader import PageReader, parts_of
from ui.screens.supervision.signature import SignatureStrip
from ui.screens.supervision.versions import Twins, Versions
from ui.theme import Dressed, Look
from ui.widgets.boxes import Column, Row
from ui.widgets.card import Card
from ui.widgets.choices import Choice, Choices
from ui.widgets.flow import Ends
from ui.widgets.leaf import Pin, Place
from ui.widgets.pinned_pages import PinnedPages
from ui.widgets.trouble import Trouble

if TYPE_CHECKING:
    from ketachart.charting.checked import Contents
    from ketachart.charting.reviewing import OpenReport

DATA: Final = "data"
_PARTS: Final = ("Summary", "Timeline", "Tables", "Drug", "Audit")
_BOTH: Final = 1440  # from here on pages and data stand side by side, page text at 12 px or more
_PAGES, _DATA = 5, 3  # their shares of it


class _Head(QWidget, Dressed):
    """The parts at the left, the versions at the right; below each other where it is narrow."""

    def __init__(self, *parts: QWidget) -> None:
        super().__init__()
        self._ends = Ends()
        self.setLayout(self._ends)
        for part in parts:
            self._ends.add(part)
        self.dress(theme.look())

    def dress(self, look: Look) -> None:
        """Scale the gaps."""
        self._ends.set_gaps(look.px(tokens.S3), look.px(tokens.S1))


class ReportView(Column, Dressed):
    """``row_chosen`` is the entry that a question would be about; ``asked`` wants one now."""

    row_chosen = Signal(str)
    asked = Signal(str)
    stepped = Signal(int)
    version_wanted = Signal(int)
    file_wanted = Signal(str)  # its SHA-256, where two files say that they are one version

    def __init__(self, desk: Desk) -> None:
        super().__init__(gap=tokens.S2)
        self._desk = desk
        self._report: OpenReport | None = None
        self._pages_of: dict[str, int] = {}
        self._marks: dict[str, str] = {}
        self._part = "Summary"
        self._row = ""
        self.signature = SignatureStrip()
        self.changes = Trouble("What this version adds")
        self.parts = Choices(
            "Part of the report",
            tuple(
                Choice(name, f"{number} {name}")
                for number, name in enumerate((*_PARTS, "Data"), start=1)
            ),
        )
        self.versions, self.twins = Versions(), Twins()
        self.pages = PinnedPages("Pages of the report")
        self.chart = ChartCard()
        self.reader = PageReader(desk)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._paper = Card("The report", inset=tokens.S2, gap=tokens.S2)
        self._both = Row(gap=tokens.GUTTER)
        self._both.add(self.pages, stretch=_PAGES)
        self._both.add(self.chart, stretch=_DATA)
        self._paper.add(_Head(self.parts, self.versions))
        self._paper.add(self._both, stretch=1)
        for part in (self.signature, self.twins, self.changes):
            self.add(part)
        self.add(self._paper, stretch=1)
        self.chart.as_inset()
        self._show_sides()

    def _connect(self) -> None:
        self.parts.changed.connect(self._turn)
        self.pages.wanted.connect(self.reader.draw)
        self.pages.stepped.connect(self.stepped)
        self.pages.page_reached.connect(self._page_reached)
        self.pages.row_pressed.connect(self._choose_from_paper)
        self.chart.chosen.connect(self._choose_from_data)
        self.chart.asked.connect(self.asked)
        self.pages.asked.connect(lambda: self.asked.emit(self._row))
        self.reader.opened.connect(self._show_contents)
        self.reader.drawn.connect(self.pages.show_page)
        self.reader.failed.connect(self.signature.say_unread)
        self.versions.wanted.connect(self.version_wanted)
        self.twins.wanted.connect(self.file_wanted)

    # ------------------------------------------------ what is shown

    def say_opening(self) -> None:
        """Another report is being checked; the one before is out of sight."""
        self._report = None
        self.reader.close()
        self.pages.show_report((), {})
        self.signature.say_checking()
        self.changes.settle()
        self.twins.settle()

    def show_report(self, report: "OpenReport") -> None:
        """Signature, pages and data of one report."""
        heed_visit(report.visit)  # somebody's words, as in the visit that is open
        self._report, self._row, self._marks = report, "", {}
        self.signature.show_verdict(report.verdict, countersigned=_reviewed(report))
        self._show_changes(report)
        self.versions.show_report(report)
        self.twins.show_report(report)
        self.chart.show_visit(report.visit)
        self.reader.open(report.content, self.devicePixelRatioF())
        self._part = "Summary"
        self.parts.choose("Summary")

    def show_marks(self, marks: Mapping[str, str]) -> None:
        """The questions by the entry's id: Q1 on its row, on paper and in the data."""
        self._marks = dict(marks)
        self.chart.show_marks(self._marks)
        self._show_pins()

    def chosen_row(self) -> tuple[str, str]:
        """The chosen entry and its row in words; both empty where none is."""
        return self._row, self.chart.words_of(self._row) if self._row else ""

    def go_to_row(self, entry: str) -> None:
        """An entry is chosen and brought into sight, on paper and in the data."""
        self._choose(entry)
        self.pages.show_row(entry)
        self.chart.choose(entry)

    def go_to_part(self, number: int) -> bool:
        """The nth part, as its key does; False where there is none."""
        names = (*_PARTS, DATA)
        if not 1 <= number <= len(names) or self._report is None:
            return False
        name = "Data" if names[number - 1] == DATA else names[number - 1]
        if name != "Data" and name not in self._pages_of:
            return False
        self.parts.choose(name)
        self._turn((name,))
        self.begin()
        return True

    def focus_part(self) -> QWidget:
        """Pages or data, whichever is read."""
        return self.chart if self._part == "Data" else self.pages

    def begin(self) -> None:
        """The keyboard goes to what is read."""
        if self._part == "Data":
            self.chart.begin()
        else:
            self.pages.setFocus()

    def _show_contents(self, contents: "Contents") -> None:
        self._pages_of = dict(parts_of(contents))
        self.parts.show_only(*self._pages_of, "Data")
        places = self._report.places if self._report is not None else {}
        self.pages.show_report(
            contents.sizes,
            {
                entry: Place(page, rect.left, rect.top, rect.right, rect.bottom)
                for entry, (page, rect) in places.items()
                if page <= len(contents.sizes)
            },
        )
        self._show_pins()

    def _show_changes(self, report: "OpenReport") -> None:
        changes = report.changes
        if changes.faults:
            self.changes.say("This version changes what was signed", "\n".join(changes.faults))
        elif changes.added:
            head = (
                f"Version {report.version} adds {count(len(changes.added), 'addendum', 'addenda')}"
            )
            self.changes.say(
                head, "\n".join(words for _entry, words in changes.added), tone="muted"
            )
        else:
            self.changes.settle()

    # ------------------------------------------------ parts

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pages and data beside each other, or in turns."""
        super().resizeEvent(event)
        self._show_sides()

    def dress(self, look: Look) -> None:
        """The same in another size of letters."""
        super().dress(look)
        if hasattr(self, "_both"):
            self._show_sides()

    def fill(self, height: int) -> None:
        """In a low window the pages take all of it, and what stands above is scrolled to."""
        self._paper.setMinimumHeight(height)

    def _show_sides(self) -> None:
        both = self.width() >= theme.look().px(_BOTH)
        self.pages.setVisible(both or self._part != "Data")
        self.chart.setVisible(both or self._part == "Data")

    def _turn(self, chosen: tuple[str, ...]) -> None:
        if not chosen:  # taken once more: it stays, and is gone to again
            self.parts.choose(self._part)
            return
        self._part = chosen[0]
        self._show_sides()
        page = self._pages_of.get(self._part)
        if page:
            self.pages.go_to(page)

    def _page_reached(self, page: int) -> None:
        """The part follows what is scrolled to; the data stays where it is."""
        if self._part == "Data" or not self._pages_of:
            return
        reached = [name for name, first in self._pages_of.items() if first <= page]
        if reached and reached[-1] != self._part:
            self._part = reached[-1]
            self.parts.blockSignals(True)  # noqa: FBT003 - Qt's own signature
            self.parts.choose(self._part)
            self.parts.blockSignals(False)  # noqa: FBT003 - as above

    # ------------------------------------------------ rows

    def _choose_from_paper(self, entry: str) -> None:
        self._choose(entry)
        self.chart.choose(entry)

    def _choose_from_data(self, entry: str) -> None:
        self._choose(entry)
        if self.pages.isVisible():
            self.pages.show_row(entry)

    def _choose(self, entry: str) -> None:
        self._row = entry
        self._show_pins()
        self.row_chosen.emit(entry)

    def _show_pins(self) -> None:
        pins = [Pin(entry, label, entry == self._row) for entry, label in self._marks.items()]
        if self._row and self._row not in self._marks:
            pins.append(Pin(self._row, "", chosen=True))
        self.pages.show_pins(tuple(pins))


def _reviewed(report: "OpenReport") -> str:
    """That this very file was reviewed and countersigned, and by whom."""
    mine = [v for v in report.verdicts if v.sha256 == report.sha256 and v.countersigned]
    return f"Reviewed and countersigned by {mine[-1].by}." if mine else ""
