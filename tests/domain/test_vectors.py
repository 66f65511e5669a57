"""Every public dose vector is worked out exactly, and what must be refused is refused."""

import json
from pathlib import Path

import pytest

from ketachart.commands.vectors import compare, work_out
from ketachart.errors import CannotRead, Refused

VECTORS = Path(__file__).parent / "dose_vectors.json"


@pytest.fixture(scope="module")
def document():
    return json.loads(VECTORS.read_text(encoding="utf-8"))


def test_every_public_vector_agrees_exactly(document):
    lines = compare(document)
    assert len({line.vector for line in lines}) == 38
    assert [line for line in lines if not line.same] == []


def test_a_vector_that_is_off_by_the_last_digit_is_a_difference(document):
    changed = json.loads(json.dumps(document))
    changed["vectors"][0]["expect"]["draw_from_vial_ml"]["frac"] = "7001/10000"
    wrong = [line for line in compare(changed) if not line.same]
    assert [(line.vector, line.name) for line in wrong] == [("P01", "draw_from_vial_ml")]


def test_an_answer_that_nobody_worked_out_is_a_difference(document):
    changed = json.loads(json.dumps(document))
    changed["vectors"][0]["expect"]["colour"] = {"frac": "1/1", "dec": "1", "r3": "1.000"}
    wrong = [line for line in compare(changed) if not line.same]
    assert [(line.name, line.got) for line in wrong] == [("colour", "not worked out")]


def test_an_error_case_that_is_accepted_is_a_difference(document):
    changed = json.loads(json.dumps(document))
    changed["errors"][0]["given"]["weight_kg"] = "70"
    wrong = [line for line in compare(changed) if not line.same]
    assert [line.vector for line in wrong] == ["E01"]


def test_what_is_no_file_of_vectors_is_said_to_be_none():
    with pytest.raises(CannotRead, match="vectors"):
        compare({"something": "else"})


def test_a_second_bag_in_a_vector_is_worked_out():
    answers = work_out(
        {
            "given": {
                "weight_kg": "70",
                "conc_mg_per_ml": "2",
                "bag_ml": "10",
                "events": [
                    {"t_s": 0, "kind": "start", "value": "60"},
                    {"t_s": 300, "kind": "bag", "conc_mg_per_ml": "1", "bag_ml": "50"},
                    {"t_s": 900, "kind": "stop", "value": None},
                ],
            }
        }
    )
    assert answers["total_mg"] == 20


def test_a_stop_before_the_start_is_refused_in_a_vector():
    with pytest.raises(Refused, match="before the start"):
        work_out(
            {
                "given": {
                    "conc_mg_per_ml": "1",
                    "events": [
                        {"t_s": 600, "kind": "start", "value": "10"},
                        {"t_s": 0, "kind": "stop"},
                    ],
                }
            }
        )
