"""What is worked out of some kinds of entries alone is what the whole visit makes of it."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from ketachart.domain import alerts, effects, infusion
from ketachart.domain.care import recheck
from ketachart.domain.facts import (
    EffectNoted,
    MedicineGiven,
    NoteWritten,
    OrderRecorded,
    PatientReleased,
    ProtocolAdopted,
    ResponseNoted,
)
from ketachart.domain.limits import readings
from ketachart.domain.narrowed import only
from ketachart.domain.visit import Visit, fold
from tests.helpers.story import NOON, Story


def signs_beyond(visit):
    """The alerts of what was read, at the end of the story."""
    return alerts._sign_alerts(visit, LATE)


def signs_of_all(visit):
    """The same of the whole visit."""
    return alerts._by_readings(visit, len(readings(visit)))


LATE = NOON + timedelta(hours=9)
NARROWED = (
    (infusion.acts_of, infusion._acts_of),
    (effects.effects, effects._effects),
    (recheck.rechecks, recheck._rechecks),
    (signs_beyond, signs_of_all),
)


def told():
    story = Story().patient().order().weight("70").vial().bag("5", "50").start_pump(0, "30")
    for minute in (5, 10, 15):
        story.effect(minute, "nausea", minute // 5).bp(minute + 1, 128, 82)
        story.tell(NoteWritten(at=story.at(minute + 2), text="she sleeps"))
    given = MedicineGiven(
        at=story.at(16), medicine="ondansetron", dose=Decimal(4), unit="mg", route="IV",
        indication="nausea",
    )  # fmt: skip
    story.tell(given)
    story.tell(ResponseNoted(at=story.at(19), entry=story.last_id, response="better"))
    story.pause(26, reasons=("nausea",)).effect(25, "nausea", 0).resume(30, "30")
    first = next(e.fact for e in story.entries if isinstance(e.fact, OrderRecorded))
    story.bp(27, 212, 100).tell(replace(first, at=story.at(28))).bp(29, 214, 99)
    wrong = story.bp(20, 131, 80).last_id
    story.strike(wrong).effect(33, "nausea", 1).bp(32, 140, 90).stop(40)
    return story.tell(PatientReleased(at=story.at(75), outcome="criteria-met", to="home"))


def test_each_entry_more_comes_to_what_the_whole_visit_comes_to():
    entries = told().visit().entries
    grown = Visit()
    for number, entry in enumerate(entries, start=1):
        grown = grown.with_more((entry,))
        whole = fold(entries[:number])
        if grown.of(ProtocolAdopted):
            for asked, worked_out in NARROWED:
                assert asked(grown) == worked_out(whole), (asked.__name__, entry.kind)
    assert len(recheck.rechecks(grown)) > 3
    assert signs_beyond(grown)


def test_it_stands_until_one_of_its_kinds_is_charted_or_struck():
    story = told()
    visit = story.visit()
    found = effects.effects(visit)
    noted = story.tell(NoteWritten(at=story.at(80), text="she sleeps")).entries[-1]
    seen = story.effect(81, "dizziness", 1).entries[-1]
    struck = story.strike(seen.id).entries[-1]
    with_note = visit.with_more((noted,))
    assert effects.effects(with_note) is found
    with_effect = with_note.with_more((seen,))
    assert [effect.code for effect in effects.effects(with_effect)][-1] == "dizziness"
    assert effects.effects(with_effect.with_more((struck,))) == found


def test_what_is_of_another_kind_cannot_be_looked_at():
    visit = told().visit()
    narrow = only(visit, "test", (EffectNoted,))
    assert {entry.kind for entry in narrow.entries} == {"effect-noted"}
    assert narrow.of(EffectNoted) is visit.of(EffectNoted)
    assert narrow.in_order == visit.of(EffectNoted)
