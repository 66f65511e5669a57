"""A desk with a visit of a story on it, as far as the story was played, and the real window."""

import atexit
import shutil
import tempfile
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from pathlib import Path

from ketachart import charting
from ketachart.clock import SetClock
from ketachart.commands import script
from ketachart.commands.player import PASSPHRASE, open_stage
from ketachart.commands.script import ScriptLine
from ketachart.storage.keyring import Unwrapped
from ui.desk import Desk

STORIES = Path(__file__).parent.parent / "stories"


def desk_at(folder: Path, story: str, *, until: str = "", before: str = "") -> Desk:
    """A desk on a throw-away ledger with a story's visit open.

    ``until`` plays up to and with the first line of that kind, ``before`` up to the line before
    it; with neither, everything but the signature is played. Time stands where the story stopped:
    ``desk.clock.pass_time(...)`` lets it go on. Each is played once and copied then: the ledger
    is opened again, as after a restart.
    """
    ledger, now, stream, proof = _played(story, until, before)
    shutil.copytree(ledger, folder)
    clock = SetClock(now)
    desk = Desk(folder, clock)
    desk._open_office(charting.enter(folder, proof, clock))
    desk.open_visit(stream)
    return desk


@cache
def _played(story: str, until: str, before: str) -> tuple[Path, datetime, str, Unwrapped]:
    """A story played once: its ledger's folder, when it stopped, the visit's stream, the key."""
    place = Path(tempfile.mkdtemp(prefix="played-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    ledger = place / "ledger"
    stage = open_stage(script.read(STORIES / f"{story}.jsonl"), ledger)
    stage.play(_told(stage.rest, until, before))
    now, stream = stage.clock.now(), stage.room.stream
    stage.office.close()
    (staff,) = charting.staff_on_file(ledger)
    return ledger, now, stream, charting.prove(ledger, staff.staff_id, PASSPHRASE, stage.clock)


def _told(rest: Iterable[ScriptLine], until: str, before: str) -> list[ScriptLine]:
    lines = list(rest)
    kinds = [line.kind for line in lines]
    end = kinds.index("sign") if "sign" in kinds else len(lines)
    if until:
        end = kinds.index(until) + 1
    elif before:
        end = kinds.index(before)
    return lines[:end]
