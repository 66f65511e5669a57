"""The medical review: medicines at home, dates on papers, what is asked when; each limit."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ketachart import house
from ketachart.domain import facts as f
from ketachart.domain.admission.door import admit
from ketachart.domain.facts.arrival import HomeMedicine, Tried
from ketachart.domain.found.findings import findings
from ketachart.domain.review.interactions import groups_of, interactions, names
from ketachart.domain.review.taken import taken_typed
from ketachart.domain.screening import screening
from ketachart.domain.typed import Blank, Unreadable
from ketachart.errors import Refused
from ketachart.report.sections.pieces import words_of
from ketachart.report.sections.record import Record
from ketachart.report.sections.screening import screening_table
from tests.domain.test_screening import ready
from tests.helpers.story import NOON, Story

TODAY = NOON.date()


def state_of(story, code):
    found = [s for s in screening(story.visit(), NOON).items if s.item.code == code]
    return found[0] if found else None


def taking(*medicines, story=None):
    return (story or Story()).tell(f.MedicinesListed(at=NOON, medicines=medicines))


def ago(**length):
    return NOON - timedelta(**length)


def infusion(days, **more):
    return f.PastInfusion(on=TODAY - timedelta(days=days), charted="signed", **more)


def after(*infusions):
    return Story().patient().order().tell(f.PastRecorded(at=NOON, infusions=infusions))


# ------------------------------------------------------------------ medicines at home


@pytest.mark.parametrize(
    ("medicine", "group", "question"),
    [
        ("OxyContin 10 mg", "opioid", "meds-sedating"),
        ("Tylenol with codeine", "opioid", "meds-sedating"),
        ("Xanax XR", "benzodiazepine", "meds-sedating"),
        ("lorazepam", "benzodiazepine", "meds-sedating"),
        ("Neurontin", "gabapentinoid", "meds-sedating"),
        ("Ambien", "sleeping-pill", "meds-sedating"),
        ("Fioricet", "sleeping-pill", "meds-sedating"),
        ("Adderall XR", "stimulant", "meds-stimulant"),
        ("phenelzine", "maoi", "meds-stimulant"),
        ("aminophylline", "theophylline", "meds-stimulant"),
        ("Theo-24", "theophylline", "meds-stimulant"),
        ("LAMICTAL", "lamotrigine", "meds-blunting"),
        ("two glasses of wine", "alcohol", "meds-substances"),
        ("THC gummies", "cannabis", "meds-substances"),
        ("Spravato", "ketamine", "meds-ketamine"),
    ],
)
def test_a_medicine_raises_its_question_and_is_named_with_its_group(medicine, group, question):
    story = taking(HomeMedicine(name=medicine))
    assert [found.code for found in groups_of(story.visit(), medicine)] == [group]
    state = state_of(story, question)
    assert state.answer == "ask"
    assert medicine in state.note


@pytest.mark.parametrize("medicine", ["sumatriptan", "methotrexate", "originol", "winegum", ""])
def test_a_name_that_only_contains_a_word_raises_nothing(medicine):
    assert groups_of(Story().visit(), medicine) == ()


def test_words_are_matched_whole_whatever_the_letters_beside():
    assert names("theo-24", "Theo-24, 200 mg")
    assert names("gin", "gin/tonic")
    assert not names("gin", "ginger")
    assert not names("meth", "methadone")


@pytest.mark.parametrize(
    ("last", "asked"),
    [(ago(hours=47), True), (ago(hours=48), True), (ago(hours=48, minutes=1), False), (None, True)],
)
def test_a_substance_is_asked_about_for_48_hours_and_where_nobody_knows(last, asked):
    story = taking(HomeMedicine(name="beer", last=last))
    assert bool(interactions(story.visit(), NOON)) is asked


@pytest.mark.parametrize(
    ("said", "answer"), [(None, "ask"), ("clear", "ask"), ("ask", "ask"), ("stop", "stop")]
)
def test_a_listed_medicine_never_makes_the_nurse_s_answer_milder(said, answer):
    story = taking(HomeMedicine(name="Ativan"))
    if said is not None:
        story.tell(f.ScreeningAnswered(at=NOON, item="meds-sedating", answer=said, note="her own"))
    state = state_of(story, "meds-sedating")
    assert state.answer == answer
    assert said == "stop" or "Ativan (benzodiazepine)" in state.note


def test_the_last_list_stands():
    story = taking(HomeMedicine(name="Ativan"))
    taking(HomeMedicine(name="sumatriptan"), story=story)
    assert state_of(story, "meds-sedating").answer is None
    assert state_of(story, "medicines-listed").note == "1 medicine: sumatriptan"


def test_the_list_of_today_is_needed_and_none_is_an_answer():
    assert state_of(Story(), "medicines-listed").answer is None
    none = Story().tell(f.MedicinesListed(at=NOON, none=True))
    assert state_of(none, "medicines-listed").answer == "clear"


def test_every_group_raises_a_question_that_listens_and_no_word_stands_in_two():
    protocol = house.shipped_protocol()
    listening = {item.code for item in protocol.screening if item.raised_by == "interactions"}
    assert {group.question for group in protocol.interactions} == listening
    words = [word for group in protocol.interactions for word in group.words]
    assert len(words) == len(set(words))
    assert all(word == word.lower().strip() for word in words)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("", Blank()),
        ("08:30", NOON.replace(hour=8, minute=30)),
        ("yesterday 22:00", NOON.replace(hour=22) - timedelta(days=1)),
        ("5 d", NOON - timedelta(days=5)),
        ("3 days ago", NOON - timedelta(days=3)),
    ],
)
def test_when_it_was_taken_last_as_it_is_typed(text, moment):
    assert taken_typed(text, NOON) == moment


def test_a_day_needs_its_time_and_lies_behind():
    day = TODAY - timedelta(days=4)
    read = taken_typed(f"{day.isoformat()} 8:15", NOON)
    assert (read.date(), f"{read:%H:%M}") == (day, "08:15")
    for text in (day.isoformat(), "last week", f"{(TODAY + timedelta(days=1)).isoformat()} 8:00"):
        assert isinstance(taken_typed(text, NOON), Unreadable)


# ------------------------------------------------------------------ dates on papers


def consent(dated, story=None):
    return (story or Story().patient().order()).tell(
        f.ScreeningAnswered(at=NOON, item="consent-signed", answer="clear", dated=dated)
    )


@pytest.mark.parametrize(
    ("days", "answer"), [(0, "clear"), (364, "clear"), (365, "clear"), (366, "ask")]
)
def test_a_consent_older_than_a_year_asks(days, answer):
    assert state_of(consent(TODAY - timedelta(days=days)), "consent-signed").answer == answer


def test_a_consent_without_its_date_or_of_tomorrow_is_refused():
    visit = Story().patient().order().visit()
    for dated, words in ((None, "type the date"), (TODAY + timedelta(days=1), "has not come yet")):
        fact = f.ScreeningAnswered(at=NOON, item="consent-signed", answer="clear", dated=dated)
        with pytest.raises(Refused, match=words) as refused:
            admit(visit, fact, now=NOON)
        assert refused.value.field == "dated"
    admit(
        visit,
        f.ScreeningAnswered(at=NOON, item="consent-signed", answer="stop", note="n"),
        now=NOON,
    )


@pytest.mark.parametrize(
    ("days", "answer"), [(30, "ask"), (20, "ask"), (19, "clear"), (2, "clear")]
)
def test_a_consent_of_an_earlier_series_asks(days, answer):
    """The second of this series; its first was two days ago, the last series ended 20 days ago."""
    story = after(infusion(20, series_number=5), infusion(2, series_number=1))
    story.order(series_number=2)
    assert state_of(consent(TODAY - timedelta(days=days), story), "consent-signed").answer == answer


# ------------------------------------------------------------------ what is asked when


@pytest.mark.parametrize(
    ("earlier", "asked"), [(0, False), (2, False), (3, True), (4, False), (7, True)]
)
def test_memory_is_asked_at_every_fourth_visit(earlier, asked):
    story = after(*(infusion(7 * (n + 1)) for n in range(earlier)))
    assert (state_of(story, "mind-cognition") is not None) is asked


@pytest.mark.parametrize(
    ("days", "asked"),
    [
        ((), False),
        ((89,), False),
        ((90,), True),
        ((91, 1), False),  # asked the day before, when the 90 days were over
        ((91, 2), True),
        ((60, 40, 20), True),  # the fourth visit
    ],
)
def test_liver_enzymes_come_to_mind_at_every_fourth_visit_and_after_90_days(days, asked):
    story = after(*(infusion(n) for n in days))
    assert (state_of(story, "liver-enzymes") is not None) is asked


@pytest.mark.parametrize(("days", "answer"), [(89, "clear"), (90, "clear"), (91, "ask")])
def test_a_sheet_of_the_laboratory_older_than_90_days_asks(days, answer):
    story = after(infusion(90)).tell(
        f.ScreeningAnswered(
            at=NOON, item="liver-enzymes", answer="clear", dated=TODAY - timedelta(days=days)
        )
    )
    assert state_of(story, "liver-enzymes").answer == answer


@pytest.mark.parametrize(
    ("last", "now", "goal", "asked"),
    [
        (None, None, "maintenance", False),
        (5, None, "maintenance", True),
        (5, None, "booster", True),
        (5, None, "acute-migraine", False),
        (5, 1, "induction", True),
        (1, 1, "induction", True),
        (3, 2, "induction", True),
        (3, 3, "induction", False),
        (4, 5, "induction", False),
        (None, 1, "induction", False),
    ],
)
def test_what_the_last_series_was_worth_is_asked_once_it_is_over(last, now, goal, asked):
    story = after(infusion(10, series_number=last)).order(series_number=now, goal=goal)
    assert (state_of(story, "series-benefit") is not None) is asked


def test_a_protocol_without_the_new_values_asks_nothing_of_the_long_term():
    shipped = house.shipped_protocol()
    old = replace(shipped, values=tuple(v for v in shipped.values if "liver" not in v.code))
    story = after(infusion(90), infusion(60), infusion(20))
    story.tell(f.ProtocolAdopted(at=NOON, protocol=old))
    assert state_of(story, "liver-enzymes") is None


# ------------------------------------------------------------------ tried before


@pytest.mark.parametrize(
    ("outcomes", "answer"),
    [
        (None, None),
        ((), "ask"),
        (("helped",), "ask"),
        (("not-said",), "ask"),
        (("helped", "some"), "clear"),
        (("none",), "clear"),
        (("not-tolerated",), "clear"),
    ],
)
def test_acute_use_is_for_when_something_else_has_failed(outcomes, answer):
    story = Story().patient().order(goal="acute-migraine")
    if outcomes is not None:
        tried = tuple(Tried(name="sumatriptan", outcome=one) for one in outcomes)
        story.tell(f.HistoryTaken(at=NOON, tried=tried))
    assert state_of(story, "history-tried").answer == answer


def test_other_goals_do_not_ask_what_was_tried():
    assert state_of(Story().patient().order(goal="maintenance"), "history-tried") is None


# ------------------------------------------------------------------ symptoms


@pytest.mark.parametrize(
    ("before", "during", "after_it", "found"),
    [
        (False, False, False, False),
        (True, False, False, True),
        (True, True, False, True),
        (True, False, True, False),
    ],
)
def test_symptoms_at_the_end_that_were_noted_before_are_missed(before, during, after_it, found):
    story = Story().patient().order().weight("70").vial().bag("3.5", "17.5")
    moments = [minute for minute, told in ((5, before), (30, during), (75, after_it)) if told]
    story.start_pump(10, "10", strength="2", despite="x").stop(70)
    for minute in moments:
        story.tell(f.SymptomsNoted(at=story.at(minute), light="mild"))
    codes = {finding.code for finding in findings(story.visit(), story.at(90))}
    assert ("symptoms-after" in codes) is found


# ------------------------------------------------------------------ the rest of the screening


def test_every_contraindication_has_a_question_with_its_source():
    sources = " ".join(item.source for item in house.shipped_protocol().screening)
    for row in range(1, 19):
        assert f"B3.{row}" in sources.replace(";", ",").replace(",", " ").split(), row


@pytest.mark.parametrize(
    ("minutes", "asked"), [(359, False), (360, True), (361, True), (None, False)]
)
def test_an_end_at_eight_in_the_evening_or_later_asks(minutes, asked):
    """60 min of infusion and 60 of observation: a start at 18:00 does not end before 20:00."""
    from ketachart.domain.start import against_start

    if minutes is None:
        story = Story().patient()  # without an order there is no end to plan
    else:
        story = Story(start=NOON + timedelta(minutes=minutes)).patient().order().weight("70")
    codes = {point.code for point in against_start(story.visit(), story.at(0))}
    assert ("evening" in codes) is asked


@pytest.mark.parametrize(
    ("kind", "hours", "answer"),
    [
        ("solid_at", 3.99, "stop"), ("solid_at", 4, "ask"), ("solid_at", 5.99, "ask"),
        ("solid_at", 6, "clear"), ("solid_at", 6.01, "clear"),
        ("fatty_at", 7.99, "ask"), ("fatty_at", 8, "clear"), ("fatty_at", 8.01, "clear"),
        ("clear_at", 1.99, "ask"), ("clear_at", 2, "clear"), ("clear_at", 2.01, "clear"),
        ("solid_at", None, None), ("clear_at", None, None), ("fatty_at", None, "clear"),
    ],
)  # fmt: skip
def test_each_rule_of_fasting_at_below_and_above_its_hours(kind, hours, answer):
    times = {"solid_at": ago(hours=24), "fatty_at": ago(hours=24), "clear_at": ago(hours=24)}
    times[kind] = None if hours is None else ago(hours=hours)
    if kind == "solid_at" and hours is None:
        times["fatty_at"] = None
    story = Story().tell(f.IntakeRecorded(at=NOON, **times))
    assert state_of(story, "fasting").answer == answer


@pytest.mark.parametrize(
    ("expires", "answer"),
    [(-1, "stop"), (0, "clear"), (1, "clear"), (None, "ask")],
)
def test_a_licence_counts_through_its_last_day(expires, answer):
    until = None if expires is None else TODAY + timedelta(days=expires)
    story = Story().tell(
        f.NurseRecorded(
            at=NOON, staff_id="ja", name="J", credential="RN", licence="1", licence_expires=until
        )
    )
    assert state_of(story, "licence-valid").answer == answer


@pytest.mark.parametrize(
    ("lacks", "answer"), [((), "clear"), (("of_age",), "stop"), (("sober", "stays"), "stop")]
)
def test_the_adult_is_of_age_sober_and_stays(lacks, answer):
    holds = {name: name not in lacks for name in ("of_age", "sober", "stays")}
    story = Story().tell(f.AdultNamed(at=NOON, name="M", phone="1", **holds))
    assert state_of(story, "home-adult").answer == answer
    assert state_of(Story(), "home-adult").answer is None


# ------------------------------------------------------------------ refused, and authorised


def test_a_refusal_is_authorised_by_phone_and_the_verdict_is_frozen_with_its_edition():
    story = ready().tell(f.IntakeRecorded(at=NOON, solid_at=ago(hours=3), clear_at=ago(hours=3)))
    taking(HomeMedicine(name="Ativan"), story=story)
    go = f.ScreeningConcluded(at=story.at(16), verdict="go", edition="KetaChart default 1")
    with pytest.raises(Refused, match="Do not start: 2 points open"):
        admit(story.visit(), go, now=story.at(16))
    for about, condition in (("fasting", "head up"), ("meds-sedating", "SpO2 without a break")):
        told = f.OverrideAuthorised(
            at=story.at(15), about=about, by="Dr A. Okafor", phone="602 555 0188",
            read_back=True, reason="12 h since the last tablet", condition=condition,
        )  # fmt: skip
        unread = replace(told, read_back=False)
        with pytest.raises(Refused):
            admit(story.visit(), go, now=story.at(16))
        story.tell(unread)
        with pytest.raises(Refused):
            admit(story.visit(), go, now=story.at(16))
        story.tell(told)
    admit(story.visit(), go, now=story.at(16))
    visit = story.tell(go).visit()
    table = screening_table(Record(visit, story.at(20)))
    lines = [words_of(cell) for row in table.rows for cell in getattr(row, "cells", ())]
    (fasted,) = [line for line in lines if line.startswith("Hours since food")]
    for words in ("Dr A. Okafor", "602 555 0188", "read back", "12 h since", "head up"):
        assert words in fasted
    assert visit.last_fact(f.ScreeningConcluded).edition == visit.protocol.edition
