"""The running infusion: rate, dose and time, the timeline, the entries; vitals at the right."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ketachart.domain.infusion import delivery
from ketachart.domain.ordered_monitoring import asked_beyond
from ketachart.domain.visit import Visit
from ui import theme, tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.forms.action_column import ActionColumn
from ui.forms.correct import CorrectSheet
from ui.forms.vitals import VitalsSheet
from ui.screens.infusion_tiles import InfusionTiles
from ui.screens.log_card import LogCard
from ui.screens.phase import PhaseScreen
from ui.screens.save_log import save_log
from ui.screens.timeline_card import TimelineCard
from ui.theme import Dressed, Look
from ui.widgets.boxes import Column, Scroller
from ui.widgets.choices import Choice, Choices
from ui.widgets.words import Words

TIMELINE, ENTRIES = "timeline", "entries"
SHARES = (11, 5)  # of the height that timeline and entries have together


class InfusionScreen(PhaseScreen, Dressed):
    """Everything that is looked at and charted while the pump runs."""

    def __init__(self, desk: Desk, column: ActionColumn) -> None:
        super().__init__(desk, column)
        self.tiles = InfusionTiles()
        self.timeline = TimelineCard(desk)
        self.log = LogCard()
        self.vitals = VitalsSheet(desk)
        self.vitals.as_panel()
        self._page, self._table_alone = TIMELINE, False
        self.pages = Choices(
            "Timeline or entries",
            (
                Choice(TIMELINE, f"Timeline   {key_of('timeline')}"),
                Choice(ENTRIES, f"Entries   {key_of('log')}"),
            ),
        )
        self._column = Column(gap=tokens.GUTTER)
        self.asked = Words(size="small")
        self._column.add(self.tiles)
        self._column.add(self.asked)
        self._column.add(self.pages)
        self._column.add(self.timeline, stretch=SHARES[0])
        self._column.add(self.log, stretch=SHARES[1])
        self._scroller = scroller = Scroller("Infusion", self._column)
        scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the keyboard
        scroller.setProperty("bare", "true")
        line = QVBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(scroller)
        self.tiles.wanted.connect(self._act)
        self.timeline.opened.connect(self.correct)
        self.timeline.place_wanted.connect(column.open_at)
        self.log.opened.connect(self.correct)
        self.log.add_wanted.connect(lambda: self.sheet_wanted.emit("add"))
        self.log.save_wanted.connect(lambda: save_log(self.desk, self))
        self.pages.changed.connect(self._turn)
        self.vitals.opens.connect(self.sheet_wanted)
        column.sheet_changed.connect(lambda _name: self._lay_out())
        self.dress(theme.look())

    # ------------------------------------------------ where there is room for one of the two

    def dress(self, look: Look) -> None:
        """At another text size there may be room for one of the two only."""
        del look  # asked for where it is needed
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Timeline and entries take turns where the window is low."""
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        """Both, or one of the two; while a row is corrected, the rows around it."""
        window, scale = self.window(), theme.look().scale
        # in a narrow window strip and tiles take a second line each
        narrow = window.width() / scale < tokens.WIDE
        least = tokens.TALL + (2 * tokens.STEP if narrow else 0)
        both = window.height() / scale >= least
        correcting = self.column.open_name == "correct"
        both = both and not self._table_alone
        self.timeline.fit_into(self.height())
        self.pages.setVisible(not both and not correcting)
        self.pages.choose(self._page)
        self.timeline.setVisible(not correcting and (both or self._page == TIMELINE))
        self.log.setVisible(correcting or both or self._page == ENTRIES)

    def _turn(self, chosen: tuple[str, ...]) -> None:
        """One of the two is always looked at."""
        self._page = chosen[0] if chosen else self._page
        self._table_alone = self._table_alone and self._page == ENTRIES
        self._lay_out()

    def _bring_timeline(self) -> None:
        bar, top = self._scroller.verticalScrollBar(), self.timeline.y()
        if top + self.timeline.height() > bar.value() + self._scroller.viewport().height():
            bar.setValue(top)

    def _next_view(self) -> None:
        """Graph, grid, table, and graph again: the same visit in another shape."""
        if self._table_alone or (self._page == ENTRIES and not self.timeline.isVisible()):
            self._table_alone = False
            self.timeline.show_as_grid(grid=False)
            self._to_page(TIMELINE)
        elif self.timeline.is_grid:
            self._table_alone = True
            self._to_page(ENTRIES)
        else:
            self._to_page(TIMELINE)
            self.timeline.show_as_grid(grid=True)

    def _to_page(self, page: str) -> None:
        self._page = page
        self._table_alone = self._table_alone and page == ENTRIES
        self._lay_out()
        if page == TIMELINE:
            self.timeline.setFocus()
            # laid out first: in a low window as much of it comes into sight as there is room for
            QTimer.singleShot(0, self, self._bring_timeline)
        else:
            self.log.begin()

    # ------------------------------------------------ the visit

    def panel(self) -> QWidget:
        """The vitals form itself, not behind a key."""
        return self.vitals

    def show_visit(self, visit: Visit, now: datetime) -> None:
        """The visit as it stands."""
        self.tiles.show_visit(visit, now)
        asked = asked_beyond(visit)
        self.asked.setText(f"This order asks: {asked}")
        self.asked.setVisible(bool(asked))
        self.timeline.show_visit(visit, now)
        self.log.show_visit(visit)
        self.vitals.show_visit(visit)

    def tick(self, now: datetime) -> None:
        """What changes with the clock alone."""
        self.tiles.show_visit(self.desk.visit, now)
        self.timeline.tick(now)
        self.vitals.tick(now)

    # ------------------------------------------------ acts

    def arrive(self) -> None:
        """The next set of vitals begins at its first field."""
        self.vitals.begin()

    def act(self, name: str) -> bool:
        """What the keys of this phase do."""
        acts: dict[str, Callable[[], object]] = {
            "primary": self.vitals.primary.press,
            "vitals": self._to_vitals,
            "more": self.vitals.turn_more,
            "timeline": lambda: self._to_page(TIMELINE),
            "log": lambda: self._to_page(ENTRIES),
            "correct": self._correct_chosen,
            "views": self._next_view,
        }
        if name not in acts:
            return self.timeline.isVisible() and self.timeline.act(name)
        acts[name]()
        return True

    def correct(self, entry_id: str) -> None:
        """Opens an entry to be corrected."""
        sheet = self.column.sheet("correct")
        if isinstance(sheet, CorrectSheet):
            sheet.take(entry_id)
        self.sheet_wanted.emit("correct")
        self.log.show_row(entry_id)

    def _correct_chosen(self) -> None:
        self.correct(self.log.table.current_id())

    def _to_vitals(self) -> None:
        self.column.close_sheet()
        self.column.come_forward()
        self.vitals.begin()

    def _act(self, name: str) -> None:
        """A button of the tiles does what its key does."""
        state = delivery(self.desk.visit, self.desk.now()).state
        self.sheet_wanted.emit("resume" if name == "pause" and state == "paused" else name)
