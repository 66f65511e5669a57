"""What a pump delivered, exactly; test_slow_pump holds it against steps of one second."""

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketachart.domain import facts as f
from ketachart.domain.delivered import PumpAct
from ketachart.domain.dose.dosing_weight import planned_dose
from ketachart.domain.infusion import delivery, planned_end
from ketachart.domain.pump import run
from ketachart.domain.quantities import Kg, Mg, MgPerMl, Ml, MlPerHour
from tests.helpers.story import NOON, Story

TWO = MgPerMl(2)


def act(kind, second, rate=None, **values):
    return PumpAct(
        at=NOON + timedelta(seconds=second),
        kind=kind,
        rate=None if rate is None else MlPerHour(rate),
        **values,
    )


def test_two_rates_worked_by_hand():
    # 30 mL/h × 20 min = 10 mL; 42.5 mL/h × 15 min = 10.625 mL; 20.625 mL × 2 mg/mL = 41.25 mg
    done = run(
        [act("start", 0, 30, strength=TWO), act("rate", 1200, "42.5"), act("stop", 2100)],
        NOON + timedelta(hours=1),
    )
    assert done.infused_ml == Ml("20.625")
    assert done.total_mg == Mg("41.25")


def test_a_pause_delivers_nothing_and_is_not_running_time():
    done = run(
        [
            act("start", 0, 60, strength=TWO),
            act("pause", 600),
            act("resume", 1200, 60),
            act("stop", 1800),
        ],
        NOON + timedelta(hours=1),
    )
    assert done.total_mg == Mg(40)
    assert done.seconds_in("paused") == 600
    assert done.delivering_s == 1200


def test_a_pause_is_known_at_the_second_it_begins_and_not_after_it_ended():
    acts = [act("start", 0, 30), act("pause", 600), act("resume", 900, 30)]
    moments = [NOON + timedelta(seconds=second) for second in (599, 600, 899, 900)]
    since = [run([a for a in acts if a.at <= moment], until=moment).paused_at for moment in moments]
    paused = NOON + timedelta(seconds=600)
    assert since == [None, paused, paused, None]


def test_a_bag_that_is_empty_gives_no_more():
    done = run(
        [act("start", 0, 60, strength=TWO, volume=Ml(10)), act("stop", 3600)],
        NOON + timedelta(hours=2),
    )
    assert done.total_mg == Mg(20)
    assert done.ran_dry_at == NOON + timedelta(minutes=10)
    assert done.last_drug_at == NOON + timedelta(minutes=10)


def test_a_bolus_comes_out_of_the_bag_whether_it_is_told_in_mg_or_in_ml():
    def left(**bolus):
        acts = [act("start", 0, 60, strength=TWO, volume=Ml(30)), act("bolus", 300, **bolus)]
        return run(acts, NOON + timedelta(minutes=10)).bag_left

    # 10 mL by the rate, and 5 mL or 10 mg ÷ 2 mg/mL as the bolus
    assert left(volume=Ml(5)) == left(mg=Mg(10)) == Ml(15)


def test_boluses_count_in_the_total_at_their_moment():
    acts = [act("start", 0, 60, strength=TWO), act("bolus", 300, mg=Mg(5)), act("stop", 600)]
    done = run(acts, NOON + timedelta(hours=1))
    # 2 mg a minute by the rate, and 5 mg at minute 5
    assert done.mg_by(NOON + timedelta(minutes=4)) == Mg(8)
    assert done.mg_by(NOON + timedelta(minutes=5)) == Mg(15)
    assert done.reaches(Mg(10)) == NOON + timedelta(minutes=5)
    assert done.reaches(Mg(14)) == NOON + timedelta(minutes=5)
    assert done.reaches(Mg(17)) == NOON + timedelta(minutes=6)
    assert done.reaches(Mg(26)) is None
    assert done.elapsed == timedelta(minutes=10)


def test_before_the_start_nothing_has_elapsed():
    done = run([act("bolus", 0, mg=Mg(5))], NOON + timedelta(minutes=5))
    assert (done.elapsed, done.state) == (timedelta(), "not-started")


def test_a_rate_of_nothing_is_running_time_and_delivers_nothing():
    # clinical.md vector T13
    acts = [act("start", 0, 60, strength=TWO), act("rate", 600, 0), act("stop", 1200)]
    done = run(acts, NOON + timedelta(hours=1))
    assert (done.seconds_in("running"), done.delivering_s) == (1200, 600)
    assert done.last_drug_at == NOON + timedelta(minutes=10)


def test_started_again_after_a_stop_the_visit_keeps_its_first_start():
    acts = [act("start", 0, 60, strength=TWO), act("stop", 600), act("start", 1200, 60)]
    done = run(acts, NOON + timedelta(minutes=30))
    assert done.started_at == NOON
    assert (done.stopped_at, done.state) == (None, "running")
    assert done.total_mg == Mg(40)


def test_a_second_bag_of_another_strength_counts_with_its_own():
    done = run(
        [
            act("start", 0, 60, strength=TWO),
            act("bag", 600, strength=MgPerMl(1)),
            act("stop", 1200),
        ],
        NOON + timedelta(hours=1),
    )
    # 10 mL × 2 mg/mL + 10 mL × 1 mg/mL
    assert done.total_mg == Mg(30)


@pytest.mark.parametrize(
    ("acts", "rule"),
    [
        ([("start", 600), ("stop", 0)], "events out of order"),
        ([("start", 0), ("start", 60)], "already running"),
        ([("start", 0), ("pause", 60), ("rate", 120)], "not running; use resume"),
        ([("rate", 0)], "not running"),
        ([("pause", 0)], "not running"),
        ([("start", 0), ("resume", 60)], "already running"),
        ([("start", 0), ("pause", 60), ("pause", 120)], "already paused"),
        ([("start", 0), ("stop", 60), ("rate", 120)], "not running"),
    ],
)
def test_a_contradiction_is_named_and_the_total_still_stands(acts, rule):
    done = run([act(kind, second, 30) for kind, second in acts], NOON + timedelta(hours=1))
    assert [problem.rule for problem in done.problems] == [rule]


def test_a_bolus_in_ml_without_a_strength_is_named():
    done = run([act("bolus", 0, volume=Ml("1.5"))], NOON)
    assert done.problems[0].rule == "concentration missing"


rates = st.integers(min_value=0, max_value=3000).map(lambda n: Fraction(n, 10))


@st.composite
def infusions(draw):
    """A start, some acts in any order of kind, sometimes a stop, sometimes a bag that may end."""
    seconds = sorted(draw(st.lists(st.integers(1, 900), min_size=0, max_size=7, unique=True)))
    volume = draw(st.none() | st.integers(1, 40))
    acts = [
        act("start", 0, draw(rates), strength=TWO, volume=None if volume is None else Ml(volume))
    ]
    for second in seconds:
        kind = draw(st.sampled_from(["rate", "pause", "resume", "stop"]))
        acts.append(act(kind, second, draw(rates)))
    return acts


@given(acts=infusions(), order=st.randoms())
def test_the_order_of_writing_never_changes_a_dose(acts, order):
    shuffled = list(acts)
    order.shuffle(shuffled)
    until = NOON + timedelta(seconds=1000)
    assert run(shuffled, until).total_mg == run(acts, until).total_mg


@given(acts=infusions(), cut=st.integers(0, 1000))
def test_the_parts_before_and_after_any_moment_add_up(acts, cut):
    until = NOON + timedelta(seconds=1000)
    whole = run(acts, until)
    moment = NOON + timedelta(seconds=cut)
    after = sum(
        (s.mg for s in whole.segments if s.start >= moment),
        Mg.zero(),
    )
    straddling = whole.mg_by(until) - whole.mg_by(moment) - after
    assert straddling >= Mg.zero()
    assert whole.mg_by(until) == whole.total_mg
    assert run(acts, moment).total_mg == whole.mg_by(moment)


@given(acts=infusions())
def test_segments_never_overlap_and_leave_no_gap_while_the_pump_is_on(acts):
    done = run(acts, NOON + timedelta(seconds=1000))
    for earlier, later in zip(done.segments, done.segments[1:], strict=False):
        assert earlier.to_s <= later.from_s
    assert all(segment.seconds > 0 for segment in done.segments)


@given(acts=infusions(), share=st.fractions(min_value=Fraction(1, 100), max_value=1))
def test_the_moment_a_total_is_reached_gives_that_total_back(acts, share):
    done = run(acts, NOON + timedelta(seconds=1000))
    if done.total_mg.is_zero:
        return
    wanted = done.total_mg.times(share)
    when = done.reaches(wanted)
    assert when is not None
    off = abs(done.mg_by(when) - wanted)
    # times are kept to the microsecond; at most 300 mL/h × 2 mg/mL that is 0.2 µg
    assert off.amount < Fraction(1, 1_000_000)


def test_the_planned_end_is_when_the_ordered_dose_is_in():
    visit = Story().patient().order().weight("70").start_pump(0, "17.5", strength="2").visit()
    now = delivery(visit, NOON + timedelta(minutes=30))
    # 35 mg ordered at 35 mg/h
    assert planned_dose(visit) == Mg(35)
    assert planned_end(visit, now) == NOON + timedelta(hours=1)


def test_the_order_s_ceiling_holds_the_dose_down():
    visit = Story().patient().order(ceiling_mg=Mg(50)).weight("120").visit()
    assert planned_dose(visit) == Mg(50)
    assert visit.weight.weight_kg == Kg(120)


def test_a_start_while_it_runs_is_named_and_changes_nothing():
    acts = [
        act("start", 0, 60, strength=TWO, volume=Ml(10)),
        act("start", 300, 30, strength=MgPerMl(1), volume=Ml(50)),
    ]
    done = run(acts, NOON + timedelta(minutes=10))
    assert [problem.rule for problem in done.problems] == ["already running"]
    assert (done.total_mg, done.bag_left, done.rate) == (Mg(20), Ml(0), MlPerHour(60))


def test_a_new_bag_without_a_volume_never_runs_dry_by_what_the_old_one_held():
    acts = [
        act("start", 0, 60, strength=TWO, volume=Ml(10)),
        act("bag", 300, strength=MgPerMl(1)),
        act("stop", 1200),
    ]
    done = run(acts, NOON + timedelta(hours=1))
    # 5 mL × 2 mg/mL, then 15 mL × 1 mg/mL
    assert (done.total_mg, done.bag_left, done.ran_dry_at) == (Mg(25), None, None)


def test_an_unnamed_bag_is_told_by_its_own_strength_and_not_by_the_bag_made_up_last():
    story = Story().patient().order().weight("70").vial().bag("3.5", "17.5")
    story.start_pump(1, "60")
    story.tell(f.BagChanged(at=story.at(6), strength_mg_per_ml=MgPerMl(1)))
    now = delivery(story.visit(), story.at(30))
    assert (now.strength, now.bag_left) == (MgPerMl(1), None)


def test_started_again_on_a_second_bag_it_is_no_longer_full():
    story = Story().patient().order().weight("70").vial().bag("3.5", "17.5")
    story.start_pump(1, "60").bag("3.5", "35", minute=5, name="B2")
    story.tell(f.BagChanged(at=story.at(6), bag="B2"))
    visit = story.stop(11).start_pump(20, "60").visit()
    # B2 held 35 mL; 5 mL were infused from it before the stop
    assert delivery(visit, story.at(20)).bag_left == Ml(30)


def test_started_again_on_the_bag_that_hangs_there_it_is_no_longer_full():
    story = Story().patient().order().weight("70").vial().bag("3.5", "17.5")
    visit = story.start_pump(1, "60").stop(6).start_pump(10, "60").visit()
    # 5 mL were infused in the first five minutes; 12.5 mL are left
    assert delivery(visit, story.at(10)).bag_left == Ml("12.5")
