"""Backups as rows: when each was made, how much is in it, who can open it, or why it is none."""

from datetime import datetime
from typing import TYPE_CHECKING, Final

from ketachart.domain.wording import count, day_and_clock, listed
from ui.laptop import age_words
from ui.widgets.row_list import ListRow

if TYPE_CHECKING:
    from ketachart.charting.restoring import CopyInfo

_MB: Final = 10**6
_KB: Final = 10**3


def size_words(size: int) -> str:
    """Bytes as a person says them: 412 kB, 3.2 MB."""
    if size < _MB:
        return f"{max(1, size // _KB)} kB"
    return f"{size / _MB:.1f} MB"


def key_of_copy(copy: "CopyInfo") -> str:
    """The folder of a backup tells it from the others, also where its list is damaged."""
    return copy.found.folder.name


def row_of_copy(copy: "CopyInfo", now: datetime) -> ListRow:
    """One backup; only its size was compared, so that nobody is told that it is whole."""
    if copy.made_at is None:
        return ListRow(
            key_of_copy(copy),
            f"Backup {copy.found.folder.name}",
            "",
            under=copy.fault,
            mark="Cannot be restored",
            sign="octagon-alert",
            tone="danger",
        )
    made = day_and_clock(copy.made_at.astimezone(now.tzinfo))
    entries = count(copy.entries, "entry", "entries")
    who = listed([person.name for person in copy.people])
    practice = ", practice" if copy.practice else ""
    told = f"Opened by {who}" if who else ""
    return ListRow(
        key_of_copy(copy),
        f"{made}, {age_words(copy.made_at, now)}",
        f"{entries}, {size_words(copy.size)}{practice}",
        under=copy.fault or told,
        mark="Cannot be restored" if copy.fault else "",
        sign="octagon-alert" if copy.fault else "",
        tone="danger" if copy.fault else "text",
    )
