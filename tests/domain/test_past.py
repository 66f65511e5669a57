"""What may be told of an infusion elsewhere, and how often one address is visited."""

from datetime import date, timedelta

import pytest

from ketachart.domain import facts as f
from ketachart.domain.admission.door import admit
from ketachart.domain.counts import balance
from ketachart.domain.earlier.address import often_here
from ketachart.domain.earlier.past import past_infusion
from ketachart.domain.found.findings import findings, standing
from ketachart.domain.quantities import Mg, MgPerKg
from ketachart.errors import Refused
from tests.helpers.story import NOON, Story

YESTERDAY = date(2026, 11, 21)


def told(**values):
    one = f.PastInfusion(**{"on": YESTERDAY, **values})
    return f.InfusionElsewhere(at=NOON, infusion=one, told_by="letter of the clinic")


def admitted(fact):
    admit(Story().patient().weight(70).order().visit(), fact, now=NOON)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"on": date(2026, 11, 22)},
        {"delivered_mg": Mg(35), "delivered_mg_per_kg": MgPerKg("0.5")},
        {"delivered_mg": Mg(35), "delivered_mg_per_kg": MgPerKg(1)},
        {"delivered_mg": Mg(35), "delivered_mg_per_kg": MgPerKg("0.25")},
        {"pain_start": 0, "pain_end": 10, "worst_effect": "Nausea", "worst_grade": 4},
        {"started_at": NOON - timedelta(days=1), "ended_at": NOON - timedelta(days=1)},
        {"series_number": 1},
    ],
)
def test_what_can_be_is_admitted(values):
    admitted(told(**values))


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"on": date(2026, 11, 23)}, "on", "has not been yet"),
        ({"on": date(1986, 3, 14)}, "on", "before the patient's birth"),
        ({"pain_start": -1}, "pain_start", "0 to 10"),
        ({"pain_end": 11}, "pain_end", "0 to 10"),
        ({"worst_grade": 5, "worst_effect": "Nausea"}, "worst_grade", "0 to 4"),
        ({"worst_grade": 2}, "worst_effect", "Name the side effect"),
        ({"series_number": 0}, "series_number", "from 1"),
        ({"delivered_mg": Mg(0)}, "delivered_mg", "above zero"),
        ({"delivered_mg_per_kg": MgPerKg(0)}, "delivered_mg_per_kg", "above zero"),
        (
            {"delivered_mg": Mg(35), "delivered_mg_per_kg": MgPerKg(5)},
            "delivered_mg_per_kg",
            "do not fit a patient of 70 kg",
        ),
        (
            {"delivered_mg": Mg(35), "delivered_mg_per_kg": MgPerKg("0.05")},
            "delivered_mg_per_kg",
            "decimal points",
        ),
        (
            {
                "started_at": NOON - timedelta(days=1),
                "ended_at": NOON - timedelta(days=1, minutes=1),
            },
            "ended_at",
            "ended before it began",
        ),
        ({"started_at": NOON}, "on", "not of 21 Nov 2026"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(values, field, words):
    with pytest.raises(Refused, match=words) as refused:
        admitted(told(**values))
    assert refused.value.field == field


# ------------------------------------------------ visits at one address


def visited(times):
    return Story().patient().order().tell(f.PastRecorded(at=NOON, visits_here=times)).visit()


@pytest.mark.parametrize(
    ("times", "words"),
    [
        (None, ""),
        (2, ""),
        (3, ""),
        (4, "4 visits at this address in 30 days"),
    ],
)
def test_more_visits_at_one_address_than_the_clinics_number_are_told(times, words):
    assert often_here(visited(times)) == words


def test_it_is_flagged_to_the_clinic_and_holds_nothing_up():
    visit = visited(4)
    (finding,) = [one for one in findings(visit, NOON) if one.code == "visits-here"]
    assert (finding.severity, finding.settled) == ("know", True)
    assert "tell the clinic" in finding.detail
    assert "DEA FAQ" in finding.detail
    assert finding.code not in {one.code for one in standing(visit, NOON)}


def test_the_dose_is_the_one_that_page_one_gives():
    # 35 mg in 17.5 mL; 8.6 mL/h for 2 h are 17.2 mL = 34.4 mg by the rates, the pump read 17.5 mL
    story = Story().patient().order().weight("70").vial().bag("3.5", "17.5")
    visit = story.start_pump(10, "8.6").stop(130, pump="17.5").visit()
    past = past_infusion(visit)
    assert past.delivered_mg == balance(visit).given == Mg(35)
    assert past.delivered_mg_per_kg == MgPerKg("0.5")
