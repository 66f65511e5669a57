"""The line in the real window: sites that were tried, a bad site, a flush, another bag."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from ketachart.domain.alerts import alerts
from ketachart.domain.facts import AccessChecked, AccessPlaced, BagChanged, LineFlushed
from ketachart.domain.infusion import delivery
from ketachart.domain.quantities import MgPerMl, Ml
from tests.helpers.bench import said
from tests.helpers.visit_window import VisitWindow


@pytest.fixture
def window(tmp_path, qapp):  # noqa: ARG001 - the application has to be there first
    made = VisitWindow(tmp_path / "l", "paused_for_nausea", "infusion", until="infusion-resumed")
    made.desk.clock.pass_time(timedelta(minutes=5))
    yield made
    made.close()


def placed(window, attempts, tried=""):
    sheet = window.column.open_sheet("place-access")
    sheet._side.choose("right")
    sheet._site.set_text("hand")
    sheet._gauge.set_text("24")
    sheet._attempts.set_text(str(attempts))
    if tried:
        sheet._tried.set_text(tried)
    sheet._blood.choose("yes")
    sheet._patent.choose("yes")
    window.main_button()
    return sheet


def test_the_first_attempt_asks_for_no_other_site(window):
    sheet = placed(window, 1)
    assert window.last(AccessPlaced).tried == ()
    assert not sheet._tried.isVisible()


def test_each_attempt_that_failed_has_its_site(window):
    before = len(window.visit.of(AccessPlaced))
    sheet = placed(window, 2)
    assert len(window.visit.of(AccessPlaced)) == before
    assert any("Name the 1 site tried before" in text for text in said(sheet))
    sheet._tried.set_text("left hand, left wrist")
    window.main_button()
    assert any("do not fit" in text for text in said(sheet))
    sheet._tried.set_text("left hand")
    window.main_button()
    assert window.last(AccessPlaced).tried == ("left hand",)
    assert not sheet._tried.isVisible()


def test_a_third_attempt_asks_why(window):
    before = len(window.visit.of(AccessPlaced))
    sheet = placed(window, 3, "left hand, left wrist")
    assert len(window.visit.of(AccessPlaced)) == before
    sheet._note.set_text("dry, patient agreed to a third")
    window.main_button()
    assert window.last(AccessPlaced).attempts == 3


def test_a_site_of_grade_two_is_an_alert_on_every_screen(window):
    window.keys(Qt.Key.Key_F12)
    window.keys(Qt.Key.Key_1, Qt.Key.Key_Return, Qt.Key.Key_2, Qt.Key.Key_Return, Qt.Key.Key_Y)
    window.main_button()
    assert window.last(AccessChecked).grade == 2
    standing = [alert.sentence for alert in alerts(window.visit, window.desk.now())]
    assert "IV site grade 2: stop the pump and look" in standing
    assert any("IV site grade 2: stop the pump and look" in text for text in window.said())


def test_a_flush_has_its_key(window):
    window.keys(Qt.Key.Key_Escape)
    window.window.act("flush")
    window.settle()
    window.type("5")
    window.keys(Qt.Key.Key_Return, Qt.Key.Key_S)
    window.main_button()
    fact = window.last(LineFlushed)
    assert (fact.volume_ml, fact.fluid) == (Ml(5), "0.9 % saline")


def test_another_bag_goes_on_at_the_same_rate_and_another_strength(window):
    window.window.act("bag-change")
    window.settle()
    sheet = window.column.sheet("bag-change")
    assert any("2 mg/mL hangs now" in text for text in said(sheet))
    window.main_button()
    assert window.visit.of(BagChanged) == ()
    sheet.cleared.choose("no")
    window.main_button()
    assert window.visit.of(BagChanged) == ()
    assert any("Say how strong the new bag is" in text for text in said(sheet))
    sheet.strength.set_text("1")
    sheet.held.set_text("50")
    sheet.volume.set_text("5.5")
    sheet.cleared.choose("yes")
    window.main_button()
    fact = window.last(BagChanged)
    assert (fact.strength_mg_per_ml, fact.volume_ml) == (MgPerMl(1), Ml(50))
    assert (fact.pump_volume_ml, fact.pump_cleared) == (Ml("5.5"), True)
    assert delivery(window.visit, window.desk.now()).strength == MgPerMl(1)
