"""Truths that hold for every visit: how it was written, cut or corrected never changes a dose."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ketachart.domain import facts as f
from ketachart.domain.counts import balance
from ketachart.domain.earlier.past import past_infusion
from ketachart.domain.infusion import acts_of, delivery
from ketachart.domain.quantities import Mg, MgPerMl, Ml, MlPerHour, seconds_of
from ketachart.domain.totals import pump_total
from ketachart.domain.visit import Entry, fold
from tests.helpers.stories import STORIES, story_lines
from tests.helpers.story import NOON, Story

END = 400  # minutes
MANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


# ------------------------------------------------ visits


def entry_of(fact, number, recorded_at=None):
    return Entry(
        number=number,
        id=f"e{number}",
        author="ja",
        recorded_at=recorded_at or fact.at,
        elapsed=timedelta(),
        session="s",
        fact=fact,
    )


def rewritten(entries, order):
    """The same facts, written in another order; ids stay, numbers follow the writing."""
    shuffled = list(entries)
    order.shuffle(shuffled)
    return fold(
        Entry(
            number=number,
            id=entry.id,
            author=entry.author,
            recorded_at=entry.recorded_at,
            elapsed=entry.elapsed,
            session=entry.session,
            fact=entry.fact,
        )
        for number, entry in enumerate(shuffled, 1)
    )


def told(name):
    """A story's facts as entries, without strikes and corrections."""
    facts = [line.fact for line in story_lines(name) if line.fact is not None]
    adopted = Story().entries[2].fact
    return [entry_of(fact, number) for number, fact in enumerate((*facts, adopted), 1)]


tenths = st.integers(0, 3000).map(lambda n: Fraction(n, 10))


@st.composite
def visits(draw):
    """A whole visit: vial, bags, any acts on the pump each at its own minute, what is left."""
    story = Story().patient().order(ceiling_mg=Mg(50)).weight("70").vial().bag("3.5", "17.5")
    story.bag("2", "40", name="B2", minute=1).start_pump(2, draw(tenths))
    minutes = draw(st.lists(st.integers(3, END), min_size=1, max_size=9, unique=True))
    for minute in minutes:  # in any order: late entries are as good as others
        at = story.at(minute)
        volume = draw(st.none() | tenths.map(Ml))
        rate = MlPerHour(draw(tenths))
        story.tell(
            draw(
                st.sampled_from(
                    [
                        f.RateSet(at=at, rate_ml_h=rate),
                        f.InfusionPaused(at=at, pump_volume_ml=volume),
                        f.InfusionResumed(at=at, rate_ml_h=rate),
                        f.InfusionStopped(at=at, reason="complete", pump_volume_ml=volume),
                        f.InfusionStarted(at=at, rate_ml_h=rate),
                        f.BagChanged(at=at, bag="B2", pump_volume_ml=volume),
                        f.BagChanged(
                            at=at, strength_mg_per_ml=MgPerMl(1), volume_ml=volume,
                            pump_cleared=True,
                        ),
                        f.BolusGiven(at=at, volume_ml=Ml(draw(tenths))),
                        f.PumpRead(at=at, volume_ml=Ml(draw(tenths))),
                        f.DrugWasted(
                            at=at, amount_mg=Mg(draw(tenths)), source="B1", how="p",
                            witness_mode="in-person", witness="A",
                        ),
                        f.VitalsTaken(at=at, pain=draw(st.integers(0, 10))),
                    ]
                )
            )
        )  # fmt: skip
    return story


def every_total(visit, until):
    """All that is summed up about the drug in a visit."""
    run = delivery(visit, until)
    return (
        run.total_mg,
        run.infused_ml,
        run.bag_left,
        run.segments,
        [(bolus.at, bolus.mg, bolus.ml) for bolus in run.boluses],
        pump_total(visit),
        balance(visit, until),
        past_infusion(visit),
    )


# ------------------------------------------------ the order of writing


@MANY
@given(story=visits(), order=st.randoms())
def test_the_order_of_writing_never_changes_a_total(story, order):
    until = story.at(END)
    again = rewritten(story.entries, order)
    assert every_total(again, until) == every_total(story.visit(), until)


@pytest.mark.parametrize("name", STORIES)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(order=st.randoms())
def test_a_story_written_in_any_order_gives_the_same_totals(name, order):
    entries = told(name)
    until = max(entry.at for entry in entries if not isinstance(entry.fact, f.ProtocolAdopted))
    assert every_total(rewritten(entries, order), until) == every_total(fold(entries), until)


# ------------------------------------------------ struck is absent


@MANY
@given(story=visits(), pick=st.integers(0, 99))
def test_a_struck_entry_counts_for_nothing_in_any_total(story, pick):
    until = story.at(END)
    whole = story.visit()
    able = [e.id for e in whole.entries if not isinstance(e.fact, f.ProtocolAdopted)]
    struck_id = able[pick % len(able)]
    strike = f.EntryStruck(at=NOON, entry=struck_id, reason="slip")
    # both were written last at the same moment: when the last thing was written is no total
    note = f.NoteWritten(at=NOON, text="as before")
    number = len(whole.entries) + 1
    struck = fold([*whole.entries, entry_of(strike, number, until)])
    absent = fold([*whole.without(struck_id).entries, entry_of(note, number, until)])
    assert every_total(struck, until) == every_total(absent, until)
    assert struck.entry(struck_id) == whole.entry(struck_id)


# ------------------------------------------------ cut anywhere


@MANY
@given(story=visits(), cuts=st.lists(st.integers(0, END * 60), min_size=1, max_size=4))
def test_cut_anywhere_the_parts_add_up(story, cuts):
    visit = story.visit()
    whole = delivery(visit, story.at(END))
    moments = [NOON, *(NOON + timedelta(seconds=cut) for cut in sorted(cuts)), story.at(END)]
    parts = [
        part_between(whole, begin, end)
        for begin, end in pairwise(moments)
    ]  # fmt: skip
    assert sum(parts) == whole.total_mg.amount
    assert delivery(visit, moments[1]).total_mg.amount == parts[0]


def part_between(run, begin, end):
    """The milligrams between two moments, from the segments and boluses alone."""
    total = Fraction()
    for segment in run.segments:
        from_s = max(segment.from_s, seconds_of(begin - segment.origin))
        to_s = min(segment.to_s, seconds_of(end - segment.origin))
        if segment.state == "running" and to_s > from_s and segment.strength is not None:
            total += segment.rate.amount * (to_s - from_s) / 3600 * segment.strength.amount
    # a bolus belongs to the part that it ends, the first one to the first
    for bolus in run.boluses:
        if begin < bolus.at <= end:
            total += bolus.mg.amount
    return total


# ------------------------------------------------ segments and bags


@MANY
@given(story=visits())
def test_segments_never_overlap_nor_leave_a_gap_but_between_a_stop_and_a_start(story):
    visit = story.visit()
    run = delivery(visit, story.at(END))
    kinds = {(act.kind, seconds_of(act.at - NOON)) for act in acts_of(visit)}
    away = seconds_of(run.segments[0].origin - NOON) if run.segments else 0
    assert all(segment.seconds > 0 for segment in run.segments)
    for earlier, later in pairwise(run.segments):
        assert earlier.to_s <= later.from_s
        if earlier.to_s < later.from_s:
            assert ("stop", earlier.to_s + away) in kinds
            assert ("start", later.from_s + away) in kinds
    if run.state in ("running", "paused") and run.segments:
        assert run.segments[-1].end == story.at(END)


@MANY
@given(story=visits(), second=st.integers(0, END * 60))
def test_a_bag_never_holds_less_than_nothing_at_any_second(story, second):
    left = delivery(story.visit(), NOON + timedelta(seconds=second)).bag_left
    assert left is None or left >= Ml(0)


# ------------------------------------------------ midnight and the changes of the clock

NEW_YORK = ZoneInfo("America/New_York")
# 30 mL/h of 2 mg/mL over 90 min of real time, paused for 10 of them: 80 min = 40 mL = 80 mg
CHANGES = {
    "across midnight": datetime(2026, 11, 22, 23, 20, tzinfo=NEW_YORK),
    "the clocks go forward": datetime(2026, 3, 8, 1, 20, tzinfo=NEW_YORK),
    "the clocks go back": datetime(2026, 11, 1, 1, 20, tzinfo=NEW_YORK),
}


def in_new_york(start, minutes):
    """So many real minutes after the start, as New York's clocks show it, with its offset."""
    moment = (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(NEW_YORK)
    return datetime.fromisoformat(moment.isoformat())


@pytest.mark.parametrize("change", CHANGES)
@given(order=st.randoms())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_over_midnight_and_both_changes_of_the_clock_the_dose_is_right(change, order):
    start = CHANGES[change]
    at = [in_new_york(start, minutes) for minutes in (0, 30, 40, 90)]
    facts = [
        f.InfusionStarted(
            at=at[0], rate_ml_h=MlPerHour(30), strength_mg_per_ml=MgPerMl(2), volume_ml=Ml(50)
        ),
        f.InfusionPaused(at=at[1], pump_volume_ml=Ml(15)),
        f.InfusionResumed(at=at[2], rate_ml_h=MlPerHour(30)),
        f.InfusionStopped(at=at[3], reason="complete", pump_volume_ml=Ml(40)),
    ]
    entries = [entry_of(fact, number) for number, fact in enumerate(facts, 1)]
    visit = rewritten(entries, order)
    run = delivery(visit, in_new_york(start, 120))
    assert run.total_mg == Mg(80)
    assert run.elapsed == timedelta(minutes=90)
    assert run.seconds_in("paused") == 600
    assert run.bag_left == Ml(10)
    assert pump_total(visit).apart == Mg(0)
    assert not run.problems


def test_the_changes_of_the_clock_are_in_the_times_that_were_used():
    offsets = {
        change: [in_new_york(start, m).utcoffset() for m in (0, 90)]
        for change, start in CHANGES.items()
    }
    assert [after - before for before, after in offsets.values()] == [
        timedelta(),
        timedelta(hours=1),
        timedelta(hours=-1),
    ]
