"""What a visit lacks for its vials to be followed."""

import pytest

from ketachart.domain.found.findings import findings
from tests.helpers.story import NOON, Story


def found(story):
    codes = {f.code: f for f in findings(story.visit(), NOON)}
    return {code: codes[code].severity for code in codes if code.startswith(("vial-w", "seal-t"))}


@pytest.mark.parametrize(
    ("seals", "named"),
    [
        (("1", "2"), {}),
        (("", "2"), {"vial-without-seal-V1": "know"}),
        (("1", "1 "), {"seal-twice-V1": "reason", "seal-twice-V2": "reason"}),
        (("1", "01"), {}),
        (("", ""), {"vial-without-seal-V1": "know", "vial-without-seal-V2": "know"}),
    ],
)
def test_a_vial_without_a_number_and_one_number_on_two_vials_are_named(seals, named):
    story = Story().patient().order().weight("68.4")
    for number, seal in enumerate(seals, start=1):
        story.vial(name=f"V{number}", seal=seal)
    assert found(story) == named
