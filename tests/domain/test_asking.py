"""Which alerts ask: new, seen, put off, back; what may wait, and for how long."""

from dataclasses import replace

import pytest

from ketachart import house
from ketachart.domain import facts as f
from ketachart.domain.admission.door import admit
from ketachart.domain.asking import gravest, standing_alerts
from ketachart.errors import Refused
from tests.helpers.story import Story


def started(**protocol):
    story = Story(**protocol).patient().order().weight("70").full(-5)
    return story.start_pump(0, "17.5", strength="2")


def high(*, minute=10, **signs):
    return started().full(minute, **(signs or {"systolic": 170, "diastolic": 95}))


def put_off(story, minute, length=5, alert="systolic-pause"):
    fact = f.AlertSnoozed(at=story.at(minute), alert=alert, for_min=length, reason="cuff again")
    return story.tell(fact)


def state(story, minute, code="systolic-pause"):
    found = standing_alerts(story.visit(), story.at(minute))
    return next((one.state for one in found if one.alert.code == code), None)


@pytest.mark.parametrize(
    ("minute", "said"),
    [(10, "new"), (11, "put-off"), (15.99, "put-off"), (16, "back"), (600, "back")],
)
def test_an_alert_that_was_put_off_asks_again_to_the_second(minute, said):
    story = high()
    assert state(put_off(story, 11) if minute > 10 else story, minute) == said


def test_an_answer_ends_the_waiting_and_stands_until_the_alert_is_over():
    story = put_off(high(), 11)
    story.tell(f.AlertAnswered(at=story.at(12), alert="systolic-pause", action="paused"))
    assert (state(story, 12), state(story, 17), state(story, 300)) == ("seen",) * 3
    assert state(story.full(18, 120, 76), 19) is None
    assert state(story.full(20, 170, 95), 21) == "new"


def test_an_alert_that_ended_and_came_back_is_not_put_off_any_more():
    story = put_off(high(), 11, 9).full(12, 120, 76).full(14, 170, 95)
    assert state(story, 15) == "new"


def test_a_graver_level_of_the_same_sign_ends_the_waiting():
    story = put_off(high(systolic=185, diastolic=95), 11, 9)
    assert state(story, 14.9) == "put-off"
    story.full(15, 185, 95)  # the second one, five minutes apart
    assert (state(story, 15), state(story, 15, "systolic-emergency")) == (None, "new")
    story.full(18, 170, 95)  # over the lesser limit still, and within the ten minutes
    assert (state(story, 18), state(story, 18, "systolic-emergency")) == ("back", None)


def test_one_thing_asks_once_by_its_gravest_level():
    codes = [one.alert.code for one in standing_alerts(high(spo2=85).visit(), Story().at(11))]
    assert codes == ["spo2-emergency"]


def test_another_sign_s_emergency_leaves_it_waiting():
    story = put_off(high(), 11, 9).full(12, 170, 95, spo2=85)
    assert (state(story, 13), state(story, 13, "spo2-emergency")) == ("put-off", "new")


@pytest.mark.parametrize(("length", "until"), [(1, 12), (10, 21), (600, 21)])
def test_no_record_silences_an_alert_for_longer_than_the_protocol_allows(length, until):
    story = put_off(high(), 11, length)
    assert (state(story, until - 0.02), state(story, until)) == ("put-off", "back")


def test_an_emergency_is_never_put_off_whatever_the_record_says():
    story = put_off(high(spo2=85), 11, alert="spo2-emergency")
    assert state(story, 12, "spo2-emergency") == "back"


def test_where_the_protocol_knows_of_no_waiting_nothing_waits():
    shipped = house.shipped_protocol()
    old = replace(shipped, values=tuple(v for v in shipped.values if v.code != "snooze.most"))
    story = started(protocol=old).full(10, 170, 95)
    assert state(put_off(story, 11), 12) == "back"
    with pytest.raises(Refused, match="lets no alert wait"):
        admit(story.visit(), snooze(story, "systolic-pause"), now=story.at(12))


def snooze(story, alert, length=5):
    return f.AlertSnoozed(at=story.at(12), alert=alert, for_min=length, reason="cuff again")


@pytest.mark.parametrize(
    ("length", "refused"), [(0, True), (-3, True), (1, False), (10, False), (11, True)]
)
def test_an_alert_can_wait_one_to_ten_minutes(length, refused):
    story, fact = high(), None
    fact = snooze(story, "systolic-pause", length)
    if not refused:
        admit(story.visit(), fact, now=story.at(12))
        return
    with pytest.raises(Refused, match="1 to 10 min"):
        admit(story.visit(), fact, now=story.at(12))


def test_what_asks_to_stop_cannot_be_put_off():
    story = high(spo2=85)
    with pytest.raises(Refused, match=r"SpO₂ 85 %.*cannot wait"):
        admit(story.visit(), snooze(story, "spo2-emergency"), now=story.at(12))
    site = f.AccessChecked(at=story.at(11), grade=0, patent=False)
    code = f"line-{len(story.tell(site).entries)}"
    with pytest.raises(Refused, match="cannot wait"):
        admit(story.visit(), snooze(story, code), now=story.at(12))
    with pytest.raises(Refused, match="cannot wait"):  # 35 mg are in after an hour
        admit(story.visit(), snooze(story, "ceiling-reached"), now=story.at(61))


def test_only_an_alert_that_asks_can_be_put_off():
    story = high()
    with pytest.raises(Refused, match="does not stand"):
        admit(story.visit(), snooze(story, "heart_rate-pause"), now=story.at(12))
    put_off(story, 11)
    with pytest.raises(Refused, match=r"waits until 12:16 already"):
        admit(story.visit(), snooze(story, "systolic-pause"), now=story.at(12))
    story.tell(f.AlertAnswered(at=story.at(12), alert="systolic-pause", action="paused"))
    with pytest.raises(Refused, match="answered already"):
        admit(story.visit(), snooze(story, "systolic-pause"), now=story.at(12))


def test_an_answer_without_an_act_is_sent_back():
    story = high()
    with pytest.raises(Refused, match="Fill in action"):
        admit(
            story.visit(),
            f.AlertAnswered(at=story.at(12), alert="systolic-pause", action="  "),
            now=story.at(12),
        )


def test_the_gravest_that_asks_stands_first_and_what_waits_stands_last():
    story = put_off(high(systolic=170, diastolic=104, spo2=85), 11)
    codes = [one.alert.code for one in standing_alerts(story.visit(), story.at(12))]
    assert (codes[0], codes[-1]) == ("spo2-emergency", "systolic-pause")
    first = gravest(standing_alerts(story.visit(), story.at(12)))
    assert first is not None
    assert first.alert.code == "spo2-emergency"
