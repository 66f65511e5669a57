"""Packages under attack: a disk that fails or does not answer, twice, two laptops, old backups.

One world is made for the whole file, and its ledgers are copied for each test.
"""

import os
from datetime import timedelta
from types import SimpleNamespace

import pytest

from ketachart import charting
from ketachart.charting import post_filling
from ketachart.charting.post_files import packages_in, read_file
from ketachart.clock import SetClock
from ketachart.errors import CannotRead, CannotSign, DiskFull, NotSaved
from tests.charting.test_room import PASSPHRASE
from tests.helpers.story import NOON
from tests.helpers.two_ledgers import Copies, found_clinic, granted, joined, packed, signed_visit


def later():
    """A clock of the days of the copied ledgers."""
    return SetClock(NOON + timedelta(days=2, minutes=1))


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A clinic that took a nurse's first report in, and asked about it."""
    folder = tmp_path_factory.mktemp("hostile")
    copies = Copies(folder)
    clinic = found_clinic(folder / "clinic")
    card = clinic.post.card().work(PASSPHRASE).content
    laptop = joined(folder / "laptop", card)
    granted(clinic, laptop)
    room = signed_visit(laptop)
    first, report = packed(laptop), room.signed_report().content
    clinic.close()
    before = copies.of(folder / "clinic", "sp")
    before.close()
    clinic = copies.of(folder / "clinic", "sp")
    clinic.post.take(first)
    asked = clinic.supervision.ask(room.stream, "Was it 28?")
    questions = packed(clinic, note=False)
    clinic.close()
    laptop.close()
    return SimpleNamespace(
        copies=copies, card=card, stream=room.stream, first=first, report=report, asked=asked,
        questions=questions, clinic=clinic.folder, laptop=folder / "laptop", before=before.folder,
    )  # fmt: skip


@pytest.fixture
def opened(world):
    """Opens copies of ledgers; all are closed at the end."""
    offices = []

    def of(place, staff_id):
        offices.append(world.copies.of(place, staff_id))
        return offices[-1]

    yield of
    for office in offices:
        office.close()


@pytest.fixture
def clinic(world, opened):
    """The clinic."""
    return opened(world.clinic, "sp")


@pytest.fixture
def laptop(world, opened):
    """The nurse's laptop; the question has not come."""
    return opened(world.laptop, "ja")


# ------------------------------------------------ the disk


def tried_again(office, monkeypatch, act, fault, *, kept):
    """The act, while the disk fails at its last write: after it, or instead of it; then again."""
    real, tries = office._ledger.append, []

    def failing(*args, **more):
        tries.append(kept and real(*args, **more))
        monkeypatch.setattr(office._ledger, "append", real)
        raise fault

    monkeypatch.setattr(office._ledger, "append", failing)
    before = office._ledger.head()
    with pytest.raises(type(fault)):
        act()
    assert (office._ledger.head() != before) is kept
    office.time._clock.pass_time(timedelta(seconds=9))
    act()
    after = office._ledger.head()
    act()
    assert office._ledger.head() == after, "once more, and it is kept once"
    assert office.verify() == ()


@pytest.mark.parametrize(
    "disk",
    [(DiskFull("full"), False), (NotSaved("lost"), False), (NotSaved("lost"), True)],
)
def test_a_disk_that_is_full_or_does_not_answer_loses_and_doubles_nothing(
    world, clinic, laptop, monkeypatch, disk
):
    (fault, kept), (whom,) = disk, clinic.post.correspondents()
    made = clinic.post.packing(whom.ledger).work(PASSPHRASE)
    listed = clinic.certificates.listing().work(PASSPHRASE)
    verdict = clinic.supervision.deciding(world.stream, "question").work(PASSPHRASE)
    read = laptop.post.reading(world.questions).work()
    for office, act in (
        (clinic, lambda: clinic.post.sent(made)),
        (clinic, lambda: clinic.certificates.finish(listed)),
        (clinic, lambda: clinic.supervision.finish(verdict)),
        (laptop, lambda: laptop.post.keep(read)),
    ):
        tried_again(office, monkeypatch, act, fault, kept=kept)
    assert clinic.post.outbox(whom.ledger).waiting == 2, "the new list and the verdict"
    assert len(laptop.post.open_questions()) == 1


# ------------------------------------------------ what is no package


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (lambda _world: b"", "is empty"),
        (lambda world: world.report, "a PDF, not a package"),
        (lambda world: world.card, "a clinic's card"),
        (lambda world: world.first.replace(b"PACK1", b"PACK2"), "newer KetaChart"),
        (lambda _world: b"PK\x03\x04", "not a package"),
    ],
)
def test_another_file_with_the_name_of_a_package_is_called_what_it_is(world, clinic, made, words):
    with pytest.raises(CannotRead, match=words):
        clinic.post.take(made(world))


def test_a_package_that_was_cut_anywhere_brings_nothing(world, clinic):
    before = clinic._ledger.head()
    for tenth in range(1, 10):
        with pytest.raises(CannotRead, match="changed or damaged on its way"):
            clinic.post.take(world.first[: len(world.first) * tenth // 10])
    assert clinic._ledger.head() == before


# ------------------------------------------------ asked, granted and joined twice


def test_a_request_that_is_granted_twice_leaves_no_certificate_that_is_offered_for_ever(
    clinic, laptop
):
    assert laptop.post.granted() == ""
    request = clinic.post.requests()[-1].fact
    for days in (730, 760):
        task = clinic.certificates.issuing(
            request.staff_id, request.name, request.credential, request.request, days=days
        )
        clinic.certificates.finish(task.work(PASSPHRASE))
    laptop.post.take(packed(clinic))
    before = laptop.certificates.own()
    task = laptop.certificates.completing(laptop.post.granted())
    laptop.certificates.finish(task.work(PASSPHRASE))
    after = laptop.certificates.own()
    assert after.until - before.until > timedelta(days=30), "the one that lasts longest"
    assert laptop.post.granted() == ""
    assert laptop.certificates.waiting_request() == ""


def test_the_answer_to_an_earlier_request_is_taken_too(clinic, laptop):
    """The nurse asked twice, and the clinic answered the request that came first."""
    asked = []
    for _ in range(2):
        asked.append(laptop.certificates.requesting().work(PASSPHRASE))
        laptop.certificates.keep_request(asked[-1])
        laptop.time._clock.pass_time(timedelta(minutes=1))
        clinic.post.take(packed(laptop))
    for one in asked:
        (request,) = [r.fact for r in clinic.post.requests() if r.fact.request == one.csr_pem]
        task = clinic.certificates.issuing("ja", request.name, request.credential, request.request)
        made = clinic.certificates.finish(task.work(PASSPHRASE))
        laptop.post.take(packed(clinic))
        assert laptop.post.granted() == made
        task = laptop.certificates.completing(made)
        laptop.certificates.finish(task.work(PASSPHRASE))
        assert laptop.certificates.own().pem == made
    assert laptop.post.granted() == ""


def test_a_nurse_on_two_laptops_gets_for_each_what_is_its_own(world, clinic, laptop, tmp_path):
    other = joined(tmp_path / "other", world.card, later())
    clinic.post.take(packed(other))
    request = clinic.post.requests()[-1]
    assert "has a laptop on file already" in request.warning
    granted(clinic, other)
    assert other.certificates.own() is not None
    names = {one.ledger: one.name for one in clinic.post.correspondents()}
    assert sorted(names.values()) == ["Julia Alvarez, RN", "Julia Alvarez, RN (laptop 2)"]
    for office in (laptop, other):
        waits = [line.kind for line in clinic.post.outbox(office.post._book.id).lines]
        assert ("question" in waits) is (office is laptop), "the visit is the first laptop's"
        assert waits.count("certificate") <= 1, "the other's key is not here"
    room = signed_visit(other)
    assert room.visit.opened.visit == "261124-01"
    clinic.post.take(packed(other))
    assert len(clinic.supervision.queue()) == 2
    other.close()


def test_two_visits_of_one_number_are_two_visits(world, clinic, laptop, tmp_path):
    """Two laptops count their visits alone: both have a first one on the same day."""
    other = joined(tmp_path / "other", world.card, later(), staff_id="rb", name="Rosa Blanc")
    granted(clinic, other)
    streams = []
    for office in (laptop, other):
        streams.append(signed_visit(office).stream)
        clinic.post.take(packed(office))
    lines = [line for line in clinic.supervision.queue() if line.number == "261124-01"]
    assert {line.stream: line.nurse for line in lines} == {
        streams[0]: "Julia Alvarez, RN", streams[1]: "Rosa Blanc, RN",
    }  # fmt: skip
    assert not any(line.conflict for line in lines)
    clinic.supervision.ask(streams[1], "Which arm?")
    other.post.take(packed(clinic, whom=other))
    assert [one.stream for one in other.post.open_questions()] == [streams[1]]
    other.close()


def test_a_certificate_for_a_laptop_that_is_not_on_file_yet_still_waits_to_be_granted(
    world, clinic, tmp_path
):
    """The disk failed between the certificate and the laptop's own entry."""
    other = joined(tmp_path / "other", world.card, later(), staff_id="rb", name="Rosa Blanc")
    clinic.post.take(packed(other))
    fact = clinic.post.requests()[-1].fact
    task = clinic.certificates.issuing(fact.staff_id, fact.name, fact.credential, fact.request)
    clinic.certificates.finish(task.work(PASSPHRASE))
    assert not clinic.post.requests()[-1].granted
    clinic.post.admit(fact.item)
    assert clinic.post.requests()[-1].granted
    other.close()


def test_a_staff_number_of_somebody_else_is_warned_of(world, clinic, tmp_path):
    other = joined(tmp_path / "other", world.card, name="Rosa Blanc")
    clinic.post.take(packed(other))
    assert "is Julia Alvarez's here" in clinic.post.requests()[-1].warning
    assert clinic.post.requests()[0].warning == ""
    other.close()


# ------------------------------------------------ old backups, and too much


def test_a_laptop_restored_from_an_old_backup_gets_again_what_it_lost(world, opened, clinic):
    """What it said it had is believed only until it says, later, that it has less."""
    laptop, backup = opened(world.laptop, "ja"), opened(world.laptop, "ja")
    laptop.post.take(world.questions)
    earlier = packed(backup)
    laptop.time._clock.pass_time(timedelta(minutes=1))
    clinic.post.take(packed(laptop))
    assert clinic.post.outbox(laptop.post._book.id).lines == ()
    clinic.post.take(earlier)
    assert clinic.post.outbox(laptop.post._book.id).lines == (), "an older package tells no loss"
    backup.time._clock.pass_time(timedelta(minutes=2))
    taken = clinic.post.take(packed(backup))
    assert "no longer has 2 things" in taken.lines[-1].words
    kinds = [line.kind for line in clinic.post.outbox(laptop.post._book.id).lines]
    assert kinds == ["receipt", "question"]
    backup.post.take(packed(clinic))
    assert len(backup.post.open_questions()) == 1
    assert backup.post.standing(world.stream).open_questions == 1
    backup.time._clock.pass_time(timedelta(minutes=1))
    clinic.post.take(packed(backup))
    assert clinic.post.outbox(laptop.post._book.id).lines == ()


def test_a_clinic_restored_from_an_old_backup_is_told_which_reports_it_lacks(world, opened, laptop):
    laptop.post.take(world.questions)
    restored = opened(world.before, "sp")
    taken = restored.post.take(packed(laptop))
    (line,) = [line for line in taken.lines if line.kind == "arrived"]
    assert line.state == "conflict"
    assert "receipts of 1 report that this ledger does not have" in line.words
    assert restored.post.take(world.first).new >= 1
    taken = restored.post.take(packed(laptop))
    assert taken.conflict == 0


def test_more_than_a_package_holds_goes_with_the_next(clinic, laptop, monkeypatch):
    (whom,) = clinic.post.correspondents()
    clinic.certificates.finish(clinic.certificates.listing().work(PASSPHRASE))
    every = {line.item for line in clinic.post.outbox(whom.ledger).lines}
    assert len(every) == 3
    monkeypatch.setattr(post_filling, "MOST_ITEMS", 1)
    brought = set()
    for _ in every:
        made = clinic.post.packing(whom.ledger).work(PASSPHRASE)
        clinic.post.sent(made)
        brought |= {line.item for line in made.lines}
        assert laptop.post.take(made.content).new == 1
    assert brought == every
    assert clinic.post.outbox(whom.ledger).waiting == 0


# ------------------------------------------------ clocks


def test_a_laptop_whose_clock_is_slow_is_told_so_and_makes_no_package_that_nobody_takes(
    world, opened
):
    made = opened(world.laptop, "ja")
    since = made.certificates.own().since
    made.close()
    slow = charting.unlock(made.folder, "ja", PASSPHRASE, SetClock(since - timedelta(seconds=1)))
    (whom,) = slow.post.correspondents()
    with pytest.raises(CannotSign, match=r"begins on 22 Nov 2026 at .* clock says 22 Nov 2026"):
        slow.post.packing(whom.ledger)
    slow.time._clock.pass_time(timedelta(seconds=1))
    assert slow.post.packing(whom.ledger).work(PASSPHRASE).content
    slow.close()


@pytest.mark.parametrize("days", [-1, 40])
def test_clocks_that_differ_by_days_lose_nothing(world, days):
    """The clinic's clock is a day slow, or the laptop's package comes from weeks ahead."""
    folder = world.copies.of(world.before, "sp")
    folder.close()
    clinic = charting.unlock(folder.folder, "sp", PASSPHRASE, SetClock(NOON - timedelta(days=days)))
    assert clinic.post.take(world.first).new == 2
    (line,) = clinic.supervision.queue()
    assert (line.state, line.good) == ("waiting", True)
    assert clinic.verify() == ()
    clinic.close()


def test_packages_are_found_on_an_odd_stick_and_what_cannot_be_read_is_said(
    world, clinic, tmp_path, monkeypatch
):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "round").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a" / "first\n.KETA").write_bytes(world.first)
    os.mkfifo(tmp_path / "pipe.keta")
    with (tmp_path / "huge.keta").open("wb") as huge:
        huge.truncate(2 * 1024**3)
    (tmp_path / "pulled.keta").write_bytes(world.first)
    real = type(tmp_path).read_bytes

    def read_bytes(path):
        if path.name == "pulled.keta":
            raise OSError(5, "Input/output error", str(path))
        return real(path)

    monkeypatch.setattr(type(tmp_path), "read_bytes", read_bytes)
    said = {}
    task = clinic.post.reading(b"")
    for path in packages_in([tmp_path, tmp_path / "gone.keta"]):
        try:
            said[path.name] = read_file(task, path, lambda _step: None).by
        except CannotRead as error:
            said[path.name] = str(error)
    assert said.pop("first\n.KETA") == "Julia Alvarez, RN"
    assert "no file that can be read" in said.pop("pipe.keta")
    assert "far larger than any package" in said.pop("huge.keta")
    assert set(said) == {"pulled.keta", "gone.keta"}
    assert set(said.values()) == {"It is not there any more. Was the stick pulled out?"}
