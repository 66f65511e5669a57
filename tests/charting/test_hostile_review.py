"""The supervisor's desk under attack: odd folders, a stick pulled out, certificates withdrawn."""

import json
import os
import shutil
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from ketachart import charting
from ketachart.charting import folder_files
from ketachart.charting.certifying import WithdrawTask, taken_back
from ketachart.charting.doubted import as_it_counts
from ketachart.charting.received import taken_of
from ketachart.charting.report_reading import FolderTask, read_report
from ketachart.clock import SetClock
from ketachart.domain.facts.post import ReportTaken
from ketachart.domain.visit import Entry, fold
from ketachart.errors import CannotSign, DiskFull
from ketachart.report.authority import Credential, fingerprint_of
from ketachart.report.verify import verify
from ketachart.report.withdrawn import Withdrawn
from tests.charting.test_room import PASSPHRASE
from tests.helpers.reviewing import LATER, clinic_in, made, prepared, read
from tests.helpers.story import NOON

KEPT = Path(__file__).parents[1] / "ledgers" / "version-1"


@pytest.fixture
def office(tmp_path):
    """The clinic's ledger, with no report yet."""
    made_of_it = clinic_in(tmp_path / "clinic", SetClock(LATER))
    yield made_of_it
    made_of_it.close()


# ------------------------------------------------ folders


@pytest.fixture
def stick(tmp_path):
    """What somebody's stick may look like, with two reports in it."""
    root = tmp_path / "stick"
    deep = root / "a" / "b" / "c"
    deep.mkdir(parents=True)
    for number in range(500):
        (root / f"letter-{number:03}.pdf").write_bytes(b"%PDF-1.7 no report")
    (root / "notes.txt").write_bytes(b"x")
    (root / "the\nfirst\u202efdp.pdf").write_bytes(made().first)
    (deep / "SECOND.PDF").write_bytes(made().second)
    (root / "a" / "round").symlink_to(root, target_is_directory=True)
    (root / "loop.pdf").symlink_to(root / "loop.pdf")
    (root / "a" / "link.pdf").symlink_to(deep / "SECOND.PDF")
    os.mkfifo(root / "pipe.pdf")
    (root / "empty.pdf").write_bytes(b"")
    (root / ".hidden.pdf").write_bytes(made().first)
    with (root / "huge.pdf").open("wb") as huge:
        huge.truncate(2 * 1024**3)
    (root / "package.pdf").write_bytes(b"KETAPACK1\n{}\n")
    (root / "box.keta").write_bytes(made().first)
    return root


def test_a_folder_full_of_other_things_gives_up_its_reports(office, stick):
    found = FolderTask((stick,), made().trust, numbers=False).work()
    assert {one.sha256 for one in found.reports} == {
        read(made().first).sha256, read(made().second).sha256,
    }  # fmt: skip
    assert {one.name for one in found.reports} == {"the first fdp.pdf", "SECOND.PDF"}
    assert [path.name for path in found.packages] == ["box.keta"]
    why = {one.name: one.sentence for one in found.refused}
    assert len(why) == 504
    assert "no file that can be read" in why["pipe.pdf"]
    assert "far larger" in why["huge.pdf"]
    assert "not a PDF" in why["empty.pdf"]
    assert "not a PDF" in why["package.pdf"]
    kept = office.supervision.keep(found)
    assert (kept.taken, kept.conflicts) == (2, 0)
    (line,) = office.supervision.queue()
    assert line.version == 2


def test_more_files_than_are_read_at_once_is_said(stick, monkeypatch):
    monkeypatch.setattr(folder_files, "MOST_FILES", 3)
    files, refused = folder_files.files_of([stick], frozenset({".pdf"}))
    assert len(files) == 3
    assert [one.name for one in refused] == ["More files"]


@pytest.mark.parametrize(
    ("number", "words"),
    [(5, "Was the stick pulled out"), (2, "Was the stick pulled out"), (13, "may not open it"),
     (40, "could not be read")],
)  # fmt: skip
def test_a_folder_that_cannot_be_opened_is_said_and_the_rest_is_read(
    tmp_path, monkeypatch, number, words
):
    (tmp_path / "open").mkdir()
    (tmp_path / "shut").mkdir()
    (tmp_path / "open" / "a.pdf").write_bytes(b"")
    real = os.scandir

    def scandir(path):
        if str(path).endswith("shut"):
            raise OSError(number, "as the system says it", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    files, (refused,) = folder_files.files_of([tmp_path], frozenset({".pdf"}))
    assert [path.name for path in files] == ["a.pdf"]
    assert refused.name == "Folder shut"
    assert words in refused.sentence


def test_a_stick_pulled_out_while_it_is_read_keeps_what_was_read(tmp_path, monkeypatch):
    for name in ("1.pdf", "2.pdf", "3.pdf"):
        (tmp_path / name).write_bytes(made().first if name == "1.pdf" else b"%PDF-")
    real = type(tmp_path).read_bytes

    def read_bytes(path):
        if path.name != "1.pdf":
            raise OSError(5, "Input/output error", str(path))
        return real(path)

    monkeypatch.setattr(type(tmp_path), "read_bytes", read_bytes)
    found = FolderTask((tmp_path,), made().trust, numbers=False).work()
    assert [one.name for one in found.reports] == ["1.pdf"]
    assert {one.sentence for one in found.refused} == {
        "It is not there any more. Was the stick pulled out?"
    }


def test_a_full_disk_in_the_middle_of_a_folder_is_made_good_by_reading_it_again(
    office, tmp_path, monkeypatch
):
    folder = tmp_path / "in"
    folder.mkdir()
    for name, content in (("1.pdf", made().first), ("2.pdf", made().second)):
        (folder / name).write_bytes(content)
    found = office.supervision.reading([folder]).work()
    real, calls = office._ledger.append, []

    def failing(*args, **more):
        calls.append(1)
        if len(calls) == 2:
            raise DiskFull("full")
        return real(*args, **more)

    monkeypatch.setattr(office._ledger, "append", failing)
    with pytest.raises(DiskFull):
        office.supervision.keep(found)
    assert [line.version for line in office.supervision.queue()] == [1]
    again = office.supervision.reading([folder]).work()
    assert again.known == ("1.pdf",)
    assert office.supervision.keep(again).taken == 1
    assert office.verify() == ()


# ------------------------------------------------ certificates that are withdrawn later


def withdrawn(office, reason, since):
    """The nurse's certificate, taken back as the clinic's authority does it."""
    own = read(made().first).verdict.signers[0].fingerprint
    signed = PdfFileReader(BytesIO(made().first)).embedded_signatures[0]
    serial, now = f"{signed.signer_cert.serial_number:x}", office.time.now()
    fact = taken_back(serial, own, reason=reason, since=since, now=now)
    task = WithdrawTask(
        authority=office._ledger.credentials("clinic", "authority")[-1].pkcs12,
        rows=(Withdrawn(serial, reason, since, now),),
        taken_back=(fact,),
        number=1,
        at=now,
    )
    office.certificates.finish(task.work(PASSPHRASE))


@pytest.mark.parametrize(
    ("reason", "minutes", "good"),
    [
        ("left the clinic", -1, False),
        ("left the clinic", 0, False),
        ("left the clinic", 1, True),
        ("replaced", 0, False),
        ("replaced", 1, True),
        ("key lost or stolen", 1, False),
        ("issued in error", 1, False),
    ],
)
def test_what_a_withdrawal_means_for_a_report_that_came_before_it(reason, minutes, good):
    report = read(made().first)
    taken = taken_of(report, item="", ledger="", now=LATER)
    since = report.signed_at + timedelta(minutes=minutes)
    why = taken_back("5a", taken.certificate, reason=reason, since=since, now=LATER)
    post = fold(
        [
            Entry(
                number=1,
                id="taken",
                author="sp",
                recorded_at=LATER,
                elapsed=timedelta(),
                session="",
                fact=taken,
            )
        ]
    )
    (counts,) = as_it_counts(post, {taken.certificate: why}).facts(ReportTaken)
    assert counts.good is good
    assert (reason in counts.fault) is not good
    assert as_it_counts(post, {"another": why}) is post


def test_a_report_that_was_reviewed_is_doubted_once_its_certificate_is_withdrawn(office):
    desk = office.supervision
    desk.keep_report(read(made().first))
    desk.finish(desk.deciding(made().stream, "reviewed").work(PASSPHRASE))
    assert desk.queue()[0].state == "reviewed"
    signed = read(made().first).signed_at
    withdrawn(office, "key lost or stolen", signed + timedelta(hours=20))
    (line,) = desk.queue()
    assert (line.state, line.good) == ("not good", False)
    assert "key lost or stolen" in line.fault
    assert "It was good when it came in" in line.fault
    assert not desk.opening(made().stream).work().good, "the file itself says the same"
    with pytest.raises(CannotSign, match="Choose “has errors”: nothing else can be said of it"):
        desk.deciding(made().stream, "reviewed")
    desk.finish(desk.deciding(made().stream, "has errors", "Key lost").work(PASSPHRASE))
    assert desk.queue()[0].state == "has errors"
    assert desk.trends(signed.date(), LATER.date()).visits == ()


def test_a_queue_of_many_visits_looks_at_the_disk_a_few_times_only(office, monkeypatch):
    """What the window waits for must not grow with every visit by a look at the disk."""
    desk = office.supervision
    for number in range(20):
        report = replace(read(made().second), stream=f"visit-{number}", sha256=f"{number:064}")
        desk._received.append(
            report.stream,
            ((f"taken-{number}", taken_of(report, item="", ledger="", now=office.time.now())),),
            (),
            office.time.now(),
        )
    desk.queue()  # a first piece of them
    assert len(desk.queue()) == 20
    looks = []
    for name in ("length", "stream", "stream_after", "streams_since", "stream_of", "document"):
        real = getattr(office._ledger, name)
        monkeypatch.setattr(
            office._ledger, name, lambda *told, real=real: looks.append(told) or real(*told)
        )
    desk.queue()
    assert len(looks) < 5


def test_a_kept_report_that_is_damaged_does_not_keep_the_others_from_being_read(office):
    desk = office.supervision
    desk.keep_report(read(made().first))
    lost = replace(read(made().second), stream="visit-2", sha256="5a" * 32)
    taken = taken_of(lost, item="", ledger="", now=office.time.now())
    desk._received.append("visit-2", (("taken-2", taken),), (), office.time.now())
    desk._received._visits.clear()
    desk.wake(desk.waking().work())
    assert sorted(line.known for line in desk.queue()) == [False, True]
    assert desk.waking() is None


# ------------------------------------------------ a visit of an older version


def test_a_visit_that_an_older_version_signed_goes_the_whole_way(tmp_path):
    """It has none of the newer tables; it is verified, taken in, opened and judged."""
    shutil.copytree(KEPT, tmp_path / "old")
    told = json.loads((KEPT / "visit.json").read_text(encoding="utf-8"))
    laptop = charting.unlock(
        tmp_path / "old", told["staff_id"], told["passphrase"], SetClock(LATER)
    )
    room = laptop.open_visit(laptop.visits()[0].stream)
    kept = laptop._ledger.credentials("clinic", "authority")[-1]
    root = Credential(
        kept.certificate_pem, kept.pkcs12, fingerprint_of(kept.certificate_pem), "", NOON, LATER
    )
    office = charting.found(
        tmp_path / "clinic", prepared(root, told["passphrase"], LATER), SetClock(LATER)
    )
    desk = office.supervision
    first = read_report("old.pdf", room.signed_report().content, desk.trust_file)
    assert (first.good, first.version) == (True, 1)
    assert desk.keep_report(first) == "new"
    opened = desk.opening(room.stream).work()
    assert opened.good
    assert len(opened.places) > 100
    desk.finish(desk.deciding(room.stream, "reviewed").work(told["passphrase"]))
    _name, countersigned = desk.countersigned(room.stream)
    assert verify(countersigned, trust_pem=desk.trust_file, numbers=False).good
    office.close()
    laptop.close()
