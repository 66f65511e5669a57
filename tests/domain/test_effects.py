"""Side effects: what was done about each, when to look again, what is grave, and who is told."""

from dataclasses import replace
from decimal import Decimal

import pytest

from ketachart import house
from ketachart.domain import facts as f
from ketachart.domain.admission.door import admit
from ketachart.domain.alerts import alert_history, alerts
from ketachart.domain.also_due import also_due
from ketachart.domain.care.grading import meaning, standard
from ketachart.domain.care.recheck import open_rechecks
from ketachart.domain.care.serious import serious
from ketachart.domain.effects import effects
from ketachart.domain.found.findings import findings
from ketachart.domain.infusion import delivery
from ketachart.domain.quantities import Ml
from ketachart.errors import Refused
from tests.helpers.story import Story

SHIPPED = house.shipped_protocol()


def running(**protocol):
    """70 kg, 2 mg/mL at 17.5 mL/h from minute 0."""
    story = Story(**protocol).patient().order().weight("70")
    return story.start_pump(0, "17.5", strength="2")


def did(story, minute, *measures, effect="nausea", **values):
    return story.tell(
        f.MeasureTaken(at=story.at(minute), measures=measures, effect=effect, **values)
    )


def gave(story, minute, medicine="ondansetron", indication="nausea"):
    return story.tell(
        f.MedicineGiven(
            at=story.at(minute), medicine=medicine, dose=Decimal(4), unit="mg",
            indication=indication, against="emergency",
        )
    )  # fmt: skip


def looks(story, minute):
    """The looks that are due or will be, with their minute."""
    visit, now = story.visit(), story.at(minute)
    return [(x.words, (x.at - story.start).total_seconds() / 60) for x in open_rechecks(visit, now)]


def codes(story, minute):
    return [x.code for x in findings(story.visit(), story.at(minute))]


# ------------------------------------------------------------------ what was done


@pytest.mark.parametrize(
    ("effect", "reasons", "done"),
    [
        ("nausea", ("nausea",), ("Infusion paused 12:10",)),
        ("vomiting", ("pressure", "nausea"), ("Infusion paused 12:10",)),
        ("nausea", ("pressure",), ()),
        ("high-pressure", ("pressure",), ("Infusion paused 12:10",)),
        ("anxiety", ("distress",), ("Infusion paused 12:10",)),
        ("euphoria", ("bathroom",), ()),
    ],
)
def test_a_pause_is_tied_to_the_side_effect_by_its_reason(effect, reasons, done):
    story = running().effect(9, effect, 2).pause(10, reasons=reasons)
    assert effects(story.visit())[0].done == done


def test_the_hand_goes_to_the_pump_first_and_the_cause_is_charted_after():
    story = running().pause(10, reasons=("nausea",)).effect(14, "nausea", 2)
    assert effects(story.visit())[0].done == ("Infusion paused 12:10",)
    late = running().pause(10, reasons=("nausea",)).effect(16, "nausea", 2)
    assert effects(late.visit())[0].done == ()


def test_the_same_act_in_words_and_at_the_pump_is_told_once():
    story = did(running().effect(9, "nausea", 2), 10, "reassured", "paused")
    story.pause(11, reasons=("nausea",))
    assert effects(story.visit())[0].done == ("Reassured, infusion paused 12:10",)


def test_a_stop_that_is_no_end_as_planned_was_done_about_what_is_open():
    story = running().effect(9, "sedation", 3).stop(10, reason="limit")
    assert effects(story.visit())[0].done == ("Infusion stopped 12:10",)
    assert effects(running().effect(9, "sedation", 3).stop(10).visit())[0].done == ()


def test_a_slower_rate_a_call_and_fluid_count_where_they_say_so():
    story = running().effect(9, "low-pressure", 2)
    story.rate(10, "8", reason="pressure-pulse")
    story.tell(f.CallMade(at=story.at(11), to="Dr A. Okafor", about="Low blood pressure 84/50"))
    story.tell(f.CallMade(at=story.at(12), to="Dr A. Okafor", about="another thing"))
    story.tell(f.FluidGiven(at=story.at(13), fluid="0.9 % saline", volume_ml=Ml("250")))
    assert effects(story.visit())[0].done == (
        "Rate set to 8 mL/h 12:10",
        "Dr A. Okafor called 12:11",
        "0.9 % saline 250 mL IV 12:13",
    )


def test_oxygen_is_told_with_its_flow_and_an_impossible_flow_is_refused():
    story = did(running().effect(9, "breathing", 2), 10, "oxygen", effect="breathing",
                oxygen_l_min=Decimal("2.5"))  # fmt: skip
    assert effects(story.visit())[0].done == ("Oxygen given 2.5 L/min 12:10",)
    for flow, good in (("0", False), ("0.5", True), ("15", True), ("15.5", False)):
        fact = f.MeasureTaken(at=story.at(11), measures=("oxygen",), oxygen_l_min=Decimal(flow))
        if good:
            admit(story.visit(), fact, now=story.at(11), letters=house.printable_letters())
            continue
        with pytest.raises(Refused, match="at most 15 L/min"):
            admit(story.visit(), fact, now=story.at(11), letters=house.printable_letters())


# ------------------------------------------------------------------ another look


def test_a_look_is_due_after_the_onset_and_overdue_it_asks():
    story = running().effect(10, "nausea", 2)
    assert looks(story, 9) == []
    assert looks(story, 10) == [("Look again at nausea", 25)]
    due = also_due(story.visit(), delivery(story.visit(), story.at(12)))
    assert [x.words for x in due if x.what == "effect"] == ["Look again at nausea"]
    asks = [a.code for a in alerts(story.visit(), story.at(24))]
    assert "recheck-nausea" not in asks
    asks = {a.code: a for a in alerts(story.visit(), story.at(25))}
    assert asks["recheck-nausea"].level == "attention"
    assert asks["recheck-nausea"].sentence == "Look again at nausea: due 12:25"


@pytest.mark.parametrize("grade", [0, 1, 2])
def test_any_later_grade_is_the_look_and_asks_for_no_other(grade):
    story = running().effect(10, "nausea", 2).effect(20, "nausea", grade)
    assert looks(story, 21) == []
    assert [a.code for a in alert_history(story.visit(), story.at(60))].count("recheck-nausea") == 0


@pytest.mark.parametrize(
    ("effect", "reading", "is_a_look"),
    [
        ("high-pressure", {"systolic": 150, "diastolic": 90}, True),
        ("high-pressure", {"heart_rate": 80}, False),
        ("fast-heart", {"heart_rate": 96}, True),
        ("nausea", {"nausea": 3}, True),
        ("nausea", {"pain": 3}, False),
        ("sedation", {"moaas": 5}, True),
        ("rash", {"systolic": 120, "diastolic": 80}, False),
    ],
)
def test_a_reading_that_tells_of_the_effect_is_a_look_at_it(effect, reading, is_a_look):
    story = running()
    story.tell(f.EffectNoted(at=story.at(10), effect=effect, grade=2))
    assert len(looks(story, 12)) == 1
    story.tell(f.VitalsTaken(at=story.at(13), **reading))
    assert (looks(story, 14) == []) is is_a_look


def test_a_graver_grade_asks_for_another_look():
    story = running().effect(10, "nausea", 1).effect(20, "nausea", 3)
    assert looks(story, 21) == [("Look again at nausea", 35)]


def test_what_was_done_moves_the_look_and_a_response_is_the_look():
    story = did(running().effect(10, "nausea", 2), 18, "position")
    assert looks(story, 19) == [("Look again at nausea", 33)]
    story.tell(f.ResponseNoted(at=story.at(30), entry=story.last_id, response="3 to 1"))
    assert looks(story, 31) == []


def test_a_medicine_has_its_own_response_unless_the_pathway_asks_earlier():
    story = gave(running().effect(10, "nausea", 2), 12)
    assert looks(story, 13) == []
    due = also_due(story.visit(), delivery(story.visit(), story.at(13)))
    assert "Response to ondansetron" in [x.words for x in due]
    story = gave(running().effect(10, "allergic", 4), 12, "epinephrine", "allergic")
    assert looks(story, 13) == [("Look again at allergic reaction, swelling of face or throat", 17)]


def test_an_overdue_look_ends_with_the_act_and_with_the_visit():
    story = did(running().effect(10, "nausea", 2), 40, "position").stop(50)
    story.tell(f.PatientReleased(at=story.at(90), to="Mark", outcome="against-advice"))
    spans = [
        ((a.since - story.start).seconds // 60, (a.until - story.start).seconds // 60)
        for a in alert_history(story.visit(), story.at(120))
        if a.code == "recheck-nausea"
    ]
    assert spans == [(25, 40), (55, 90)]


def test_an_effect_in_own_words_is_looked_at_after_the_usual_time():
    assert looks(running().effect(10, "hiccups", 1), 11) == [("Look again at hiccups", 25)]


def test_a_visit_under_an_older_protocol_asks_for_no_look():
    values = tuple(v for v in SHIPPED.values if v.code != "recheck.after")
    old = replace(SHIPPED, values=values, pathways=(), grade_words=())
    story = running(protocol=old).effect(10, "nausea", 3)
    assert looks(story, 60) == []
    assert standard(old, "nausea", 2) == ""
    assert "effect-not-called-nausea" in codes(story, 60)


# ------------------------------------------------------------------ grades


@pytest.mark.parametrize(
    ("effect", "grade", "begins", "edition"),
    [
        ("nausea", 2, "eats less", "CTCAE v6.0"),
        ("nausea", 4, "life-threatening", "CTCAE v5.0"),
        ("high-pressure", 1, "mild", "CTCAE v5.0"),
        ("high-pressure", 3, "160 to 179 or 100 to 109 for over 1 h", "CTCAE v6.0"),
        ("hiccups", 3, "severe", "CTCAE v5.0"),
        ("anxiety", 1, "mild", "CTCAE v5.0"),
    ],
)
def test_a_grade_has_its_own_words_else_those_of_any_effect(effect, grade, begins, edition):
    row = meaning(SHIPPED, effect, grade)
    assert row.words.startswith(begins)
    assert (row.standard, standard(SHIPPED, effect, grade)) == (edition, edition)
    assert standard(SHIPPED, effect, 0) == ""


def test_a_brief_rise_of_the_pressure_is_an_alarm_and_no_grade():
    story = running().bp(20, 185, 112)
    assert any(a.code.startswith("systolic") for a in alerts(story.visit(), story.at(21)))
    assert effects(story.visit()) == ()


def test_every_pathway_is_of_a_listed_effect_and_of_listed_measures():
    listed = {c.code for c in SHIPPED.listed("effect")}
    measures = {c.code for c in SHIPPED.listed("measure")}
    assert {p.effect for p in SHIPPED.pathways} <= listed
    assert {step for p in SHIPPED.pathways for step in p.steps} <= measures
    assert {row.effect for row in SHIPPED.grade_words} - {""} <= listed


# ------------------------------------------------------------------ before signing


@pytest.mark.parametrize(
    ("effect", "grade", "asks"),
    [("nausea", 2, False), ("nausea", 3, True), ("sedation", 1, False), ("sedation", 2, True)],
)
def test_a_grave_effect_without_a_call_asks_for_a_reason(effect, grade, asks):
    story = running().effect(10, effect, grade)
    code = f"effect-not-called-{effect}"
    assert (code in codes(story, 60)) is asks
    point = next((p for p in findings(story.visit(), story.at(60)) if p.code == code), None)
    assert point is None or point.severity == "reason"


@pytest.mark.parametrize("minute", [6, 10, 40])
def test_a_call_an_emergency_or_the_words_for_it_settle_it(minute):
    for told in (
        lambda s: s.tell(f.CallMade(at=s.at(minute), to="Dr A. Okafor")),
        lambda s: s.tell(f.EmergencyDeclared(at=s.at(minute))),
        lambda s: did(s, max(minute, 10), "called"),
    ):
        story = running().effect(10, "nausea", 3)
        told(story)
        assert "effect-not-called-nausea" not in codes(story, 60)


def test_a_call_long_before_or_after_is_not_about_it():
    for minute in (4, 41):
        story = running().effect(10, "nausea", 3)
        story.tell(f.CallMade(at=story.at(minute), to="Dr A. Okafor"))
        assert "effect-not-called-nausea" in codes(story, 60)


def test_what_is_serious_is_told_to_the_supervisor_the_same_day():
    assert serious(running().effect(10, "nausea", 3).visit()) == ()
    story = running().effect(10, "allergic", 4)
    story.tell(f.EmergencyDeclared(at=story.at(11), why="throat closes"))
    story.tell(f.PatientReleased(at=story.at(30), to="Medic 7", outcome="to-ems"))
    assert [(one.words, f"{one.at:%H:%M}") for one in serious(story.visit())] == [
        ("Allergic reaction, swelling of face or throat, grade 4", "12:10"),
        ("emergency: throat closes", "12:11"),
        ("handed over to EMS: Medic 7", "12:30"),
    ]
    point = next(p for p in findings(story.visit(), story.at(60)) if p.code == "serious")
    assert (point.severity, point.sentence) == ("know", "Tell the supervisor today")
