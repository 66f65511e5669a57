"""The side effect's sheet: what a grade means, what is thought of, and the sheets it leads to."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from ketachart.domain import facts as f
from ketachart.domain.effects import effects
from tests.helpers.closing import Closing
from tests.helpers.qt import LOOKS, all_of, cut_off
from ui import theme, tokens
from ui.widgets.buttons import Button


class Window(Closing):
    """The infusion runs; the sheet is opened by its key."""

    def effect(self, code, grade):
        self.keys(Qt.Key.Key_F5)
        sheet = self.column.sheet("effect")
        sheet.effect.set_value(code)
        sheet.grade.choose(str(grade))
        self.settle()
        return sheet

    def offered(self, sheet):
        """The buttons of the other sheets that can be seen."""
        return [b.words() for b in all_of(sheet.pathway, Button) if b.isVisible()]


@pytest.fixture
def window(tmp_path, qapp):  # noqa: ARG001 - the application has to be there first
    made = Window(tmp_path / "l", "paused_for_nausea", "infusion", until="infusion-started")
    yield made
    made.close()


def test_the_grade_says_what_it_means_for_this_effect_and_is_kept_with_its_edition(window):
    sheet = window.effect("high-pressure", 2)
    subs = {b.words(): b.sub() for b in all_of(sheet.grade, Button)}
    assert subs["Moderate"] == "140 to 159, or 90 to 99 diastolic; comes back or stays"
    assert "for over 1 h" in subs["Severe"]
    assert "by CTCAE v5.0 and CTCAE v6.0; no alarm limit" in window.said(sheet)
    window.main_button()
    noted = window.last(f.EffectNoted)
    assert (noted.effect, noted.grade, noted.standard) == ("high-pressure", 2, "CTCAE v6.0")


def test_what_is_thought_of_stands_there_and_the_rest_is_one_press_away(window):
    sheet = window.effect("breathing", 2)
    assert "Look again after 5 min" in " ".join(window.said(sheet))
    seen = [b.words() for b in all_of(sheet.measures, Button) if b.isVisible()]
    assert seen == ["Oxygen given", "Stimulated, spoken to", "Measured again",
                    "Airway opened, chin lifted"]  # fmt: skip
    assert window.offered(sheet) == ["Pause…", "Stop…", "Call…", "Emergency…"]
    window.press("Something else was done", sheet)
    assert "Music" in [b.words() for b in all_of(sheet.measures, Button) if b.isVisible()]


def test_oxygen_is_one_press_with_its_flow(window):
    sheet = window.effect("breathing", 2)
    assert not sheet.done.oxygen.isVisible()
    sheet.measures.choose("oxygen")
    sheet.done.oxygen.set_text("16")
    window.main_button()
    assert "Oxygen is more than 0 and at most 15 L/min." in window.said(sheet)
    assert sheet.measures.chosen() == ("oxygen",)
    sheet.done.oxygen.set_text("2.5")
    window.main_button()
    assert window.last(f.MeasureTaken).oxygen_l_min == Decimal("2.5")


def test_a_press_records_the_effect_and_opens_the_sheet_of_what_is_done(window):
    sheet = window.effect("nausea", 2)
    window.press("Medicine…", sheet)
    assert window.last(f.EffectNoted).effect == "nausea"
    medicine = window.column.sheet("medicine")
    assert window.column.open_name == "medicine"
    assert (medicine.indication.text(), medicine.dose.text()) == ("Nausea", "")
    window.keys(Qt.Key.Key_Escape)
    sheet = window.effect("nausea", 3)
    window.press("Pause…", sheet)
    assert window.column.open_name == "pause"
    assert window.column.sheet("pause").reasons.chosen() == ("nausea",)
    window.main_button()
    assert window.last(f.InfusionPaused).reasons == ("nausea",)
    assert any("Infusion paused" in done for done in effects(window.visit)[0].done)
    assert "Pause…" not in window.offered(window.effect("nausea", 3))  # it is paused


def test_nothing_is_opened_before_the_effect_is_on_the_disk(window):
    sheet = window.effect("nausea", 2)
    sheet.grade.choose()
    window.press("Medicine…", sheet)
    assert window.column.open_name == "effect"
    assert "Choose how grave it is." in window.said(sheet)
    assert window.last(f.EffectNoted) is None
    sheet.grade.choose("2")
    window.main_button()
    assert window.column.open_name == ""  # the press that was refused is forgotten


def test_a_call_is_about_it_and_an_emergency_begins_from_here(window):
    window.press("Call…", window.effect("chest-pain", 3))
    assert window.column.sheet("call").about.text() == "Chest pain"
    window.press("Emergency…", window.effect("chest-pain", 4))
    assert window.window.shown == "emergency"
    assert window.last(f.EmergencyDeclared) is not None


def test_the_response_to_what_was_done_is_charted_like_that_to_a_medicine(window):
    sheet = window.effect("nausea", 1)
    sheet.measures.choose("position")
    window.main_button()
    done = window.visit.last(f.MeasureTaken)
    response = window.column.open_sheet("response")
    assert response.given.chosen() == (done.id,)
    response.response.set_text("better on the side")
    window.main_button()
    assert window.last(f.ResponseNoted).entry == done.id


def test_nothing_is_cut_and_every_target_is_big_enough(window):
    window.effect("high-pressure", 2)
    for (width, height), scale in LOOKS:
        window.wear(scale, width, height)
        assert cut_off(window.column) == []
        for button in all_of(window.column.sheet("effect"), Button):
            if button.isVisible():
                assert button.height() >= theme.look().px(tokens.TARGET), button.words()
