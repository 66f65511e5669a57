"""Observation: how long it still is, what must hold before the nurse leaves, and back to before."""

from datetime import datetime

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ketachart.domain.recovery import back_to_baseline
from ketachart.domain.release import release
from ketachart.domain.visit import Visit
from ui import theme, tokens
from ui.desk import Desk
from ui.forms.action_column import ActionColumn
from ui.forms.correct import CorrectSheet
from ui.forms.criterion import CriterionSheet
from ui.forms.vitals import VitalsSheet
from ui.screens.back_table import BackTable
from ui.screens.criteria_card import CriteriaCard, Way, way_of
from ui.screens.phase import PhaseScreen
from ui.screens.release_strip import ReleaseStrip
from ui.screens.timeline_card import TimelineCard
from ui.theme import Dressed, Look
from ui.widgets.boxes import Row
from ui.widgets.card import Card, Heading, Section

_SETS = 4  # so many stand beside the baseline
# The height from which chart and table stand under the criteria, and the one below which the
# strip scrolls with them.
_HIGH, _LOW = 720, 420
_TABLE_WIDTH = 500
_ANY_HEIGHT = (1 << 24) - 1  # Qt's QWIDGETSIZE_MAX, which the binding does not name


class ObservationScreen(PhaseScreen, Dressed):
    """The clock at the top, the criteria under it; the vitals form at the right."""

    def __init__(self, desk: Desk, column: ActionColumn) -> None:
        super().__init__(desk, column)
        self.strip = ReleaseStrip()
        self.criteria = CriteriaCard()
        self.back = BackTable()
        self.timeline = TimelineCard(desk)
        self.vitals = VitalsSheet(desk)
        self.vitals.as_panel()
        self._settling = ""
        self._minute: datetime | None = None
        self._placed: tuple[bool, bool] | None = None
        self._back_head = Section("Back to baseline")
        self._back_card = Card("Back to baseline")
        self._back_card.add(Heading("Back to baseline"))
        self._more = Row(gap=tokens.GUTTER)
        self._more.add(self.timeline, stretch=1)
        self._more.add(self._back_card)
        self._line = QVBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.addWidget(self.strip)
        self._line.addWidget(self.criteria, 1)
        self._line.addWidget(self._more, 1)
        self.strip.release_wanted.connect(lambda: self.sheet_wanted.emit("release"))
        self.criteria.way_wanted.connect(self._settle)
        self.criteria.sheet_wanted.connect(self.sheet_wanted)
        self.vitals.opens.connect(self.sheet_wanted)
        self.timeline.opened.connect(self._correct)
        self.timeline.place_wanted.connect(column.open_at)
        column.sheet_changed.connect(self._sheet_changed)
        self.dress(theme.look())

    def dress(self, look: Look) -> None:
        """Scale the gaps between the cards, and lay them out for the room there is."""
        self._line.setSpacing(look.px(tokens.GUTTER))
        self._lay_out(look)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for the new size."""
        super().resizeEvent(event)
        self._lay_out(theme.look())

    def _lay_out(self, look: Look) -> None:
        """High: chart and table under the criteria. Else the table scrolls with them."""
        high, low = self.height() >= look.px(_HIGH), self.height() < look.px(_LOW)
        self._back_card.setFixedWidth(look.px(_TABLE_WIDTH))
        if (high, low) != self._placed:
            self._placed = (high, low)
            if high:
                self._back_card.add(self.back)
                self._back_card.add_room()
            else:
                self.criteria.put_below(self._back_head)
                self.criteria.put_below(self.back)
            self._back_head.setVisible(not high)
            self._more.setVisible(high)
            if high and self.desk.has_visit:
                self.timeline.show_visit(self.desk.visit, self.desk.now())
            if low:
                self.criteria.scroll_all(self.strip)
            else:
                self.criteria.scroll_criteria()
                self._line.insertWidget(0, self.strip)
        self._fit()

    def _fit(self) -> None:
        """Where there is height to spare, the criteria take what they need and no more."""
        natural = self.criteria.height_of_all(self.width())
        self.criteria.setMaximumHeight(natural if self._placed == (True, False) else _ANY_HEIGHT)

    def panel(self) -> QWidget:
        """The vitals form itself, not behind a key."""
        return self.vitals

    # ------------------------------------------------ the visit

    def show_visit(self, visit: Visit, now: datetime) -> None:
        """Everything as it stands now."""
        state = release(visit, now)
        self._minute = now.replace(second=0, microsecond=0)
        self.strip.show_release(visit, state, now)
        self.criteria.show_release(visit, state)
        self.back.show_table(back_to_baseline(visit, most=_SETS))
        if not self._more.isHidden():
            self.timeline.show_visit(visit, now)
        self.vitals.show_visit(visit)
        self._fit()

    def tick(self, now: datetime) -> None:
        """The clock's own criteria change with the minute."""
        self.vitals.tick(now)
        self.timeline.tick(now)
        if self._minute != now.replace(second=0, microsecond=0):
            self.show_visit(self.desk.visit, now)

    # ------------------------------------------------ settling what is open

    def _settle(self, code: str) -> None:
        visit, now = self.desk.visit, self.desk.now()
        state = next(s for s in release(visit, now).criteria if s.criterion.code == code)
        way = way_of(state)
        if way is not None:
            self._go(way, code)

    def _go(self, way: Way, code: str) -> None:
        match way.kind:
            case "vitals":
                self._to_vitals()
            case "phase":
                self.phase_wanted.emit(way.target)
            case "criterion":
                sheet = self.column.sheet("criterion")
                if isinstance(sheet, CriterionSheet):
                    sheet.about(code)
                self._settling = code
                self.sheet_wanted.emit("criterion")
            case "sheet":
                self._settling = code
                self.sheet_wanted.emit(way.target)

    def _sheet_changed(self, name: str) -> None:
        """A sheet is closed: to the next open point where it was opened from one; else arrive."""
        if name or not self.isVisible():
            return
        code, self._settling = self._settling, ""
        if code:
            self.criteria.focus_open(after=code)
        else:
            self.arrive()

    def _correct(self, entry_id: str) -> None:
        sheet = self.column.sheet("correct")
        if isinstance(sheet, CorrectSheet):
            sheet.take(entry_id)
        self.sheet_wanted.emit("correct")

    def _to_vitals(self) -> None:
        self.column.close_sheet()
        self.column.come_forward()
        self.vitals.begin()

    # ------------------------------------------------ acts

    def arrive(self) -> None:
        """To the vitals, where the form is in sight; else to the first open point.

        Where even the time of release would scroll away with that, to its button.
        """
        if self.vitals.isVisible():
            self.vitals.begin()
        elif self._placed == (False, True) and self.strip.button.isVisible():
            self.strip.button.setFocus()
        elif not self.criteria.focus_open():
            self.setFocus()

    def act(self, name: str) -> bool:
        """F2 vitals, Ctrl+Enter records them, Alt and a digit opens that point."""
        if name.startswith("row-"):
            return self.criteria.press(int(name[-1]))
        if name == "vitals":
            self._to_vitals()
        elif name == "more":
            self.vitals.turn_more()
        elif name == "primary":
            self.vitals.primary.press()
        elif name == "timeline" and not self._more.isHidden():
            self.timeline.setFocus()
        else:
            return self.timeline.isVisible() and self.timeline.act(name)
        return True
