"""An order that is changed while it runs: what was done before is held against the one before."""

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

import pytest

from ketachart import house
from ketachart.domain import facts as f
from ketachart.domain.admission.door import admit, admit_strike
from ketachart.domain.alerts import alert_history
from ketachart.domain.audit import is_setting, words
from ketachart.domain.check.pump_check import slips
from ketachart.domain.dose.dosing_weight import planned_dose
from ketachart.domain.dose_alerts import ceiling_of, over_the_order
from ketachart.domain.dose_checks import dose_checks
from ketachart.domain.editions import changed_orders, editions
from ketachart.domain.found.findings import findings
from ketachart.domain.infusion import delivery
from ketachart.domain.monitoring import slots_of
from ketachart.domain.ordered_monitoring import full_set
from ketachart.domain.policy import Limit
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
from ketachart.domain.summary import look_at
from ketachart.domain.telling.order_changes import all_differences
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


# ------------------------------------------------------------------ what is said of it


def test_a_change_is_told_with_what_it_was_and_what_it_becomes():
    story = changed(running(), **HIGHER)
    title, detail = words(story.visit(), story.visit().order)
    assert title == "Order changed"
    assert detail.startswith(
        "Dose 0.5 mg/kg → 0.6 mg/kg; Highest rate 0.5 mg/kg/h → 0.6 mg/kg/h. It now says: "
    )
    assert words(story.visit(), story.visit().order_at(story.at(0)))[0] == "Order"


def test_a_changed_order_is_an_entry_of_the_course_and_the_first_is_not():
    visit = changed(running(), **HIGHER).visit()
    assert [is_setting(visit, entry) for entry in visit.of(f.OrderRecorded)] == [True, False]


def test_telephone_orders_to_be_countersigned_are_counted_with_those_of_calls():
    story = changed(running(), **HIGHER)
    call = {"to": "Dr A. Okafor", "reached": True, "about": "pain", "said": "go on"}
    story.tell(f.CallMade(at=story.at(20), **call))
    found = {one.code: one for one in findings(story.visit(), story.at(40))}
    assert found["phone-orders"].sentence == "2 telephone orders to be countersigned"
    assert found["phone-orders"].detail == "Dr A. Okafor 12:20 and Dr A. Okafor 12:30"
    assert "Dose 0.5 mg/kg → 0.6 mg/kg" in found[f"order-changed-{len(story.entries) - 1}"].detail


@pytest.mark.parametrize(("read_back", "asks"), [(True, False), (False, True)])
def test_a_change_that_was_not_read_back_asks_why(read_back, asks):
    story = changed(running(), **HIGHER)
    last = story.entries.pop()
    story.tell(replace(last.fact, read_back=read_back))
    assert any(code.startswith("order-not-read-back") for code in codes(story, 40)) is asks
    (line,) = [line for line in look_at(story.visit()) if line.kind == "Order changed"]
    assert line.decision is asks


@pytest.mark.parametrize(("dose", "asks"), [("0.5", False), ("0.6", True)])
def test_a_changed_order_beyond_the_protocol_asks_at_the_end_until_a_reason_is_given(dose, asks):
    """The shipped range of an acute migraine ends at 0.5 mg/kg."""
    story = running(dose_mg_per_kg=MgPerKg("0.4"))
    changed(story, dose_mg_per_kg=MgPerKg(dose))
    code = f"dose-range-order-{len(story.entries)}"
    assert (code in codes(story)) is asks
    story.tell(f.FindingExplained(at=story.at(40), finding="dose-range", reason="asked twice"))
    assert code not in codes(story)


def test_a_reason_that_was_given_for_the_first_order_does_not_excuse_the_second():
    story = running(dose_mg_per_kg=MgPerKg("0.6"))
    story.tell(f.FindingExplained(at=story.at(1), finding="dose-range", reason="long known"))

    def said(minute):
        rows = dose_checks(story.visit(), story.at(minute))
        return next(row.explained for row in rows if row.code == "dose-range")

    changed(story, 20, note="no other dose")
    assert (said(5), said(25)) == ("long known", "long known")
    changed(story, dose_mg_per_kg=MgPerKg("0.7"))
    assert (said(5), said(25), said(35)) == ("long known", "long known", "")


OTHER = {
    "goal": "prevention",
    "dose_mg_per_kg": MgPerKg("0.25"),
    "duration_min": Minutes(90),
    "expires_on": date(2026, 12, 24),
    "ceiling_mg": Mg(30),
    "start_rate_mg_kg_h": MgPerKgPerHour("0.1"),
    "highest_rate_mg_kg_h": MgPerKgPerHour("0.2"),
    "weight_basis": "ideal",
    "weight_formula": "devine",
    "dosing_weight_kg": Kg("60"),
    "titration": (
        f.TitrationStep(after_min=Minutes(9), rate_mg_kg_h=MgPerKgPerHour(1), condition="x"),
    ),
    "priming": f.LinePriming(fluid="drug", volume_ml=Ml(12)),
    "monitoring": f.MonitoringPlan(vitals_every_min=5),
    "adjuncts": (f.Adjunct(kind="magnesium", what="magnesium"),),
    "strength_mg_per_ml": MgPerMl(1),
    "diluent": "5 % dextrose",
    "bolus_allowed": True,
    "bolus_max_mg_per_kg": MgPerKg("0.1"),
    "prn": (f.PrnOrder(medicine="ondansetron", dose="4", unit="mg"),),
    "limits": (TIGHT,),
    "evaluated_on": date(2026, 11, 1),
    "series_number": 2,
    "series_of": 5,
    "note": "call",
    "prescriber": f.Prescriber(name="Dr B. Ito", phone="3"),
    "ordered_on": date(2026, 11, 20),
    "received": "telephone",
    "read_back": True,
}


def test_every_value_of_an_order_is_compared():
    """Each field of an order is told when it is another one; the route has no other value yet."""
    names = {field.name for field in fields(f.OrderRecorded)}
    assert names - {"at", "route"} == set(OTHER)


@pytest.mark.parametrize("name", sorted(OTHER))
def test_a_value_that_is_changed_is_told(name):
    visit = told(bolus_allowed=True, received="telephone").visit()
    beside = {"bolus_allowed": {"bolus_allowed": False}, "received": {"received": "signed"}}
    after = replace(visit.order, **beside.get(name, {name: OTHER[name]}))
    assert len(all_differences(visit.protocol, visit.order, after)) == 1
    assert all_differences(visit.protocol, visit.order, visit.order) == ()


def test_the_only_order_is_not_struck_but_a_changed_one_is():
    story = changed(running(), **HIGHER)
    first, last = story.visit().of(f.OrderRecorded)
    admit_strike(story.visit(), slip(story, last), replaced=False)
    story.strike(last.id)
    with pytest.raises(Refused, match="only order"):
        admit_strike(story.visit(), slip(story, first), replaced=False)


def slip(story, entry):
    return f.EntryStruck(at=story.at(40), entry=entry.id, reason="slip")
