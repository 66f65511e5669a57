"""Backups as rows: when each was made, how much is in it, who can open it, or why it is none."""

from datetime import datetime
from typing import TYPE_CHECKING

from ketachart.domain.wording import count, day_and_clock, file_size, listed
from ui.laptop import age_words
from ui.widgets.row_list import ListRow

if TYPE_CHECKING:
    from ketachart.charting.restoring import CopyInfo


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
        f"{entries}, {file_size(copy.size)}{practice}",
        under=copy.fault or told,
        mark="Cannot be restored" if copy.fault else "",
        sign="octagon-alert" if copy.fault else "",
        tone="danger" if copy.fault else "text",
    )
