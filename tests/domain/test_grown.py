"""A visit that grew out of another is the same as one that is folded anew."""

from ketachart.domain import audit
from ketachart.domain.alerts import alert_history
from ketachart.domain.care.recheck import rechecks
from ketachart.domain.facts import NoteWritten, VitalsTaken
from ketachart.domain.limits import readings, readings_by_sign, times_read
from ketachart.domain.monitoring import due
from ketachart.domain.visit import apply, fold
from tests.helpers.story import Story

ASKED = (
    lambda visit, _now: visit.standing,
    lambda visit, _now: visit.strikes,
    lambda visit, _now: visit.of(VitalsTaken),
    lambda visit, _now: [visit.entry(entry.id) for entry in visit.entries],
    lambda visit, _now: readings(visit),
    lambda visit, _now: audit.log(visit),
    lambda visit, _now: rechecks(visit),
    alert_history,
    due,
)


def told():
    """A set over its limit, one charted late and before it, a strike, an effect, a note."""
    story = Story().patient().order().start_pump(0, "8.6")
    story.vitals(5, systolic=128, diastolic=80, heart_rate=76, spo2=97)
    story.vitals(10, systolic=190, diastolic=95, heart_rate=88, spo2=90)
    story.effect(11, "nausea", 1)
    story.vitals(8, recorded=12, systolic=150, diastolic=84, nausea=4)
    story.vitals(12, spo2=79)
    story.strike(story.last_id)
    story.vitals(20, systolic=140, diastolic=82, nausea=1)
    story.tell(NoteWritten(at=story.at(21), text="asks for water"))
    return story.visit(), story.at(22)


def test_entry_by_entry_it_comes_to_the_same_as_all_at_once():
    whole, now = told()
    grown, anew = fold(whole.entries[:-9]), whole
    for number in range(len(whole.entries) - 9, len(whole.entries)):
        for ask in ASKED:  # what is known of the one before is taken over
            ask(grown, now)
        grown, anew = apply(grown, whole.entries[number]), fold(whole.entries[: number + 1])
        assert grown == anew
        for ask in ASKED:
            assert ask(grown, now) == ask(anew, now)
    wrong = whole.entries[-1].id
    without = fold(entry for entry in whole.entries if entry.id != wrong)
    for ask in ASKED:
        assert ask(grown.without(wrong), now) == ask(without, now)


def test_what_is_made_of_the_sets_stands_until_one_is_taken_or_struck():
    whole, _ = told()
    sets = [number for number, entry in enumerate(whole.entries) if entry in whole.of(VitalsTaken)]
    before = fold(whole.entries[: sets[-1]])
    made = times_read(before)
    with_set = apply(before, whole.entries[sets[-1]])
    assert times_read(with_set) == times_read(fold(with_set.entries)) != made
    with_note = apply(with_set, whole.entries[-1])
    assert isinstance(whole.entries[-1].fact, NoteWritten)
    for ask in (readings_by_sign, times_read):
        known = ask(with_set)
        assert ask(with_note) is known
    assert times_read(with_set.without(whole.entries[sets[-1]].id)) == made
