"""The window in its second language: all of it, at once, and nobody's words touched."""

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from ketachart.domain.facts import NoteWritten
from tests.helpers.pseudo import pseudo_voice
from tests.helpers.qt import all_of, show, spoken_name
from tests.helpers.window import desk_at
from ui import language, preferences, speaking
from ui.actions import key_of
from ui.language import saying
from ui.language.catalogue import Catalogue
from ui.language.voice import Voice
from ui.main_window import MainWindow
from ui.screens.unlock import UnlockScreen
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.choices import Choice, Choices
from ui.widgets.entry_table import EntryTable
from ui.widgets.text_field import TextField
from ui.widgets.words import Words

CATALOGUE = {
    "Vitals": "Signos vitales",
    "Nausea": "Náusea",
    "Headache": "Dolor de cabeza",
    "late": "tarde",
    "{minutes} min late": "{minutes} min de retraso",
    "{label}, grade {grade}": "{label}, grado {grade}",
    "{n} entry": "{n} entrada",
    "{n} entries": "{n} entradas",
    "Not met: {words}. Wait.": "Sin cumplir: {words}. Espere.",
    "gait": "marcha",
    "Entry “{text}” was struck": "La entrada “{text}” se tachó",
    "Reason: {reason}": "Motivo: {reason}",
    "Nothing is lost.": "No se pierde nada.",
    ", on paper": ", en papel",
    "over {number}": "más de {number}",
    "{with_unit} over {with_unit2}": "{with_unit} en {with_unit2}",
    "up to {clock}": "hasta las {clock}",
    "up to {with_unit}": "hasta {with_unit}",
    "Mon": "lun",
    "Nov": "nov",
    "November": "noviembre",
    "date\x04{day} {month} {year}": "{day} de {month} de {year}",
    "date\x04{years} y": "{years} a",
    "key\x04gait": "andar",
    "{a} of {b}": "{a} de {b}",
    "{told} Take it. Then go on.": "{told} Tómelo. Luego siga.",
    "{warning} With it they sign": "{warning} Con ella firman",
    "“{question}” is worked out": "“{question}” se calcula",
    "“It is gone.”": "“Ya pasó.”",
}

# What the window shows of people and places is in no catalogue.
NAMED = ("Dr A. Okafor", "Desert Bloom")


@pytest.fixture(autouse=True)
def english_again():
    yield
    language.speak("en")
    language.heed(())


@pytest.fixture(scope="module")
def pseudo():
    """A voice that knows every message of the template, in large letters."""
    return pseudo_voice()


@pytest.fixture
def spanish():
    """A small catalogue of its own, so that no translator changes what is tested here."""
    language._voice[:] = [Voice("es", Catalogue(CATALOGUE))]


@pytest.mark.usefixtures("spanish")
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Vitals", "Signos vitales"),
        ("vitals", "signos vitales"),
        ("12 min late", "12 min de retraso"),
        ("3 entries", "3 entradas"),
        ("1 entry", "1 entrada"),
        ("Nausea, grade 2", "Náusea, grado 2"),
        ("Nausea, grade 2; Headache, grade 1", "Náusea, grado 2; Dolor de cabeza, grado 1"),
        ("Vitals · 12 min late\nNausea", "Signos vitales · 12 min de retraso\nNáusea"),
        ("Not met: gait. Wait. Nothing is lost.",
         "Sin cumplir: marcha. Espere. No se pierde nada."),
        ("Nausea (late)", "Náusea (tarde)"),
        ("Vitals, on paper", "Signos vitales, en papel"),
        ("Entry “Nausea” was struck", "La entrada “Nausea” se tachó"),
        ("“Nausea”", "“Nausea”"),
        ("Reason: Nausea", "Motivo: Nausea"),
        ("42.5 mL/h", "42.5 mL/h"),
        ("15:28", "15:28"),
        ("SBP over 160 mmHg", "SBP más de 160 mmHg"),
        ("34.2 mg over 120 min", "34.2 mg en 120 min"),
        ("up to 35 mg", "hasta 35 mg"),
        ("up to 15:28", "hasta las 15:28"),
        ("F8", "F8"),
        ("Ctrl+Shift+D", "Ctrl+Shift+D"),
        ("Mon 23 Nov 15:28", "lun 23 nov 15:28"),
        ("F2\u00a0vitals   F8\u00a0late", "F2\u00a0signos\u00a0vitales   F8\u00a0tarde"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_is_in_the_catalogue_is_said_whole_or_in_its_pieces(text, said):
    assert language.shown(text) == said
    assert language.missed() == ()


@pytest.mark.usefixtures("spanish")
def test_what_is_not_in_it_stays_and_is_counted():
    assert language.shown("Julia Alvarez and a cat") == "Julia Alvarez and a cat"
    assert language.missed() == ("Julia Alvarez and a cat",)


@pytest.mark.usefixtures("spanish")
def test_somebodys_words_stay_in_places_and_alone_but_a_button_keeps_its_language():
    assert language.shown("Nausea") == "Náusea"
    language.heed({"Nausea"})
    assert language.shown("Nausea") == "Nausea"
    assert language.shown("Nausea, grade 2") == "Nausea, grado 2"
    assert language.labelled("Nausea") == "Náusea"
    language.heed(())
    assert language.shown("Nausea, grade 2") == "Náusea, grado 2"


@pytest.mark.usefixtures("spanish")
def test_a_text_of_many_pieces_is_said_within_its_patience():
    text = ". ".join(f"{n} min late and Something, Else of {n}" for n in range(60))
    said = language.shown(text)
    assert said.count("min") == 60
    assert len(language._voice[0]._said) == 1


@pytest.mark.usefixtures("spanish")
def test_a_widget_says_itself_again_and_its_text_stays_english(qtbot):
    voice = list(language._voice)
    language.speak("en")
    panel = QWidget()
    made = [
        Words("Vitals"), Button("Vitals", kind=Kind.QUIET), TextField("Vitals", label="Headache"),
        Choices("Vitals", (Choice("a", "Nausea"), Choice("b", "Nausea", verbatim=True))),
        Words("Nausea", verbatim=True),
    ]  # fmt: skip
    for each in made:
        each.setParent(panel)
    words, button, field, choices, name = made
    qtbot.addWidget(panel)
    for code, said in (("es", "Signos vitales"), ("en", "Vitals")):

        def speak(code=code):
            language._voice[:] = voice if code == "es" else []

        speaking.say_again([panel, *panel.findChildren(QWidget)], speak)
        assert (QLabel.text(words), words.text()) == (said, "Vitals")
        assert (spoken_name(button), button.words()) == (said, "Vitals")
        assert field.kept_name() == "Vitals"
        assert spoken_name(field.editor()) == said
        assert QLabel.text(name) == "Nausea"
        one, other = choices.findChildren(Button)
        assert other._said() == "Nausea"
        assert one._said() == ("Náusea" if code == "es" else "Nausea")


def test_the_key_turns_the_window_and_turns_it_back_and_it_is_kept(
    qtbot, tmp_path, monkeypatch, pseudo
):
    desk = desk_at(tmp_path / "ledger", "quiet_hour", until="infusion-started")
    window = MainWindow(desk, unlock=UnlockScreen(desk))
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show_screen("visit")
    show(qtbot, window, width=1366, height=768)
    monkeypatch.setattr("ui.language.voice.Voice", lambda _code: pseudo)
    english = [QLabel.text(each) for each in all_of(window, Words)]
    given = [each.text() for each in all_of(window, Words)]
    assert window.act("language")
    assert key_of("language") == "Alt+,"
    assert preferences.read(desk.folder).language == "es"
    spanish = [QLabel.text(each) for each in all_of(window, Words)]
    assert len(spanish) == len(english)
    changed = sum(a != b for a, b in zip(english, spanish, strict=True))
    assert changed > len(english) // 3
    left = [text for text in language.missed() if not text.startswith(NAMED)]
    assert "\n".join(left) == ""
    assert [each.text() for each in all_of(window, Words)] == given
    assert window.act("language")
    assert [QLabel.text(each) for each in all_of(window, Words)] == english
    assert preferences.read(desk.folder).language == "en"
    window.close()


def test_typed_words_that_are_in_the_catalogue_are_shown_as_typed(
    qtbot, tmp_path, monkeypatch, pseudo
):
    monkeypatch.setattr("ui.language.voice.Voice", lambda _code: pseudo)
    desk = desk_at(tmp_path / "ledger", "quiet_hour", until="infusion-started")
    speaking.choose(desk, "es")
    desk.record(NoteWritten(at=desk.now(), text="Nausea"))
    window = MainWindow(desk, unlock=UnlockScreen(desk))
    qtbot.addWidget(window)
    window.show_screen("visit")
    show(qtbot, window, width=1366, height=768)
    (log,) = all_of(window, EntryTable)
    rows = [[log.model().index(row, column).data() for column in (1, 2)] for row in (0, 1)]
    assert ["NOTE", "Nausea"] in rows
    pseudo._missed.clear()
    assert language.shown("Note: Nausea") == "NOTE: Nausea"
    assert language.shown("Nausea") == "Nausea"
    patient = desk.visit.patient.full_name
    assert language.shown(f"{patient}") == patient
    assert language.missed() == ()
    window.close()


def test_a_language_that_is_not_installed_leaves_english(qapp, tmp_path, monkeypatch):
    monkeypatch.setattr("ketachart.resources.path", tmp_path.joinpath)
    speaking.begin(qapp, "es")
    assert language.spoken() == "en"


@pytest.mark.parametrize(
    ("kept", "said"), [("en", "en"), ("es", "es"), ("", "en"), ("fr", "en"), ("EN", "en")]
)
def test_the_kept_language_counts_and_else_the_systems(kept, said):
    assert language.language_of(kept) == said


@pytest.mark.usefixtures("spanish")
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("22 November 2026", "22 de noviembre de 2026"),
        ("40 y", "40 a"),
        ("F8 gait", "F8 andar"),  # behind a key it is another word
        ("Then go on.", "Luego siga."),  # a sentence that stands only beside others
        ("3 of 4", "3 de 4"),
        ("a part of the rest", "a part of the rest"),  # no single words within a sentence
        ("late entries", "late entries"),  # not “{n} entries”: that is a count
        ("BAG LAT", "BAG LAT"),  # letters that are read out by telephone
        ("/stick/late", "/stick/late"),
        ("With it they sign", "Con ella firman"),  # its first place holds nothing
        ("“Vitals” is worked out", "“Signos vitales” se calcula"),  # a name of ours in quotes
        ("Nothing is lost. “It is gone.”", "No se pierde nada. “Ya pasó.”"),
    ],
)
def test_a_sentence_is_said_wholly_or_left(text, said):
    assert language.shown(text) == said


@pytest.mark.usefixtures("spanish")
def test_what_somebody_typed_stays_within_a_sentence_too():
    language.heed(("headache late; gait", "gait so late"))
    assert language.shown("headache late; gait so late, on paper") == (
        "headache late; gait so late, en papel"
    )


def test_what_is_described_verbatim_is_said_in_the_same_words(qtbot, spanish):
    del spanish
    made = QWidget()
    qtbot.addWidget(made)
    saying.describe_verbatim(made, "Vitals")
    saying.say_again([made], lambda: None)
    assert made.accessibleDescription() == "Vitals"
