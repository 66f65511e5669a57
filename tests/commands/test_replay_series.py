"""A script may tell what came before: the same checks hold, and a reason settles them."""

import pytest

from tests.helpers.command import HEADER, STARTED, Scripts, line, visit_of

BEFORE = {
    "visit": "261112-01",
    "on": "2026-11-12",
    "goal": "prevention",
    "started_at": "2026-11-12T14:00:00-07:00",
    "ended_at": "2026-11-12T15:00:00-07:00",
    "delivered_mg": "14.8",
    "dosing_weight_kg": "74",
    "delivered_mg_per_kg": "0.2",
    "pain_start": 8,
    "pain_end": 3,
    "worst_effect": "Nausea",
    "worst_grade": 2,
    "series_number": 2,
    "charted": "signed",
}
PAST = line("past-recorded", "13:30", infusions=[BEFORE], visits_here=5)
SCREENED = STARTED[len(HEADER) : -1]
START = STARTED[-1]


@pytest.fixture
def scripts(tmp_path):
    return Scripts(tmp_path)


def reason(about):
    return line("finding-explained", "13:58", finding=about, reason="Dr A. Okafor agrees")


def test_a_start_too_soon_and_with_a_rise_after_an_effect_is_refused_by_name(scripts):
    ((_, rule, sentence),) = scripts.refusals(PAST, *SCREENED, START)
    assert rule == "start: series-apart"
    assert "Days since the last 10 days; the protocol says 14 days or more" in sentence
    assert "no rise over 0.2 mg/kg after nausea of grade 2 last time" in sentence


def test_reasons_let_it_start_and_stay_in_the_record(scripts):
    told = [*HEADER, PAST, *SCREENED, reason("series-apart"), reason("dose-rise"), START]
    answer, out = scripts.replay(told, "--json")
    assert answer.json["refusals"] == []
    visit = visit_of(out)
    checks = {check["code"]: check for check in visit["order_check"]["checks"]}
    assert checks["series-apart"]["standing"] == "reason"
    assert checks["series-apart"]["explained"] == "Dr A. Okafor agrees"
    assert checks["series-number"]["standing"] == "inside"
    series = visit["series"]
    assert (series["number"], series["of"], series["days_since_last"]) == (3, 5, 10)
    assert series["earlier"][0]["pain_percent"]["dec"] == "62.5"
    assert series["visits_here_flag"] == "5 visits at this address in 30 days"


def test_an_infusion_elsewhere_is_charted_and_counts(scripts):
    told = line(
        "infusion-elsewhere",
        "13:35",
        infusion={"on": "2026-11-20", "delivered_mg": "30"},
        told_by="the patient",
    )
    ((_, _, sentence),) = scripts.refusals(told, *SCREENED, START)
    assert "Days since the last 2 days" in sentence


def test_an_infusion_elsewhere_on_a_day_to_come_is_refused(scripts):
    told = line("infusion-elsewhere", "13:35", infusion={"on": "2026-11-23"}, told_by="x")
    ((_, rule, _),) = scripts.refusals(told)
    assert rule == "in the future"
