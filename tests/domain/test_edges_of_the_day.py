"""Edges of the clinical day that no other test stands on: the same minute, zero, one of many."""

from datetime import timedelta

import pytest

from ketachart import house
from ketachart.domain import facts as f
from ketachart.domain.admission.door import admit
from ketachart.domain.alerts import Alert
from ketachart.domain.asking import Standing, gravest
from ketachart.domain.care.serious import serious
from ketachart.domain.found.contradictions import contradictions
from ketachart.domain.readiness import ready_at
from ketachart.domain.scales.suicide import high
from ketachart.domain.sheets.card import Tick, tick_words
from ketachart.domain.sheets.handout import handout, phones
from ketachart.domain.sheets.lines import Wordbook
from ketachart.domain.time_out import time_out_steps
from tests.helpers.story import NOON, Story

WORDS = Wordbook(house.shipped_protocol(), "handout", "en")
CARD = Wordbook(house.shipped_protocol(), "card", "en")


def test_a_nurse_may_arrive_in_the_minute_she_set_out_and_correct_in_either_order():
    for first, then in (("set-out", "arrived"), ("arrived", "set-out")):
        story = Story()
        story.tell(f.VisitTimed(at=NOON, what=first))
        admit(story.visit(), f.VisitTimed(at=NOON, what=then), now=NOON)


@pytest.mark.parametrize("pain", [0, 10])
def test_no_pain_and_the_worst_pain_are_both_numbers(pain):
    told = f.HistoryTaken(at=NOON, worst_pain=pain, acceptable_pain=pain)
    admit(Story().visit(), told, now=NOON)


def test_one_question_that_was_told_stands_beside_those_that_nobody_answered():
    story = Story().patient().order().weight("70")
    story.tell(_stop(story))
    note = {s.step.code: s.note for s in time_out_steps(story.visit(), NOON)}["screened"]
    assert "chest pain now" in note
    assert "questions not answered" in note


def _stop(story):
    item = next(
        i for i in story.visit().protocol.screening
        if not i.computed and not i.raised_by and not i.code.startswith("consent")
    )  # fmt: skip
    return f.ScreeningAnswered(at=NOON, item=item.code, answer="stop", note="chest pain now")


def test_a_kit_that_lacks_its_oxygen_is_told_at_the_step_of_the_kit():
    story = Story().patient().order().weight("70")
    lines = tuple(
        f.KitLine(item=item.code, present=item.code != "oxygen")
        for item in story.visit().protocol.kit
    )
    story.tell(f.KitChecked(at=NOON, lines=lines))
    notes = {s.step.code: s.note for s in time_out_steps(story.visit(), NOON)}
    assert "xygen" in notes["kit"]
    assert "xygen" not in notes["screened"]


def test_an_answer_that_stops_the_start_counts_in_its_own_minute():
    story = Story().patient().order().weight("70")
    answers = (1, 1, 1, 1, 1, 1, 1)
    story.tell(f.ScaleScored(at=NOON, scale="c-ssrs", total=7, answers=answers))
    assert len(high(story.visit(), NOON)) == 1
    assert high(story.visit(), NOON - timedelta(seconds=1)) == ()


def test_of_two_alike_the_one_that_asks_stands_before_the_one_that_was_seen():
    def one(code, state, minute):
        since = NOON + timedelta(minutes=minute)
        alert = Alert(code=code, level="pause", sentence="x", source="C2", since=since)
        return Standing(alert=alert, state=state)

    seen, new = one("a", "seen", 0), one("b", "new", 5)
    assert gravest((seen, new)) is new


@pytest.mark.parametrize("outcome", ["criteria-met", "with-reason", "against-advice"])
def test_who_goes_into_the_care_of_an_adult_is_not_handed_over_to_ems(outcome):
    story = Story().patient().order().weight("70").start_pump(0, "17.5", strength="2").stop(60)
    story.tell(f.PatientReleased(at=story.at(90), outcome=outcome, to="Marco", reason="wants to"))
    assert serious(story.visit()) == ()


def test_a_nurse_without_a_phone_is_left_out_of_the_phones():
    assert [phone.number for phone in phones(Story().visit(), WORDS)] == ["911", "1"]


def test_each_rule_of_the_handout_is_told_in_its_language():
    story = Story().patient().order().weight("70").start_pump(0, "17.5", strength="2").stop(60)
    for language in ("en", "es"):
        rules = handout(story.visit(), language).rules
        assert rules
        assert all(rule is not None and rule.what for rule in rules)


def test_one_time_of_the_card_is_told_alone_and_more_as_first_and_last():
    assert tick_words(CARD, Tick("during", (NOON,)))[1] == CARD.time(NOON)
    both = tick_words(CARD, Tick("during", (NOON, NOON + timedelta(hours=1))))[1]
    assert CARD.time(NOON) in both
    assert both != CARD.time(NOON)


def test_nobody_was_ready_where_nothing_was_stopped_or_started():
    running = Story().patient().order().weight("70").start_pump(0, "17.5", strength="2")
    assert ready_at(running.visit(), running.at(90)) is None
    assert ready_at(Story().patient().visit(), NOON) is None


def test_a_stop_that_the_prescriber_asked_for_is_named_as_a_stop():
    story = Story().patient().order().weight("70").start_pump(0, "17.5", strength="2")
    story.stop(30, reason="prescriber")
    (said,) = (p.sentence for p in contradictions(story.visit()) if "no call is" in p.sentence)
    assert said.startswith("Stopped at 12:30")
