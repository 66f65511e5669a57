"""Making a clinic: what will not do is refused before anything is on the disk."""

from dataclasses import replace

import pytest

from ketachart import charting
from ketachart.clock import SetClock
from ketachart.errors import Refused
from ketachart.report import fonts, redrawn, wrap
from ketachart.report.sections.pieces import plain
from ketachart.report.styles import BODY
from tests.helpers.door import NOON, new_clinic


@pytest.mark.parametrize(("name", "rule"), [("診療所", "cannot be printed"), (" ", "name missing")])
@pytest.mark.parametrize("whose", ["clinic", "nurse"])
def test_a_name_that_will_not_do_is_refused_before_a_ledger_is_made(tmp_path, whose, name, rule):
    new = new_clinic()
    wrong = replace(new, **{whose: replace(getattr(new, whose), name=name)})
    clock = SetClock(NOON)
    with pytest.raises(Refused) as refused:
        charting.create(tmp_path, wrong, clock)
    assert (refused.value.rule, refused.value.field) == (rule, "name")
    assert not charting.holds_ledger(tmp_path)
    charting.create(tmp_path, new, clock).close()  # so that the next try makes it


def test_locking_drops_the_reports_that_were_kept_to_be_quick(tmp_path):
    office = charting.create(tmp_path, new_clinic(), SetClock(NOON))
    redrawn._drawn[(b"x", "x", "letter")] = None
    fonts.load()
    wrap.lines_of(plain("Osei"), wrap.looks(BODY), 60.0, field="name")
    assert wrap._once.cache_info().currsize
    office.close()
    assert not redrawn._drawn
    assert wrap._once.cache_info().currsize == 0
