"""A phone order in the review: the prescriber's signature is noted by keyboard, and taken back."""

from datetime import timedelta

from PySide6.QtWidgets import QApplication

from ketachart.errors import DiskFull
from tests.helpers.qt import LOOKS
from tests.ui.test_supervision import ENTER, ESC, LONG, cut_in, opened, reports  # noqa: F401
from ui import theme


def flags(review):
    (line,) = review.desk.supervision.queue()
    return [flag.words for flag in line.flags if flag.code.startswith("order-")]


def test_a_phone_order_is_noted_as_signed_by_keyboard_and_nothing_typed_is_lost(
    opened,  # noqa: F811
    monkeypatch,
):
    review = opened(*reports(LONG))
    assert flags(review) == ["1 phone order not yet signed by Dr A. Okafor"]
    assert "1 phone order not yet signed" in str(review.screen.queue.list.rows())
    review.press(ENTER)
    card, sheet = review.screen.verdict.orders, review.screen.page.orders
    assert "Not yet signed by Dr A. Okafor" in review.words(card)
    review.act("verdict", "acknowledge")
    assert sheet.primary.words() == "Choose how"
    sheet.how.choose("refused")
    assert sheet.primary.words() == "Write what was said"
    sheet.words.set_text("He says he never ordered it.")
    sheet.on.set_text("1 Jan 2020")
    review.act("primary")
    assert "nobody signed for it before that" in sheet._trouble.said()
    sheet.on.clear()
    with monkeypatch.context() as patch:
        patch.setattr(review.desk.supervision._ledger, "append", _full)
        review.act("primary")
    assert "no room" in sheet._trouble.said()
    assert sheet.words.text() == "He says he never ordered it."
    review.press(ESC)
    assert not review.screen.page.notes
    review.act("acknowledge", "primary")
    assert flags(review) == ["Dr A. Okafor refused to sign 1 phone order"]
    assert "He says he never ordered it." in review.words(card)
    (back,) = [b for b in card.findChildren(type(card.note)) if b.words() == "Take back"]
    back.click()
    review.rest()
    assert flags(review) == ["1 phone order not yet signed by Dr A. Okafor"]
    review.act("acknowledge")
    nothing_is_cut(review)
    review.act("acknowledge")
    review.press(ENTER)
    assert sheet.how.isAncestorOf(QApplication.focusWidget())
    sheet.how.choose("signed on paper")
    sheet.on.set_text(f"{review.desk.now() - timedelta(days=1):%d %b %Y}")
    review.act("primary")
    assert flags(review) == []
    assert "signed on paper" in review.words(card)
    assert card.note.isHidden()
    review.act("acknowledge")
    assert not review.screen.page.notes


def _full(*_told, **_named):
    raise DiskFull("There is no room on this disk.")


def nothing_is_cut(review):
    faults = {}
    for size, scale in LOOKS:
        review.window.wear("dim", scale)
        review.window.resize(*size)
        review.screen.page.turn("verdict")
        review.rest()
        faults |= cut_in(review, "sheet", size, scale)
        review.screen.noting.leave()
        review.rest()
        faults |= cut_in(review, "orders", size, scale)
        review.act("acknowledge")
    theme.apply(QApplication.instance(), "dim", 1.0)
    assert faults == {}
