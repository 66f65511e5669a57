"""What is looked at before signing, and how a reason settles it."""

from datetime import timedelta
from decimal import Decimal

import pytest

from ketachart.domain import facts as f
from ketachart.domain.found.findings import findings, standing
from ketachart.domain.quantities import Mg
from ketachart.domain.summary import extremes, honesty, look_at, pain_change, three_pressures
from tests.helpers.story import Story


def started():
    return Story().patient().order().weight("70").full(-5).start_pump(0, "17.5", strength="2")


def codes(story, minute=200, severity=None):
    return {
        finding.code
        for finding in findings(story.visit(), story.at(minute))
        if severity in (None, finding.severity)
    }


def test_an_empty_visit_says_that_no_infusion_is_charted():
    assert "no-outcome" in codes(Story().patient().order(), severity="stop")
    story = Story().patient().order()
    story.tell(f.InfusionNotStarted(at=story.at(1), reason="fever"))
    assert "no-outcome" not in codes(story)


def test_a_running_pump_and_a_patient_not_released_stop_the_signature():
    assert {"pump-not-stopped", "not-released"} <= codes(started(), severity="stop")
    assert "pump-not-stopped" not in codes(started().stop(60))


def test_a_reason_settles_a_point_for_good():
    story = started().stop(60).effect(20, "nausea", 1)
    assert "effect-open-nausea" in {x.code for x in standing(story.visit(), story.at(90))}
    story.tell(
        f.FindingExplained(at=story.at(91), finding="effect-open-nausea", reason="usual for her")
    )
    assert "effect-open-nausea" not in {x.code for x in standing(story.visit(), story.at(92))}
    kept = [x for x in findings(story.visit(), story.at(92)) if x.code == "effect-open-nausea"]
    assert kept[0].explained == "usual for her"


def test_a_stop_is_not_explained_away():
    story = started()
    story.tell(f.FindingExplained(at=story.at(1), finding="pump-not-stopped", reason="no"))
    assert "pump-not-stopped" in {x.code for x in standing(story.visit(), story.at(92))}


@pytest.mark.parametrize(("grade", "asked"), [(1, False), (2, True)])
def test_a_moderate_side_effect_without_anything_done_is_asked_about(grade, asked):
    story = started().effect(20, "nausea", grade).effect(30, "nausea", 0)
    assert ("effect-unanswered-nausea" in codes(story)) is asked
    story.tell(f.MeasureTaken(at=story.at(25), measures=("reassured",), effect="nausea"))
    assert "effect-unanswered-nausea" not in codes(story)


def test_a_medicine_without_its_response_is_asked_about():
    story = started()
    story.tell(
        f.MedicineGiven(
            at=story.at(20), medicine="ondansetron", dose=Decimal(4), unit="mg", against="emergency"
        )
    )
    code = f"no-response-{len(story.entries)}"
    assert code in codes(story)
    story.tell(f.ResponseNoted(at=story.at(40), entry=story.last_id, response="better"))
    assert code not in codes(story)


def test_drug_that_is_nowhere_is_asked_about():
    story = started().vial().stop(60)
    assert "unaccounted" in codes(story, severity="reason")


@pytest.mark.parametrize(
    ("pump", "severity"), [("17.5", None), ("17.6", "know"), ("17.75", "know"), ("17.8", "reason")]
)
def test_pump_and_rates_may_be_half_a_milligram_apart(pump, severity):
    story = Story().patient().order().weight("70").vial().bag("3.5", "17.5")
    story.start_pump(0, "17.5").stop(60, pump=pump)
    found = [x for x in findings(story.visit(), story.at(61)) if x.code == "pump-and-rates"]
    assert [x.severity for x in found] == ([severity] if severity else [])


def test_waste_without_a_witness_is_asked_about():
    story = started().vial().stop(60)
    story.tell(
        f.DrugWasted(at=story.at(61), amount_mg=Mg(5), source="V1", how="p", witness_mode="none")
    )
    assert f"no-witness-{len(story.entries)}" in codes(story, severity="reason")


def test_more_given_than_ordered_is_asked_about():
    assert "over-the-order" not in codes(started().stop(60))
    assert "over-the-order" in codes(started().stop(65))


def test_a_clock_that_stands_before_the_last_entry_stops_the_signature():
    story = started().stop(60)
    assert "clock-behind" in codes(story, minute=59)
    assert "clock-behind" not in codes(story, minute=60)


def test_an_emergency_without_an_end_stops_the_signature():
    story = started().tell(f.EmergencyDeclared(at=Story().at(5), why="hard to wake"))
    assert "emergency-open" in codes(story, severity="stop")
    story.tell(f.EmergencyEnded(at=story.at(9), outcome="woke"))
    assert "emergency-open" not in codes(story)


# ------------------------------------------------ page one


def test_the_extremes_and_the_three_pressures():
    story = started().full(10, 150, 90).full(42, 163, 98, spo2=93).stop(60).full(75, 130, 80)
    found = {x.label: x.value for x in extremes(story.visit())}
    assert found["BP, highest"] == "163/98"
    assert found["SpO₂, lowest"] == "93 %"
    values = [e.fact.systolic for _, e in three_pressures(story.visit())]
    assert values == [124, 163, 130]


def test_the_pain_from_first_to_last():
    story = started().full(10, pain=8).full(20, pain=3)
    first, last = pain_change(story.visit())
    assert (first.value, last.value) == (5, 3)


def test_the_honesty_strip_counts_what_nobody_can_choose():
    story = started().full(5).vitals(10, spo2=97, heart_rate=80, recorded=16)
    story.bp(20, 218, 82)
    wrong = story.last_id
    story.bp(20, 128, 82)
    story.strike(wrong, replaced_by=story.last_id).stop(60)
    story.tell(
        f.ClockStepped(at=story.at(60), by_s=-7200, laptop_said=story.at(60) - timedelta(hours=2))
    )
    strip = honesty(story.visit())
    assert (strip.late_entries, strip.corrections, strip.voids, strip.clock_steps) == (1, 1, 0, 1)
    assert strip.rows - strip.on_time == 1
    assert strip.gap.total_seconds() == 40 * 60


def test_what_needs_a_decision_comes_before_what_is_good_to_know():
    story = started().full(10, 170, 95).full(20, 150, 90).bp(30, 218, 82)
    story.strike(story.last_id)
    lines = look_at(story.visit())
    assert [line.decision for line in lines] == sorted(
        (line.decision for line in lines), reverse=True
    )
    assert lines[0].kind == "Limit"
