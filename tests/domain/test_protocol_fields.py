"""Every field of every table: the supervisor changes it, or it is fixed on purpose, and said so."""

from dataclasses import fields

import pytest

from ketachart import house
from ketachart.domain.editing.bands import bands_ask_less, bands_text, bands_typed
from ketachart.domain.editing.changes import changes
from ketachart.domain.editing.edit import Edit, drafted
from ketachart.domain.editing.parts import parts_of
from ketachart.domain.editing.tables import TABLES, rows_of
from ketachart.domain.editing.typed import row_typed, text_of
from ketachart.domain.policy_care import Band
from ketachart.domain.protocol import Protocol
from ketachart.errors import Refused

POLICY = "Desert Bloom policy 12, 3 Nov 2026"
CODES = "names the row, or another row by it"
COMPUTED = "the program works by it"
PRINTED = "as the sign or scale itself has it, not the clinic"
LATER = "a list that the program asks its reasons by"
FIXED = {
    "values": {"code": CODES, "unit": COMPUTED, "text": COMPUTED, "laxer": COMPUTED},
    "signs": {
        "code": CODES, "label": PRINTED, "short": PRINTED, "unit": PRINTED, "decimals": PRINTED,
        "possible_low": PRINTED, "possible_high": PRINTED,
    },
    "goals": {"code": CODES, "label": CODES},
    "screening": {
        "code": CODES, "section": COMPUTED, "heading": COMPUTED, "computed": COMPUTED,
        "only_if": COMPUTED, "raised_by": COMPUTED, "dated_within": COMPUTED,
    },
    "criteria": {"code": CODES, "computed": COMPUTED},
    "instructions": {"code": CODES, "rule": COMPUTED, "may": COMPUTED},
    "choices": {"list": CODES, "code": CODES, "source": PRINTED},
    "medicines": {"name": CODES, "unit": LATER, "routes": LATER, "classes": COMPUTED},
    "scales": {"scale": CODES, "value": CODES},
    "formulas": {"code": CODES, "label": CODES},
    "passages": {"code": CODES, "about": CODES},
    "grade_words": {"effect": CODES, "grade": CODES},
    "scores": {"code": CODES, "low": PRINTED, "high": PRINTED, "options": PRINTED},
    "score_items": {"scale": CODES, "number": CODES, "only_after": COMPUTED},
    "sheet_lines": {"sheet": CODES, "code": CODES},
    "time_out": {"code": CODES, "computed": COMPUTED},
}  # fmt: skip
NO_TABLE = {"id", "version", "title", "sources"}


@pytest.fixture(scope="module")
def shipped():
    return house.shipped_protocol()


def edited(shipped, name, key, **typed):
    table = TABLES[name]
    before = rows_of(shipped, table)[key]
    texts = {p.name: text_of(getattr(before, p.name)) for p in parts_of(table, before, shipped)}
    row = row_typed(table, before, texts | {"source": POLICY} | typed, shipped)
    return drafted(shipped, [Edit(table=name, key=key, row=row)], shipped)


def test_every_table_of_a_protocol_can_be_edited():
    assert {f.name for f in fields(Protocol)} - set(TABLES) == NO_TABLE


@pytest.mark.parametrize("name", TABLES)
def test_every_field_can_be_changed_or_is_fixed_on_purpose(shipped, name):
    table = TABLES[name]
    rows = [*getattr(shipped, name), *([None] if table.may_add else [])]
    changed = {part.name for row in rows for part in parts_of(table, row, shipped)}
    fixed = set(FIXED.get(name, {}))
    assert not changed & fixed
    assert changed | fixed == {f.name for f in fields(table.kind)}


@pytest.mark.parametrize(
    ("name", "key", "typed", "laxer"),
    [
        ("extra_rounds", "bolus", {"only_first": "yes"}, "laxer than the shipped no"),
        ("extra_rounds", "start", {"only_first": "no"}, ""),
        ("scores", "phq-9", {"goals": "depression"}, "laxer than the shipped Depression"),
        ("scores", "phq-9", {"bands": "0 minimal; 20 severe: ask"}, ""),
        ("score_items", "c-ssrs/4", {"act": "ask"}, "laxer than the shipped no start"),
        ("score_items", "c-ssrs/3", {"act": "stop"}, ""),
        ("score_items", "phq-9/9", {"heeded_from": "2"}, "laxer than the shipped 1"),
        ("score_items", "phq-9/9", {"heeded_from": "", "act": ""}, "laxer than the shipped"),
        ("kit", "oxygen", {"required": "no"}, "laxer than the shipped yes"),
        ("pathways", "nausea", {"recheck_min": "90"}, "laxer than the shipped"),
        ("pathways", "nausea", {"call_from_grade": "4"}, "laxer than the shipped"),
        ("interactions", "gabapentinoid", {"within_h": "12"}, "laxer than the shipped —"),
        ("screening", "contra-pregnant", {"hint": "a test"}, ""),
        ("choices", "effect/nausea", {"label_es": "asco"}, ""),
        ("instructions", "driving", {"sentence_es": "No conduzca hasta las {time}."}, ""),
        ("grade_words", "nausea/1", {"words": "eats less"}, ""),
        ("time_out", "identity", {"sentence": "Two identifiers."}, ""),
        ("sheet_lines", "card/says", {"text_es": "Tuvo ketamina."}, ""),
    ],
)
def test_what_asks_for_less_than_as_shipped_is_named(shipped, name, key, typed, laxer):
    draft = edited(shipped, name, key, **typed)
    found = changes(shipped, draft, shipped)
    assert found
    said = next((change.laxer for change in found if change.laxer), "")
    assert said.startswith(laxer) if laxer else not said


@pytest.mark.parametrize(
    ("name", "key", "typed", "words"),
    [
        ("scores", "phq-9", {"bands": "severe"}, "cannot be read"),
        ("scores", "phq-9", {"bands": "5 mild; 5 moderate"}, "higher than the one before"),
        ("scores", "phq-9", {"bands": "0 minimal; 28 severe"}, "no total of it"),
        ("score_items", "c-ssrs/1", {"heeded_from": "", "act": "ask"}, "from which answer"),
        ("pathways", "nausea", {"recheck_min": "0"}, "1 min or more"),
        ("pathways", "nausea", {"call_from_grade": "5"}, "1 to 4"),
        ("interactions", "gabapentinoid", {"within_h": "0"}, "1 h or more"),
        ("sheet_lines", "card/says", {"text": "Call {whom}."}, "is not filled in here"),
        ("sheet_lines", "card/says", {"text_es": "Llame a {"}, "Braces stand only"),
    ],
)
def test_what_cannot_be_is_refused_in_words(shipped, name, key, typed, words):
    with pytest.raises(Refused) as refused:
        edited(shipped, name, key, **typed)
    assert words in str(refused.value)
    assert refused.value.field in typed


def test_the_bands_of_a_scale_read_back_as_the_same():
    bands = (Band(at_least=0, label="little or no"), Band(at_least=20, label="severe", act="ask"))
    text = bands_text(bands)
    assert text == "0 little or no; 20 severe: ask"
    assert [Band(**plain) for plain in bands_typed(text)] == list(bands)


@pytest.mark.parametrize(
    ("text", "less"),
    [
        ("0 a; 20 b: stop", False),
        ("0 a; 19 b: stop", False),
        ("0 a; 21 b: stop", True),
        ("0 a; 20 b: ask", True),
        ("0 a; 20 other: stop; 25 worse: stop", False),
        ("0 a; 20 b: stop; 25 c", True),
        ("", True),
    ],
)
def test_bands_ask_for_less_where_some_total_does(text, less):
    shipped = (Band(at_least=0, label="a"), Band(at_least=20, label="b", act="stop"))
    assert bands_ask_less([Band(**plain) for plain in bands_typed(text)], shipped) == less
