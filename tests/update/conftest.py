"""What the tests of updates share: the key of the tests in place of the makers', and a laptop."""

import pytest

from ketachart.update import keys, unpacking
from tests.update import making


@pytest.fixture
def pinned(monkeypatch):
    """As if this KetaChart had been built with the tests' own keys."""
    monkeypatch.setattr(keys, "pinned", lambda: making.KEYS)
    # which waits for whatever all other programs have written, too
    monkeypatch.setattr(unpacking, "_to_disk", lambda: None)


@pytest.fixture
def laptop(tmp_path, pinned):  # noqa: ARG001 - it is there
    return making.Laptop(tmp_path / "laptop")


@pytest.fixture
def bare(tmp_path, pinned):  # noqa: ARG001 - it is there
    """Without a ledger: what has nothing to do with one is tried out sooner."""
    return making.Laptop(tmp_path / "bare", ledger=False)
