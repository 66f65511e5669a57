"""Ketamine from another source is charted as history, beside what the sources say of its route."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ketachart.domain.facts import OtherKetamine
from tests.helpers.looked_at import nothing_recorded, standing
from tests.helpers.qt import LOOKS, all_of, cut_off, luminances, reachable, spoken_name
from tests.helpers.visit_window import VisitWindow
from tests.ui.test_screening_sheets import problem
from ui import theme
from ui.widgets.buttons import Button
from ui.widgets.words import Words


@pytest.fixture
def begun(tmp_path, qapp):  # noqa: ARG001 - the application has to be there first
    """The visit was just opened."""
    made = VisitWindow(tmp_path / "l", "quiet_hour", "screening", before="identity-confirmed")
    yield made
    made.close()


@pytest.fixture(scope="module")
def shared(tmp_path_factory, qapp):  # noqa: ARG001 - as above
    """The same, for all the tests that record nothing."""
    yield from standing(tmp_path_factory, "screening", before="identity-confirmed")


@pytest.fixture
def unwritten(shared):
    """The visit was just opened, and nothing is recorded while it is looked at."""
    yield from nothing_recorded(shared, lambda window: window.open("screening"))


def opened(begun):
    """The sheet, opened by its key."""
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Q, Qt.KeyboardModifier.AltModifier)
    begun.settle()
    assert begun.column.open_name == "other-ketamine"
    return begun.column.sheet("other-ketamine")


def said(sheet):
    return [words.text() for words in all_of(sheet.texts, Words)]


def test_it_is_charted_by_keys(begun):
    opened(begun)
    texts = ("ketamine troche", "100 mg", "two times a week", "5 Nov 2026", "p", "Dr B. Chen")
    begun.fill("1", *texts)
    begun.main_button()
    told = begun.last(OtherKetamine)
    assert (told.route, told.product, told.amount) == ("oral", "ketamine troche", "100 mg")
    assert (told.how_often, told.last_on) == ("two times a week", date(2026, 11, 5))
    assert (told.from_whom, told.prescriber) == ("prescribed", "Dr B. Chen")


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("1", "20 to 25 % is absorbed"),
        ("2", "28 mg of esketamine in two sprays"),
        ("4", "Other sources of ketamine add up"),
    ],
)
def test_beside_it_stands_what_the_sources_say_of_the_route(unwritten, key, text):
    sheet = opened(unwritten)
    unwritten.fill(key)
    assert any(text in words for words in said(sheet))
    assert any(words.startswith("Source: ") for words in said(sheet))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("", "troche"), "Choose how it is taken."),
        (("1", ""), "Fill in what it is."),
        (("1", "troche"), "Choose where it comes from."),
        (("1", "troche", "", "", "25 Dec 2026", "n"), "is after today"),
        (("1", "troche", "", "", "08/09/2026", "n"), "day or the month first"),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_is_lost(unwritten, typed, sentence):
    sheet = opened(unwritten)
    unwritten.fill(*typed)
    unwritten.main_button()
    assert unwritten.last(OtherKetamine) is None
    assert sentence in problem(sheet)
    assert sheet.product.text() == (typed[1] if len(typed) > 1 else "")


def test_the_question_about_ketamine_opens_it_and_so_does_the_list_of_all(unwritten):
    buttons = [b.accessibleName() for b in all_of(unwritten.window, Button)]
    assert "Chart other ketamine" in buttons
    unwritten.keys(Qt.Key.Key_I, ctrl=True)
    unwritten.settle()
    sheet = unwritten.column.sheet("add")
    assert "other-ketamine" in sheet.buttons
    sheet.buttons["other-ketamine"].click()
    unwritten.settle()
    assert unwritten.column.open_name == "other-ketamine"


@pytest.mark.parametrize(("size", "scale"), LOOKS)
def test_no_text_is_cut(unwritten, qapp, size, scale):
    theme.apply(qapp, "dim", scale)
    unwritten.window.resize(*size)
    opened(unwritten)
    unwritten.fill("2", "esketamine", "", "", "", "p")
    unwritten.settle()
    assert cut_off(unwritten.window) == []


def test_it_stays_dim_and_everything_has_a_name(unwritten):
    sheet = opened(unwritten)
    unwritten.fill("1", "", "", "", "", "p")
    mean, _ = luminances(unwritten.window.grab().toImage())
    assert mean <= 0.03
    for widget in reachable(sheet):
        assert spoken_name(widget), widget
