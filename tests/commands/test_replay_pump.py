"""The same rules in a script as in the window: slips of the rate, marks, medicines, the line."""

import json

import pytest

from tests.helpers.command import STARTED, entries_of, line, note


@pytest.mark.parametrize(
    ("told", "rule", "says"),
    [
        (
            ("rate-set", {"rate_ml_h": "111", "reason": "prescriber-tolerated"}),
            "looks like a slip",
            "111 mL/h after 11.1 mL/h is ten times as much or more",
        ),
        (
            ("rate-set", {"rate_ml_h": "1.11"}),
            "looks like a slip",
            "1.11 mL/h after 11.1 mL/h is a tenth or less",
        ),
        (
            ("rate-set", {"rate_ml_h": "22.2", "reason": "prescriber-tolerated"}),
            "looks like a slip",
            "mg/h may have been typed as mL/h",
        ),
        (
            ("rate-set", {"rate_ml_h": "12", "reason": "pain-not-better"}),
            "increase needs a reason",
            "Say that the dose is tolerated",
        ),
        (
            ("medicine-given", {"medicine": "labetalol", "dose": "10", "unit": "mg"}),
            "not ordered",
            "is not among the medicines of this order",
        ),
        (
            ("moment-told", {"mark": "nobody", "reason": "x"}),
            "no such line",
            "No line before this one has the id “nobody”",
        ),
    ],
)
def test_a_slip_in_a_script_is_refused_with_the_sentence_that_names_it(scripts, told, rule, says):
    kind, values = told
    spoilt = [line(kind, "14:05", **values), note("14:06", "and on it goes")]
    answer, _out = scripts.replay([*STARTED, *spoilt], "--json", "--strict")
    (refusal,) = answer.json["refusals"]
    assert says in refusal["sentence"]
    assert refusal["rule"] == rule


def test_a_marked_moment_is_told_by_the_entry_that_a_script_names(scripts):
    mark = json.loads(line("moment-marked", "14:05", word="retched"))
    rate = json.loads(line("rate-set", "14:05", rate_ml_h="10", reason="side-effect"))
    told = line("moment-told", "14:07", mark="m", entry="r")
    named = [json.dumps({**mark, "id": "m"}), json.dumps({**rate, "id": "r"}), told]
    answer, out = scripts.replay([*STARTED, *named], "--json")
    assert answer.json["refusals"] == []
    rows = {row["kind"]: row for row in entries_of(out)}
    told_of = rows["moment-told"]["body"]
    assert told_of["mark"] == rows["moment-marked"]["id"]
    assert told_of["entry"] == rows["rate-set"]["id"]
