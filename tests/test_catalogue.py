"""The catalogue of the window's languages holds what the code says, and says it rightly."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "resources/locale"
STILL_MISSING = 0  # messages without Spanish; nothing may be added to it

# Only these hand Qt a text to show, say or draw: each passes it through the language first.
SINKS = re.compile(r"\.(?:setAccessibleName|setAccessibleDescription|setToolTip)\(")
MAY_SHOW = ("ui/language/", "ui/gallery", "ui/demo")


@pytest.fixture(scope="module")
def tool():
    sys.path.insert(0, str(ROOT / "packaging"))
    import catalogue

    yield catalogue
    sys.path.remove(str(ROOT / "packaging"))


def _key(message):
    """A message as the program looks it up, with its context where it has one."""
    return f"{message.context}\x04{message.id}" if message.context else str(message.id)


@pytest.fixture(scope="module")
def spanish():
    with (LOCALE / "es/LC_MESSAGES/ketachart.po").open("rb") as file:
        return read_po(file, locale="es")


def test_the_template_is_what_the_code_says_now(tool):
    with (LOCALE / "ketachart.pot").open("rb") as file:
        kept = {_key(message) for message in read_po(file) if message.id}
    said = set(tool.gathered())
    assert said == kept, (
        f"python3 dev.py words has to be run: new {sorted(said - kept)[:5]}, "
        f"gone {sorted(kept - said)[:5]}"
    )


def test_spanish_lacks_no_more_messages_than_are_known_to_be_missing(spanish):
    missing = [str(message.id) for message in spanish if message.id and not message.string]
    assert len(missing) <= STILL_MISSING, missing[:10]


def test_places_figures_and_edges_agree_in_every_message(tool, spanish):
    wrong = {
        str(message.id): found
        for message in spanish
        if message.id and message.string
        if (found := tool.faults(str(message.id), str(message.string)))
    }
    assert wrong == {}


def test_what_ships_is_what_is_written(spanish):
    from ui.language.catalogue import Catalogue

    shipped = Catalogue.installed("es").sentences
    written = {_key(m): str(m.string) for m in spanish if m.id and m.string}
    assert {text: shipped.get(text) for text in written} == written


@pytest.mark.parametrize(
    ("english", "spanish", "wrong"),
    [
        ("{minutes} min late", "{minutes} min tarde", []),
        ("{minutes} min late", "{minuten} min tarde", ["other places"]),
        ("{a} late", "{a} {a} tarde", ["other places"]),
        ("Over 90 mmHg", "Más de 90 mmHg", []),
        ("Over 90 mmHg", "Más de 95 mmHg", ["other figures or units"]),
        ("Over 5 mg", "Más de 5 mL", ["other figures or units"]),
        (", on paper", ", en papel", []),
        (", on paper", "en papel", []),  # the comma is the translator's
        (" since {day}", "desde {day}", ["other spaces at an end"]),
    ],
)
def test_a_translation_that_says_another_thing_is_refused(tool, english, spanish, wrong):
    assert tool.faults(english, spanish) == wrong


@pytest.mark.parametrize(
    ("code", "messages"),
    [
        ('x = f"{minutes} min late"', ["{minutes} min late"]),
        ('x = f"{with_unit(a)} of {with_unit(b)}"', ["{with_unit} of {with_unit2}"]),
        ('x = f"It is {0 if late else 1:.2f} now"', ["It is {value} now"]),
        (
            'x = f"{n} step{\'\' if n == 1 else \'s\'} open"',
            ["{n} step open", "{n} steps open"],
        ),
        ('x = count(n, "entry", "entries")', ["{n} entry", "{n} entries"]),
        ('x = "One " "sentence."', ["One sentence."]),
        ('raise Refused("Say why.", rule="no reason")', ["Say why."]),
        ('"""A docstring."""\nx = "shield-check"', []),
        ('w.setProperty("A name", "B name")\nre.compile("Two words")', []),
        ('db.execute("SELECT one FROM two")', []),
        ('x = f"{a}: {b}"', []),
        ('way = "back" if x else "forward"\ny = f"It was set {way}"',
         ["back", "forward", "It was set {way}"]),
    ],
)  # fmt: skip
def test_sentences_are_found_and_codes_are_not(tool, code, messages):
    found = [text for _line, text in tool.messages_of(ast.parse(code))]
    assert found == messages


def test_every_text_goes_through_the_language():
    around = [
        f"{name}: {found}"
        for path in sorted((ROOT / "ui").glob("**/*.py"))
        if not (name := path.relative_to(ROOT).as_posix()).startswith(MAY_SHOW)
        for found in SINKS.findall(path.read_text(encoding="utf-8"))
    ]
    assert around == [], "use say_name, describe and say_tip of ui.language.saying"


def test_english_loads_nothing_of_it():
    code = (
        "import sys, ui.language as language\n"
        "assert language.shown('Vitals') == 'Vitals' and language.missed() == ()\n"
        "loaded = {'ui.language.catalogue', 'ui.language.voice', 'PySide6.QtGui'}\n"
        "assert not loaded & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
