"""The drug count: what was wasted, sealed for return or broken, with the balance beside it."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Literal

from ketachart.domain.counts import Balance, balance
from ketachart.domain.facts import DrugBroken, DrugReturned, DrugWasted, Fact, VialTaken
from ketachart.domain.found.drug import three_totals
from ketachart.domain.infusion import bags
from ketachart.domain.quantities import Mg
from ketachart.domain.trial import trial
from ketachart.domain.typed import decimal_number
from ketachart.domain.visit import Visit
from ketachart.domain.wording import with_unit
from ui.desk import Desk
from ui.forms.reading import needed, text
from ui.forms.timed import TimedSheet, must_choose, one
from ui.tokens import Tone
from ui.widgets.card import Card
from ui.widgets.cells import Cell, CellRow, Cells
from ui.widgets.choices import Choice, Choices
from ui.widgets.number_field import NumberField
from ui.widgets.offered import Offered
from ui.widgets.text_field import TextField

WASTED, RETURNED, BROKEN = "wasted", "returned", "broken"
BUTTONS = {
    WASTED: "Record waste",
    RETURNED: "Record return",
    BROKEN: "Record breakage",
    "": "Record drug count",
}
Mode = Literal["in-person", "by-phone", "none"]
Leftover = DrugWasted | DrugReturned | DrugBroken
MODES: dict[Mode, str] = {"in-person": "In person", "by-phone": "By phone", "none": "Nobody"}


class WasteSheet(TimedSheet):
    """How much, from where, and who saw it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Drug count", records=BUTTONS[""])
        self._balance = Cells("Balance of the drug")
        inset = Card("Balance of the drug")
        inset.as_inset()
        inset.add(self._balance)
        self.what = Choices(
            "What became of it",
            (
                Choice(WASTED, "Wasted", key="1"),
                Choice(RETURNED, "Sealed, goes back", key="2"),
                Choice(BROKEN, "Broken or spilled", key="3"),
            ),
            columns=1,
        )
        self.what.set_label("What became of it")
        self.amount = NumberField("Amount, mg", label="Amount", unit="mg", parse=decimal_number)
        self.source = Offered(
            "From which vial or bag", empty="No vial or bag is on file.", columns=2
        )
        self.source.set_label("From")
        self.how = TextField("How", label="How")
        self.mode = Choices(
            "Who saw it",
            tuple(
                Choice(code, MODES[code], key=str(place))
                for place, code in enumerate(MODES, start=1)
            ),
        )
        self.mode.set_label("Who saw it")
        self.mode.wrap_words()
        self.witness = TextField("Name of the witness", label="Witness")
        self.role = TextField("What the witness is, with licence", label="Role, licence")
        self.call_back = TextField("Number the witness was called back on", label="Called back on")
        self.code = TextField("Code read aloud", label="Code read aloud")
        self.why_none = TextField("Why nobody saw it", label="Why nobody")
        self.sealed_bag = TextField(
            "Number of the sealed bag with what was wasted", label="Sealed bag"
        )
        self.seal = TextField("Number of the sealed bag", label="Seal")
        self._lay_out(inset)

    def _lay_out(self, inset: Card) -> None:
        fields = {
            "what": self.what,
            "amount_mg": self.amount,
            "source": self.source,
            "how": self.how,
            "witness_mode": self.mode,
            "witness": self.witness,
            "witness_role": self.role,
            "call_back": self.call_back,
            "witness_code": self.code,
            "why_none": self.why_none,
            "sealed_bag": self.sealed_bag,
            "seal": self.seal,
        }
        self.add_fields((inset, *fields.values()))
        for name, widget in fields.items():
            self.place(name, widget)
        self.what.changed.connect(lambda _chosen: self._ask())
        self.mode.changed.connect(lambda _chosen: self._ask())
        self.amount.typed.connect(lambda _read: self._show_balance())
        self.source.changed.connect(lambda _chosen: self._show_balance())
        self._ask()

    # ------------------------------------------------ the visit

    def begin(self) -> None:
        """What became of it is chosen first."""
        self.what.setFocus()

    def show_visit(self, visit: Visit) -> None:
        """Vials and bags on file, and the balance as it stands."""
        offered = [Choice(v.vial, f"Vial {v.vial}") for v in visit.facts(VialTaken)]
        offered += [Choice(bag.name, f"Bag {bag.name}") for bag in bags(visit)]
        self.source.offer(tuple({choice.value: choice for choice in offered}.values()))
        self._show_balance()

    def records(self) -> str:
        """The button names the act."""
        return BUTTONS[one(self.what)]

    def _ask(self) -> None:
        """The questions that belong to what was chosen."""
        what, seen = one(self.what), one(self.mode)
        wasted = what == WASTED
        for part, asked in (
            (self.how, what in {WASTED, BROKEN}),
            (self.mode, wasted),
            (self.witness, wasted and seen not in {"", "none"}),
            (self.role, wasted and seen not in {"", "none"}),
            (self.call_back, wasted and seen == "by-phone"),
            (self.code, wasted and seen == "by-phone"),
            (self.why_none, wasted and seen == "none"),
            (self.sealed_bag, wasted and seen == "none"),
            (self.seal, what == RETURNED),
        ):
            part.setVisible(asked)
        self.renew_primary()
        self._show_balance()

    def _show_balance(self) -> None:
        """The balance, with what is typed here already counted in."""
        visit, now = self.desk.visit, self.desk.now()
        amount, what, source = self.amount.value(), one(self.what), one(self.source)
        counted = "now"
        if isinstance(amount, Decimal) and what and source:
            visit = trial(visit, self._fact(what, Mg(amount), source, at=now), now)
            counted = "with this"
        self._balance.show_rows(_rows(balance(visit), counted))

    # ------------------------------------------------ what is recorded

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The waste, the return or the breakage.

        Raises:
            Refused: something is missing or cannot be read.
        """
        what = must_choose(self.what, "Choose what became of it.", "what")
        amount = Mg(needed(self.amount, "The amount", "amount_mg"))
        source = must_choose(self.source, "Choose the vial or bag.", "source")
        if what == WASTED:
            text(self.how, "How it was destroyed", "how")
            must_choose(self.mode, "Choose who saw it.", "witness_mode")
        elif what == RETURNED:
            text(self.seal, "The number of the sealed bag", "seal")
        else:
            text(self.how, "What happened", "how")
        fact = self._fact(what, amount, source, at=self.when.moment())
        return (replace(fact, confirmed=confirmed),)

    def _fact(self, what: str, amount: Mg, source: str, *, at: datetime) -> Leftover:
        how = self.how.text().strip()
        if what == RETURNED:
            return DrugReturned(
                at=at, amount_mg=amount, source=source, seal=self.seal.text().strip()
            )
        if what == BROKEN:
            return DrugBroken(at=at, amount_mg=amount, source=source, how=how)
        mode: Mode = next((code for code in MODES if code == one(self.mode)), "none")
        return DrugWasted(
            at=at,
            amount_mg=amount,
            source=source,
            how=how,
            witness_mode=mode,
            witness=self.witness.text().strip() if mode != "none" else "",
            witness_role=self.role.text().strip() if mode != "none" else "",
            witness_code=self.code.text().strip() if mode == "by-phone" else "",
            call_back=self.call_back.text().strip() if mode == "by-phone" else "",
            why_none=self.why_none.text().strip() if mode == "none" else "",
            sealed_bag=self.sealed_bag.text().strip() if mode == "none" else "",
        )


def _rows(held: Balance, counted: str) -> tuple[CellRow, ...]:
    """What was taken out, what became of it, and what is nowhere."""
    rows = [
        (Cell("Taken out"), Cell(with_unit(held.out), "text")),
        (Cell("Given"), Cell(with_unit(held.given), "text")),
        (Cell("Wasted"), Cell(with_unit(held.wasted), "text")),
        (Cell("Sealed"), Cell(with_unit(held.returned), "text")),
    ]
    if held.broken.above_zero:
        rows.append((Cell("Broken"), Cell(with_unit(held.broken), "text")))
    tone: Tone = "ok" if held.closes else "warn"
    word = "Closes" if held.closes else f"Open, {counted}"
    rows.append((Cell(word, tone), Cell(with_unit(held.unaccounted), tone, strong=True)))
    rows += [(Cell(label), Cell(words)) for label, words in three_totals(held)]
    return tuple(rows)
