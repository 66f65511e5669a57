"""The stamp of an open chart: what it says after a close, a crash, a loss, a clock that was set."""

from datetime import timedelta

import pytest

from ketachart.charting import vigil
from ketachart.charting.vigil import FILE, MOST, Stamp
from ketachart.domain.facts import VisitSigned
from tests.helpers.story import NOON, Story


def opened(minutes_ago=0):
    story = Story()
    story.patient().weight("70", -minutes_ago)
    return story.visit()


def minutes(n):
    return NOON + timedelta(minutes=n)


def test_a_stamp_is_read_as_it_was_written_and_holds_no_name(tmp_path):
    vigil.write(tmp_path, "v1", Stamp(NOON, shut=False))
    vigil.write(tmp_path, "v2", Stamp(minutes(3), shut=True))
    assert vigil.read(tmp_path) == {
        "v1": Stamp(NOON, shut=False),
        "v2": Stamp(minutes(3), shut=True),
    }
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    assert not any(word in text for word in ("Elena", "Rivera", "MRN"))


def test_old_stamps_are_dropped_and_one_of_a_chart_that_was_left_is_not_taken_back(tmp_path):
    for n in range(MOST + 3):
        vigil.write(tmp_path, f"v{n}", Stamp(minutes(n), shut=True))
    assert (len(vigil.read(tmp_path)), "v2" in vigil.read(tmp_path)) == (MOST, False)
    vigil.write(tmp_path, "v9", Stamp(minutes(90), shut=False), unless=lambda: True)
    assert vigil.read(tmp_path)["v9"].shut


@pytest.mark.parametrize("text", ["", "[]", '{"v1": 3}', '{"v1": ["soon", true]}', "\x00"])
def test_a_file_that_cannot_be_read_is_none(tmp_path, text):
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    assert vigil.read(tmp_path) == {}


def test_a_folder_that_cannot_be_written_costs_the_stamp_only(tmp_path):
    vigil.write(tmp_path / "gone", "v1", Stamp(NOON, shut=False))


@pytest.mark.parametrize(
    ("stamp", "now", "told"),
    [
        (None, 1, None),  # just opened: its entries are of this minute
        (None, 2, ("unknown", 0)),
        (Stamp(minutes(5), shut=True), 6, None),
        (Stamp(minutes(5), shut=True), 6.1, ("closed", 5)),
        (Stamp(minutes(5), shut=False), 5.1, ("ended", 5)),
        (Stamp(minutes(-5), shut=False), 20, ("ended", 0)),  # the last entry is later than it
        (Stamp(minutes(50), shut=False), 20, ("ended", 20)),  # the clock was set back meanwhile
    ],
)
def test_what_is_charted_when_a_chart_is_opened_again(stamp, now, told):
    fact = vigil.reopened(opened(), stamp, minutes(now))
    assert (fact and (fact.how, fact.closed_at)) == (told and (told[0], minutes(told[1])))


def test_a_signed_chart_is_only_read():
    signed = VisitSigned(
        at=NOON, signer="Julia Alvarez", meaning="true", version=1, certificate="c"
    )
    story = Story()
    assert vigil.reopened(story.tell(signed).visit(), None, minutes(900)) is None
