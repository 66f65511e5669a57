"""An update is put in wholly or not at all, and the ledger is kept as it was before."""

import errno
import io
import shutil
import tarfile
from datetime import timedelta

import pytest

from ketachart.charting import updating
from ketachart.charting.history import VisitRow
from ketachart.charting.restoring import copies_at
from ketachart.errors import CannotRead, DiskFull, LedgerError, LedgerInUse, Refused
from ketachart.storage import folder as place
from ketachart.update import fitting, installed, journal, rooms, staging, starting, unpacking
from tests.helpers.door import NOON
from tests.update import making


def left_of(laptop):
    """What an update that was not made left, besides backups, journal and lock."""
    known = {"journal.json", "update.lock", "backups"}
    return sorted(set(named(rooms.updates(laptop.folder))) - known) + versions(laptop)


def named(folder):
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def versions(laptop):
    return named(laptop.root / "versions")


def test_the_new_version_counts_and_the_ledger_is_kept_as_it_was(laptop):
    ready = laptop.update()
    assert ready.sentence.startswith("KetaChart 1.0.1 is in place. The ledger is kept as it is now")
    assert (laptop.starts(), laptop.starts()) == ("1.0.1", "1.0.1")
    (copy,) = copies_at(rooms.backups(laptop.folder))
    assert (copy.fault, copy.program) == ("", f"KetaChart {updating.this_one().version}")
    assert (laptop.folder / ready.change.backup / "ledger.db").is_file()
    here = laptop.here("1.0.1")
    found = updating.left_over(laptop.folder, here)
    assert found.what == "done"
    assert found.sentence.startswith("KetaChart was updated from 1.0.0 to 1.0.1. The ledger as it")
    assert updating.left_over(laptop.folder, here) is None
    assert updating.changes(laptop.folder).last_forward("1.0.1").former == "."
    assert starting.read_trial(laptop.root) is None
    office = laptop.office()
    assert office.read_only is None
    assert office.keeping.backups.last() is None  # on the ledger's own disk it is no backup
    office.close()


def test_where_there_is_no_ledger_none_is_kept_and_where_there_is_it_must_be_open(bare, laptop):
    assert bare.update().change.backup == ""
    assert bare.starts() == "1.0.1"
    with pytest.raises(Refused, match="unlock first"):
        laptop.task().work()
    assert left_of(laptop) == []


@pytest.mark.parametrize(
    ("changes", "version", "why"),
    [
        ({"version": "1.0.0"}, "1.0.0", "is what runs here already"),
        ({"version": "0.9.9"}, "1.0.0", "an older one is not put over a newer one"),
        ({"version": "1.0.1"}, "1.0.2", "an older one is not put over a newer one"),
        (
            {"version": "1.2.0", "since": "1.0.1"},
            "1.0.0",
            "Nothing was changed: put 1.0.1 on first",
        ),
        ({"version": "1.2.0", "since": "1.0.0"}, "1.0.0", ""),
        ({"version": "1.2.0", "since": "0.9.0"}, "1.0.0", ""),
        ({"system": "windows"}, "1.0.0", "is for Windows on x86_64, and this laptop is Linux"),
        ({"machine": "aarch64"}, "1.0.0", "is for Linux on aarch64"),
        ({"ledger": 1}, "1.0.0", "cannot read the ledger"),
        ({"ledger": 3}, "1.0.0", ""),
    ],
)
def test_what_does_not_fit_this_laptop_is_refused_and_says_why(bare, changes, version, why):
    path = making.made(bare.stick, **changes)
    seen = updating.look_at(path, NOON, here=bare.here(version))
    assert (why in seen.why_not) if why else seen.why_not == ""
    if why:
        with pytest.raises(Refused, match="Nothing was changed"):
            bare.update(path, version=version)
        assert left_of(bare) == []


def test_a_checkout_and_another_way_of_installing_take_no_such_file(bare):
    told = updating.look_at(making.made(bare.stick), NOON).told
    assert fitting.why_not(told, installed.this_one()) == fitting.FROM_SOURCE
    for way in ("deb", "setup", "app"):
        here = installed.Installed(version="1.0.0", system="linux", machine="x86_64", way=way)
        assert "installed as this one was" in fitting.why_not(told, here)


@pytest.mark.parametrize(("days", "says"), [(0, False), (179, False), (180, True), (400, True)])
def test_an_update_that_was_made_long_ago_says_so(bare, days, says):
    told = updating.look_at(making.made(bare.stick), NOON).told
    words = fitting.age_words(told, making.BUILT + timedelta(days=days))
    assert bool(words) == says
    assert not says or "20 Nov" in words


def row(status, hours, number="261122-01"):
    at = None if hours is None else NOON - timedelta(hours=hours)
    return VisitRow(
        stream="v", day=NOON.date(), number=number, patient="", mrn="", birth_date=None, sex="",
        goal="", series="", status=status, opened_at=at, practice=True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("status", "hours", "stops"),
    [
        ("screening", 0, True), ("order", 1, True), ("infusion", 1, True), ("observation", 2, True),
        ("instructions", 3, True), ("infusion", 23, True), ("infusion", None, True),
        ("infusion", 24, False), ("infusion", 800, False), ("sign", 1, False), ("signed", 1, False),
    ],
)  # fmt: skip
def test_no_update_begins_while_a_visit_is_under_way(status, hours, stops):
    why = updating.why_not_now((row(status, hours),), NOON)
    assert bool(why) == stops
    assert not stops or why.startswith("Visit 261122-01 is under way. Nothing was changed")


@pytest.mark.parametrize(
    ("percent", "charging", "warns"),
    [
        (None, False, False),
        (29, False, True),
        (30, False, False),
        (5, True, False),
        (0, False, True),
    ],
)
def test_a_low_battery_is_said(percent, charging, warns):
    assert bool(updating.battery_words(percent, charging=charging)) == warns


def test_a_disk_without_room_is_said_and_nothing_is_begun(bare, monkeypatch):
    free = shutil.disk_usage(bare.place)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: free)
    with pytest.raises(DiskFull, match="free 1 GB, and choose the update again"):
        bare.update()
    assert left_of(bare) == []
    assert bare.starts() == "1.0.0"


@pytest.mark.parametrize("step", ["copy", "journal", "unpack", "switch"])
def test_a_disk_that_fills_up_on_the_way_leaves_nothing_half(bare, monkeypatch, step):
    def full(*_asked, **_more):
        raise OSError(errno.ENOSPC, "No space left on device")

    where = {
        "copy": (place, "flush"), "journal": (journal, "_write"),
        "unpack": (tarfile.TarFile, "extract"), "switch": (starting, "point_to"),
    }[step]  # fmt: skip
    path = making.made(bare.stick)
    with monkeypatch.context() as patch:
        patch.setattr(*where, full)
        with pytest.raises((DiskFull, OSError)) as failed:
            bare.update(path)
    assert step == "journal" or "full" in str(failed.value) or "not room" in str(failed.value)
    updating.left_over(bare.folder, bare.here())
    assert left_of(bare) == []
    assert (bare.starts(), updating.changes(bare.folder).under_way) == ("1.0.0", None)
    bare.update(path)
    assert bare.starts() == "1.0.1"


def test_whoever_stops_it_has_everything_as_before(bare):
    asked = []

    def cancelled():
        asked.append(1)
        return len(asked) > 3

    with pytest.raises(staging.Stopped, match="runs as before"):
        bare.task().work(cancelled=cancelled)
    assert left_of(bare) == []
    assert bare.starts() == "1.0.0"


def test_only_one_update_at_a_time(laptop):
    from ketachart.update import finishing

    with finishing.held(laptop.folder), pytest.raises(LedgerInUse, match="another KetaChart"):
        laptop.update()
    assert updating.left_over(laptop.folder, laptop.here()) is None


def test_a_stick_that_is_exchanged_after_the_look_brings_nothing_in(bare, monkeypatch):
    """What is copied is looked at again as it lies on the bare."""
    path = making.made(bare.stick)
    evil = making.contents(path)
    name = next(name for name in evil if name.endswith(".gz"))
    evil[name] = evil[name][:-1] + b"!"
    look = staging.read_list

    def exchanged(source, keys):
        told = look(source, keys)
        making.rezipped(path, evil)
        return told

    monkeypatch.setattr(staging, "read_list", exchanged)
    with pytest.raises(CannotRead, match="at least one byte"):
        staging.stage(path, bare.folder, making.KEYS, lambda _told: "")
    assert left_of(bare) == []


def test_a_version_that_does_not_run_here_is_taken_away_again(bare):
    for says in ("9.9.9", "1.0.0"):
        payload = making.archive(bare.stick, says=says)
        with pytest.raises(LedgerError, match="does not start on this laptop"):
            bare.update(making.made(bare.stick, payload=payload))
        assert (left_of(bare), bare.starts()) == ([], "1.0.0")


def _member(name, *, link="", kind=tarfile.REGTYPE):
    info = tarfile.TarInfo(f"ketachart-1.0.1-linux-x86_64/{name}")
    info.type, info.linkname = kind, link
    return [(info, b"")]


@pytest.mark.parametrize(
    "extra",
    [
        _member("../../outside"), _member("link", link="/etc/passwd", kind=tarfile.SYMTYPE),
        _member("link", link="../../../x", kind=tarfile.SYMTYPE),
        _member("hard", link="/etc/passwd", kind=tarfile.LNKTYPE),
        _member("pipe", kind=tarfile.FIFOTYPE), _member("disk", kind=tarfile.BLKTYPE),
    ],
)  # fmt: skip
def test_even_a_signed_archive_writes_nothing_outside_of_its_folder(bare, extra):
    path = making.made(bare.stick, payload=making.archive(bare.stick, extra=extra))
    before = sorted(bare.place.rglob("*"))
    with pytest.raises(CannotRead):
        unpacking.unpack(path, bare.root, making.KEYS)
    assert [p for p in bare.place.rglob("*") if p not in before and p.name != "versions"] == []


def test_an_archive_without_a_program_or_that_is_none_is_refused(bare):
    blank = bare.stick / "x.tar.gz"
    with tarfile.open(blank, "w:gz") as box:
        box.addfile(tarfile.TarInfo("ketachart-1.0.1/readme"), io.BytesIO())
    noise = bare.stick / "y.tar.gz"
    noise.write_bytes(b"no archive" * 100)
    for payload in (blank, noise):
        with pytest.raises(CannotRead):
            bare.update(making.made(bare.stick, payload=payload))
        assert (left_of(bare), bare.starts()) == ([], "1.0.0")
    nothing = bare.stick / "z.deb"
    nothing.write_bytes(b"!<arch>\n")
    with pytest.raises(CannotRead):
        unpacking.unpack(making.made(bare.stick, payload=nothing), bare.root, making.KEYS)


def test_a_version_that_does_not_come_up_is_given_up_after_three_starts(bare):
    bare.update()
    assert [bare.starts() for _ in range(5)] == ["1.0.1", "1.0.1", "1.0.1", "1.0.0", "1.0.0"]
    found = updating.left_over(bare.folder, bare.here())
    assert (found.what, "did not come up in 3 starts" in found.sentence) == ("given up", True)
    assert left_of(bare) == ["KetaChart-1.0.1-linux-x86_64.ketachart-update"]
    assert updating.changes(bare.folder).given_up("1.0.0").after == "1.0.1"
    assert updating.changes(bare.folder).last_forward("1.0.1") is None
    bare.update()  # and it may be tried once more
    assert bare.starts() == "1.0.1"


def test_two_updates_after_each_other_keep_the_version_before(bare):
    bare.update()
    updating.left_over(bare.folder, bare.here("1.0.1"))
    bare.update(making.made(bare.stick, "1.0.2"), version="1.0.1")
    updating.left_over(bare.folder, bare.here("1.0.2"))
    bare.update(making.made(bare.stick, "1.0.3"), version="1.0.2")
    updating.left_over(bare.folder, bare.here("1.0.3"))
    assert versions(bare) == ["1.0.2", "1.0.3"]
    assert bare.starts() == "1.0.3"
    assert len(rooms.kept(bare.folder)) == 2
