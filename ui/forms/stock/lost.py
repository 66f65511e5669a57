"""Drug that is broken, missing or expired outside a visit: how much of which vial, and how."""

from typing import Final, Literal

from ketachart.domain.custody.book import Book
from ketachart.domain.custody.count import Counted
from ketachart.domain.facts import Fact, StockLost
from ketachart.domain.quantities import Mg
from ketachart.domain.typed import decimal_number
from ui.desk import Desk
from ui.forms import reading
from ui.forms.names import vial_choice
from ui.forms.stock.sheet import StockSheet
from ui.forms.timed import must_choose, one
from ui.widgets.choices import Choice, Choices
from ui.widgets.number_field import NumberField
from ui.widgets.offered import Offered
from ui.widgets.text_field import NoteField, TextField

What = Literal["broken", "missing", "expired"]
WHAT: Final[dict[What, str]] = {
    "broken": "Broken or spilled",
    "missing": "Missing",
    "expired": "Expired, no longer for use",
}


class LostSheet(StockSheet):
    """What is gone leaves the book here; an explained count alone changes nothing in it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Broken, missing, expired", records="Record loss")
        self._what = Choices(
            "What became of it",
            tuple(
                Choice(code, words, key=str(n)) for n, (code, words) in enumerate(WHAT.items(), 1)
            ),
            columns=1,
        )
        self._what.set_label("What became of it")
        self._vial = Offered("Which vial", empty="Nothing is in custody.")
        self._vial.set_label("Which vial")
        self._amount = NumberField("Amount, mg", label="Amount", unit="mg", parse=decimal_number)
        self._how = NoteField("What happened", label="What happened")
        self._witness = TextField("Who saw it", label="Witness", placeholder="empty: nobody")
        fields = {
            "what": self._what,
            "vial": self._vial,
            "amount_mg": self._amount,
            "how": self._how,
            "witness": self._witness,
        }
        self.add_fields(fields.values())
        for key, field in fields.items():
            self.place(key, field)

    def show_book(self, known: Book, found: tuple[Counted, ...]) -> None:
        """What is in custody."""
        del found
        self._vial.offer(tuple(vial_choice(item, blind=True) for item in known.held))

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The loss.

        Raises:
            Refused: something is missing or cannot be read.
        """
        del confirmed
        must_choose(self._what, "Choose what became of it.", "what")
        return (
            StockLost(
                at=self.when.moment(),
                vial=must_choose(self._vial, "Choose the vial.", "vial"),
                amount_mg=Mg(reading.needed(self._amount, "The amount", "amount_mg")),
                what=next(code for code in WHAT if code == one(self._what)),
                how=self._how.text().strip(),
                witness=self._witness.text().strip(),
            ),
        )
