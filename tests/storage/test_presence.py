"""A ledger whose file goes away while it is open takes no entry that would go with it."""

import shutil

import pytest

from ketachart.errors import LedgerMissing
from tests.storage.making import draft, new_ledger, reopened


def deleted(folder):
    (folder / "ledger.db").unlink()


def log_deleted(folder):
    (folder / "ledger.db-wal").unlink()


def moved(folder):
    folder.rename(folder.with_name("elsewhere"))


def replaced(folder):
    shutil.copy(folder / "ledger.db", folder / "copy")
    (folder / "copy").replace(folder / "ledger.db")


@pytest.mark.skipif("os.name == 'nt'", reason="Windows does not let an open file go")
@pytest.mark.parametrize("goes", [deleted, log_deleted, moved, replaced])
def test_no_entry_goes_into_a_file_that_nobody_finds_again(tmp_path, goes):
    with new_ledger(tmp_path / "clinic") as ledger:
        ledger.append([draft(1)])
        goes(tmp_path / "clinic")
        with pytest.raises(LedgerMissing, match="was not saved"):
            ledger.append([draft(2)])
        assert len(ledger.stream("visit-1")) == 1


def test_a_folder_that_came_back_takes_entries_again(tmp_path):
    folder, elsewhere = tmp_path / "clinic", tmp_path / "elsewhere"
    with new_ledger(folder) as ledger:
        folder.rename(elsewhere)
        with pytest.raises(LedgerMissing):
            ledger.append([draft(1)])
        elsewhere.rename(folder)
        ledger.append([draft(1)])
    with reopened(folder) as again:
        assert len(again.stream("visit-1")) == 1
