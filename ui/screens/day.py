"""The list of visits: today's, those to finish, a search, and the chosen patient at the door."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout

from ketachart.charting.coming import visit_to_come
from ketachart.domain.custody.book import Book
from ketachart.domain.custody.count import Counted, alert_words, to_explain
from ketachart.domain.facts import PatientRecorded
from ketachart.domain.facts.post import VisitPlanned
from ketachart.domain.wording import long_day
from ketachart.errors import KetaChartError, LedgerDamaged, Refused
from ui import tokens
from ui.desk import Desk
from ui.screens.base import Screen, Window
from ui.screens.before_sheet import BeforeSheet
from ui.screens.day_lines import (
    MOST_SHOWN,
    Place,
    all_words,
    finish_words,
    found_words,
    is_signed,
    lines_of,
    newest_first,
    of_key,
    shown_words,
    stock_asked,
    stock_words,
    today_words,
)
from ui.screens.day_page import PLACES, DayPage, Empty
from ui.screens.day_post import Beside, Chosen, asked_about, beside, open_line
from ui.screens.day_relist import Relisting
from ui.screens.day_search import Rest, Search, as_kept
from ui.screens.save_signed import save_signed, saved_all_the_same
from ui.stock_reader import StockReader
from ui.widgets.visit_line import Line

if TYPE_CHECKING:
    from ketachart.charting import VisitRow
    from ketachart.domain.visit import Visit

_TITLES: Final[dict[Place, str]] = {
    "today": "Visits today",
    "finish": "To finish",
    "all": "All visits",
}
_LOOKED_AT: Final = 8  # visits that are kept while one goes through the list; each may be long


class DayScreen(Screen):
    """Arrows choose a visit, Enter opens it; the panel at the right follows."""

    title = "Today"
    keys = (
        ("Ctrl+F", "search"),
        ("Ctrl+N", "new visit"),
        ("↑ ↓", "choose"),
        ("Enter", "open"),
        ("F1", "all keys"),
    )

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(desk)
        self._window = window
        self._place: Place = "today"
        self._rows: tuple[VisitRow, ...] = ()  # what the day has to do with
        self._newest: tuple[VisitRow, ...] = ()
        self._many = 0
        self._visits: dict[str, Visit] = {}
        self._beside = Beside()
        self._today = desk.now().date()
        self._search, self._rest = Search(), Rest(self)
        self._before = BeforeSheet(desk, self._whose, width=tokens.DOOR_WIDTH)
        self._page = DayPage(self._before)
        self._list, self._door = self._page.visits, self._page.door
        self._reader = StockReader(desk, self)
        self._relisting = Relisting(desk, self, self._refresh)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._page)
        self._connect()

    def _connect(self) -> None:
        page = self._page
        page.places.opened.connect(self._go_to)
        self._list.chosen.connect(self._show_chosen)
        self._list.opened.connect(self._open)
        for button in (page.new, page.first):
            button.clicked.connect(lambda: self.act("new-visit"))
        self._door.open.clicked.connect(lambda: self._open(self._list.current_key()))
        self._door.save.clicked.connect(self._save)
        self._door.sheets.clicked.connect(lambda: self.act("sheets"))
        self._before.left.connect(self._back)
        self._search.typed.connect(lambda _text: self._type())
        self._rest.over.connect(self._rested)
        self._search.committed.connect(self._rest.end)
        self._search.committed.connect(self._list.setFocus)
        self.destroyed.connect(self._search.deleteLater)  # it stands in the strip
        page.stock.clicked.connect(lambda: self.act("waste"))
        page.protocol.clicked.connect(lambda: self.act("protocol"))
        ways = (
            ("review", page.review),
            ("post", page.post),
            ("check", page.check),
            ("certificates", page.certificates),
            ("laptop", page.laptop.open),
            ("practice", page.practise),
        )
        for way, button in ways:
            button.clicked.connect(lambda _on, way=way: self._window.act(way))
        self._reader.ready.connect(self._show_stock)
        self._reader.failed.connect(
            lambda said: page.custody.say("The drug count could not be read", said)
        )
        self.desk.beat.connect(self._tick)

    # ------------------------------------------------ what is shown

    def showEvent(self, event: QShowEvent) -> None:
        """The search stands in the strip while the list is seen."""
        super().showEvent(event)
        if self._search.parentWidget() is None:
            self._window.strip.add(self._search)
        self._search.setVisible(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """And leaves it to the next screen; no visit is kept that was only looked at."""
        super().hideEvent(event)
        self._search.setVisible(False)
        self._visits.clear()

    def arrive(self) -> None:
        """To the list, its visits read anew."""
        self._show_ways()
        self._refresh()
        self._reader.start()
        self._relisting.start()
        if self._page.shows_visits:
            self._list.setFocus()
        else:
            (self._page.new if self._page.new.isVisible() else self._page.first).setFocus()

    def _show_ways(self) -> None:
        """Review and post stand here for whom they are; what is damaged is named by the checkup."""
        post = self.desk.post
        self._page.review.setVisible(self.desk.office.may_review)
        try:
            self._page.post.setVisible(post.is_clinic or bool(post.correspondents()))
        except KetaChartError:
            self._page.post.setVisible(False)

    def _refresh(self) -> None:
        self._today = self.desk.now().date()
        office = self.desk.office
        try:
            self._newest = office.visits(limit=MOST_SHOWN)
            self._many = office.visit_count()
            self._beside = self._what_stands_beside()
            at_hand = office.visits_at_hand(self._today)
            self._rows = (*at_hand, *asked_about(self.desk, self._beside, at_hand))
        except KetaChartError as error:
            self._page.trouble.say("The list of visits could not be read", str(error))
            return
        self._page.trouble.settle()
        self._visits.clear()
        self._look()

    def _what_stands_beside(self) -> Beside:
        """What the post knows of the visits; one that is damaged hides no other from the list."""
        try:
            return beside(self.desk, self._newest)
        except LedgerDamaged:
            return Beside()

    def _look(self) -> None:
        """What is searched for, or else the place; a key in the search reads no more than that."""
        wanted = self._search.text().strip()
        try:
            office = self.desk.office
            found = office.visits(search=as_kept(wanted), limit=MOST_SHOWN) if wanted else ()
        except KetaChartError as error:
            self._page.trouble.say("The list of visits could not be read", str(error))
            return
        self._show_counters()
        self._show_found(found) if wanted else self._show_place()
        self._page.lay_out()
        self._show_chosen(self._list.current_key())

    def _type(self) -> None:
        self._rest.begin()
        self._look()
        if not self._search.text():
            self._rest.end()

    def _rested(self) -> None:
        if self.desk.is_unlocked:
            self._show_chosen(self._list.current_key())

    def _show_stock(self, known: Book, found: tuple[Counted, ...]) -> None:
        """Whether the drug was counted today; a count that differs stays until it is explained."""
        state, tone = stock_words(known, found, self.desk.now())
        asked = stock_asked(known, found, self._rows, self.desk.now())
        self._page.stock.set_words("Drug count", sub=state if tone == "danger" else asked or state)
        self._page.leaving.show_stock(state, tone)
        self._page.leaving.show_desk(self.desk)
        lines = [alert_words(each, self._today) for each in to_explain(found)]
        if lines:
            self._page.custody.say("The drug count is open", "\n".join(lines))
        else:
            self._page.custody.settle()
        self._page.lay_out()

    def _show_counters(self) -> None:
        rows, today = self._rows, self._today
        counters: dict[Place, str] = {
            "today": today_words(rows, today),
            "finish": finish_words(rows, today),
            "all": all_words(self._many),
        }
        self._page.places.show_counters(counters, here=self._place)
        self._page.heading.set_title(_TITLES[self._place])
        aside = shown_words(len(self._newest), self._many) if self._place == "all" else ""
        self._page.heading.set_aside(aside or counters[self._place])
        self._page.laptop.show_desk(self.desk)

    def _show_place(self) -> None:
        rows = self._newest if self._place == "all" else self._rows
        lines = lines_of(rows, self._place, self._today, self._beside)
        self._show_lines(lines, "done" if self._place == "finish" else "none")

    def _show_found(self, found: "tuple[VisitRow, ...]") -> None:
        self._page.heading.set_title("Found")
        self._page.heading.set_aside(found_words(len(found)))
        self._show_lines(newest_first(found, self._today, self._beside), "unfound")

    def _show_lines(self, lines: tuple[Line, ...], otherwise: Empty) -> None:
        self._page.show_lines(lines, otherwise=otherwise)
        if lines and not self._list.current_key():
            self._list.choose(self._first(self._list.keys_shown()))

    def _first(self, keys: tuple[str, ...]) -> str:
        """The first visit that is not signed; else the first."""
        open_ones = {row.stream for row in self._rows if not is_signed(row)}
        return next((key for key in keys if key in open_ones), keys[0])

    def _show_chosen(self, key: str) -> None:
        self._door.setEnabled(not self._rest.is_awaited)
        if self._rest.is_awaited:
            return
        there, plan = self._chosen(key)
        visit = self._visit(key)
        self._before.setVisible(False)
        self._door.setVisible(visit is not None)
        self._page.leaving.setVisible(visit is None)
        if plan is not None and visit is not None:
            self._door.show_plan(visit, plan, self.desk.now())
        elif visit is None:
            self._page.leaving.show_desk(self.desk)
        else:
            standing = self._beside.standings.get(there.stream)
            self._door.show_visit(visit, self.desk.now(), way=standing.words if standing else "")
            if there.leads_to:
                self._door.open.set_words(there.leads_to)

    def _chosen(self, key: str) -> tuple[Chosen, VisitPlanned | None]:
        return of_key(key), self._beside.plan(of_key(key).plan)

    def _visit(self, key: str) -> "Visit | None":
        """The visit that a line stands for; a planned one as it would begin."""
        there, plan = self._chosen(key)
        try:
            if plan is not None:
                return visit_to_come(self.desk.office, plan.patient, plan.order)
            if there.stream and there.stream not in self._visits:
                if len(self._visits) >= _LOOKED_AT:
                    self._visits.clear()
                self._visits[there.stream] = self.desk.office.open_visit(there.stream).visit
        except KetaChartError as error:
            detail = f"{error}{saved_all_the_same(self.desk, there.stream)}"
            self._page.trouble.say("This visit could not be read", detail)
        return self._visits.get(there.stream)

    def _go_to(self, place: str) -> None:
        self._place = next(name for name in PLACES if name == place)
        self._search.clear()
        self._refresh()
        self._list.setFocus()

    def _tick(self, now: datetime) -> None:
        if not self.isVisible():
            return
        self._page.laptop.show_desk(self.desk)  # the same facts again draw nothing
        if now.date() != self._today:
            self._refresh()

    # ------------------------------------------------ acts

    def _open(self, key: str) -> None:
        self._rest.end()
        try:
            open_line(self.desk, self._window, of_key(key), self._beside)
        except KetaChartError as error:
            self._page.trouble.say("This visit could not be opened", str(error))

    def _save(self) -> None:
        stream = of_key(self._list.current_key()).stream
        shown = self._door.trouble if self._door.isVisible() else self._page.trouble
        save_signed(self.desk, self, stream, shown)

    # ------------------------------------------------ the sheet before a visit

    def _whose(self) -> PatientRecorded:
        visit = self._visit(self._list.current_key())
        if visit is None or visit.patient is None:
            raise Refused("Choose a visit of the patient, or type them in New visit first.")
        return visit.patient

    def _show_before(self) -> None:
        self._door.setVisible(False)
        self._page.leaving.setVisible(False)
        self._before.open()

    def _primary(self) -> None:
        if self._before.isVisible():
            self._before.primary.press()
        else:
            self._open(self._list.current_key())

    def _back(self) -> None:
        """Out of the sheet, or out of a search; back to the list."""
        if self._before.isVisible():
            self._show_chosen(self._list.current_key())
        else:
            self._search.clear()
        self._list.setFocus()

    def act(self, name: str) -> bool:
        """What the keys of this screen do."""
        self._rest.end()
        acts: dict[str, Callable[[], object]] = {
            "waste": lambda: self._window.show_screen("stock"),
            "protocol": lambda: self._window.show_screen("protocol"),
            "new-visit": lambda: self._window.show_screen("new-visit"),
            "search": self._search.setFocus,
            "back": self._back,
            "primary": self._primary,
            "sheets": self._show_before,
            "save-report": self._save,
        }
        if name not in acts:
            return False
        acts[name]()
        return True

    def strip(self) -> tuple[str, str]:
        """The day, and whose visits these are."""
        now = self.desk.now()
        return (self.title, f"{long_day(now.date())}   {self.desk.office.clinic.name}")
