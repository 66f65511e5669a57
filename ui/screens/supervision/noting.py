"""Phone orders of the report that is read: shown beside the verdict, noted on a sheet."""

from datetime import datetime, time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ketachart.errors import KetaChartError
from ui.desk import Desk
from ui.screens.supervision.order_rows import Orders
from ui.screens.supervision.page import ReviewPage
from ui.screens.supervision.turns import REPORT, VERDICT

if TYPE_CHECKING:
    from ketachart.charting.reviewing import OpenReport

_END = time(23, 59)  # of a day of which no more is known


class Noting(QObject):
    """``changed`` says that the queue may stand differently."""

    changed = Signal()

    def __init__(self, desk: Desk, page: ReviewPage) -> None:
        super().__init__()
        self._desk, self._page = desk, page
        self._report: OpenReport | None = None
        page.verdict.orders.note.clicked.connect(self.begin)
        page.orders.noted.connect(self._note)
        page.orders.left.connect(self.leave)

    def forget(self) -> None:
        """Another report is being checked."""
        self._report = None
        self._show(())
        self._page.orders.about(())

    def show_report(self, report: "OpenReport") -> None:
        """The orders of this report from now on."""
        self._report = report
        self._show(report.orders)

    def begin(self) -> None:
        """The sheet, about the first prescriber who did not sign yet."""
        waits = tuple(one for one in self._orders() if one.state != "signed")
        if not waits or self._report is None or self._report.own:
            return
        name = waits[0].needs.prescriber
        self._page.orders.about(tuple(one for one in waits if one.needs.prescriber == name))
        self._page.show_sheet(self._page.orders)
        self._page.turn(VERDICT)
        self._page.orders.begin()

    def leave(self) -> None:
        """Back to the verdict; what was typed stays on the sheet."""
        self._page.close_sheet()
        self._page.verdict.begin()

    def _orders(self) -> Orders:
        if self._report is None:
            return ()
        try:
            return self._desk.supervision.orders(self._report.stream)
        except KetaChartError:
            return self._report.orders

    def _show(self, orders: Orders) -> None:
        report = self._report
        mine = report is not None and not report.own
        self._page.verdict.orders.show_orders(
            orders,
            me=self._desk.office.staff_id if mine else "",
            show=self._show_row,
            take_back=self._take_back,
        )

    def _note(self) -> None:
        report = self._report
        if report is None:
            return
        try:
            entries, how, day, words = self._page.orders.answer()
            now = self._desk.now()
            when = None
            if day is not None and day != now.date():
                when = datetime.combine(day, _END, now.tzinfo)
            self._desk.review(
                lambda desk: desk.acknowledge(report.stream, entries, how, words=words, when=when)
            )
        except KetaChartError as error:
            self._page.orders.refuse(error)
            return
        self._page.orders.settle()
        self._renew()
        self._page.close_sheet()
        self._page.turn(VERDICT)
        self._page.verdict.begin()

    def _take_back(self, item: str) -> None:
        report = self._report
        if report is None:
            return
        try:
            self._desk.review(lambda desk: desk.take_back_acknowledgement(report.stream, item))
        except KetaChartError as error:
            self._page.verdict.say_not_taken_back(str(error))
            return
        self._renew()

    def _renew(self) -> None:
        self._show(self._orders())
        self.changed.emit()

    def _show_row(self, entry: str) -> None:
        self._page.turn(REPORT)
        self._page.view.go_to_row(entry)
