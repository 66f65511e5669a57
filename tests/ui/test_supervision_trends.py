"""Trends by keyboard: counts over the signed reports, and the file for a spreadsheet."""

from tests.helpers.qt import cut_off
from tests.helpers.review_desk import signed
from tests.ui.test_supervision import SHORT, opened

__all__ = ["opened"]  # the fixture is used by its name


def test_the_figures_are_counted_and_saved_without_a_patients_name(
    opened,
    scripted,
    tmp_path,
):
    review = opened(signed(SHORT)[0])
    review.act("trends")
    trends = review.window.screen_shown
    words = review.words(trends)
    assert review.window.shown == "trends"
    assert "1 visit, " in words
    assert "Infusion paused" in words
    assert cut_off(trends) == []
    scripted.will("ask_save_path", tmp_path / "figures.csv", None)
    review.act("primary")
    content = (tmp_path / "figures.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert not content.startswith(b"\xef\xbb\xbf\xef\xbb\xbf")
    assert b"Julia Alvarez" in content
    assert b"Rivera" not in content
    trends.span.choose("30")
    review.rest()
    review.act("primary", "back")  # thought better of it
    assert review.window.shown == "review"
