"""An older ledger is brought to today's shape only after a whole copy of it was kept."""

import json
import shutil

import pytest

from ketachart import charting
from ketachart.clock import SystemClock
from ketachart.domain.facts.safekeeping import LedgerRenewed
from ketachart.errors import LedgerReadOnly
from ketachart.storage import checkup, keeping_aside, renewing, schema
from ketachart.storage import folder as place
from ketachart.storage.keyring import unlock
from ketachart.storage.ledger import Ledger
from ketachart.storage.vault import open_database, unguarded
from tests.ledgers.make import FILES, FOLDER
from tests.storage.making import draft

KEPT = FOLDER / "version-1"
TOLD = json.loads((KEPT / "visit.json").read_text(encoding="utf-8"))


@pytest.fixture
def older(tmp_path):
    folder = tmp_path / "ledger"
    folder.mkdir()
    for name in FILES:
        shutil.copyfile(KEPT / name, folder / name)
    return folder, unlock(folder, TOLD["staff_id"], TOLD["passphrase"], SystemClock())


def kept_in(folder):
    return [path for path in folder.iterdir() if path.name.startswith("kept-")]


def test_a_whole_copy_is_kept_and_the_book_tells_of_it_once(older):
    folder, _ = older
    whole = place.ledger_file(folder).read_bytes()
    for _ in range(2):
        office = charting.unlock(folder, TOLD["staff_id"], TOLD["passphrase"], SystemClock())
        assert office.read_only is None
        (renewed,) = office.keeping.facts(LedgerRenewed)
        assert (renewed.from_version, renewed.to_version) == (1, len(schema.MIGRATIONS))
        assert office.verify() == ()
        office.close()
    (kept,) = kept_in(folder)
    assert place.ledger_file(kept).read_bytes() == whole
    assert {path.name for path in kept.iterdir()} >= {"keyring.json", "keyring.json.bak"}


def test_without_room_for_the_copy_it_is_read_and_left_as_it_is(older, monkeypatch):
    folder, unwrapped = older
    before = place.ledger_file(folder).read_bytes()
    monkeypatch.setattr(keeping_aside, "has_room", lambda _folder: False)
    with Ledger.open(folder, unwrapped) as ledger:
        assert ledger.read_only.why == "full"
        (line,) = ledger.shelf()
        assert len(ledger.stream(line.stream)) > 20
        assert ledger.verify() == ()
        with pytest.raises(LedgerReadOnly, match="a whole copy is kept"):
            ledger.append([draft(1)])
    assert place.ledger_file(folder).read_bytes() == before
    assert kept_in(folder) == []


def test_one_that_is_not_whole_is_not_renewed(older):
    folder, unwrapped = older
    database = open_database(place.ledger_file(folder), unwrapped.key_hex96)
    with unguarded(database):
        database.execute("DROP TRIGGER entry_no_update")
        database.execute("UPDATE entry SET author = 'n-9' WHERE seq = 5")
    database.close()
    before = place.ledger_file(folder).read_bytes()
    with Ledger.open(folder, unwrapped) as ledger:
        assert ledger.read_only.why == "damaged"
        assert "protection" in ledger.read_only.sentence
        assert checkup.ADVICE in ledger.read_only.sentence
        assert ledger.shelf() != ()
    assert place.ledger_file(folder).read_bytes() == before


def test_a_step_that_fails_leaves_the_ledger_as_it_was_with_its_copy(older, monkeypatch):
    folder, unwrapped = older

    def broken(*_asked):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(renewing.schema, "upgrade", broken)
        with pytest.raises(SystemExit):
            Ledger.open(folder, unwrapped)
    with Ledger.open(folder, unwrapped) as ledger:
        assert ledger.read_only is None
        assert ledger.setting(renewing.SETTING) == "1"
        assert ledger.verify() == ()
    assert len(kept_in(folder)) == 2
