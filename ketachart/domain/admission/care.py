"""Rules for new facts about screening, vitals, side effects, medicines and calls."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from ketachart.domain.admission.medicine import medicine
from ketachart.domain.effects import open_effects
from ketachart.domain.facts import (
    AdultNamed,
    EffectNoted,
    Fact,
    IdentityConfirmed,
    IntakeRecorded,
    MeasureTaken,
    MedicineGiven,
    OverrideAuthorised,
    PatientRecorded,
    ResponseNoted,
    ScreeningAnswered,
    ScreeningConcluded,
    VitalsTaken,
)
from ketachart.domain.limits import check_vitals, values_of
from ketachart.domain.policy import ScreeningItem
from ketachart.domain.screening import screening
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, count, day
from ketachart.errors import Refused


def patient(_visit: Visit, fact: PatientRecorded, now: datetime) -> None:
    """Born in the past; allergies and “none” exclude each other."""
    if fact.birth_date > now.date():
        raise Refused(
            "The birth date is in the future. Check the year.",
            rule="born later",
            field="birth_date",
        )
    if now.year - fact.birth_date.year > 120:
        raise Refused(
            "The birth date is more than 120 years ago. Check the year.", field="birth_date"
        )
    if fact.allergies and fact.no_known_allergies:
        raise Refused(
            "Either allergies are listed, or none are known; not both. Choose one.",
            field="allergies",
        )


def identity(_visit: Visit, fact: IdentityConfirmed, _now: datetime) -> None:
    """Two different identifiers."""
    if len(set(fact.identifiers)) < 2:
        raise Refused(
            "Two different identifiers are needed, for example name and birth date. Choose a "
            "second one.",
            rule="two identifiers",
            field="identifiers",
        )


def intake(_visit: Visit, fact: IntakeRecorded, now: datetime) -> None:
    """At least one time, and none in the future."""
    times = [fact.solid_at, fact.fatty_at, fact.clear_at]
    if not any(times):
        raise Refused("Enter when the patient last ate or drank.", rule="empty intake")
    for moment in times:
        if moment is not None and moment > now:
            raise Refused(
                f"{clock(moment)} has not happened yet: it is {clock(now)}. Check the time.",
                rule="in the future",
                field="solid_at",
            )


def answer(visit: Visit, fact: ScreeningAnswered, _now: datetime) -> None:
    """A question of this protocol that is asked, not worked out; ask and stop say why."""
    item = visit.protocol.item(fact.item)
    if item is None:
        raise Refused(
            f"“{fact.item}” is not a question of this protocol. Choose from its list.",
            rule="no such item",
            field="item",
        )
    if item.computed:
        raise Refused(
            f"“{item.question}” is worked out from the chart. Chart what it rests on.",
            rule="computed item",
            field="item",
        )
    if fact.answer != "clear" and not fact.note.strip():
        raise Refused("Note what was said or seen.", rule="note missing", field="note")
    _date_of(item, fact)


def _date_of(item: ScreeningItem, fact: ScreeningAnswered) -> None:
    """A paper has its date, and none that is still to come."""
    if item.wants == "date" and fact.answer == "clear" and fact.dated is None:
        raise Refused(
            f"“{item.question}”: type the date that stands on it.",
            rule="date missing",
            field="dated",
        )
    if fact.dated is not None and fact.dated > fact.at.date():
        raise Refused(
            f"{day(fact.dated)} has not come yet. Look at the date again.",
            rule="in the future",
            field="dated",
        )


def override(visit: Visit, fact: OverrideAuthorised, _now: datetime) -> None:
    """About a question whose answer it can settle, or about a check of the dose."""
    item = visit.protocol.item(fact.about)
    if item is None:
        return
    state = next((s for s in screening(visit, fact.at).items if s.item.code == fact.about), None)
    if state is not None and state.answer == "stop" and not item.stop_can_be_authorised:
        raise Refused(
            f"A stop at “{item.question}” cannot be authorised away. End the visit, or correct "
            "the answer if it was wrong.",
            rule="stop cannot be authorised",
            field="about",
        )


def conclusion(visit: Visit, fact: ScreeningConcluded, _now: datetime) -> None:
    """“Go” only when nothing is left open; “no-go” always."""
    if fact.verdict == "go":
        state = screening(visit, fact.at)
        if state.verdict != "clear":
            open_now = count(len(state.open), "point")
            raise Refused(
                f"{state.headline}: {open_now} open. {state.in_short.rstrip('.')}.",
                rule=f"screening {state.verdict}",
                points=tuple((item.item.code, item.reason) for item in state.open),
            )


def vitals(visit: Visit, fact: VitalsTaken, _now: datetime) -> None:
    """Values that can be; the same set twice within two minutes is asked about."""
    check_vitals(visit.protocol, fact)
    if fact.oxygen_l_min is not None and not 0 <= fact.oxygen_l_min <= 15:
        raise Refused("Oxygen is 0 to 15 L/min.", rule="value cannot be", field="oxygen_l_min")
    within = visit.protocol.minutes("repeat.within")
    values = values_of(fact)
    if len(values) <= 1 or fact.confirmed:
        return
    near = (e for e in visit.of(VitalsTaken) if abs(e.at - fact.at) < within)
    for entry in near:
        if values_of(entry.fact) == values:
            raise Refused(
                f"The same values are charted at {clock(entry.at)}. If they were measured again, "
                "confirm it.",
                rule="same set again",
                field="at",
            )


def effect(visit: Visit, fact: EffectNoted, _now: datetime) -> None:
    """Grade 0 to 4; only what is open can be gone."""
    if not 0 <= fact.grade <= 4:
        raise Refused(
            "The grade is 0 (gone) to 4 (life-threatening). Choose one of them.", field="grade"
        )
    label = visit.protocol.label("effect", fact.effect)
    still = {e.code for e in open_effects(visit) if e.began <= fact.at}
    if fact.grade == 0 and fact.effect not in still:
        raise Refused(
            f"{label} is not open at {clock(fact.at)}. Chart its beginning first.",
            rule="effect not open",
            field="effect",
        )


def measure(_visit: Visit, fact: MeasureTaken, _now: datetime) -> None:
    """At least one thing was done; oxygen has a flow that can be."""
    if not any(word.strip() for word in fact.measures):
        raise Refused("Choose what was done.", rule="nothing done", field="measures")
    if fact.oxygen_l_min is not None and not 0 < fact.oxygen_l_min <= 15:
        raise Refused(
            "Oxygen is more than 0 and at most 15 L/min.",
            rule="value cannot be",
            field="oxygen_l_min",
        )


def response(visit: Visit, fact: ResponseNoted, _now: datetime) -> None:
    """It answers an entry of this visit."""
    if visit.entry(fact.entry) is None:
        raise Refused(
            "There is no such entry in this visit. Choose one from the entries.",
            rule="no such entry",
            field="entry",
        )


def adult(_visit: Visit, fact: AdultNamed, _now: datetime) -> None:
    """A phone has digits."""
    if not any(letter.isdigit() for letter in fact.phone):
        raise Refused("Write the adult's phone number.", rule="phone missing", field="phone")


CARE_RULES: dict[type[Fact], Callable[[Visit, Any, datetime], None]] = {
    PatientRecorded: patient,
    IdentityConfirmed: identity,
    AdultNamed: adult,
    IntakeRecorded: intake,
    ScreeningAnswered: answer,
    OverrideAuthorised: override,
    ScreeningConcluded: conclusion,
    VitalsTaken: vitals,
    EffectNoted: effect,
    MeasureTaken: measure,
    ResponseNoted: response,
    MedicineGiven: medicine,
}
