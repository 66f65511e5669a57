"""The order value by value, and the dose worked out in steps that a pencil can follow."""

from datetime import datetime

from ketachart.domain.dose.dosing_weight import dosing_weight, planned_dose
from ketachart.domain.dose.phone_code import phone_code
from ketachart.domain.dose_checks import dose_checks
from ketachart.domain.editions import Edition, changed_orders, editions
from ketachart.domain.facts import OrderRecorded
from ketachart.domain.limits import bound_words
from ketachart.domain.policy import Limit
from ketachart.domain.quantities import Quantity
from ketachart.domain.telling.order_changes import changes
from ketachart.domain.telling.order_parts import weight_text
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, count, day, with_unit
from ketachart.report.charted import number_form
from ketachart.report.sections.arithmetic import arithmetic_lines
from ketachart.report.sections.order_more import added_values, other_sources
from ketachart.report.sections.pieces import (
    Cell,
    Column,
    Divider,
    Line,
    Row,
    Table,
    faint,
    plain,
    strong,
)
from ketachart.report.sections.record import Record

LEVEL_WORDS = {
    "ask-before": "ask before the start",
    "no-start": "do not start",
    "pause": "pause and call",
    "emergency": "emergency",
}


def order_table(record: Record) -> Table:
    """What was ordered first, value by value."""
    return order_tables(record)[0]


def order_tables(record: Record) -> tuple[Table, ...]:
    """Each order that stood, value by value; one that was changed says until when it stood."""
    every = editions(record.visit)
    if not every:
        return (_table(record.visit, code="order", heading="Order", says="", first=[]),)
    return tuple(
        _table(
            edition.visit,
            code="order" if edition.since is None else f"order-{edition.entry.number}",
            heading=_heading(edition),
            says="; ".join(filter(None, [_until(edition), _order_says(edition.visit)])),
            first=_changed(record.visit, edition),
        )
        for edition in every
    )


def _heading(edition: Edition) -> str:
    return "Order" if edition.since is None else f"Order, changed {clock(edition.since)}"


def _until(edition: Edition) -> str:
    return "" if edition.until is None else f"in force until {clock(edition.until)}, then changed"


def _changed(visit: Visit, edition: Edition) -> list[tuple[str, str]]:
    """What this order changed, one row for each value."""
    change = next((one for one in changes(visit) if one.edition.entry == edition.entry), None)
    if change is None:
        return []
    said = [one.words for one in change.differences] or [change.words]
    return [("Changed", words) for words in said]


def _table(
    visit: Visit, *, code: str, heading: str, says: str, first: list[tuple[str, str]]
) -> Table:
    order, entry = visit.order, visit.last(OrderRecorded)
    values = [*first, *_order_values(visit, order)] if order is not None else []
    return Table(
        code=code,
        heading=heading,
        says=says,
        columns=(Column("", 76), Column("")),
        rows=tuple(
            Row(
                cells=(faint(name), plain(value)),
                entry=entry.id if entry else "",
                about=f"order: {name.lower()}",
            )
            for name, value in values
        ),
        across=2,
        empty="No order is on file.",
    )


def arithmetic_table(record: Record) -> Table:
    """The dose worked out in a pencil's steps."""
    order = record.visit.order
    steps = arithmetic_lines(record.visit) if order is not None else []
    return Table(
        code="arithmetic",
        heading="Arithmetic",
        says="each step as it was shown to the nurse",
        columns=(
            Column("", 84),
            Column("worked out"),
            Column("comes to", 48),
        ),
        rows=tuple(steps),
        empty="Not worked out: order, weight or vial are not on file.",
        half=True,
    )


def held_table(record: Record) -> Table:
    """The order held against the protocol, value by value, as it stood at each moment."""
    return Table(
        code="held",
        heading="Order and protocol",
        says="what the protocol allows, and what was ordered",
        columns=(Column("", 78), Column("allowed", 58), Column("ordered, and how it stands")),
        rows=tuple(_checks(record)),
        empty="Nothing is held against the protocol: there is no order.",
        half=True,
    )


def _order_says(visit: Visit) -> str:
    if visit.patient is None or visit.order is None:
        return ""
    code = phone_code(visit.patient, visit.order, planned_dose(visit))
    return f"phone check {code}: the same at both ends of a line only if the order is"


def exact(value: Quantity | None) -> str:
    return "" if value is None else f"{number_form(value)} {value.unit}"


def _order_values(visit: Visit, order: OrderRecorded) -> list[tuple[str, str]]:
    goal = visit.protocol.goal(order.goal)
    bolus = "not allowed"
    if order.bolus_allowed:
        bolus = " ".join(filter(None, ["allowed", _upto(order.bolus_max_mg_per_kg)]))
    series = ""
    if order.series_number is not None:
        of = f" of {order.series_of}" if order.series_of is not None else ""
        series = f"infusion {order.series_number}{of}"
    received = "signed"
    if order.received == "telephone":
        received = f"by telephone, {'read back' if order.read_back else 'NOT read back'}"
    who = ", ".join(
        filter(None, [order.prescriber.name, order.prescriber.credential, order.prescriber.phone])
    )
    values = [
        ("Goal", goal.label if goal else order.goal),
        ("Ordered by", who),
        ("Ordered on", _dates(order)),
        ("Received", received),
        ("Series", series),
        ("Dose", f"{exact(order.dose_mg_per_kg)} IV over {exact(order.duration_min)}"),
        ("Never more than", exact(order.ceiling_mg)),
        ("Start rate", exact(order.start_rate_mg_kg_h)),
        ("Highest rate", exact(order.highest_rate_mg_kg_h)),
        ("Dosed on", _weight_words(visit, order)),
        ("Bag", ", ".join(filter(None, [exact(order.strength_mg_per_ml), order.diluent]))),
        ("Bolus", bolus),
        *added_values(visit, order),
        *(("If needed", text) for text in _prn(order)),
        *(("Limit of the order", text) for text in _limits(visit, order.limits)),
        ("Note", order.note),
        *other_sources(visit),
    ]
    return [(name, value) for name, value in values if value]


def _upto(value: Quantity | None) -> str:
    return "" if value is None else f"up to {exact(value)}"


def _dates(order: OrderRecorded) -> str:
    parts = [day(order.ordered_on)]
    if order.expires_on is not None:
        parts.append(f"valid until {day(order.expires_on)}")
    if order.evaluated_on is not None:
        parts.append(f"patient evaluated {day(order.evaluated_on)}")
    return ", ".join(parts)


def _weight_words(visit: Visit, order: OrderRecorded) -> str:
    weight = dosing_weight(visit)
    if order.weight_basis == "actual":
        return "actual weight" + (f", {exact(weight)}" if weight is not None else "")
    told, formula = weight_text(visit), order.weight_formula or ""
    # where nothing can be worked out yet, the formula that was ordered is told all the same
    return told if formula in told.lower() else f"{told}; formula {formula}"


def _prn(order: OrderRecorded) -> list[str]:
    found = []
    for prn in order.prn:
        text = f"{prn.medicine} {prn.dose} {prn.unit} {prn.route}"
        text += f" for {prn.indication}" if prn.indication else ""
        text += f", at most {count(prn.most_doses, 'dose')}"
        text += f", {exact(prn.interval_min)} apart" if prn.interval_min is not None else ""
        found.append(text)
    return found


def _limits(visit: Visit, limits: tuple[Limit, ...]) -> list[str]:
    return [
        f"{visit.protocol.sign(limit.sign).label} {bound_words(limit, number_form)}: "
        + ", ".join(
            filter(
                None,
                [
                    f"{LEVEL_WORDS[limit.level]} ({limit.when})",
                    visit.protocol.cited(limit.source).short,
                ],
            )
        )
        for limit in limits
    ]


def _checks(record: Record) -> list[Line]:
    found = _held(record, record.start or record.now, "Held")
    for edition in changed_orders(record.visit):
        if edition.since is not None and record.start is not None:
            begins = f"Order of {clock(edition.since)} held"
            found += _held(record, max(edition.since, record.start), begins)
    return found


def _held(record: Record, at: datetime, begins: str) -> list[Line]:
    """The order of one moment, value by value against the protocol."""
    checks = dose_checks(record.visit, at)
    if not checks:
        return []
    found: list[Line] = [Divider(f"{begins} against {record.visit.protocol.edition}")]
    for check in checks:
        verdict: Cell = plain("inside")
        if check.standing != "inside":
            said = f"outside, accepted: {check.explained}" if check.explained else "outside"
            verdict = strong(said)
        found.append(
            Row(
                cells=(
                    plain(check.label),
                    plain(check.bound),
                    (
                        *strong(check.value),
                        *verdict,
                        *faint(f"({record.visit.protocol.cited(check.source).short})"),
                    ),
                ),
                about=f"check: {check.label.lower()}",
                bar="" if check.standing == "inside" else "override",
            )
        )
    return found


def ordered_words(visit: Visit) -> str:
    """The ordered dose for this patient: “22.2 mg IV over 60 min”; a dash where it is not known."""
    order, planned = visit.order, planned_dose(visit)
    if order is None:
        return "no order on file"
    if planned is None:
        return f"{exact(order.dose_mg_per_kg)} IV over {exact(order.duration_min)}"
    return f"{with_unit(planned)} IV over {exact(order.duration_min)}"
