"""The bag or syringe as it was made up: what was drawn, in which way, into what, and labelled."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from ketachart.domain.bag_faults import undiluted
from ketachart.domain.dose.dosing import DosePlan, plan
from ketachart.domain.dose.dosing_weight import dosing_weight
from ketachart.domain.dose.making import METHODS, Method, bag_for, check_making, total_of
from ketachart.domain.facts import BagPrepared, Fact, VialTaken
from ketachart.domain.infusion import bag_before
from ketachart.domain.quantities import Ml
from ketachart.domain.trial import trial
from ketachart.domain.typed import Unreadable, decimal_number
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
from ui.widgets.time_field import TimeField
from ui.widgets.words import Words

_KEYS: Final[dict[Method, str]] = {"made-up-to": "F", "added-to": "A", "withdrawn-first": "W"}


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
        self._method = Offered("How it was made up", empty="")
        self._method.set_label("How it was made up")
        self._method.changed.connect(lambda _chosen: self._show_method())
        self._total = NumberField(
            "Made up to, mL", label="Made up to", parse=decimal_number, unit="mL"
        )
        self._bag = NumberField(
            "The bag held before, mL", label="The bag held before", parse=decimal_number, unit="mL"
        )
        self._becomes = Words(size="small", tone="muted")
        self._diluent = TextField("Made up with", label="Made up with")
        self._offered = Offered("Ordered diluent", empty="No order on file")
        self._offered.changed.connect(lambda chosen: self._diluent.set_text("".join(chosen)))
        self._label = YesNo("Label written: drug, mg, mL, mg/mL, time, initials")
        self._use_by = TimeField(
            "Use by, as on the label; empty where it does not say",
            label="Use by",
            parse=lambda text: reading.near_now(desk, text),
            now=desk.now,
        )
        self._use_by.set_hint("if the label says")
        parts = {
            "vial": self._vial,
            "drawn_ml": self._drawn,
            "method": self._method,
            "total_ml": self._total,
            "bag_ml": self._bag,
            "becomes": self._becomes,
            "offered": self._offered,
            "diluent": self._diluent,
            "label_written": self._label,
            "use_by": self._use_by,
        }
        self.add_fields(parts.values())
        for key, part in parts.items():
            self.place(key, part)
        for field in (self._drawn, self._total, self._bag):
            field.typed.connect(lambda _value: self._tell())
        self._show_method()

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
        self._method.offer(
            tuple(
                Choice(method, words, sub=_way_words(method, worked), key=_KEYS[method])
                for method, words in METHODS.items()
            )
        )
        self._show_method()

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

    def _show_method(self) -> None:
        """The one volume that this way of making up asks for."""
        chosen = self._method.chosen()
        self._total.setVisible(chosen == ("made-up-to",))
        self._bag.setVisible(bool(chosen) and chosen != ("made-up-to",))
        worked = self._plan()
        for method in METHODS:
            if chosen == (method,) and worked is not None:
                bag = bag_for(method, total=worked.total, drawn=worked.draw)
                self._bag.set_hint(f"worked out {with_unit(bag)}")
        self._tell()

    def _tell(self) -> None:
        """What the typed numbers make, worked out as the chart will, or why they cannot."""
        said = "The strength is worked out from the volumes."
        try:
            fact = self._fact()
        except Refused:
            fact = None
        if fact is not None:
            said = self._made(fact)
        self._becomes.setText(said)
        self._becomes.set_tone("text" if fact is not None else "muted")

    def _made(self, fact: BagPrepared) -> str:
        try:
            check_making(fact)
        except Refused as refusal:
            return str(refusal)
        now = self.desk.now()
        made = bag_before(trial(self.desk.visit, fact, now), now, fact.bag)
        if made is None:
            return ""
        said = (
            f"{fact.bag}: {with_unit(made.drug)} in {with_unit(made.volume)}, "
            f"{with_unit(made.strength)}"
        )
        stops = [fault.sentence for fault in undiluted(self.desk.visit, made.strength)]
        return ". ".join((said, *stops))

    def _fact(self) -> BagPrepared:
        vial = must_choose(self._vial, "Which vial was it drawn from?", "vial")
        drawn = Ml(reading.needed(self._drawn, "Drawn from the vial", "drawn_ml"))
        chosen = must_choose(
            self._method, "Filled up, added to a full bag, or withdrawn first? Choose.", "method"
        )
        method: Method = next(way for way in METHODS if way == chosen)
        if method == "made-up-to":
            held = Ml(reading.needed(self._total, "Made up to", "total_ml"))
        else:
            held = Ml(reading.needed(self._bag, "The bag held before", "bag_ml"))
        return BagPrepared(
            at=self.desk.now(),
            bag=next_bag(self.desk.visit),
            vial=vial,
            drawn_ml=drawn,
            total_ml=total_of(method, bag=held, drawn=drawn),
            method=method,
            bag_ml=None if method == "made-up-to" else held,
        )

    def _used_by(self) -> datetime | None:
        read = self._use_by.value()
        if isinstance(read, Unreadable):
            raise Refused(read.sentence, rule="time unreadable", field="use_by")
        return read if isinstance(read, datetime) else None

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The bag as it was made up."""
        if not self.desk.visit.of(VialTaken):
            raise Refused("Chart the vial first.", rule="no such vial", field="vial")
        return (
            replace(
                self._fact(),
                at=self.when.moment(),
                diluent=reading.text(self._diluent, "Made up with", "diluent"),
                label_written=self._label.answer("label_written"),
                use_by=self._used_by(),
                confirmed=confirmed,
            ),
        )


def _way_words(method: Method, worked: DosePlan | None) -> str:
    """What the bag must hold for the strength that was worked out."""
    if worked is None:
        return ""
    bag = with_unit(bag_for(method, total=worked.total, drawn=worked.draw))
    if method == "made-up-to":
        return f"to {bag}"
    if method == "added-to":
        return f"a bag of {bag}"
    return f"a bag of {bag}, {with_unit(worked.draw)} out"


def _vial_words(visit: Visit, name: str) -> str:
    vial = next(vial for vial in visit.facts(VialTaken) if vial.vial == name)
    return f"{name}, {with_unit(vial.strength_mg_per_ml)}, lot {vial.lot}"
