"""Every slip of the check, played from a script: the start is refused with the sentence."""

import json

import pytest

from tests.helpers.command import line, story_text, visit_of

LINES = story_text("late_and_corrected")
KINDS = [json.loads(text)["kind"] for text in LINES]
CHECK, START = KINDS.index("pump-checked"), KINDS.index("infusion-started")


def changed(kind, **values):
    """The story's line of that kind with other values."""
    return json.dumps({**json.loads(LINES[KINDS.index(kind)]), **values}, ensure_ascii=False)


def played(scripts, *changes, paper=False):
    """What is refused of the story up to its start, with some of its lines changed."""
    lines = list(LINES[: START + 1])
    for text in changes:
        lines[KINDS.index(json.loads(text)["kind"])] = text
    answer, _ = scripts.replay(lines, "--json", paper=paper)
    return answer.json["refusals"]


def why(refusals):
    """The points against the start."""
    (refusal,) = refusals
    assert refusal["kind"] == "infusion-started"
    return {point["code"]: point["sentence"] for point in refusal["points"]}


# 74 kg × 0.3 mg/kg = 22.2 mg in 11.1 mL, 2 mg/mL, from 10 mg/mL; over 60 min: 11.1 mL/h
SLIPS = (
    ({"rate_ml_h": "111"}, "rate_ml_h", "Tenfold: the decimal point moved one place"),
    ({"rate_ml_h": "1110"}, "rate_ml_h", "Hundredfold: the decimal point moved two places"),
    ({"rate_ml_h": "1.1"}, "rate_ml_h", "A tenth: the decimal point moved one place"),
    ({"rate_ml_h": "1.11"}, "rate_ml_h", "100 mg/mL taken for the vial's 10 mg/mL"),
    ({"rate_ml_h": "2.2"}, "rate_ml_h", "50 mg/mL taken for the vial's 10 mg/mL"),
    ({"rate_ml_h": "22.2"}, "rate_ml_h", "The drug's mg/h typed as mL/h"),
    ({"rate_ml_h": "0.3"}, "rate_ml_h", "The mg/kg/h typed as mL/h"),
    ({"rate_ml_h": "24.5"}, "rate_ml_h", "Pounds taken for kg"),
    ({"rate_ml_h": "5"}, "rate_ml_h", "Kg taken for pounds"),
    ({"rate_ml_h": "222"}, "rate_ml_h", "Two slips at once, tenfold and the drug's mg/h"),
    ({"rate_ml_h": "13"}, "rate_ml_h", "It is another rate"),
    ({"volume_ml": "111"}, "volume_ml", "Tenfold: the decimal point moved one place"),
    ({"volume_ml": "1.11"}, "volume_ml", "A tenth: the decimal point moved one place"),
    ({"volume_ml": "22.2"}, "volume_ml", "The dose in mg typed as mL"),
    ({"volume_ml": "24.5"}, "volume_ml", "Pounds taken for kg"),
    ({"strength_mg_per_ml": "10"}, "strength_mg_per_ml", "The vial's strength read for the"),
    ({"strength_mg_per_ml": "20"}, "strength_mg_per_ml", "100 mg/mL taken for the vial's 10"),
    ({"strength_mg_per_ml": "0.2"}, "strength_mg_per_ml", "A tenth: the decimal point moved"),
    ({"strength_mg_per_ml": "100"}, "strength_mg_per_ml", "The strength of another vial, 100"),
)


def test_each_start_after_a_slip_is_refused_with_its_name(scripts):
    """One after the other in one visit: every check is a new reading, and no start is charted."""
    lines = list(LINES[:CHECK])
    for values, _, _ in SLIPS:
        lines += [changed("pump-checked", **values), changed("infusion-started")]
    answer, out = scripts.replay(lines, "--json", paper=False)
    refusals = answer.json["refusals"]
    assert len(refusals) == len(SLIPS)
    for (_, field, named), refusal in zip(SLIPS, refusals, strict=True):
        assert [point["code"] for point in refusal["points"]] == [f"pump-check:{field}"]
        assert named in refusal["sentence"]
    checks = visit_of(out)["order_check"]["pump_checks"]
    assert [check["slips"][0]["field"] for check in checks] == [field for _, field, _ in SLIPS]


def test_the_refusal_says_what_would_have_happened(scripts):
    refusals = played(scripts, changed("pump-checked", rate_ml_h="111"))
    assert "At 111 mL/h all 22.2 mg would be in after 6 min, not 1 h." in refusals[0]["sentence"]


def test_two_values_off_are_two_points(scripts):
    told = why(played(scripts, changed("pump-checked", rate_ml_h="111", strength_mg_per_ml="10")))
    assert list(told) == ["pump-check:rate_ml_h", "pump-check:strength_mg_per_ml"]


def test_the_whole_doses_mg_per_kg_set_per_hour_is_named(scripts):
    told = why(played(scripts, changed("order-recorded", duration_min="120")))
    # the story checks and starts at 11.1 mL/h, 22.2 mg/h: the whole dose in one hour
    assert "the whole dose's mg/kg taken for mg/kg/h" in told["pump-check:rate_ml_h"]


def test_a_start_at_another_rate_than_the_check_is_named(scripts):
    told = why(played(scripts, changed("infusion-started", rate_ml_h="111")))
    assert told["start-rate"].startswith(
        "Started at 111 mL/h. The order gives 11.1 mL/h. Tenfold: the decimal point moved"
    )


@pytest.mark.parametrize(
    ("strength", "drawn", "rate", "named"),
    [
        ("100", "0.22", "110", "10 mg/mL taken for the vial's 100 mg/mL"),
        ("50", "0.44", "55.5", "10 mg/mL taken for the vial's 50 mg/mL"),
        ("100", "0.22", "22.2", "50 mg/mL taken for the vial's 100 mg/mL"),
        ("50", "0.44", "5.6", "100 mg/mL taken for the vial's 50 mg/mL"),
    ],
)
def test_another_vials_strength_is_named(scripts, strength, drawn, rate, named):
    refusals = played(
        scripts,
        changed("vial-taken", strength_mg_per_ml=strength, volume_ml="5"),
        changed("bag-prepared", drawn_ml=drawn, total_ml="11"),
        changed("pump-checked", rate_ml_h=rate, volume_ml="11"),
    )
    assert named in why(refusals)["pump-check:rate_ml_h"]


def test_a_draw_that_fits_another_vial_asks_and_undiluted_is_a_stop(scripts):
    refusals = played(
        scripts,
        changed("vial-taken", strength_mg_per_ml="100", volume_ml="5"),
        changed("bag-prepared", drawn_ml="2.22", total_ml="2.22"),
    )
    told = why(refusals)
    assert "as if 10 mg/mL stood on the vial of 100 mg/mL" in told["bag-drawn"]
    assert told["undiluted"].startswith("100 mg/mL is never given undiluted")


def test_a_start_that_happened_all_the_same_is_charted_with_its_reason(scripts):
    refusals = played(
        scripts,
        changed("pump-checked", rate_ml_h="111"),
        changed("infusion-started", despite="started before the check was compared"),
        paper=True,
    )
    assert refusals == []


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            {"weight_kg": "163.1", "last_weight_kg": "73.8"},
            "163.1 lb would be 74 kg: were pounds typed as kilograms?",
        ),
        (
            {"weight_kg": "163.1", "read_lb": "163.1"},
            "The scale said 163.1 lb, which is 74 kg, not 163.1 kg. Were pounds typed",
        ),
        (
            {"weight_kg": "260", "last_weight_kg": None},
            "260 lb would be 117.9 kg: were pounds typed as kilograms?",
        ),
    ],
)
def test_pounds_typed_as_kilograms_are_refused_by_name(scripts, values, sentence):
    told = {k: v for k, v in values.items() if v is not None}
    text = json.loads(changed("weight-measured", **told))
    if values.get("last_weight_kg", "") is None:
        del text["last_weight_kg"]
    refusals = played(scripts, json.dumps(text))
    assert refusals[0]["kind"] == "weight-measured"
    assert sentence in refusals[0]["sentence"]


def test_pounds_that_only_the_height_gives_away_are_refused_by_name(scripts):
    text = json.loads(changed("weight-measured", weight_kg="163.1"))
    del text["last_weight_kg"]
    lines = list(LINES[: KINDS.index("weight-measured")])
    lines += [line("height-measured", "13:35", height_cm="170"), json.dumps(text)]
    answer, _ = scripts.replay(lines, "--json", paper=False)
    (refusal,) = [r for r in answer.json["refusals"] if r["kind"] == "weight-measured"]
    assert "163.1 lb would be 74 kg: were pounds typed as kilograms?" in refusal["sentence"]


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"method": "added-to", "bag_ml": "50", "total_ml": "50"}, "total is another"),
        ({"method": "withdrawn-first", "bag_ml": "2", "total_ml": "2.22"}, "more withdrawn than"),
        ({"method": "added-to"}, "bag volume missing"),
    ],
)
def test_a_bag_that_cannot_have_been_made_so_is_refused(scripts, values, rule):
    refusals = played(scripts, changed("bag-prepared", **values))
    assert refusals[0]["kind"] == "bag-prepared"
    assert refusals[0]["rule"].startswith(rule)


def test_drops_of_a_gravity_set_are_checked_and_started(scripts):
    # 11.1 mL/h × 60 gtt/mL ÷ 60 min = 11.1, counted 11: 11 mL/h
    check = changed("pump-checked", rate_ml_h="11", drops_per_ml=60)
    start = changed("infusion-started", rate_ml_h="11", by="gravity", drops_per_ml=60, pump="")
    assert played(scripts, check, start) == []
    slip = changed("pump-checked", rate_ml_h="110", drops_per_ml=60)
    told = why(played(scripts, slip, start))
    assert told["pump-check:rate_ml_h"].startswith("The drops counted are 110 gtt/min")


@pytest.mark.parametrize(
    ("values", "check"),
    [
        ({"method": "added-to", "bag_ml": "8.88", "total_ml": "11.1"}, {}),
        ({"method": "withdrawn-first", "bag_ml": "11.1"}, {}),
        ({}, {"rate_ml_h": "11", "drops_per_ml": 60}),
    ],
)
def test_the_way_a_bag_was_made_its_use_by_and_the_drops_reach_the_signed_page(
    scripts, values, check
):
    start = {"rate_ml_h": "11", "by": "gravity", "drops_per_ml": 60, "pump": ""} if check else {}
    lines = list(LINES)
    for text in (
        changed("bag-prepared", use_by="2026-11-22T17:45:00-07:00", **values),
        changed("pump-checked", **check),
        changed("infusion-started", **start),
    ):
        lines[KINDS.index(json.loads(text)["kind"])] = text
    answer, _ = scripts.replay(lines, "--json")
    assert [r["kind"] for r in answer.json["refusals"] if r["kind"] != "rate-set"] == []
    assert answer.json["signed"]
