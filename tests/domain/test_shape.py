"""What is stored is what was said: every fact goes to plain JSON and comes back the same."""

import json
from datetime import timedelta
from fractions import Fraction

import jsonschema
import pytest

from ketachart import house
from ketachart.commands import script
from ketachart.domain.described import fact_schema, script_schema
from ketachart.domain.facts import FACTS, KINDS, VitalsTaken, WeightMeasured
from ketachart.domain.quantities import Kg, MlPerHour
from ketachart.domain.shape import from_plain, to_plain
from ketachart.errors import Refused
from tests.helpers.stories import FOLDER, STORIES, story_lines
from tests.helpers.story import NOON


def test_every_kind_has_a_word_of_its_own():
    assert len(KINDS) == len(FACTS)
    assert all(kind.KIND and kind.__doc__ for kind in FACTS)


@pytest.mark.parametrize("story", STORIES)
def test_every_fact_of_every_story_comes_back_the_same(story):
    for line in story_lines(story):
        if line.fact is not None:
            plain = json.loads(json.dumps(to_plain(line.fact)))
            assert from_plain(type(line.fact), plain) == line.fact


def test_the_shipped_protocol_comes_back_the_same():
    protocol = house.shipped_protocol()
    assert from_plain(type(protocol), json.loads(json.dumps(to_plain(protocol)))) == protocol


@pytest.mark.parametrize("story", STORIES)
def test_every_line_of_every_story_fits_the_printed_schema(story):
    schema = script_schema()
    for raw in (FOLDER / f"{story}.jsonl").read_text(encoding="utf-8").splitlines():
        line = json.loads(raw)
        one = {"$ref": f"#/$defs/{line['kind']}", "$defs": schema["$defs"]}
        faults = jsonschema.Draft202012Validator(one).iter_errors(line)
        assert [fault.message for fault in faults] == []


def test_every_kind_has_a_schema_that_is_a_schema():
    for kind in FACTS:
        jsonschema.Draft202012Validator.check_schema(fact_schema(kind))
        for name, field in fact_schema(kind)["properties"].items():
            assert name == "kind" or "description" in field, (kind.KIND, name)


def test_a_json_number_stays_exact():
    line = script.read_line(
        '{"kind": "rate-set", "at": "2026-11-22T12:00:00-07:00", "rate_ml_h": 17.1}', 1
    )
    assert line.fact.rate_ml_h == MlPerHour("17.1")


@pytest.mark.parametrize(
    ("plain", "says"),
    [
        ({"at": "2026-11-22T12:00:00", "weight_kg": "70"}, "no offset"),
        ({"at": "yesterday", "weight_kg": "70"}, "a time such as"),
        ({"at": "2026-11-22T12:00:00-07:00", "weight_kg": "70,5"}, "comma"),
        ({"at": "2026-11-22T12:00:00-07:00", "weight_kg": "7e1"}, "a number such as"),
        ({"at": "2026-11-22T12:00:00-07:00"}, "missing"),
        ({"at": "2026-11-22T12:00:00-07:00", "weight_kgs": "70"}, "Did you mean weight_kg"),
        ({"at": "2026-11-22T12:00:00-07:00", "weight_kg": "70", "how": "guessed"}, "not one of"),
        ({"at": "2026-11-22T12:00-07:00", "weight_kg": "70", "confirmed": "yes"}, "true or false"),
        (["not", "an", "object"], "an object is expected"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named(plain, says):
    with pytest.raises(Refused, match=says):
        from_plain(WeightMeasured, plain, where="weight-measured")


def test_a_float_never_reaches_the_record():
    with pytest.raises(TypeError, match="float"):
        to_plain(VitalsTaken(at=NOON, temperature_c=36.7))


def test_an_amount_that_does_not_end_is_not_for_the_record():
    with pytest.raises(TypeError, match="no exact decimal"):
        to_plain(WeightMeasured(at=NOON, weight_kg=Kg(Fraction(1, 3))))


def test_times_keep_their_offset_and_milliseconds():
    fact = VitalsTaken(at=NOON + timedelta(milliseconds=250), spo2=98)
    assert to_plain(fact)["at"] == "2026-11-22T12:00:00.250-07:00"
