"""Scales: the totals, what they mean, what an answer asks for, and what stops the start."""

from dataclasses import replace

import pytest

from ketachart import house
from ketachart.domain import facts as f
from ketachart.domain.admission.door import admit
from ketachart.domain.found.findings import findings
from ketachart.domain.release import release
from ketachart.domain.scales.circulation import pressure_against_baseline
from ketachart.domain.scales.scoring import NOT_ASKED, answers_text, band_of, total_of
from ketachart.domain.scales.wanted import missing_scales, scales_of
from ketachart.domain.screening import screening
from ketachart.domain.start import against_start
from ketachart.errors import Refused
from tests.helpers.story import Story

SHIPPED = house.shipped_protocol()
CALM = (0, 0, NOT_ASKED, NOT_ASKED, NOT_ASKED, 0, NOT_ASKED)


def told():
    return Story().patient().order(goal="depression").weight("70")


def score(story, minute, scale, answers=(), total=None, **more):
    given = total_of(answers) if total is None else total
    fact = f.ScaleScored(
        at=story.at(minute), scale=scale, total=given, answers=tuple(answers), **more
    )
    admit(story.visit(), fact, now=story.at(minute))
    return story.tell(fact)


def call(story, minute, **values):
    said = {"to": "Dr A. Okafor", "about": "C-SSRS", "said": "crisis team comes", **values}
    return story.tell(f.CallMade(at=story.at(minute), **said))


def suicide(story, minute):
    return next(
        s for s in screening(story.visit(), story.at(minute)).items if s.item.code == "mind-suicide"
    )


def thoughts(story, minute):
    return next(
        s for s in release(story.visit(), story.at(minute)).criteria
        if s.criterion.code == "thoughts"
    )  # fmt: skip


# ------------------------------------------------------------------ what the totals mean
@pytest.mark.parametrize(
    ("scale", "total", "meaning"),
    [
        ("phq-9", 0, "minimal"), ("phq-9", 4, "minimal"), ("phq-9", 5, "mild"),
        ("phq-9", 9, "mild"), ("phq-9", 10, "moderate"), ("phq-9", 14, "moderate"),
        ("phq-9", 15, "moderately severe"), ("phq-9", 19, "moderately severe"),
        ("phq-9", 20, "severe"), ("phq-9", 27, "severe"),
        ("gad-7", 4, "minimal"), ("gad-7", 5, "mild"), ("gad-7", 9, "mild"),
        ("gad-7", 10, "moderate"), ("gad-7", 14, "moderate"), ("gad-7", 15, "severe"),
        ("gad-7", 21, "severe"),
        ("hit-6", 36, "little or no impact"), ("hit-6", 49, "little or no impact"),
        ("hit-6", 50, "some impact"), ("hit-6", 55, "some impact"),
        ("hit-6", 56, "substantial impact"), ("hit-6", 59, "substantial impact"),
        ("hit-6", 60, "severe impact"), ("hit-6", 78, "severe impact"),
        ("midas", 0, "grade I"), ("midas", 5, "grade I"), ("midas", 6, "grade II"),
        ("midas", 10, "grade II"), ("midas", 11, "grade III"), ("midas", 20, "grade III"),
        ("midas", 21, "grade IV"), ("midas", 270, "grade IV"),
        ("poss", 2, "acceptable"), ("poss", 3, "act"), ("poss", 4, "stop and treat"),
        ("cadss", 92, None), ("c-ssrs", 7, None),
    ],
)  # fmt: skip
def test_each_band_at_its_edge(scale, total, meaning):
    band = band_of(SHIPPED.score(scale), total)
    assert (band.label if band else None) == meaning


@pytest.mark.parametrize(
    ("scale", "low", "high"),
    [("gad-7", 0, 21), ("hit-6", 36, 78), ("midas", 0, 270), ("cadss", 0, 92), ("poss", 0, 4)],
)
def test_a_total_outside_the_scale_is_not_charted(scale, low, high):
    for total in (low, high):
        score(told(), 1, scale, total=total)
    for total in (low - 1, high + 1):
        with pytest.raises(Refused, match=f"is {low} to {high}"):
            score(told(), 1, scale, total=total)


def test_every_item_has_both_languages_and_a_scale_with_answers():
    for item in SHIPPED.score_items:
        scale = SHIPPED.score(item.scale)
        assert item.text
        assert item.text_es
        assert bool(item.note) == bool(item.note_es)
        assert scale.credit
        assert all(option.label and option.label_es for option in scale.options)


def test_the_greatest_answers_make_the_greatest_total():
    for scale in SHIPPED.scores:
        items = SHIPPED.items_of(scale.code)
        if items:
            assert len(items) * max(o.value for o in scale.options) == scale.high
            assert [item.number for item in items] == list(range(1, len(items) + 1))


# ------------------------------------------------------------------ answers
@pytest.mark.parametrize(
    ("scale", "answers", "total", "sentence"),
    [
        ("phq-9", (1,) * 9, 8, "add up to 9, not to 8"),
        ("phq-9", (1,) * 8, 8, "has 9 items; 8 are answered"),
        ("phq-9", (4,) + (0,) * 8, 4, "Item 1 has no answer"),
        ("phq-9", (NOT_ASKED,) + (0,) * 8, 0, "Item 1 has no answer"),
        ("c-ssrs", (1, 0, 1, NOT_ASKED, NOT_ASKED, 0, NOT_ASKED), 2, "only after a yes to item 2"),
        ("c-ssrs", (1, 1, NOT_ASKED, 0, 0, 0, NOT_ASKED), 2, "Item 3 has no answer"),
        ("hit-6", (10,) * 6, 60, "text of HIT-6 is protected"),
        ("phq-9", (), 12, "Answer each item of PHQ-9"),
        ("c-ssrs", (), 1, "Answer each item of C-SSRS"),
    ],
)
def test_answers_that_cannot_be_are_named(scale, answers, total, sentence):
    with pytest.raises(Refused, match=sentence):
        score(told(), 1, scale, answers, total=total)


def test_an_item_that_was_not_asked_is_no_zero():
    assert answers_text(CALM) == "0, 0, –, –, –, 0, –"
    assert total_of(CALM) == 0
    score(told(), 1, "c-ssrs", CALM)


# ------------------------------------------------------------------ what an answer asks for
@pytest.mark.parametrize(
    ("scale", "answers", "answer"),
    [
        ("phq-9", (3,) * 8 + (0,), None),
        ("phq-9", (0,) * 8 + (1,), "ask"),
        ("phq-9", (0,) * 8 + (3,), "ask"),
        ("gad-7", (3,) * 7, None),
        ("c-ssrs", CALM, None),
        ("c-ssrs", (1, 1, 0, 0, 0, 0, NOT_ASKED), None),
        ("c-ssrs", (1, 1, 1, 0, 0, 0, NOT_ASKED), "ask"),
        ("c-ssrs", (1, 1, 0, 1, 0, 0, NOT_ASKED), "stop"),
        ("c-ssrs", (1, 1, 0, 0, 1, 0, NOT_ASKED), "stop"),
        ("c-ssrs", (0, 0, NOT_ASKED, NOT_ASKED, NOT_ASKED, 1, 0), "ask"),
        ("c-ssrs", (0, 0, NOT_ASKED, NOT_ASKED, NOT_ASKED, 1, 1), "stop"),
    ],
)
def test_what_an_answer_makes_of_the_question_about_suicide(scale, answers, answer):
    assert suicide(score(told(), 10, scale, answers), 11).answer == answer


def test_a_clear_of_the_nurse_is_never_milder_than_the_scale():
    story = score(told(), 10, "phq-9", (0,) * 8 + (2,))
    story.tell(f.ScreeningAnswered(at=story.at(11), item="mind-suicide", answer="clear"))
    state = suicide(story, 12)
    assert state.answer == "ask"
    assert "PHQ-9 12:10, item 9: more than half the days" in state.note


@pytest.mark.parametrize(
    ("act", "total", "answer"),
    [("ask", 19, None), ("ask", 20, "ask"), ("ask", 21, "ask"), ("stop", 19, None),
     ("stop", 20, "stop"), ("", 20, None)],
)  # fmt: skip
def test_a_band_asks_what_the_clinic_wrote_beside_it(act, total, answer):
    severe = tuple(
        replace(scale, bands=(*scale.bands[:-1], replace(scale.bands[-1], act=act)))
        if scale.code == "phq-9"
        else scale
        for scale in SHIPPED.scores
    )
    story = Story(protocol=replace(SHIPPED, scores=severe)).patient().weight("70")
    given = (3,) * (total // 3) + (total % 3,) + (0,) * (8 - total // 3)
    assert suicide(score(story, 10, "phq-9", given), 11).answer == answer


HIGH = (1, 1, 1, 1, 0, 0, NOT_ASKED)


def test_a_high_screener_stops_start_and_goodbye_until_the_call_is_charted():
    story = score(told(), 10, "c-ssrs", HIGH)
    story.tell(f.CriterionJudged(at=story.at(11), criterion="thoughts", met=True))
    codes = [point.code for point in against_start(story.visit(), story.at(12))]
    assert "screening:mind-suicide" in codes
    assert (thoughts(story, 12).met, suicide(story, 12).answer) == (False, "stop")
    assert "chart the call about it" in thoughts(story, 12).note
    call(story, 13)
    assert thoughts(story, 14).met
    assert suicide(story, 14).answer == "ask"
    assert "call to Dr A. Okafor 12:13: crisis team comes" in suicide(story, 14).note


def test_once_the_call_is_charted_the_prescriber_may_authorise_the_start():
    story = score(told(), 10, "c-ssrs", HIGH)
    override = {
        "about": "mind-suicide", "by": "Dr A. Okafor", "phone": "2", "reason": "safe",
        "read_back": True,
    }  # fmt: skip
    fact = f.OverrideAuthorised(at=story.at(12), **override)
    with pytest.raises(Refused, match="cannot be authorised"):
        admit(story.visit(), fact, now=story.at(12))
    call(story, 13)
    later = f.OverrideAuthorised(at=story.at(14), **override)
    admit(story.visit(), later, now=story.at(14))
    assert suicide(story.tell(later), 15).settled


@pytest.mark.parametrize(
    ("minute", "values"),
    [
        (9, {}),  # before it was scored
        (13, {"reached": False}),
        (13, {"said": " "}),
        (13, {"about": "nausea"}),
    ],
)
def test_a_call_that_is_no_escalation_changes_nothing(minute, values):
    story = score(told(), 10, "c-ssrs", HIGH)
    assert suicide(call(story, minute, **values), 14).answer == "stop"


def test_a_high_screener_after_the_call_asks_for_another_call():
    story = call(score(told(), 10, "c-ssrs", HIGH), 13)
    assert suicide(score(story, 20, "c-ssrs", HIGH), 21).answer == "stop"


def test_a_milder_screener_later_does_not_take_the_high_one_back():
    story = score(score(told(), 10, "c-ssrs", HIGH), 20, "c-ssrs", CALM)
    assert suicide(story, 21).answer == "stop"


def test_a_struck_score_counts_no_more():
    story = score(told(), 10, "c-ssrs", HIGH)
    assert suicide(story.strike(story.last_id), 12).answer is None


# ------------------------------------------------------------------ which are asked
@pytest.mark.parametrize(
    ("goal", "scales"),
    [
        ("depression", ["phq-9", "gad-7", "c-ssrs"]),
        ("ptsd", ["phq-9", "gad-7", "c-ssrs"]),
        ("anxiety", ["phq-9", "gad-7", "c-ssrs"]),
        ("acute-migraine", ["hit-6", "midas"]),
        ("prevention", ["hit-6", "midas"]),
        ("chronic-pain", []),
    ],
)
def test_each_goal_asks_for_its_scales(goal, scales):
    visit = Story().patient().order(goal=goal).visit()
    assert [scale.code for scale in missing_scales(visit)] == scales
    assert [s.scale.code for s in scales_of(visit) if s.asked] == scales


def test_a_scale_that_was_not_scored_is_told_before_signing_and_stops_nothing():
    story = score(told(), 5, "gad-7", (0,) * 7)
    found = [x for x in findings(story.visit(), story.at(9)) if x.code.startswith("scale-missing")]
    assert [(x.code, x.severity) for x in found] == [
        ("scale-missing:phq-9", "know"),
        ("scale-missing:c-ssrs", "know"),
    ]


@pytest.mark.parametrize(
    ("systolic", "says"),
    [
        (120, "+20 % at 12:30, baseline 100"),
        (100, "0 % at 12:30, baseline 100"),
        (79, "−21 % at 12:30, baseline 100"),
        (None, ""),
    ],
)
def test_the_recovery_score_shows_the_pressure_beside_the_baseline(systolic, says):
    story = told().full(-5, 100, 60).start_pump(0, "8.75", strength="2")
    if systolic is not None:
        story.bp(30, systolic, 60)
    assert pressure_against_baseline(story.visit(), story.at(31)) == says
