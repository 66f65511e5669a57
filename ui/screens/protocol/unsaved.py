"""The draft of an edition: rows that were changed and not adopted, kept while they are gathered."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ketachart.domain.editing.edit import Edit
from ketachart.domain.editing.tables import TABLES
from ketachart.domain.shape import from_plain, to_plain
from ketachart.errors import Refused
from ui.drafts.form import Drafted
from ui.language.saying import say_name
from ui.widgets.keeping import Kept

Edits = tuple[Edit, ...]


class _Rows(QWidget, Kept):
    """The rows as they are to stand."""

    def __init__(
        self, now: Callable[[], Edits], take: Callable[[Edits], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._now, self._take = now, take
        say_name(self, "Changed rows")
        self.hide()

    def kept(self) -> object:
        """Each row with its table."""
        return [
            {"table": one.table, "key": one.key, "row": one.row and to_plain(one.row)}
            for one in self._now()
        ]

    def take_back(self, kept: object) -> None:
        """The same rows; one of a shape that is not known any more is left out."""
        rows = kept if isinstance(kept, list) else []
        found = [_edit(told) for told in rows if isinstance(told, dict)]
        self._take(tuple(one for one in found if one is not None))


class Unsaved(QWidget, Drafted):
    """The form of a draft; the reason and the title are asked for as it is adopted."""

    draft_name = "protocol"
    form_title = "Protocol, draft of an edition"

    def __init__(
        self, now: Callable[[], Edits], take: Callable[[Edits], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.hide()
        self._rows = _Rows(now, take, self)

    def form_root(self) -> QWidget:
        """All changed rows."""
        return self


def _edit(told: dict[str, object]) -> Edit | None:
    table = TABLES.get(str(told.get("table", "")))
    if table is None:
        return None
    plain = told.get("row")
    try:
        row = None if plain is None else from_plain(table.kind, plain)
    except Refused:
        return None
    return Edit(table=table.name, key=str(told.get("key", "")), row=row)
