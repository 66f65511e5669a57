"""Help: at the page for where one is, found as one types, and what it says of keys is true."""

import re
from collections import Counter
from functools import cache

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from ketachart import resources
from ketachart.domain.course import PHASES
from tests.helpers.door import clinic_in, cut_off_at_rest, window_on
from tests.helpers.qt import LOOKS, all_of, luminances, press, spoken_name, type_text
from tests.helpers.visit_window import VisitWindow
from ui import theme
from ui.actions import BY_NAME, key_of
from ui.forms.registry import SHEETS
from ui.help.finding import find
from ui.help.pages import KEY, LINK, folded, page_for, pages, read_page
from ui.language.catalogue import Catalogue
from ui.screens.atlas import _MAKERS

K = Qt.Key
LANGUAGES = ("en", "es")
OUTSIDE = {"unlock", "practice", "settings"}  # no screen of the atlas, or of another room


@pytest.fixture
def window(qtbot, tmp_path):
    return window_on(qtbot, clinic_in(tmp_path / "ledger"))


def ask(window):
    """The key of the help, wherever the focus is."""
    QTest.keyClick(window, K.Key_Period, Qt.KeyboardModifier.AltModifier)
    assert window.shown == "help"
    return window.screen_shown


# ---------------------------------------------------------------- what the pages say


@cache
def sources():
    folder = resources.help_folder()
    return {
        str(file.relative_to(folder)): file.read_text(encoding="utf-8")
        for file in sorted(folder.rglob("*.md"))
    }


def test_every_key_that_a_page_names_is_the_key_of_an_act():
    named = {name for text in sources().values() for name in KEY.findall(text)}
    assert {"vitals", "help", "emergency"} <= named <= set(BY_NAME)
    assert "F2" in next(page for page in pages() if page.name == "vitals").text


def test_no_page_writes_a_key_of_its_own():
    """A key that is typed into a page goes wrong the day that the key map changes."""
    for name, text in sources().items():
        own = re.findall(r"\b(?:F\d\d?|(?:Ctrl|Alt)\+\S+)", text)
        assert own == [], name


def test_every_page_has_its_twin_in_spanish_with_the_same_keys_links_and_what_is_typed():
    """What stands between backticks is a key by its name, or what is typed: `-5`, `128/82`."""
    english = {name: text for name, text in sources().items() if "/" not in name}
    twins = {name.removeprefix("es/"): text for name, text in sources().items() if "/" in name}
    assert set(twins) == set(english)
    alike = (r"`[^`]+`", LINK, r"(?m)^#+ ", r"(?m)^(?:-|\d\.) ", r"\*\*", r"\d+")
    for name, text in english.items():
        for what in alike:
            told, twin = Counter(re.findall(what, text)), Counter(re.findall(what, twins[name]))
            assert told == twin, (name, what)


def test_what_a_page_names_is_named_in_spanish_as_the_window_names_it():
    """Buttons and screens stand in a page in italics, strong, or between quotes."""
    window, texts, named = Catalogue.installed("es"), sources(), set()
    for name in (name for name in texts if "/" not in name):
        for found in re.finditer(r"\*{1,2}([^*\n]+)\*{1,2}|“([^”]+)”", texts[name]):
            said = window.exact(found[1] or found[2])
            if said is not None:
                named.add(said)
                assert said.casefold() in texts[f"es/{name}"].casefold(), (name, said)
    assert {"Hacer un paquete", "Ocultar números, leer bomba", "sin alergias conocidas"} <= named


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_leads_to_a_page(language):
    names = {page.name for page in pages(language)}
    for page in pages(language):
        assert set(page.links()) <= names, page.name
        assert "://" not in page.text, page.name  # nothing leads out of the laptop


def test_every_screen_phase_and_sheet_has_its_page_and_no_page_is_for_none():
    places = [place for page in pages() for place in page.places]
    assert len(places) == len(set(places))
    there = {*_MAKERS, *PHASES, *(f"sheet:{name}" for name in SHEETS), *OUTSIDE}
    assert there - OUTSIDE <= set(places) <= there
    assert page_for(("sheet:nothing", "infusion")).name == "infusion"
    assert page_for(("nowhere",)).name == "start-here"


def test_a_page_is_short_and_every_page_can_be_come_to():
    linked = {link for page in pages() for link in page.links()}
    for page in pages():
        assert len(page.text.split()) < 300, page.name
        assert page.places or page.name in linked, page.name


def test_a_page_that_names_an_act_that_is_not_there_is_no_page():
    with pytest.raises(KeyError):
        read_page("vitals", "# Vitals\n\n`{key:tea}` makes tea.")


# ---------------------------------------------------------------- finding


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("blood pressure", "vitals"),
        ("bp", "vitals"),
        ("how do I silence the alarm", "alerts"),
        ("forgot my password", "unlocking"),
        ("forgotten passphrase", "recovery-key"),
        ("911", "emergency"),
        ("wast", "drug-count"),  # as far as it is typed
        ("delete an entry", "corrections"),
        ("usb stick", "backup"),
        ("send the report", "post"),
        ("dark", "settings"),
        ("disk full", "trouble"),
        ("drill", "practice"),
        ("last visit compare", "timeline"),
        ("find an act", "keys"),
    ],
)
def test_a_page_is_found_by_what_a_nurse_calls_it(typed, name):
    assert find(typed)[0].page.name == name


def test_in_spanish_pages_are_spanish_and_stand_where_the_english_do():
    assert {page.name for page in pages("es")} == {page.name for page in pages()}
    assert page_for(("sheet:vitals",), "es").title == "Signos vitales"
    assert find("presion", "es")[0].page.name == "vitals"
    assert find("contraseña olvidada", "es")[0].page.name == "unlocking"
    titles = [page.title for page in pages("es")]
    assert titles.index("Práctica") < titles.index("Protocolo")  # an accent is no other letter
    assert find("wast", "es")[0].page.name == "drug-count"  # by its English words, too


def test_accents_and_capitals_do_not_matter_and_nonsense_finds_nothing():
    assert folded("PRESIÓN ¿Cómo?") == "presion ¿como?"
    assert find("VÍTALS")[0].page.name == "vitals"
    assert find("zebra") == ()
    assert len(find("")) == len(find("how do I")) == len(pages())


# ---------------------------------------------------------------- the screen


def test_it_opens_before_unlocking_and_what_was_typed_there_stays(window):
    type_text("four plain")
    shown = ask(window)
    assert shown.list.current_key() == "unlocking"
    assert shown.search.editor().hasFocus()
    press(K.Key_Escape)
    assert window.shown == "unlock"
    (line,) = all_of(window.screen_shown, QLineEdit)
    assert (line.text(), line.hasFocus()) == ("four plain", True)


def test_by_keyboard_from_a_word_to_a_page_along_its_links_and_back(window):
    shown = ask(window)
    type_text("pressure")
    assert shown.list.current_key() == "vitals"
    press(K.Key_Return)
    assert QApplication.focusWidget() is shown.reader
    assert shown.reader.toPlainText().startswith("Vitals\n")
    assert key_of("vitals") in shown.reader.toPlainText()
    press(K.Key_Tab)
    assert shown.reader.textCursor().selectedText() == "Alerts"
    assert shown.reader.extraSelections()  # the ring of the link
    press(K.Key_Return)
    assert shown.list.current_key() == "alerts"
    press(K.Key_Backspace)
    assert shown.list.current_key() == "vitals"
    press(K.Key_Slash)
    assert shown.search.editor().hasFocus()
    assert shown.search.text() == ""
    press(K.Key_Down)
    assert shown.list.current_key() == "trouble"  # the one below
    assert spoken_name(shown.reader) == "When something goes wrong"


def test_a_link_to_anywhere_else_opens_nothing(window, monkeypatch):
    from PySide6.QtGui import QDesktopServices

    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    shown = ask(window)
    before = shown.reader.accessibleName()
    shown.reader.anchorClicked.emit(QUrl("https://example.org/x"))
    assert shown.reader.accessibleName() == before
    assert opened == []


def test_in_a_visit_it_opens_at_the_sheet_and_the_sheet_stays_as_it_was(qtbot, tmp_path):
    hand = VisitWindow(tmp_path / "ledger", "quiet_hour", "infusion", until="infusion-started")
    window = hand.window
    qtbot.addWidget(window)
    window.act("note")
    type_text("Asks for the curtains")
    shown = ask(window)
    assert shown.list.current_key() == "notes-and-marks"
    QTest.keyClick(window, K.Key_Period, Qt.KeyboardModifier.AltModifier)  # the same key goes back
    assert window.shown == "visit"
    assert QApplication.focusWidget().toPlainText() == "Asks for the curtains"
    press(K.Key_Escape)
    assert ask(window).list.current_key() == "infusion"
    window.act("emergency")  # as from anywhere
    assert window.shown == "emergency"


def test_nothing_is_cut_at_any_size_and_a_dim_room_stays_dim(qtbot, window):
    shown = ask(window)
    mean, _ = luminances(window.grab().toImage())
    assert mean <= 0.03
    for size, scale in LOOKS:
        theme.apply(QApplication.instance(), "dim", scale)
        window.resize(*size)
        for typed in ("", "pressure", "zebra"):
            shown.search.set_text(typed)
            assert cut_off_at_rest(qtbot, window) == [], (size, scale, typed)
            bar = shown.reader.horizontalScrollBar()
            assert bar.maximum() == 0
    theme.apply(QApplication.instance(), "dim", 1.0)
