"""Each contradiction leads to a place that there is: a sheet, a phase, or the entry itself."""

import pytest

from ketachart.domain.course import PHASES
from ketachart.domain.found.contradictions import contradictions
from tests.domain.test_contradictions import RULES
from ui.forms.registry import SHEETS
from ui.screens.finding_ways import way_of


@pytest.mark.parametrize("rule", RULES)
def test_every_contradiction_has_a_button_that_leads_somewhere(rule):
    visit = RULES[rule][0].visit()
    for finding in contradictions(visit):
        way = way_of(finding)
        assert way is not None
        known = {
            "sheet": way.target in SHEETS,
            "phase": way.target in PHASES,
            "entry": visit.entry(way.target) is not None,
        }
        assert known[way.kind]
        assert finding.phase in PHASES
