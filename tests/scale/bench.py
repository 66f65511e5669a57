"""How a ledger of 100,000 visits stands against one of ten: `python3 dev.py bench --scale [N]`.

Each act is timed in turn on both, in one run; quote the paired ratios. Ledgers are made where they
are not there yet (five minutes for 100,000 visits) and kept, to be measured again.
"""

import argparse
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from ketachart.charting import NewVisit, OpenClinic, door  # noqa: E402 - found by the line above
from ketachart.charting.received import Received  # noqa: E402
from ketachart.clock import SetClock  # noqa: E402
from ketachart.domain.facts import NoteWritten  # noqa: E402
from tests.helpers.bench_table import Row, in_turn, timed  # noqa: E402
from tests.helpers.bench_visits import PASSPHRASE  # noqa: E402
from tests.helpers.story import NOON, Story  # noqa: E402
from tests.scale import generate  # noqa: E402

TIMES = 15
TYPED = ("Nu", "Nuñ", "nunez", "ortega ana", "zq", "1000", "1971-02")
KEYS = "ortega j"


class Both:
    """The large ledger and the small one, each unlocked with a clock of its own."""

    def __init__(self, place: Path, visits: int) -> None:
        self.folders = [_there(place / f"ledger-{many}", many) for many in (visits, 10)]
        # A later run goes on in the same ledgers: no two of them may make the same ids.
        later = timedelta(hours=5, milliseconds=time.time_ns() // 1_000_000 % 10_000_000)
        self.clocks = [SetClock(NOON + later) for _ in self.folders]
        self.offices: list[OpenClinic] = []

    def unlock(self) -> None:
        """Opens both, to be measured in."""
        for folder, clock in zip(self.folders, self.clocks, strict=True):
            self.offices.append(door.unlock(folder, generate.STAFF, PASSPHRASE, clock))

    def row(self, what: str, act: Callable[[OpenClinic], object], times: int = TIMES) -> Row:
        """An act on the large ledger against the same on the small one."""
        large, small = self.offices
        found = in_turn(lambda: timed(lambda: act(large)), lambda: timed(lambda: act(small)), times)
        return Row(what, "the same with 10 visits", *found)


def _there(folder: Path, visits: int) -> Path:
    if not (folder / "ledger.db").exists():
        made = generate.make(folder, visits)
        print(f"made {visits:,} visits in {made.seconds:,.0f} s", flush=True)
    return folder


def unlock_rows(both: Both) -> Iterator[Row]:
    """From the proven passphrase to the open ledger; the key's half second is the same for both."""
    proofs = [door.prove(f, generate.STAFF, PASSPHRASE, SetClock(NOON)) for f in both.folders]

    def opened(which: int) -> float:
        begin = time.perf_counter()
        office = door.enter(both.folders[which], proofs[which], both.clocks[which])
        office.nurse, office.protocol  # noqa: B018 - the window asks for both at once
        took = time.perf_counter() - begin
        office.close()
        return took

    yield Row(
        "unlock, after the key is proven",
        "the same with 10 visits",
        *in_turn(lambda: opened(0), lambda: opened(1), TIMES),
    )


def list_rows(both: Both) -> Iterator[Row]:
    """The first screen, and a search letter by letter."""

    def today(office: OpenClinic) -> None:
        office.visits(limit=100)
        office.visit_count()
        office.visits_at_hand(generate.TODAY)

    yield both.row("today's list, with all that is open", today)
    for word in TYPED:
        yield both.row(
            f"search “{word}”", lambda office, w=word: office.visits(search=w, limit=100)
        )
    for end in range(1, len(KEYS) + 1):
        word = KEYS[:end]
        yield both.row(
            f"typing: “{word}”", lambda office, w=word: office.visits(search=w, limit=100)
        )


def visit_rows(both: Both) -> Iterator[Row]:
    """Opening a visit, recording in it, and opening a new one."""
    streams = {id(office): _last_open(office) for office in both.offices}
    yield both.row("open a visit of today", lambda office: office.open_visit(streams[id(office)]))
    middle = {id(office): _in_the_middle(office) for office in both.offices}
    yield both.row("open a signed visit", lambda office: office.open_visit(middle[id(office)]))
    rooms = {id(office): office.open_visit(streams[id(office)]) for office in both.offices}

    def record(office: OpenClinic) -> None:
        room = rooms[id(office)]
        room.record(NoteWritten(at=room.now(), text="a short note"))

    yield both.row("record an entry", record, times=60)
    told = Story().patient(mrn="100007").order().visit()
    new = NewVisit(patient=told.patient, order=told.order)
    yield both.row("open a new visit", lambda office: office.new_visit(new), times=5)


def _last_open(office: OpenClinic) -> str:
    return max(
        row.stream for row in office.visits_at_hand(generate.TODAY) if row.status != "signed"
    )


def _in_the_middle(office: OpenClinic) -> str:
    signed = [row for row in office.visits(search="ortega", limit=100) if row.status == "signed"]
    some = signed or [row for row in office.visits(limit=10) if row.status == "signed"]
    return some[len(some) // 2].stream


def supervisor_rows(both: Both) -> Iterator[Row]:
    """The first piece of the queue of reviews, and of a list that was looked through."""
    fresh = {
        id(one): partial(Received, one._ledger, one.time, one._letters) for one in both.offices
    }
    yield both.row("review: the first piece", lambda office: fresh[id(office)]("sp").posts())
    desks = {id(office): fresh[id(office)]("sp") for office in both.offices}
    for desk in desks.values():
        while desk.posts() is not None and desk.in_queue.more:
            pass
    yield both.row("review: once all was looked through", lambda o: desks[id(o)].posts())


def whole_rows(both: Both, place: Path) -> Iterator[str]:
    """Once each, since they read every page: seconds, and milliseconds for each megabyte."""
    acts: dict[str, Callable[[OpenClinic], object]] = {
        "back up, and open the copy": lambda office: _copied(office, place / "copies"),
        "full check": lambda office: office.keeping.checks.task().work(),
        "the drug book, in a worker": _stock_read,
    }
    for what, act in acts.items():
        told = []
        for office in both.offices:
            size = (office.folder / "ledger.db").stat().st_size / 1e6
            seconds = timed(partial(act, office))
            told.append(f"{seconds:7.1f} s for {size:6,.0f} MB, {seconds * 1000 / size:6.1f} ms/MB")
        yield f"{what:44} {told[0]}   against   {told[1]}"


def _copied(office: OpenClinic, place: Path) -> None:
    place.mkdir(parents=True, exist_ok=True)
    try:
        office.keeping.backups.choose(place)
        office.keeping.backups.task("asked for").work()
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _stock_read(office: OpenClinic) -> None:
    task = office.stock.reading()
    if task is not None:
        task.work()
    else:
        office.stock.reckoning()


def main(given: Sequence[str] | None = None) -> int:
    """Measures everything and prints one table."""
    words = argparse.ArgumentParser(prog="bench --scale", description=__doc__)
    words.add_argument("visits", nargs="?", type=int, default=100_000, help="of the large ledger")
    words.add_argument("--place", type=Path, default=ROOT / "build" / "scale", help="the ledgers'")
    words.add_argument("--only", default="", help="only the tables with this word in their names")
    words.add_argument("--whole", action="store_true", help="also what reads every page, minutes")
    asked = words.parse_args(given)
    asked.place.mkdir(parents=True, exist_ok=True)
    both = Both(asked.place, asked.visits)
    print(f"{'':44} {'large ms':>9} {'small ms':>9}  {'ratio':>6}  {'paired':>6}  {'p99':>6}")
    if asked.only in unlock_rows.__name__:
        for row in unlock_rows(both):
            print(row.text(), flush=True)
    both.unlock()
    for rows in (list_rows, visit_rows, supervisor_rows):
        if asked.only in rows.__name__:
            for row in rows(both):
                print(row.text(), flush=True)
    if asked.whole:
        for line in whole_rows(both, asked.place):
            print(line, flush=True)
    for office in both.offices:
        office.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
