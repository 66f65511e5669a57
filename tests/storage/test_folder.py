"""Files are written whole or not at all, are private, and a folder that will not do is named."""

import errno
import os
import stat
import subprocess
import sys

import pytest

from ketachart.errors import DiskFull, FolderReadOnly, LedgerInUse, NotSaved
from ketachart.storage import folder as place
from ketachart.storage.instance import Hold


def test_a_file_is_replaced_whole_and_is_private(tmp_path):
    path = tmp_path / "keyring.json"
    path.write_bytes(b"old")
    path.chmod(0o644)
    (tmp_path / "keyring.json.part").write_bytes(b"left by a killed run")
    place.write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["keyring.json"]


def test_content_and_name_are_on_the_disk_before_it_goes_on(tmp_path, monkeypatch):
    order = []
    real_fsync, real_replace = os.fsync, os.rename

    def fsync(descriptor):
        kind = "name" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "content"
        order.append(kind)
        real_fsync(descriptor)

    def replace(path, target):
        order.append("rename")
        real_replace(path, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr("pathlib.Path.replace", replace)
    place.write_whole(tmp_path / "keyring.json", b"new")
    assert order == ["content", "rename", "name"]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EDQUOT, DiskFull),
        (errno.EROFS, FolderReadOnly),
        (errno.EACCES, FolderReadOnly),
        (errno.EIO, NotSaved),
    ],
)
def test_a_fault_while_writing_leaves_the_old_file(tmp_path, monkeypatch, number, expected):
    path = tmp_path / "keyring.json"
    place.write_whole(path, b"old")

    def fsync(_descriptor):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(expected):
        place.write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["keyring.json"]


def test_a_folder_is_made_private_even_if_it_was_open_to_all(tmp_path):
    folder = tmp_path / "clinic" / "ledger"
    place.make_private(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    folder.chmod(0o755)
    place.make_private(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_made_is_named_so(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    for folder in (tmp_path / "file", tmp_path / "file" / "clinic"):
        with pytest.raises(FolderReadOnly, match="may not write"):
            place.make_private(folder)


def test_a_lock_that_cannot_be_written_is_named_so(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(FolderReadOnly):
        Hold(tmp_path / "file")


def test_only_one_at_a_time_in_this_program_and_among_programs(tmp_path):
    hold = Hold(tmp_path)
    with pytest.raises(LedgerInUse, match="already open"):
        Hold(tmp_path)
    asked = (
        "from pathlib import Path\n"
        "from ketachart.storage.instance import Hold\n"
        f"Hold(Path({str(tmp_path)!r}))"
    )
    other = [sys.executable, "-c", asked]
    done = subprocess.run(other, capture_output=True, check=False)
    assert b"LedgerInUse" in done.stderr
    hold.release()
    hold.release()
    assert subprocess.run(other, capture_output=True, check=False).returncode == 0


def test_a_killed_program_leaves_no_lock_behind(tmp_path):
    asked = (
        "import os, signal; from pathlib import Path\n"
        "from ketachart.storage.instance import Hold\n"
        f"hold = Hold(Path({str(tmp_path)!r})); os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=False)
    assert done.returncode == -9
    Hold(tmp_path).release()
