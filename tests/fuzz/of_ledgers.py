"""What lies in the folder of a ledger, on a stick with its backup, and in its rows."""

import atexit
import json
import shutil
import tempfile
from dataclasses import asdict
from datetime import datetime
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ketachart.charting import restoring
from ketachart.clock import SetClock
from ketachart.commands.script import YEARS
from ketachart.domain.facts import Fact
from ketachart.domain.folded.whole import folded
from ketachart.domain.infusion import last_moment
from ketachart.domain.shape import moment_text
from ketachart.domain.visit import fold
from ketachart.errors import KetaChartError
from ketachart.storage import attempts, checkup, codec, drafts, keyfile, known_head, recovery
from ketachart.storage import folder as place
from ketachart.storage import manifest as manifests
from ketachart.storage.canonical import canonical
from ketachart.storage.entry import Head, Row
from ketachart.storage.kdf import FAST_FOR_TESTS
from ketachart.storage.keyring import Keyring, opened
from ketachart.storage.ledger import Ledger
from ketachart.storage.manifest import Manifest
from tests.fuzz.target import Target, a_sentence, memory, room
from tests.report import whole_reports
from tests.storage.making import (
    OTHER_PASSPHRASE,
    PASSPHRASE,
    START,
    draft,
    new_ledger,
    paper,
    practice_keyring,
    shelved,
)


@cache
def _made() -> tuple[Keyring, object, recovery.RecoveryFile]:
    ring, unwrapped = practice_keyring()
    key = recovery.make(OTHER_PASSPHRASE, kdf=FAST_FOR_TESTS, practice=True)
    return recovery.with_recovery(ring, unwrapped, key.public), unwrapped, key


# ------------------------------------------------ keyring and recovery key


def _keyring(content: bytes) -> None:
    with room() as folder:
        for path in place.keyring_files(folder):
            path.write_bytes(content)
        ring = Keyring.read(folder)
        for slot in ring.slots:
            if slot.cost == FAST_FOR_TESTS:  # what the others cost is measured by hand
                opened(ring, slot.staff_id, PASSPHRASE)


def _checksummed(told: object, checksum) -> bytes:
    """As somebody writes it who knows how it is done."""
    if not isinstance(told, dict):
        return json.dumps(told).encode("ascii")
    bare = {name: value for name, value in told.items() if name != "sha256"}
    try:
        return canonical({**bare, "sha256": checksum(bare)}).encode()
    except (ValueError, TypeError, RecursionError):
        return json.dumps(told).encode("ascii")


def _read_json(content: bytes) -> object:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


def _forged_keyring(content: bytes) -> None:
    told = _read_json(content)
    if told is not None:
        _keyring(_checksummed(told, keyfile._checksum))


def _recovery_key(content: bytes) -> None:
    locked = recovery.read(content)
    if locked.cost == FAST_FOR_TESTS:
        locked.opened(OTHER_PASSPHRASE)


def _forged_recovery_key(content: bytes) -> None:
    told = _read_json(content)
    if told is not None:
        _recovery_key(_checksummed(told, recovery._checksum) + b"\n")


# ------------------------------------------------ small files beside the ledger


def _attempts(content: bytes) -> None:
    with room() as folder:
        place.attempts_file(folder).write_bytes(content)
        clock = SetClock(START)
        for who in ("n-1", attempts.RECOVERY):
            assert 0 <= attempts.seconds_to_wait(folder, who, clock) <= 300
        attempts.count_one(folder, "n-2", clock)


def _head(content: bytes) -> None:
    with room() as folder:
        known_head.file_of(folder).write_bytes(content)
        known_head.read(folder, _made()[1])


@cache
def _known_head() -> bytes:
    with room() as folder:
        known_head.keep(folder, _made()[1], Head(7, "ab" * 32))
        return known_head.file_of(folder).read_bytes()


_FORM = drafts.FormDraft(
    key="visit-1/vitals/a-1",
    stream="visit-1",
    form="vitals",
    title="Vitals",
    saved_at=START,
    act="a-1",
    content={"fields": {"Systolic": "128", "What was done": ["calm", "air"]}, "focus": "Systolic"},
    staff_id="n-1",
)


@cache
def _drafts() -> bytes:
    with room() as folder:
        drafts.write(folder, _made()[1], [_FORM])
        return drafts.drafts_file(folder).read_bytes()


def _drafts_file(content: bytes) -> None:
    with room() as folder:
        drafts.drafts_file(folder).write_bytes(content)
        for one in drafts.read(folder, _made()[1]):
            assert isinstance(one.content, dict)
            assert one.saved_at.tzinfo is not None


def _sealed_drafts(content: bytes) -> None:
    """Sealed with the ledger's own key, whatever they are."""
    unwrapped = _made()[1]
    nonce = b"\0" * drafts._NONCE_BYTES
    sealed = AESGCM(drafts._key(unwrapped)).encrypt(nonce, content, drafts._belonging(unwrapped))
    _drafts_file(drafts._MARK + nonce + sealed)


def _plain_drafts() -> bytes:
    kept = {**asdict(_FORM), "saved_at": START.isoformat()}
    return json.dumps({"version": 1, "drafts": [kept]}).encode()


# ------------------------------------------------ backups


@cache
def _manifest() -> bytes:
    told = Manifest(
        item="backup-0001",
        ledger_id="ledger-1",
        made_at=START,
        program="0.1.0",
        head=Head(7, "ab" * 32),
        size=4096,
        sha256="cd" * 32,
    )
    return manifests.written(told, _made()[1])


def _backup(content: bytes) -> None:
    """A stick with one backup of that list."""
    ring, unwrapped, _key = _made()
    with room() as folder:
        copy = folder / "ketachart-ledger-1" / "20260302-090000-0001"
        copy.mkdir(parents=True)
        (copy / manifests.NAME).write_bytes(content)
        ring.write(copy)
        place.ledger_file(copy).write_bytes(bytes(4096))
        for info in restoring.copies_at(folder):
            assert info.fault or info.made_at is not None
        manifests.is_sealed(content, unwrapped)


# ------------------------------------------------ the ledger itself


@cache
def _ledger() -> tuple[Path, object]:
    """A ledger that was closed, and one as it is while it is open: with its log."""
    home = Path(tempfile.mkdtemp(prefix="fuzz-ledger-", dir=memory()))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    ledger = new_ledger(home / "open")
    for number in range(6):
        ledger.append([draft(number, f"visit-{visit}") for visit in range(2)])
    ledger.append([draft("last")], documents=[paper(b"%PDF" * 500)], shelved=shelved())
    shutil.copytree(home / "open", home / "killed")
    ledger.close()
    return home, ledger.unwrapped


def _killed(name: str) -> bytes:
    return (_ledger()[0] / "killed" / name).read_bytes()


def _with(name: str, content: bytes) -> None:
    home, unwrapped = _ledger()
    with room() as folder:
        there = folder / "ledger"
        shutil.copytree(home / "killed", there)
        (there / name).write_bytes(content)
        for fault in checkup.examine(there, unwrapped):
            a_sentence(fault.sentence)
        try:
            ledger = Ledger.open(there, unwrapped)
        except KetaChartError as error:
            a_sentence(str(error))
            return
        with ledger:
            ledger.verify()
            for stream in ("visit-0", "visit-1"):
                ledger.stream(stream)


def _moment(told: object) -> str:
    """A row's time stands in a column of its own, and is always one."""
    try:
        moment = datetime.fromisoformat(str(told))
    except ValueError:
        return START.isoformat()
    return moment.isoformat() if moment.tzinfo and moment.year in YEARS else START.isoformat()


def _row(content: bytes) -> None:
    """One more row of a visit, by somebody with the ledger's key: its kind and its body."""
    told = _read_json(content)
    if not isinstance(told, dict):
        return
    kind = str(told.get("kind", ""))
    version = told.get("version") if isinstance(told.get("version"), int) else 1
    moment = _moment(told.get("at"))
    row = Row(
        stream="visit-1", entry_id="e-1", kind=kind, version=version,
        body=json.dumps(told.get("body")), author="n-1", at=moment, recorded_at=moment,
        elapsed_ms=0, session="s", seq=999, number=999, chain="", link="",
    )  # fmt: skip
    if isinstance(told.get("body"), dict):
        visit = fold([*whole_reports.visit().entries, codec.entry_of(row)])
        folded(visit, now=last_moment(visit))


@cache
def _rows() -> tuple[bytes, ...]:
    told = (
        {"kind": one.fact.KIND, "version": 1, "at": moment_text(one.at), "body": _body(one.fact)}
        for one in whole_reports.visit().entries
        if one.fact.KIND != "protocol-adopted"
    )
    return tuple(json.dumps(each).encode() for each in told)


def _body(fact: Fact) -> object:
    return json.loads(codec._body_of(fact))


TARGETS = (
    Target(
        name="keyring",
        form="json",
        seeds=lambda: (keyfile.written(_made()[0].kept),),
        door=_keyring,
        in_suite=25,
    ),
    Target(
        name="keyring, forged",
        form="json",
        seeds=lambda: (keyfile.written(_made()[0].kept),),
        door=_forged_keyring,
        in_suite=40,
    ),
    Target(
        name="recovery key",
        form="json",
        seeds=lambda: (_made()[2].content,),
        door=_recovery_key,
        in_suite=25,
    ),
    Target(
        name="recovery key, forged",
        form="json",
        seeds=lambda: (_made()[2].content,),
        door=_forged_recovery_key,
        in_suite=40,
    ),
    Target(
        name="count of guesses",
        form="json",
        seeds=lambda: (
            b'{"n-1":{"failures":5,"since_start_ms":120000}}',
            b'{"n-1":{"failures":9}}',
        ),
        door=_attempts,
        in_suite=40,
    ),
    Target(name="known head", form="json", seeds=lambda: (_known_head(),), door=_head, in_suite=40),
    Target(name="drafts", form="bytes", seeds=lambda: (_drafts(),), door=_drafts_file),
    Target(
        name="drafts, sealed",
        form="json",
        seeds=lambda: (_plain_drafts(),),
        door=_sealed_drafts,
        in_suite=40,
    ),
    Target(
        name="backup's list", form="json", seeds=lambda: (_manifest(),), door=_backup, in_suite=30
    ),
    Target(
        name="ledger",
        form="bytes",
        seeds=lambda: (_killed("ledger.db"),),
        door=lambda content: _with("ledger.db", content),
        longest=1 << 18,
        in_suite=4,
    ),
    Target(
        name="ledger's log",
        form="bytes",
        seeds=lambda: (_killed("ledger.db-wal"),),
        door=lambda content: _with("ledger.db-wal", content),
        longest=1 << 20,
        in_suite=4,
    ),
    Target(name="row of a ledger", form="json", seeds=_rows, door=_row, in_suite=10),
)
