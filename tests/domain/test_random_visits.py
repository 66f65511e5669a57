"""Whatever a clumsy nurse does: the drug adds up, nothing falls over, each no says what to do."""

import json
import random
from datetime import timedelta

import pytest

from ketachart.clock import SetClock
from ketachart.domain import facts as f
from ketachart.domain.alerts import alert_history, alerts
from ketachart.domain.audit import log
from ketachart.domain.counts import balance
from ketachart.domain.dose_checks import dose_checks
from ketachart.domain.earlier.past import past_infusion
from ketachart.domain.folded.whole import folded
from ketachart.domain.found.drug import three_totals
from ketachart.domain.found.findings import findings
from ketachart.domain.infusion import bags, delivery
from ketachart.domain.quantities import Mg
from ketachart.domain.summary import extremes, honesty, look_at
from ketachart.domain.visit import fold
from ketachart.report.document import document_of, text
from tests.domain.random_visit import Nurse, practice_clinic
from tests.helpers.story import NOON

FIRST, VISITS = 0, 150
ACTS = 45


@pytest.fixture(scope="module")
def clock():
    return SetClock(NOON)


@pytest.fixture(scope="module")
def office(tmp_path_factory, clock):
    opened = practice_clinic(tmp_path_factory.mktemp("random") / "ledger", clock)
    yield opened
    opened.close()


@pytest.mark.parametrize("seed", range(FIRST, FIRST + VISITS))
def test_whatever_is_charted_adds_up_and_can_be_told(office, clock, seed):
    dice = random.Random(seed)
    clock.pass_time(timedelta(hours=30))
    nurse = Nurse(office, clock, dice, name=f"MRN-{seed // 3}")
    for _ in range(ACTS):
        nurse.act()
    visit, now = nurse.room.visit, nurse.room.now()
    for refusal in nurse.refused:
        says_what_to_do(refusal)
    adds_up(visit, now)
    is_told(visit, now)
    assert not visit.unknown


def says_what_to_do(refusal):
    sentence = str(refusal)
    assert sentence.endswith((".", "?")), sentence
    assert "None" not in sentence, sentence
    assert ".." not in sentence, sentence
    if refusal.points:
        assert all(words for _, words in refusal.points)


def adds_up(visit, now):
    run, sums = delivery(visit, now), balance(visit, now)
    assert sums.out == sums.given + sums.wasted + sums.returned + sums.broken + sums.unaccounted
    assert sums.by_rates == run.total_mg == run.infused_mg + run.bolus_mg
    assert sums.drawn == sum((bag.drug for bag in bags(visit)), Mg.zero())
    assert not run.infused_mg.amount < 0
    for before, after in zip(run.segments, run.segments[1:], strict=False):
        assert before.to_s <= after.from_s
    middle = visit.entries[len(visit.entries) // 2].at
    if run.segments and run.started_at < middle < now:
        assert run.mg_by(middle) <= run.total_mg
        assert run.mg_by(now) == run.total_mg
    told = dict(three_totals(sums))
    assert len(told) == 3
    assert all(told.values())
    without = fold(e for e in visit.entries if e.id not in visit.strikes
                   and not isinstance(e.fact, f.EntryStruck))  # fmt: skip
    assert balance(without, now) == balance(visit, now)


def is_told(visit, now):
    for finding in findings(visit, now):
        assert finding.sentence
    for alert in (*alerts(visit, now), *alert_history(visit, now)):
        assert alert.sentence
    dose_checks(visit, now)
    assert len(log(visit)) <= len(visit.entries)
    assert all(look.sentence for look in look_at(visit))
    extremes(visit), honesty(visit), past_infusion(visit)
    json.dumps(folded(visit, now=now))
    assert text(document_of(visit, now=now))
