"""The fold: what stands, what was struck, and what a newer KetaChart wrote."""

from datetime import UTC, timedelta

from ketachart.domain import facts as f
from ketachart.domain.audit import correction_marks, log, words
from ketachart.domain.facts import FACTS, Unknown, VitalsTaken
from ketachart.domain.infusion import delivered
from ketachart.domain.quantities import Mg
from ketachart.domain.visit import fold
from tests.helpers.story import NOON, Story


def running():
    return Story().patient().order().weight("70").start_pump(0, "60", strength="2")


def test_a_struck_reading_leaves_the_chart_but_stays_in_the_log():
    story = Story().bp(0, 128, 82).bp(15, 218, 82)
    visit = story.strike(story.last_id, "typed 218 for 128").visit()
    assert [fact.systolic for fact in visit.facts(VitalsTaken)] == [128]
    assert len(visit.entries) == 6
    struck = [line for line in log(visit) if line.struck]
    assert [(line.entry.fact.systolic, line.struck_why) for line in struck] == [
        (218, "typed 218 for 128")
    ]


def test_a_struck_rate_counts_as_if_it_was_never_written():
    story = running().rate(10, "120")
    wrong = story.last_id
    with_it = story.stop(20).visit()
    without = fold(entry for entry in with_it.entries if entry.id != wrong)
    struck = story.strike(wrong).visit()
    assert delivered(struck).total_mg == delivered(without).total_mg == Mg(40)
    assert delivered(with_it).total_mg == Mg(60)


def test_entries_stand_in_the_order_in_which_they_happened():
    story = Story().bp(20, 130, 80)
    visit = story.vitals(10, systolic=120, diastolic=70, recorded=25).visit()
    assert [fact.systolic for fact in visit.facts(VitalsTaken)] == [120, 130]


def test_a_late_entry_is_marked_with_how_late_it_was():
    visit = Story().vitals(0, spo2=98, recorded=27).visit()
    assert log(visit)[-1].lag_text == "+27 min"


def test_an_unknown_kind_is_shown_raw():
    raw = Unknown(at=NOON, kind="music-played", version=1, body={"title": "Gymnopédie"})
    visit = Story().tell(raw).visit()
    title, detail = words(visit, raw)
    assert "music-played" in title
    assert "Gymnopédie" in detail
    assert visit.unknown[0].kind == "music-played"


def test_a_correction_is_numbered_and_a_strike_alone_is_a_void():
    story = Story().bp(0, 218, 82)
    wrong = story.last_id
    story.bp(0, 128, 82)
    story.strike(wrong, replaced_by=story.last_id)
    story.tell(f.NoteWritten(at=story.at(1), text="x"))
    story.strike(story.last_id)
    assert sorted(correction_marks(story.visit()).values()) == ["C1", "V1"]


def test_every_kind_of_fact_has_its_words():
    from ketachart.domain.audit import TELLERS

    assert set(TELLERS) == set(FACTS)


def test_equal_entries_make_equal_visits():
    assert running().visit() == running().visit()
    assert running().visit() != running().rate(1, "5").visit()


def test_the_fold_of_many_entries_is_quick_enough_to_be_done_at_every_key():
    # not a timing: the fold must not look at every pair of entries
    story = Story()
    for minute in range(300):
        story.vitals(minute, spo2=98)
    visit = story.visit()
    assert visit.of(VitalsTaken) is visit.of(VitalsTaken)
    assert visit.standing[-1].at - visit.standing[0].at == timedelta(minutes=299)


def test_what_is_kept_of_a_moment_is_of_that_moment_and_offset():
    visit = Story().patient().visit()
    asked = []

    def work(_visit, moment):
        asked.append(moment)
        return moment.isoformat()

    noon = NOON
    same = noon.astimezone(UTC)
    assert same == noon
    assert visit.once_at("x", noon, work) == noon.isoformat()
    assert visit.once_at("x", same, work) == same.isoformat()
    assert visit.once_at("x", noon, work) == noon.isoformat()
    assert asked == [noon, same]
    assert visit.once_at("y", noon, lambda _visit, _moment: 7) == 7
