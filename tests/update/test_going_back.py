"""Back to the version before: nothing that was charted is lost, and what happens is said before."""

import pytest

from ketachart import charting
from ketachart.charting import going_back, updating
from ketachart.charting.restoring import copies_at
from ketachart.domain.facts.safekeeping import LedgerRenewed, RecoveryDeclined
from ketachart.errors import CannotRead, LedgerError, Refused
from ketachart.storage import folder as place
from ketachart.storage import returning, schema, shape
from ketachart.storage.vault import in_memory
from ketachart.update import journal, rooms, starting
from tests.helpers.door import NOON
from tests.update import making

NEWER = (*schema.MIGRATIONS, ("CREATE TABLE later (words TEXT NOT NULL) STRICT",))


@pytest.fixture
def newer(monkeypatch):
    """Turns this KetaChart into one that keeps its ledgers in a shape that is still to come."""

    def turn():
        monkeypatch.setattr(shape, "_FORMER", {**shape._FORMER, 2: schema.FINGERPRINT})
        monkeypatch.setattr(schema, "MIGRATIONS", NEWER)
        monkeypatch.setattr(schema.upgrade, "__defaults__", (NEWER,))
        blank = in_memory()
        schema.upgrade(blank, NEWER)
        monkeypatch.setattr(schema, "FINGERPRINT", schema.fingerprint(blank))
        shape._todays.cache_clear()

    yield turn
    monkeypatch.undo()
    shape._todays.cache_clear()


def updated(laptop):
    laptop.update()
    updating.left_over(laptop.folder, laptop.here("1.0.1"))


def planned(laptop, office, *, version="1.0.1", file=None):
    return going_back.plan(laptop.folder, laptop.here(version), office, file)


def gone_back(laptop, *, version="1.0.1", file=None):
    office, here = laptop.office(), laptop.here(version)
    chosen = planned(laptop, office, version=version, file=file)
    task = going_back.task_for(laptop.folder, chosen, laptop.clock, here, office)
    office.close()
    return chosen, task.work()


def test_the_version_before_runs_again_and_the_ledger_stays_as_it_is(laptop):
    updated(laptop)
    office = laptop.office()
    office.keeping.record(RecoveryDeclined(at=NOON, reason="written with the newer one"))
    head = office.keeping.backups._ledger.head()
    office.close()
    chosen, ready = gone_back(laptop)
    assert "The ledger stays as it is: nothing that was charted is lost" in chosen.sentence
    assert (chosen.backup, chosen.since) == (None, 0)
    assert ready.sentence.startswith("KetaChart 1.0.0 counts again.")
    assert laptop.starts() == "1.0.0"
    found = updating.left_over(laptop.folder, laptop.here())
    assert (found.what, found.sentence) == ("back", "KetaChart 1.0.0 runs again.")
    office = laptop.office()
    assert office.keeping.backups._ledger.head() == head
    office.close()
    assert updating.changes(laptop.folder).made[-1].back
    laptop.update()  # and forward once more
    assert laptop.starts() == "1.0.1"


def test_a_ledger_that_the_older_one_cannot_write_gives_way_and_nothing_is_deleted(laptop, newer):
    updated(laptop)
    former = place.ledger_file(laptop.folder).read_bytes()
    newer()
    office = laptop.office()  # the first start of the newer one brings the ledger on
    assert [one.to_version for one in office.keeping.facts(LedgerRenewed)] == [3]
    office.keeping.record(RecoveryDeclined(at=NOON, reason="only in the newer ledger"))
    kept_before = set(laptop.folder.glob("kept-*"))
    chosen = planned(laptop, office)
    written = office.keeping.backups._ledger.head().seq - chosen.backup.manifest.head.seq
    assert (chosen.since, written) == (written, 2)
    assert "cannot read the ledger as it is kept now" in chosen.sentence
    assert "What was written since then (2 entries) is not in it: it stays" in chosen.sentence
    assert laptop.starts() == "1.0.1"  # a plan changes nothing
    office.close()
    _, ready = gone_back(laptop)
    assert "The newer ledger is kept whole, in kept-" in ready.sentence
    (kept,) = set(laptop.folder.glob("kept-*")) - kept_before
    assert kept.name in ready.sentence
    newer_one = charting.unlock(kept, "ja", making.PASSPHRASE, laptop.clock)
    assert newer_one.keeping.facts(RecoveryDeclined)[-1].reason == "only in the newer ledger"
    assert newer_one.verify() == ()
    newer_one.close()
    assert laptop.starts() == "1.0.0"
    assert len(place.ledger_file(laptop.folder).read_bytes()) == len(former)


def test_the_older_one_charts_on_in_the_ledger_of_before(laptop, newer, monkeypatch):
    updated(laptop)
    newer()
    laptop.office().close()
    gone_back(laptop)
    monkeypatch.undo()  # the older KetaChart runs
    shape._todays.cache_clear()
    office = laptop.office()
    assert office.read_only is None
    assert office.verify() == ()
    assert office.keeping.facts(LedgerRenewed) == []
    office.close()


def test_without_the_ledger_of_before_the_way_back_is_refused(laptop, newer):
    updated(laptop)
    (copy,) = copies_at(rooms.backups(laptop.folder))
    newer()
    office = laptop.office()
    place.ledger_file(copy.found.folder).write_bytes(b"short")
    with pytest.raises(Refused, match="is not here any more"):
        planned(laptop, office)
    office.close()
    assert laptop.starts() == "1.0.1"


def test_a_ledger_of_before_that_was_altered_is_not_put_in_place(laptop, newer):
    updated(laptop)
    (copy,) = copies_at(rooms.backups(laptop.folder))
    newer()
    laptop.office().close()
    ledger = place.ledger_file(copy.found.folder)
    content = bytearray(ledger.read_bytes())
    content[-5] ^= 1
    ledger.write_bytes(bytes(content))
    now = place.ledger_file(laptop.folder).read_bytes()
    with pytest.raises(LedgerError, match="not whole any more"):
        gone_back(laptop)
    assert place.ledger_file(laptop.folder).read_bytes() == now
    assert laptop.starts() == "1.0.1"


def test_after_a_version_that_was_given_up_the_ledger_of_before_can_be_put_back(
    laptop, newer, monkeypatch
):
    laptop.update()
    before = returning.shape_of(laptop.folder, key_of(laptop))
    newer()
    laptop.office().close()  # it came so far, and no further
    assert returning.shape_of(laptop.folder, key_of(laptop)) == before + 1
    monkeypatch.undo()
    monkeypatch.setattr("ketachart.update.keys.pinned", lambda: making.KEYS)
    shape._todays.cache_clear()
    starting.point_to(laptop.root, ".")
    trial = starting.read_trial(laptop.root)
    starting.write_trial(laptop.root, {**trial, "given_up": True})
    assert updating.left_over(laptop.folder, laptop.here()).what == "given up"
    office = laptop.office()
    assert office.read_only.why == "newer"
    office.close()
    chosen, ready = gone_back(laptop, version="1.0.0")
    assert chosen.sentence.startswith("It cannot read the ledger as it is kept now")
    assert ready.sentence.startswith("The ledger of before the update is back.")
    office = laptop.office()
    assert office.read_only is None
    office.close()


def key_of(laptop):
    office = laptop.office()
    try:
        return office.keeping.backups.unwrapped
    finally:
        office.close()


def test_where_there_is_no_way_back_it_is_said(laptop, bare):
    office = laptop.office()
    with pytest.raises(Refused, match="the older version's update file"):
        planned(laptop, office, version="1.0.0")
    office.close()
    with pytest.raises(Refused, match="unlock first"):
        planned(laptop, None)
    updated(bare)
    for path in (bare.root / "ketachart", bare.root / "ketachart-window"):
        path.unlink()
    with pytest.raises(Refused, match="no version before"):
        planned(bare, None)


def test_an_older_version_comes_back_by_its_own_file_and_only_an_older_one(bare):
    updated(bare)
    older = making.made(bare.stick, "0.9.9", ledger=2)
    same, foreign = making.made(bare.stick), making.made(bare.stick / "x", key=making.FOREIGN)
    with pytest.raises(Refused, match="is not older than"):
        planned(bare, None, file=same)
    with pytest.raises(CannotRead, match="not signed"):
        planned(bare, None, file=foreign)
    chosen = planned(bare, None, file=older)
    going_back.task_for(bare.folder, chosen, bare.clock, bare.here("1.0.1"), None).work()
    assert bare.starts() == "0.9.9"


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[", b'{"format": "ketachart-updates-1", "under_way": 7, "made": []}',
     b'{"format": "ketachart-updates-1", "under_way": {"before": "1"}, "made": []}',
     b'{"format": "another", "under_way": null, "made": []}', b"\xff" * 20],
)  # fmt: skip
def test_a_damaged_journal_stops_nothing(bare, content):
    rooms.updates(bare.folder).mkdir(parents=True)
    rooms.journal(bare.folder).write_bytes(content)
    assert journal.read(bare.folder) == journal.Journal()
    assert updating.left_over(bare.folder, bare.here()) is None
    bare.update()
    assert bare.starts() == "1.0.1"
