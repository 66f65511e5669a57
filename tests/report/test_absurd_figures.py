"""A slip of many digits still prints: a chart that holds one can be signed."""

import pytest

from ketachart.domain import facts as f
from tests.helpers.story import Story
from tests.report.charted_visits import render


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("rate", ["999", "999999.999", "999999999.999999999"])
def test_the_figures_of_a_slip_stand_on_the_first_page(rate, paper):
    told = Story().patient().order().weight("0.5").full(-5, systolic=250, diastolic=140)
    told.start_pump(0, rate, strength="50").full(10).stop(600)
    told.tell(f.PatientReleased(at=told.at(700), outcome="with-reason", to="M. R.", reason="late"))
    assert render(told.visit(), paper=paper).content.startswith(b"%PDF")
