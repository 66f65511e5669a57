"""Widgets that tell: countdown, verdict, notices, strip, phases, lists of facts."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from tests.helpers.qt import all_of, colours, cut_off, luminances, press, show, spoken_name
from ui import theme, tokens
from ui.actions import key_of
from ui.notices import Message, NoticeColumn, Notices
from ui.widgets.banner import Banner
from ui.widgets.boxes import Column
from ui.widgets.buttons import Button
from ui.widgets.due_badge import Due, DueBadge, counted, due_of
from ui.widgets.empty_state import EmptyState
from ui.widgets.key_value import FactColumns, KeyValue, KeyValues
from ui.widgets.mark import Mark
from ui.widgets.notice import Notice
from ui.widgets.patient_strip import PatientStrip, StripFacts
from ui.widgets.status_bar import StatusBar, StatusFact
from ui.widgets.stepper import Step, Stepper, StepState
from ui.widgets.tile import Tile
from ui.widgets.verdict_box import VerdictBox

QUARTER = timedelta(minutes=15)


def seconds(count):
    return timedelta(seconds=count)


def words(root):
    QApplication.processEvents()  # what was added to a shown widget is shown by the event loop
    return [w.text() for w in all_of(root, QLabel) if w.text()]


def signs(root):
    return [w.sign() for w in all_of(root, Mark)]


@pytest.mark.parametrize(
    ("left", "due", "said"),
    [
        (372, Due.OK, "6:12"),
        (371.2, Due.OK, "6:12"),
        (3723, Due.OK, "1:02:03"),
        (121, Due.OK, "2:01"),
        (120, Due.SOON, "2:00"),
        (0.4, Due.SOON, "0:01"),
        (0, Due.OVERDUE, "+0:00"),
        (-95, Due.OVERDUE, "+1:35"),
        (-10800, Due.OVERDUE, "+3:00:00"),
    ],
)
def test_what_is_left_is_counted_down_and_then_up(left, due, said):
    assert (due_of(seconds(left)), counted(seconds(left))) == (due, said)


def test_overdue_is_told_by_words_sign_outline_and_ground_at_once(qtbot):
    badge = show(qtbot, DueBadge("Vitals", what="vitals"), width=300)
    badge.show_left(seconds(372), of=QUARTER)
    assert (words(badge), signs(badge)) == (["Next vitals due in", "6:12"], ["clock"])
    badge.show_left(seconds(60), of=QUARTER)
    assert (words(badge), signs(badge)) == (["Vitals due soon", "1:00"], ["clock-alert"])
    badge.show_left(seconds(-95), of=QUARTER)
    assert (words(badge), signs(badge)) == (["Vitals overdue by", "+1:35"], ["triangle-alert"])
    seen = colours(badge.grab().toImage())
    assert {tokens.DIM.danger_bg, tokens.DIM.danger_line} <= seen


def test_the_countdown_never_changes_its_size_and_hardly_its_light(qtbot):
    badge = show(qtbot, DueBadge("Vitals", what="vitals"), width=300)
    sizes, light = set(), []
    for left in (900, 60, -95):
        badge.show_left(seconds(left), of=QUARTER)
        QApplication.processEvents()
        texts = [w for w in all_of(badge, QLabel) if w.text()]
        tops = [w.mapTo(badge, QPoint(0, 0)).y() for w in texts]
        left_edge = texts[0].mapTo(badge, QPoint(0, 0)).x()
        sizes.add((badge.heightForWidth(300), left_edge, *tops))
        light.append(luminances(badge.grab().toImage())[0])
    assert len(sizes) == 1
    # what the whole of a small screen gives off changes by less than a fiftieth of the limit
    share = badge.width() * badge.height() / (1366 * 768)
    assert (max(light) - min(light)) * share < 0.03 / 50


def test_overdue_is_announced_once_and_not_every_second(qtbot, monkeypatch):
    spoken = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda e: spoken.append(e.message()))
    badge = show(qtbot, DueBadge("Vitals", what="vitals"))
    for left in (200, 199, 60, 59, -1, -2, -3):
        badge.show_left(seconds(left), of=QUARTER)
    assert spoken == ["Vitals due soon 1:00", "Vitals overdue by +0:01"]


def test_only_a_stop_has_the_thick_outline_and_nothing_moves(qtbot):
    box = show(qtbot, VerdictBox("Verdict"), width=300)
    heights = set()
    for tone, blocks in (("ok", False), ("warn", False), ("danger", True), ("ok", False)):
        box.show_verdict(tone, "Do not start", sentence="1 stop.")
        QApplication.processEvents()
        assert box.blocks() == blocks
        spots = [w.mapTo(box, QPoint(0, 0)).toTuple() for w in all_of(box, QLabel)]
        heights.add((box.heightForWidth(300), *spots))
    assert len(heights) == 1
    assert box.accessibleDescription() == "Do not start. 1 stop."


def test_a_banner_says_what_happened_and_has_one_button(qtbot):
    banner = show(
        qtbot, Banner("danger", "The disk is full", detail="Safe.", act="Show"), width=700
    )
    (button,) = all_of(banner, Button)
    with qtbot.waitSignal(banner.pressed):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert words(banner) == ["The disk is full", "Safe."]


def test_a_notice_stands_once_for_its_key_until_it_is_settled(qtbot):
    notices = Notices()
    column, around = NoticeColumn(notices), Column()
    around.add(column)
    show(qtbot, around, width=700, height=300)
    assert column.isHidden()
    done = []
    notices.say("draft", Message("warn", "A draft came back", "Read it again.", "See"))
    notices.say("backup", Message("danger", "No backup", "Nothing lost.", "Do", done.append))
    notices.say("draft", Message("warn", "Two drafts came back", "Read them again.", "See"))
    assert [key for key, _ in notices.standing()] == ["backup", "draft"]
    assert words(column)[0::2] == ["No backup", "Two drafts came back"]
    notices.settle("backup")
    notices.settle("draft")
    notices.settle("draft")
    assert words(column) == []
    assert column.isHidden()


def test_the_button_of_a_notice_does_what_it_was_given(qtbot):
    notices, done = Notices(), []
    column = NoticeColumn(notices)
    notices.say("a", Message("warn", "A", "b", "Do it", lambda: done.append("did")))
    show(qtbot, column)
    QTest.mouseClick(all_of(column, Button)[0], Qt.MouseButton.LeftButton)
    assert done == ["did"]


FACTS = StripFacts(
    name="Maria Guadalupe Fernández de la Torre-Villanueva",
    identity="Born 14 Mar 1986 (40 y)   F   MRN 004182",
    allergies=("Allergy: penicillin (anaphylaxis)", "Allergy: sulfamethoxazole (blistering rash)"),
    allergic=True,
    weight="102.6 kg",
    order="Ketamine 34.2 mg over 2 h (0.5 mg/kg)",
    ordered="Order, Dr A. Okafor, 20 Nov",
)


def test_the_gravest_notices_stand_in_full_and_the_others_are_counted_and_come_in_turn(qtbot):
    notices = Notices()
    column = NoticeColumn(notices)
    for n, tone in enumerate(("muted", "warn", "danger", "warn")):
        notices.say(f"k{n}", Message(tone, f"Notice {n}", "What to do."))
    show(qtbot, column, width=700)
    assert sorted(words(column)[0::2]) == ["Notice 1", "Notice 2"]
    column.set_most(1)
    seen = []
    for _ in range(5):
        seen += words(column)[0::2]
        (more,) = all_of(column, Button)
        assert more.accessibleName() == "and 3 more"
        QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    assert seen == ["Notice 2", "Notice 1", "Notice 3", "Notice 0", "Notice 2"]
    notices.settle("k1")  # whatever changes, the gravest stands first again
    assert words(column)[0::2] == ["Notice 2"]
    notices.settle("k3")
    notices.settle("k0")
    assert all_of(column, Button) == []


@pytest.mark.parametrize("scale", tokens.SCALES)
@pytest.mark.parametrize("width", [1024, 1366, 1920])
def test_the_strip_loses_nothing_at_any_size(qapp, qtbot, scale, width):
    theme.apply(qapp, "dim", scale)
    strip = PatientStrip()
    strip.show_patient(FACTS)
    strip.set_mark("PRACTICE")
    strip.set_clock("15:28")
    show(qtbot, strip, width=width)
    assert strip.width() == width
    assert cut_off(strip) == []
    everything = " ".join(words(strip))
    for part in (FACTS.name, *FACTS.allergies, "MRN 004182", "102.6 kg", FACTS.order, "PRACTICE"):
        assert part in everything
    assert "…" not in everything


def test_the_strip_of_somebody_without_allergies_is_not_red(qtbot):
    strip = PatientStrip()
    strip.show_patient(StripFacts("A", "b", ("No known allergy, asked today",), allergic=False))
    show(qtbot, strip, width=900)
    assert tokens.DIM.danger_bg not in colours(strip.grab().toImage())
    assert "No known allergy, asked today" in strip.accessibleDescription()


def test_the_strip_forgets_the_patient_when_it_shows_a_title(qtbot):
    strip = show(qtbot, PatientStrip(), width=1366)
    strip.show_patient(FACTS)
    strip.show_title("Today", "Sunday 22 November")
    assert words(strip) == ["Today", "Sunday 22 November"]
    assert all_of(strip, Notice) == []  # neither allergies nor a mark
    assert "Maria" not in strip.accessibleDescription()


def test_the_strips_buttons_ask_for_the_light_and_the_lock(qtbot):
    strip = show(qtbot, PatientStrip(), width=1366)
    keys, light, help_, lock = all_of(strip, Button)
    with qtbot.waitSignal(strip.keys_wanted):
        QTest.mouseClick(keys, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(strip.theme_wanted):
        QTest.mouseClick(light, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(strip.help_wanted):
        QTest.mouseClick(help_, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(strip.lock_wanted):
        QTest.mouseClick(lock, Qt.MouseButton.LeftButton)
    strip.hide_lock()
    assert all_of(strip, Button) == [keys, light, help_]


@pytest.mark.parametrize(
    ("width", "scale", "locks", "helps"),
    [
        (1920, 1.0, True, True),
        (1440, 1.0, True, False),  # the facts would take a line more
        (1280, 2.0, True, False),  # the same
        (1366, 2.0, True, True),
        (1024, 2.0, False, True),  # nothing to lock: its place is free
    ],
)
def test_the_help_is_in_the_strip_where_there_is_room(qtbot, width, scale, locks, helps):
    theme.apply(QApplication.instance(), "dim", scale)
    strip = PatientStrip()
    if locks:
        strip.show_patient(FACTS)
    else:
        strip.hide_lock()
    show(qtbot, strip, width=width)
    told = {spoken_name(button): button for button in all_of(strip, Button)}
    assert (f"Help ({key_of('help')})" in told) is helps
    for button in told.values():
        assert min(button.width(), button.height()) >= theme.look().px(tokens.TARGET)
    theme.apply(QApplication.instance(), "dim", 1.0)


class Windows(QObject):
    """Keeps what is shown as a window of its own."""

    def __init__(self):
        super().__init__()
        self.shown = []

    def eventFilter(self, watched, event):  # noqa: N802 - Qt's own name
        if event.type() == QEvent.Type.Show and watched.isWidgetType() and watched.isWindow():
            self.shown.append(watched)
        return False


def test_while_the_strip_is_made_no_part_of_it_is_a_window_for_a_moment(qtbot):
    """Such a window takes the keyboard from the field that is typed in."""
    seen = Windows()
    QApplication.instance().installEventFilter(seen)
    strip = PatientStrip()
    QApplication.instance().removeEventFilter(seen)
    qtbot.addWidget(strip)
    assert seen.shown == []


def test_the_help_never_makes_the_strip_higher(qtbot):
    """A line more of facts is worth more than the help's button."""
    strip, bare = PatientStrip(), PatientStrip()
    bare._help.sizeHint = lambda: QSize(1 << 14, 0)  # there is never room for it
    shown = set()
    for one in (strip, bare):
        one.show_patient(FACTS)
        one.set_mark("PRACTICE")
        show(qtbot, one, width=1366)
    for width in range(1300, 1600, 20):
        for one in (strip, bare):
            one.resize(width, one.heightForWidth(width))
            QApplication.processEvents()
        assert strip.sizeHint().height() == bare.sizeHint().height(), width
        assert strip.heightForWidth(width) == bare.heightForWidth(width), width
        shown.add(len(all_of(strip, Button)))
    assert shown == {3, 4}


@pytest.mark.parametrize(("name", "line"), [("Ana Ruiz", 0), ("María Guadalupe " * 8, 1)])
def test_the_mark_stands_beside_the_name_else_beside_the_line_below_it(qtbot, name, line):
    strip = PatientStrip()
    strip.set_mark("PRACTICE")
    strip.show_patient(replace(FACTS, name=name))
    show(qtbot, strip, width=1366)
    strip.resize(1366, strip.heightForWidth(1366))
    QApplication.processEvents()
    assert cut_off(strip) == []
    middle = strip._mark.geometry().center().y()
    lines = [words.geometry() for words in (strip._name, strip._identity)]
    assert [here.top() <= middle <= here.bottom() for here in lines].index(True) == line


def test_what_the_first_line_leaves_no_room_for_has_the_whole_width(qtbot):
    """The buttons at the corner take room from the first line only."""
    theme.apply(QApplication.instance(), "dim", 2.0)
    strip = PatientStrip()
    strip.show_patient(replace(FACTS, name="Elena M. Rivera", allergies=FACTS.allergies[:1]))
    strip.set_clock("15:28", "UTC−7")
    show(qtbot, strip, width=1366)
    assert strip._allergy.geometry().right() > strip._right.x()
    assert not strip._allergy.geometry().intersects(strip._right.geometry())
    assert strip.height() <= 240
    theme.apply(QApplication.instance(), "dim", 1.0)


def steps(now="infusion"):
    states = {"screening": StepState.DONE, "sign": StepState.LOCKED, now: StepState.NOW}
    return tuple(
        Step(key, key.capitalize(), "sub line", states.get(key, StepState.LATER))
        for key in ("screening", "order", "infusion", "observation", "sign")
    )


def test_the_phases_are_one_stop_and_the_arrows_pass_over_a_locked_one(qtbot):
    stepper = Stepper("Phases")
    stepper.show_steps(steps())
    show(qtbot, stepper)
    opened = []
    stepper.opened.connect(opened.append)
    buttons = all_of(stepper, Button)
    stops = [b for b in buttons if b.focusPolicy() == Qt.FocusPolicy.StrongFocus]
    assert [spoken_name(b) for b in stops] == ["Infusion"]
    stops[0].setFocus()
    press(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert opened == ["screening"]  # past the locked last one to the first


def test_each_phase_says_its_state_in_words_and_sign(qtbot):
    stepper = Stepper("Phases")
    stepper.show_steps(steps())
    show(qtbot, stepper)
    said = [b.accessibleDescription().split(".")[0] for b in all_of(stepper, Button)]
    assert said == ["done", "later", "now", "later", "locked"]
    assert not all_of(stepper, Button)[-1].isEnabled()


def test_new_states_keep_the_focus_where_it_is(qtbot):
    stepper = Stepper("Phases")
    stepper.show_steps(steps())
    show(qtbot, stepper)
    all_of(stepper, Button)[1].setFocus()
    stepper.show_steps(steps(now="observation"))
    assert spoken_name(QApplication.focusWidget()) == "Order"


def test_pressing_a_phase_does_not_choose_it(qtbot):
    stepper = Stepper("Phases")
    stepper.show_steps(steps())
    show(qtbot, stepper)
    order = all_of(stepper, Button)[1]
    with qtbot.waitSignal(stepper.opened):
        QTest.mouseClick(order, Qt.MouseButton.LeftButton)
    assert [b.isChecked() for b in all_of(stepper, Button)] == [False, False, True, False, False]


def test_the_rail_shows_only_signs_and_still_speaks(qtbot):
    stepper = Stepper("Phases")
    stepper.show_steps(steps())
    stepper.show_rail()
    show(qtbot, stepper)
    assert stepper.width() == tokens.RAIL_WIDTH
    assert [(b.words(), spoken_name(b)) for b in all_of(stepper, Button)][2] == ("", "Infusion")
    stepper.show_steps((Step("screening", "Rescreening", "", StepState.NOW), *steps()[1:]))
    assert spoken_name(all_of(stepper, Button)[0]) == "Rescreening"
    stepper.show_words()
    assert all_of(stepper, Button)[2].words() == "Infusion"


def test_a_fact_that_does_not_fit_beside_its_key_goes_beneath(qtbot):
    fact = KeyValue("Last backup", "3 days and 4 hours ago")
    facts = show(qtbot, KeyValues("This laptop", (fact,)), width=400)
    key, value = all_of(facts, QLabel)
    assert key.y() == value.y()
    facts.resize(120, 200)
    QApplication.processEvents()
    assert value.y() > key.y()
    assert facts.accessibleDescription() == "Last backup: 3 days and 4 hours ago"


def test_new_facts_take_the_place_of_the_old(qtbot):
    facts = show(qtbot, KeyValues("Laptop", (KeyValue("Disk", "118 GB"),)), width=300)
    facts.show_facts((KeyValue("Disk", "0.4 GB", "danger"),))
    assert words(facts) == ["Disk", "0.4 GB"]


def test_columns_of_facts_wrap_their_values(qtbot):
    facts = (KeyValue("Condition", "Pause at 160, blood pressure every 5 min, call again"),)
    columns = show(qtbot, FactColumns("Call", facts), width=200)
    assert cut_off(columns) == []


def test_a_tile_speaks_its_value_with_its_unit(qtbot):
    tile = show(qtbot, Tile("Rate"))
    tile.show_value("17.1", unit="mg/h", sub="8.6 mL/h")
    assert spoken_name(tile) == "Rate: 17.1 mg/h"
    tile.show_value("—")
    assert words(tile) == ["Rate", "—"]


def test_the_status_bar_replaces_its_facts_and_wraps(qtbot):
    bar = StatusBar()
    bar.show_facts((StatusFact("shield-check", "Saved 15:27:52, encrypted", "ok"),) * 3)
    bar.show_facts((StatusFact("database", "0.4 GB free", "danger"),))
    bar.show_nurse("J. Alvarez, RN")
    bar.show_keys((("F2", "vitals"), ("F1", "all keys")))
    show(qtbot, bar, width=1366)
    one_line = bar.heightForWidth(1366)
    assert words(bar)[0] == "0.4 GB free"
    assert bar.heightForWidth(250) > one_line


def test_an_empty_state_offers_its_ways_on(qtbot):
    empty = EmptyState("clipboard-list", "No visits", explained="They come on a stick.")
    empty.add_way(Button("Load"))
    show(qtbot, empty, width=500, height=400)
    shown = [label.text() for label in all_of(empty, QLabel)]
    assert shown == ["No visits", "They come on a stick."]  # and no empty line for a missing fact
    assert cut_off(empty) == []
