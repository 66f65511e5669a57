"""What the ledger acknowledged survives a full disk and a folder that cannot be written.

Kills, power cuts and faults at each call: `test_torment.py`.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from ketachart.clock import SetClock
from ketachart.errors import DiskFull, FolderReadOnly, LedgerError, NotSaved
from ketachart.storage.keyring import Keyring
from ketachart.storage.ledger import Ledger
from tests.storage.making import (
    START,
    draft,
    new_ledger,
    paper,
    practice_keyring,
    reopened,
    shelved,
    unlocked,
)

MIB = 1024 * 1024


@contextmanager
def mounted(folder, *options):
    """Mounts something over a folder for as long as it is needed."""
    subprocess.run(["mount", *options, str(folder)], check=True, capture_output=True)
    try:
        yield folder
    finally:
        # lazily: a file that a failed test still holds open must not keep the mount
        subprocess.run(["umount", "-l", str(folder)], check=True, capture_output=True)


@contextmanager
def small_disk():
    """A disk of 3 MB, outside pytest's folders: what a killed run leaves mounted hinders no one."""
    folder = Path(tempfile.mkdtemp(prefix="small-disk-"))
    try:
        with mounted(folder, "-t", "tmpfs", "-o", "size=3m", "none"):
            yield folder
    finally:
        folder.rmdir()


def can_mount():
    """Whether this account may mount; root in a container often may not."""
    if sys.platform != "linux" or os.geteuid() != 0 or shutil.which("mount") is None:
        return False
    try:
        with small_disk():
            return True
    except subprocess.CalledProcessError:
        return False


def charted_until_refused(ledger):
    """Charts one entry after another until one is refused: what was kept, and the refusal."""
    kept = []
    while True:
        try:
            kept += ledger.append([draft(len(kept))], shelved=shelved())
        except LedgerError as refusal:
            return kept, refusal


def fill(path):
    """Takes all the room that is left on the disk."""
    with pytest.raises(OSError, match="No space"):
        path.write_bytes(b"\0" * 4 * MIB)


def refusal_of(ask):
    """The error with which ``ask`` is refused, or None."""
    try:
        ask()
    except LedgerError as refusal:
        return refusal
    return None


needs_mount = pytest.mark.skipif(
    not can_mount(), reason="only root on Linux can mount a small disk"
)


@needs_mount
def test_on_a_full_disk_nothing_acknowledged_is_lost_and_charting_goes_on_after():
    with small_disk() as disk:
        filler = disk / "filler"
        filler.write_bytes(b"\0" * MIB)
        folder = disk / "clinic"
        ledger = new_ledger(folder)
        kept, refusal = charted_until_refused(ledger)
        assert type(refusal) is DiskFull
        assert len(kept) > 20
        assert list(ledger.stream("visit-1")) == kept
        with pytest.raises(DiskFull):
            ledger.append([draft("big")], documents=[paper(os.urandom(MIB))])
        assert list(ledger.stream("visit-1")) == kept
        filler.unlink()
        kept += ledger.append([draft(len(kept))])
        assert ledger.verify() == ()
        ledger.close()
        with reopened(folder) as again:
            assert list(again.stream("visit-1")) == kept


@needs_mount
def test_a_ledger_closed_on_a_full_disk_can_still_be_read_there():
    with small_disk() as disk:
        folder = disk / "clinic"
        ledger = new_ledger(folder)
        kept = [row for number in range(100) for row in ledger.append([draft(number)])]
        fill(disk / "filler")
        ledger.close()
        assert (folder / "ledger.db-wal").stat().st_size > 0
        assert type(refusal_of(lambda: unlocked(folder))) is DiskFull
        with Ledger.open(folder, ledger.unwrapped) as again:
            assert list(again.stream("visit-1")) == kept
            assert type(refusal_of(lambda: again.append([draft("more")]))) is DiskFull
            (disk / "filler").unlink()
            assert again.verify() == ()
        with reopened(folder) as again:
            assert list(again.stream("visit-1")) == kept


@needs_mount
def test_a_disk_that_filled_up_since_is_named_at_opening():
    with small_disk() as disk:
        folder = disk / "clinic"
        with new_ledger(folder) as ledger:
            kept = ledger.append([draft(1)])
        fill(disk / "filler")
        assert type(refusal_of(lambda: unlocked(folder))) is DiskFull
        refusal = refusal_of(lambda: Ledger.open(folder, ledger.unwrapped))
        assert "check that the disk is not full" in str(refusal)
        (disk / "filler").unlink()
        with reopened(folder) as again:
            assert again.stream("visit-1") == kept


@needs_mount
def test_a_ledger_cannot_be_made_on_a_full_disk_and_can_once_there_is_room():
    with small_disk() as disk:
        fill(disk / "filler")
        with pytest.raises(DiskFull):
            new_ledger(disk / "clinic")
        (disk / "filler").unlink()
        with new_ledger(disk / "clinic") as ledger:
            ledger.append([draft(1)])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on a file's size")
def test_where_a_file_may_not_grow_nothing_acknowledged_is_lost(tmp_path):
    """A disk that refuses every write beyond some size; needs no rights, unlike a small disk."""
    ledger = new_ledger(tmp_path / "clinic")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (MIB, hard))
    try:
        kept, refusal = charted_until_refused(ledger)
        again = refusal_of(lambda: ledger.append([draft(len(kept))]))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert {type(refusal), type(again)} <= {DiskFull, NotSaved}
    assert len(kept) > 20
    assert list(ledger.stream("visit-1")) == kept
    kept += ledger.append([draft(len(kept))])
    ledger.close()
    with reopened(tmp_path / "clinic") as again:
        assert list(again.stream("visit-1")) == kept
        assert again.verify() == ()


@needs_mount
def test_a_folder_that_cannot_be_written_is_named_and_nothing_is_changed():
    folder = Path(tempfile.mkdtemp(prefix="read-only-"))
    with new_ledger(folder) as ledger:
        unwrapped = ledger.unwrapped
        kept = ledger.append([draft(1)])
    with mounted(folder, "--bind", str(folder)):
        subprocess.run(["mount", "-o", "remount,bind,ro", str(folder)], check=True)
        with Ledger.open(folder, unwrapped) as to_read:
            assert to_read.read_only.why == "folder"
            assert to_read.stream("visit-1") == kept
        for ask in (
            lambda: Keyring.read(folder).write(folder),
            lambda: new_ledger(folder),
            lambda: new_ledger(folder / "inner"),
        ):
            with pytest.raises(FolderReadOnly, match="may not write in its folder"):
                ask()
    with reopened(folder) as again:
        assert again.stream("visit-1") == kept
    shutil.rmtree(folder)


def test_a_ledger_under_a_file_is_named_and_not_a_traceback(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    keyring, unwrapped = practice_keyring()
    with pytest.raises(FolderReadOnly):
        Ledger.create(
            tmp_path / "file" / "clinic",
            keyring=keyring,
            unwrapped=unwrapped,
            made_by="1",
            clock=SetClock(START),
        )
    with pytest.raises(LedgerError, match="no ledger in this folder"):
        Ledger.open(tmp_path / "file" / "clinic", unwrapped)


MARKER = "Quillfeather"


def files_with_the_marker(folder):
    marks = [MARKER.encode(), MARKER.encode("utf-16-le"), MARKER.lower().encode()]
    contents = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {name for name, content in contents.items() if any(mark in content for mark in marks)}


def test_no_word_of_a_chart_is_readable_in_any_file(tmp_path):
    folder = tmp_path / "clinic"
    with new_ledger(folder) as ledger:
        for number in range(400):
            ledger.append(
                [draft(f"{MARKER}-{number}", said=MARKER)],
                shelved=shelved(label=MARKER),
                documents=[paper(MARKER.encode() * 500 + bytes(str(number), "ascii"))],
            )
            if number == 200:
                ledger.settle()
        ledger.put_setting(MARKER, MARKER)
        ledger.add_credential(
            MARKER, "nurse", made_at="d", certificate_pem=MARKER, pkcs12=MARKER.encode()
        )
        assert {"ledger.db", "ledger.db-wal", "ledger.db-shm"} <= {
            path.name for path in folder.iterdir()
        }
        assert files_with_the_marker(folder) == set()
    assert files_with_the_marker(folder) == set()
    (folder / "control").write_text(f"…{MARKER}…", encoding="utf-8")
    assert files_with_the_marker(folder) == {"control"}
