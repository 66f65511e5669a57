"""What the timeline of a visit holds: everything that was charted, and nothing that was not."""

from datetime import timedelta
from decimal import Decimal

import pytest

from ketachart.domain import facts as f
from ketachart.domain.limits import readings
from ketachart.domain.policy import Limit
from ketachart.domain.quantities import Mg, MgPerHour, MgPerKgPerHour
from ketachart.domain.visit import Visit
from ketachart.timeline.contents import SQUARE
from ketachart.timeline.flags import GRAVE
from ketachart.timeline.lanes import timeline_of
from tests.helpers.stories import STORIES
from tests.helpers.story import Story
from tests.timeline.told import charted, drawn

LANES = {"heart_rate": "pulse", "spo2": "spo2", "pain": "pain", "rass": "sedation"}


def told():
    """A patient, an order for 0.5 mg/kg over an hour, 70 kg, and a bag of 2 mg/mL."""
    story = Story().patient().order().weight("70")
    story.tell(f.VisitOpened(at=story.start, visit="KC-1"))
    return story.vial().bag("3.5", "17.5")


def after(story, minute):
    """The timeline as it stands at a minute of a story."""
    return timeline_of(story.visit(), story.at(minute))


def spots(runs):
    return [spot for run in runs for spot in run]


# ------------------------------------------------ readings


@pytest.mark.parametrize("name", STORIES)
def test_every_charted_reading_of_a_story_is_in_its_lane(name):
    visit, _ = charted(name)
    timeline = drawn(name)
    for sign, lane in LANES.items():
        wanted = [(r.at, r.value, r.entry) for r in readings(visit) if r.sign == sign]
        held = [(s.at, s.value, s.entry) for s in spots(getattr(timeline, lane))]
        assert held == wanted
    pressures = [(p.at, p.systolic, p.diastolic) for p in timeline.pressures]
    assert pressures == [
        (e.at, e.fact.systolic, e.fact.diastolic)
        for e in visit.of(f.VitalsTaken)
        if e.fact.systolic is not None or e.fact.diastolic is not None
    ]
    taken = [mark.entry for mark in timeline.vitals if mark.state in ("done", "late")]
    assert taken == [entry.id for entry in visit.of(f.VitalsTaken)]


def test_a_struck_reading_is_absent_and_the_one_in_its_place_is_marked():
    visit, _ = charted("late_and_corrected")
    timeline = drawn("late_and_corrected")
    assert 218 not in [pressure.systolic for pressure in timeline.pressures]
    assert [p.text for p in timeline.pressures if p.mark] == ["128/82"]
    assert [(s.value, s.mark) for s in spots(timeline.pulse) if s.mark] == [(84, "C2")]
    # the corrected set also holds oxygen and pain, which were right from the beginning
    assert not [s for s in spots(timeline.spo2) + spots(timeline.pain) if s.mark]
    assert not set(visit.strikes) & set(timeline.told)


def test_a_corrected_time_is_marked_in_every_lane():
    story = told().full(5)
    wrong = story.last_id
    story.full(7)
    timeline = after(story.strike(wrong, replaced_by=story.last_id), 10)
    lanes = (timeline.pulse, timeline.spo2, timeline.pain, timeline.sedation)
    assert [spot.mark for lane in lanes for spot in spots(lane)] == ["C1"] * 4


def test_what_was_not_measured_leaves_a_gap_and_never_a_zero():
    story = told().vitals(1, heart_rate=70).bp(5, 120, 80).vitals(9, heart_rate=72)
    timeline = after(story, 10)
    assert [pressure.at for pressure in timeline.pressures] == [story.at(5)]
    assert [spot.value for spot in spots(timeline.pulse)] == [70, 72]
    assert timeline.spo2 == timeline.pain == timeline.sedation == ()


def test_a_measured_zero_is_kept():
    timeline = after(told().vitals(1, pain=0, rass=0), 10)
    assert [spot.value for spot in spots(timeline.pain)] == [0]
    assert [spot.value for spot in spots(timeline.sedation)] == [0]


def test_half_a_pressure_is_kept_as_half():
    timeline = after(told().vitals(1, systolic=90).vitals(4, diastolic=60), 10)
    assert [pressure.text for pressure in timeline.pressures] == ["90/—", "—/60"]


def test_readings_too_far_apart_are_not_joined():
    # across_midnight: sets at 22:27 and 22:36, then none until 23:21, from where there are 16
    assert [len(run) for run in drawn("across_midnight").pulse] == [2, 16]
    story = told().vitals(0, heart_rate=70).vitals(30, heart_rate=71).vitals(61, heart_rate=72)
    assert [len(run) for run in after(story, 62).pulse] == [2, 1]


def test_readings_are_not_joined_over_a_set_that_was_missed():
    # the protocol asks for oxygen and pulse at 5 and 15 minutes, and for all at 10 (C1)
    story = told().start_pump(0, "8.6").full(5)
    joined = [len(run) for run in after(story.full(15), 16).pulse]
    with_a_set = [len(run) for run in after(story.full(10), 16).pulse]
    assert (joined, with_a_set) == ([1, 1], [3])


# ------------------------------------------------ the drug


def test_a_paused_pump_leaves_a_gap_in_the_rates():
    steps = drawn("paused_for_nausea").drug.steps
    assert [(step.state, step.text) for step in steps] == [
        ("running", "17.2"),
        ("paused", "0"),
        ("running", "16"),
    ]
    # 8.6 mL/h and 8 mL/h at 2 mg/mL
    assert [step.rate for step in steps if step.state == "running"] == [
        MgPerHour("17.2"),
        MgPerHour(16),
    ]


def test_the_running_total_stands_at_changes_and_every_quarter_hour():
    totals = drawn("paused_for_nausea").drug.totals
    shown = [(f"{total.at:%H:%M}", total.mg, total.per_kg, total.change) for total in totals]
    # 17.2 mg/h: 15 min 4.3 mg, 30 min 8.6, 34 min 9.7467; then a pause of 18 min; then 16 mg/h;
    # for 68.4 kg
    assert shown[:4] == [
        ("13:44", "4.3", "0.06", False),
        ("13:59", "8.6", "0.13", False),
        ("14:03", "9.7", "0.14", True),
        ("14:29", "11.9", "0.17", False),
    ]


def test_the_total_stands_beside_what_the_pump_showed():
    # 34 min at 17.2 mg/h and 91 min at 16 mg/h: 9.7467 + 24.2667 mg; / 68.4 kg
    assert drawn("paused_for_nausea").drug.sums == (
        "34.01 mg by rates, pump 17.1 mL",
        "0.497 mg/kg",
    )


def test_a_bolus_is_a_step_up_in_the_total():
    timeline = after(told().start_pump(0, "15").bolus(10, "5"), 20)
    at_ten = [amount.mg for amount in timeline.drug.curve if amount.at.minute == 10]
    assert at_ten == [Mg(5), Mg(10)]  # 15 mL/h at 2 mg/mL for 10 min is 5 mg, and 5 mg more
    assert [given.text for given in timeline.given] == ["ketamine bolus 5 mg"]
    assert timeline.drug.given_now == "15 mg"
    assert timeline.drug.sums[0] == "15 mg by rates and bolus so far"


def test_a_rate_without_a_strength_is_told_in_ml_and_has_no_height():
    story = Story().patient().order().weight("70").start_pump(0, "15")
    (step,) = after(story, 10).drug.steps
    assert (step.rate, step.text) == (None, "15 mL/h")
    assert after(story, 10).drug.rate_now == "15 mL/h"


def test_a_bag_that_ran_dry_ends_the_bar():
    story = told().start_pump(0, "17.5", volume="3.5")  # 3.5 mL at 17.5 mL/h last 12 min
    steps = after(story, 20).drug.steps
    assert [(step.state, (step.end - step.start).seconds // 60) for step in steps] == [
        ("running", 12),
        ("dry", 8),
    ]


def test_the_highest_rate_is_the_order_s_else_the_protocol_s():
    ordered = Story().patient().order(highest_rate_mg_kg_h=MgPerKgPerHour("0.3")).weight("68.4")
    drug = after(ordered, 1).drug
    assert drug.highest_rate == MgPerHour("20.52")
    assert drug.highest_text == "highest rate in the order 20.52 mg/h"
    assert drug.most_texts[0] == "at most 20.52 mg/h, 34.2 mg in all"
    plain = after(Story().patient().order().weight("68.4"), 1).drug
    assert plain.highest_text.startswith("highest rate in the protocol ")


def test_without_a_weight_there_is_no_line_for_the_highest_rate():
    drug = after(Story().patient().order(), 1).drug
    assert (drug.highest_rate, drug.highest_text, drug.most_texts) == (None, "", ())


# ------------------------------------------------ sets, limits, effects


def test_a_set_is_done_late_missed_not_done_or_still_to_come():
    story = told().start_pump(0, "8.6").full(10).full(44)
    story.tell(f.VitalsMissed(at=story.at(31), reason="in the bathroom", due_at=story.at(30)))

    def states(now):
        return {(m.at - story.start).seconds // 60: m.state for m in after(story, now).vitals}

    now = states(51)
    assert now[10] == "done"
    assert now[44] == "late"  # due at 40
    assert now[5] == "missed"
    assert now[30] == "not-done"
    assert now[50] == "soon"
    assert now[60] == "due"
    assert states(81)[75] == "overdue"


def test_a_late_set_says_when_it_was_due():
    late = [mark for mark in drawn("late_and_corrected").vitals if mark.state == "late"]
    assert [(f"{mark.at:%H:%M}", mark.after) for mark in late] == [
        ("15:33", "; done late, due 15:29")
    ]


def test_of_the_limits_that_ask_for_a_pause_the_strictest_is_drawn():
    # protocol: over 160, or more than 30 % over the baseline; 110 × 1.3 = 143
    lines = after(told().bp(0, 110, 70).start_pump(5, "8.6"), 6).limits
    systolic = [(line.value, line.texts[0]) for line in lines if "systolic" in line.texts[0]]
    assert systolic == [(Decimal(143), "pause if systolic over 143, baseline + 30 %")]
    lines = after(told().bp(0, 150, 70).start_pump(5, "8.6"), 6).limits
    assert next(line.value for line in lines if "systolic" in line.texts[0]) == 160


def test_limits_of_the_order_replace_the_protocol_s():
    strict = Limit(sign="spo2", when="during", level="pause", below=Decimal(94))
    timeline = after(Story().patient().order(limits=(strict,)).weight("70"), 1)
    assert [line.texts[0] for line in timeline.limits if line.lane == "spo2"] == ["pause under 94"]


def test_limits_that_hold_only_before_the_start_are_not_drawn():
    texts = [line.texts[0] for line in drawn("quiet_hour").limits]
    assert texts == [
        "pause if systolic over 160",
        "pause if diastolic over 100",
        "pause over 120",
        "pause under 50",
        "pause under 92",
    ]


def test_the_baseline_is_the_last_pressure_before_the_start():
    assert drawn("across_midnight").baseline.text == "128/78"
    assert after(told(), 1).baseline is None


def test_a_side_effect_is_a_band_with_its_grades_and_its_end():
    (band,) = drawn("paused_for_nausea").bands
    assert band.label == "Nausea"
    assert [(f"{s.start:%H:%M}", f"{s.end:%H:%M}", s.grade) for s in band.stretches] == [
        ("13:49", "14:02", 1),
        ("14:02", "14:14", 2),
        ("14:14", "14:33", 1),
    ]
    assert [f"{at:%H:%M}" for at, _ in band.ends] == ["14:33"]
    assert (band.open, band.now) == (False, "none")


def test_an_open_side_effect_reaches_to_now():
    story = told().effect(5, "nausea", 2)
    (band,) = after(story, 30).bands
    assert [s.end for s in band.stretches] == [story.at(30)]
    assert (band.open, band.now) == (True, "moderate")


def test_a_side_effect_that_came_back_stays_in_its_row():
    story = told().effect(5, "nausea", 1).effect(9, "nausea", 0).effect(20, "nausea", 3)
    (band,) = after(story, 30).bands
    assert [s.grade for s in band.stretches] == [1, 3]
    assert len(band.ends) == 1


# ------------------------------------------------ events


def test_events_are_numbered_in_the_order_of_time():
    flags = drawn("paused_for_nausea").flags
    assert [flag.number for flag in flags] == list(range(1, len(flags) + 1))
    assert [flag.at for flag in flags] == sorted(flag.at for flag in flags)
    styles = {flag.kind: flag.style for flag in flags}
    assert styles["start"] == styles["resume"] == styles["stop"] == "filled"
    assert styles["pause"] == "double"
    assert styles["medicine"] == "open"
    pause = next(flag for flag in flags if flag.kind == "pause")
    assert pause.text == "Infusion paused: Nausea; pump 4.87 mL"
    assert pause.names == ("Pause: nausea", "Pause")


def test_an_emergency_has_a_style_of_its_own():
    story = told().tell(f.EmergencyDeclared(at=told().at(3), why="not breathing"))
    (flag,) = after(story, 5).flags
    assert (flag.kind, flag.style, flag.text) == (
        "emergency", "heavy", "EMERGENCY: not breathing",
    )  # fmt: skip


def test_with_many_events_only_the_grave_ones_keep_a_number():
    story = told().start_pump(0, "8.6")
    for minute in range(25):
        story.tell(f.NoteWritten(at=story.at(minute + 1), text="a note"))
    story.tell(f.CallMade(at=story.at(40), to="Dr A. Okafor"))
    flags = after(story, 45).flags
    assert len(flags) == 27
    assert [(flag.kind, flag.number) for flag in flags if flag.number] == [
        ("start", 1),
        ("call", 2),
    ]
    assert {flag.kind for flag in flags if flag.number is None} == {"note"}


def test_a_note_of_several_lines_is_told_on_one():
    story = told().tell(f.NoteWritten(at=told().at(1), text="one\n  two\tthree"))
    assert after(story, 2).flags[0].text == "Note: one two three"


@pytest.mark.parametrize("name", STORIES)
def test_everything_drawn_of_a_story_can_be_read_out(name):
    visit, _ = charted(name)
    timeline = drawn(name)
    entries = [flag.entry for flag in timeline.flags]
    entries += [mark.entry for mark in timeline.vitals if mark.entry]
    entries += [s.entry for band in timeline.bands for s in band.stretches]
    entries += [entry for band in timeline.bands for _, entry in band.ends]
    for entry in entries:
        at, text = timeline.told[entry].at, timeline.told[entry].text
        assert text.startswith(f"{at:%H:%M} ")
        assert visit.entry(entry).at == at


def test_medicines_stand_out_from_fluids():
    timeline = drawn("paused_for_nausea")
    assert [(given.text, given.strong) for given in timeline.given] == [
        ("flush 1.2 mL", False),
        ("ondansetron 4 mg IV", True),
    ]


def test_everything_that_must_keep_its_number_is_a_kind_of_flag():
    from ketachart.timeline.flags import KINDS

    assert set(KINDS.values()) >= GRAVE


# ------------------------------------------------ the clock


@pytest.mark.parametrize("name", STORIES)
def test_the_ends_are_on_full_squares_and_everything_lies_between(name):
    timeline = drawn(name)
    assert timeline.start.minute % 5 == timeline.end.minute % 5 == 0
    assert (timeline.end - timeline.start) % SQUARE == timedelta()
    moments = [told.at for told in timeline.told.values()]
    assert timeline.start < min(moments)
    assert max(moments) < timeline.end
    assert timeline.now is None


def test_an_open_visit_reaches_to_its_planned_end_and_the_observation_after_it():
    story = told().start_pump(10, "17.5")  # 35 mg at 35 mg/h: an hour, to minute 70
    timeline = after(story, 20)
    observe = story.visit().protocol.minutes("observe.default")
    assert timeline.end == story.at(70) + observe
    assert [(phase.name, phase.state) for phase in timeline.phases] == [
        ("Screening", "done"),
        ("Infusion", "current"),
        ("Observation", "planned"),
    ]
    assert timeline.phases[1].end == story.at(70)
    assert timeline.now == story.at(20)
    assert timeline.begun == story.at(10)


def test_a_pump_that_runs_longer_than_planned_moves_the_end():
    story = told().start_pump(0, "17.5")
    assert after(story, 90).end >= story.at(90) + timedelta(minutes=60)


def test_a_timeline_reaches_as_far_as_it_is_asked_to():
    story = told()
    timeline = timeline_of(story.visit(), story.at(5), until=story.at(600))
    assert timeline.end >= story.at(600)


def test_what_was_charted_before_the_opening_is_on_it():
    story = told().vitals(-20, heart_rate=70)
    assert after(story, 5).start < story.at(-20)


def test_an_addendum_days_later_does_not_stretch_it():
    visit, now = charted("quiet_hour")
    told_again = Story()
    told_again.entries = list(visit.entries)
    told_again.tell(f.VisitSigned(at=now, meaning="m", signer="ja", certificate="c"))
    next_day = now + timedelta(days=1)
    told_again.tell(f.NoteWritten(at=next_day, text="called, well"))
    timeline = timeline_of(told_again.visit(), next_day)
    assert timeline.end == drawn("quiet_hour").end
    assert timeline.flags[-1].text == "Note: called, well"


def test_up_to_24_events_all_keep_their_number():
    story = told().start_pump(0, "8.6")
    for minute in range(23):
        story.tell(f.NoteWritten(at=story.at(minute + 1), text="a note"))
    assert [flag.number for flag in after(story, 45).flags] == list(range(1, 25))


def test_a_pump_that_was_never_stopped_runs_no_further_than_the_signature():
    story = told().start_pump(0, "8.6")
    story.tell(f.VisitSigned(at=story.at(30), meaning="m", signer="ja", certificate="c"))
    (step,) = after(story, 24 * 60).drug.steps
    assert step.end == story.at(30)


def test_a_visit_without_an_entry_has_no_timeline():
    with pytest.raises(LookupError, match="no protocol"):
        timeline_of(Visit(), Story().start)
