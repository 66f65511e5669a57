"""The timeline beside a running form: drawn after the form is clear, and not while out of sight."""

from datetime import timedelta

import pytest

from ketachart.domain.facts import NoteWritten
from tests.helpers.closing import Closing


@pytest.fixture
def running(tmp_path, qapp):  # noqa: ARG001 - the application has to be there first
    made = Closing(tmp_path / "l", "paused_for_nausea", "infusion", until="infusion-resumed")
    yield made
    made.close()


def chart(window, text):
    window.desk.clock.pass_time(timedelta(minutes=1))
    return window.desk.record(NoteWritten(at=window.desk.now(), text=text))


def drawn(window):
    """The entries that the timeline shows."""
    return {hit.entry for hit in window.screen.timeline.plot.scene().hits}


def test_an_entry_is_drawn_in_the_turn_after_it_was_recorded(running):
    before = running.screen.timeline.plot.scene()
    entry = chart(running, "asleep")
    assert running.screen.timeline.plot.scene() is before
    running.settle()
    assert entry.id in drawn(running)


def test_what_was_charted_out_of_sight_is_drawn_when_it_is_seen_again(running):
    card = running.screen.timeline
    before = card.plot.scene()
    card.hide()
    entry = chart(running, "asleep")
    running.settle()
    assert card.plot.scene() is before
    card.show()
    assert entry.id in drawn(running)
