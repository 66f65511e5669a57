"""Says that something typed waits to be put back: by name and minute, and only if there is any."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from ketachart.errors import LedgerError
from ui.drafts.host import Desk
from ui.drafts.keeper import FormKeeper
from ui.drafts.rows import told
from ui.notices import Message

if TYPE_CHECKING:
    from ketachart.charting.drafts import FormDraft

MINE, THEIRS, REOPENED = "drafts-wait", "drafts-of-others", "chart-reopened"
SHOW: Final = "Show what was typed"


class DraftOffer(QObject):
    """The notice of one window; what it shows is the list of the place that is open."""

    list_wanted = Signal()

    def __init__(self, desk: Desk, keeper: FormKeeper) -> None:
        super().__init__(keeper)
        self._desk, self._keeper = desk, keeper
        self._looked_at = False  # the list itself is in sight
        for happened in (desk.unlocked, desk.locked, desk.visit_opened, desk.visit_closed):
            happened.connect(self._arrived)
        keeper.changed.connect(self.tell)

    def mine(self) -> "tuple[FormDraft, ...]":
        """What this person typed and may put back here, the newest first."""
        return tuple(reversed(self._keeper.waiting(self._stream())))

    def others(self) -> str:
        """Whose forms wait besides, without a word of what is in them; empty for nobody's."""
        theirs = self._keeper.theirs(self._stream())
        if not theirs:
            return ""
        from ketachart.domain.wording import count, listed

        names = self._names({one.staff_id for one in theirs})
        return (
            f"{listed(names)} left {count(len(theirs), 'form')} unfinished here: "
            f"{told(theirs, self._desk.now().date())}. Nothing of it is charted; whoever typed it "
            "can put it back after unlocking."
        )

    def words(self) -> str:
        """“Vitals, typed until 14:23; Note, typed until 14:25”; empty where nothing waits."""
        return told(self._keeper.waiting(self._stream()), self._desk.now().date())

    def show(self) -> None:
        """The nurse wants to see it."""
        self._desk.notices.settle(REOPENED)
        self.tell()
        self.list_wanted.emit()

    def look_at(self, *, seen: bool) -> None:
        """The list came in sight, or went: what it shows need not be said besides."""
        self._looked_at = seen
        self.tell()

    def tell(self) -> None:
        """Says what waits here; the notice of a chart that ended by itself says it too."""
        notices = self._desk.notices
        stands = self._looked_at or any(key == REOPENED for key, _ in notices.standing())
        if not self.mine() or stands:
            notices.settle(MINE)
        else:
            happened = f"Recovered: {self.words()}"
            said = f"Nothing of it is charted yet.{self._record()}"
            notices.say(MINE, Message("warn", happened, said, act=SHOW, on_act=self.show))

    def _arrived(self) -> None:
        self._keeper.look_again()
        self.tell()
        notices, others = self._desk.notices, self.others()
        if not others:
            notices.settle(THEIRS)
            return
        seen = Message(
            "muted",
            "Somebody else has typed here and not recorded it",
            others,
            act="I have seen it",
            on_act=lambda: notices.settle(THEIRS),
        )
        notices.say(THEIRS, seen)

    def _record(self) -> str:
        """To what moment the record goes."""
        entries = self._desk.visit.entries if self._desk.has_visit else ()
        if not entries:
            return ""
        from ketachart.domain.wording import clock_with_seconds

        return f" The record is whole to its last entry, {clock_with_seconds(entries[-1].at)}."

    def _stream(self) -> str:
        return self._desk.room.stream if self._desk.has_visit else ""

    def _names(self, staff: set[str]) -> list[str]:
        try:
            known = {one.staff_id: one.name for one in self._desk.staff()}
        except LedgerError:
            known = {}
        return sorted(known.get(one, "Somebody who unlocks here no more") for one in staff)
