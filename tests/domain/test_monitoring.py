"""What is due and when: by phase, after an increase, in a pause; done, late, missed, not done."""

import pytest

from ketachart.domain import facts as f
from ketachart.domain.monitoring import due, longest_gap, next_due
from tests.helpers.story import Story


def started(**values):
    return Story().patient().order().weight("70").start_pump(0, "17.5", strength="2", **values)


def minutes(story, now, states=None):
    return [
        int((item.at - story.start).total_seconds() // 60)
        for item in due(story.visit(), story.at(now))
        if states is None or item.state in states
    ]


def states(story, now):
    return {
        int((item.at - story.start).total_seconds() // 60): item.state
        for item in due(story.visit(), story.at(now))
    }


def test_nothing_is_due_before_the_start():
    assert due(Story().patient().order().visit(), Story().start) == ()


def test_every_five_minutes_at_first_then_every_ten_with_a_set_at_forty():
    assert minutes(started(), 0) == [5, 10, 15, 20, 25, 30, 40, 50, 60]


def test_after_the_end_every_fifteen_minutes():
    assert minutes(started().stop(32), 32)[-4:] == [47, 62, 77, 92]


def test_in_a_pause_every_five_minutes_and_the_grid_rests():
    story = started().pause(22).resume(33, "10")
    to_the_hour = [minute for minute in minutes(story, 33) if minute <= 60]
    assert to_the_hour == [5, 10, 15, 20, 27, 32, 40, 50, 60]


def test_an_increase_makes_two_more_sets_due_and_a_decrease_none():
    base = started()
    lower = started().rate(42, "10")
    higher = started().rate(42, "20", reason="planned-step")
    assert minutes(lower, 42) == minutes(base, 42)
    assert set(minutes(higher, 42)) - set(minutes(base, 42)) == {47, 57}


def test_a_set_that_falls_together_with_another_is_one():
    # minute 45 + 5 is the regular set of minute 50
    story = started().rate(45, "20", reason="planned-step")
    assert minutes(story, 45).count(50) == 1


@pytest.mark.parametrize(
    ("taken", "state"), [(8, "done"), (10, "done"), (12, "done"), (12.1, "late"), (14, "missed")]
)
def test_a_set_counts_for_the_time_it_was_taken_for(taken, state):
    story = started().full(5).full(taken)
    assert states(story, 16)[10] == state


def test_a_set_without_a_pressure_does_not_do_for_a_full_one():
    story = started().vitals(5, spo2=98, heart_rate=80).vitals(10, spo2=98, heart_rate=80)
    assert states(story, 13)[5] == "done"
    assert states(story, 13)[10] != "done"


def test_two_parts_of_a_set_make_it_whole():
    story = started().full(5).vitals(10, spo2=98, heart_rate=80)
    story.bp(11, 124, 76, rass=0, nausea=0, dissociation=0)
    assert states(story, 13)[10] == "done"


@pytest.mark.parametrize(
    ("now", "state"), [(9.9, "due"), (10, "soon"), (12.4, "soon"), (12.5, "missed")]
)
def test_a_set_that_waits_is_missed_when_the_next_one_s_time_begins(now, state):
    # the window of minute 15 opens at 12.5, half-way between them
    assert states(started().full(5), now)[10] == state


def test_overdue_is_told_where_the_next_set_is_far():
    story = started().full(5).full(10).full(15).full(20).full(25).full(30).full(40).full(50)
    assert states(story, 65.1)[60] == "overdue"
    assert states(story, 64.9)[60] == "soon"


def test_not_done_with_a_reason_is_an_answer():
    story = started().full(5)
    story.tell(f.VitalsMissed(at=story.at(11), reason="bathroom", due_at=story.at(10)))
    item = next(i for i in due(story.visit(), story.at(12)) if i.at == story.at(10))
    assert (item.state, item.reason) == ("not-done", "bathroom")


def test_the_next_set_is_the_oldest_that_waits():
    story = started()
    assert next_due(story.visit(), story.at(1)).at == story.at(5)
    assert next_due(story.full(5).visit(), story.at(6)).at == story.at(10)


def test_nothing_is_due_after_the_goodbye():
    story = started().stop(60)
    story.tell(f.PatientReleased(at=story.at(121), outcome="to-ems", to="EMS"))
    assert max(minutes(story, 300)) <= 121
    assert next_due(story.visit(), story.at(300)) is None or not minutes(story, 300, {"due"})


def test_the_longest_time_without_a_set_is_found():
    story = started().full(5).full(30).full(40).stop(41)
    gap, since = longest_gap(story.visit(), story.at(45))
    assert (gap.total_seconds() / 60, since) == (25, story.at(5))


def test_a_sedative_makes_more_sets_due():
    from decimal import Decimal

    story = started()
    story.tell(
        f.MedicineGiven(
            at=story.at(42), medicine="midazolam", dose=Decimal(1), unit="mg",
            against="telephone-order",
        )
    )  # fmt: skip
    assert {47, 57} <= set(minutes(story, 42))
