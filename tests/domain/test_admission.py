"""What may enter the record: impossible numbers are sent back, what happened is not."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from ketachart import house
from ketachart.domain import facts as f
from ketachart.domain.admission.door import admit, admit_strike
from ketachart.domain.quantities import Kg, MgPerKg, MgPerMl, Minutes, Ml, MlPerHour
from ketachart.errors import Refused
from tests.helpers.story import Story


def chart(story, fact, minute=0):
    """Lets a fact into a story's visit at a minute, or raises what the nurse would read."""
    admit(story.visit(), fact, now=story.at(minute), letters=house.printable_letters())


def ready():
    return Story().patient().order().weight("70")


def running():
    return ready().vial().bag("3.5", "17.5").start_pump(1, "17.5")


def vitals(story, minute=0, **values):
    return f.VitalsTaken(at=story.at(minute), **values)


# ------------------------------------------------ numbers that cannot be


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"heart_rate": 900}, "heart_rate"),
        ({"spo2": 140}, "spo2"),
        ({"spo2": 101}, "spo2"),
        ({"systolic": 80, "diastolic": 120}, "diastolic"),
        ({"systolic": 120, "diastolic": 120}, "diastolic"),
        ({"pain": 11}, "pain"),
        ({"rass": -6}, "rass"),
        ({"temperature_c": Decimal(367)}, "temperature_c"),
        ({"respiratory_rate": -1}, "respiratory_rate"),
        ({"oriented": 5}, "oriented"),
        ({}, ""),
    ],
)
def test_an_impossible_number_is_sent_back_even_when_confirmed(values, field):
    story = ready()
    with pytest.raises(Refused) as refused:
        chart(story, vitals(story, **values, confirmed=True))
    assert refused.value.field == field


def test_swapped_pressures_are_named():
    story = ready()
    with pytest.raises(Refused, match="swapped"):
        chart(story, vitals(story, systolic=80, diastolic=120))


@pytest.mark.parametrize("values", [{"heart_rate": 251}, {"systolic": 310, "diastolic": 120}])
def test_what_is_hard_to_believe_is_charted_once_confirmed(values):
    story = ready()
    with pytest.raises(Refused, match="confirm"):
        chart(story, vitals(story, **values))
    chart(story, vitals(story, **values, confirmed=True))


@pytest.mark.parametrize(
    "values",
    [{"heart_rate": 250}, {"spo2": 50}, {"spo2": 100}, {"systolic": 300, "diastolic": 200}],
)
def test_the_edge_of_what_is_believable_needs_no_confirming(values):
    story = ready()
    chart(story, vitals(story, **values))


def test_the_same_set_twice_within_two_minutes_is_asked_about():
    story = ready().bp(0, 124, 76, heart_rate=78)
    again = vitals(story, 1, systolic=124, diastolic=76, heart_rate=78)
    with pytest.raises(Refused, match="same values"):
        chart(story, again, 1)
    chart(story, replace(again, confirmed=True), 1)
    chart(story, replace(again, at=story.at(2)), 2)


def test_weight_zero_is_refused():
    story = ready()
    with pytest.raises(Refused, match="above zero"):
        chart(story, f.WeightMeasured(at=story.at(0), weight_kg=Kg(0)))


def test_pounds_typed_as_kilograms_are_named():
    story = ready()
    fact = f.WeightMeasured(at=story.at(0), weight_kg=Kg(154), last_weight_kg=Kg(70))
    with pytest.raises(Refused, match="were pounds typed as kilograms"):
        chart(story, fact)
    chart(story, replace(fact, confirmed=True))


@pytest.mark.parametrize(("kg", "refused"), [("77", False), ("77.1", True), ("62.9", True)])
def test_a_jump_of_more_than_ten_percent_is_asked_about(kg, refused):
    story = ready()
    fact = f.WeightMeasured(at=story.at(0), weight_kg=Kg(kg), last_weight_kg=Kg(70))
    if refused:
        with pytest.raises(Refused, match="more than 10 %"):
            chart(story, fact)
    else:
        chart(story, fact)


# ------------------------------------------------ time


def test_the_future_has_not_happened_yet():
    story = ready()
    with pytest.raises(Refused, match="has not happened yet"):
        chart(story, vitals(story, 5, spo2=98), minute=3)


def test_the_minute_that_has_just_begun_is_not_the_future():
    story = ready()
    chart(story, vitals(story, 3.9, spo2=98), minute=3)


def test_a_date_that_is_a_day_off_is_asked_about():
    story = ready().tell(f.VisitOpened(at=Story().start, visit="1"))
    with pytest.raises(Refused, match="more than a day before"):
        chart(story, vitals(story, -25 * 60, spo2=98))


# ------------------------------------------------ letters


def test_a_name_the_report_cannot_print_is_told_at_once():
    story = Story()
    patient = Story().patient(given_name="文").visit().patient
    with pytest.raises(Refused, match="“文” cannot be printed"):
        chart(story, patient)


@pytest.mark.parametrize("name", ["José", "Nguyễn Thị Ánh", "Şahin", "Žižka", "Ødegård", "Жанна"])
def test_names_with_accents_are_charted_as_they_are(name):
    story = Story()
    chart(story, Story().patient(given_name=name).visit().patient)


def test_a_reason_may_not_be_blank():
    story = ready()
    with pytest.raises(Refused, match="Fill in text"):
        chart(story, f.NoteWritten(at=story.at(0), text="  "))


# ------------------------------------------------ the pump


def test_a_stop_before_the_start_is_refused():
    story = running()
    with pytest.raises(Refused, match="before the start"):
        chart(story, f.InfusionStopped(at=story.at(0), reason="complete"), 5)


def test_a_rate_needs_a_running_pump():
    story = ready()
    with pytest.raises(Refused, match="not running"):
        chart(story, f.RateSet(at=story.at(1), rate_ml_h=MlPerHour(5)), 1)


def test_a_late_pause_that_contradicts_what_followed_is_refused():
    story = running().rate(20, "10")
    with pytest.raises(Refused, match="does not fit"):
        chart(story, f.InfusionPaused(at=story.at(10)), 30)


def test_a_late_rate_between_others_is_let_in():
    story = running().rate(20, "10")
    chart(story, f.RateSet(at=story.at(10), rate_ml_h=MlPerHour(12)), 30)


def test_an_increase_says_why_and_a_decrease_need_not():
    story = running()
    with pytest.raises(Refused, match="increase"):
        chart(story, f.RateSet(at=story.at(5), rate_ml_h=MlPerHour(20)), 5)
    for said in ("pain-tolerated", "pain 8 of 10, walks and talks"):
        chart(story, f.RateSet(at=story.at(5), rate_ml_h=MlPerHour(20), reason=said), 5)
    with pytest.raises(Refused, match="tolerated"):  # a reason for any change says no tolerance
        chart(story, f.RateSet(at=story.at(5), rate_ml_h=MlPerHour(20), reason="planned-step"), 5)
    chart(story, f.RateSet(at=story.at(5), rate_ml_h=MlPerHour(10)), 5)


def test_going_on_while_a_limit_stands_needs_a_reason():
    story = running().bp(10, 170, 95).pause(11)
    fact = f.InfusionResumed(at=story.at(12), rate_ml_h=MlPerHour(10))
    with pytest.raises(Refused, match="still stands"):
        chart(story, fact, 12)
    chart(story, replace(fact, reason="Dr A. Okafor agreed"), 12)
    story.bp(13, 150, 88)
    chart(story, replace(fact, at=story.at(14)), 14)


def test_going_on_higher_than_before_the_pause_needs_a_reason():
    story = running().pause(11)
    with pytest.raises(Refused, match="goes on higher"):
        chart(story, f.InfusionResumed(at=story.at(12), rate_ml_h=MlPerHour(18)), 12)


def test_a_start_that_something_stands_against_is_refused_with_every_point():
    story = ready().vial().bag("3.5", "17.5")
    with pytest.raises(Refused, match="Do not start") as refused:
        chart(story, f.InfusionStarted(at=story.at(1), rate_ml_h=MlPerHour("17.5")), 1)
    assert "two identifiers" in str(refused.value)
    assert "cannula" in str(refused.value)


def test_a_start_that_happened_all_the_same_can_be_charted():
    story = ready().vial().bag("3.5", "17.5")
    fact = f.InfusionStarted(
        at=story.at(1), rate_ml_h=MlPerHour("17.5"), despite="started before I came"
    )
    chart(story, fact, 1)


def test_a_start_without_any_strength_is_refused_even_then():
    story = ready()
    fact = f.InfusionStarted(at=story.at(1), rate_ml_h=MlPerHour("17.5"), despite="x")
    with pytest.raises(Refused, match="how strong"):
        chart(story, fact, 1)
    chart(story, replace(fact, strength_mg_per_ml=MgPerMl(2)), 1)


# ------------------------------------------------ drug


def test_a_vial_of_a_strength_that_is_not_sold_is_refused():
    story = ready()
    fact = f.VialTaken(
        at=story.at(0), vial="V1", strength_mg_per_ml=MgPerMl(20), volume_ml=Ml(10), lot="L",
        expires=story.start.date(),
    )  # fmt: skip
    with pytest.raises(Refused, match="10, 50, 100 mg/mL"):
        chart(story, fact)


def test_more_cannot_be_drawn_than_the_vial_holds():
    story = ready().vial(ml="20").bag("15", "30")
    fact = f.BagPrepared(at=story.at(1), bag="B2", vial="V1", drawn_ml=Ml("5.01"), total_ml=Ml(20))
    with pytest.raises(Refused, match="was drawn"):
        chart(story, fact, 1)
    chart(story, replace(fact, drawn_ml=Ml(5)), 1)


def test_a_bag_cannot_be_smaller_than_what_was_drawn_into_it():
    story = ready().vial()
    with pytest.raises(Refused, match="cannot hold"):
        chart(story, f.BagPrepared(at=story.at(1), vial="V1", drawn_ml=Ml(5), total_ml=Ml(4)), 1)


# ------------------------------------------------ medicines


def given(story, **values):
    told = {"medicine": "ondansetron", "dose": Decimal(4), "unit": "mg", **values}
    return f.MedicineGiven(at=story.at(5), **told)


def with_prn(**values):
    prn = f.PrnOrder(medicine="ondansetron", dose="4", unit="mg", **values)
    return Story().patient().order(prn=(prn,)).weight("70")


def test_a_medicine_within_its_order_is_charted():
    chart(with_prn(), given(with_prn()), 5)


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"medicine": "midazolam", "dose": Decimal(1)}, "not among"),
        ({"dose": Decimal(8)}, "order says"),
        ({"unit": "g"}, "order says"),
        ({"dose": Decimal(0)}, "above zero"),
        ({"medicine": "ketamine"}, "with the pump"),
    ],
)
def test_a_medicine_outside_its_order_says_so(values, says):
    story = with_prn()
    with pytest.raises(Refused, match=says):
        chart(story, given(story, **values), 5)


def test_a_second_dose_over_the_ordered_number_needs_a_reason():
    story = with_prn(most_doses=1)
    story.tell(given(story))
    with pytest.raises(Refused, match="1 dose"):
        chart(story, given(story), 6)
    chart(story, given(story, despite="Dr A. Okafor by phone"), 6)


def test_a_dose_too_soon_after_the_last_needs_a_reason():
    story = with_prn(most_doses=2, interval_min=Minutes(30))
    story.tell(given(story))
    late = replace(given(story), at=story.at(35))
    with pytest.raises(Refused, match="30 min between doses"):
        chart(story, replace(late, at=story.at(34)), 40)
    chart(story, late, 40)


def test_an_allergy_stands_against_a_medicine():
    allergy = (f.Allergy(substance="Ondansetron", reaction="rash"),)
    story = Story().patient(allergies=allergy, no_known_allergies=False).order().weight("70")
    fact = given(story, against="telephone-order")
    with pytest.raises(Refused, match="allergic"):
        chart(story, fact, 5)
    chart(story, replace(fact, despite="mild, prescriber knows"), 5)


def test_two_sedatives_close_together_are_asked_about():
    story = ready().tell(given(Story(), medicine="midazolam", against="telephone-order"))
    second = given(story, medicine="lorazepam", dose=Decimal(1), against="telephone-order")
    with pytest.raises(Refused, match="two sedatives"):
        chart(story, replace(second, at=story.at(20)), 20)
    chart(story, replace(second, at=story.at(35)), 35)


# ------------------------------------------------ amending


def test_an_entry_is_struck_once_and_a_strike_stays():
    story = ready().bp(0, 218, 82)
    wrong = story.last_id
    strike = f.EntryStruck(at=story.at(1), entry=wrong, reason="slip")
    admit_strike(story.visit(), strike, replaced=False)
    story.strike(wrong)
    with pytest.raises(Refused, match="struck already"):
        admit_strike(story.visit(), strike, replaced=False)
    with pytest.raises(Refused, match="A strike stays"):
        admit_strike(story.visit(), replace(strike, entry=story.last_id), replaced=False)


def test_what_the_visit_stands_on_is_corrected_not_struck():
    story = ready()
    protocol = next(e.id for e in story.entries if isinstance(e.fact, f.ProtocolAdopted))
    strike = f.EntryStruck(at=story.at(1), entry=protocol, reason="slip")
    with pytest.raises(Refused, match="Correct it"):
        admit_strike(story.visit(), strike, replaced=False)


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_strike_says_why(reason):
    story = ready()
    strike = f.EntryStruck(at=story.at(1), entry="e4", reason=reason)
    with pytest.raises(Refused, match="Say why"):
        admit_strike(story.visit(), strike, replaced=False)


def test_a_signed_visit_takes_nothing_more():
    story = ready()
    story.tell(f.VisitSigned(at=story.at(5), meaning="m", signer="ja", certificate="c"))
    with pytest.raises(Refused, match="signed and locked"):
        chart(story, vitals(story, 6, spo2=98), 6)


def test_a_visit_with_entries_of_a_newer_ketachart_takes_nothing_more():
    story = ready()
    story.tell(f.Unknown(at=story.at(1), kind="new", version=1, body={}))
    with pytest.raises(Refused, match="newer KetaChart"):
        chart(story, vitals(story, 2, spo2=98), 2)


def test_an_order_that_doses_on_another_weight_gives_it():
    story = Story().patient()
    order = Story().order(weight_basis="ideal").visit().order
    with pytest.raises(Refused, match="doses on ideal weight"):
        chart(story, order)
    chart(story, replace(order, dosing_weight_kg=Kg(60), dose_mg_per_kg=MgPerKg("0.5")))


@pytest.mark.parametrize("timeshift", [timedelta(days=1), timedelta(days=-121 * 366)])
def test_a_birth_date_that_cannot_be_is_refused(timeshift):
    story = Story()
    patient = Story().patient(birth_date=(story.start + timeshift).date()).visit().patient
    with pytest.raises(Refused, match="birth date"):
        chart(story, patient)
