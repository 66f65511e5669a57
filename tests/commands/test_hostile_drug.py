"""Scripts that are wrong about order, drug and past: one clear sentence each, and no waiting."""

import json
import time

import pytest

from tests.helpers.command import HEADER, STARTED, entries_of, line

ORDER = json.loads(HEADER[3])
LONGEST_S = 5
ABSURD = ["1000000000", "-1", "0." + "1" * 30, "", "1e3", " 5", "NaN", 10**30, True, [1], {"a": 1}]
CODES = ["", "mars", " ", 5, ["x"], {"a": 1}]
DAYS = ["1826-13-01", "2026-02-30", "2026-11-22T10:00", "26-11-22", "", 5]


def order(**changed):
    values = {key: value for key, value in ORDER.items() if key not in ("kind", "at")}
    return line("order-recorded", "14:00", **{**values, **changed})


def limit(**changed):
    return order(limits=[{"sign": "systolic", "when": "during", "level": "pause", **changed}])


def check(**changed):
    values = {"rate_ml_h": "11.1", "volume_ml": "11.1", "strength_mg_per_ml": "2"}
    return line("pump-checked", "14:00", reader="same-nurse", **{**values, **changed})


def elsewhere(told_by="letter", **infusion):
    return line(
        "infusion-elsewhere", "14:00", told_by=told_by, infusion={"on": "2026-01-01", **infusion}
    )


def bag(**changed):
    values = {"bag": "B7", "vial": "V1", "drawn_ml": "1", "total_ml": "50"}
    return line("bag-prepared", "14:00", **{**values, **changed})


def vial(**changed):
    values = {"vial": "V9", "strength_mg_per_ml": 10, "volume_ml": 5, "lot": "l"}
    return line("vial-taken", "14:00", **{**values, "expires": "2028-01-01", **changed})


def with_number(n):
    """Each number of the new facts, that number in its place."""
    step = {"after_min": "5", "rate_mg_kg_h": "0.2", "condition": "calm"}
    prn = {"medicine": "ondansetron", "dose": "4", "unit": "mg"}
    return [
        line("drug-wasted", "14:00", amount_mg=n, how="x", witness_mode="in-person", witness="a"),
        line("bolus-given", "14:00", amount_mg=n, despite="told to", confirmed=True),
        line("bolus-given", "14:00", volume_ml=n, despite="told to", confirmed=True),
        line("rate-set", "14:00", rate_ml_h=n, reason="pain 3, calm", confirmed=True),
        line("pump-read", "14:00", volume_ml=n),
        line("height-measured", "14:00", height_cm=n, confirmed=True),
        line("bag-changed", "14:00", strength_mg_per_ml=n),
        vial(volume_ml=n), check(rate_ml_h=n), elsewhere(delivered_mg=n), elsewhere(pain_end=n),
        order(dose_mg_per_kg=n), order(duration_min=n), order(ceiling_mg=n),
        order(weight_basis="ideal", dosing_weight_kg=n), order(series_number=n),
        order(titration=[{**step, "after_min": n}]), order(titration=[{**step, "rate_mg_kg_h": n}]),
        order(priming={"fluid": "drug", "volume_ml": n}), order(monitoring={"vitals_every_min": n}),
        order(monitoring={"observe_min": n}), order(prn=[{**prn, "interval_min": n}]),
        limit(above=n), limit(not_in=[n]), limit(above="160", apart_min=n),
    ]  # fmt: skip


def with_code(code):
    """Each choice, list and record of the new facts, that in its place."""
    return [
        order(goal=code), order(route=code), order(weight_basis=code), order(received=code),
        order(weight_basis="ideal", weight_formula=code), order(prescriber=code),
        order(titration=code or 5), order(priming=code), order(monitoring=code),
        order(monitoring={"continuous": [code]}), bag(method=code), bag(vial=code),
        line("other-ketamine", "14:00", route=code, product="p", from_whom="prescribed"),
        line("moment-told", "14:00", mark=code, entry=code),
        line("infusion-elsewhere", "14:00", told_by="me", infusion=code),
        elsewhere(charted=code), elsewhere(started_at=code), vial(expires=code),
    ]  # fmt: skip


IMPOSSIBLE = [
    (vial(vial="V1"), "V1 is taken already."),
    (bag(drawn_ml="9", total_ml="5", method="withdrawn-first", bag_ml="5"), "cannot hold 5 mL"),
    (bag(total_ml="50", method="withdrawn-first", bag_ml="0.5"), "cannot be withdrawn from a bag"),
    (bag(total_ml="50", method="added-to", bag_ml="50"), "make 51 mL, not 50 mL"),
    (bag(bag_ml="50"), "has one volume"),
    (check(drops_per_ml=0), "How many drops make 1 mL?"),
    (check(drops_per_ml=-20), "How many drops make 1 mL?"),
    (line("bolus-given", "14:00", amount_mg="1", volume_ml="1", despite="x"), "not both"),
    (line("bolus-given", "14:00", despite="x"), "in mg, or in mL"),
    (limit(above="100", below="160"), "one number, above or below"),
    (limit(at_least="100", at_most="160"), "one number, above or below"),
    (limit(), "one number, above or below"),
    (limit(above="999"), "cannot be"),
    (elsewhere(on="2030-01-01"), "has not been yet"),
    (elsewhere(on="1826-01-01"), "before the patient's birth"),
    (elsewhere(on="0001-01-01"), "Check the year"),
    (elsewhere(pain_end=11), "Pain runs from 0 to 10."),
    (line("past-recorded", "14:00", visits_here=-5), "Count from 1"),
    (line("past-recorded", "14:00", infusions=[{"on": "2026-01-01", "delivered_mg": "-1"}]),
     "below zero"),
    (line("rate-set", "14:00", rate_ml_h="999999999", reason="pain 3, calm"), "confirm it"),
    (line("moment-told", "14:00", mark="nobody", reason="nothing"), "has the id “nobody”"),
]  # fmt: skip


def quick_refusals(scripts, lines, after):
    began = time.monotonic()
    found = scripts.refusals(*lines, after=after)
    assert time.monotonic() - began < LONGEST_S
    return found


@pytest.mark.parametrize(
    ("made", "wrong"), [(with_number, ABSURD), (with_code, CODES)], ids=["numbers", "codes"]
)
def test_every_absurd_value_is_refused_in_one_sentence(scripts, made, wrong):
    for value in wrong:
        lines = made(value)
        found = quick_refusals(scripts, lines, STARTED)
        assert [number for number, _, _ in found] == list(range(1, len(lines) + 1)), value
        for _, _, sentence in found:
            assert sentence.endswith((".", "?")), sentence
            assert len(sentence) < 400, sentence


def test_every_day_that_is_none_is_refused(scripts):
    lines = [
        made
        for day in DAYS
        for made in (
            order(ordered_on=day), order(expires_on=day), order(evaluated_on=day),
            elsewhere(on=day), vial(expires=day),
        )
    ]  # fmt: skip
    assert len(quick_refusals(scripts, lines, STARTED)) == len(lines)


def test_what_cannot_have_been_is_named(scripts):
    found = quick_refusals(scripts, [text for text, _ in IMPOSSIBLE], STARTED)
    assert [number for number, _, _ in found] == list(range(1, len(IMPOSSIBLE) + 1))
    for (_, says), (_, _, sentence) in zip(IMPOSSIBLE, found, strict=True):
        assert says in sentence


def test_a_gravity_set_of_no_drops_is_not_started(scripts):
    began = [text for text in STARTED if '"infusion-started"' not in text]
    start = line("infusion-started", "14:00", rate_ml_h="5", by="gravity", drops_per_ml=0)
    [(_, rule, _)] = [r for r in scripts.refusals(start, after=began) if r[0] == 1]
    assert rule == "drop factor must be above zero"


@pytest.mark.parametrize(
    "rows",
    [
        {"titration": [{"after_min": n + 1, "rate_mg_kg_h": "0.2", "condition": "calm"}
                       for n in range(10_000)]},
        {"prn": [{"medicine": "x", "dose": "4", "unit": "mg"}] * 3000},
        {"adjuncts": [{"kind": "other", "what": "x"}] * 3000},
        {"limits": [{"sign": "systolic", "when": "during", "level": "pause", "above": "160"}] * 61},
    ],
    ids=["steps", "medicines", "treatments", "limits"],
)  # fmt: skip
def test_an_order_of_thousands_of_rows_is_refused_at_once(scripts, rows):
    [(_, _, sentence)] = quick_refusals(scripts, [order(**rows)], STARTED)
    assert "rows of one sort; at most 60" in sentence


def test_sixty_steps_are_an_order(scripts):
    steps = [
        {"after_min": n + 1, "rate_mg_kg_h": "0.2", "condition": "calm"} for n in range(60)
    ]  # fmt: skip
    answer, out = scripts.replay([*STARTED, order(titration=steps)], "--json")
    assert answer.json["refusals"] == []
    assert len(entries_of(out)) > len(STARTED)


def test_everything_struck_leaves_a_visit_that_can_still_be_told(scripts):
    named = [json.dumps({**json.loads(text), "id": f"n{n}"}) for n, text in enumerate(STARTED)]
    strikes = [
        line("strike", "14:10", entry=f"n{n}", reason="slip") for n in range(5, len(STARTED))
    ]
    began = time.monotonic()
    answer, out = scripts.replay([*named[:5], *named[5:], *strikes], "--json")
    assert time.monotonic() - began < LONGEST_S
    assert answer.json["refusals"] == []
    assert len([row for row in entries_of(out) if row["kind"] == "entry-struck"]) == len(strikes)


def test_a_correction_to_another_kind_is_refused(scripts):
    start = json.dumps({**json.loads(STARTED[-1]), "id": "start"})
    wrong = line("correct", "14:10", entry="start", reason="slip",
                 fact=json.loads(line("note-written", "14:00", text="x")))  # fmt: skip
    [(_, rule, _)] = scripts.refusals(wrong, after=[*STARTED[:-1], start])
    assert rule == "other kind"
