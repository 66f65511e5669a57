"""A bolus of ketamine, in mg or in mL of the bag; who allows it, or does not, stands above it."""

from ketachart.domain.dose.dosing_weight import dosing_weight
from ketachart.domain.facts import BolusGiven, Fact
from ketachart.domain.quantities import Mg, Ml
from ketachart.domain.scope import IN_WORDS, bolus_forbidden, bolus_most
from ketachart.domain.typed import decimal_number
from ketachart.domain.visit import Visit
from ketachart.domain.wording import with_unit
from ketachart.errors import Refused
from ui.desk import Desk
from ui.forms.figures import Figures
from ui.forms.reading import decimal
from ui.forms.timed import TimedSheet
from ui.widgets.number_field import NumberField
from ui.widgets.text_field import TextField
from ui.widgets.verdict_line import VerdictLine


class BolusSheet(TimedSheet):
    """How much, and why; and why it was given where clinic, state or order do not allow it."""

    reads_pump = True
    confirms = "That amount was given"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Bolus of ketamine", records="Record bolus")
        self._allowed = VerdictLine()
        self.amount = NumberField("Bolus, mg", label="Amount", unit="mg", parse=decimal_number)
        self.volume = NumberField(
            "Or volume of the bag, mL", label="Or of the bag", unit="mL", parse=decimal_number
        )
        self.reason = TextField("Why it was given", label="Why")
        self.despite = TextField("Why, in spite of that", label="Why, in spite of that")
        self.despite.hide()
        self.add_fields(
            (self._allowed, Figures((self.amount, self.volume)), self.reason, self.despite)
        )
        self.place("amount_mg", self.amount)
        self.place("volume_ml", self.volume)
        self.place("reason", self.reason)
        self.place("despite", self.despite)

    def show_visit(self, visit: Visit) -> None:
        """Who does not allow it, or how much at most, and by whose word."""
        forbidden = bolus_forbidden(visit)
        if forbidden:
            said = " ".join(point.sentence for point in forbidden)
            self._allowed.say("warn", f"{said} If one was given, chart it with the reason.")
            return
        weight, most = dosing_weight(visit), bolus_most(visit)
        whole = f" = {with_unit(most.dose.for_(weight))}" if weight is not None else ""
        self._allowed.say(
            "ok", f"Allowed up to {with_unit(most.dose)}{whole}, by {IN_WORDS[most.by]}."
        )

    def show_refusal(self, refusal: Refused) -> None:
        """A refusal that can be answered opens the field for the answer."""
        if refusal.field == "despite":
            self.despite.show()
        super().show_refusal(refusal)

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The bolus.

        Raises:
            Refused: an amount cannot be read.
        """
        mg = decimal(self.amount, "Amount", "amount_mg")
        ml = decimal(self.volume, "Volume", "volume_ml")
        return (
            BolusGiven(
                at=self.when.moment(),
                amount_mg=None if mg is None else Mg(mg),
                volume_ml=None if ml is None else Ml(ml),
                reason=self.reason.text().strip(),
                despite=self.despite.text().strip(),
                confirmed=confirmed,
            ),
        )

    def empty(self) -> None:
        """Clears the sheet."""
        super().empty()
        self.despite.hide()
