"""A long infusion with a monitor beside it: 300 entries by hand, 5,000 points in the timeline."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from ketachart import charting
from ketachart.charting.room import OpenVisit
from ketachart.clock import SetClock
from ketachart.commands import script
from ketachart.commands.player import PASSPHRASE, open_stage
from ketachart.domain.facts import EffectNoted, Fact, NoteWritten, VitalsTaken
from tests.helpers.stories import FOLDER
from ui.desk import Desk

BY_HAND = 300
POINTS = 5_000
EACH = 5  # points of one set: both pressures, pulse, saturation, pain
SETS = POINTS // EACH - BY_HAND // 3  # of the monitor; a third of what is by hand are sets
LASTS = timedelta(minutes=100)  # the pump runs on to the end
_AT_ONCE = 20  # sets that the monitor hands over in one act


def heavy_ledger(place: Path, *, by_hand: int = BY_HAND, sets: int = SETS) -> tuple[str, datetime]:
    """Charts the visit through the door, once; its stream, and the time at which it stands."""
    stage = open_stage(script.read(FOLDER / "paused_for_nausea.jsonl"), place)
    lines = list(stage.rest)
    start = [line.kind for line in lines].index("infusion-started") + 1
    stage.play(lines[:start])
    room, step = stage.room, LASTS / (sets + by_hand)
    acts = _mixed(sets, by_hand)
    waiting: list[Fact] = []
    for number, act in enumerate(acts):
        stage.clock.pass_time(step)
        waiting.append(_fact(act, number, room.now()))
        if len(waiting) >= _AT_ONCE:
            _chart(room, waiting)
    _chart(room, waiting)
    stage.office.close()
    return room.stream, stage.clock.now()


def heavy_desk(place: Path, *, by_hand: int = BY_HAND, sets: int = SETS) -> Desk:
    """A desk with that visit open, on a real ledger; time stands where it was charted last."""
    ledger = place / "heavy"
    stream, now = heavy_ledger(ledger, by_hand=by_hand, sets=sets)
    clock = SetClock(now)
    desk = Desk(ledger, clock)
    (staff,) = charting.staff_on_file(ledger)
    desk._open_office(
        charting.enter(ledger, charting.prove(ledger, staff.staff_id, PASSPHRASE, clock), clock)
    )
    desk.open_visit(stream)
    return desk


def forget(place: Path) -> None:
    """The ledger is thrown away."""
    shutil.rmtree(place / "heavy", ignore_errors=True)


def _chart(room: OpenVisit, waiting: list[Fact]) -> None:
    if waiting:
        room.record_all(*waiting)
        waiting.clear()


def _mixed(sets: int, by_hand: int) -> Iterator[str]:
    """Which comes after which: the entries by hand stand evenly among those of the monitor."""
    hands = ("vitals", "note", "nausea", "vitals", "note", "no nausea")
    done = 0
    for number in range(sets + by_hand):
        if done * (sets + by_hand) <= number * by_hand:
            yield hands[done % len(hands)]
            done += 1
        else:
            yield "monitor"


def _fact(act: str, number: int, at: datetime) -> Fact:
    if act == "note":
        return NoteWritten(at=at, text=f"entry {number}: she asks for water, and sleeps again")
    if act in ("nausea", "no nausea"):
        return EffectNoted(at=at, effect="nausea", grade=int(act == "nausea"))
    return VitalsTaken(
        at=at,
        systolic=118 + number % 9,
        diastolic=72 + number % 6,
        heart_rate=72 + number % 11,
        spo2=96 + number % 3,
        pain=number % 4 if act == "monitor" else 3,
        source="device" if act == "monitor" else "typed",
    )
