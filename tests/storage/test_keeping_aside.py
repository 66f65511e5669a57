"""Before anything in a ledger is changed, it stands whole a second time."""

import errno
import shutil
from datetime import UTC, datetime

import pytest

from ketachart.errors import DiskFull
from ketachart.storage import keeping_aside
from ketachart.storage.keeping_aside import keep_aside, kept_name
from ketachart.storage.ledger import Ledger
from tests.storage.making import draft

NAME = kept_name(datetime(2026, 11, 22, 18, 46, tzinfo=UTC))


def contents(folder):
    return {path.name: path.read_bytes() for path in keeping_aside.files_of(folder)}


def test_the_name_tells_when():
    assert NAME == "kept-20261122-184600"


def test_the_copy_is_the_ledger_its_log_and_its_keyring(folder, ledger, tmp_path):
    ledger.append([draft(1)])
    left = tmp_path / "left"
    shutil.copytree(folder, left)  # as a killed program leaves it, with a log
    before = contents(left)
    kept = keep_aside(left, NAME)
    assert set(before) == {"ledger.db", "ledger.db-wal", "keyring.json", "keyring.json.bak"}
    assert contents(kept) == before
    assert contents(left) == before
    assert {path.stat().st_mode & 0o777 for path in kept.iterdir()} == {0o600}
    assert kept.stat().st_mode & 0o777 == 0o700
    with Ledger.open(kept, ledger.unwrapped) as again:
        assert again.head() == ledger.head()


@pytest.mark.usefixtures("ledger")
def test_what_was_kept_before_is_never_written_over(folder):
    kept = [keep_aside(folder, NAME) for _ in range(3)]
    assert [path.name for path in kept] == [NAME, f"{NAME}-2", f"{NAME}-3"]


@pytest.mark.usefixtures("ledger")
def test_a_full_disk_leaves_no_half_copy(folder, monkeypatch):
    def full(*_asked):
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(keeping_aside.shutil, "copyfileobj", full)
    before = {path.name for path in folder.iterdir()}
    with pytest.raises(DiskFull):
        keep_aside(folder, NAME)
    assert {path.name for path in folder.iterdir()} == before


@pytest.mark.usefixtures("ledger")
def test_whether_there_is_room_is_asked_of_the_disk(folder, monkeypatch):
    size = sum(path.stat().st_size for path in keeping_aside.files_of(folder))
    usage = shutil.disk_usage(folder)
    for free, room in ((size, False), (size + (1 << 20) - 1, False), (size + (1 << 20), True)):
        told = usage._replace(free=free)
        monkeypatch.setattr(keeping_aside.shutil, "disk_usage", lambda _folder, told=told: told)
        assert keeping_aside.has_room(folder) is room
