"""When the disk is full the reserve is given free, and the visit can be charted to its end."""

import errno
import shutil

import pytest

from ketachart.errors import DiskFull
from ketachart.storage import access, ballast
from ketachart.storage import folder as place
from ketachart.storage.ballast import MIB, ballast_file
from ketachart.storage.ledger import Ledger
from tests.storage.making import draft, new_ledger, shelved

SIZE = 3 * MIB


def free(monkeypatch, size):
    usage = shutil.disk_usage("/")._replace(free=size)
    monkeypatch.setattr(ballast.shutil, "disk_usage", lambda _folder: usage)


@pytest.mark.parametrize(
    ("room", "made"),
    [(ballast.SCARCE + SIZE - 1, False), (ballast.SCARCE + SIZE, True), (1 << 40, True)],
)
def test_it_is_made_where_there_is_room(tmp_path, monkeypatch, room, made):
    free(monkeypatch, room)
    assert ballast.make(tmp_path, SIZE) is made
    assert ballast.is_made(tmp_path) is made
    if made:
        assert ballast_file(tmp_path).stat().st_size == SIZE
        assert ballast_file(tmp_path).stat().st_mode & 0o777 == 0o600
        first = ballast_file(tmp_path).read_bytes()
        assert len({first[start : start + MIB] for start in range(0, SIZE, MIB)}) == 3
        assert ballast.make(tmp_path, SIZE)
        assert ballast_file(tmp_path).read_bytes() == first


def test_a_disk_that_fills_while_it_is_made_keeps_no_half_of_it(tmp_path, monkeypatch):
    def full(_descriptor):
        raise OSError(errno.ENOSPC, "no space left")

    free(monkeypatch, 1 << 40)
    monkeypatch.setattr(place, "flush", full)
    assert not ballast.make(tmp_path, MIB)
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize(
    ("room", "freed"), [(ballast.NEARLY_NONE - 1, True), (ballast.NEARLY_NONE, False)]
)
def test_a_full_disk_is_given_it_before_the_ledger_is_opened(tmp_path, monkeypatch, room, freed):
    folder = tmp_path / "clinic"
    with new_ledger(folder) as made:
        made.settle()
    ballast_file(folder).write_bytes(b"reserve")
    free(monkeypatch, room)
    with Ledger.open(folder, made.unwrapped) as ledger:
        assert ledger.reserve_freed is freed
        ledger.append([draft(1)])
    assert ballast.is_made(folder) is not freed


def test_a_full_disk_gives_the_reserve_free_and_the_act_is_done_once_more(
    folder, ledger, monkeypatch
):
    real, tried, told = access._whole_act, [], []

    def whole_act(database):
        tried.append(ballast.is_made(folder))
        if tried[-1]:
            raise DiskFull(place.DISK_FULL)
        return real(database)

    ballast_file(folder).write_bytes(b"reserve")
    ledger.when_freed(lambda: told.append(True))
    monkeypatch.setattr(access, "_whole_act", whole_act)
    rows = ledger.append([draft(1)], shelved=shelved())
    assert (tried, told, ledger.reserve_freed) == ([True, False], [True], True)
    assert ledger.stream("visit-1") == rows


def test_a_disk_that_stays_full_is_said_and_asked_no_third_time(folder, ledger, monkeypatch):
    tried = []

    def whole_act(_database):
        tried.append(True)
        raise DiskFull(place.DISK_FULL)

    monkeypatch.setattr(access, "_whole_act", whole_act)
    with pytest.raises(DiskFull):
        ledger.append([draft(1)])
    assert len(tried) == 1, "without a reserve there is nothing to be gained"
    ballast_file(folder).write_bytes(b"reserve")
    with pytest.raises(DiskFull):
        ledger.append([draft(1)])
    assert len(tried) == 3
