"""A medicine that was given: from the order's list with one press, or any other by its name."""

from typing import Literal, get_args

from ketachart.domain.facts import Fact, MedicineGiven
from ketachart.domain.quantities import Minutes
from ketachart.domain.telling.care import AGAINST
from ketachart.domain.typed import decimal_number
from ketachart.domain.visit import Visit
from ketachart.errors import Refused
from ui.desk import Desk
from ui.forms.figures import Figures
from ui.forms.lists import numbered
from ui.forms.order.ordered_medicines import NOTHING, Offer, offers, stands_against
from ui.forms.reading import decimal, needed, text
from ui.forms.timed import TimedSheet, must_choose
from ui.widgets.choices import Choice, Choices
from ui.widgets.keeping import Fields
from ui.widgets.number_field import NumberField
from ui.widgets.offered import Offered
from ui.widgets.picker import Picker
from ui.widgets.text_field import TextField
from ui.widgets.verdict_line import VerdictLine

Against = Literal["prn-order", "adjunct", "telephone-order", "emergency"]


class MedicineSheet(TimedSheet):
    """Dose, route and what for stand empty until a medicine of the order is pressed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Medicine given", records="Record medicine")
        protocol = desk.visit.protocol
        self._offers: tuple[Offer, ...] = ()
        self._for = ""  # the side effect for which it was opened
        self.ordered = Offered("From the order", empty="The order names no medicine.")
        self.ordered.set_label("From the order", hint="or find it below")
        self.medicine = Picker(
            "Medicine",
            tuple(Choice(m.name, m.name.capitalize()) for m in protocol.medicines),
            label="Medicine",
            own_words="Not in the clinic's list: it is charted in these words.",
        )
        self.medicine.wait_for_letters()
        self._danger, self._caution = VerdictLine(), VerdictLine()
        self.dose = NumberField("Dose", label="Dose", parse=decimal_number)
        self.unit = TextField("Unit of the dose", label="Unit")
        routes = dict.fromkeys(route for m in protocol.medicines for route in m.routes)
        self._routes = tuple(routes)
        self.route = Choices("Route", numbered(tuple((r, r) for r in routes)), columns=4)
        self.route.set_label("Route")
        self.indication = TextField("What it was given for", label="For")
        self.over = NumberField(
            "Given over, minutes", label="Over", unit="min", parse=decimal_number
        )
        self.lot = TextField("Lot", label="Lot")
        self.against = Choices(
            "What allows it",
            numbered(tuple((code, _headed(AGAINST[code])) for code in get_args(Against))),
            columns=1,
        )
        self.against.set_label("What allows it")
        self.despite = TextField("Why, in spite of that", label="Why, in spite of that")
        self.despite.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        self.add_fields(
            (
                self.ordered,
                self.medicine,
                self._danger,
                self._caution,
                Figures((self.dose, self.unit)),
                self.route,
                self.indication,
                self.against,
                Figures((self.over, self.lot)),
                self.despite,
            )
        )
        for field, widget in (
            ("medicine", self.medicine),
            ("dose", self.dose),
            ("unit", self.unit),
            ("route", self.route),
            ("indication", self.indication),
            ("against", self.against),
            ("over_min", self.over),
            ("lot", self.lot),
            ("despite", self.despite),
        ):
            self.place(field, widget)
        self.ordered.changed.connect(self._fill)
        self.medicine.changed.connect(self._named)

    def show_visit(self, visit: Visit) -> None:
        """The order's medicines and treatments, and how often each was given."""
        self._offers = offers(visit)
        self.ordered.offer(
            tuple(
                Choice(str(place), offer.words, offer.told, key=str(place))
                for place, offer in enumerate(self._offers, start=1)
            )
        )

    def kept_inside(self) -> Fields:
        """The side effect for which it was opened, and whether a reason is asked for."""
        return {"for": self._for, "despite": not self.despite.isHidden()}

    def take_back_inside(self, kept: Fields) -> None:
        """For the same side effect."""
        self._for = str(kept.get("for", ""))
        self.despite.setVisible(bool(kept.get("despite")))

    def take_up(self, effect: str) -> None:
        """What it is for, where nothing else is written; never which medicine, nor how much."""
        self._for = self.desk.visit.protocol.label("effect", effect)
        if not self.indication.text().strip():
            self.indication.set_text(self._for)

    def _fill(self, chosen: tuple[str, ...]) -> None:
        """The dose as it was ordered is filled in by choosing it, and taken back with it."""
        offer = next((o for n, o in enumerate(self._offers, start=1) if str(n) in chosen), NOTHING)
        self.medicine.set_value(offer.medicine)
        self.dose.set_text(offer.dose)
        self.unit.set_text(offer.unit)
        self.route.choose(*([offer.route] if offer.route in self._routes else []))
        self.indication.set_text(offer.indication or self._for)
        self.against.choose(*([offer.against] if offer.against else []))

    def _named(self, name: str) -> None:
        """What stands against it is told as soon as it is named."""
        visit = self.desk.visit
        medicine = visit.protocol.medicine(name) if name else None
        self._caution.say("warn", medicine.caution if medicine is not None else "")
        self._danger.say("danger", stands_against(visit, name, self.desk.now()) if name else "")
        if medicine is not None and not self.unit.text().strip():
            self.unit.set_text(medicine.unit)

    def show_refusal(self, refusal: Refused) -> None:
        """A refusal that can be answered opens the field for the answer."""
        if refusal.field == "despite":
            self.despite.show()
        super().show_refusal(refusal)

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The medicine.

        Raises:
            Refused: something is missing or cannot be read.
        """
        del confirmed
        name = self.medicine.value()
        if not name:
            raise Refused("Choose or name the medicine.", rule="medicine missing", field="medicine")
        over = decimal(self.over, "Given over", "over_min")
        against = must_choose(self.against, "Choose what allows it.", "against")
        return (
            MedicineGiven(
                at=self.when.moment(),
                medicine=name,
                dose=needed(self.dose, "The dose", "dose"),
                unit=text(self.unit, "Unit", "unit"),
                route=must_choose(self.route, "Choose the route.", "route"),
                over_min=None if over is None else Minutes(over),
                indication=self._indication(),
                against=next(code for code in get_args(Against) if code == against),
                lot=self.lot.text().strip(),
                despite=self.despite.text().strip(),
            ),
        )

    def _indication(self) -> str:
        """A side effect by its code, so that the medicine is told with it; else the words."""
        words = self.indication.text().strip()
        listed = self.desk.visit.protocol.listed("effect")
        return next((c.code for c in listed if c.label.lower() == words.lower()), words)

    def empty(self) -> None:
        """Clears the sheet."""
        self._for = ""
        super().empty()
        self.despite.hide()


def _headed(words: str) -> str:
    return words[:1].upper() + words[1:]
