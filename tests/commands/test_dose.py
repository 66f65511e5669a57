"""`dose` works out every vector and prints what it got beside what was expected, as fractions."""

import copy
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.command import command

VECTORS = Path(__file__).parents[1] / "domain" / "dose_vectors.json"
ROOT = Path(__file__).parents[2]
PLAN = {
    "weight_kg": "70",
    "dose_mg_per_kg": "0.5",
    "duration_min": "60",
    "conc_mg_per_ml": "2",
}


@pytest.fixture(scope="module")
def document():
    return json.loads(VECTORS.read_text(encoding="utf-8"))


@pytest.fixture
def dose(tmp_path):
    """Works out a document, or the bytes of a file."""

    def work(content, *options):
        path = tmp_path / "vectors.json"
        whole = content if isinstance(content, bytes) else json.dumps(content).encode()
        path.write_bytes(whole)
        return command("dose", path, *options)

    return work


def vector(expect, given=None, **more):
    return {"vectors": [{"id": "V1", "given": given or PLAN, "expect": expect, **more}]}


def test_the_public_vectors_agree_at_the_shell():
    done = subprocess.run(
        [sys.executable, "-m", "ketachart", "dose", str(VECTORS)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[-1].endswith(" 0 differences")
    assert all(line.startswith("same ") for line in lines[:-1])


def test_each_answer_stands_beside_what_was_expected(dose, document):
    (line, *_) = dose(document).out.splitlines()
    wanted = document["vectors"][0]["expect"]["dose_mg"]["frac"]
    assert line.split() == ["same", "P01", "dose_mg", wanted, wanted]


def test_one_digit_that_differs_is_found_and_answers_1(dose, document):
    changed = copy.deepcopy(document)
    forms = changed["vectors"][0]["expect"]["mcg_kg_min"]
    forms["frac"] = "1000001/120000"
    answer = dose(changed)
    assert answer.code == 1
    (line,) = [line for line in answer.out.splitlines() if line.startswith("DIFFERS")]
    assert line.split()[1:3] == ["P01", "mcg_kg_min"]
    assert answer.out.splitlines()[-1].endswith(" 1 difference")


@pytest.mark.parametrize(("form", "value"), [("frac", "36/1"), ("dec", "36"), ("r3", "36.000")])
def test_every_form_of_an_answer_is_compared(dose, form, value):
    right = {"frac": "35/1", "dec": "35", "r3": "35.000"}
    assert dose(vector({"dose_mg": right})).code == 0
    assert dose(vector({"dose_mg": {**right, form: value}})).code == 1


def test_the_answer_in_json(dose):
    answer = dose(vector({"dose_mg": {"frac": "35/1"}, "mg_h": {"frac": "36/1"}}), "--json")
    assert answer.code == 1
    assert answer.json == {
        "good": False,
        "vectors": 1,
        "answers": 2,
        "differences": 1,
        "lines": [
            {"vector": "V1", "name": "dose_mg", "got": "35/1", "expected": "35/1", "same": True},
            {"vector": "V1", "name": "mg_h", "got": "35/1", "expected": "36/1", "same": False},
        ],
    }


@pytest.mark.parametrize(
    "same",
    [{"frac": "70/2"}, {"dec": "35.0"}, {"r3": "35"}, "35", 35, 35.0, {"frac": "35"}],
)
def test_the_same_number_written_otherwise_is_the_same(dose, same):
    assert dose(vector({"dose_mg": same})).code == 0


@pytest.mark.parametrize(
    "other",
    [{"frac": "35/2"}, {"dec": None}, {"colour": "35"}, {}, "36", 35.0001, None, True, []],
)
def test_anything_else_is_a_difference(dose, other):
    assert dose(vector({"dose_mg": other})).code == 1


def test_a_decimal_that_does_not_end_is_null_and_only_null(dose):
    given = {**PLAN, "duration_min": "90"}  # 17.5 mL in 1.5 h
    assert dose(vector({"rate_ml_h": {"frac": "35/3", "dec": None}}, given)).code == 0
    assert dose(vector({"rate_ml_h": {"frac": "35/3", "dec": "11.667"}}, given)).code == 1


def test_numbers_may_be_json_numbers_and_stay_exact(dose):
    given = {"weight_kg": 70.3, "dose_mg_per_kg": 0.1, "duration_min": 60, "conc_mg_per_ml": 1}
    assert dose(vector({"dose_mg": {"frac": "703/100", "dec": "7.03"}}, given)).code == 0


def test_a_vector_that_is_refused_or_unreadable_differs_and_stops_no_other(dose):
    expect = {"dose_mg": {"frac": "35/1"}}
    document = {
        "vectors": [
            {"id": "V1", "given": {**PLAN, "weight_kg": "0"}, "expect": expect},
            {"id": "V2", "given": {**PLAN, "weight_kg": "x"}, "expect": expect},
            {"id": "V3", "given": {"colour": "red"}, "expect": expect},
            {"id": "V4", "given": PLAN, "expect": expect},
        ]
    }
    answer = dose(document, "--json")
    assert answer.code == 1
    got = [(line["vector"], line["same"], line["got"]) for line in answer.json["lines"]]
    assert got[0] == ("V1", False, "refused: Weight must be above zero. Type it again.")
    assert got[1][:2] == ("V2", False)
    assert got[1][2].startswith("given cannot be read:")
    assert got[2] == ("V3", False, "not worked out")
    assert got[3] == ("V4", True, "35/1")


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"weight_kg": "-70"}, "weight must be above zero"),
        ({"dose_mg_per_kg": "0"}, "dose must be above zero"),
        ({"weight_kg": "70,5"}, "reject a comma"),
        ({"events": [{"t_s": 0, "kind": "start", "value": "0"}]}, "rate must be above zero"),
        ({"events": ["start", {"t_s": 60, "kind": "rate", "value": "-1"}]},
         "rate must not be negative"),
        ({"events": [{"t_s": 0, "kind": "bolus_mg", "value": "-5"}]}, "bolus must be above zero"),
        ({"events": ["start", "resume"]}, "already running"),
        ({"events": ["pause"]}, "not running"),
    ],
)  # fmt: skip
def test_what_must_be_refused_is_refused_for_its_own_reason(dose, given, error):
    case = {"id": "E1", "given": given, "error": error}
    answer = dose({"vectors": [], "errors": [case]}, "--json")
    (line,) = answer.json["lines"]
    assert (line["vector"], line["name"], line["expected"]) == ("E1", "refused", error)
    assert answer.code == 0, answer


def test_what_is_refused_for_another_reason_is_a_difference(dose):
    case = {"id": "E1", "given": {"weight_kg": "0"}, "error": "duration must be above zero"}
    answer = dose({"vectors": [], "errors": [case]}, "--json")
    assert answer.code == 1
    assert answer.json["lines"][0]["got"] == "Weight must be above zero. Type it again."


def test_what_is_accepted_though_it_must_be_refused_is_a_difference(dose):
    case = {"id": "E1", "given": {"weight_kg": "70"}, "error": "weight must be above zero"}
    answer = dose({"vectors": [], "errors": [case]}, "--json")
    assert answer.code == 1
    assert answer.json["lines"][0]["got"] == "accepted"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is not a JSON file that can be read"),
        (b"{", "is not a JSON file that can be read"),
        (b"\xff\xfe", "is not a text file in UTF-8"),
        (b"[" * 100_000, "is not a JSON file that can be read"),
        (b"[]", "it has no list named “vectors”"),
        (b"{}", "it has no list named “vectors”"),
        (b'{"vectors": {}}', "it has no list named “vectors”"),
        (b'{"vectors": [], "errors": 4.5}', "its “errors” are no list"),
        (b'{"vectors": [1]}', "vector 1 does not have the form"),
        (b'{"vectors": [{"id": "V9"}]}', "V9 does not have the form"),
        (b'{"vectors": [{"id": "V9", "given": {}, "expect": []}]}', ""),
        (b'{"vectors": [], "errors": [{"id": "E9", "given": 5, "error": "x"}]}', "E9 does not"),
    ],
)
def test_a_file_without_vectors_could_not_be_read(dose, content, says):
    answer = dose(content)
    assert answer.code == (2 if says else 0)
    assert says in answer.err
    if says:
        assert says in dose(content, "--json").json["error"]


def test_a_mark_at_the_beginning_of_the_file_changes_nothing(dose):
    content = b"\xef\xbb\xbf" + json.dumps(vector({"dose_mg": {"frac": "35/1"}})).encode()
    assert dose(content).code == 0


def test_a_file_that_is_not_there_is_named(tmp_path):
    answer = command("dose", tmp_path / "none.json")
    assert answer.code == 2
    assert answer.err == "There is no none.json there. Check the name and its folder.\n"
