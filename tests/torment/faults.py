"""The disk is full, or answers with a fault, at every call of every act of the visit."""

import errno
import random
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from ketachart.errors import KetaChartError
from tests.torment.forked import Child
from tests.torment.kills import count
from tests.torment.recovery import Promises, look
from tests.torment.sentences import unclear
from tests.torment.shim import ANY, Call, How, Shim
from tests.torment.told import Act, the_acts
from tests.torment.visit import Bedside, Place, Tell

CHANGES = Call.OPEN | Call.WRITE | Call.TRUNCATE | Call.NAME


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong with the disk."""

    name: str
    calls: Call
    number: int
    for_ever: bool = False
    partly: bool = False


FAULTS = (
    Fault("disk full once", CHANGES, errno.ENOSPC),
    Fault("disk full until room is made", CHANGES, errno.ENOSPC, for_ever=True),
    Fault("disk full in the middle of a write", Call.WRITE, errno.ENOSPC, partly=True),
    Fault("fault at a write once", Call.WRITE | Call.TRUNCATE, errno.EIO),
    Fault("fault at each write", Call.WRITE | Call.TRUNCATE, errno.EIO, for_ever=True),
    Fault("fault at a flush once", Call.SYNC, errno.EIO),
    Fault("fault at each flush", Call.SYNC, errno.EIO, for_ever=True),
)


def torment(fault: Fault, nth: int, seed: int, room: Path) -> Counter[str]:
    """Plays the visit; in each act the nth call fails, and once it can, the act is done again."""
    tally, promised = Counter[str](), Promises()
    place = Place(Path(tempfile.mkdtemp(prefix="fault-", dir=room)))
    chance = random.Random(f"{fault.name} {nth} {seed}")
    leave_at = chance.randrange(len(the_acts())) if chance.random() < 0.25 else None

    def work(tell: Tell) -> None:
        _play(place, fault, nth, leave_at, tell)

    try:
        said = Child(work).wait()
        promised.hear_lines(said)
        if promised.raised:
            tally["corrupt"] += 1
            tally[f"WRONG: {promised.raised}"] += 1
        for note in promised.notes:
            tally[note] += 1
        verdict = look(place, promised)
        if not promised.raised and leave_at is None:
            _require_nothing_twice(promised, verdict.corrupt)
        count(verdict, tally)
        tally["half-made clinics"] += verdict.half_made
    finally:
        shutil.rmtree(place.root, ignore_errors=True)
    tally["visits"] += 1
    tally["acknowledged"] += promised.count
    tally["rounds"] = tally["struck"]
    return tally


def _require_nothing_twice(promised: Promises, wrong: list[str]) -> None:
    kept = promised.entries.get(promised.stream, {})
    if len(kept) != EXPECTED["entries"]:
        wrong.append(f"{len(kept)} entries were charted instead of {EXPECTED['entries']}")


EXPECTED: dict[str, int] = {"entries": 0}


def _play(place: Place, fault: Fault, nth: int, leave_at: int | None, tell: Tell) -> None:
    shim = Shim()
    shim.watch(place.root)
    bedside = Bedside(place, tell)
    for act in the_acts():
        leaves = leave_at is not None and act.index >= leave_at
        if _suffer(bedside, act, shim, fault, nth, tell, leaves=leaves) and leaves:
            return  # the program ends here, as if it had crashed right after the fault
    bedside.close()
    tell({"over": True})


def _suffer(  # noqa: PLR0917
    bedside: Bedside, act: Act, shim: Shim, fault: Fault, nth: int, tell: Tell, *, leaves: bool
) -> bool:
    """One act with the fault, and again without it; whether the fault struck."""
    shim.fail(fault.calls, nth, fault.number, for_ever=fault.for_ever, partly=fault.partly)
    refusal = _refusal(bedside, act)
    struck = shim.struck
    if refusal is not None and struck:
        tell({"note": "refused"})
        _say_unclear(refusal, act, fault, tell)
        _require_readable(bedside, act, tell)
        if fault.for_ever:
            again = _refusal(bedside, act)
            if again is not None:
                _say_unclear(again, act, fault, tell)
    shim.mend()
    if struck:
        tell({"note": "struck"})
    if refusal is not None and not struck:
        raise refusal
    if refusal is not None and not leaves:
        bedside.perform(act)
    return bool(struck)


def _refusal(bedside: Bedside, act: Act) -> BaseException | None:
    try:
        bedside.perform(act)
    except Exception as error:  # noqa: BLE001 - each is judged
        return error
    return None


def _say_unclear(refusal: BaseException, act: Act, fault: Fault, tell: Tell) -> None:
    words = unclear(refusal)
    if words:
        tell({"note": f"UNCLEAR: {act.name}: {fault.name}: {words}"})


def _require_readable(bedside: Bedside, act: Act, tell: Tell) -> None:
    """The chart can be read while the fault lasts."""
    if bedside.office is None or bedside.room is None or act.name == "reopen":
        return
    try:
        visit = bedside.office.open_visit(bedside.room.stream).visit
    except (KetaChartError, OSError) as error:
        tell({"note": f"UNREADABLE: {act.name}: {error}"})
        return
    known = {entry.id for entry in bedside.room.visit.entries}
    if not known <= {entry.id for entry in visit.entries}:
        tell({"note": f"UNREADABLE: {act.name}: entries are missing"})


def calls_of_each_act(room: Path) -> dict[str, list[int]]:
    """How many calls each act makes, for each fault; counted in a visit without any."""
    place = Place(Path(tempfile.mkdtemp(prefix="count-", dir=room)))
    found = Promises()

    def work(tell: Tell) -> None:
        shim = Shim()
        shim.watch(place.root)
        bedside = Bedside(place, tell)
        for act in the_acts():
            shim.kill_at(ANY, 0, How.BEFORE)
            shim.fail(Call.SYNC, 0)
            bedside.perform(act)
            tell({"note": f"{act.index} {shim.seen} {shim.kill_seen}"})
        bedside.close()

    try:
        found.hear_lines(Child(work).wait())
        assert not found.raised, found.raised
    finally:
        shutil.rmtree(place.root, ignore_errors=True)
    EXPECTED["entries"] = len(found.entries[found.stream])
    rows = [[int(part) for part in note.split()] for note in found.notes]
    return {"syncs": [row[1] for row in rows], "calls": [row[2] for row in rows]}
