"""What most tests of the storage begin with."""

import pytest

from tests.storage.making import new_ledger


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "clinic"


@pytest.fixture
def ledger(folder):
    with new_ledger(folder) as made:
        yield made
