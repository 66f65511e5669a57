"""Changes of a protocol, one below the other: was, becomes, where from, and what is laxer."""

from ketachart.domain.editing.changes import Change
from ui import tokens
from ui.language.saying import say_name
from ui.widgets.boxes import Column, Row
from ui.widgets.mark import Mark
from ui.widgets.words import Words


class ChangeList(Column):
    """Each change with its sentence; nothing can be pressed here."""

    def __init__(self, name: str, changes: tuple[Change, ...] = ()) -> None:
        super().__init__(gap=tokens.S3)
        say_name(self, name)
        self.show_changes(changes)

    def show_changes(self, changes: tuple[Change, ...]) -> None:
        """Show these and no others."""
        self.empty()
        for change in changes:
            self.add(_told(change))


def _told(change: Change) -> Column:
    told = Column(gap=0)
    told.add(Words(change.what, size="label", weight=tokens.SEMIBOLD))
    told.add(Words(f"{change.was} → {change.becomes}", size="label"))
    if change.source:
        told.add(Words(change.source, size="small", tone="muted"))
    if change.laxer:
        line = Row(gap=tokens.S2)
        line.add_level(Mark("triangle-alert", colour="warn", size=tokens.ICON_SMALL))
        line.add(Words(change.laxer, size="small", tone="warn"), stretch=1)
        told.add(line)
    return told
