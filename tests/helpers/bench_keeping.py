"""What happens to the ledger: an entry, an opening, a look for somebody, a backup, a package."""

import json
import os
import shutil
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.helpers.bench_table import Row, in_turn, timed

COMMITS = 200
MANY = 10_000  # visits: a busy nurse's ten years
KEPT = Path(__file__).resolve().parents[2] / "build" / "scale"  # made once, as `--scale` does
ASKED_FOR = ("today's list", "open a visit of today", "open a signed", "record an", "review: the")


def commit_rows(place: Path) -> Iterator[Row]:
    """One entry on the disk, against its bytes written bare, and inserted by bare SQLCipher."""
    from ketachart.domain.facts import NoteWritten
    from tests.helpers.bench_visits import draft_for, visit_in

    office, room, clock = visit_in(place)
    size = len(draft_for(clock).body) + 300

    def commit() -> float:
        clock.pass_time(timedelta(seconds=1))
        drafts = (draft_for(clock),)
        return timed(lambda: room._ledger.append(drafts))

    def record() -> float:
        clock.pass_time(timedelta(seconds=1))
        return timed(lambda: room.record(NoteWritten(at=room.now(), text="a short note")))

    with (place / "bare").open("ab", buffering=0) as bare, closing(_bare_ledger(place)) as inserted:

        def write() -> float:
            content = os.urandom(size)
            return timed(lambda: (bare.write(content), os.fsync(bare.fileno())))

        def insert() -> float:
            row = ("x" * size,)
            return timed(lambda: inserted.execute("INSERT INTO entry (body) VALUES (?)", row))

        yield Row(
            "commit of one entry",
            f"write and fsync of its {size} bytes",
            *in_turn(commit, write, COMMITS),
            goal=2,
            why="an encrypted page of 4 KiB and its place in the log are written for every entry, "
            "and the disk is asked to keep both",
        )
        yield Row(
            "commit of one entry, chained and hashed",
            "a bare INSERT in SQLCipher with the same pragmas",
            *in_turn(commit, insert, COMMITS),
        )
        yield Row(
            "an entry through the door, checked and folded",
            "a bare INSERT in SQLCipher with the same pragmas",
            *in_turn(record, insert, COMMITS // 2),
        )
    office.close()


def _bare_ledger(place: Path) -> Any:
    """A new encrypted file with one table and the ledger's durability."""
    from sqlcipher3 import dbapi2

    bare = dbapi2.connect(str(place / "bare.db"), isolation_level=None)
    bare.set_key(f"x'{'ab' * 48}'")
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "fullfsync = 1",
        "secure_delete = 1",
    ):
        bare.execute(f"PRAGMA {pragma}").fetchall()
    bare.execute("CREATE TABLE entry (seq INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT")
    return bare


def open_rows(place: Path) -> Iterator[Row]:
    """The ledger once the passphrase is proven, and a heavy visit, against reading them bare."""
    from ketachart.charting import door
    from ketachart.clock import SetClock
    from tests.helpers.heavy_visit import PASSPHRASE, heavy_ledger

    folder = place / "heavy"
    stream, now = heavy_ledger(folder)
    clock = SetClock(now)
    (staff,) = door.staff_on_file(folder)
    proof = door.prove(folder, staff.staff_id, PASSPHRASE, clock)

    def entered() -> float:
        return timed(lambda: door.enter(folder, proof, clock).close())

    def bare() -> Any:
        return _opened(folder / "ledger.db", proof.key_hex96)

    yield Row(
        "open the ledger, the passphrase proven",
        "SQLCipher opening the same file",
        *in_turn(entered, lambda: timed(lambda: bare().close()), 9),
    )

    def read() -> Sequence[object]:
        with closing(bare()) as ledger:
            rows = ledger.execute("SELECT body FROM entry WHERE stream = ?", (stream,)).fetchall()
        return [json.loads(body) for (body,) in rows]

    # opened in another connection before, so that the system has the pages for both
    entries = len(read())

    def visited() -> float:
        office = door.enter(folder, proof, clock)
        took = timed(lambda: office.open_visit(stream))
        office.close()
        return took

    yield Row(
        f"open a visit of {entries:,} entries, chain checked",
        "SQLCipher and json reading the same rows",
        *in_turn(visited, lambda: timed(read), 5),
    )


def _opened(path: Path, key_hex96: str) -> Any:
    from sqlcipher3 import dbapi2

    ledger = dbapi2.connect(str(path), isolation_level=None)
    ledger.set_key(f"x'{key_hex96}'")
    ledger.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    return ledger


def scale_rows(_place: Path) -> Iterator[Row]:
    """The same acts among ten thousand visits and among ten."""
    from tests.scale import bench

    KEPT.mkdir(parents=True, exist_ok=True)
    both = bench.Both(KEPT, MANY)
    yield from (_large(row) for row in bench.unlock_rows(both))
    both.unlock()
    for rows in (bench.list_rows, bench.visit_rows, bench.supervisor_rows):
        yield from (_large(row) for row in rows(both) if row.what.startswith(ASKED_FOR))
    for office in both.offices:
        office.close()


def _large(row: Row) -> Row:
    goal = 1.3 if row.what.startswith(("open a visit", "record")) else None
    return Row(f"{row.what}, of {MANY:,}", row.against, row.ours, row.bare, goal)


def search_rows(place: Path) -> Iterator[Row]:
    """A name looked for in ten thousand encrypted visits, against LIKE over the same names."""
    from tests.scale import bench

    KEPT.mkdir(parents=True, exist_ok=True)
    both = bench.Both(KEPT, MANY)
    both.unlock()
    office = both.offices[0]
    with closing(sqlite3.connect(place / "plain.db")) as plain:
        plain.execute("CREATE TABLE line (name TEXT, mrn TEXT, day TEXT)")
        told = [(row.patient, row.mrn, str(row.day)) for row in office.visits()]
        plain.executemany("INSERT INTO line VALUES (?, ?, ?)", told)
        plain.execute("CREATE INDEX newest ON line (day)")
        plain.commit()

        def like(word: str) -> float:
            asked = (f"%{word}%", f"%{word}%")
            sql = "SELECT * FROM line WHERE name LIKE ? OR mrn LIKE ? ORDER BY day DESC LIMIT 100"
            return timed(lambda: plain.execute(sql, asked).fetchall())

        for word in ("ortega", "zq", "1000"):
            yield Row(
                f"look for “{word}” in {MANY:,} visits",
                "SQLite's LIKE over the same lines, not encrypted",
                *in_turn(
                    lambda word=word: timed(lambda: office.visits(search=word, limit=100)),
                    lambda word=word: like(word),
                    15,
                ),
            )
    for each in both.offices:
        each.close()


def backup_rows(place: Path) -> Iterator[Row]:
    """A backup that was read back before it counts, and a restore, against copying the file."""
    from ketachart import charting
    from ketachart.charting.restoring import RestoreTask, copies_at, prove_copy
    from tests.helpers.bench_visits import PASSPHRASE
    from tests.scale import bench, generate

    folder, stick = place / "ledger", place / "stick"
    stick.mkdir()
    generate.make(folder, 300, stories=("quiet_hour",))
    clock = bench.SetClock(bench.NOON + timedelta(hours=9))
    office = charting.unlock(folder, generate.STAFF, PASSPHRASE, clock)
    backups = office.keeping.backups
    backups.choose(stick)
    ledger = folder / "ledger.db"

    def backed_up() -> float:
        clock.pass_time(timedelta(minutes=1))
        return timed(lambda: backups.finish(backups.task("asked for").work()))

    yield Row(
        f"backup of {ledger.stat().st_size / 1e6:,.0f} MB, read back whole",
        "copying the file, fsync",
        *in_turn(backed_up, lambda: timed(lambda: _copied(ledger, place / "copy.db")), 4),
    )
    office.close()
    copy = copies_at(stick)[0]
    proof = prove_copy(folder, copy, generate.STAFF, PASSPHRASE, clock)

    def restored() -> float:
        clock.pass_time(timedelta(minutes=1))
        task = RestoreTask(folder, copy, proof.copy, clock, "a bench", proof.here)
        return timed(task.work)

    yield Row(
        "restore of it, what came since taken over",
        "copying the file, fsync",
        *in_turn(restored, lambda: timed(lambda: _copied(ledger, place / "copy.db")), 3),
    )


def _copied(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    with target.open("rb+") as written:
        os.fsync(written.fileno())


def package_rows(_place: Path) -> Iterator[Row]:
    """A package with ten reports: signed and closed, then opened and believed."""
    from ketachart.exchange import envelope, package
    from ketachart.exchange.items import Item
    from ketachart.exchange.people import signed_with, signer_of, trusted_of
    from tests.report.signed_reports import SIGNED_AT, nurse, root_of

    here, there, hand = envelope.make_key(), envelope.make_key(), signer_of(nurse())
    items = tuple(Item(f"{n:064x}", "report", os.urandom(300_000)) for n in range(10))
    parcel = package.Parcel(
        items=items, id="p1", made_at=SIGNED_AT,
        sender=package.Address(ledger="laptop", key=here.public),
        recipient=package.Address(ledger="clinic", key=there.public),
    )  # fmt: skip
    content, whole = parcel.signed(hand), b"".join(item.content for item in items)
    trusted = trusted_of((root_of().decode(),))
    closed = envelope.closed(zlib.compress(whole), to=there.public, sender=here.public)
    proof = hand.sign_bytes(whole)

    def bare_open() -> None:
        zlib.decompress(envelope.opened(closed, there, here="", whose={}))
        signed_with(hand.certificate.public_key(), proof, whole)

    yield Row(
        "package of ten reports, 3 MB, made",
        "zlib, HPKE and one ECDSA signature of the same bytes",
        *in_turn(
            lambda: timed(lambda: parcel.signed(hand)),
            lambda: timed(
                lambda: (
                    hand.sign_bytes(whole),
                    envelope.closed(zlib.compress(whole), to=there.public, sender=here.public),
                )
            ),
            15,
        ),
    )
    yield Row(
        "package of ten reports, 3 MB, taken in",
        "zlib, HPKE and one ECDSA check of the same bytes",
        *in_turn(
            lambda: timed(
                lambda: package.read(content, key=there, ledger="clinic", trusted=trusted)
            ),
            lambda: timed(bare_open),
            15,
        ),
    )
