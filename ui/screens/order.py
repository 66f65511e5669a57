"""Order and dose: the order, the arithmetic, the vial and bag, and the blind check of the pump."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ketachart.domain.course import PHASES
from ketachart.domain.facts import AccessPlaced
from ketachart.domain.visit import Visit
from ui import theme, tokens
from ui.desk import Desk
from ui.forms.action_column import ActionColumn
from ui.forms.explain_check import ExplainCheckSheet
from ui.forms.vial import VialSheet
from ui.screens.against import AGAIN, EXPLAIN
from ui.screens.arithmetic import ArithmeticCard
from ui.screens.order_card import OrderCard
from ui.screens.phase import PhaseScreen
from ui.screens.pump_panel import PumpPanel
from ui.screens.pump_stage import Blind
from ui.theme import Dressed, Look
from ui.widgets.boxes import Column, Scroller

# The widths of this screen from which the order stands beside the arithmetic, and takes more room.
_BESIDE_FROM, _WIDE_FROM = 740, 1180
_ORDER, _ORDER_WIDE = 292, 400


class OrderScreen(PhaseScreen, Dressed):
    """Numbers are hidden while the pump is read; who comes back from elsewhere begins again."""

    def __init__(self, desk: Desk, column: ActionColumn) -> None:
        super().__init__(desk, column)
        self._blind = Blind()
        self._panel = PumpPanel(desk, self._blind)
        self._order = OrderCard()
        self._arithmetic = ArithmeticCard(desk.visit)
        self._left, self._right = Column(gap=tokens.GUTTER), Column(gap=tokens.GUTTER)
        self._left_scroll = Scroller("Order", self._left)
        self._right_scroll = Scroller("Arithmetic", self._right)
        self._right_scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the vials in it take it
        for scroller in (self._left_scroll, self._right_scroll):
            scroller.setProperty("bare", "true")
        self._right.add(self._arithmetic, stretch=1)
        self._beside: bool | None = None
        self._line = QHBoxLayout(self)
        self._line.addWidget(self._left_scroll)
        self._line.addWidget(self._right_scroll, 1)
        self._order.explain_wanted.connect(lambda code: self._go(EXPLAIN, code))
        self._order.change_wanted.connect(lambda: self.sheet_wanted.emit("order-change"))
        self._order.elsewhere_wanted.connect(lambda: self.sheet_wanted.emit("elsewhere"))
        self._arithmetic.vial_wanted.connect(self._take_vial)
        self._arithmetic.set_chosen.connect(self._name_set)
        self._panel.way_wanted.connect(self._go)
        self._panel.masked_changed.connect(self._renew)
        column.sheet_changed.connect(self._sheet_changed)
        self.dress(theme.look())

    def panel(self) -> QWidget:
        """The pump check."""
        return self._panel

    def dress(self, look: Look) -> None:
        """Scale the gutter, and lay out for the width there is."""
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(look.px(tokens.GUTTER))
        self._lay_out(look)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for the new width."""
        super().resizeEvent(event)
        self._lay_out(theme.look())

    def _lay_out(self, look: Look) -> None:
        """Order and arithmetic side by side, or the order below in the same scroll."""
        wide = self.width() >= look.px(_WIDE_FROM)
        self._left_scroll.setFixedWidth(look.px(_ORDER_WIDE if wide else _ORDER))
        beside = self.width() >= look.px(_BESIDE_FROM)
        if beside is self._beside:
            return
        self._beside = beside
        self._left_scroll.setVisible(beside)
        if beside:
            self._left.add(self._order, stretch=1)
        else:
            self._right.add(self._order)

    # ------------------------------------------------ the visit

    def limits_beside(self, *, stand: bool) -> None:
        """The order's own limits are read once."""
        changed = self._order.limits_beside(stand=stand)
        if changed and self.desk.has_visit and self.isVisible():
            self.show_visit(self.desk.visit, self.desk.now())

    def show_visit(self, visit: Visit, now: datetime) -> None:
        """Order, arithmetic and check as they stand."""
        masked = self._blind.masks(visit, now)
        self._order.show_visit(visit, now, masked=masked)
        self._arithmetic.show_visit(
            visit, now, masked=masked, drops_per_ml=self._blind.factor(visit, now)
        )
        self._panel.show_visit(visit, now)

    def _renew(self) -> None:
        self.show_visit(self.desk.visit, self.desk.now())

    def tick(self, now: datetime) -> None:
        """The wait of who reads alone goes on."""
        self._panel.tick(now)

    # ------------------------------------------------ acts

    def arrive(self) -> None:
        """To the vial while none is chosen, else to the button that leads on.

        Elsewhere the numbers can be seen: a reading that was begun before is begun again.
        """
        if self._blind.hidden_at is not None:
            self._blind.show()
            self._renew()
        self._take_focus()

    def _sheet_changed(self, name: str) -> None:
        """A sheet is closed: to what comes next; a reading that was begun goes on."""
        if not name and self.isVisible():
            self._take_focus()

    def _take_focus(self) -> None:
        if self._arithmetic.vials.chosen():
            self._panel.take_focus()
        else:
            self._arithmetic.vials.setFocus()

    def act(self, name: str) -> bool:
        """Ctrl+Enter leads on; the IV's key places one while there is none."""
        if name == "order-change" and self._blind.masks(self.desk.visit, self.desk.now()):
            # its form tells the strength: a reading that was begun is begun again after it
            self._blind.show()
            self._renew()
            return False
        if name == "primary":
            self._panel.primary.press()
            return True
        if name == "access" and self.desk.visit.last(AccessPlaced) is None:
            self.sheet_wanted.emit("place-access")
            return True
        return False

    def _name_set(self, drops_per_ml: int | None) -> None:
        self._blind.name_set(drops_per_ml)
        self._renew()

    def _take_vial(self, strength: str) -> None:
        sheet = self.column.sheet("vial")
        if isinstance(sheet, VialSheet) and strength:
            sheet.take(strength)
        self.sheet_wanted.emit("vial")

    def _go(self, way: str, code: str) -> None:
        """To where a point is settled: a phase, a sheet, or another reading."""
        if way in PHASES:
            self.phase_wanted.emit(way)
            return
        if way == AGAIN:
            self._panel.read_again()
            return
        sheet = self.column.sheet(way)
        if isinstance(sheet, ExplainCheckSheet):
            sheet.about(code)
        self.sheet_wanted.emit(way)
