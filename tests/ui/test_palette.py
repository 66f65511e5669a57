"""Every act is found by typed words, done with Enter, and Esc goes back to the very field."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.helpers.qt import LOOKS, cut_off
from tests.helpers.visit_window import VisitWindow
from ui import language, theme
from ui.actions import ACTIONS, BY_NAME, key_of
from ui.palette.finding import Offer, found, plain
from ui.palette.offers import offers
from ui.palette.synonyms import SYNONYMS
from ui.palette.synonyms_es import SPANISH
from ui.palette.visits import go_to_visit, visit_offers

ALL = tuple(Offer(action.name, action.words, key_of(action.name)) for action in ACTIONS)


@pytest.fixture(scope="module")
def running(tmp_path_factory, qapp):  # noqa: ARG001 - the application has to be there first
    made = VisitWindow(
        tmp_path_factory.mktemp("r") / "l", "quiet_hour", "infusion", before="access-checked"
    )
    yield made
    made.close()


@pytest.fixture
def open_palette(running):
    running.column.close_sheet()
    running.open("infusion")

    def begin(text=""):
        QTest.keyClick(
            QApplication.focusWidget(), Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier
        )
        running.settle()
        if text:
            running.type(text)
        return running.window._acts._palette

    yield begin
    running.window.act("back")
    running.screen.vitals.upper.clear()


# ------------------------------------------------ what words mean


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("bp", "vitals"),
        ("BLOOD pr", "vitals"),
        ("vomit", "effect"),
        ("hang bag", "bag-change"),
        ("titrate", "rate"),
        ("zofran", "medicine"),
        ("reassure", "measure"),
        ("bookmark", "mark"),
        ("hold", "pause"),
        ("pa", "pause"),  # and not “Charted on paper”, nor what nurses call so
        ("site check", "access"),
        ("týpo", "correct"),
        ("f12", "access"),
        ("count", "waste"),
    ],
)
def test_the_nurses_own_words_find_the_act(typed, first):
    assert found(ALL, typed)[0].name == first


def test_every_word_has_to_be_found_and_nothing_is_found_for_nonsense():
    assert found(ALL, "bag zebra") == ()
    assert found(ALL, "  ") == ALL


def test_in_another_language_the_words_of_both_find_the_act():
    language.speak("es")
    try:
        told = [found(ALL, typed)[0].name for typed in ("velocidad", "titrate", "Presión", "bolsa")]
    finally:
        language.speak("en")
    assert told == ["rate", "rate", "vitals", "bag-change"]
    assert found(ALL, "velocidad") == ()
    assert set(SPANISH) <= set(BY_NAME)
    assert all(words == plain(words) for words in SPANISH.values())


def test_what_cannot_be_done_stands_after_what_can():
    here, there = Offer("note", "Note", "F3"), Offer("pause", "Note too", "F7", why_not="later")
    assert found((there, here), "note") == (here, there)


def test_the_table_of_words_names_acts_only():
    assert {name for name in SYNONYMS if name not in BY_NAME} == set()


# ------------------------------------------------ in the window


def test_esc_goes_back_to_the_field_and_nothing_typed_is_lost(running, open_palette):
    running.type("12")
    palette = open_palette("naus")
    assert (palette.isVisible(), running.visit.strikes) == (True, {})
    running.keys(Qt.Key.Key_Escape)
    assert (palette.isVisible(), running.focused()) == (False, "Systolic, mmHg")
    running.type("8")
    assert running.screen.vitals.upper.text() == "128"


def test_enter_does_what_the_arrows_chose(running, open_palette):
    palette = open_palette("bag")
    names = [offer.name for offer in palette.list.offers()]
    running.keys(Qt.Key.Key_Down, Qt.Key.Key_Up)
    running.keys(*[Qt.Key.Key_Down] * names.index("bag-change"), Qt.Key.Key_Return)
    assert (running.column.open_name, palette.isVisible()) == ("bag-change", False)


def test_what_belongs_to_another_phase_is_done_there(running, open_palette):
    assert open_palette("preview").list.current().goes == "in Sign"
    running.keys(Qt.Key.Key_Escape)
    open_palette("aldrete")
    running.keys(Qt.Key.Key_Return)
    assert running.column.open_name == "score"


def test_what_cannot_be_done_here_says_why_and_does_nothing(running, open_palette):
    palette = open_palette("addendum")
    assert palette.list.current().why_not == "Once the visit is signed"
    running.keys(Qt.Key.Key_Return)
    assert (palette.isVisible(), running.column.open_name) == (True, "")


def test_another_key_acts_as_always_and_puts_it_away(running, open_palette):
    palette = open_palette("qqq")
    assert palette.list.isHidden()
    running.keys(Qt.Key.Key_F3)
    assert (running.column.open_name, palette.isVisible()) == ("note", False)


def test_every_act_that_has_words_is_offered_with_its_key(running):
    offered = {offer.name: offer.key for offer in offers(running.window)}
    named = {a.name for a in ACTIONS} - {"find", "back", "primary", "turn"}
    assert set(offered) == {name for name in named if not name.startswith("row-")}
    assert all(offered.values())


def test_under_the_veil_it_is_gone(running, open_palette):
    palette = open_palette("bp")
    running.desk.veiled.emit()
    assert (palette.isVisible(), palette.field.text()) == (False, "")


def test_nothing_is_cut_in_any_look(running, open_palette):
    app = QApplication.instance()
    for (width, height), scale in LOOKS:
        theme.apply(app, "dim", scale)
        running.window.resize(width, height)
        running.settle()
        palette = open_palette("qqq" if scale == 2.0 else "")
        running.settle()
        assert cut_off(palette) == [], (width, scale)
        assert running.window.rect().contains(palette.geometry()), (width, scale)
        running.keys(Qt.Key.Key_Escape)
    theme.apply(app, "dim", 1.0)
    running.window.resize(1366, 768)


def test_a_patient_is_found_by_name_and_an_act_always_before(running, open_palette):
    mine = running.desk.room.stream
    another = {"name": "visit:two", "key": "261122-05", "is_name": True}
    holder = Offer(words="Holder, Ana", **another)
    assert [one.name for one in found((holder, *ALL), "hold")][:2] == ["pause", "visit:two"]
    assert found((holder, *ALL), "holder an") == (holder,)
    open_palette()
    assert [one for one in offers(running.window) if one.name.endswith(mine)] == []
    running.desk.close_visit()
    (offer,) = visit_offers(running.window)
    assert running.desk.office.visit_row(mine).patient == offer.words
    assert go_to_visit(offer.name, running.window)
    assert running.desk.room.stream == mine
    assert not go_to_visit("pause", running.window)
