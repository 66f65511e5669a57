"""What was recorded a moment ago, told for a while in the status bar, and how it is taken back."""

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from ui.actions import key_of
from ui.desk import Desk

if TYPE_CHECKING:  # the unlock screen is painted without them
    from ketachart.domain.facts import Fact
    from ketachart.domain.visit import Entry

WHILE: Final = timedelta(seconds=90)
_LETTERS: Final = 56  # of the entry, at 100 %; the rest stands among the entries


class JustRecorded(QObject):
    """The last entry of the person at the desk; silent once it is old, struck or closed."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._entry: Entry[Fact] | None = None
        self._since = timedelta()
        desk.recorded.connect(self._take)
        for over in (desk.visit_closed, desk.locked):
            over.connect(self._forget)

    def _take(self, entry: "Entry[Fact]") -> None:
        self._entry, self._since = entry, self._desk.clock.elapsed()
        self.changed.emit()

    def _forget(self) -> None:
        self._entry = None

    def words(self, scale: float) -> str:
        """“Recorded 14:02 Vitals: BP 128/82. Ctrl+Z strikes it”; empty where there is nothing."""
        desk = self._desk
        if self._entry is None or not desk.has_visit:
            return ""
        if desk.clock.elapsed() - self._since > WHILE:
            self._entry = None
            return ""
        from ketachart.domain.facts import EntryStruck
        from ui.entries import last_own, told

        if isinstance(self._entry.fact, EntryStruck):
            return "Struck; it stays readable in the entries"
        entry = last_own(desk.visit, desk.room.author)
        if entry is None or self._entry.author != entry.author or desk.visit.signed is not None:
            return ""
        said = shortened(told(desk.visit, entry), int(_LETTERS / scale))
        return f"Recorded {said}{'' if said.endswith('…') else '.'} {key_of('undo')} strikes it"


def shortened(text: str, most: int) -> str:
    """The first parts of an entry that find room: whole values, never half a number."""
    if len(text) <= most:
        return text.rstrip(".")
    whole = text[: most + 1]
    for end in (", ", "; ", ": ", " "):
        if end in whole[8:]:
            return f"{whole[: whole.rindex(end)]} …"
    return f"{text[:most]} …"
