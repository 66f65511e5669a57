"""One changed byte, wherever it stands, is never taken for good: some hundred of them, by a seed.

`python3 dev.py attack --flips 5000` tries thousands; the counts are in
docs/decisions/0027-attacks.md.
"""

import pytest

from ketachart.report.signing import countersign
from tests.report import whole_reports as whole
from tests.report.attacks.flips import flipped, regions, sampled
from tests.report.hostile_reports import VISIT
from tests.report.signed_reports import supervisor


def both():
    return countersign(whole.signed(), supervisor(), **VISIT)


@pytest.mark.parametrize(("made", "count"), [(whole.signed, 180), (both, 120)])
def test_a_changed_byte_is_never_taken_for_good(made, count):
    named, passed = flipped(made(), count, seed=27)
    assert passed == []
    assert sum(named.values()) == count
    assert {"DIGEST_MISMATCH", "CMS_PADDING", "CONTENTS_NOT_IN_GAP"} <= set(named)
    assert "PARSE_ERROR" not in named


def test_every_part_of_the_file_has_its_share():
    chosen = sampled(whole.signed(), 150, seed=1)
    parts = {part for part, _ in chosen.values()}
    assert len(chosen) == 150
    assert parts == set(regions(whole.signed()))
