"""Pictures of what follows the signature, and of the covered screen."""

from datetime import timedelta

from tests.shot_stage import room


def _signed(desk):
    from ketachart.commands.player import PASSPHRASE

    desk.room.sign(PASSPHRASE, incomplete="whatever the story leaves open")
    desk.visit_changed.emit(desk.visit)


@room("after-signed", ready=_signed)
def _after_signed(hand):
    hand.act("phase-6")


@room("after-call", ready=_signed)
def _after_call(hand):
    hand.pass_time(hours=25)
    hand.act("after-call")


@room("after-addendum", ready=_signed)
def _after_addendum(hand):
    hand.act("addendum")


@room("veil", "pressure_climbs", until="infusion-paused")
def _veil(hand):
    hand.desk.beat.emit(hand.desk.now())
    hand.act("veil")


@room("veil-warning", "pressure_climbs", until="infusion-paused")
def _veil_warning(hand):
    hand.window.veil.watch()
    hand.desk.clock.pass_time(timedelta(seconds=172))
    hand.desk.beat.emit(hand.desk.now())
    hand.rest()


@room("privacy", "pressure_climbs", until="infusion-paused")
def _privacy(hand):
    hand.act("privacy")
