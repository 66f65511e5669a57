"""The log tells a correction from a completion: what was wrong, and what was only unsaid."""

from dataclasses import replace

import pytest

from ketachart.domain import facts as f
from ketachart.domain.audit import completions, correction_marks
from ketachart.domain.quantities import Ml
from ketachart.domain.summary import honesty, look_at
from tests.helpers.story import Story


def amended(first, then):
    """A visit in which an entry was replaced, and the id of the first one."""
    story = Story().patient().order()
    story.tell(first)
    struck = story.last_id
    story.tell(then)
    return story.strike(struck, "reason", replaced_by=story.last_id).visit(), struck


def paused(**values):
    return f.InfusionPaused(at=Story().at(25), **values)


def told(visit):
    """How many corrections the report counts, and how many lines it gives the supervisor."""
    lines = [line for line in look_at(visit) if line.kind == "Correction"]
    return honesty(visit).corrections, len(lines), sorted(correction_marks(visit).values())


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (paused(), paused(reasons=("nausea",), pump_volume_ml=Ml("4.75"))),
        (paused(reasons=("nausea",)), paused(reasons=("nausea",), note="clamp closed")),
        (
            f.VitalsTaken(at=Story().at(5), heart_rate=80),
            f.VitalsTaken(at=Story().at(5), heart_rate=80, spo2=97),
        ),
    ],
)
def test_what_was_only_completed_is_no_correction(first, then):
    visit, struck = amended(first, then)
    assert completions(visit) == {struck}
    assert told(visit) == (0, 0, [])


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (paused(reasons=("nausea",)), paused(reasons=("pressure",))),
        (paused(pump_volume_ml=Ml(4)), paused(pump_volume_ml=Ml(5), note="read again")),
        (paused(note="x"), paused()),
        (paused(), replace(paused(reasons=("nausea",)), at=Story().at(24))),
        (f.VitalsTaken(at=Story().at(5), heart_rate=0), f.VitalsTaken(at=Story().at(5), spo2=97)),
    ],
)
def test_a_value_that_was_changed_moved_or_taken_back_is_a_correction(first, then):
    visit, _ = amended(first, then)
    assert completions(visit) == frozenset()
    assert told(visit) == (1, 1, ["C1"])
