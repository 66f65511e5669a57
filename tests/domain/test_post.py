"""How far a report has come, and its questions: the same facts in any order tell the same."""

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest

from ketachart.domain.addenda import signed_by
from ketachart.domain.facts.closing import Addendum
from ketachart.domain.facts.post import (
    ConflictSeen,
    QuestionAsked,
    ReceiptTaken,
    ReportSent,
    ReportTaken,
    VerdictGiven,
    VisitPlanned,
)
from ketachart.domain.post.planned import Opened, planned
from ketachart.domain.post.standing import SignedVersion, standing, taken_versions
from ketachart.domain.post.threads import threads
from ketachart.domain.visit import fold
from tests.helpers.story import NOON, Story

HOUR = timedelta(hours=1)
V1 = SignedVersion(1, "aa", NOON)
V2 = SignedVersion(2, "bb", NOON + 24 * HOUR)


def post(*facts):
    story = Story()
    story.entries.clear()
    for fact in facts:
        story.tell(fact)
    return fold(story.entries)


def sent(sha256="aa", report=1):
    return ReportSent(
        at=NOON + HOUR, item="p", report=report, sha256=sha256, ledger="c", name="the clinic"
    )


def receipt(sha256="aa", report=1):
    return ReceiptTaken(
        at=NOON + 9 * HOUR, item=f"r{sha256}", report=report, sha256=sha256,
        taken_at=NOON + 2 * HOUR, by="Sue Perry, MD",
    )  # fmt: skip


def asked(item="q", *, withdrawn=False, words="Was it 28?"):
    return QuestionAsked(
        at=NOON + 4 * HOUR, item=item, report=1, sha256="aa", words=words, by="Sue Perry, MD",
        staff_id="sp", asked_at=NOON + 3 * HOUR, withdrawn=withdrawn,
    )  # fmt: skip


def verdict(word="reviewed", *, sha256="aa", report=1, item="v", hours=5, countersigned="cc"):
    return VerdictGiven(
        at=NOON + 9 * HOUR, item=item, report=report, sha256=sha256, verdict=word, words="28 is 82",
        by="Sue Perry, MD", staff_id="sp", given_at=NOON + hours * HOUR,
        countersigned=countersigned,
    )  # fmt: skip


def answered(item="q", version=2):
    """The visit with an addendum that answers a question."""
    said = Addendum(at=NOON, about="answer", text="It was 82.", answers=item)
    story = Story()
    story.tell(signed_by(said, "ja", "ab", version=version))
    return fold(story.entries)


def stands(*facts, versions=(V1,), visit=None):
    beside = post(*facts)
    return standing(versions, beside, threads(beside, visit))


@pytest.mark.parametrize(
    ("facts", "state", "words"),
    [
        ((), "signed", "Signed Sun 22 Nov 12:00; not packed yet"),
        ((sent(),), "packed", "Packed Sun 22 Nov 13:00 for the clinic; no receipt yet"),
        ((receipt(),), "received", "Received Sun 22 Nov 14:00 by Sue Perry, MD"),
        ((sent(), receipt()), "received", "Received Sun 22 Nov 14:00 by Sue Perry, MD"),
        ((receipt("zz"),), "signed", "Signed Sun 22 Nov 12:00; not packed yet"),
        ((sent("zz"),), "signed", "Signed Sun 22 Nov 12:00; not packed yet"),
        ((verdict(),), "reviewed", "Reviewed and countersigned Sun 22 Nov 17:00 by Sue Perry, MD"),
        ((verdict(countersigned=""),), "reviewed", "Reviewed Sun 22 Nov 17:00 by Sue Perry, MD"),
        ((verdict("question"),), "questions", "Reviewed with questions Sun 22 Nov 17:00"),
        ((verdict("has errors"),), "has errors", "Sue Perry, MD: 28 is 82"),
        ((verdict("has errors"), asked()), "has errors", "28 is 82"),
        ((sent(), asked()), "questions", "1 question to answer; version 1 packed"),
        ((sent(), asked(), asked(withdrawn=True)), "packed", "no receipt yet"),
        ((verdict("has errors"), verdict(item="w", hours=6)), "reviewed", "18:00"),
    ],
)
def test_how_far_a_report_has_come(facts, state, words):
    for order in itertools.permutations(facts):
        found = stands(*order)
        assert found.state == state
        assert words in found.words


def test_an_unsigned_visit_is_a_draft():
    assert stands(versions=()).state == "draft"
    assert stands(versions=()).at is None


def test_a_new_version_begins_anew_and_the_way_of_the_old_one_stays():
    found = stands(sent(), receipt(), verdict("question"), versions=(V2, V1))
    assert (found.state, found.version) == ("signed", 2)
    assert [(step.version, step.state) for step in found.steps] == [
        (1, "signed"), (1, "packed"), (1, "received"), (1, "questions"), (2, "signed"),
    ]  # fmt: skip
    assert stands(receipt("bb", 2), versions=(V1, V2)).state == "received"
    assert stands(verdict(sha256="bb", report=2), versions=(V1, V2)).state == "reviewed"


def test_at_the_clinic_what_came_in_is_received():
    taken = ReportTaken(
        at=NOON + HOUR, visit="261122-01", report=1, sha256="aa", staff_id="ja",
        signer="Julia Alvarez, RN", signed_at=NOON, head="", good=True,
    )  # fmt: skip
    beside = post(taken, ConflictSeen(at=NOON, report=1, first="aa", second="zz"))
    found = standing(taken_versions(beside), beside)
    assert (found.state, found.conflict) == ("received", True)


@pytest.mark.parametrize(
    ("facts", "visit", "state", "version"),
    [
        ((asked(),), None, "asked", 0),
        ((asked(),), answered("other"), "asked", 0),
        ((asked(),), answered(), "answered", 2),
        ((asked(), asked()), answered(version=3), "answered", 3),
        ((asked(), verdict(report=1)), answered(), "answered", 2),
        ((asked(), verdict(report=2, sha256="bb")), answered(), "reviewed", 2),
        ((asked(), verdict("question", report=2)), answered(), "answered", 2),
        ((asked(withdrawn=True),), None, "taken back", 0),
        ((asked(withdrawn=True), asked()), answered(), "taken back", 2),
    ],
)
def test_what_became_of_a_question(facts, visit, state, version):
    for order in itertools.permutations(facts):
        (thread,) = threads(post(*order), visit)
        assert (thread.state, thread.answered_in) == (state, version)
        assert thread.open == (state == "asked")
        assert thread.said


def test_plans_stand_by_day_and_name_and_say_whether_they_were_opened():
    def plan(item, when, name):
        patient = Story().patient(family_name=name).visit().patient
        order = Story().patient().order().visit().order
        return VisitPlanned(at=NOON, item=item, day=when, patient=patient, order=order)

    first, second = date(2026, 11, 23), date(2026, 11, 24)
    clinic = post(plan("a", second, "Ames"), plan("b", first, "Cole"), plan("c", first, "Abel"))
    assert [one.item for one in planned(clinic, {})] == ["c", "b", "a"]
    assert [one.item for one in planned(clinic, {}, day=second)] == ["a"]
    opened = {"b": Opened(stream="s1")}
    states = {one.item: (one.state, one.stream) for one in planned(clinic, opened)}
    assert states == {"a": ("open", ""), "b": ("visit opened", "s1"), "c": ("open", "")}


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_newest_edition_of_a_plan_counts_in_whatever_order_they_came(order):
    visit = Story().patient().order().visit()
    first = VisitPlanned(
        at=NOON, item="a", day=date(2026, 11, 23), patient=visit.patient, order=visit.order
    )
    editions = (first, replace(first, edition=2, note="Gate 7"), replace(first, edition=3))
    (one,) = planned(post(*(editions[place] for place in order)), {})
    assert (one.plan.edition, one.state) == (3, "open")
    gone = (*editions[:2], replace(first, edition=3, withdrawn=True))
    (one,) = planned(post(*(gone[place] for place in order)), {})
    assert one.state == "taken back"
    assert planned(post(gone[2]), {}) == ()  # it was never known here
