"""A script's order is held to the same rules as the window's, and a refusal names its sentence."""

import json
from pathlib import Path

import pytest

from ketachart.commands import script
from ketachart.commands.player import play
from ketachart.errors import KetaChartError

QUIET = Path(__file__).parents[1] / "stories" / "quiet_hour.jsonl"


def with_order(place, **values):
    """The quiet hour's script with another order, up to its first lines."""
    lines = []
    for line in QUIET.read_text(encoding="utf-8").splitlines()[:12]:
        told = json.loads(line)
        if told.get("kind") == "order-recorded":
            told |= values
        lines.append(json.dumps(told))
    path = place / "script.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


STEP = {"after_min": "20", "rate_mg_kg_h": "0.2", "condition": "pain over 4"}


def test_an_order_with_steps_is_played(tmp_path):
    path = with_order(tmp_path, titration=[STEP], highest_rate_mg_kg_h="0.6")
    visit = play(script.read(path), tmp_path / "ledger", strict=False).visit
    assert visit.order.titration[0].condition == "pain over 4"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"titration": [STEP, STEP]}, "not later than the step before"),
        ({"monitoring": {"vitals_every_min": 61}}, "1 to 60 min"),
        ({"weight_basis": "ideal", "weight_formula": "hamwi"}, "not a formula of this protocol"),
    ],
)
def test_an_order_that_cannot_be_meant_is_refused_in_a_script_too(tmp_path, values, sentence):
    with pytest.raises(KetaChartError, match=sentence):
        play(script.read(with_order(tmp_path, **values)), tmp_path / "ledger", strict=True)
