"""What is typed and not recorded: on the disk at once, never charted twice, never in the way."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from ketachart import charting
from ketachart.charting import NewVisit
from ketachart.charting.drafts import FormDraft
from ketachart.clock import SetClock
from ketachart.domain.facts import NoteWritten
from ketachart.domain.facts.safekeeping import LAPTOP, VisitLeft
from ketachart.errors import DiskFull
from ketachart.storage import codec
from ketachart.storage import drafts as on_disk
from tests.helpers.bench_visits import PASSPHRASE, clinic_in
from tests.helpers.story import NOON, Story


class Laptop:
    """A practice ledger with one visit, locked and unlocked again as often as wanted."""

    def __init__(self, folder):
        self.folder, self.clock = folder, SetClock(NOON)
        self.office = clinic_in(folder, self.clock)
        told = Story().patient().order().visit()
        self.new = NewVisit(patient=told.patient, order=told.order)
        self.room = self.office.new_visit(self.new)

    @property
    def desk(self):
        return self.office.keeping.drafts

    def typed(self, key="one", **values):
        told = {
            "stream": self.room.stream,
            "form": "note",
            "title": "Note",
            "saved_at": self.clock.now(),
            "act": f"act-{key}",
            "content": {"fields": {"Note": "half a sen"}},
            "staff_id": self.office.staff_id,
        }
        return FormDraft(key=key, **{**told, **values})

    def lock(self):
        self.office.close()

    def unlock(self):
        self.office = charting.unlock(self.folder, "ja", PASSPHRASE, self.clock)

    def on_disk(self):
        return on_disk.read(self.folder, self.office._ledger.unwrapped)


@pytest.fixture
def laptop(tmp_path):
    made = Laptop(tmp_path / "ledger")
    yield made
    made.office.close()


def test_what_was_typed_is_there_after_the_lock_and_the_oldest_comes_first(laptop):
    laptop.desk.keep(laptop.typed("late", saved_at=NOON + timedelta(minutes=2)))
    laptop.desk.keep(laptop.typed())
    laptop.desk.keep(laptop.typed(content={"fields": {"Note": "half a sentence"}}))
    laptop.lock()
    laptop.unlock()
    first, second = laptop.desk.all()
    assert first == laptop.typed(content={"fields": {"Note": "half a sentence"}})
    assert second.key == "late"
    assert (laptop.desk.unread, laptop.desk.trouble) == ("", "")


def test_it_is_on_the_disk_without_anybody_waiting_for_it(laptop, monkeypatch):
    """A slow disk holds up the writer and nobody else; meanwhile only the newest state waits."""
    goes_on, began, written = threading.Event(), threading.Event(), []
    as_ever = on_disk.write

    def slow(folder, unwrapped, drafts):
        began.set()
        goes_on.wait(10)
        written.append([one.content["fields"]["Note"] for one in drafts])
        as_ever(folder, unwrapped, drafts)

    monkeypatch.setattr(on_disk, "write", slow)
    laptop.desk.keep(laptop.typed(content={"fields": {"Note": "0"}}))
    assert began.wait(10)
    for count in range(1, 6):
        laptop.desk.keep(laptop.typed(content={"fields": {"Note": str(count)}}))
    goes_on.set()
    laptop.desk.flush()
    assert written == [["0"], ["5"]]
    assert laptop.on_disk()[0].content == {"fields": {"Note": "5"}}


def test_what_is_dropped_leaves_the_disk(laptop):
    laptop.desk.keep(laptop.typed(), laptop.typed("two"))
    laptop.desk.drop("one", "never there")
    laptop.desk.flush()
    assert [one.key for one in laptop.on_disk()] == ["two"]
    laptop.desk.drop("two")
    laptop.desk.flush()
    assert not on_disk.drafts_file(laptop.folder).exists()


@pytest.mark.parametrize("what", ["a visit's", "the clinic's", "a new visit"])
def test_a_form_that_was_charted_just_before_the_end_is_not_offered(laptop, what):
    """Killed between the entry and the dropping of its draft: nothing is charted twice."""
    stream = laptop.room.stream if what == "a visit's" else ""
    laptop.desk.keep(laptop.typed("over", stream=stream, act="act-over"))
    laptop.desk.keep(laptop.typed("open", stream=stream, act="act-open"))
    note = NoteWritten(at=laptop.clock.now(), text="told")
    if what == "a visit's":
        laptop.room.record(note, act="act-over")
    elif what == "the clinic's":
        started = replace(laptop.office.clinic, at=laptop.clock.now())
        laptop.office.stock._keep((started,), "act-over")
    else:
        laptop.office.new_visit(replace(laptop.new, act="act-over"))
    laptop.lock()
    laptop.unlock()
    assert [one.key for one in laptop.desk.all()] == ["open"]
    laptop.desk.flush()
    assert [one.key for one in laptop.on_disk()] == ["open"]


def test_one_form_never_opens_two_visits(laptop):
    """The disk was in doubt, and the form was sent again: the visit that is there is opened."""
    new = replace(laptop.new, act="act-new")
    first = laptop.office.new_visit(new)
    laptop.clock.pass_time(timedelta(seconds=5))
    again = laptop.office.new_visit(new)
    assert again.stream == first.stream == "act-new"
    assert len(again.visit.entries) == len(first.visit.entries)
    assert len(laptop.office.visits()) == 2


def test_what_was_typed_for_a_visit_that_left_goes_with_it(laptop):
    laptop.desk.keep(laptop.typed(), laptop.typed("other", stream=""))
    left = VisitLeft(
        at=laptop.clock.now(),
        stream=laptop.room.stream,
        visit="261122-01",
        entries=7,
        chain="c",
        receipt="r",
        backup="b",
        days=30,
    )
    row = codec.draft_of(
        left,
        stream=LAPTOP,
        entry_id="left",
        author="ja",
        recorded_at=laptop.clock.now(),
        elapsed=laptop.clock.elapsed(),
        session="s",
    )
    laptop.office._ledger.append([row])
    assert [one.key for one in laptop.desk.all()] == ["other"]


def test_a_full_disk_is_said_and_kept_again_once_there_is_room(laptop, monkeypatch):
    def full(*_told):
        raise DiskFull("The disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr(on_disk, "write", full)
        laptop.desk.keep(laptop.typed())
        laptop.desk.flush()
        assert laptop.desk.trouble == "The disk is full."
        assert [one.key for one in laptop.desk.all()] == ["one"]
    laptop.desk.retry()
    laptop.desk.flush()
    assert laptop.desk.trouble == ""
    assert [one.key for one in laptop.on_disk()] == ["one"]


@pytest.mark.parametrize("aside", [True, False])
def test_a_damaged_file_is_told_kept_aside_and_charting_goes_on(laptop, monkeypatch, aside):
    laptop.desk.keep(laptop.typed())
    laptop.lock()
    path = on_disk.drafts_file(laptop.folder)
    path.write_bytes(path.read_bytes()[:-1])
    if not aside:
        monkeypatch.setattr(on_disk, "put_aside", lambda *_told: None)
    laptop.unlock()
    assert "Everything charted is safe" in laptop.desk.unread
    assert ("drafts-unread-" in laptop.desk.unread) is aside
    assert laptop.desk.all() == ()
    before = path.read_bytes() if path.exists() else None
    laptop.desk.keep(laptop.typed("new"))
    laptop.desk.flush()
    if aside:
        assert [one.key for one in laptop.on_disk()] == ["new"]
    else:
        assert path.read_bytes() == before  # it is the only copy
    laptop.office.open_visit(laptop.room.stream).record(
        NoteWritten(at=laptop.clock.now(), text="goes on")
    )
