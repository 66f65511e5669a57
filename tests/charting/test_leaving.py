"""A signed visit leaves the laptop only once the clinic has it, and then nothing is left of it."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest

from ketachart import charting
from ketachart.charting.restoring import RestoreTask, copies_at, prove_copy
from ketachart.charting.stays import STAYS
from ketachart.domain.facts.post import VisitPlanned
from ketachart.domain.facts.safekeeping import LAPTOP, BackupMade, RetentionSet, VisitLeft
from ketachart.errors import LedgerError, NotSaved, Refused
from ketachart.storage import leaving_again, seeking
from ketachart.storage.entry import Shelved
from tests.charting.test_room import PASSPHRASE, new_visit
from tests.helpers.story import NOON
from tests.helpers.two_ledgers import Copies, answer, found_clinic, granted, joined, packed

DAYS = 30
LATER = timedelta(days=DAYS + 3)
WHO = {"family_name": "Quillfeather", "given_name": "Zebedee", "mrn": "QF-77"}
WORDS = ("Quillfeather", "Zebedee", "QF-77")


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A visit that was planned, opened, signed, asked about, answered and reviewed."""
    folder = tmp_path_factory.mktemp("world")
    clinic = found_clinic(folder / "clinic")
    laptop = joined(folder / "laptop", clinic.post.card().work(PASSPHRASE).content)
    granted(clinic, laptop)
    new, other = new_visit(**WHO), new_visit(mrn="MRN-2")
    plan = VisitPlanned(
        at=clinic.time.now(), item="", day=clinic.time.now().date(), patient=new.patient,
        order=new.order, note="Quillfeather rings twice",
    )  # fmt: skip
    clinic.post.plan(plan)
    laptop.post.take(packed(clinic, whom=laptop))
    (planned,) = laptop.post.planned()
    laptop.new_visit(other)
    room = laptop.new_visit(replace(new, plan=planned.item))
    room.sign(PASSPHRASE, incomplete="practice")
    clinic.post.take(packed(laptop))
    asked = clinic.supervision.ask(room.stream, "Was it Quillfeather's?")
    laptop.post.take(packed(clinic, whom=laptop))
    answer(room, asked, "Quillfeather's own.")
    clinic.post.take(packed(laptop))
    clinic.supervision.finish(clinic.supervision.deciding(room.stream, "reviewed").work(PASSPHRASE))
    verdict = packed(clinic, whom=laptop)
    laptop.close()
    clinic.close()
    copies = Copies(folder)
    return SimpleNamespace(
        copies=copies, stream=room.stream, folder=folder / "laptop", verdict=verdict,
        clinic=folder / "clinic",
    )  # fmt: skip


@pytest.fixture
def office(world):
    opened = world.copies.of(world.folder, "ja")
    yield opened
    opened.close()


@pytest.fixture
def ready(office, world):
    """The verdict came, a backup was made, a supervisor set the days, and they passed."""
    office.post.take(world.verdict)
    backed_up(office)
    allowed(office)
    return office


def backed_up(office):
    head = office._ledger.head()
    office.keeping.record(
        BackupMade(
            at=office.time.now(), item="copy-1", why="asked for", head_seq=head.seq,
            head_link=head.link, sha256="0" * 64, size=1,
        )
    )  # fmt: skip


def allowed(office, days=DAYS, **more):
    office.keeping.record(RetentionSet(at=office.time.now(), days=days, **more))
    office.time._clock.pass_time(LATER)


def why(office, stream):
    now = office.time.now()
    return {one.row.stream: one.why for one in office.keeping.leaving.standing(now)}[stream]


def everything(office):
    database = office._ledger._database
    names = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    rows = (database.execute(f"SELECT * FROM {name}").fetchall() for (name,) in names)  # noqa: S608 - own names
    return str(list(rows))


def test_it_leaves_and_no_table_holds_a_word_about_the_patient(ready, world):
    assert all(word in everything(ready) for word in WORDS)
    assert why(ready, world.stream) == ""
    number = next(row.number for row in ready.visits() if row.stream == world.stream)
    (other,) = [row.stream for row in ready.visits() if row.stream != world.stream]
    for stream in (other, "no such visit", LAPTOP):
        with pytest.raises(LedgerError, match="no such signed visit"):
            ready.keeping.leaving.let_go([world.stream, stream])
    (left,) = ready.keeping.leaving.let_go([world.stream])
    assert (left.visit, left.days, left.backup) == (number, DAYS, "copy-1")
    held = everything(ready)
    assert not [word for word in WORDS if word in held]
    assert ready.keeping.leaving.let_go([world.stream]) == (left,)  # as it was done
    assert len(ready.keeping.facts(VisitLeft)) == 1
    assert ready.verify() == ()


def test_what_is_left_of_it_reads_on_its_own(ready, world):
    stock, policy = ready.stock.book(), ready.keeping.leaving
    policy.let_go([world.stream])
    row = next(one for one in ready.visits() if one.stream == world.stream)
    assert (row.status, row.patient, row.mrn, row.birth_date) == ("left", "", "", None)
    assert ready.visits(search="quill") == ()
    assert [one.number for one in ready.visits(search=row.number)] == [row.number]
    with pytest.raises(LedgerError, match=r"left this laptop on .* clinic has its signed report"):
        ready.open_visit(world.stream)
    assert ready.known_patient("QF-77") is None
    assert ready.post.standing(world.stream).words.startswith("Left this laptop")
    assert ready.post.standings()[world.stream].state == "received"
    assert (ready.post.open_questions(), ready.post.planned()) == ((), ())
    assert ready.post.outbox(ready.post.correspondents()[0].ledger).lines == ()
    assert ready.stock.book() == stock
    assert ready.last_kit() == {}
    assert [one.row.stream for one in policy.standing(ready.time.now())] == []
    assert policy.left(world.stream).stream == world.stream


def test_charting_and_the_post_go_on_beside_it(ready, world):
    ready.keeping.leaving.let_go([world.stream])
    assert ready.post.take(world.verdict).new == 0  # the clinic says once more what it said
    room = ready.new_visit(new_visit(**WHO))  # the patient comes back, and is told in full again
    assert room.visit.patient.family_name == "Quillfeather"
    place = ready.folder
    ready.close()
    with pytest.raises(LedgerError, match="left this laptop"):
        world.copies.of(place, "ja").open_visit(world.stream)


def test_a_supervisor_at_this_laptop_sees_everything_else_as_before(ready, world):
    ready.register(replace(ready.nurse, role="supervisor"))
    ready.post.forget([])
    for _ in range(2):
        task = ready.supervision.waking()
        if task is not None:
            ready.supervision.wake(task.work())
        lines = ready.supervision.queue()
        trends = ready.supervision.trends(NOON.date(), ready.time.now().date())
        assert world.stream not in {line.stream for line in lines}
        assert trends is not None
        if ready.keeping.leaving.left(world.stream) is None:
            ready.keeping.leaving.let_go([world.stream])
    assert world.stream not in {one.stream for one in ready.post.open_questions()}
    assert len(ready.visits()) == 2


def test_it_is_all_there_where_the_disk_did_not_answer(ready, world, monkeypatch):
    before = everything(ready)

    def cut(*_args):
        raise NotSaved("the power went")

    with monkeypatch.context() as patched:
        patched.setattr("ketachart.storage.departing.take_away", cut)
        with pytest.raises(NotSaved):
            ready.keeping.leaving.let_go([world.stream])
    assert everything(ready) == before
    assert ready.keeping.leaving.let_go([world.stream])


def test_each_thing_that_is_missing_holds_it_and_says_so(office, world):
    stream, leaving = world.stream, office.keeping.leaving

    def held(words):
        assert words in why(office, stream)
        with pytest.raises(Refused, match=words):
            leaving.let_go([stream])
        assert leaving.left(stream) is None

    held("no supervisor set a number of days")
    office.keeping.record(RetentionSet(at=office.time.now(), days=DAYS))
    held("It stays until")
    office.time._clock.pass_time(LATER)
    held("has not said that it has version 2")
    office.post.take(world.verdict)
    held("No verified backup")
    head = office._ledger.head()
    other = BackupMade(
        at=office.time.now(), item="of-another", why="quit", head_seq=head.seq,
        head_link="0" * 64, sha256="0" * 64, size=1,
    )  # fmt: skip
    early = replace(other, item="too-early", head_seq=head.seq - 1)
    office.keeping.record(other, early)
    held("No verified backup")
    backed_up(office)
    assert why(office, stream) == ""
    office.keeping.record(RetentionSet(at=office.time.now(), days=None))
    held("no supervisor set")
    assert everything(office).count("Quillfeather")


def test_only_a_supervisor_sets_the_days_and_only_possible_ones(office, world):
    with pytest.raises(Refused, match="Only a supervisor"):
        office.keeping.leaving.set_policy(DAYS)
    assert office.keeping.leaving.policy() is None
    clinic = world.copies.of(world.clinic, "sp")
    leaving = clinic.keeping.leaving
    for days in (6, 3651):
        with pytest.raises(Refused, match="7 to 3650 days"):
            leaving.set_policy(days)
    for days in (7, 3650, None):
        leaving.set_policy(days)
        assert leaving.policy() == days
    leaving.set_policy(7)
    clinic.time._clock.pass_time(LATER)
    assert {one.why for one in leaving.standing(clinic.time.now())} <= {
        "This is the clinic's own ledger: its visits stay."
    }
    clinic.close()


def test_a_restore_of_an_older_backup_brings_nothing_of_it_back(ready, world, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    backups = ready.keeping.backups
    backups.choose(stick)
    backups.finish(backups.task("asked for").work())
    ready.keeping.leaving.let_go([world.stream])
    held, listed, folder = everything(ready), ready.visits(), ready.folder
    clock = ready.time._clock
    ready.close()
    (copy,) = copies_at(stick)
    proof = prove_copy(folder, copy, "ja", PASSPHRASE, clock)
    RestoreTask(folder, copy, proof.copy, clock, "a rehearsal", proof.here).work()
    again = charting.unlock(folder, "ja", PASSPHRASE, clock)
    assert not [word for word in WORDS if word in everything(again) or word in held]
    assert again.visits() == listed
    assert again.keeping.leaving.left(world.stream).stream == world.stream
    with pytest.raises(LedgerError, match="left this laptop"):
        again.open_visit(world.stream)
    assert again.verify() == ()
    again.close()


def test_where_the_ledger_before_tells_no_line_the_backups_own_is_made_empty(ready, world):
    rows = ready._ledger.stream(LAPTOP)
    ready.keeping.leaving.let_go([world.stream])
    (left,) = [row for row in ready._ledger.stream(LAPTOP)[len(rows) :] if row.kind == "visit-left"]
    database = ready._ledger._database
    stale = '{"opened_at":"2026-11-22","patient":"Zebedee","practice":true}'
    put = Shelved(world.stream, "2026-11-22", "Zebedee", "signed", stale, "QF-77")
    with ready._ledger._one_act():
        seeking.put(database, put)
        leaving_again.leave(lambda *_: (), [left], database, STAYS)
    row = next(one for one in ready.visits() if one.stream == world.stream)
    assert (row.status, row.patient, row.mrn, row.practice) == ("left", "", "", True)
    assert "Zebedee" not in everything(ready)
