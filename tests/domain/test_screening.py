"""Whether the infusion may be started: limits at, just below and just above; what was not asked."""

from datetime import timedelta

import pytest

from ketachart import house
from ketachart.domain import facts as f
from ketachart.domain.admission.door import admit
from ketachart.domain.facts.arrival import Tried
from ketachart.domain.screening import screening
from ketachart.domain.start import against_start
from ketachart.errors import Refused
from tests.helpers.story import NOON, Story


def verdict(story, minute=30):
    return screening(story.visit(), story.at(minute))


def answer_of(story, code, minute=30):
    return next(s for s in verdict(story, minute).items if s.item.code == code)


def told(**signs):
    story = Story().patient().order().weight("70")
    return story.full(0, **signs)


@pytest.mark.parametrize(
    ("signs", "answer"),
    [
        ({"systolic": 140, "diastolic": 90}, "clear"),
        ({"systolic": 141, "diastolic": 90}, "ask"),
        ({"systolic": 140, "diastolic": 91}, "ask"),
        ({"systolic": 160, "diastolic": 90}, "ask"),
        ({"systolic": 161, "diastolic": 90}, "stop"),
        ({"systolic": 140, "diastolic": 100}, "ask"),
        ({"systolic": 140, "diastolic": 101}, "stop"),
        ({"systolic": 90, "diastolic": 60}, "clear"),
        ({"systolic": 89, "diastolic": 60}, "stop"),
        ({"heart_rate": 100}, "clear"),
        ({"heart_rate": 101}, "ask"),
        ({"heart_rate": 120}, "ask"),
        ({"heart_rate": 121}, "stop"),
        ({"heart_rate": 55}, "clear"),
        ({"heart_rate": 54}, "ask"),
        ({"heart_rate": 49}, "stop"),
        ({"spo2": 95}, "clear"),
        ({"spo2": 94}, "ask"),
        ({"spo2": 92}, "ask"),
        ({"spo2": 91}, "stop"),
        ({"respiratory_rate": 12}, "clear"),
        ({"respiratory_rate": 11}, "ask"),
        ({"respiratory_rate": 25}, "ask"),
        ({"respiratory_rate": 9}, "stop"),
        ({"respiratory_rate": 31}, "stop"),
        ({"rass": -1}, "clear"),
        ({"rass": 1}, "ask"),
        ({"rass": -2}, "stop"),
        ({"nausea": 4}, "clear"),
        ({"nausea": 5}, "ask"),
        ({"temperature_c": "38"}, "clear"),
        ({"temperature_c": "38.1"}, "ask"),
        ({"temperature_c": "38.6"}, "stop"),
    ],
)
def test_resting_signs_are_held_against_the_limits_before_the_start(signs, answer):
    assert answer_of(told(**signs), "pressure-today").answer == answer


def test_signs_that_were_not_measured_are_not_clear():
    story = Story().patient().order().weight("70").vitals(0, spo2=98)
    assert answer_of(story, "pressure-today").answer is None


@pytest.mark.parametrize(
    ("solid", "fatty", "clear", "answer"),
    [
        (6, None, 2, "clear"),
        (5.9, None, 2, "ask"),
        (4, None, 2, "ask"),
        (3.9, None, 2, "stop"),
        (6, 8, 2, "clear"),
        (6, 7.9, 2, "ask"),
        (6, None, 1.9, "ask"),
        (None, 9, 3, "clear"),
        (None, None, 3, None),
        (7, None, None, None),
    ],
)
def test_fasting_is_worked_out_in_hours(solid, fatty, clear, answer):
    story = Story()

    def ago(hours):
        return None if hours is None else NOON - timedelta(hours=hours)

    story.tell(
        f.IntakeRecorded(at=NOON, solid_at=ago(solid), fatty_at=ago(fatty), clear_at=ago(clear))
    )
    assert answer_of(story, "fasting", minute=0).answer == answer


def test_a_stop_on_fasting_can_be_authorised_and_one_on_the_heart_cannot():
    story = Story().patient()
    story.tell(f.IntakeRecorded(at=NOON, solid_at=NOON - timedelta(hours=3), clear_at=NOON))
    story.tell(f.ScreeningAnswered(at=NOON, item="heart-vessels", answer="stop", note="aneurysm"))
    for about in ("fasting", "heart-vessels"):
        story.tell(
            f.OverrideAuthorised(at=NOON, about=about, by="Dr X", read_back=True, reason="r")
        )
    assert answer_of(story, "fasting").settled
    assert not answer_of(story, "heart-vessels").settled
    with pytest.raises(Refused, match="cannot be authorised"):
        admit(
            story.visit(),
            f.OverrideAuthorised(
                at=NOON, about="heart-vessels", by="Dr X", read_back=True, reason="r"
            ),
            now=NOON,
        )


def test_an_authorisation_that_was_not_read_back_settles_nothing():
    story = Story().tell(
        f.ScreeningAnswered(at=NOON, item="pressure-medicine", answer="ask", note="missed")
    )
    story.tell(
        f.OverrideAuthorised(
            at=NOON, about="pressure-medicine", by="Dr X", read_back=False, reason="r"
        )
    )
    assert not answer_of(story, "pressure-medicine").settled


@pytest.mark.parametrize(
    ("years", "answer"), [(17, "stop"), (18, "clear"), (75, "clear"), (76, "ask")]
)
def test_age(years, answer):
    born = NOON.date().replace(year=NOON.year - years)
    assert answer_of(Story().patient(birth_date=born), "contra-age").answer == answer


@pytest.mark.parametrize(
    ("order", "answer"),
    [
        ({}, "clear"),
        ({"ordered_on": (NOON - timedelta(days=30)).date()}, "clear"),
        ({"ordered_on": (NOON - timedelta(days=31)).date()}, "stop"),
        ({"expires_on": (NOON - timedelta(days=1)).date()}, "stop"),
        ({"evaluated_on": None}, "stop"),
        ({"received": "telephone"}, "ask"),
        ({"received": "telephone", "read_back": True}, "clear"),
    ],
)
def test_the_order_is_in_date_and_the_patient_was_evaluated(order, answer):
    assert answer_of(Story().patient().order(**order), "order-valid", 0).answer == answer


def test_a_question_about_pregnancy_is_not_asked_of_a_man():
    codes = {s.item.code for s in verdict(Story().patient(sex="M")).items}
    assert "contra-pregnant" not in codes
    assert "contra-pregnant" in {s.item.code for s in verdict(Story().patient(sex="X")).items}


def test_the_last_answer_stands():
    story = Story()
    for word in ("stop", "clear"):
        story.tell(f.ScreeningAnswered(at=NOON, item="heart-angina", answer=word, note="n"))
    assert answer_of(story, "heart-angina").answer == "clear"


def test_the_verdict_is_the_worst_of_what_is_open():
    story = Story().patient().order()
    assert verdict(story).verdict == "open"
    story.tell(f.ScreeningAnswered(at=NOON, item="urinary", answer="ask", note="n"))
    assert verdict(story).verdict == "ask"
    story.tell(f.ScreeningAnswered(at=NOON, item="heart-angina", answer="stop", note="n"))
    assert verdict(story).verdict == "stop"
    assert verdict(story).headline == "Do not start"


def test_later_hours_do_not_change_how_the_screening_stood_at_the_start():
    story = told().tell(
        f.IntakeRecorded(at=NOON, solid_at=NOON - timedelta(hours=5), clear_at=NOON)
    )
    story.start_pump(10, "10", strength="2", despite="x")
    story.full(20, 190, 110)
    assert answer_of(story, "pressure-today", 600).answer == "clear"
    assert answer_of(story, "fasting", 600).answer == "ask"


# ------------------------------------------------ the time-out before the start


def ready():
    """A story in which nothing stands against a start at minute 20 with 17.5 mL/h."""
    story = Story().patient().order().weight("70")
    for item in house.shipped_protocol().screening:
        if not item.computed:
            dated = NOON.date() if item.wants == "date" else None
            story.tell(f.ScreeningAnswered(at=NOON, item=item.code, answer="clear", dated=dated))
    story.tell(f.MedicinesListed(at=NOON, none=True))
    story.tell(f.HistoryTaken(at=NOON, tried=(Tried(name="sumatriptan", outcome="none"),)))
    story.tell(
        f.IntakeRecorded(
            at=NOON, solid_at=NOON - timedelta(hours=7), clear_at=NOON - timedelta(hours=3)
        )
    )
    story.tell(f.AdultNamed(at=NOON, name="M", phone="1", of_age=True, sober=True, stays=True))
    story.tell(f.IdentityConfirmed(at=NOON, identifiers=("name", "birth-date")))
    story.tell(f.FindingExplained(at=NOON, finding="prescriber-on-site", reason="policy 12"))
    story.tell(
        f.AccessPlaced(
            at=NOON, site="forearm", side="left", gauge=22, blood_return=True, patent=True
        )
    )
    story.vial().bag("3.5", "17.5").full(10)
    from ketachart.domain.quantities import MgPerMl, Ml, MlPerHour

    return story.tell(
        f.PumpChecked(
            at=story.at(15),
            reader="same-nurse",
            rate_ml_h=MlPerHour("17.5"),
            volume_ml=Ml("17.5"),
            strength_mg_per_ml=MgPerMl(2),
        )
    )


def codes(story, minute=20):
    return [point.code for point in against_start(story.visit(), story.at(minute))]


def test_nothing_stands_against_a_prepared_start():
    assert codes(ready()) == []


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (f.IdentityConfirmed, "identity"),
        (f.AccessPlaced, "access"),
        (f.BagPrepared, "bag"),
        (f.PumpChecked, "pump-check"),
        (f.VitalsTaken, "baseline"),
        (f.WeightMeasured, "weight"),
        (f.AdultNamed, "screening:home-adult"),
        (f.IntakeRecorded, "screening:fasting"),
    ],
)
def test_each_thing_that_is_missing_stands_against_the_start(kind, code):
    story = ready()
    story.entries = [entry for entry in story.entries if not isinstance(entry.fact, kind)]
    assert code in codes(story)


@pytest.mark.parametrize(("minute", "old"), [(25, False), (26, True)])
def test_the_baseline_is_no_older_than_fifteen_minutes(minute, old):
    assert ("baseline" in codes(ready(), minute)) is old


def test_a_dose_over_the_goal_s_range_asks_for_a_reason_and_the_reason_settles_it():
    from ketachart.domain.quantities import MgPerKg

    story = ready().order(dose_mg_per_kg=MgPerKg("0.6"))
    assert "dose-range" in codes(story)
    story.tell(f.FindingExplained(at=NOON, finding="dose-range", reason="specialist's advice"))
    assert "dose-range" not in codes(story)


@pytest.mark.parametrize(("dose", "stopped"), [("0.99", False), ("1", True)])
def test_an_anaesthetic_dose_is_never_started(dose, stopped):
    from ketachart.domain.quantities import MgPerKg

    story = ready().order(dose_mg_per_kg=MgPerKg(dose))
    story.tell(f.FindingExplained(at=NOON, finding="dose-absolute", reason="please"))
    assert ("dose-absolute" in codes(story)) is stopped


def test_a_hundred_milligrams_per_millilitre_is_never_given_undiluted():
    story = Story().patient().order().weight("70").vial("100", "5").bag("0.35", "0.35")
    assert "undiluted" in codes(story)


def test_a_vial_that_has_expired_stands_against_the_start():
    story = ready()
    vial = next(e for e in story.entries if isinstance(e.fact, f.VialTaken))
    from dataclasses import replace

    fresh = replace(vial.fact, expires=(NOON - timedelta(days=1)).date())
    place = story.entries.index(vial)
    story.entries[place] = replace(vial, fact=fresh)
    assert "vial-expired" in codes(story)


def test_allergies_that_were_not_asked_stand_against_the_start():
    assert "allergies" in codes(ready().patient(no_known_allergies=False))


def test_a_start_at_another_rate_than_was_checked_is_named():
    from ketachart.domain.quantities import MlPerHour

    story = ready()
    start = f.InfusionStarted(at=story.at(20), rate_ml_h=MlPerHour("175"))
    points = against_start(story.visit(), story.at(20), start)
    assert [point.code for point in points] == ["start-rate"]


def test_an_infusion_planned_into_the_night_asks_for_a_reason():
    assert "evening" not in codes(ready())
    late = Story(start=NOON + timedelta(hours=6, minutes=1)).patient().order().weight("70")
    assert "evening" in codes(late)
