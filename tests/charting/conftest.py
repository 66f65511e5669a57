"""What the tests of charting share."""

import pytest

from tests.helpers.judged import judged_once


@pytest.fixture(scope="module", autouse=True)
def once():
    """One file goes through many hands: what it holds is read once."""
    with judged_once():
        yield
