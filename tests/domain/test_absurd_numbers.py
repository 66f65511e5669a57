"""A slip of many digits is charted, told and corrected: it never ends the program."""

from datetime import timedelta

from ketachart.domain import facts as f
from ketachart.domain.alerts import alerts
from ketachart.domain.check.pump_check import slips
from ketachart.domain.earlier.past import past_infusion
from ketachart.domain.folded.whole import folded
from ketachart.domain.found.findings import findings
from ketachart.domain.infusion import delivery, planned_end
from ketachart.domain.quantities import Mg, MgPerMl, Ml, MlPerHour
from ketachart.domain.start import Against, refusal_of
from tests.helpers.story import Story

HUGE, TINY = "999999999", "0.000000001"


def test_a_bag_that_would_last_for_ages_has_no_end_in_sight():
    visit = Story().order().start_pump(0, "5", strength="2", volume=HUGE).visit()
    now = visit.entries[-1].at + timedelta(minutes=5)
    assert planned_end(visit, delivery(visit, now)) is None
    assert folded(visit, now=now)["infusion"]["planned_end"] is None
    alerts(visit, now)
    findings(visit, now)


def test_a_year_ahead_is_still_an_end():
    day = str(24 * 365)
    visit = Story().start_pump(0, "1", strength="2", volume=day).visit()
    start = visit.entries[-1].at
    assert planned_end(visit, delivery(visit, start)) == start + timedelta(days=365)
    longer = Story().start_pump(0, "1", strength="2", volume=f"{day}.001").visit()
    assert planned_end(longer, delivery(longer, start)) is None


def test_a_pump_that_was_read_at_next_to_nothing_is_named():
    told = Story().patient().order().weight("68.4").vial().bag("3.42", "17.1")
    told.tell(
        f.PumpChecked(
            at=told.at(1), reader="same-nurse", rate_ml_h=MlPerHour(TINY), volume_ml=Ml("17.1"),
            strength_mg_per_ml=MgPerMl("2"),
        )
    )  # fmt: skip
    visit = told.visit()
    said = " ".join(slip.told for slip in slips(visit, visit.facts(f.PumpChecked)[0]))
    assert "it would take more than a year, not 1 h" in said


def test_a_dose_that_no_record_can_hold_is_not_copied_into_the_next_visit():
    told = Story().order().weight("1").start_pump(0, HUGE, strength="100").stop(600)
    past = past_infusion(told.visit())
    assert past.delivered_mg is None
    assert past.delivered_mg_per_kg is None
    assert past_infusion(
        Story().order().start_pump(0, "30", strength="2").stop(60).visit()
    ).delivered_mg.amount == 60  # fmt: skip


def test_a_counter_that_went_back_in_another_bag_leaves_the_rates_to_tell_the_dose():
    told = Story().order().weight("70").start_pump(0, "10", strength="1", volume="50")
    told.tell(
        f.BagChanged(
            at=told.at(30), strength_mg_per_ml=MgPerMl(50), volume_ml=Ml(50), pump_volume_ml=Ml(10)
        )
    )
    past = past_infusion(told.stop(40, pump="5").visit())
    # 10 mL/h of 1 mg/mL for 30 min, of 50 mg/mL for 10 min: 5 + 250/3 mg
    assert past.delivered_mg == Mg("88.33")


def test_why_one_cannot_start_is_a_sentence_with_its_end():
    point = Against(code="weight", level="stop", sentence="Chart the weight", source="")
    assert str(refusal_of((point,))) == "Do not start: 1 point against it. Chart the weight."
