"""The clinic's protocol: read by everyone, changed by a supervisor into a new edition."""

from collections.abc import Callable
from contextlib import suppress
from typing import Final

from PySide6.QtWidgets import QVBoxLayout

from ketachart.domain.editing.changes import changes
from ketachart.domain.editing.edit import Edit, following
from ketachart.domain.editing.tables import SECTIONS, TABLES, Row, rows_of
from ketachart.domain.editing.view import Shown, section_rows
from ketachart.domain.protocol import Protocol
from ketachart.domain.wording import count
from ketachart.errors import KetaChartError, Refused
from ui.actions import key_of
from ui.desk import Desk
from ui.forms.protocol.adopt import AdoptSheet
from ui.forms.protocol.value import ValueSheet
from ui.screens.base import Screen, Window
from ui.screens.protocol.page import HISTORY, ProtocolPage
from ui.screens.protocol.side import ReadSheet
from ui.screens.protocol.unsaved import Unsaved
from ui.widgets.row_list import ListRow

_ADD: Final = "add/"
_Sheet = ValueSheet | AdoptSheet | ReadSheet


class ProtocolScreen(Screen):
    """A draft is kept until it is adopted or the window is locked."""

    title = "Protocol"
    keys = (
        ("Tab", "sections, rows, draft"),
        ("↑ ↓", "choose"),
        ("Enter", "open"),
        ("Ctrl+Enter", "draft, adopt"),
        ("Esc", "back"),
    )

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(desk)
        self._window = window
        self._edits: tuple[Edit, ...] = ()
        self._source = ""
        self._section = next(iter(SECTIONS))
        self._shown: dict[str, Shown] = {}
        self._sheet: _Sheet | None = None
        self._page = ProtocolPage()
        self._unsaved = Unsaved(lambda: self._edits, self._take_all, self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._page)
        self._page.sections.changed.connect(self._go_to)
        self._page.rows.chosen.connect(self._show_chosen)
        self._page.rows.opened.connect(self._open)
        self._page.draft.adopt.clicked.connect(self._ask_reason)

    # ------------------------------------------------ what is shown

    @property
    def _policy(self) -> Protocol:
        return self.desk.office.policy.in_force

    def _draft(self) -> Protocol:
        return self.desk.office.policy.draft(self._edits)

    def arrive(self) -> None:
        """To the sections; a sheet that was open stays open."""
        with self.desk.drafts.opening(self._unsaved):
            self._renew()
        if self._sheet is not None:
            self._sheet.begin()
        else:
            self._page.sections.choose(self._section)
            self._page.sections.setFocus()

    def _renew(self) -> None:
        office = self.desk.office
        draft, shipped = self._draft(), office.policy.shipped
        may = office.policy.may_change
        told = changes(self._policy, draft, shipped)
        self._page.draft.show_draft(told, following(self._policy.version), may_change=may)
        if self._section == HISTORY:
            self._page.history.show_desk(self.desk)
            self._page.show_history()
            return
        rows = section_rows(self._section, draft, self._policy, shipped)
        self._shown = {f"{row.table}/{row.key}": row for row in rows}
        lines = [_line(key, row) for key, row in self._shown.items()]
        if may:
            lines += [_add_line(name) for name in self._may_add()]
        differ = sum(row.standing != "shipped" for row in rows)
        aside = f"{count(len(rows), 'row')}, {differ} other than as shipped"
        if told:
            aside = f"{aside}; {count(len(told), 'change')} in the draft, {key_of('primary')}"
        self._page.show_rows(SECTIONS[self._section], aside, tuple(lines))
        self._show_chosen(self._page.rows.current_key())

    def _may_add(self) -> tuple[str, ...]:
        """The tables of this section that take new rows."""
        here = {row.table for row in self._shown.values()}
        return tuple(name for name in TABLES if name in here and TABLES[name].may_add)

    def _show_chosen(self, key: str) -> None:
        shown = self._shown.get(key)
        self._page.row.show_row(shown, self._draft())
        self._page.row.setVisible(shown is not None)

    def _go_to(self, chosen: tuple[str, ...]) -> None:
        if not chosen:  # taken once more: it stays
            self._page.sections.choose(self._section)
        elif chosen[0] != self._section:
            self._section = chosen[0]
            self._renew()

    # ------------------------------------------------ one row

    def _open(self, key: str) -> None:
        if not self.desk.office.policy.may_change:
            self._show_sheet(ReadSheet(self._shown[key], self._policy))
            return
        adding = key.startswith(_ADD)
        name, _, row_key = key.removeprefix(_ADD).partition("/")
        table, draft = TABLES[name], self._draft()
        row: Row | None = None if adding else rows_of(draft, table).get(row_key)
        sheet = ValueSheet(table, "" if adding else row_key, row, draft)
        shipped = None if adding else rows_of(self.desk.office.policy.shipped, table).get(row_key)
        sheet.show_row(self._shown.get(key), shipped, source=self._source)
        sheet.drafted.connect(self._take)
        self._show_sheet(sheet)

    def _take(self, edit: Edit) -> None:
        kept = tuple(
            one
            for one in self._edits
            if not edit.key or (one.table, one.key) != (edit.table, edit.key)
        )
        try:
            self.desk.office.policy.draft((*kept, edit))
        except Refused as refusal:
            if isinstance(self._sheet, ValueSheet):
                self._sheet.refuse(refusal)
            return
        self._edits = (*kept, edit)
        self._source = getattr(edit.row, "source", "") or self._source
        self._close_sheet()

    def _take_all(self, edits: tuple[Edit, ...]) -> None:
        """A draft of before, unless the edition in force does not take it any more."""
        with suppress(Refused):
            self.desk.office.policy.draft(edits)
            self._edits = edits
            self._renew()

    # ------------------------------------------------ the edition

    def _ask_reason(self) -> None:
        told = changes(self._policy, self._draft(), self.desk.office.policy.shipped)
        if not told:
            return
        sheet = AdoptSheet(following(self._policy.version), self._policy.title, told)
        sheet.adopted.connect(self._adopt)
        self._show_sheet(sheet)

    def _adopt(self, reason: str, title: str) -> None:
        try:
            self.desk.adopt_protocol(self._edits, reason=reason, title=title)
        except KetaChartError as error:
            if isinstance(self._sheet, AdoptSheet):
                self._sheet.refuse(error)
            return
        self._edits, self._section = (), HISTORY
        self.desk.drafts.over(self._unsaved)
        self._window.strip.show_title(*self.strip())
        self._page.sections.choose(HISTORY)
        self._close_sheet()

    def _show_sheet(self, sheet: _Sheet) -> None:
        self._sheet = sheet
        sheet.left.connect(self._close_sheet)
        self._page.show_sheet(sheet)
        sheet.begin()

    def _close_sheet(self) -> None:
        self._sheet = None
        self._page.close_sheet()
        self._renew()
        if self._section == HISTORY:
            self._page.history.setFocus()
        else:
            self._page.rows.setFocus()

    # ------------------------------------------------ what every screen has

    def act(self, name: str) -> bool:
        """The main button and Esc."""
        acts: dict[str, Callable[[], object]] = {"primary": self._primary, "back": self._back}
        if name not in acts:
            return False
        acts[name]()
        return True

    def _primary(self) -> None:
        if self._sheet is not None:
            self._sheet.commit()
        else:
            self._ask_reason()

    def _back(self) -> None:
        if self._sheet is not None:
            self._close_sheet()
        else:
            self._window.show_screen("day")

    def strip(self) -> tuple[str, str]:
        """The edition in force."""
        return (self.title, f"{self._policy.edition} is in force for new visits")


def _line(key: str, row: Shown) -> ListRow:
    marks = {"changed": "changed", "added": "added by the clinic", "left out": "left out"}
    mark = marks.get(row.standing, "")
    if row.drafted:
        mark = f"{mark or 'as shipped'}, in the draft"
    if row.laxer:
        mark = f"{mark}, {row.laxer}"
    elif row.shipped:
        mark = f"{mark}; shipped: {row.shipped}"
    tone = "warn" if row.laxer else "accent_text"
    sign = "" if not mark else "triangle-alert" if row.laxer else "pencil"
    return ListRow(key, row.what, row.value, row.source, mark, sign, tone)  # type: ignore[arg-type]


def _add_line(name: str) -> ListRow:
    return ListRow(f"{_ADD}{name}/", f"Add a {TABLES[name].noun}", "+", "Enter opens an empty row")
