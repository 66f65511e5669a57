"""One row of the protocol, opened: what is in force, what was shipped, and the fields to change."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ketachart.domain.protocol import Protocol
from ketachart.domain.protocol_edit import Edit
from ketachart.domain.protocol_parts import parts_of, row_typed, text_of
from ketachart.domain.protocol_tables import Row, Table
from ketachart.domain.protocol_view import Shown
from ketachart.errors import Refused
from ui import tokens
from ui.actions import key_of
from ui.forms.protocol_parts import PartField, field_for
from ui.widgets.boxes import Column, Scroller
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading
from ui.widgets.field import Field, Judgement, Standing
from ui.widgets.key_value import FactColumns, KeyValue
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.trouble import Trouble


class ValueSheet(Card):
    """Nothing typed is lost: the sheet closes when its edit stands in the draft."""

    drafted = Signal(object)  # an Edit
    left = Signal()

    def __init__(self, table: Table, key: str, row: Row | None, protocol: Protocol) -> None:
        super().__init__(f"Change {table.noun}", inset=tokens.S3)
        self.as_sheet()
        self._table, self._key, self._row, self._protocol = table, key, row, protocol
        self._fields: dict[str, PartField] = {}
        self._shipped: Row | None = None
        heading = Heading(f"Change {table.noun}" if key else f"New {table.noun}")
        close = Button("Back (Esc)", words="", sign="x", kind=Kind.QUIET)
        close.clicked.connect(self.left)
        heading.set_right(close)
        self.body = Column(gap=tokens.S3)
        self.trouble = Trouble("Why it is not in the draft")
        self.primary = PrimaryButton("Put into the draft", key=key_of("primary"))
        self.primary.clicked.connect(self.commit)
        self._as_shipped = Button("As shipped")
        self._as_shipped.clicked.connect(self._take_shipped)
        self._leave_out = Button("Leave this row out")
        self._leave_out.clicked.connect(lambda: self._tell(None))
        foot = Column(gap=tokens.S2)
        for part in (self.trouble, self._as_shipped, self._leave_out, self.primary):
            foot.add(part)
        self.add(heading)
        self.add(Scroller("Fields", self.body), stretch=1)
        self.add(foot)
        self._as_shipped.hide()
        self._leave_out.setVisible(bool(key) and table.may_add)

    def show_row(self, shown: Shown | None, shipped: Row | None, *, source: str) -> None:
        """The row as it stands, and the fields with it in them.

        Args:
            shown: the row in words; None for a new one.
            shipped: the row as shipped, where it was.
            source: the clinic's words that the draft gave last, offered again.
        """
        self._shipped = shipped
        self._as_shipped.setVisible(shipped is not None and shipped != self._row)
        if shown is not None:
            self.body.add(FactColumns("As it stands", _facts(shown)))
        filled = self._row if self._row is not None else shipped
        for part in parts_of(self._table, filled if self._key else None, self._protocol):
            field = field_for(part)
            self._fields[part.name] = field
            self.body.add(field.widget)
            if filled is not None and self._key:
                field.set_text(text_of(getattr(filled, part.name)))
        if "source" in self._fields and (filled is None or filled == shipped):
            self._fields["source"].set_text(source)  # never the shipped one beside a new value
        self.body.add_room()

    def begin(self) -> None:
        """To the first field."""
        first = next(iter(self._fields.values()), None)
        if first is not None:
            first.widget.setFocus()

    def commit(self) -> None:
        """Puts what the fields say into the draft, or says why not."""
        texts = {name: field.text() for name, field in self._fields.items()}
        before = self._row if self._row is not None or not self._key else self._shipped
        try:
            row = row_typed(self._table, before, texts, self._protocol)
        except Refused as refusal:
            self.refuse(refusal)
            return
        self._tell(row)

    def refuse(self, refusal: Refused) -> None:
        """Says why it cannot stand, and goes to the field at fault."""
        self.trouble.say("Not in the draft yet", str(refusal))
        field = self._fields.get(refusal.field)
        widget: QWidget | None = field.widget if field is not None else None
        if isinstance(widget, Field):
            widget.set_judgement(Judgement(Standing.BAD, short="look here"))
        if widget is not None:
            widget.setFocus()

    def _take_shipped(self) -> None:
        self._tell(self._shipped)

    def _tell(self, row: Row | None) -> None:
        self.trouble.settle()
        self.drafted.emit(Edit(table=self._table.name, key=self._key, row=row))


def _facts(shown: Shown) -> tuple[KeyValue, ...]:
    facts = [KeyValue("Row", shown.what), KeyValue("Now", f"{shown.value} ({shown.source})")]
    if shown.shipped:
        source = f" ({shown.shipped_source})" if shown.shipped_source else ""
        facts.append(KeyValue("Shipped", f"{shown.shipped}{source}"))
    return tuple(facts)
