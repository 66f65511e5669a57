"""What was typed in a form that is on the disk now, so that it need not all be typed again."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ui.drafts.form import Drafted
from ui.widgets.keeping import Fields, kept_in

_MOST: Final = 8  # entries back; older ones are corrected in their row


@dataclass(frozen=True, slots=True)
class Typed:
    """A form as it stood when it was recorded."""

    form: str
    title: str
    fields: Fields
    inside: Fields


class TypedLast:
    """The last forms that were recorded in this visit, by the id of their entry; in memory only."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Typed] = OrderedDict()
        self._wanted: tuple[Typed, datetime] | None = None

    def keep(self, entry_id: str, form: Drafted) -> None:
        """Remember a form that is about to be emptied."""
        if form.draft_name:
            fields, inside = kept_in(form.form_root()), form.kept_inside()
            self._kept[entry_id] = Typed(form.draft_name, form.form_title, fields, inside)
        while len(self._kept) > _MOST:
            self._kept.popitem(last=False)

    def of(self, entry_id: str) -> Typed | None:
        """What was typed for an entry, while it is remembered."""
        return self._kept.get(entry_id)

    def want(self, typed: Typed, at: datetime) -> None:
        """The next form of that name to be opened is to hold it again, at the time it happened."""
        self._wanted = typed, at

    def take(self, form: str) -> tuple[Typed, datetime] | None:
        """What a form of that name is to hold again, and when it happened; asked for once."""
        if self._wanted is None or self._wanted[0].form != form:
            return None
        taken, self._wanted = self._wanted, None
        return taken

    def forget(self) -> None:
        """The visit is closed, or the charts are locked."""
        self._kept.clear()
        self._wanted = None
