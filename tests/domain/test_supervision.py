"""The queue's flags, its order, how reports stand, what changed, and the figures over many."""

import csv
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO

import pytest

from ketachart import resources
from ketachart.domain import facts as f
from ketachart.domain.addenda import signed_by
from ketachart.domain.facts.closing import Addendum
from ketachart.domain.facts.post import ConflictSeen, QuestionAsked, ReportTaken, VerdictGiven
from ketachart.domain.quantities import Mg
from ketachart.domain.supervision.figures import Counted
from ketachart.domain.supervision.flags import Flag, flags_of
from ketachart.domain.supervision.lines import line_of
from ketachart.domain.supervision.queue import QueueLine, counts, in_order
from ketachart.domain.supervision.reviewer import Reviewer, against, signer_of, witnessed
from ketachart.domain.supervision.standing import newest, state_of
from ketachart.domain.supervision.table import trends_csv
from ketachart.domain.supervision.trends import trends
from ketachart.domain.supervision.versions import changed
from ketachart.domain.visit import Entry, Visit, fold
from tests.helpers.story import NOON, Story

SUE = Reviewer("sp", "Sue Perry", ("Dr A. Okafor",))
DAY = timedelta(hours=24)


def visit_with(*acts):
    told = Story().patient().order()
    told.tell(f.VisitOpened(at=NOON, visit="261122-01", zone="America/Phoenix", program="K"))
    for act in acts:
        act(told)
    return told


def wasted(**values):
    told = {"amount_mg": Mg("12.5"), "how": "pouch", "witness_mode": "none", "why_none": "alone"}
    return lambda s: s.tell(f.DrugWasted(at=s.at(60), **{**told, **values}))


def released(outcome, **values):
    return lambda s: s.tell(
        f.PatientReleased(at=s.at(90), outcome=outcome, to="Marco Rivera", **values)
    )


def signed(**values):
    return lambda s: s.tell(
        f.VisitSigned(at=s.at(100), meaning="m", signer="ja", certificate="c", **values)
    )


def addendum(minute=200, version=2, **values):
    def act(s):
        told = {"at": s.at(minute), "about": "late-information", "text": "The sister rang."}
        s.tell(signed_by(Addendum(**{**told, **values}), "ja", "c", version=version))

    return act


def call_planned(s):
    s.tell(f.FollowUpPlanned(at=s.at(80), due_at=NOON + DAY))


def infused(s):
    s.weight("60").vial().bag("3", "30").start_pump(10, "30").pause(20).resume(25, "30").stop(40)


def struck(s):
    s.full(50)
    s.strike(s.last_id)


@pytest.mark.parametrize(
    ("acts", "code", "grave", "words"),
    [
        ((lambda s: s.tell(f.EmergencyDeclared(at=s.at(30), why="not breathing")),), "serious",
         True, "emergency: not breathing"),
        ((lambda s: s.effect(30, "nausea", 4),), "serious", True, "Nausea, grade 4"),
        ((released("to-ems"),), "serious", True, "handed over to EMS: Marco Rivera"),
        ((released("against-advice"),), "against-advice", True, "left against advice"),
        ((released("with-reason", reason="r"),), "with-reason", False, "released with a reason"),
        ((signed(incomplete="battery"),), "incomplete", True, "signed incomplete: battery"),
        ((wasted(),), "unseen-waste", True, "12.5 mg wasted unseen"),
        ((lambda s: s.vial(),), "balance", True, "200 mg of ketamine unaccounted for"),
        ((infused,), "paused", False, "paused"),
        ((struck,), "corrections", False, "1 correction"),
        ((lambda s: s.vitals(10, recorded=80, spo2=98),), "late", False, "1 late entry"),
        ((call_planned,), "call-overdue", False, "1 call overdue"),
        ((signed(), addendum()), "addenda", False, "1 addendum"),
        ((lambda s: s.tell(f.OverrideAuthorised(
            at=s.at(5), about="fasting", by="Dr A. Okafor", read_back=True, reason="r")),),
         "override", False, "1 override by phone"),
    ],
)  # fmt: skip
def test_what_stands_out_has_a_flag(acts, code, grave, words):
    found = {flag.code: flag for flag in flags_of(visit_with(*acts).visit(), NOON + 3 * DAY)}
    assert (found[code].words, found[code].grave) == (words, grave)
    others = {flag.code for flag in flags_of(visit_with().visit(), NOON + 3 * DAY)}
    assert code not in others


def test_a_limit_that_was_passed_has_a_flag_and_an_emergency_makes_it_grave():
    high = visit_with(infused, lambda s: s.full(5, 124, 76).full(30, 231, 130))
    flags = {flag.code: flag for flag in flags_of(high.visit(), NOON)}
    assert "passed" in flags["limit"].words
    assert flags["limit"].icon == "triangle-alert"


def test_every_flag_has_a_picture_and_grave_ones_stand_first():
    told = visit_with(
        infused, struck, wasted(), released("against-advice"), call_planned,
        lambda s: s.vitals(10, recorded=80, spo2=98), signed(incomplete="x"), addendum(),
    )  # fmt: skip
    flags = flags_of(told.visit(), NOON + 3 * DAY)
    assert len(flags) > 6
    assert [flag.grave for flag in flags] == sorted((flag.grave for flag in flags), reverse=True)
    for flag in flags:
        assert resources.path("icons", f"{flag.icon}.svg").exists()


def test_an_empty_visit_has_no_flags():
    assert flags_of(Visit(), NOON) == ()


# ------------------------------------------------------------------ how reports stand


def post(*facts):
    return fold(
        Entry(
            number=n, id=f"p{n}", author="sp", recorded_at=fact.at, elapsed=timedelta(),
            session="s", fact=fact,
        )
        for n, fact in enumerate(facts, 1)
    )  # fmt: skip


def taken(version=1, *, good=True, sha256="", hours=0):
    return ReportTaken(
        at=NOON + timedelta(hours=hours), visit="261122-01", report=version,
        sha256=sha256 or f"sha-{version}", staff_id="ja", signer="Julia Alvarez, RN",
        signed_at=NOON, head="h", good=good, fault="" if good else "Structure: changed.",
    )  # fmt: skip


def question(item="q", *, withdrawn=False, hours=1):
    at = NOON + timedelta(hours=hours)
    return QuestionAsked(
        at=at, item=item, report=1, sha256="sha-1", words="Which arm?", by="Sue Perry, MD",
        staff_id="sp", asked_at=at, withdrawn=withdrawn,
    )  # fmt: skip


def verdict(word, version=1, *, hours=2):
    at = NOON + timedelta(hours=hours)
    return VerdictGiven(
        at=at, item=f"v{version}{word}", report=version, sha256=f"sha-{version}", verdict=word,
        words="w", by="Sue Perry, MD", staff_id="sp", given_at=at,
    )  # fmt: skip


def answered():
    return visit_with(signed(), addendum(about="answer", answers="q")).visit()


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((taken(),), "waiting"),
        ((taken(good=False),), "not good"),
        ((taken(good=False), verdict("has errors")), "has errors"),
        ((taken(), question()), "asked"),
        ((taken(), question(), question(withdrawn=True)), "waiting"),
        ((taken(), question(withdrawn=True), question()), "waiting"),
        ((taken(), question(), verdict("question")), "asked"),
        ((taken(), verdict("reviewed")), "reviewed"),
        ((taken(), verdict("has errors")), "has errors"),
        ((taken(), verdict("has errors"), verdict("reviewed", hours=3)), "reviewed"),
        ((taken(), verdict("reviewed", hours=3), verdict("has errors")), "reviewed"),
        ((taken(), verdict("reviewed"), question(hours=3)), "asked"),
        ((taken(), verdict("reviewed"), taken(2)), "waiting"),
        ((taken(), verdict("reviewed"), taken(2, good=False)), "reviewed"),
        ((taken(2), verdict("reviewed", 1), taken(1)), "waiting"),
    ],
)
def test_how_a_report_stands(facts, expected):
    assert state_of(post(*facts), visit_with(signed()).visit()) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((taken(), question(), taken(2)), "answered"),
        ((taken(2), question(), taken(1)), "answered"),
        ((taken(), question(), taken(2), verdict("reviewed", 2)), "reviewed"),
        ((taken(), question(), question("other"), taken(2)), "asked"),
    ],
)
def test_how_a_report_stands_once_the_nurse_answered(facts, expected):
    assert state_of(post(*facts), answered()) == expected


def test_while_a_report_is_not_read_again_its_verdict_stands():
    facts = post(taken(), question(), taken(2), verdict("reviewed", 2))
    assert state_of(facts, None) == "reviewed"
    assert state_of(post(taken(), question()), None) == "asked"
    assert newest(Visit()) is None
    assert line_of("s", Visit(), None, SUE, NOON) is None


def test_two_files_of_one_version_are_told_in_the_line():
    seen = ConflictSeen(at=NOON, report=1, first="sha-1", second="sha-x")
    both = line_of("s", post(taken(), taken(sha256="sha-x"), seen), None, SUE, NOON)
    assert "both signed" in both.conflict
    assert both.grave
    assert both.sha256 == "sha-1"
    one = line_of("s", post(taken(), taken(sha256="sha-x", good=False), seen), None, SUE, NOON)
    assert "not good" in one.conflict


def line(stream, state="waiting", *, hours=0, **values):
    told = {
        "stream": stream, "number": stream, "patient": "", "mrn": "", "nurse": "", "day": None,
        "version": 1, "sha256": "", "signed_at": NOON, "taken_at": NOON + timedelta(hours=hours),
        "state": state,
    }  # fmt: skip
    return QueueLine(**{**told, **values})


def test_what_waits_stands_first_grave_before_old_before_new_and_the_settled_last():
    lines = (
        line("done", "reviewed"), line("new", hours=5), line("asked", "asked"),
        line("grave", hours=6, good=False), line("old", "answered", hours=1),
    )  # fmt: skip
    assert [one.stream for one in in_order(lines)] == ["grave", "old", "new", "asked", "done"]
    told = counts(lines, NOON + timedelta(hours=8))
    assert (told.all, told.open, told.flagged, told.answered) == (5, 3, 1, 1)
    assert told.wait == timedelta(hours=3)
    assert counts((), NOON).wait is None


def test_flagged_is_what_is_still_to_be_looked_at():
    late, order = Flag("late", "1 late entry", "clock"), Flag("order-unsigned", "1 order", "phone")
    cases = (
        ("waiting", (late,), True), ("waiting", (), False), ("reviewed", (late,), False),
        ("reviewed", (late, order), True), ("has errors", (late,), False),
    )  # fmt: skip
    for state, flags, flagged in cases:
        assert line("one", state, flags=flags).flagged is flagged, (state, flags)
    assert line("bad", "not good", good=False).flagged
    assert not line("bad", "has errors", good=False).flagged
    assert line("one", "reviewed", flags=(late, order)).standing_flags == (order,)


# ------------------------------------------------------------------ who may review


def test_who_charted_may_not_review_and_is_told_who_may():
    visit = visit_with(wasted(witness="sue  perry", witness_mode="in-person")).visit()
    assert against(visit, SUE) == ""
    assert "Dr A. Okafor may." in against(visit, replace(SUE, staff_id="ja"))
    assert "none is on file" in against(visit, Reviewer("ja", "Julia"))
    assert against(visit, SUE, signer="sp")
    assert "named as the witness" in witnessed(visit, SUE)
    assert witnessed(visit, Reviewer("x", "")) == ""
    assert witnessed(visit_with(wasted()).visit(), SUE) == ""


def test_the_signer_is_who_charted_or_who_added():
    assert signer_of(visit_with().visit()) == ""
    assert signer_of(visit_with(signed()).visit()) == "ja"
    assert signer_of(answered()) == "ja"


# ------------------------------------------------------------------ versions


def made(s):
    s.tell(f.ReportSigned(at=s.at(100), sha256="s", pages=1))


def test_only_additions_follow_a_signature():
    before = visit_with(signed()).visit()
    after = visit_with(signed(), made, addendum()).visit()
    found = changed(before, after)
    assert found.faults == ()
    ((entry, words),) = found.added
    assert entry == after.entries[-1].id
    assert "The sister rang." in words


@pytest.mark.parametrize(
    "acts",
    [
        (signed(), lambda s: s.full(110)),
        (lambda s: s.full(95), signed(), addendum()),
        (),
    ],
)
def test_anything_else_that_changed_is_a_fault(acts):
    found = changed(visit_with(signed()).visit(), visit_with(*acts).visit())
    assert len(found.faults) == 1
    assert found.added == ()


# ------------------------------------------------------------------ figures


def counted(number, *acts, day=0, stream=""):
    visit = visit_with(*acts)
    visit.tell(
        f.VisitOpened(at=NOON + day * DAY, visit=number, zone="America/Phoenix", program="K")
    )
    return Counted(visit.visit(), stream or number, 1, "waiting")


def test_figures_by_nurse_and_month_by_event_and_by_override():
    override = f.OverrideAuthorised(
        at=NOON, about="my own", by="Dr A. Okafor", read_back=True, reason="r"
    )
    found = trends(
        (
            counted("a", infused, wasted(), lambda s: s.effect(30, "nausea", 2)),
            counted("b", lambda s: s.effect(30, "nausea", 3).tell(override), day=1),
            counted("c", day=20),
        ),
        NOON.date(),
        NOON.date() + 30 * DAY,
    )
    assert [(one.month, one.visits) for one in found.by_nurse] == [("2026-11", 2), ("2026-12", 1)]
    november = found.by_nurse[0]
    assert (november.drawn_mg, november.wasted_mg) == (Mg("30"), Mg("12.5"))
    assert (november.wasted_unseen_mg, november.witness_none) == (Mg("12.5"), 1)
    assert (november.effects, november.grave_effects) == (2, 1)
    events = {one.label: one for one in found.by_event}
    assert (events["Nausea"].times, events["Nausea"].grades) == (2, (0, 1, 1, 0))
    assert events["Infusion paused"].visits == 1
    assert [(one.label, one.times) for one in found.by_override] == [("my own", 1)]


@pytest.mark.parametrize(("visits", "shown"), [(4, False), (5, True)])
def test_a_share_of_few_visits_is_not_shown(visits, shown):
    found = trends([counted(str(n), infused, wasted()) for n in range(visits)], date.min, date.max)
    (month,) = found.by_nurse
    assert (month.waste_share is not None) == shown
    assert (month.late_share is not None) == shown


def test_the_days_are_counted_from_the_first_to_the_last():
    both = (counted("a"), counted("b", day=1))
    day = NOON.date()
    assert [one.number for one in trends(both, day, day).visits] == ["a"]
    assert [one.number for one in trends(both, day, day + DAY).visits] == ["a", "b"]
    assert trends(both, day + 2 * DAY, day + 3 * DAY).visits == ()


def test_the_table_opens_in_a_spreadsheet_and_no_text_in_it_is_a_formula():
    visit = counted("=1+1", infused, wasted())
    table = trends_csv(trends((visit,), date.min, date.max))
    assert table.startswith("\ufeff")
    head, row = csv.reader(StringIO(table[1:], newline=""))
    told = dict(zip(head, row, strict=True))
    assert told["visit"] == "'=1+1"
    assert told["drawn (mg)"] == "30"
    assert told["wasted (mg)"] == "12.5"
    assert told["ordered (mg)"] == "30"
    assert told["unaccounted (mg)"] == "175"
    assert told["longest vitals gap (min)"]
    assert "Rivera" not in table


@pytest.mark.parametrize("text", ["+1", "-1", "@x", "\tx", "−1"])
def test_every_beginning_of_a_formula_is_quoted(text):
    table = trends_csv(trends((counted(text),), date.min, date.max))
    assert f"'{text}" in table


@pytest.mark.parametrize("which", ["nurses", "events", "overrides"])
def test_the_other_tables_have_a_head_too(which):
    assert trends_csv(trends((), date.min, date.max), which).count("\r\n") == 1
