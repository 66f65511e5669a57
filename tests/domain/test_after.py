"""What may be added after signing, which calls are due, and as of when a visit is judged."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ketachart.domain import facts as f
from ketachart.domain.addenda import as_signed, judged_at, signed_by, version_of
from ketachart.domain.admission.door import admit
from ketachart.domain.after.calls import calls, pain_after, state_words
from ketachart.domain.audit import words
from ketachart.domain.earlier.past import past_infusion
from ketachart.domain.facts.closing import Addendum
from ketachart.domain.folded.whole import folded
from ketachart.domain.infusion import last_moment
from ketachart.errors import Refused
from tests.helpers.story import NOON, Story

DAY = 24 * 60


def signed(*told):
    """Stopped after an hour, one call planned, signed after two hours."""
    story = Story().patient().order().weight("70").full(-5).start_pump(0, "17.5", strength="2")
    story.full(50, pain=3).stop(60)
    story.tell(f.FollowUpPlanned(at=story.at(90), due_at=story.at(60 + DAY)))
    story.tell(f.VisitSigned(at=story.at(120), meaning="m", signer="ja", certificate="c"))
    story.tell(f.ReportSigned(at=story.at(120), sha256="ab", pages=4))
    for fact in told:
        story.tell(fact)
    return story


def call(**values):
    told = {
        "at": NOON + timedelta(minutes=60 + DAY), "about": "follow-up", "spoke_with": "patient",
        "pain": 2, "worst_pain": 6, "headache": "no", "text": "slept badly",
        "due_at": NOON + timedelta(minutes=60 + DAY),
        "effects": (f.EffectAfter(effect="nausea", grade=1),),
    }  # fmt: skip
    return Addendum(**{**told, **values})


def written(version=2, **values):
    return signed_by(call(**values), "ja", "c", version=version)


def add(addendum):
    story = signed()
    fact = signed_by(addendum, "ja", "c", version=2)
    admit(story.visit(), fact, now=story.at(61 + DAY))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"spoke_with": ""}, "spoke_with"),
        ({"spoke_with": "nobody"}, "spoke_with"),
        ({"pain": -1, "worst_pain": None}, "pain"),
        ({"pain": 11, "worst_pain": None}, "pain"),
        ({"pain": 7, "worst_pain": 6}, "worst_pain"),
        ({"thoughts": "yes"}, "escalated"),
        ({"urine": "yes"}, "escalated"),
        ({"effects": (f.EffectAfter(effect="nausea", grade=3),)}, "escalated"),
        ({"effects": (f.EffectAfter(effect="nausea", grade=5),)}, "effects"),
        ({"effects": (f.EffectAfter(effect="no-such", grade=1),)}, "effects"),
        ({"next_at": NOON}, "next_at"),
        ({"entry": "none"}, "entry"),
        ({"about": "late-information", "text": "  "}, "text"),
    ],
)
def test_what_an_addendum_lacks_is_said_at_its_field(values, field):
    with pytest.raises(Refused) as refused:
        add(call(**values))
    assert refused.value.field == field


@pytest.mark.parametrize(
    "values",
    [
        {"pain": 0, "worst_pain": 0},
        {"pain": 10, "worst_pain": 10},
        {"pain": None, "worst_pain": None},
        {"effects": (f.EffectAfter(effect="nausea", grade=2),)},
        {"effects": (f.EffectAfter(effect="nausea", grade=3),), "escalated": "911 was called"},
        {"thoughts": "yes", "escalated": "Dr Okafor told, 988 given, sister stays"},
        {"thoughts": "no", "urine": "no"},
        {"spoke_with": "nobody", "pain": None, "worst_pain": None, "headache": "", "effects": ()},
    ],
)
def test_what_is_complete_may_be_added(values):
    add(call(**values))


def test_a_call_is_later_due_overdue_made_or_in_vain():
    visit = signed().visit()
    (planned,) = calls(visit)
    at = NOON + timedelta(minutes=60 + DAY)
    assert planned.due_at == at
    assert planned.state(at - timedelta(minutes=1)) == "later"
    assert planned.state(at) == "due"
    assert planned.state(at + timedelta(hours=10)) == "due"
    assert planned.state(at + timedelta(hours=11)) == "overdue"
    assert "overdue since" in state_words(planned, at + timedelta(hours=11))
    (made,) = calls(signed(written()).visit())
    assert (made.state(at), made.open) == ("made", False)
    nobody = written(
        spoke_with="nobody", pain=None, worst_pain=None, headache="", effects=(),
        next_at=at + timedelta(hours=4),
    )  # fmt: skip
    in_vain, again = calls(signed(nobody).visit())
    assert in_vain.state(at) == "nobody"
    assert again.open
    assert again.due_at == at + timedelta(hours=4)


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        (11.9, (None, None)), (12, (2, None)), (35.9, (2, None)), (36, (None, 2)),
        (71.9, (None, 2)), (72, (None, None)),
    ],
)  # fmt: skip
def test_the_day_after_and_the_second_day_are_told_from_the_end_of_the_drug(hours, told):
    end = NOON + timedelta(hours=1)
    visit = signed(written(at=end + timedelta(hours=hours))).visit()
    assert tuple(pain_after(visit, end, span) for span in ((12, 36), (36, 72))) == told
    past = past_infusion(visit)
    assert (past.pain_24h, past.pain_48h) == told


def test_what_is_added_the_next_day_makes_nothing_overdue_and_no_pump_run_on():
    before, after = signed().visit(), signed(written()).visit()
    assert last_moment(after) == last_moment(before)
    assert as_signed(after) == before
    assert judged_at(after, NOON + timedelta(days=9)) == NOON + timedelta(hours=2)
    old, new = folded(before), folded(after)
    changed = {key for key in old if old[key] != new[key]}
    assert changed == {"addenda", "entries"}
    assert version_of(before) == 1
    assert version_of(after) == 2


def test_an_addendum_tells_what_was_asked_and_nothing_that_was_not():
    visit = signed().visit()
    title, detail = words(visit, written())
    assert title == "Addendum: follow-up"
    assert "pain 2 of 10" in detail
    assert "headache not back" in detail
    assert "urine" not in detail
    assert "self-harm" not in detail
    told = words(visit, replace(written(), thoughts="yes", escalated="988 given"))[1]
    assert "THOUGHTS OF SELF-HARM" in told
    assert "done: 988 given" in told
