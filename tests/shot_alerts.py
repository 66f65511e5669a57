"""Pictures of alerts, of a laptop that slept, and of what was charted on paper."""

from dataclasses import replace
from datetime import timedelta

from tests.shot_stage import room


def _measured(hand, **signs):
    from ketachart.domain.facts import VitalsTaken

    hand.desk.record(VitalsTaken(at=hand.desk.now(), **signs))
    hand.rest()


@room("alert-emergency", until="infusion-started")
def _alert_emergency(hand):
    _measured(hand, spo2=88, heart_rate=92)


@room("alert-answer", until="infusion-started")
def _alert_answer(hand):
    _measured(hand, systolic=170, diastolic=96)
    hand.act("answer")


@room("alert-put-off", until="infusion-started")
def _alert_put_off(hand):
    _measured(hand, systolic=170, diastolic=96, spo2=88)
    hand.act("put-off")
    hand.take("Minutes: 5")


@room("alert-test", visit=False)
def _alert_test(hand):
    hand.act("keys", "test-alert")


@room("laptop-slept", until="infusion-started")
def _laptop_slept(hand):
    from ui.guard import LaptopGuard
    from ui.power import Battery, Power

    class Low:
        def power(self, _folder):
            return Power(Battery(14, charging=False, left=timedelta(minutes=25)), 420)

        def stay_awake(self, told):
            told(False)  # noqa: FBT003 - it will not
            return lambda: None

    guard = LaptopGuard(hand.desk, hand.window, Low())
    guard._opened()
    hand.desk.clock.pass_time(timedelta(minutes=12))
    hand.desk.heartbeat.poll()
    guard.power.look()
    hand.rest()


def _paper_ahead(hand):
    hand.desk.clock.pass_time(timedelta(minutes=40))
    hand.act("paper")
    from ui.forms.paper import PaperSheet

    sheet = hand.window.findChild(PaperSheet)
    sheet.since.set_text("14:05")
    sheet.until.set_text("14:30")
    sheet.why.choose("battery")
    hand.rest()


@room("paper", until="infusion-started")
def _paper(hand):
    _paper_ahead(hand)


@room("paper-copied", until="infusion-started")
def _paper_copied(hand):
    from ketachart.domain.facts import VitalsTaken

    _paper_ahead(hand)
    hand.act("primary")
    at = hand.desk.visit.last(type(hand.desk.transcribing.period.fact)).at
    for minute in (4, 9):
        moment = at + timedelta(minutes=minute)
        hand.desk.record(VitalsTaken(at=moment, heart_rate=84 + minute, spo2=97))
    hand.act("vitals")


@room("instructions-spanish", before="handout-given")
def _(hand):
    hand.act("phase-5")
    patient = hand.desk.visit.patient
    hand.desk.record(replace(patient, at=hand.desk.now(), language="es"))
    hand.rest()


@room("sheet-patient-sheets", before="handout-given")
def _(hand):
    hand.act("phase-5", "sheets")


@room("release-against-advice", before="recovery-scored")
def _(hand):
    hand.act("phase-4", "release")
    hand.take("On what ground: Against advice")
