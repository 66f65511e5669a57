"""The disk is full, or answers with a fault, at every call of every act of the visit."""

import errno
import random
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from ketachart.errors import KetaChartError, LedgerReadOnly
from tests.torment.forked import Child
from tests.torment.kills import count
from tests.torment.recovery import Promises, look
from tests.torment.sentences import unclear
from tests.torment.shim import Call, Shim
from tests.torment.told import MOST_OF_A_LINE, Act, the_acts, the_long_acts
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
    leave_at = chance.randrange(len(acts_for(nth))) if chance.random() < 0.25 else None

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
            _require_nothing_twice(promised, acts_for(nth), verdict.corrupt)
        count(verdict, tally)
        tally["half-made clinics"] += verdict.half_made
        if not verdict.is_good or promised.raised:
            tally[f"AT: {fault.name}, call {nth}"] += 1
    finally:
        shutil.rmtree(place.root, ignore_errors=True)
    tally["visits"] += 1
    tally["acknowledged"] += promised.count
    tally["rounds"] = tally["struck"]
    return tally


def acts_for(nth: int) -> tuple[Act, ...]:
    """The acts that make so many calls; charting a line makes few."""
    return the_acts() if nth <= MOST_OF_A_LINE else the_long_acts()


EXPECTED: dict[int, int] = {}
"""How many entries a visit of so many acts comes to."""


def _require_nothing_twice(promised: Promises, acts: tuple[Act, ...], wrong: list[str]) -> None:
    many, expected = len(promised.entries.get(promised.stream, {})), EXPECTED[len(acts)]
    if many != expected:
        wrong.append(f"{many} entries were charted instead of {expected}")


def _play(place: Place, fault: Fault, nth: int, leave_at: int | None, tell: Tell) -> None:
    shim = Shim()
    shim.watch(place.root)
    bedside = Bedside(place, tell)
    for at, act in enumerate(acts_for(nth)):
        leaves = leave_at is not None and at >= leave_at
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
    if not leaves:
        _unlock_again_if_only_read(bedside, act, fault, tell)
    if refusal is not None and not struck:
        raise refusal
    if refusal is not None and not leaves:
        bedside.perform(act)
    return bool(struck)


def _unlock_again_if_only_read(bedside: Bedside, act: Act, fault: Fault, tell: Tell) -> None:
    """Opened on a disk that failed, it may only be read; she locks and unlocks as it tells her."""
    read_only = bedside.office.read_only if bedside.office is not None else None
    if read_only is not None:
        tell({"note": "opened to be read"})
        _say_unclear(LedgerReadOnly(read_only.sentence), act, fault, tell)
        bedside.perform(replace(act, name="reopen"))


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


def most_calls(calls: Call, acts: tuple[Act, ...], room: Path) -> int:
    """How many such calls an act makes at most; counted in a visit without any fault.

    Raises:
        AssertionError: charting a line makes more calls than the short visits leave out.
    """
    place = Place(Path(tempfile.mkdtemp(prefix="count-", dir=room)))
    found = Promises()

    def work(tell: Tell) -> None:
        shim = Shim()
        shim.watch(place.root)
        bedside = Bedside(place, tell)
        for act in acts:
            shim.fail(calls, 0)
            bedside.perform(act)
            assert act.name != "line" or shim.seen <= MOST_OF_A_LINE, act
            tell({"note": str(shim.seen)})
        bedside.close()

    try:
        found.hear_lines(Child(work).wait())
        assert not found.raised, found.raised
    finally:
        shutil.rmtree(place.root, ignore_errors=True)
    EXPECTED[len(acts)] = len(found.entries[found.stream])
    return max(int(note) for note in found.notes)
