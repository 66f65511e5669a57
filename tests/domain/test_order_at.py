"""An order that is changed while it runs: what was done before is held against the one before."""

from dataclasses import replace
from decimal import Decimal

import pytest

from ketachart import house
from ketachart.domain import facts as f
from ketachart.domain.admission.door import admit
from ketachart.domain.alerts import alert_history
from ketachart.domain.dose_alerts import ceiling_of, over_the_order
from ketachart.domain.dosing_weight import planned_dose
from ketachart.domain.editions import changed_orders, editions
from ketachart.domain.findings import findings
from ketachart.domain.infusion import delivery
from ketachart.domain.monitoring import slots_of
from ketachart.domain.ordered_monitoring import full_set
from ketachart.domain.policy import Limit
from ketachart.domain.pump_check import slips
from ketachart.domain.quantities import (
    Kg,
    Mg,
    MgPerKg,
    MgPerKgPerHour,
    MgPerMl,
    Minutes,
    Ml,
    MlPerHour,
)
from ketachart.domain.rate_changes import against_rate
from ketachart.domain.scope import bolus_most
from ketachart.domain.start import against_start
from ketachart.domain.telling.pump import rate_text
from ketachart.errors import Refused
from tests.helpers.story import Story

# 70 kg × 0.5 mg/kg = 35 mg in 17.5 mL of 2 mg/mL; over 60 min that is 17.5 mL/h, 0.5 mg/kg/h.
# By the order of minute 30 it is 0.6 mg/kg: 42 mg, 21 mL/h, and 0.6 mg/kg/h at the most.
TIGHT = Limit(sign="systolic", when="during", level="pause", above=Decimal(140), source="")
HIGHER = {"dose_mg_per_kg": MgPerKg("0.6"), "highest_rate_mg_kg_h": MgPerKgPerHour("0.6")}


def told(**values):
    first = {"highest_rate_mg_kg_h": MgPerKgPerHour("0.5"), **values}
    return Story().patient().order(**first).weight("70").vial().bag("3.5", "17.5")


def running(**values):
    return told(**values).start_pump(0, "17.5", strength="2", volume="40")


def changed(story, minute=30, **values):
    """The order in force with other values, by telephone at that minute."""
    fact = replace(story.visit().order, received="telephone", read_back=True, **values)
    return story.tell(replace(fact, at=story.at(minute)))


def history(story, now, code):
    found = [one for one in alert_history(story.visit(), story.at(now)) if one.code == code]
    return [(_minute(story, one.since), _minute(story, one.until)) for one in found]


def _minute(story, moment):
    return None if moment is None else int((moment - story.start).total_seconds() // 60)


def refused(story, fact, now):
    try:
        admit(story.visit(), fact, now=story.at(now), letters=house.printable_letters())
    except Refused as refusal:
        return refusal.rule
    return ""


def codes(story, now=90):
    return {finding.code for finding in findings(story.visit(), story.at(now))}


def read(story, minute):
    """The check as the first order gives it."""
    return f.PumpChecked(
        at=story.at(minute),
        rate_ml_h=MlPerHour("17.5"),
        volume_ml=Ml("17.5"),
        strength_mg_per_ml=MgPerMl("2"),
        reader="self",
    )


# ------------------------------------------------------------------ which one stood


@pytest.mark.parametrize(
    ("minute", "dose"), [(-9, "0.5"), (0, "0.5"), (29.9, "0.5"), (30, "0.6"), (45, "0.6")]
)
def test_the_order_of_a_moment_is_the_last_one_from_then_or_before(minute, dose):
    story = changed(running(), **HIGHER)
    visit = story.visit()
    assert visit.order_at(story.at(minute)).dose_mg_per_kg == MgPerKg(dose)
    assert visit.order.dose_mg_per_kg == MgPerKg("0.6")
    assert len(visit.ordered_at(story.at(minute)).of(f.InfusionStarted)) == 1


def test_with_one_order_or_none_it_stands_for_all_times():
    story = running()
    assert story.visit().order_at(story.at(-60)) == story.visit().order
    assert Story().visit().order_at(story.at(5)) is None
    assert editions(Story().visit()) == ()


def test_a_corrected_order_replaces_the_struck_one_for_all_times():
    story = running()
    order = story.entries[4]
    right = replace(order.fact, dose_mg_per_kg=MgPerKg("0.4"))
    story.tell(right, entry_id="right").strike(order.id, replaced_by="right")
    visit = story.visit()
    assert [visit.order_at(story.at(minute)) for minute in (0, 60)] == [right, right]
    assert changed_orders(visit) == ()


# ------------------------------------------------------------------ what is judged by it


def test_a_check_that_agreed_goes_on_agreeing_after_the_order_is_changed():
    story = told()
    check = read(story, 0)
    story.tell(check)
    story.start_pump(0, "17.5")
    changed(story, dose_mg_per_kg=MgPerKg("0.5"), duration_min=Minutes(50))
    visit = story.visit()
    assert slips(visit, check) == ()
    again = replace(check, at=story.at(31))
    assert [slip.field for slip in slips(visit, again)] == ["rate_ml_h"]


def test_a_check_made_before_the_order_was_changed_does_not_let_it_start():
    story = told()
    check = read(story, 1)
    story.tell(check)
    changed(story, 5, duration_min=Minutes(50))

    def points(minute):
        return {p.code for p in against_start(story.visit(), story.at(minute))}

    assert "pump-check:rate_ml_h" not in points(4)
    assert "pump-check:rate_ml_h" in points(5)


@pytest.mark.parametrize(("minute", "over"), [(29, True), (30, False)])
def test_a_rate_change_is_held_against_the_order_of_its_time(minute, over):
    story = changed(running(), **HIGHER)
    against = against_rate(story.visit(), MlPerHour("21"), story.at(minute))
    assert any("highest rate of the order" in said for said in against) is over


def test_a_rate_that_was_over_stays_over_only_until_a_higher_one_is_ordered():
    story = running().rate(20, "21", reason="x")
    assert history(story, 40, "rate-over") == [(20, None)]
    assert history(changed(story, **HIGHER), 40, "rate-over") == [(20, 30)]


def test_a_rate_that_was_right_is_over_from_when_less_is_ordered():
    story = changed(running(), highest_rate_mg_kg_h=MgPerKgPerHour("0.3"))
    assert history(story, 40, "rate-over") == [(30, None)]
    assert history(story.stop(45), 60, "rate-over") == [(30, 45)]


def test_a_change_of_something_else_does_not_cut_the_time_over_the_rate_in_two():
    story = changed(running().rate(20, "21", reason="x"), note="call at the end")
    assert history(story, 40, "rate-over") == [(20, None)]


def test_a_reading_is_held_against_the_limits_of_its_time():
    story = running().bp(10, 145, 80)
    changed(story, limits=(TIGHT,)).bp(29, 145, 80).bp(31, 145, 80)
    assert history(story, 40, "systolic-pause") == [(31, None)]


def test_a_medicine_is_held_against_the_order_of_its_time():
    story = running()
    prn = f.PrnOrder(medicine="ondansetron", dose="4", unit="mg", indication="nausea")
    changed(story, prn=(prn,))

    def given(minute):
        return f.MedicineGiven(
            at=story.at(minute),
            medicine="ondansetron",
            dose=Decimal(4),
            unit="mg",
            route="IV",
            indication="nausea",
            against="prn-order",
        )

    assert refused(story, given(29), 40) == "not ordered"
    assert not refused(story, given(30), 40)


def test_a_bolus_is_held_against_the_order_of_its_time():
    story = running()
    changed(story, bolus_allowed=True, bolus_max_mg_per_kg=MgPerKg("0.05"))
    visit = story.visit()
    assert bolus_most(visit.ordered_at(story.at(31))).dose == MgPerKg("0.05")
    before = f.BolusGiven(at=story.at(29), amount_mg=Mg(1))
    assert refused(story, before, 40) == "bolus not allowed"
    after = replace(before, at=story.at(31))
    with pytest.raises(Refused) as refusal:
        admit(story.visit(), after, now=story.at(40))
    assert "order does not allow" not in str(refusal.value)


def test_a_rate_is_told_by_the_weight_of_its_time():
    story = running()
    changed(story, weight_basis="ideal", dosing_weight_kg=Kg("50"))
    visit = story.visit()
    assert "0.5 mg/kg/h" in rate_text(visit, MlPerHour("17.5"), story.at(10))
    assert "0.7 mg/kg/h" in rate_text(visit, MlPerHour("17.5"), story.at(30))


def test_a_denser_watch_is_asked_for_from_when_it_is_ordered():
    story = running()
    plain = {slot.at for slot in slots_of(story.visit(), story.at(40))}
    changed(story, monitoring=f.MonitoringPlan(vitals_every_min=4))
    whole = full_set(story.visit().protocol)
    slots = slots_of(story.visit(), story.at(40))
    early = {slot.at for slot in slots if slot.at <= story.at(30)}
    assert early == {at for at in plain if at <= story.at(30)}
    late = [_minute(story, s.at) for s in slots if s.at > story.at(30) and s.needs >= whole]
    assert {34, 38} <= set(late)


# ------------------------------------------------------------------ the dose


def test_a_higher_dose_counts_once_it_is_ordered():
    story = changed(running(), **HIGHER).stop(72)  # 42 mg
    assert planned_dose(story.visit()) == Mg(42)
    assert "over-the-order" not in codes(story)
    assert history(story, 90, "ceiling-near") == [(64, 72)]
    assert "over-the-order" in codes(changed(running(), **HIGHER).stop(75))


@pytest.mark.parametrize(("stop", "over"), [(30, False), (30.1, False), (31, True)])
def test_what_was_in_before_a_dose_was_lowered_is_not_over_but_anything_more_is(stop, over):
    story = changed(running(), dose_mg_per_kg=MgPerKg("0.2")).stop(stop)  # 17.5 mg by then, now 14
    assert ("over-the-order" in codes(story)) is over
    run = delivery(story.visit(), story.at(60))
    assert over_the_order(story.visit(), run) == (Mg(14) if over else None)
    assert (ceiling_of(story.visit(), run) == "over") is over


def test_the_stop_is_asked_for_from_when_less_is_ordered_than_is_in():
    story = changed(running(), dose_mg_per_kg=MgPerKg("0.2"))
    assert history(story, 33, "ceiling-reached") == [(30, None)]


def test_a_dose_that_was_reached_stays_told_until_more_is_ordered():
    story = changed(running(), 65, **HIGHER)
    assert history(story, 66, "ceiling-reached") == [(60, 65)]


def test_an_order_after_the_stop_excuses_nothing():
    story = changed(running().stop(70), 75, dose_mg_per_kg=MgPerKg("0.9"))
    assert "over-the-order" in codes(story)
