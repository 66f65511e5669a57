"""Visits for the tests of the timeline, and the manners they are drawn in."""

import tempfile
from functools import cache
from pathlib import Path

from ketachart.commands.player import open_stage
from ketachart.report import plot
from ketachart.timeline.lanes import timeline_of
from ketachart.timeline.manner import screen
from tests.helpers.stories import story_lines

PAPER = plot.manner("letter")
# the letters of window and paper are the same, so no window is needed to measure them
SCREEN, LARGE = (screen(PAPER.measure, scale=scale) for scale in (1.0, 2.0))
SIZES = {
    "letter": (PAPER, (536, 640)),
    "a4": (plot.manner("a4"), (519, 690)),
    "laptop": (SCREEN, (790, 358)),
    "wide": (SCREEN, (1230, 560)),
    "large": (LARGE, (1290, 700)),
}


@cache
def charted(name):
    """A story charted through the door to its last line, not signed, and the time where it stands.

    Lines that the door refuses are not in it.
    """
    with tempfile.TemporaryDirectory() as place:
        stage = open_stage(story_lines(name), Path(place) / "ledger")
        stage.play([line for line in stage.rest if line.kind != "sign"])
        visit, now = stage.room.visit, stage.room.now()
        stage.office.close()
    return visit, now


@cache
def drawn(name):
    """The timeline of a story as it stands at its end."""
    return timeline_of(*charted(name))
