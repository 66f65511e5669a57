"""How large a file is, in words: rounded, and never “0”."""

import pytest

from ketachart.domain.wording import file_size

SAID = (
    (0, "1 kB"),
    (99_999, "99 kB"),
    (100_000, "0.1 MB"),
    (507_904, "0.5 MB"),
    (12_345_678, "12.3 MB"),
    (999_949_999, "999.9 MB"),
    (1_250_000_000, "1.3 GB"),
    (5_000_000_000_000, "5,000 GB"),
)


@pytest.mark.parametrize(("size", "said"), SAID)
def test_a_size_is_said_in_the_unit_that_fits(size, said):
    assert file_size(size) == said
