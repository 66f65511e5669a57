"""Pictures of the supervisor's room: the queue, a report being read, questions, trends."""

import tempfile
from datetime import timedelta
from pathlib import Path

STORIES = ("late_and_corrected", "paused_for_nausea", "pressure_climbs")
SCENES = []


def scene(name, *stories):
    """Makes the function a picture of this name, with these reports taken in."""

    def enter(play):
        SCENES.append((name, stories, play))
        return play

    return enter


def takes(window_on, wait_for_workers):
    """Each picture by its name, and how it is taken."""
    for name, stories, play in SCENES:

        def take(app, look, file, stories=stories, play=play):
            from tests.helpers.review_desk import review_desk, signed, take_in
            from tests.shot_rooms import Hand

            with tempfile.TemporaryDirectory() as folder:
                desk = review_desk(Path(folder) / "ledger")
                for story in stories:
                    take_in(desk, signed(story)[0])
                    desk.clock.pass_time(timedelta(hours=7))
                with window_on(app, desk, look) as window:
                    window.activateWindow()
                    window.show_screen("review")
                    wait_for_workers(app, desk)
                    play(Hand(window, desk, lambda: wait_for_workers(app, desk)))
                    wait_for_workers(app, desk)
                    window.grab().save(str(file))

        yield name, take


@scene("review-empty")
def _empty(hand):
    hand.rest()


@scene("review-queue", *STORIES)
def _queue(hand):
    hand.rest()


def _open(hand):
    hand.key("Return")


@scene("review-reading", *STORIES)
def _reading(hand):
    _open(hand)


@scene("review-data", *STORIES)
def _data(hand):
    _open(hand)
    hand.act("row-6")
    hand.key("Down", "Down")


def _asked(hand):
    _open(hand)
    hand.act("row-6")
    hand.key("Down", "Down", "Down", "Q")
    hand.write("Question", "Was this reading taken before or after the call ended?")
    hand.act("primary")


@scene("review-ask", *STORIES)
def _ask(hand):
    _asked(hand)
    hand.act("row-6")
    hand.key("Down", "Q")
    hand.write("Question", "Why up rather than hold?")


@scene("review-verdict", *STORIES)
def _verdict(hand):
    _asked(hand)
    hand.act("row-1", "verdict")
    hand.key("W")


@scene("trends", *STORIES)
def _trends(hand):
    hand.act("trends")
