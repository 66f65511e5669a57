"""What an order comes to while it is typed: the usual ranges, the milligrams, and their sources."""

from datetime import datetime
from typing import Final

from ketachart.domain.dose.dosing import ordered_dose, start_rate
from ketachart.domain.dose.dosing_weight import needs_height
from ketachart.domain.dose.phone_code import phone_code
from ketachart.domain.dose_checks import dose_checks
from ketachart.domain.facts import (
    OrderRecorded,
    PatientRecorded,
    ProtocolAdopted,
    WeightMeasured,
)
from ketachart.domain.protocol import Protocol
from ketachart.domain.quantities import Kg
from ketachart.domain.trial import trial
from ketachart.domain.visit import Visit
from ketachart.domain.wording import amount, with_unit
from ui import tokens
from ui.forms.passage_texts import texts_about
from ui.tokens import Tone
from ui.widgets.boxes import Column, Rule
from ui.widgets.card import Heading
from ui.widgets.key_value import KeyValue, KeyValues
from ui.widgets.notice import SIGNS
from ui.widgets.passages import Passages
from ui.widgets.words import Words

_TONES: Final[dict[str, Tone]] = {"inside": "ok", "reason": "warn", "stop": "danger"}


class OrderReference(Column):
    """Worked out by the same rules as the visit itself; nothing here is recorded."""

    def __init__(self, protocol: Protocol) -> None:
        super().__init__(gap=tokens.S2)
        self._protocol = protocol
        self._goal = Words(size="label", tone="muted", weight=tokens.MEDIUM)
        self._ranges = KeyValues("Usual ranges of this goal")
        self._note = Words(size="small", tone="muted")
        self._texts = Passages("What the sources say of this goal")
        self._dose = KeyValues("What it comes to")
        self._checks = KeyValues("Against the protocol")
        self._code = KeyValues("Phone code")
        self.add(Heading("What it comes to"))
        self.add(Words("For reference: the order alone decides.", size="small", tone="muted"))
        for part in (self._goal, self._ranges, self._note):
            self.add(part)
        self.add(Rule())
        self.add(self._dose)
        self.add(self._checks)
        self.add(Rule())
        self.add(self._code)
        self.add(self._texts)
        self.add_room()
        self.show_goal("")
        self.show_order(None, None, at=None)
        self.show_code(None, None)

    def show_goal(self, code: str) -> None:
        """The ranges that the clinic's protocol gives for a goal, with their source."""
        goal = self._protocol.goal(code)
        rows = []
        if goal is not None and goal.dose_from is not None and goal.dose_to is not None:
            usual = f"{amount(goal.dose_from)} to {with_unit(goal.dose_to)}"
            rows.append(KeyValue("Usual dose", usual))
        if goal is not None and goal.duration_from is not None and goal.duration_to is not None:
            usual = f"{amount(goal.duration_from)} to {with_unit(goal.duration_to)}"
            rows.append(KeyValue("Usually over", usual))
        if goal is not None and goal.apart_words:
            rows.append(KeyValue("Usually given", goal.apart_words))
        if goal is not None and goal.series_from is not None and goal.series_to is not None:
            usual = f"{goal.series_from} to {goal.series_to} infusions"
            rows.append(KeyValue("Usual series", usual))
        if goal is not None:
            rows.append(KeyValue("Source", self._protocol.cited(goal.source).short))
        self._goal.setText(goal.label if goal else "Choose the goal to see its usual ranges.")
        self._ranges.show_facts(tuple(rows))
        self._note.setText(goal.note if goal else "")
        self._note.setVisible(bool(goal and goal.note))
        self._texts.show_texts(texts_about(self._protocol, code, "drug") if goal else ())

    def show_order(
        self, order: OrderRecorded | None, weight: Kg | None, *, at: datetime | None
    ) -> None:
        """The dose for the last known weight, and each limit with its bound and source."""
        if order is None or at is None:
            self._dose.show_facts((KeyValue("Dose", "type dose and duration", "muted"),))
            self._checks.show_facts(())
            return
        if needs_height(order):
            later = "in mg once weight and height are charted"
            self._dose.show_facts((KeyValue("Dose", later, "muted"),))
            self._checks.show_facts(())
            return
        own = order.dosing_weight_kg
        kilograms = weight if own is None else own
        if kilograms is None:
            self._dose.show_facts((KeyValue("Dose", "in mg once the patient is weighed", "muted"),))
            self._checks.show_facts(())
            return
        self._dose.show_facts(_dose_facts(order, kilograms, weighed=own is None))
        self._checks.show_facts(_check_facts(self._protocol, order, kilograms, at))

    def show_code(self, patient: PatientRecorded | None, order: OrderRecorded | None) -> None:
        """The code that is the same on both ends of the phone only if the order is."""
        code = phone_code(patient, order, None) if patient and order else "when all is filled in"
        self._code.show_facts((KeyValue("Phone code, before weighing", code),))


def _dose_facts(order: OrderRecorded, weight: Kg, *, weighed: bool) -> tuple[KeyValue, ...]:
    uncapped, dose = ordered_dose(order, weight)
    whose = "Last weight" if weighed else "Weight of the order"
    rows = [
        KeyValue(whose, with_unit(weight)),
        KeyValue(f"{with_unit(order.dose_mg_per_kg)} × {with_unit(weight)}", with_unit(uncapped)),
    ]
    if dose != uncapped:
        rows.append(KeyValue("Held to the ceiling", with_unit(dose), "warn", SIGNS["warn"]))
    rows.append(KeyValue("Start rate, drug", with_unit(start_rate(order, weight, dose))))
    return tuple(rows)


def _check_facts(
    protocol: Protocol, order: OrderRecorded, weight: Kg, at: datetime
) -> tuple[KeyValue, ...]:
    visit = Visit()
    for number, fact in enumerate(
        (
            ProtocolAdopted(at=at, protocol=protocol),
            order,
            WeightMeasured(at=at, weight_kg=weight, how="stated"),
        )
    ):
        visit = trial(visit, fact, at, entry_id=f"look-{number}")
    rows = []
    for check in dose_checks(visit, at):
        tone = _TONES[check.standing]
        sign = "check" if check.standing == "inside" else SIGNS[tone]
        rows.append(KeyValue(check.label, check.value, tone, sign))
        rows.append(KeyValue(check.bound, protocol.cited(check.source).short, "muted"))
    return tuple(rows)
