"""Whether the nurse may leave: floor, default, reversal, and each criterion at its edge."""

from decimal import Decimal

import pytest

from ketachart.domain import facts as f
from ketachart.domain.admission.door import admit
from ketachart.domain.release import release
from ketachart.errors import Refused
from tests.helpers.story import Story

JUDGED = ("gait", "confusion", "thoughts", "drinks", "sharps", "kit-packed", "home-safe")


def recovered(observed=60, **last):
    """Everything met at the given minutes after the end of the drug (minute 60)."""
    story = Story().patient().order().weight("70").full(-5).start_pump(0, "17.5", strength="2")
    story.stop(60).full(60, **last).full(60 + observed - 5, **last)
    leave = 60 + observed
    for code in JUDGED:
        story.tell(f.CriterionJudged(at=story.at(leave), criterion=code, met=True))
    story.tell(
        f.RecoveryScored(
            at=story.at(leave), activity=2, breathing=2, circulation=2, consciousness=2, oxygen=1
        )
    )
    story.tell(
        f.AdultNamed(at=story.at(0), name="M", phone="1", of_age=True, sober=True, stays=True)
    )
    for item in story.visit().protocol.instructions:
        story.tell(f.InstructionTaught(at=story.at(leave), instruction=item.code, patient="said"))
    story.tell(f.HandoutGiven(at=story.at(leave), to=("adult",)))
    story.tell(f.FollowUpPlanned(at=story.at(leave), due_at=story.at(60 + 24 * 60)))
    return story


def open_codes(story, minute):
    return {s.criterion.code for s in release(story.visit(), story.at(minute)).open}


def test_everything_met_is_ready():
    assert open_codes(recovered(), 120) == set()


@pytest.mark.parametrize(
    ("minutes", "level"), [(29.9, "stop"), (30, "reason"), (59.9, "reason"), (60, None)]
)
def test_the_floor_is_a_stop_and_the_default_asks_for_a_reason(minutes, level):
    state = release(recovered(observed=minutes).visit(), recovered().at(60 + minutes))
    observed = next(s for s in state.criteria if s.criterion.code == "observed")
    assert (observed.level if not observed.met else None) == level


def test_the_earliest_release_is_told():
    story = recovered(observed=40)
    assert release(story.visit(), story.at(100)).earliest == story.at(120)


def test_a_bolus_after_the_stop_moves_the_time():
    story = recovered(observed=40).bolus(90, "5")
    assert release(story.visit(), story.at(100)).earliest == story.at(150)


def test_a_reversal_medicine_asks_for_two_hours():
    story = recovered()
    story.tell(
        f.MedicineGiven(
            at=story.at(70), medicine="naloxone", dose=Decimal("0.4"), unit="mg",
            against="emergency",
        )
    )  # fmt: skip
    state = release(story.visit(), story.at(120))
    reversal = next(s for s in state.criteria if s.criterion.code == "reversal")
    assert (reversal.state, reversal.level, reversal.earliest) == ("waiting", "stop", story.at(190))


@pytest.mark.parametrize(
    ("signs", "code"),
    [
        ({"systolic": 139, "diastolic": 89}, None),
        ({"systolic": 140, "diastolic": 80}, "pressure"),
        ({"systolic": 130, "diastolic": 90}, "pressure"),
        ({"systolic": 100, "diastolic": 70}, None),  # baseline 124: −19.4 %
        ({"systolic": 99, "diastolic": 70}, "pressure"),  # −20.2 %
        ({"spo2": 95}, None),
        ({"spo2": 94}, "oxygen"),
        ({"rass": 0}, None),
        ({"rass": -1}, "awake"),
        ({"oriented": 3}, "awake"),
        ({"dissociation": 1}, None),
        ({"dissociation": 2}, "dissociation"),
        ({"nausea": 3}, None),
        ({"nausea": 4}, "nausea"),
    ],
)
def test_each_sign_at_its_edge(signs, code):
    assert open_codes(recovered(**signs), 120) == ({code} if code else set())


def test_a_low_baseline_saturation_is_enough():
    story = Story().patient().order().weight("70").full(-5, spo2=93)
    story.start_pump(0, "17.5", strength="2").stop(60).full(115, spo2=93)
    assert "oxygen" not in open_codes(story, 120)


def test_saturation_with_oxygen_on_does_not_count():
    story = recovered().full(119, oxygen_l_min=Decimal(2))
    assert "oxygen" in open_codes(story, 120)


@pytest.mark.parametrize(("minute", "old"), [(130, False), (130.1, True)])
def test_the_last_vitals_are_no_older_than_fifteen_minutes(minute, old):
    assert ("vitals" in open_codes(recovered(), minute)) is old


@pytest.mark.parametrize(("oxygen", "met"), [(1, True), (0, False)])
def test_the_recovery_score_is_nine_or_more(oxygen, met):
    story = recovered()
    story.tell(
        f.RecoveryScored(
            at=story.at(120), activity=2, breathing=2, circulation=2, consciousness=2,
            oxygen=oxygen,
        )
    )  # fmt: skip
    assert ("aldrete" not in open_codes(story, 121)) is met


def test_a_cannula_that_is_still_in_stands_against_leaving():
    story = recovered()
    story.tell(
        f.AccessPlaced(
            at=story.at(0), site="arm", side="left", gauge=22, blood_return=True, patent=True
        )
    )
    assert open_codes(story, 121) == {"access-out"}
    story.tell(f.AccessRemoved(at=story.at(121), catheter_whole=True, site_dry=True))
    assert open_codes(story, 122) == set()


def test_an_open_side_effect_asks_for_a_reason():
    assert open_codes(recovered().effect(110, "dizziness", 1), 120) == {"effects"}


def leave(story, outcome, reason="", minute=120):
    fact = f.PatientReleased(at=story.at(minute), outcome=outcome, to="M", reason=reason)
    admit(story.visit(), fact, now=story.at(minute))


def test_release_with_everything_met():
    leave(recovered(), "criteria-met")


def test_release_with_something_open_needs_a_reason():
    story = recovered(nausea=4)
    with pytest.raises(Refused, match="Not met"):
        leave(story, "criteria-met")
    with pytest.raises(Refused, match="Not met"):
        leave(story, "with-reason")
    leave(story, "with-reason", "took water, wants to sleep")


def test_no_reason_goes_around_a_stop():
    story = recovered(rass=-1)
    with pytest.raises(Refused, match="against leaving"):
        leave(story, "with-reason", "please")
    with pytest.raises(Refused, match="Say what was explained"):
        leave(story, "against-advice")
    leave(story, "against-advice", "explained, insists")


def test_nobody_is_released_from_a_running_pump():
    story = Story().patient().order().weight("70").start_pump(0, "17.5", strength="2")
    with pytest.raises(Refused, match="not stopped"):
        leave(story, "to-ems")


def test_later_readings_do_not_change_how_a_release_stood():
    story = recovered()
    story.tell(f.PatientReleased(at=story.at(120), outcome="criteria-met", to="M"))
    story.full(125, 170, 100)
    assert open_codes(story, 300) == set()


@pytest.mark.parametrize(
    ("grade", "ended", "outcome", "reason", "refused"),
    [
        (1, False, "criteria-met", "", True),
        (1, False, "with-reason", "", True),
        (1, False, "with-reason", "dizzy only on turning, the adult knows", False),
        (1, False, "against-advice", "wants to sleep", False),
        (1, True, "criteria-met", "", False),
        (3, False, "criteria-met", "", True),
    ],
)
def test_an_open_side_effect_holds_the_goodbye_until_it_is_explained(
    grade, ended, outcome, reason, refused
):
    story = recovered().effect(110, "dizziness", grade)
    if ended:
        story.effect(115, "dizziness", 0)
    if refused:
        with pytest.raises(Refused):
            leave(story, outcome, reason)
    else:
        leave(story, outcome, reason)
