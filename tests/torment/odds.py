"""What else happens to a laptop: a folder that goes away, a clock that is set, two writers."""

import errno
import os
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from ketachart import charting
from ketachart.clock import SetClock
from ketachart.domain.facts import ClockStepped, NoteWritten
from ketachart.errors import KetaChartError
from ketachart.storage.instance import Hold
from tests.torment.forked import Child
from tests.torment.kills import count
from tests.torment.recovery import LATER, Promises, look
from tests.torment.sentences import unclear
from tests.torment.shim import ANY, Shim
from tests.torment.told import FIRST, the_acts, the_nurse
from tests.torment.visit import Bedside, Place, Tell

ACTS = 70  # so far every visit here is charted before something happens: the pump runs
NOT_HERE = "not possible here"


class Scene:
    """A visit under way, and what the nurse reads when something happens to it."""

    def __init__(self, place: Place, tell: Tell) -> None:
        self.place = place
        self.tell = tell
        self.shim = Shim()
        self.shim.watch(place.root)
        self.bedside = Bedside(place, tell)
        for act in the_acts()[:ACTS]:
            self.bedside.perform(act)

    def note(self, text: str) -> None:
        """One more entry, told once it is kept."""
        room = self.bedside.room
        entry = room.record(NoteWritten(at=room.now(), text=text))
        self.tell({"kept": room.stream, "entries": [[entry.id, entry.chain]]})

    def refusal(self, ask: Callable[[], object]) -> KetaChartError | None:
        """What an act is refused with; anything but a clear sentence is told as a fault."""
        try:
            ask()
        except KetaChartError as error:
            if words := unclear(error):
                self.wrong(words)
            return error
        except Exception as error:  # noqa: BLE001 - this is what is looked for
            self.wrong(unclear(error))
        return None

    def wrong(self, words: str) -> None:
        """Tells what must not be."""
        self.tell({"note": f"WRONG: {words}"})

    def require(self, ok: object, words: str) -> None:
        """Tells it where it is not so."""
        if not ok:
            self.wrong(words)

    def reopen(self) -> None:
        """Close and unlock."""
        self.bedside._reopen(the_acts()[0])


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """The folder cannot be written for a while."""
    if os.geteuid() != 0:
        folder.chmod(0o500)
        try:
            yield
        finally:
            folder.chmod(0o700)
        return
    # root may write wherever the rights forbid it, so the folder is mounted over itself
    _run("mount", "--bind", str(folder), str(folder))
    try:
        _run("mount", "-o", "remount,bind,ro", str(folder))
        yield
    finally:
        _run("umount", "-l", str(folder))


def _run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)


def folder_read_only(scene: Scene) -> None:
    """The folder cannot be written: the ledger opens to be read only, or says why it does not."""
    scene.bedside.close()
    scene.bedside.office = None  # type: ignore[assignment]
    with read_only(scene.place.ledger):
        refusal = scene.refusal(scene.reopen)
        if refusal is None:
            office = scene.bedside.office
            scene.require(getattr(office, "read_only", None), "it is not said to be read only")
            visit = office.open_visit(scene.bedside.room.stream).visit
            scene.require(len(visit.entries) > 50, "the visit cannot be read")
            refused = scene.refusal(lambda: scene.note("cannot be kept"))
            scene.require(refused, "an entry was taken where nothing can be written")
            scene.bedside.close()
            scene.bedside.office = None  # type: ignore[assignment]
    scene.reopen()
    scene.note("it can be written again")
    scene.bedside.close()


def stick_pulled(scene: Scene) -> None:
    """The disk is gone: every call fails, and she goes on once it is back."""
    scene.shim.fail(ANY, 1, errno.EIO, for_ever=True)
    refused = scene.refusal(lambda: scene.note("the stick is pulled"))
    scene.require(refused, "an entry was taken with no disk")
    scene.shim.mend()
    scene.note("the stick is back")
    scene.bedside.close()


def _moved(scene: Scene, move: Callable[[], None], put_back: Callable[[], None]) -> None:
    """While the file is away nothing may be promised that goes with it."""
    move()
    refused = scene.refusal(lambda: scene.note("where does this go?"))
    scene.refusal(scene.bedside.close)
    scene.bedside.office = None  # type: ignore[assignment]
    if refused is not None:
        scene.tell({"note": "refused"})
    put_back()
    scene.reopen()
    scene.note("it is back")
    scene.bedside.close()


def folder_renamed(scene: Scene) -> None:
    """Someone moves the folder while it is charted in, and moves it back."""
    here, there = scene.place.ledger, scene.place.root / "elsewhere"
    _moved(scene, lambda: here.rename(there) and None, lambda: there.rename(here) and None)


def ledger_deleted(scene: Scene) -> None:
    """Someone deletes the ledger's files while it is charted in: no entry is promised after that.

    They are put back from a copy made the moment before, as an undelete would.
    """
    copy, folder = scene.place.root / "copy", scene.place.ledger
    shutil.copytree(folder, copy)

    def delete() -> None:
        for path in folder.glob("ledger.db*"):
            path.unlink()

    def put_back() -> None:
        for path in copy.glob("ledger.db*"):
            if not path.name.endswith("-shm"):
                shutil.copy(path, folder / path.name)

    _moved(scene, delete, put_back)


def clock_steps(scene: Scene) -> None:
    """The laptop's clock is set back and forward: the chart's own time goes on."""
    bedside = scene.bedside
    for hours in (-3, +7, -48):
        before = bedside.room.now()
        bedside.clock.set_wall(bedside.clock.now() + timedelta(hours=hours))
        bedside.clock.pass_time(timedelta(seconds=40))
        scene.note(f"after the clock was set by {hours} h")
        last = bedside.room.visit.entries[-1].recorded_at
        scene.require(before < last < before + timedelta(minutes=2), "the chart's time jumped")
        told = bedside.room.visit.facts(ClockStepped)
        scene.require(told and told[-1].by_s == hours * 3600, "the step is not charted")
    bedside.close()


def second_program(scene: Scene) -> None:
    """A second KetaChart on the same ledger is refused, and the first goes on."""

    def second(_tell: Tell) -> None:
        refused = scene.refusal(
            lambda: charting.unlock(scene.place.ledger, the_nurse(), FIRST, SetClock(LATER))
        )
        scene.require(refused, "a second one was let in")

    _in_another(scene, second)
    scene.note("the first goes on")
    scene.bedside.close()


def second_writer(scene: Scene) -> None:
    """With the lock taken away a second one writes behind the back of the first: both are kept."""

    def second(_tell: Tell) -> None:
        with patch.multiple(Hold, __init__=lambda *_: None, release=lambda _: None):
            office = charting.unlock(
                scene.place.ledger, the_nurse(), scene.bedside.passphrase, SetClock(LATER)
            )
        room = office.open_visit(scene.bedside.room.stream)
        at = room.visit.entries[-1].recorded_at
        entry = room.record(NoteWritten(at=at, text="from the second"))
        scene.tell({"kept": room.stream, "entries": [[entry.id, entry.chain]]})

    _in_another(scene, second)
    refused = scene.refusal(lambda: scene.note("from the first"))
    scene.reopen()
    if refused is not None:
        scene.note("from the first, again")
    scene.bedside.close()


def _in_another(scene: Scene, work: Callable[[Tell], None]) -> None:
    """Runs it in a process of its own; what it tells is told on."""
    child = Child(work)
    heard = Promises()
    heard.hear_lines(child.wait())
    scene.require(not heard.raised, f"the second one fell over: {heard.raised}")


SCENES: dict[str, Callable[[Scene], None]] = {
    "folder that cannot be written": folder_read_only,
    "stick pulled out and put back": stick_pulled,
    "folder moved away and back": folder_renamed,
    "ledger deleted while it is open": ledger_deleted,
    "clock set back and forward": clock_steps,
    "second program": second_program,
    "second writer without the lock": second_writer,
}


def torment(name: str, room: Path) -> Counter[str]:
    """One scene, and whether everything acknowledged is there after it."""
    tally, promised = Counter[str](), Promises()
    place = Place(Path(tempfile.mkdtemp(prefix="odd-", dir=room)))

    def work(tell: Tell) -> None:
        try:
            SCENES[name](Scene(place, tell))
        except subprocess.CalledProcessError as error:
            tell({"note": f"{NOT_HERE}: {error}"})

    try:
        promised.hear_lines(Child(work).wait())
        for words in (promised.raised, *promised.notes):
            if words and words != "refused":
                is_wrong = not words.startswith(NOT_HERE)
                tally["corrupt"] += is_wrong
                tally[f"WRONG: {words}" if is_wrong else NOT_HERE] += 1
        count(look(place, promised), tally)
    finally:
        shutil.rmtree(place.root, ignore_errors=True)
    tally["rounds"] += not tally[NOT_HERE]
    tally["acknowledged"] += promised.count
    return tally
