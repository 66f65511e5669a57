"""The screening answers that the chart works out by itself, from what was recorded."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from ketachart.domain.facts import IntakeRecorded, VitalsTaken
from ketachart.domain.infusion import acts_of
from ketachart.domain.limits import SIGN_CODES, Hit, hits, limits_in_force, readings, sign_text
from ketachart.domain.order_on_file import valid_until
from ketachart.domain.quantities import Ratio
from ketachart.domain.visit import Visit
from ketachart.domain.wording import age, clock, day, length, listed, number, weight

Answer = Literal["clear", "ask", "stop"]


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer that the chart works out by itself, with what it rests on."""

    answer: Answer | None
    note: str


def first_start(visit: Visit) -> datetime | None:
    return next((act.at for act in acts_of(visit) if act.kind == "start"), None)


def judged_at(visit: Visit, now: datetime) -> datetime:
    """The screening is judged at the start, once there was one; later hours do not change it."""
    return min(filter(None, (first_start(visit), now)))


def judge_signs(visit: Visit, now: datetime) -> Judged:
    """The last resting set before the start, against the limits before the start."""
    moment = judged_at(visit, now)
    ordered = visit.ordered_at(moment)
    limits = [limit for limit in limits_in_force(ordered) if limit.when == "before"]
    before = [reading for reading in readings(visit) if reading.at <= moment]
    measured = {reading.sign for reading in before}
    if not {"systolic", "diastolic", "heart_rate", "spo2"} <= measured:
        return Judged(None, "pressure, heart rate and SpO₂ are needed")
    found: list[Hit] = []
    for code in SIGN_CODES:
        series = [reading for reading in before if reading.sign == code]
        found += hits([limit for limit in limits if limit.sign == code], series, None)
    stops = [hit for hit in found if hit.level == "no-start"]
    signs = visit.protocol
    words = [
        f"{signs.sign(hit.reading.sign).label} "
        f"{sign_text(signs.sign(hit.reading.sign), hit.reading.value)}, {hit.bound}"
        for hit in (stops or found)
    ]
    if stops:
        return Judged("stop", "; ".join(words))
    if found:
        return Judged("ask", "; ".join(words))
    sets = [fact for fact in visit.facts(VitalsTaken) if fact.at <= moment]
    last = [fact for fact in sets if fact.systolic is not None][-1]
    return Judged("clear", f"{last.systolic}/{last.diastolic} at {clock(last.at)}")


@dataclass(frozen=True, slots=True)
class Fast:
    """One rule of fasting, and the hours worked out."""

    what: str
    since: datetime | None
    hours: timedelta | None
    needed: timedelta
    floor: timedelta | None

    @property
    def answer(self) -> Answer | None:
        """What it means for the start."""
        if self.hours is None:
            return None
        if self.floor is not None and self.hours < self.floor:
            return "stop"
        return "clear" if self.hours >= self.needed else "ask"


def fasting(visit: Visit, now: datetime) -> tuple[Fast, ...]:
    """Hours since solid, fatty and clear intake, each with the hours that are needed."""
    protocol, moment = visit.protocol, judged_at(visit, now)
    intake = visit.last_fact(IntakeRecorded)
    rules = (
        ("Solid food", intake.solid_at if intake else None, "fasting.solid", "fasting.solid.floor"),
        ("Fatty food", intake.fatty_at if intake else None, "fasting.fatty", ""),
        ("Clear liquid", intake.clear_at if intake else None, "fasting.clear", ""),
    )
    return tuple(
        Fast(
            what,
            since,
            None if since is None else moment - since,
            protocol.minutes(code),
            protocol.minutes(floor) if floor else None,
        )
        for what, since, code, floor in rules
    )


def judge_fasting(visit: Visit, now: datetime) -> Judged:
    """The strictest of the three rules; solid food and clear liquid have to be asked."""
    rules = fasting(visit, now)
    solid, fatty, clear = rules
    if solid.hours is None and fatty.hours is None:
        return Judged(None, "last solid food is needed")
    if clear.hours is None:
        return Judged(None, "last clear liquid is needed")
    asked = [rule for rule in rules if rule.hours is not None]
    rank: tuple[Answer, ...] = ("stop", "ask", "clear")
    worst = next(answer for answer in rank if any(rule.answer == answer for rule in asked))
    words = [
        f"{rule.what.lower()} {length(rule.hours)} ago, needs {length(rule.needed)}"
        for rule in asked
        if rule.hours is not None and (worst == "clear" or rule.answer != "clear")
    ]
    return Judged(worst, "; ".join(words))


def judge_age(visit: Visit, now: datetime) -> Judged:
    """Too young stops; old asks."""
    if visit.patient is None:
        return Judged(None, "birth date is needed")
    years = age(visit.patient.birth_date, now.date())
    least, most = visit.protocol.number("age.least"), visit.protocol.number("age.most")
    note = f"{years} years"
    if years < least:
        return Judged("stop", f"{note}, under {number(least, 0)}")
    if years > most:
        return Judged("ask", f"{note}, over {number(most, 0)}")
    return Judged("clear", note)


def judge_licence(visit: Visit, now: datetime) -> Judged:
    """An expired licence stops; one without a date asks."""
    nurse = visit.nurse
    if nurse is None:
        return Judged(None, "no nurse on file")
    if nurse.licence_expires is None:
        return Judged("ask", "no expiry date on file")
    if nurse.licence_expires < now.date():
        return Judged("stop", f"expired {day(nurse.licence_expires)}")
    clinic = visit.clinic
    if clinic and clinic.state and nurse.licence_state and clinic.state != nurse.licence_state:
        return Judged("ask", f"licensed in {nurse.licence_state}, visit in {clinic.state}")
    return Judged("clear", f"until {day(nurse.licence_expires)}")


def judge_order(visit: Visit, now: datetime) -> Judged:
    """The order is in date, the prescriber evaluated the patient, a phone order was read back."""
    order, today = visit.order_at(judged_at(visit, now)), now.date()
    if order is None:
        return Judged(None, "no order on file")
    last = valid_until(order, visit.protocol)
    if order.ordered_on > today:
        return Judged("stop", f"dated {day(order.ordered_on)}, after today")
    if today > last:
        return Judged("stop", f"expired {day(last)}")
    if order.evaluated_on is None:
        return Judged("stop", "no date on which the prescriber evaluated the patient")
    if order.received == "telephone" and not order.read_back:
        return Judged("ask", "telephone order that was not read back")
    return Judged("clear", f"valid until {day(last)}")


def judge_weight(visit: Visit, _now: datetime) -> Judged:
    """A weight told and not measured asks, and so does a change over the protocol's percentage."""
    fact = visit.weight
    if fact is None:
        return Judged(None, "weight is needed")
    note = weight(fact.weight_kg)
    if fact.last_weight_kg is not None and fact.last_weight_kg.above_zero:
        change = (fact.weight_kg.ratio_to(fact.last_weight_kg) - 1) * 100
        most = Ratio(visit.protocol.number("weight.change"))
        if abs(change) > most.amount and not fact.confirmed:
            return Judged("ask", f"{note}, {number(change, 1)} % since the last visit")
    if fact.how == "stated":
        return Judged("ask", f"{note}, told and not measured")
    return Judged("clear", note)


def judge_adult(visit: Visit, _now: datetime) -> Judged:
    """A responsible adult is named, of age, sober, and stays."""
    adult = visit.adult
    if adult is None:
        return Judged(None, "name and phone are needed")
    lacks = [
        words
        for holds, words in (
            (adult.of_age, "not of age"),
            (adult.sober, "not sober"),
            (adult.stays, "does not stay"),
        )
        if not holds
    ]
    return Judged(
        "stop" if lacks else "clear", f"{adult.name}" + (f": {listed(lacks)}" if lacks else "")
    )


JUDGES: dict[str, Callable[[Visit, datetime], Judged]] = {
    "resting-signs": judge_signs,
    "fasting": judge_fasting,
    "age": judge_age,
    "licence": judge_licence,
    "order": judge_order,
    "weight": judge_weight,
    "adult": judge_adult,
}
