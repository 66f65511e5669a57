"""Pictures of a visit from the door to the signature: the moments of the stories that are told."""

from datetime import timedelta

from tests.shot_stage import room

# name, story, keys, how far it is played, and minutes that go by before the picture
MOMENTS = (
    ("screening-stop", "screening_refuses", ("phase-1",), {"until": "override-authorised"}, 0),
    ("screening-ready", "quiet_hour", ("phase-1",), {"before": "screening-concluded"}, 0),
    ("order-vial", "quiet_hour", ("phase-2",), {"before": "vial-taken"}, 0),
    ("order", "quiet_hour", ("phase-2",), {"before": "pump-checked"}, 0),
    ("order-ready", "quiet_hour", ("phase-2",), {"before": "infusion-started"}, 0),
    ("infusion", "paused_for_nausea", ("phase-3",), {"until": "infusion-resumed"}, 0),
    ("infusion-paused", "paused_for_nausea", ("phase-3",), {"until": "response-noted"}, 0),
    ("infusion-overdue", "quiet_hour", ("phase-3",), {"before": "access-checked"}, 17),
    ("infusion-alert", "pressure_climbs", ("phase-3",), {"until": "infusion-paused"}, 0),
    ("sheet-rate", "paused_for_nausea", ("phase-3", "rate"), {"until": "infusion-resumed"}, 0),
    ("sheet-medicine", "paused_for_nausea", ("medicine",), {"before": "medicine-given"}, 0),
    ("sheet-effect", "paused_for_nausea", ("effect",), {"before": "infusion-paused"}, 0),
    ("sheet-stop", "paused_for_nausea", ("phase-3", "stop"), {"before": "infusion-stopped"}, 0),
    ("sheet-count", "pressure_climbs", ("phase-4", "waste"), {"before": "drug-wasted"}, 0),
    ("correction", "late_and_corrected", ("log", "correct"), {"until": "fluid-given"}, 0),
    ("observation", "quiet_hour", ("phase-4",), {"before": "recovery-scored"}, 0),
    ("instructions", "quiet_hour", ("phase-5",), {"before": "handout-given"}, 0),
    ("sign-open", "pressure_climbs", ("phase-6",), {"before": "patient-released"}, 0),
    ("sign", "late_and_corrected", ("phase-6",), {}, 0),
    ("emergency", "pressure_climbs", ("emergency",), {"until": "infusion-paused"}, 0),
    ("keys", "quiet_hour", ("keys",), {"until": "infusion-started"}, 0),
)  # fmt: skip


def _later(minutes):
    return lambda desk: desk.clock.pass_time(timedelta(minutes=minutes))


for name, story, acts, moment, minutes in MOMENTS:
    room(name, story, ready=_later(minutes), **moment)(lambda hand, acts=acts: hand.act(*acts))
