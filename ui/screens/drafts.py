"""What was typed outside the visits and not recorded: a new visit, a plan, the drug count."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout

from ui import theme, tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.drafts.rows import DraftRows
from ui.forms.drafts import HOW, KEPT, NOTHING, asks_to_throw_away, say_busy
from ui.screens.base import Screen, Window
from ui.screens.stock.side import STOCK
from ui.theme import Dressed, Look
from ui.widgets.boxes import Column, Scroller
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading
from ui.widgets.empty_state import EmptyState
from ui.widgets.words import Words

if TYPE_CHECKING:
    from ketachart.charting.drafts import FormDraft


class DraftsScreen(Screen, Dressed):
    """The newest first; what was typed in a visit waits in that visit."""

    title = "Typed and not recorded"
    keys = (("Tab", "next"), ("Ctrl+Enter", "put back the newest"), ("Esc", "back"))

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(desk)
        self._window = window
        self._how = Words(HOW, tone="muted")
        self.rows = DraftRows()
        self._others = Words(size="small", tone="muted")
        inside = Column(gap=tokens.S4)
        self._nothing = EmptyState("pencil", NOTHING, explained=KEPT)
        back = self._back = Button(
            "Back to the list of visits", sign="arrow-left", key=key_of("back")
        )
        back.clicked.connect(lambda: self.act("back"))
        self._nothing.add_way(back)
        for part in (self._how, self.rows, self._nothing, self._others):
            inside.add(part)
        inside.add_room()
        self._card = Card(self.title)
        self._card.add(Heading(self.title, aside="what was typed in a visit waits in that visit"))
        self._card.add(Scroller(self.title, inside), stretch=1)
        self._line = QVBoxLayout(self)
        self._line.addWidget(self._card)
        self.rows.wanted.connect(self._put_back)
        self.rows.thrown.connect(self._throw_away)
        desk.drafts.changed.connect(self._renew)
        self.dress(theme.look())

    def dress(self, look: Look) -> None:
        """Scale the gutter."""
        gutter = look.px(tokens.GUTTER)
        self._line.setContentsMargins(gutter, gutter, gutter, gutter)

    def arrive(self) -> None:
        """To the newest."""
        self._renew()
        if self.rows.buttons:
            self.rows.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """The list says it all: the notice gives it room."""
        super().showEvent(event)
        self.desk.draft_offer.look_at(seen=True)

    def hideEvent(self, event: QHideEvent) -> None:
        """What still waits is said again."""
        super().hideEvent(event)
        self.desk.draft_offer.look_at(seen=False)

    def act(self, name: str) -> bool:
        """Ctrl+Enter puts the newest back, Esc goes to the list of visits."""
        if name == "primary" and self.rows.buttons:
            self.rows.buttons[0].click()
        elif name == "back":
            self._window.show_screen("day")
        else:
            return False
        return True

    def _renew(self) -> None:
        if not self.desk.is_unlocked or self.desk.has_visit:
            return
        mine, others = self.desk.draft_offer.mine(), self.desk.draft_offer.others()
        key = key_of("primary")
        self.rows.show_drafts(
            mine, self.desk.now().date(), key=lambda place: key if place == 1 else ""
        )
        self._how.setVisible(bool(mine))
        self._nothing.setVisible(not mine)
        self._others.setText(others)
        self._others.setVisible(bool(others))

    def _put_back(self, draft: "FormDraft") -> None:
        self.desk.drafts.want(draft)
        if draft.form.startswith(STOCK):
            self._window.show_screen("stock").act(draft.form.removeprefix(STOCK))
        else:
            self._window.show_screen(draft.form)
        if not self.desk.drafts.taken():
            say_busy(self.desk, draft)

    def _throw_away(self, draft: "FormDraft") -> None:
        if asks_to_throw_away(self, self.desk, draft):
            self.desk.drafts.throw_away(draft)
            self.arrive()
