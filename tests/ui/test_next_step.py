"""The next step of a practice visit: from the door to the signature there always is one."""

import pytest

from ketachart.domain.visit import Visit
from tests.helpers.window import desk_at
from ui.practice.clinic import PASSPHRASE
from ui.practice.next_step import next_step


@pytest.fixture(scope="module")
def entries(tmp_path_factory):
    """Every entry of a whole visit that is not signed yet."""
    desk = desk_at(tmp_path_factory.mktemp("next") / "ledger", "quiet_hour")
    found = desk.visit.entries
    desk.close()
    return found


def before(entries, kind):
    """What is said just before the first entry of that kind."""
    place = next(n for n, entry in enumerate(entries) if entry.kind == kind)
    return next_step(Visit(entries[:place]), entries[place].recorded_at).said


@pytest.mark.parametrize(
    ("kind", "words", "key"),
    [
        ("identity-confirmed", "questions to answer", "Ctrl+1"),
        ("screening-concluded", "Everything is answered", "Ctrl+Enter"),
        ("vial-taken", "Chart the vial", "Ctrl+2, 1…3"),
        ("bag-prepared", "Chart the bag", "Ctrl+2, Enter"),
        ("pump-checked", "hide the numbers", "Ctrl+Enter"),
        ("time-out-held", "time-out", "Ctrl+Enter"),
        ("infusion-started", "Start the infusion", "Ctrl+Enter"),
        ("infusion-stopped", "", ""),
        ("instruction-taught", "instructions to be said back", "Ctrl+5"),
        ("handout-given", "Leave the sheet", "Alt+H"),
        ("follow-up-planned", "Plan the calls", "Alt+C"),
        ("patient-released", "Release", "Ctrl+R"),
    ],
)
def test_what_comes_next_is_said_with_its_key(entries, kind, words, key):
    said = before(entries, kind)
    assert words in said
    assert said.removesuffix(".").endswith(key)


def test_at_the_end_the_practice_passphrase_is_told(entries):
    said = next_step(Visit(entries), entries[-1].recorded_at).said
    assert PASSPHRASE in said or "reason" in said
