"""Trends: what the signed reports of a time come to, as tables, and as a file for a spreadsheet."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ketachart.domain.supervision.trends import Trends
from ketachart.domain.wording import count, day
from ketachart.errors import KetaChartError
from ui import theme, tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.dialogs import Dialogs
from ui.laptop import breakable
from ui.saving import save_file
from ui.screens.base import Screen, Window
from ui.screens.supervision.trend_tables import NONE, Table, tables_of
from ui.theme import Dressed, Look
from ui.widgets.boxes import Column, Row, Scroller
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading
from ui.widgets.cells import Cells
from ui.widgets.choices import Choice, Choices
from ui.widgets.empty_state import EmptyState
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.trouble import Trouble
from ui.widgets.words import Words
from ui.workers import Job

_SPANS: Final = {"30": "30 days", "90": "90 days", "365": "A year", "all": "All"}
_FIRST: Final = date(2020, 1, 1)  # before any report
_MANY, _EACH = 200, 25  # of so many visits it is told how far the counting is, so often
_SMALL: Final = "A share is shown from five visits on. No patient is named here or in the file."
_BROKE: Final = "Nothing is lost: the reports stand as they were. Choose the days once more."


class TrendsScreen(Screen, Dressed):
    """Counts first, no chart; the newest figures are worked out in a worker."""

    title = "Trends"
    keys = (("← →", "days"), ("Ctrl+Enter", "save as CSV"), ("Esc", "back"))

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(desk)
        self._window = window
        self._job: Job | None = None
        self._trends: Trends | None = None
        self.heading = Heading("Trends over the signed reports")
        self.span = Choices("Days", tuple(Choice(days, words) for days, words in _SPANS.items()))
        self.span.choose("90")
        self.heading.set_right(self.span)
        self.trouble = Trouble("What became of the file")
        self.tables = Column(gap=tokens.GUTTER)
        self._empty = EmptyState(
            "list",
            "No signed report of these days",
            explained="Reports that came in for review are counted here by the day of their visit.",
        )
        self._stack = QStackedWidget()
        for page in (self.tables, self._empty):
            self._stack.addWidget(page)
        self.save = PrimaryButton("Save as a table (CSV)", sign="file-text", key=key_of("primary"))
        self._close = Button("Back to the reports", key="Esc", kind=Kind.QUIET)
        self._lay_out()
        self.span.changed.connect(self._turn)
        self.save.clicked.connect(self._save)
        self._close.clicked.connect(self._back)
        self.dress(theme.look())

    def _lay_out(self) -> None:
        card = Card("Trends", inset=tokens.S3)
        ways = Row(gap=tokens.S3)
        ways.add(self.save)
        ways.add(self._close)
        ways.add_room()
        body = Column(gap=tokens.S3)
        parts: tuple[QWidget, ...] = (
            self.heading, Words(_SMALL, size="small", tone="muted"), ways, self.trouble,
            self._stack,
        )  # fmt: skip
        for part in parts:
            body.add(part)
        body.add_room()
        card.add(Scroller("Trends", body), stretch=1)
        self._line = QVBoxLayout(self)
        self._line.addWidget(card)

    def dress(self, look: Look) -> None:
        """Scale the gutters."""
        gutter = look.px(tokens.GUTTER)
        self._line.setContentsMargins(gutter, gutter, gutter, gutter)

    # ------------------------------------------------ figures

    def arrive(self) -> None:
        """The figures of the days chosen, worked out anew."""
        self._count()
        self.span.setFocus()

    def _turn(self, chosen: tuple[str, ...]) -> None:
        if not chosen:  # some days are always looked at
            self.span.choose("90")
            return
        self._count()

    def _since(self, today: date) -> date:
        chosen = self.span.chosen()
        days = chosen[0] if chosen else "90"
        return _FIRST if days == "all" else today - timedelta(days=int(days) - 1)

    def _count(self) -> None:
        """One counting at a time: another one asked for meanwhile takes its place."""
        if self._job is not None:
            self._job.cancel()
        today = self.desk.now().date()
        try:
            task = self.desk.supervision.trending(self._since(today), today)
        except KetaChartError as error:
            self._no_figures(str(error))
            return
        self.heading.set_aside("is being counted")
        self.save.close_because("Being counted")
        self._job = job = self.desk.workers.start(lambda job: task.work(job.step, job.cancelled))
        job.progress.connect(lambda done, of: self._tell(job, done, of))
        job.done.connect(lambda trends: self._show(job, trends))
        job.failed.connect(lambda error: self._fail(job, str(error)))
        job.stopped.connect(lambda: self._fail(job, _BROKE))

    def _tell(self, job: Job, done: int, of: int) -> None:
        if job is self._job and of > _MANY and done % _EACH == 0:
            self.heading.set_aside(f"{done:,} of {of:,} visits are counted")

    def _fail(self, job: Job, why: str) -> None:
        if job is self._job:
            self._no_figures(why)

    def _no_figures(self, why: str) -> None:
        """Those of other days, that stood before, are gone: they would be taken for these."""
        self._job = self._trends = None
        self.tables.empty()
        self.heading.set_aside("")
        self._stack.setCurrentWidget(self.tables)
        self.save.close_because("There is nothing to save")
        self.trouble.say("The figures could not be worked out", why)

    def _show(self, job: Job, trends: Trends) -> None:
        if job is not self._job:
            return
        self._job, self._trends = None, trends
        visits = count(len(trends.visits), "visit")
        self.heading.set_aside(f"{visits}, {day(trends.since)} to {day(trends.until)}")
        if self._since(trends.until) == _FIRST:
            self.heading.set_aside(f"{visits}, all until {day(trends.until)}")
        self.tables.empty()
        for table in tables_of(trends):
            self.tables.add(_card(table))
        self.tables.add_room()
        self._stack.setCurrentWidget(self.tables if trends.visits else self._empty)
        if trends.visits:
            self.save.reopen()
        else:
            self.save.close_because("There is nothing to save")

    # ------------------------------------------------ acts

    def _save(self) -> None:
        if self._trends is None:
            return
        start = Path(self.desk.preferences.export_folder or Path.home())
        name = f"ketachart-trends-{self._trends.until:%Y-%m-%d}.csv"
        path = Dialogs.ask_save_path(self, "Save the figures", start / name)
        if path is None:
            return
        try:
            # the mark at its beginning tells a spreadsheet that the letters are Unicode
            words = self.desk.supervision.trends_csv(self._trends)
            content = words.removeprefix("\ufeff").encode("utf-8-sig")
            save_file(path, content)
        except KetaChartError as error:
            self.trouble.say("The figures were not saved", str(error))
            return
        self.desk.prefer(replace(self.desk.preferences, export_folder=str(path.parent)))
        self.trouble.say("Saved", breakable(path), tone="ok")

    def _back(self) -> None:
        self._window.show_screen("review")

    def act(self, name: str) -> bool:
        """What the keys of this screen do."""
        acts: dict[str, Callable[[], object]] = {
            "primary": self.save.press,
            "back": self._back,
            "day": lambda: self._window.show_screen("day"),
        }
        if name not in acts:
            return False
        acts[name]()
        return True

    def strip(self) -> tuple[str, str]:
        """Whose visits these are."""
        return (self.title, self.desk.office.clinic.name)


def _card(table: Table) -> Card:
    card = Card(table.title, inset=tokens.S3)
    card.as_inset()
    heading = Heading(table.title, aside=table.aside if table.rows else NONE)
    card.add(heading)
    if table.rows:
        cells = Cells(table.title)
        cells.spread()
        cells.show_rows(table.rows)
        card.add(cells)
    return card
