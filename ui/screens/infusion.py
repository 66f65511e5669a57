"""The running infusion: rate, dose and time, the timeline, the entries; vitals at the right."""

from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ketachart.domain.visit import Visit
from ui import theme, tokens
from ui.desk import Desk
from ui.forms.action_column import ActionColumn
from ui.forms.vitals import VitalsSheet
from ui.screens.infusion_tiles import InfusionTiles
from ui.screens.log_card import LogCard
from ui.screens.phase import PhaseScreen
from ui.theme import Dressed, Look


class InfusionScreen(PhaseScreen, Dressed):
    """Everything that is looked at and charted while the pump runs."""

    def __init__(self, desk: Desk, column: ActionColumn) -> None:
        super().__init__(desk, column)
        self.tiles = InfusionTiles()
        self.log = LogCard()
        self.vitals = VitalsSheet(desk)
        self.vitals.as_panel()
        self._line = QVBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.addWidget(self.tiles)
        self._line.addWidget(self.log, 1)
        self.dress(theme.look())

    def dress(self, look: Look) -> None:
        """Scale the gaps between the cards."""
        self._line.setSpacing(look.px(tokens.GUTTER))

    def panel(self) -> QWidget:
        """The vitals form itself, not behind a key."""
        return self.vitals

    def show_visit(self, visit: Visit, now: datetime) -> None:
        """The visit as it stands."""
        self.tiles.show_visit(visit, now)
        self.log.show_visit(visit)
        self.vitals.show_visit(visit)

    def tick(self, now: datetime) -> None:
        """What changes with the clock alone."""
        self.tiles.show_visit(self.desk.visit, now)
        self.vitals.tick(now)
