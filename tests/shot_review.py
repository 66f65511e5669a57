"""Pictures of the supervisor's room: the queue, a report being read, questions, trends."""

import tempfile
from datetime import timedelta
from pathlib import Path

from tests.shot_stage import Hand, wait_for_workers, window_on

STORIES = ("late_and_corrected", "paused_for_nausea", "pressure_climbs")
SCENES = []


def scene(name, *stories):
    """Makes the function a picture of this name, with these reports taken in."""

    def enter(play):
        SCENES.append((name, stories, play))
        return play

    return enter


def takes():
    """Each picture by its name, and how it is taken."""
    for name, stories, play in SCENES:

        def take(app, camera, stories=stories, play=play):
            from tests.helpers.review_desk import review_desk, signed, take_in

            with camera.place() as folder:
                desk = review_desk(folder / "ledger")
                for story in stories:
                    take_in(desk, signed(story)[0])
                    desk.clock.pass_time(timedelta(hours=7))
                with window_on(app, desk) as window:
                    window.show_screen("review")
                    wait_for_workers(app, desk)
                    play(Hand(window, desk, lambda: wait_for_workers(app, desk)))
                    wait_for_workers(app, desk)
                    camera(window)

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


@scene("review-signed", "late_and_corrected", "paused_for_nausea")
def _signed(hand):
    from tests.helpers.review_desk import PASSPHRASE

    _open(hand)
    hand.act("verdict")
    hand.key("R")
    hand.write("Your passphrase, again", PASSPHRASE)
    hand.act("primary")
    hand.key("Left")


@scene("review-done", "paused_for_nausea")
def _done(hand):
    _signed(hand)
    hand.key("Escape", "Return")
    hand.act("primary")


def _take(hand, *contents):
    from tests.helpers.review_desk import take_in

    take_in(hand.desk, *contents)
    hand.window.show_screen("day")
    hand.window.show_screen("review")
    hand.rest()


def _asked_and_answered(hand):
    """A report with very even vitals, a question about it, and the version that answers it."""
    from tests.helpers.review_desk import Nurse

    with tempfile.TemporaryDirectory() as folder:
        nurse = Nurse(Path(folder) / "ledger", "paused_for_nausea")
        nurse.record_at_once()
        _take(hand, nurse.sign())
        hand.desk.clock.pass_time(timedelta(hours=5))
        row = nurse.room.visit.entries[-12]
        words = "Was this pause before or after the nausea?"
        item = hand.desk.supervision.ask(nurse.stream, words, entry=row.id)
        nurse.clock.pass_time(timedelta(hours=26))
        later = nurse.answer(item, "After it; the nausea began at 14:46.", question=words)
        nurse.office.close()
    return later


@scene("review-even")
def _even(hand):
    _asked_and_answered(hand)
    _open(hand)


@scene("review-versions")
def _versions(hand):
    _take(hand, _asked_and_answered(hand))
    _open(hand)


@scene("review-twins")
def _twins(hand):
    from tests.helpers.review_desk import signed

    _asked_and_answered(hand)
    _take(hand, signed("paused_for_nausea")[0])
    _open(hand)


def _to_orders(hand):
    _open(hand)
    hand.act("verdict", "acknowledge")


@scene("review-order-sheet", "day/refused_then_authorised")
def _order_sheet(hand):
    _to_orders(hand)


@scene("review-orders", "day/refused_then_authorised", "pressure_climbs")
def _orders(hand):
    _to_orders(hand)
    hand.page_of = hand.window.show_screen("review").page
    hand.page_of.orders.how.choose("signed on paper")
    hand.act("primary")
