"""What was typed in this visit and not recorded: each form is put back, or thrown away."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from ketachart.domain.course import PHASES
from ketachart.domain.facts import Fact
from ketachart.domain.visit import Visit
from ketachart.errors import Refused
from ui.actions import key_of
from ui.desk import Desk
from ui.dialogs import Dialogs
from ui.drafts.form import IN_PHASE
from ui.drafts.rows import DraftRows, until
from ui.forms.sheet import Sheet
from ui.notices import Message
from ui.widgets.buttons import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.words import Words

if TYPE_CHECKING:
    from ketachart.charting.drafts import FormDraft

BUSY = "drafts-busy"
NOTHING = "Nothing that was typed waits here"
KEPT = "What is typed and not recorded is kept by itself, and offered here until it is recorded."
HOW = "Nothing of this is charted. Put back, a form stands as it was; look at it, then record it."


def asks_to_throw_away(parent: QWidget, desk: Desk, draft: "FormDraft") -> bool:
    """Asks once: what was typed is lost by it."""
    words = f"{draft.title}, {until(draft, desk.now().date())}. What was typed in it is lost."
    return Dialogs.confirm(parent, "Throw this away?", words, yes="Throw it away")


def say_busy(desk: Desk, draft: "FormDraft") -> None:
    """Its form holds something else: neither is lost."""
    seen = lambda: desk.notices.settle(BUSY)  # noqa: E731 - the one thing its button does
    desk.notices.say(
        BUSY,
        Message(
            "warn",
            f"“{draft.title}” holds something else that you typed",
            "Record that or clear it, then put the other back; it waits.",
            act="I have seen it",
            on_act=seen,
        ),
    )


class DraftsSheet(Sheet):
    """The newest first; nothing is recorded here."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Typed and not recorded", primary="Put back")
        self._how = Words(HOW, size="small", tone="muted")
        self.rows = DraftRows()
        self._others = Words(size="small", tone="muted")
        self._nothing = EmptyState("pencil", NOTHING, explained=KEPT, small=True)
        back = Button("Back to the entries", sign="arrow-left", key=key_of("back"))
        back.clicked.connect(self.left)
        self._nothing.add_way(back)
        for part in (self._how, self.rows, self._nothing, self._others):
            self.body.add(part)
        self.body.add_room()
        self.rows.wanted.connect(self._put_back)
        self.rows.thrown.connect(self._throw_away)
        desk.drafts.changed.connect(self._renew)
        self._renew()

    def show_visit(self, visit: Visit) -> None:
        """What waits in it."""
        del visit
        self._renew()

    def begin(self) -> None:
        """To the newest."""
        if self.rows.buttons:
            self.rows.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().begin()

    def showEvent(self, event: QShowEvent) -> None:
        """The list says it all: the notice gives it room."""
        super().showEvent(event)
        self.desk.draft_offer.look_at(seen=True)

    def hideEvent(self, event: QHideEvent) -> None:
        """What still waits is said again."""
        super().hideEvent(event)
        self.desk.draft_offer.look_at(seen=False)

    def act(self, name: str) -> bool:
        """Alt and a digit put that row back."""
        place = int(name[-1]) if name.startswith("row-") else 0
        if 0 < place <= len(self.rows.buttons):
            self.rows.buttons[place - 1].click()
            return True
        return False

    def _renew(self) -> None:
        if not self.desk.has_visit:
            return
        mine = self.desk.draft_offer.mine()
        self.rows.show_drafts(
            mine, self.desk.now().date(), key=lambda place: key_of(f"row-{place}")
        )
        self._how.setVisible(bool(mine))
        self._nothing.setVisible(not mine)
        others = self.desk.draft_offer.others()
        self._others.setText(others)
        self._others.setVisible(bool(others))
        if mine:
            self.primary.set_words(f"Put back {mine[0].title}")
            self.primary.reopen()
        else:
            self.primary.set_words("Put back")
            self.primary.close_because("Nothing waits")

    def _put_back(self, draft: "FormDraft") -> None:
        self.desk.drafts.want(draft)
        if draft.form.startswith(IN_PHASE):
            self._go_to(draft.form.removeprefix(IN_PHASE))
        else:
            self.opens.emit(draft.form)
        if not self.desk.drafts.taken():
            say_busy(self.desk, draft)

    def _go_to(self, phase: str) -> None:
        """A form that stands in a phase of the visit is put back as the phase comes in sight."""
        self.left.emit()
        place = next(place for place, one in enumerate(PHASES, start=1) if one == phase)
        self.opens_about.emit(f"phase-{place}", "")

    def _throw_away(self, draft: "FormDraft") -> None:
        if asks_to_throw_away(self, self.desk, draft):
            self.desk.drafts.throw_away(draft)
            self.begin()

    def commit(self) -> None:
        """The newest is put back."""
        if self.rows.buttons:
            self.rows.buttons[0].click()

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """Nothing is recorded here.

        Raises:
            Refused: always.
        """
        del confirmed
        raise Refused(f"{NOTHING}. Go back to the entries.", rule="nothing typed")

    def empty(self) -> None:
        """There is nothing to clear."""
