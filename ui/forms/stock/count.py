"""The count of the drug, blind: what is found is typed before the book's numbers are shown."""

from typing import Final, Literal

from ketachart.domain.facts import CountLine, Fact, StockCounted
from ketachart.domain.quantities import Mg
from ketachart.domain.typed import decimal_number, whole_number
from ketachart.domain.wording import with_unit
from ketachart.errors import Refused
from ui import tokens
from ui.desk import Desk
from ui.forms import reading
from ui.forms.stock.sheet import StockSheet
from ui.forms.timed import must_choose, one
from ui.widgets.boxes import Column
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.choices import Choice, Choices
from ui.widgets.keeping import Fields
from ui.widgets.number_field import NumberField
from ui.widgets.tab_order import settle
from ui.widgets.text_field import TextField
from ui.widgets.words import Words

When = Literal["start", "end", "other"]
WHEN: Final[dict[When, str]] = {"start": "Start of day", "end": "End of day", "other": "Between"}


class CountRow(Card):
    """One strength and lot: sealed vials, and milligrams in opened ones and in sealed leftovers."""

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(f"Lot {number}", inset=tokens.S3)
        self.as_inset()
        vials = desk.office.protocol.vials
        self._strengths = {with_unit(v.strength_mg_per_ml): v.strength_mg_per_ml for v in vials}
        self.strength = Choices(
            f"Lot {number}: strength",
            tuple(Choice(words, words, key=str(n)) for n, words in enumerate(self._strengths, 1)),
            columns=1,
        )
        self.strength.set_label("Strength on the label")
        self.lot = TextField(f"Lot {number}: lot on the label", label="Lot")
        self.sealed = NumberField(
            f"Lot {number}: vials with a whole seal",
            label="Vials with a whole seal",
            unit="vials",
            parse=whole_number,
        )
        self.opened = NumberField(
            f"Lot {number}: in opened vials and sealed leftovers, mg",
            label="Opened and sealed leftovers",
            unit="mg",
            parse=decimal_number,
        )
        for part in (self.strength, self.lot, self.sealed, self.opened):
            self.add(part)

    @property
    def blank(self) -> bool:
        """Whether nothing was typed here."""
        typed = (self.lot.text(), self.sealed.text(), self.opened.text())
        return not self.strength.chosen() and not any(text.strip() for text in typed)

    def line(self) -> CountLine:
        """What was found.

        Raises:
            Refused: something is missing or cannot be read.
        """
        strength = must_choose(self.strength, "Choose the strength of each lot.", "lines")
        lot = reading.text(self.lot, "The lot on the label", "lot")
        sealed = reading.whole(self.sealed, "Vials with a whole seal", "sealed")
        if sealed is None:
            raise Refused(
                "Type how many vials have a whole seal; 0 where there is none.",
                rule="sealed missing",
                field="sealed",
            )
        opened = reading.decimal(self.opened, "Opened and sealed leftovers", "opened_mg")
        if opened is None:
            raise Refused(
                "Type how many mg lie opened or as sealed leftovers; 0 where there is none.",
                rule="opened missing",
                field="opened_mg",
            )
        return CountLine(
            strength_mg_per_ml=self._strengths[strength],
            lot=lot,
            sealed=sealed,
            opened_mg=Mg(opened),
        )


class CountSheet(StockSheet):
    """One row for each lot; a day without any drug says so."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Count the drug", records="Record count")
        self._rows: list[CountRow] = []
        self._when = Choices(
            "Which count",
            tuple(
                Choice(code, words, key=str(n)) for n, (code, words) in enumerate(WHEN.items(), 1)
            ),
            columns=1,
        )
        self._when.set_label("Which count")
        self._lots = Column(gap=tokens.S3)
        self._more = Button("Another lot", sign="plus", kind=Kind.QUIET)
        self._more.clicked.connect(self._another)
        self._nothing = Choices("Nothing", (Choice("none", "There is no ketamine at all"),))
        self._by = TextField("Who counted", label="Counted by")
        self._witness = TextField(
            "Who counted with you", label="Witness", placeholder="empty: nobody"
        )
        blind = Words(
            "Type what you find. What the book expects is shown afterwards.",
            size="small",
            tone="muted",
        )
        fields = {
            "when": self._when,
            "lines": self._lots,
            "more": self._more,
            "nothing": self._nothing,
            "by": self._by,
            "witness": self._witness,
        }
        self.add_fields((blind, *fields.values()))
        for key, field in fields.items():
            self.place(key, field)
        self.empty()

    def empty(self) -> None:
        """Clears every field, and leaves one row."""
        super().empty()
        for row in self._rows:
            row.hide()
            row.setParent(None)
            row.deleteLater()
        self._rows = []
        self._add_row()
        self._by.set_text(self.desk.office.nurse.name)

    def kept_inside(self) -> Fields:
        """How many lots there are."""
        return {"lots": len(self._rows)}

    def take_back_inside(self, kept: Fields) -> None:
        """As many rows as there were."""
        while len(self._rows) < int(str(kept.get("lots", 1))):
            self._add_row().show()

    def _add_row(self) -> CountRow:
        row = CountRow(self.desk, len(self._rows) + 1)
        self._rows.append(row)
        self._lots.add(row)
        settle(self.body)
        return row

    def _another(self) -> None:
        row = self._add_row()
        row.show()  # a layout shows what it is given in the next turn only, too late for the focus
        row.strength.setFocus()

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The count.

        Raises:
            Refused: something is missing or cannot be read.
        """
        del confirmed
        must_choose(self._when, "Say which count this is.", "when")
        filled = [row for row in self._rows if not row.blank]
        if bool(filled) == bool(self._nothing.chosen()):
            sentence = (
                "Either type what you found, or say that there is no ketamine at all."
                if filled
                else "Type what you found. Where there is nothing, say that there is none."
            )
            raise Refused(sentence, rule="lines missing", field="nothing")
        return (
            StockCounted(
                at=self.when.moment(),
                when=next(code for code in WHEN if code == one(self._when)),
                lines=tuple(self._read_row(row) for row in filled),
                by=reading.text(self._by, "Who counted", "by"),
                witness=self._witness.text().strip(),
            ),
        )

    def _read_row(self, row: CountRow) -> CountLine:
        """What a row says; what is missing in it is looked for in this row."""
        for key, field in (
            ("lines", row.strength),
            ("lot", row.lot),
            ("sealed", row.sealed),
            ("opened_mg", row.opened),
        ):
            self.place(key, field)
        return row.line()
