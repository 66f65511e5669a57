"""The order changed by phone: the one in force, line by line, with what the prescriber changes."""

from dataclasses import replace
from datetime import datetime

from ketachart.domain.dose.dosing_weight import planned_dose
from ketachart.domain.dose.phone_code import phone_code
from ketachart.domain.facts import Fact, OrderRecorded, Prescriber
from ketachart.domain.telling.order_changes import differences
from ketachart.domain.trial import trial
from ketachart.domain.visit import Visit
from ketachart.domain.wording import with_unit
from ketachart.errors import Refused
from ui.desk import Desk
from ui.forms.order.differences import OrderDifferences
from ui.forms.order.form import OrderForm
from ui.forms.timed import TimedSheet
from ui.widgets.choices import Choice
from ui.widgets.offered import Offered
from ui.widgets.tab_order import settle
from ui.widgets.verdict_line import VerdictLine
from ui.widgets.words import Words


class OrderChangeSheet(TimedSheet):
    """Nothing is written before what changes was listed, and the order can be read back aloud."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Order changed by phone", records="Record changed order")
        self._shown: OrderRecorded | None = None  # the order that was filled in
        self._known: dict[str, Prescriber] = {}
        self._says = Words(
            "The order in force is filled in. Change what the prescriber changes, nothing else.",
            size="small",
            tone="muted",
        )
        self.form = OrderForm(desk.visit.protocol, by_call=True)
        self.who = Offered("Who ordered it", empty="No prescriber is on file.")
        self.who.set_label("Who ordered it", hint="or write the name below")
        self.changes = OrderDifferences()
        self.aloud = VerdictLine()
        self.add_fields((self._says, self.who, self.form, self.changes, self.aloud))
        self.form.changed.connect(self._renew)
        self.when.typed.connect(lambda _read: self._renew())
        self.who.changed.connect(self._take_prescriber)
        settle(self.body)

    def begin(self) -> None:
        """Who ordered it comes first."""
        self.clear_problem()
        self.who.setFocus()

    # ------------------------------------------------ what stands in it

    def show_visit(self, visit: Visit) -> None:
        """The order in force, unless something of it was changed here already."""
        order = visit.order
        if order is not None and (self._shown is None or not self._typed_here()):
            self._shown = order
            self.form.show_called(order)
        by = order.prescriber if order is not None else None
        self._known = {by.name: by} if by is not None else {}
        self.who.offer(
            tuple(
                Choice(p.name, p.name, p.phone, key="1", verbatim=True)
                for p in self._known.values()
            )
        )
        self._renew()

    def _typed_here(self) -> bool:
        """Whether what stands here is no longer the order that was filled in."""
        if self._shown is None:
            return False
        try:
            typed = self.form.treatment(self._shown.at)
        except Refused:
            return True
        named = bool(typed.prescriber.name)
        return named or bool(differences(self.desk.visit.protocol, self._shown, typed))

    def _take_prescriber(self, chosen: tuple[str, ...]) -> None:
        known = self._known.get(chosen[0]) if chosen else None
        if known is not None:
            self.form.show_prescriber(known)
            self._renew()

    def act(self, name: str) -> bool:
        """The keys that add a row to the order."""
        return self.form.more.act(name)

    # ------------------------------------------------ what it comes to

    def _renew(self) -> None:
        """What changes, and the letters to read aloud once all but the reading back is said."""
        visit = self.desk.visit
        if visit.order is None:
            self.changes.show_unread("no order is on file.")
            return
        try:
            moment = self._moment()
            typed = self.form.treatment(moment)
        except Refused as refusal:
            self.changes.show_unread(str(refusal))
            self.aloud.say("muted", "")
            return
        before = visit.order_at(moment) or visit.order
        self.changes.show_differences(differences(visit.protocol, before, typed))
        self.aloud.say("muted", self._to_read(visit, moment))

    def _moment(self) -> datetime:
        return self.when.moment()

    def _to_read(self, visit: Visit, moment: datetime) -> str:
        """The code of the order as it stands once it was read back, and the dose it comes to."""
        if visit.patient is None:
            return ""
        try:
            spoken = self.form.spoken(moment)
        except Refused:
            return "The phone code stands here once the prescriber is named."
        dose = planned_dose(trial(visit, spoken, self.desk.now()).ordered_at(moment))
        code = phone_code(visit.patient, replace(spoken, read_back=True), dose)
        comes = f", {with_unit(dose)} in all" if dose is not None else ""
        return f"Read it back: phone code {code}{comes}."

    # ------------------------------------------------ what is recorded

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The changed order, at the time of the call.

        Raises:
            Refused: something is missing or cannot be read, or nothing is changed.
        """
        del confirmed
        moment = self._moment()
        fact = self.form.fact(moment)
        before = self.desk.visit.order_at(moment)
        if before is not None and not differences(self.desk.visit.protocol, before, fact):
            raise Refused(
                "The order reads as before. Change what the prescriber changed, or chart the call.",
                rule="no change",
                field="dose_mg_per_kg",
            )
        return (fact,)

    def show_refusal(self, refusal: Refused) -> None:
        """Says why, at the field of the order that it is about."""
        at_fault = self.form.field(refusal.field)
        if at_fault is not None:
            self.place(refusal.field, at_fault)
        super().show_refusal(refusal)

    def empty(self) -> None:
        """Clears every field; the order in force is filled in when it is opened again."""
        super().empty()
        self.form.empty()
        self._shown = None
