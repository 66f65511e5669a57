"""`facts` prints the JSON Schema of every fact; what the schema allows can be read, and no more."""

import json
import re

import jsonschema
import pytest

from ketachart.commands import script
from ketachart.domain.described import BY_KETACHART
from ketachart.domain.facts import FACTS
from tests.helpers.command import command, line, story_text
from tests.helpers.stories import STORIES

T = "2026-11-22T13:40:00-07:00"


@pytest.fixture(scope="module")
def schema():
    answer = command("facts")
    assert (answer.code, answer.err) == (0, "")
    return answer.json


@pytest.fixture(scope="module")
def validator(schema):
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)


def holds(validator, raw):
    return validator.is_valid(json.loads(raw))


# ------------------------------------------------------------------ the schema


def test_the_schema_is_one_and_names_its_draft(schema, validator):
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert isinstance(validator, jsonschema.Draft202012Validator)


def test_every_kind_of_fact_that_a_script_may_tell_is_there_and_the_four_acts(schema):
    told = {kind.KIND for kind in FACTS} - BY_KETACHART
    assert set(schema["$defs"]) == told | {"strike", "correct", "sign", "addendum"}
    assert {each["$ref"] for each in schema["oneOf"]} == {f"#/$defs/{n}" for n in schema["$defs"]}


def test_every_field_of_every_kind_says_what_it_means(schema):
    for name, kind in schema["$defs"].items():
        assert kind["description"], name
        for field, said in kind["properties"].items():
            if field not in ("kind", "at", "fact"):
                assert said.get("description"), (name, field)


@pytest.mark.parametrize("kind", [kind.KIND for kind in FACTS])
def test_one_kind_alone_is_a_schema_too(kind):
    answer = command("facts", kind)
    assert answer.code == 0
    jsonschema.Draft202012Validator.check_schema(answer.json)
    assert answer.json["properties"]["kind"] == {"const": kind}


def test_the_list_has_a_line_for_every_kind():
    lines = command("facts", "--list").out.splitlines()
    assert [text.split()[0] for text in lines] == [kind.KIND for kind in FACTS]
    assert all(re.fullmatch(r"[a-z-]+ +[A-Z].*\.", text) for text in lines)
    listed = command("facts", "--list", "--json").json
    assert [f"{kind:24} {words}" for kind, words in listed.items()] == lines


def test_a_kind_that_is_none_is_told():
    answer = command("facts", "dance")
    assert answer.code == 2
    assert "There is no kind of fact named “dance”. See facts --list." in answer.err


def test_json_may_be_asked_for_though_a_schema_always_is():
    assert command("facts", "--json").out == command("facts").out


# ------------------------------------------------------------------ schema and reader agree


@pytest.mark.parametrize("name", STORIES)
def test_every_line_of_every_story_is_allowed_by_the_schema(validator, name):
    for number, raw in enumerate(story_text(name), 1):
        assert holds(validator, raw), (name, number)


def test_every_example_that_a_field_gives_is_allowed_there(schema):
    for name, kind in schema["$defs"].items():
        for field, said in kind["properties"].items():
            for example in said.get("examples", []):
                inner = {**said, "$defs": schema["$defs"]}
                assert jsonschema.Draft202012Validator(inner).is_valid(example), (name, field)


@pytest.mark.parametrize(
    "raw",
    [
        line("vitals-taken", "13:40", systolic=128, diastolic=82),
        line("vitals-taken", "13:40", temperature_c="36.7"),
        line("vitals-taken", "13:40", temperature_c=36.7),
        line("vitals-taken", "13:40", systolic=None),
        line("note-written", "13:40", text="a", id="n", recorded_at="13:41"),
        line("strike", "13:40", entry="n", reason="slip"),
        line("correct", "13:40", entry="n", reason="slip",
             fact={"kind": "note-written", "at": T, "text": "b"}),
        line("sign", "13:40"),
        line("sign", "13:40", incomplete="called away"),
    ],
)  # fmt: skip
def test_what_the_schema_allows_is_read(validator, raw):
    assert holds(validator, raw)
    assert script.read_line(raw, 1).fault == ""


@pytest.mark.parametrize(
    "raw",
    [
        line("dance", "13:40"),
        line("visit-signed", "13:40"),
        line("entry-struck", "13:40", entry="n", reason="slip"),
        line("vitals-taken", "13:40", systolic="high"),
        line("vitals-taken", "13:40", systolic=12.5),
        line("vitals-taken", "13:40", colour="red"),
        line("vitals-taken", "13:40", temperature_c="36,7"),
        line("rate-set", "13:40"),
        line("note-written", "13:40", text=5),
        line("note-written", "13:40", text="a", id=5),
        line("strike", "13:40", entry="n"),
        line("strike", "13:40", entry="n", reason="slip", colour="red"),
        line("correct", "13:40", entry="n", reason="slip"),
        line("correct", "13:40", entry="n", reason="slip", fact={"kind": "sign", "at": T}),
        line("correct", "13:40", entry="n", reason="slip", fact={"kind": "dance", "at": T}),
        line("sign", "13:40", incomplete=5),
        line("sign", "13:40", colour="red"),
        json.dumps({"kind": "sign"}),
        json.dumps([]),
        json.dumps("text"),
    ],
)
def test_what_the_schema_forbids_is_not_read(validator, raw):
    assert not holds(validator, raw)
    assert script.read_line(raw, 1).fault
