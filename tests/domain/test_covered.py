"""What a covered screen may say: how a visit stands and what asks, never for whom."""

from datetime import UTC, datetime

import pytest

from ketachart.domain.alert import Alert
from ketachart.domain.alerting.covered import covered_words

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("code", "sentence", "said"),
    [
        ("spo2-emergency", "SpO₂ 84 %, under 88: stop", "SpO₂ 84 %, under 88: stop"),
        (
            "systolic-pause",
            "Systolic 168 mmHg, over 160: pause",
            "Systolic 168 mmHg, over 160: pause",
        ),
        ("vitals-overdue", "Vitals due 14:05 are overdue", "Vitals due 14:05 are overdue"),
        ("ceiling-near", "90 % of the ordered 41.7 mg is in", "Nearly all that was ordered is in"),
        (
            "ceiling-reached",
            "The ordered 41.7 mg is in: stop the pump",
            "All that was ordered is in: stop the pump",
        ),
        ("rate-over", "0.7 mg/kg/h is over 0.6 mg/kg/h", "The rate is over its limit"),
        (
            "response-due-41",
            "Chart the response to ondansetron 14:05",
            "Chart the response to a medicine",
        ),
        ("recheck-dissociation", "Look again at dissociation", "Look again at a side effect"),
        ("line-17", "IV site grade 2: stop the pump", "The IV site or the line asks for you"),
        ("started-despite", "Started although Elena Rivera said no", "An alert asks for you"),
        ("of-a-later-kind", "Elena Rivera, 004182", "An alert asks for you"),
    ],
)
def test_an_alert_keeps_its_words_only_where_they_tell_of_nobody(code, sentence, said):
    alert = Alert(code=code, level="attention", sentence=sentence, source="C10", since=NOON)
    assert covered_words(alert) == said
