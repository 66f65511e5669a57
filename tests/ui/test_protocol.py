"""The protocol's screen by keyboard: read, change, adopt, and every edition before it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ketachart import charting
from ketachart.clock import SetClock
from tests.charting.test_policy import edit
from tests.helpers.door import NOON, PASSPHRASE, cut_off_at_rest, new_clinic, settled, window_on
from tests.helpers.qt import LOOKS, all_of, luminances, press, reachable, spoken_name, type_text
from ui import theme
from ui.forms.protocol.adopt import AdoptSheet
from ui.forms.protocol.value import ValueSheet
from ui.screens.protocol.side import ReadSheet
from ui.widgets.buttons import Button
from ui.widgets.row_list import ListRow, RowList
from ui.widgets.words import Words

ENTER, ESC, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab
POLICY = "Desert Bloom policy 12, 3 Nov 2026"
PAUSE = "limits/systolic/during/pause/high"
ALL_SECTIONS = "1234567890"


def made(folder, *, role="supervisor", editions=1):
    new = new_clinic()
    new = replace(new, nurse=replace(new.nurse, role=role))
    office = charting.create(folder, new, SetClock(NOON))
    if editions > 1:
        edits = [
            edit(office.protocol, "limits", "systolic/during/pause/high", above="170"),
            edit(office.protocol, "values", "observe.default", value="90"),
        ]
        office.policy.adopt(edits, reason="The medical director asks for it.", title="Desert Bloom")
    office.close()
    return folder


def opened(qtbot, folder, *, width=1366, height=768):
    window = window_on(qtbot, folder, width=width, height=height)
    type_text(PASSPHRASE)
    press(ENTER)
    settled(qtbot, window)
    chord(window, Qt.Key.Key_Y, Qt.KeyboardModifier.AltModifier)
    assert window.shown == "protocol"
    return window


@pytest.fixture
def window(qtbot, tmp_path):
    return opened(qtbot, made(tmp_path / "ledger"))


def chord(window, key, modifier=Qt.KeyboardModifier.ControlModifier):
    QTest.keyClick(QApplication.focusWidget() or window, key, modifier)
    QApplication.processEvents()


def go_on(window):
    chord(window, ENTER)


def words(window):
    QApplication.processEvents()
    return [w.text() for w in all_of(window.screen_shown, Words) if w.text()]


def rows(window):
    (found,) = all_of(window.screen_shown, RowList)
    return found


def sheet(window, kind=ValueSheet):
    return next(iter(all_of(window.screen_shown, kind)), None)


def section(window, key):
    """Takes a section by its number, from wherever the focus is."""
    window.screen_shown.arrive()
    type_text(key)
    press(ENTER)


def open_row(window, key, row):
    section(window, key)
    assert QApplication.focusWidget() is rows(window)
    rows(window).choose(row)
    press(ENTER)


def in_field(name, text):
    """Tabs to a field by its name and types over what stands in it."""
    for _ in range(40):
        if spoken_name(QApplication.focusWidget()) == name:
            break
        press(TAB)
    there = QApplication.focusWidget()
    assert spoken_name(there) == name
    there.selectAll()
    type_text(text)


def drafted_pause(window, value="150"):
    open_row(window, "3", PAUSE)
    in_field("Over", value)
    in_field("Source of it, in the clinic's words", POLICY)
    go_on(window)


# ---------------------------------------------------------------- the way of an edition


def test_by_keys_alone_a_limit_is_changed_and_adopted_with_a_reason(window):
    drafted_pause(window)
    assert sheet(window) is None
    assert "160 mmHg → 150 mmHg" in words(window)
    assert window.desk.office.protocol.version == "1"  # nothing yet
    go_on(window)
    assert "Adopt edition 2" in words(window)
    go_on(window)
    assert "Say why the protocol changes." in words(window)
    type_text("The medical director wants it.")
    go_on(window)
    protocol = window.desk.office.protocol
    assert protocol.edition == "KetaChart default 2"
    assert window.desk.last_saved() is not None
    (limit,) = [x for x in protocol.limits if x.above == 150 and x.level == "pause"]
    assert (limit.sign, limit.source) == ("systolic", POLICY)
    said = words(window)
    assert {"Editions", "The medical director wants it.", "The first edition."} <= set(said)
    assert "KetaChart default 2 is in force for new visits" in [
        w.text() for w in all_of(window.strip, Words)
    ]
    press(ESC)
    assert window.shown == "day"


def test_what_is_laxer_is_named_in_the_row_the_draft_and_the_last_step(window):
    drafted_pause(window, "170")
    laxer = "laxer than the shipped 160 mmHg"
    assert laxer in words(window)
    chosen = rows(window).currentIndex().data()
    assert laxer in chosen
    assert "in the draft" in chosen
    go_on(window)
    assert any("1 change asks for less than as shipped" in text for text in words(window))


def test_a_value_that_cannot_be_is_told_at_its_field_and_nothing_typed_is_lost(window):
    open_row(window, "3", PAUSE)
    in_field("Over", "400")
    in_field("Source of it, in the clinic's words", POLICY)
    go_on(window)
    assert any("is not possible" in text for text in words(window))
    assert spoken_name(QApplication.focusWidget()) == "Over"
    texts = {name: field.text() for name, field in sheet(window)._fields.items()}
    assert (texts["above"], texts["source"]) == ("400", POLICY)
    in_field("Over", "150")
    go_on(window)
    assert sheet(window) is None


def test_a_new_value_never_stands_beside_the_shipped_source(window):
    open_row(window, "3", PAUSE)
    assert sheet(window)._fields["source"].text() == ""
    in_field("Over", "150")
    go_on(window)
    assert "Source of it, in the clinic's words: fill it in." in words(window)


def test_the_clinics_words_are_offered_again_at_the_next_row(window):
    drafted_pause(window)
    open_row(window, "6", "values/observe.default")
    assert sheet(window)._fields["source"].text() == POLICY


def test_esc_keeps_the_draft_until_the_window_is_locked(window, qtbot):
    drafted_pause(window)
    press(ESC)
    assert window.shown == "day"
    chord(window, Qt.Key.Key_Y, Qt.KeyboardModifier.AltModifier)
    assert "160 mmHg → 150 mmHg" in words(window)
    chord(window, Qt.Key.Key_L)
    settled(qtbot, window)
    type_text(PASSPHRASE)
    press(ENTER)
    settled(qtbot, window)
    chord(window, Qt.Key.Key_Y, Qt.KeyboardModifier.AltModifier)
    assert "160 mmHg → 150 mmHg" not in words(window)
    assert window.desk.office.protocol.version == "1"


def test_a_row_goes_back_to_as_shipped_and_out_of_the_draft(window):
    drafted_pause(window)
    open_row(window, "3", PAUSE)
    next(b for b in all_of(sheet(window), Button) if b.words() == "As shipped").click()
    assert "160 mmHg → 150 mmHg" not in words(window)
    go_on(window)
    assert sheet(window, AdoptSheet) is None


def test_a_row_is_left_out_stays_in_sight_and_can_be_taken_in_again(window):
    open_row(window, "8", "states/NY")
    next(b for b in all_of(sheet(window), Button) if b.words() == "Leave this row out").click()
    assert "left out" in rows(window).currentIndex().data()
    press(ENTER)
    next(b for b in all_of(sheet(window), Button) if b.words() == "As shipped").click()
    assert "in the draft" not in rows(window).currentIndex().data()


def test_a_state_is_added_by_keys(window):
    open_row(window, "8", "add/states/")
    in_field("State, two letters", "NV")
    press(TAB)
    type_text("1")
    press(ENTER)
    type_text("3")
    in_field("What the board says, in one sentence", "Asked on 2 Nov 2026.")
    in_field("Source of it, in the clinic's words", POLICY)
    go_on(window)
    assert "bolus by a nurse: no; prescriber in the building: no" in " ".join(words(window))
    go_on(window)
    type_text("We work in Nevada now.")
    go_on(window)
    rule = window.desk.office.protocol.state("NV")
    assert (rule.rn_bolus, rule.prescriber_on_site) == ("no", "no")


def test_a_nurse_reads_everything_and_is_told_who_may_change_it(qtbot, tmp_path):
    window = opened(qtbot, made(tmp_path / "ledger", role="nurse"))
    assert any("Only a supervisor changes the protocol." in text for text in words(window))
    open_row(window, "8", "states/AZ")
    assert sheet(window) is None
    read = sheet(window, ReadSheet)
    said = [w.text() for w in all_of(read, Words)]
    assert any("may not give it as a bolus" in text for text in said)
    assert any("read in the source itself" in text for text in said)
    press(ESC)
    assert sheet(window, ReadSheet) is None
    assert not any(row.startswith("add/") for row in keys_of(window))
    go_on(window)
    assert window.desk.office.protocol.version == "1"


def keys_of(window):
    return [row.key for row in rows(window)._rows.rows]


def test_a_supervisor_is_named_as_such_and_a_nurse_is_not(qtbot, tmp_path):
    for role, said in (
        ("supervisor", "Julia Alvarez, RN, supervisor"),
        ("nurse", "Julia Alvarez, RN"),
    ):
        window = opened(qtbot, made(tmp_path / role, role=role))
        assert said in [w.text() for w in all_of(window.status, Words)]


# ---------------------------------------------------------------- how it looks


@pytest.mark.parametrize(("size", "scale"), LOOKS)
def test_no_text_is_cut_in_any_section_or_sheet(qtbot, qapp, tmp_path, size, scale):
    window = opened(qtbot, made(tmp_path / "ledger", editions=2), width=size[0], height=size[1])
    theme.apply(qapp, "dim", scale)
    for key in ALL_SECTIONS:
        section(window, key)
        assert cut_off_at_rest(qtbot, window) == [], key
    open_row(window, "3", PAUSE)
    assert cut_off_at_rest(qtbot, window) == []
    in_field("Over", "400")
    go_on(window)
    assert cut_off_at_rest(qtbot, window) == []
    field = sheet(window)._fields["above"].widget
    assert field.visibleRegion().boundingRect().height() > 0
    in_field("Over", "175")
    go_on(window)
    go_on(window)
    assert sheet(window, AdoptSheet) is not None
    assert cut_off_at_rest(qtbot, window) == []


def test_a_dim_room_stays_dim(window):
    drafted_pause(window)
    mean, _ = luminances(window.grab().toImage())
    assert mean <= 0.03


def test_everything_that_takes_the_focus_has_a_name(window):
    open_row(window, "3", PAUSE)
    assert all(spoken_name(w) for w in reachable(window.screen_shown))


def test_a_list_row_is_high_enough_to_press_and_says_all_of_itself(qtbot):
    found = RowList("Rows")
    qtbot.addWidget(found)
    found.resize(700, 300)
    found.show_rows((ListRow("a", "What", "12 min", "a source", "changed", "pencil", "warn"),))
    found.show()
    assert found.visualRect(found.currentIndex()).height() >= 44
    assert found.currentIndex().data() == "What. 12 min. changed. a source"
    assert found.current_key() == "a"
