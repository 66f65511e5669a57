"""Makes ledgers, drafts and papers for the tests of the storage; names of people are invented."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

from ketachart.clock import SetClock
from ketachart.storage.canonical import canonical
from ketachart.storage.entry import Document, Draft, Shelved
from ketachart.storage.keyring import FAST_FOR_TESTS, Keyring, Person, Unwrapped, unlock
from ketachart.storage.ledger import Ledger

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NURSE = Person("n-1", "Nora Example", "RN")
COLLEAGUE = Person("n-2", "Cleo Example", "RN")
PASSPHRASE = "seven lanterns by the quay"
OTHER_PASSPHRASE = "a heron counts no clocks"


def practice_keyring(ledger_id="ledger-1") -> tuple[Keyring, Unwrapped]:
    return Keyring.create(ledger_id, person=NURSE, passphrase=PASSPHRASE, kdf=FAST_FOR_TESTS)


def new_ledger(folder: Path) -> Ledger:
    keyring, unwrapped = practice_keyring()
    return Ledger.create(
        folder, keyring=keyring, unwrapped=unwrapped, made_by="0.1.0", clock=SetClock(START)
    )


def unlocked(folder: Path) -> Unwrapped:
    return unlock(folder, NURSE.staff_id, PASSPHRASE, SetClock(START))


def reopened(folder: Path) -> Ledger:
    return Ledger.open(folder, unlocked(folder))


def draft(mark, stream="visit-1", *, kind="vitals-taken", said="128/82", supersedes=None) -> Draft:
    return Draft(
        stream=stream,
        entry_id=f"{stream}/{mark}",
        kind=kind,
        version=1,
        body=canonical({"said": said, "mark": str(mark)}),
        author="n-1",
        at="2026-03-02T09:15:00.000+00:00",
        recorded_at="2026-03-02T09:16:00.000+00:00",
        elapsed_ms=960_000,
        session="session-1",
        supersedes=supersedes,
    )


def shelved(stream="visit-1", *, day="2026-03-02", label="Zoë Example", status="open") -> Shelved:
    return Shelved(stream=stream, day=day, label=label, status=status, summary="{}")


def paper(content=b"%PDF-1.7 a paper", stream="visit-1") -> Document:
    return Document(
        sha256=hashlib.sha256(content).hexdigest(),
        stream=stream,
        kind="report",
        name="report.pdf",
        made_at="2026-03-02T11:00:00.000+00:00",
        content=content,
    )
