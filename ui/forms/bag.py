"""The bag or syringe as it was made up: what was drawn, made up to what, and labelled."""

from ketachart.domain.dosing import DosePlan, plan
from ketachart.domain.dosing_weight import dosing_weight
from ketachart.domain.facts import BagPrepared, Fact, VialTaken
from ketachart.domain.infusion import bag_before
from ketachart.domain.quantities import Ml
from ketachart.domain.trial import trial
from ketachart.domain.typed import decimal_number
from ketachart.domain.visit import Visit
from ketachart.domain.wording import with_unit
from ketachart.errors import Refused
from ui.desk import Desk
from ui.forms import reading
from ui.forms.names import next_bag
from ui.forms.timed import TimedSheet, must_choose
from ui.forms.yes_no import YesNo
from ui.widgets.choices import Choice
from ui.widgets.number_field import NumberField
from ui.widgets.offered import Offered
from ui.widgets.text_field import TextField
from ui.widgets.words import Words


class BagSheet(TimedSheet):
    """The arithmetic stands beside the fields as a hint; what is in the bag is typed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Bag made up", records="Record bag")
        self._vial = Offered("Drawn from", empty="No vial on file yet: chart the vial first.")
        self._vial.set_label("Drawn from")
        self._vial.changed.connect(lambda _chosen: self._hint())
        self._drawn = NumberField(
            "Drawn from the vial, mL", label="Drawn from the vial", parse=decimal_number, unit="mL"
        )
        self._total = NumberField(
            "Made up to, mL", label="Made up to", parse=decimal_number, unit="mL"
        )
        self._becomes = Words(size="small", tone="muted")
        self._diluent = TextField("Made up with", label="Made up with")
        self._offered = Offered("Ordered diluent", empty="No order on file")
        self._offered.changed.connect(lambda chosen: self._diluent.set_text("".join(chosen)))
        self._label = YesNo("Label written: drug, mg, mL, mg/mL, time, initials")
        self.add_fields(
            (
                self._vial,
                self._drawn,
                self._total,
                self._becomes,
                self._offered,
                self._diluent,
                self._label,
            )
        )
        self._drawn.typed.connect(lambda _value: self._tell())
        self._total.typed.connect(lambda _value: self._tell())
        for key, part in (
            ("vial", self._vial),
            ("drawn_ml", self._drawn),
            ("total_ml", self._total),
            ("diluent", self._diluent),
            ("label_written", self._label),
        ):
            self.place(key, part)

    def show_visit(self, visit: Visit) -> None:
        """The vials on file, and what the arithmetic gives."""
        names = tuple(vial.vial for vial in visit.facts(VialTaken))
        self._vial.offer(tuple(Choice(name, _vial_words(visit, name)) for name in names))
        if len(names) == 1:
            self._vial.choose(names[0])  # there is no other that it could be
        order = visit.order
        if order is not None:
            self._offered.offer((Choice(order.diluent, order.diluent, sub="ordered"),))
        self._hint()

    def _hint(self) -> None:
        """What the arithmetic gives, beside the fields and never in them."""
        worked = self._plan()
        self._drawn.set_hint(f"worked out {with_unit(worked.draw)}" if worked else "")
        self._total.set_hint(f"worked out {with_unit(worked.total)}" if worked else "")
        self._tell()

    def _plan(self) -> DosePlan | None:
        visit = self.desk.visit
        chosen = self._vial.chosen()
        weight, order = dosing_weight(visit), visit.order
        if not chosen or weight is None or order is None:
            return None
        taken = next(vial for vial in visit.facts(VialTaken) if vial.vial == chosen[0])
        sold = [
            vial
            for vial in visit.protocol.vials
            if vial.strength_mg_per_ml == taken.strength_mg_per_ml
        ]
        try:
            return plan(order, weight, sold[0], visit.protocol) if sold else None
        except Refused:
            return None  # the arithmetic card says why it cannot be worked out

    def _tell(self) -> None:
        """What the typed numbers make, worked out as the chart will."""
        said = ""
        try:
            fact = self._fact()
        except Refused:
            fact = None
        if fact is not None:
            now = self.desk.now()
            made = bag_before(trial(self.desk.visit, fact, now), now, fact.bag)
            if made is not None:
                said = (
                    f"{fact.bag}: {with_unit(made.drug)} in {with_unit(made.volume)}, "
                    f"{with_unit(made.strength)}"
                )
        self._becomes.setText(said or "The strength is worked out from both volumes.")

    def _fact(self) -> BagPrepared:
        vial = must_choose(self._vial, "Which vial was it drawn from?", "vial")
        return BagPrepared(
            at=self.desk.now(),
            bag=next_bag(self.desk.visit),
            vial=vial,
            drawn_ml=Ml(reading.needed(self._drawn, "Drawn from the vial", "drawn_ml")),
            total_ml=Ml(reading.needed(self._total, "Made up to", "total_ml")),
        )

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The bag as it was made up."""
        del confirmed
        if not self.desk.visit.of(VialTaken):
            raise Refused("Chart the vial first.", rule="no such vial", field="vial")
        typed = self._fact()
        return (
            BagPrepared(
                at=self.when.moment(),
                bag=typed.bag,
                vial=typed.vial,
                drawn_ml=typed.drawn_ml,
                total_ml=typed.total_ml,
                diluent=reading.text(self._diluent, "Made up with", "diluent"),
                label_written=self._label.answer("label_written"),
            ),
        )


def _vial_words(visit: Visit, name: str) -> str:
    vial = next(vial for vial in visit.facts(VialTaken) if vial.vial == name)
    return f"{name}, {with_unit(vial.strength_mg_per_ml)}, lot {vial.lot}"
