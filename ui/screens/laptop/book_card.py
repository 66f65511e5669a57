"""The laptop's own book: who may unlock, emergencies, backups, checks, restores, what left."""

from collections.abc import Sequence
from typing import Final

from ketachart.domain import audit
from ketachart.domain.facts import Fact
from ketachart.domain.facts.safekeeping import EmergencyAccess, LedgerChecked, LedgerRestored
from ketachart.domain.log_table import book_csv
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import count, day_and_clock
from ketachart.errors import KetaChartError
from ui import theme
from ui.actions import key_of
from ui.desk import Desk
from ui.screens.laptop.part import ROOM, Part
from ui.screens.laptop.save_table import save_csv
from ui.tokens import Tone
from ui.widgets.empty_state import EmptyState
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.row_list import ListRow, RowList
from ui.widgets.trouble import Trouble
from ui.widgets.words import Words

_MOST: Final = 200  # entries shown, the newest; the table holds all of them
_LEAST: Final = 200
_WHAT: Final = (
    "Everything that was done with this ledger, by whom and when. Nothing in it can be changed or "
    "taken out, and no word about a patient is in it."
)


class BookPart(Part):
    """Readable by everyone who may unlock; saved as a table for whoever asks."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("The laptop's book", sign="notebook-pen")
        self._desk = desk
        self._entries: Sequence[Entry[Fact]] = ()
        self.said = Trouble("What became of the table")
        self.primary = PrimaryButton(
            "Save as a table (CSV)", sign="file-text", key=key_of("primary")
        )
        self.list = RowList("Entries of the laptop's book")
        self.add(Words(_WHAT, tone="muted"))
        self.add(self.ways(self.primary))
        self.add(self.said)
        self.add(self.facts)
        self._none = EmptyState(
            "notebook-pen",
            "Nothing is in it yet",
            explained="The first backup, check or change of who may unlock writes in it.",
            small=True,
        )
        self.add(self.list, stretch=ROOM)
        self.add(self._none)
        self.add_room()
        self.dress(theme.look())
        self.primary.clicked.connect(self._save)

    def dress(self, look: theme.Look) -> None:
        """A few rows are always seen."""
        super().dress(look)
        if hasattr(self, "list"):
            self.list.setMinimumHeight(look.px(_LEAST))

    def renew(self) -> None:
        """The newest first."""
        try:
            self._entries = self._desk.keeping.entries()
        except KetaChartError as error:
            self.said.say("The laptop's book cannot be read", str(error))
            return
        newest = list(reversed(self._entries))[:_MOST]
        self.list.show_rows(tuple(self._row(entry) for entry in newest))
        self.list.setVisible(bool(newest))
        self._none.setVisible(not newest)
        told = count(len(self._entries), "entry", "entries")
        more = f", the newest {_MOST} shown" if len(self._entries) > _MOST else ""
        self.heading.set_aside(told + more)
        if self._entries:
            self.primary.reopen()
        else:
            self.primary.close_because("Nothing is in it yet")

    def _row(self, entry: Entry[Fact]) -> ListRow:
        title, detail = audit.words(Visit(), entry.fact)
        tone, sign = _grave(entry.fact)
        when = day_and_clock(entry.at.astimezone(self._desk.now().tzinfo))
        under = f"by {entry.author}" if entry.author else ""
        if tone == "text":
            return ListRow(entry.id, when, title, under=f"{detail}; {under}" if under else detail)
        return ListRow(
            entry.id, when, "", mark=title, sign=sign, tone=tone, under=f"{detail}; {under}"
        )

    def state(self) -> tuple[str, str]:
        """One line and its tone, for the list of parts."""
        try:
            emergencies = len(self._desk.keeping.facts(EmergencyAccess))
        except KetaChartError:
            return "cannot be read", "danger"
        if emergencies:
            return count(emergencies, "emergency access", "emergency accesses"), "danger"
        return "who, when, what", "muted"

    def press(self) -> None:
        """What Ctrl+Enter does here."""
        self.primary.press()

    def _save(self) -> None:
        name = f"ketachart-laptop-{self._desk.now():%Y-%m-%d}.csv"
        save_csv(self._desk, self, self.said, name, lambda: book_csv(self._entries))

    def begin(self) -> None:
        """To the newest entry."""
        self.list.setFocus()


def _grave(fact: Fact) -> tuple[Tone, str]:
    """What must not be read over."""
    if isinstance(fact, EmergencyAccess) or (isinstance(fact, LedgerChecked) and fact.faults):
        return "danger", "octagon-alert"
    if isinstance(fact, LedgerRestored):
        return "warn", "triangle-alert"
    return "text", ""
