"""A vial for the visit is chosen from the drug count; its strength is read from the label."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from ketachart.domain import facts as f
from ketachart.domain.quantities import Mg, MgPerMl, Ml
from tests.helpers.door import cut_off_at_rest
from tests.helpers.qt import LOOKS, all_of, press, reachable, show, spoken_name, type_text
from tests.helpers.window import desk_at
from ui import theme
from ui.forms.vial import VialSheet
from ui.widgets.words import Words


@pytest.fixture
def desk(tmp_path):
    """A visit before its vial was taken, in a clinic that keeps a drug count."""
    made = desk_at(tmp_path / "ledger", "quiet_hour", before="vial-taken")
    made.office.stock.record(received(made, "70001"), received(made, "70002"))
    yield made
    made.close()


def received(desk, number, **values):
    told = {
        "strength_mg_per_ml": MgPerMl(10),
        "volume_ml": Ml(20),
        "lot": "LOT-7",
        "expires": date(2028, 3, 31),
        "ndc": "42023-113-10",
        **values,
    }
    return f.VialReceived(at=desk.now(), vial=number, **told)


def opened(qtbot, desk):
    sheet = show(qtbot, VialSheet(desk), width=360, height=900)
    sheet.begin()
    qtbot.waitUntil(lambda: not sheet._reader._turns.isActive(), timeout=5000)
    QApplication.processEvents()
    return sheet


def choose_by_key(key):
    type_text(key)
    QApplication.processEvents()


def go_to(name):
    for _ in range(40):
        if spoken_name(QApplication.focusWidget()).startswith(name):
            return
        press(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never reached {name}")


def said(sheet):
    return "\n".join(w.text() for w in all_of(sheet, Words) if w.text())


def test_a_chosen_vial_fills_the_label_but_not_the_strength(qtbot, desk):
    sheet = opened(qtbot, desk)
    assert spoken_name(QApplication.focusWidget()) == "From the drug count: 70001"
    press(Qt.Key.Key_Space)
    assert sheet._strength.chosen() == ()
    sheet.commit()
    assert "Which vial is in your hand? Read the label." in said(sheet)
    assert desk.visit.facts(f.VialTaken) == ()
    choose_by_key("1")
    sheet.commit()
    (taken,) = desk.visit.facts(f.VialTaken)
    assert (taken.seal, taken.lot, taken.ndc) == ("70001", "LOT-7", "42023-113-10")
    assert (taken.expires, taken.volume_ml) == (date(2028, 3, 31), Ml(20))


def test_a_strength_that_is_not_the_books_is_named_and_can_be_confirmed(qtbot, desk):
    sheet = opened(qtbot, desk)
    press(Qt.Key.Key_Space)
    go_to("Which vial is in your hand")
    choose_by_key("2")
    sheet.commit()
    assert "The book has 70001 as 10 mg/mL, and you chose 50 mg/mL." in said(sheet)
    assert desk.visit.facts(f.VialTaken) == ()
    sheet._confirm.click()
    (taken,) = desk.visit.facts(f.VialTaken)
    assert (taken.strength_mg_per_ml, taken.volume_ml) == (MgPerMl(50), Ml(10))
    desk.office.stock.forget_open()
    assert "strength 50 mg/mL in visit" in desk.office.stock.book().faults(desk.now().date())[0]


def test_a_seal_of_the_book_that_is_typed_is_compared_too(qtbot, desk):
    sheet = opened(qtbot, desk)
    sheet.take("50 mg/mL")
    for name, text in (("Lot on", "LOT-7"), ("Last day", "03/2028"), ("Seal", "70002")):
        go_to(name)
        type_text(text)
    sheet.commit()
    assert "The book has 70002 as 10 mg/mL" in said(sheet)


def test_a_vial_that_is_not_in_the_book_can_be_typed(qtbot, desk):
    sheet = opened(qtbot, desk)
    sheet.take("10 mg/mL")
    for name, text in (
        ("Lot on", "X"),
        ("Last day", "03/2028"),
        ("Seal", "9"),
        ("National", "1-2"),
    ):
        go_to(name)
        assert isinstance(QApplication.focusWidget(), QLineEdit)
        type_text(text)
    sheet.commit()
    (taken,) = desk.visit.facts(f.VialTaken)
    assert (taken.seal, taken.ndc, taken.volume_ml) == ("9", "1-2", Ml(20))


def test_a_vial_that_this_visit_has_taken_is_not_offered_again(qtbot, desk):
    sheet = opened(qtbot, desk)
    press(Qt.Key.Key_Space)
    sheet.take("10 mg/mL")
    sheet.commit()
    sheet.begin()
    assert [choice.value for choice in sheet._custody._offered] == ["70002"]


def test_of_a_sealed_leftover_only_what_is_left_is_taken_out(qtbot, desk):
    desk.office.stock.record(
        f.StockLost(at=desk.now(), vial="70001", amount_mg=Mg(50), what="broken", how="x")
    )
    sheet = opened(qtbot, desk)
    press(Qt.Key.Key_Space)
    sheet.take("10 mg/mL")
    sheet.commit()
    assert desk.visit.facts(f.VialTaken)[0].volume_ml == Ml(15)


def test_without_a_book_the_sheet_is_as_it_was(qtbot, tmp_path):
    desk = desk_at(tmp_path / "ledger", "quiet_hour", before="vial-taken")
    sheet = opened(qtbot, desk)
    assert not sheet._custody.isVisible()
    assert "From the drug count" not in said(sheet)
    desk.close()


@pytest.mark.parametrize(("size", "scale"), LOOKS)
def test_nothing_is_cut(qtbot, desk, size, scale):
    theme.apply(QApplication.instance(), "dim", scale)
    sheet = opened(qtbot, desk)
    sheet.resize(round(324 * scale), size[1])
    assert cut_off_at_rest(qtbot, sheet) == []
    for widget in reachable(sheet):
        assert spoken_name(widget)
