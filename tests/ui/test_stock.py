"""The drug count in the real window: received, moved, counted blind, explained, lost, struck."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from ketachart.domain import facts as f
from ketachart.domain.quantities import Mg, MgPerMl
from ketachart.errors import NotSaved
from tests.helpers.door import cut_off_at_rest, settled
from tests.helpers.qt import LOOKS, all_of, luminances, press, reachable, spoken_name, type_text
from tests.helpers.window import desk_at
from ui import stock_reader, theme
from ui.dialogs import Dialogs
from ui.main_window import MainWindow
from ui.screens.unlock import UnlockScreen
from ui.widgets.buttons import Button
from ui.widgets.field import Field
from ui.widgets.words import Words

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
TAB, ENTER, ESC, SPACE = (
    Qt.Key.Key_Tab,
    Qt.Key.Key_Return,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Space,
)


@pytest.fixture
def desk(tmp_path):
    """A clinic with one visit that used seal 55120 and sealed 165.8 mg as SB-20931."""
    made = desk_at(tmp_path / "ledger", "quiet_hour")
    made.close_visit()
    yield made
    made.close()


@pytest.fixture
def window(qtbot, desk):
    """The real window on the drug count."""
    made = MainWindow(desk, unlock=UnlockScreen(desk))
    qtbot.addWidget(made)
    vars(qtbot).setdefault("held", []).append(made)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    QTest.qWaitForWindowActive(made)
    made.show_screen("day")
    rest(qtbot, made)
    return made


def rest(qtbot, window):
    settled(qtbot, window)
    qtbot.waitUntil(lambda: not window.screen_shown._reader._turns.isActive(), timeout=5000)
    QApplication.processEvents()


def open_stock(qtbot, window):
    chord(Qt.Key.Key_D)
    assert window.shown == "stock"
    rest(qtbot, window)
    return window.screen_shown


def chord(key, modifier=CTRL):
    QTest.keyClick(QApplication.focusWidget(), key, modifier)
    QApplication.processEvents()


def go_to(name):
    """Tab to the field or choice whose name begins so."""
    for _ in range(60):
        if spoken_name(QApplication.focusWidget()).startswith(name):
            return
        QTest.keyClick(QApplication.focusWidget(), TAB)
    raise AssertionError(f"Tab never reached {name}")


def typed(name, text):
    go_to(name)
    here = QApplication.focusWidget()
    if isinstance(here, (QLineEdit, QPlainTextEdit)):
        here.selectAll()
    type_text(text)


def record():
    chord(Qt.Key.Key_Return)


def book(desk):
    desk.office.stock.forget_open()
    return desk.office.stock.book()


def words(window):
    return [w.text() for w in all_of(window.screen_shown, Words) if w.text()]


def said(window):
    return "\n".join(words(window))


def receive(numbers, lot="4K21877"):
    chord(Qt.Key.Key_K, ALT)
    typed("Seal or serial", numbers)
    go_to("Which vial is in your hand")
    type_text("1")
    typed("Lot", lot)
    typed("Last day", "03/2028")
    typed("National", "42023-113-10")
    typed("Who handed", "R. Stone")
    go_to("Where it lies")
    type_text("1")
    typed("When it happened", "7:00")
    record()


def count_one(sealed, opened="0", lot="4K21877", at=""):
    chord(Qt.Key.Key_D)
    go_to("Which count")
    type_text("1")
    go_to("Lot 1: strength")
    type_text("1")
    typed("Lot 1: lot", lot)
    typed("Lot 1: vials", sealed)
    typed("Lot 1: in opened", opened)
    if at:
        typed("When it happened", at)
    record()


# ---------------------------------------------------------------- the way in, the empty book


def test_ctrl_d_opens_the_drug_count_from_the_list_and_esc_goes_back(qtbot, window):
    screen = open_stock(qtbot, window)
    assert "No vial is in the book" in said(window)
    assert screen.strip()[0] == "Drug count"
    press(ESC)
    assert window.shown == "day"


def test_the_list_of_visits_says_that_no_book_is_kept(window):
    subs = {b.words(): b.sub() for b in all_of(window.screen_shown, Button)}
    assert subs["Drug count"] == "no vial in the book"


# ---------------------------------------------------------------- acts, by keyboard


def test_vials_are_received_by_keys_and_the_visit_has_used_one_of_them(qtbot, window, desk):
    open_stock(qtbot, window)
    receive("55120, 55121")
    held = {item.number: item for item in book(desk).held}
    assert sorted(held) == ["55121", "SB-20931"]
    assert (held["55121"].sealed, held["55121"].left) == (True, Mg(200))
    assert held["55121"].ndc == "42023-113-10"
    assert held["SB-20931"].left == Mg("165.8")


def test_a_vial_moves_with_its_keeper_witness_and_seals(qtbot, window, desk):
    open_stock(qtbot, window)
    receive("55121")
    chord(Qt.Key.Key_W, ALT)
    go_to("From where")
    type_text("1")
    go_to("Which vials: 55121")
    press(SPACE)
    go_to("Where to")
    type_text("2")
    go_to("Seals")
    type_text("1")
    typed("Who saw it", "R. Stone")
    record()
    (moved,) = [e.fact for e in desk.office.stock.entries() if isinstance(e.fact, f.VialMoved)]
    assert moved.vials == ("55121",)
    assert (moved.from_place, moved.to_place, moved.seals_whole) == ("safe", "bag", True)
    assert (moved.by, moved.witness) == (desk.office.nurse.name, "R. Stone")


def test_a_count_is_blind_then_tells_and_an_explanation_settles_it(qtbot, window, desk):
    open_stock(qtbot, window)
    receive("55121")
    assert "Count first" in said(window)
    assert "200 mg" not in said(window)
    assert "Entries" not in words(window)  # they tell what was received
    for act in ("move", "lost"):  # nor what could be moved or is gone
        window.act(act)
        if act == "move":
            go_to("From where")
            type_text("1")
        offered = [b.sub() for b in all_of(window.screen_shown, Button) if "lot " in b.sub()]
        assert offered, act
        assert not any("left" in words for words in offered), act
        press(ESC)
    count_one("0", "165.8")
    # once above, once beside what is to be explained; and the book is there to look in
    assert said(window).count("1 sealed vial missing, 200 mg missing in all") == 1
    assert "1 sealed vial, 1 opened or left over" in said(window)
    assert window.screen_shown.side.open_name == "explain"
    assert "tell the clinic today" in said(window)
    go_to("Which count:")
    press(SPACE)
    typed("What was found out", "It lay in the other bag")
    typed("Who was told", "Dr Okafor, 9:10")
    record()
    (found,) = desk.office.stock.reckoning().work()[1]
    assert found.explained.told == "Dr Okafor, 9:10"
    assert "Explain it" not in said(window)
    assert "differ" not in said(window)


def test_a_count_that_agrees_says_so_and_shows_the_book(qtbot, window):
    open_stock(qtbot, window)
    receive("55121")
    count_one("1", "165.8")
    assert "The count agrees with the book" in said(window)
    assert "Counted" in said(window)


def test_nothing_found_is_said_and_not_left_out(qtbot, window, desk):
    open_stock(qtbot, window)
    chord(Qt.Key.Key_D)
    go_to("Which count")
    type_text("1")
    record()
    assert "say that there is none" in said(window)
    go_to("Nothing:")
    press(SPACE)
    record()
    (counted,) = desk.office.stock.entries()
    assert counted.fact.lines == ()


def test_a_zero_is_typed_and_never_assumed(qtbot, window, desk):
    open_stock(qtbot, window)
    count_one("1", "")
    assert "0 where there is none" in said(window)
    assert desk.office.stock.entries() == ()


def test_two_lots_stand_in_two_rows(qtbot, window, desk):
    open_stock(qtbot, window)
    chord(Qt.Key.Key_D)
    go_to("Which count")
    type_text("3")
    for number, lot in ((1, "A"), (2, "B")):
        if number == 2:
            go_to("Another lot")
            press(SPACE)
        go_to(f"Lot {number}: strength")
        type_text("2")
        typed(f"Lot {number}: lot", lot)
        typed(f"Lot {number}: vials", "2")
        typed(f"Lot {number}: in opened", "12.5")
    record()
    (counted,) = desk.office.stock.entries()
    assert [(one.lot, one.strength_mg_per_ml) for one in counted.fact.lines] == [
        ("A", MgPerMl(50)),
        ("B", MgPerMl(50)),
    ]


def test_a_broken_vial_leaves_the_book(qtbot, window, desk):
    open_stock(qtbot, window)
    receive("55121")
    chord(Qt.Key.Key_X, ALT)
    go_to("What became of it")
    type_text("1")
    go_to("Which vial: 55121")
    press(SPACE)
    typed("Amount", "200")
    typed("What happened", "It fell")
    record()
    assert [item.number for item in book(desk).held] == ["SB-20931"]


def test_a_struck_entry_is_drawn_through_with_who_and_why(qtbot, window, desk, monkeypatch):
    open_stock(qtbot, window)
    receive("55121")
    chord(Qt.Key.Key_B, ALT)
    monkeypatch.setattr(Dialogs, "ask_reason", lambda *_asked: "typed the wrong number")
    chord(Qt.Key.Key_G)
    press(ENTER)
    rows = [window.screen_shown._history.table._entries.row(0)]
    assert rows[0].struck
    assert "by JA: typed the wrong number" in rows[0].detail[1].text
    assert "In custody" in said(window)
    assert [e.kind for e in desk.office.stock.entries()] == ["vial-received", "entry-struck"]


# ---------------------------------------------------------------- nothing typed is lost


def test_a_refusal_keeps_what_was_typed_and_names_the_field(qtbot, window):
    open_stock(qtbot, window)
    receive("55121")
    receive("55121")
    assert "55121 was received already" in said(window)
    sheet = window.screen_shown.side._sheets["receive"]
    assert sheet._numbers.text() == "55121"


def test_a_fault_of_the_disk_keeps_what_was_typed(qtbot, window, desk, monkeypatch):
    open_stock(qtbot, window)

    def fails(*_args, **_values):
        raise NotSaved("The disk did not answer.")

    monkeypatch.setattr(desk.office._ledger, "append", fails)
    receive("55121")
    assert "The disk did not answer." in said(window)
    monkeypatch.undo()
    record()
    assert book(desk).item("55121") is not None


def test_nothing_clinical_is_chosen_beforehand(qtbot, window):
    screen = open_stock(qtbot, window)
    for name in screen.side.buttons:
        sheet = screen.side.open_sheet(name)
        texts = [field.text() for field in all_of(sheet, Field) if hasattr(field, "text")]
        assert set(texts) <= {"", window.desk.office.nurse.name}
        assert not [b for b in all_of(sheet, Button) if b.isCheckable() and b.isChecked()]


# ---------------------------------------------------------------- the day


def test_a_difference_stays_on_the_list_of_visits_until_it_is_explained(qtbot, window, desk):
    open_stock(qtbot, window)
    receive("55121")
    count_one("0", "165.8")
    press(ESC, ESC)
    rest(qtbot, window)
    assert window.shown == "day"
    assert "1 sealed vial missing, 200 mg missing in all. Explain it" in said(window)
    (count,) = desk.office.stock.reckoning().work()[1]
    desk.write_stock(
        lambda stock: stock.record(
            f.StockExplained(at=desk.now(), count=count.entry.id, reason="r", told="t")
        )
    )
    QApplication.processEvents()
    assert "missing" not in said(window)


def test_the_list_of_visits_asks_for_the_count(qtbot, window):
    open_stock(qtbot, window)
    receive("55121")
    press(ESC)
    rest(qtbot, window)
    subs = {b.words(): b.sub() for b in all_of(window.screen_shown, Button)}
    assert subs["Drug count"].startswith("Count the drug")


def test_an_expired_vial_and_a_stranger_are_named(qtbot, window, desk):
    screen = open_stock(qtbot, window)
    receive("55199")
    assert "Seal 55120 of visit" in said(window)
    assert "is not in the book" in said(window)
    desk.clock.pass_time(timedelta(days=900))
    screen.arrive()
    rest(qtbot, window)
    assert "55199 expired 31 Mar 2028. Do not use it" in said(window)


# ---------------------------------------------------------------- looks


@pytest.fixture
def full(qtbot, window):
    open_stock(qtbot, window)
    receive("55121, 55122-WITH-A-VERY-LONG-SERIAL-NUMBER", lot="4K21877-AND-MORE-OF-THE-LOT")
    chord(Qt.Key.Key_B, ALT)
    return window


@pytest.mark.parametrize(("size", "scale"), LOOKS)
@pytest.mark.parametrize("sheet", ["", "waste", "receive", "move", "explain", "lost"])
def test_nothing_is_cut_at_any_size_of_text(qtbot, full, size, scale, sheet):
    theme.apply(QApplication.instance(), "light", scale)
    full.resize(*size)
    if sheet:
        full.act(sheet)
    assert cut_off_at_rest(qtbot, full) == []


def test_the_dim_screen_is_dark(full):
    theme.apply(QApplication.instance(), "dim", 1.0)
    full.resize(1366, 768)
    QApplication.processEvents()
    mean, _most = luminances(full.grab().toImage())
    assert mean <= 0.03


def test_everything_that_takes_the_focus_has_a_name(full):
    for name in ("waste", "receive", "move", "explain", "lost"):
        full.act(name)
        for widget in reachable(full.screen_shown):
            assert spoken_name(widget), widget


# ---------------------------------------------------------------- a long book


def test_a_long_book_is_worked_out_beside_the_window(qtbot, window, monkeypatch):
    monkeypatch.setattr(stock_reader, "AT_ONCE", 0)
    open_stock(qtbot, window)
    receive("55121")
    settled(qtbot, window)
    count_one("0", "165.8")
    settled(qtbot, window)
    assert "1 sealed vial missing, 200 mg missing in all" in said(window)
    assert window.screen_shown.side.open_name == "explain"
