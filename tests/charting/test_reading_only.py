"""A ledger that may only be read: the clinic is entered, and whatever would write says so."""

from datetime import timedelta

import pytest

from ketachart import charting
from ketachart.charting.checks import Looked
from ketachart.domain.facts.safekeeping import LedgerRestored, RetentionSet
from ketachart.errors import LedgerDamaged, LedgerReadOnly, Refused
from ketachart.storage import ballast
from ketachart.storage import folder as place
from ketachart.storage.entry import Head
from ketachart.storage.manifest import Manifest
from tests.helpers.door import NOON, PASSPHRASE, clinic_in
from ui.demo_clinic import SceneClock

PAGE = 4096


@pytest.fixture
def folder(tmp_path):
    return clinic_in(tmp_path / "ledger")


def entered(folder):
    return charting.unlock(folder, "ja", PASSPHRASE, SceneClock(NOON))


def test_a_clinic_whose_own_entries_are_damaged_is_entered_and_tells_what_is_left(folder):
    """Every page in turn: it is charted into, or read; and it never ends in a raw error."""
    path = place.ledger_file(folder)
    whole = path.read_bytes()
    proof = charting.prove(folder, "ja", PASSPHRASE, SceneClock(NOON))
    told = {}
    for page in range(2, len(whole) // PAGE + 1, 3):
        content = bytearray(whole)
        content[page * PAGE - 300] ^= 1
        path.write_bytes(content)
        try:
            office = charting.enter(folder, proof, SceneClock(NOON))
        except LedgerDamaged as error:
            told[page] = str(error)
            continue
        if office.read_only is not None:
            told[page] = office.read_only.sentence
            with pytest.raises(LedgerReadOnly, match="Chart on paper"):
                office.keeping.record(RetentionSet(at=NOON, days=30))
        assert office.visits() == ()
        office.close()
        assert office.read_only is None or path.read_bytes() == content
    assert told
    assert all("Chart on paper" in words for words in told.values())


def test_a_disk_with_little_room_begins_no_new_visit(folder, monkeypatch):
    office = entered(folder)
    for free, refused in ((ballast.NEW_VISIT - 1, True), (ballast.NEW_VISIT, False), (None, False)):
        monkeypatch.setattr(ballast, "room", lambda _folder, free=free: free)
        if refused:
            with pytest.raises(Refused, match="The disk has only 209 MB free"):
                office.keeping.reserve.require_room()
        else:
            office.keeping.reserve.require_room()
    office.close()


def manifest(office, seq, link, made_at):
    return Manifest(
        item="copy",
        ledger_id=office._ledger.unwrapped.ledger_id,
        made_at=made_at,
        program="KetaChart",
        head=Head(seq, link),
        size=1,
        sha256="0" * 64,
    )


def test_a_ledger_older_than_its_backup_is_named_unless_it_was_restored_since(folder):
    office = entered(folder)
    checks, head, now = office.keeping.checks, office._ledger.head(), office.time.now()
    assert checks.behind(Looked()) is None
    assert checks.behind(Looked(manifest(office, head.seq, head.link, now))) is None
    newer = Looked(manifest(office, head.seq + 4, "0" * 64, now))
    fault = checks.behind(newer)
    assert fault.sentence.startswith(f"Entries after {head.seq} are missing: the backup of")
    assert "so 4 entries are not here" in fault.sentence
    other = checks.behind(Looked(manifest(office, head.seq, "0" * 64, now)))
    assert other.code == "other-history"
    office.keeping.record(
        LedgerRestored(
            at=office.time.now(), item="old", head_seq=1, head_link="0" * 64, made_at=NOON
        )
    )
    assert checks.behind(newer) is None
    assert office._ledger.noticed == ()
    later = manifest(office, head.seq + 4, "0" * 64, office.time.now() + timedelta(hours=1))
    assert checks.behind(Looked(later)) is not None
    office.close()


def test_what_is_missing_is_told_until_a_supervisor_has_read_the_whole_ledger(folder):
    office = entered(folder)
    head, now = office._ledger.head(), office.time.now()
    newer = manifest(office, head.seq + 4, "0" * 64, now)
    assert office.keeping.checks.behind(Looked(newer)) is not None
    office.close()
    for _ in range(2):  # though the stick is gone, and newer heads were kept
        office = entered(folder)
        (fault,) = office.keeping.checks.noticed()
        with pytest.raises(Refused, match="Read the whole ledger first"):
            office.keeping.checks.saw()
        office.close()
    office = entered(folder)
    checks = office.keeping.checks
    checks.finish(checks.task().work())
    assert checks.last().fact.faults == (fault.sentence,)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checks, "_may_judge", lambda: False)
        with pytest.raises(Refused, match="A supervisor must look"):
            checks.saw()
    checks.saw()
    office.close()
    office = entered(folder)
    assert office.keeping.checks.noticed() == ()
    office.close()
