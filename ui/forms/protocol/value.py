"""One row of the protocol, opened: what is in force, what was shipped, and the fields to change."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ketachart.domain.editing.edit import Edit
from ketachart.domain.editing.parts import parts_of
from ketachart.domain.editing.tables import Row, Table
from ketachart.domain.editing.typed import row_typed, text_of
from ketachart.domain.editing.view import Shown
from ketachart.domain.protocol import Protocol
from ketachart.errors import Refused
from ui import tokens
from ui.actions import key_of
from ui.forms.protocol.parts import PartField, field_for
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
        self._scroller = Scroller("Fields", self.body)
        self.add(heading)
        self.add(self._scroller, stretch=1)
        self.add(self.primary)
        self.body.add(self.trouble)

    def show_row(self, shown: Shown | None, shipped: Row | None, *, source: str) -> None:
        """The row as it stands, and the fields with it in them.

        Args:
            shown: the row in words; None for a new one.
            shipped: the row as shipped, where it was.
            source: the clinic's words that the draft gave last, offered again.
        """
        self._shipped = shipped
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
        if shipped is not None and shipped != self._row:
            self.body.add(self._button("As shipped", shipped))
        if self._row is not None and self._table.may_add:
            self.body.add(self._button("Leave this row out", None))
        self.body.add_room()

    def begin(self) -> None:
        """To the first field."""
        first = next(iter(self._fields.values()), None)
        if first is not None:
            first.widget.setFocus()

    def commit(self) -> None:
        """Puts what the fields say into the draft, or says why not."""
        self.trouble.settle()
        texts = {name: field.text() for name, field in self._fields.items()}
        before = self._row if self._row is not None or not self._key else self._shipped
        try:
            row = row_typed(self._table, before, texts, self._protocol)
        except Refused as refusal:
            self.refuse(refusal)
            return
        self._tell(row)

    def refuse(self, refusal: Refused) -> None:
        """Says why it cannot stand, at the field at fault where there is one."""
        field = self._fields.get(refusal.field)
        widget: QWidget | None = field.widget if field is not None else None
        if isinstance(widget, Field):
            widget.set_judgement(Judgement(Standing.BAD, str(refusal), short="look here"))
        else:
            self.trouble.say("Not in the draft yet", str(refusal))
            self._scroller.verticalScrollBar().setValue(0)
        if widget is not None:
            widget.setFocus()

    def _button(self, words: str, row: Row | None) -> Button:
        button = Button(words)
        button.clicked.connect(lambda: self._tell(row))
        return button

    def _tell(self, row: Row | None) -> None:
        self.drafted.emit(Edit(table=self._table.name, key=self._key, row=row))


def _facts(shown: Shown) -> tuple[KeyValue, ...]:
    facts = [KeyValue("Row", shown.what), KeyValue("Now", _with(shown.value, shown.source))]
    if shown.shipped:
        facts.append(KeyValue("Shipped", _with(shown.shipped, shown.shipped_source)))
    return tuple(facts)


def _with(value: str, source: str) -> str:
    return f"{value} ({source})" if source else value
