"""Pictures of what takes more than one key to reach: filled sheets, drug count, protocol, orders.

Each scene is a function that works the real window through a `Hand`; `SCENES` names them for
`tests/shots.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

ROOMS: list["Room"] = []


@dataclass(frozen=True)
class Room:
    """A moment of a story, and what is done in the window then; ``ready`` goes before it opens."""

    name: str
    story: str
    play: Callable[["Hand"], None]
    until: str = ""
    before: str = ""
    visit: bool = True
    ready: Callable[[object], None] | None = None


def room(name, story="quiet_hour", **how):
    """Makes the function a picture of this name."""

    def enter(play):
        ROOMS.append(Room(name, story, play, **how))
        return play

    return enter


class Hand:
    """Works the window by the names that a screen reader says."""

    def __init__(self, window, desk, settle):
        self.window, self.desk, self._settle = window, desk, settle

    def rest(self):
        """Until nothing is queued, and no visit is left to read for the drug count."""
        self._settle()

    def act(self, *names):
        """What these keys do, one after the other."""
        for name in names:
            self.window.act(name)
            self.rest()

    def actions(self):
        """To the actions, where a narrow window shows only the chart."""
        from tests.helpers.qt import reachable, spoken_name

        if any(spoken_name(w) == "Actions" for w in reachable(self.window)):
            self.act("turn")

    def find(self, name):
        """The visible control whose spoken name begins so; those below the last in sight too."""
        from tests.helpers.qt import reachable, spoken_name

        found = [w for w in reachable(self.window) if spoken_name(w).startswith(name)]
        assert found, (name, sorted({spoken_name(w) for w in reachable(self.window)}))
        return found[0]

    def write(self, name, text):
        """Types into a field over what stands in it."""
        from PySide6.QtWidgets import QLineEdit

        there = self.find(name)
        there.setFocus()
        if isinstance(there, QLineEdit):
            there.clear()
        else:
            there.selectAll()
        there.insert(text) if isinstance(there, QLineEdit) else there.insertPlainText(text)
        self.rest()

    def take(self, *names):
        """Presses these."""
        for name in names:
            there = self.find(name)
            there.setFocus()
            there.click()
            self.rest()

    def key(self, *names):
        """Presses keys, each by Qt's name, where the focus is."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication

        for name in names:
            ctrl, none = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
            held = ctrl if name.startswith("Ctrl+") else none
            key = getattr(Qt.Key, f"Key_{name.removeprefix('Ctrl+')}")
            QTest.keyClick(QApplication.focusWidget() or self.window, key, held)
            self.rest()

    def pass_time(self, **length):
        """Time goes by, and the window hears of it."""
        self.desk.clock.pass_time(timedelta(**length))
        self.desk.beat.emit(self.desk.now())
        self.rest()


# ---------------------------------------------------------------- protocol


def _supervisor(desk):
    """Whoever is unlocked may change the protocol."""
    desk.office.register(replace(desk.office.nurse, at=desk.now(), role="supervisor"))


def _to_protocol(hand):
    hand.act("protocol")


@room("protocol", visit=False, ready=_supervisor)
def _protocol(hand):
    _to_protocol(hand)


PAUSE = "limits/systolic/during/pause/high"


def _open_row(hand, section, row):
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from tests.helpers.qt import all_of
    from ui.widgets.row_list import RowList

    hand.window.screen_shown.arrive()
    QTest.keyClicks(QApplication.focusWidget(), section)
    hand.key("Return")
    (rows,) = all_of(hand.window.screen_shown, RowList)
    rows.choose(row)
    rows.setFocus()
    hand.rest()


@room("protocol-value", visit=False, ready=_supervisor)
def _protocol_value(hand):
    _to_protocol(hand)
    _open_row(hand, "3", PAUSE)
    hand.key("Return")
    hand.write("Over", "170")


def _drafted(hand):
    _to_protocol(hand)
    _open_row(hand, "3", PAUSE)
    hand.key("Return")
    hand.write("Over", "170")
    hand.write("Source of it", "Desert Bloom policy 12, 3 Nov 2026")
    hand.key("Ctrl+Return")


@room("protocol-draft", visit=False, ready=_supervisor)
def _protocol_draft(hand):
    _drafted(hand)


@room("protocol-adopt", visit=False, ready=_supervisor)
def _protocol_adopt(hand):
    _drafted(hand)
    hand.key("Ctrl+Return")


@room("protocol-editions", visit=False, ready=_supervisor)
def _protocol_editions(hand):
    _drafted(hand)
    hand.key("Ctrl+Return")
    hand.write("Why the protocol changes", "The medical director asks for it.")
    hand.key("Ctrl+Return")


# ---------------------------------------------------------------- drug count


def _received(desk, *numbers, **told):
    from datetime import date

    from ketachart.domain import facts as f
    from ketachart.domain.quantities import MgPerMl, Ml

    values = {
        "strength_mg_per_ml": MgPerMl(10),
        "volume_ml": Ml(20),
        "lot": "4K21877",
        "expires": date(2028, 3, 31),
        "ndc": "42023-113-10",
        "from_whom": "R. Stone, pharmacist",
        **told,
    }
    desk.office.stock.record(
        *(
            f.VialReceived(at=desk.now() - timedelta(hours=8), vial=number, **values)
            for number in numbers
        )
    )


def _with_vials(desk):
    from ketachart.domain.quantities import MgPerMl, Ml

    _received(desk, "55120", "55121", "55122")
    _received(desk, "88001", strength_mg_per_ml=MgPerMl(50), volume_ml=Ml(10), lot="9B0412")


def _to_stock(hand):
    hand.act("waste")


@room("stock-empty", visit=False)
def _stock_empty(hand):
    _to_stock(hand)


@room("stock-blind", visit=False, ready=_with_vials)
def _stock_blind(hand):
    _to_stock(hand)
    hand.act("waste")
    hand.take("Which count: Start of day", "Lot 1: strength: 10 mg/mL")
    hand.write("Lot 1: lot", "4K21877")
    hand.write("Lot 1: vials", "1")
    hand.write("Lot 1: in opened", "165.8")


@room("stock-difference", visit=False, ready=_with_vials)
def _stock_difference(hand):
    _stock_blind(hand)
    hand.key("Ctrl+Return")


@room("stock-custody", visit=False, ready=_with_vials)
def _stock_custody(hand):
    _to_stock(hand)
    hand.act("show-all")


@room("stock-receive", visit=False, ready=_with_vials)
def _stock_receive(hand):
    _to_stock(hand)
    hand.act("receive")


@room("stock-move", visit=False, ready=_with_vials)
def _stock_move(hand):
    _to_stock(hand)
    hand.act("move")
    hand.take("From where: Safe")


@room("stock-lost", visit=False, ready=_with_vials)
def _stock_lost(hand):
    _to_stock(hand)
    hand.act("lost")


# ---------------------------------------------------------------- new visit


@room("new-visit-full", visit=False)
def _new_visit_full(hand):
    hand.act("new-visit")
    for name in ("medicine", "step", "limit", "treatment", "plan", "line"):
        hand.act(f"add-{name}")
    for word in ("Goal of the infusion: Induction",):
        hand.take(word)


@room("new-visit-order", visit=False)
def _new_visit_order(hand):
    """The lower end of the form with every row open."""
    from PySide6.QtWidgets import QScrollArea

    _new_visit_full(hand)
    for area in hand.window.screen_shown.findChildren(QScrollArea):
        area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    hand.rest()


@room("new-visit-on-file", visit=False)
def _on_file(hand):
    hand.act("new-visit")
    hand.write("Medical record number", "004182")
    hand.find("Birth date").setFocus()
    hand.rest()
    hand.rest()


@room("new-visit-taken-over", visit=False)
def _taken_over(hand):
    _on_file(hand)
    hand.act("on-file")


# ---------------------------------------------------------------- order & dose


def _long_order(desk):
    from tests.domain.test_order_rules import FULL

    desk.clock.pass_time(timedelta(minutes=1))
    desk.record(replace(desk.visit.order, at=desk.now(), **FULL))


@room("order-long", before="vial-taken", ready=_long_order)
def _order_long(hand):
    hand.act("phase-2")


def _with_past(desk):
    from tests.ui.test_series import past

    desk.clock.pass_time(timedelta(minutes=1))
    desk.record(past(desk.now()))


@room("order-series", "paused_for_nausea", before="pump-checked", ready=_with_past)
def _order_series(hand):
    hand.act("phase-2")


@room("infusion-series", "paused_for_nausea", until="infusion-resumed", ready=_with_past)
def _infusion_series(hand):
    hand.act("phase-3")


@room("door-series", "paused_for_nausea", before="pump-checked", ready=_with_past, visit=False)
def _door_series(hand):
    hand.rest()


@room("order-gravity", before="pump-checked")
def _order_gravity(hand):
    hand.act("phase-2")
    hand.take("Gravity")


def _check(hand, *typed):
    hand.act("phase-2")
    hand.actions()
    hand.take("Who reads the pump: You alone")
    hand.act("primary")
    hand.pass_time(seconds=61)
    names = ("Rate on the pump", "Volume to infuse on the pump", "Strength on the label")
    for name, text in zip(names, typed, strict=True):
        hand.write(name, text)
    hand.act("primary")


@room("pump-tenfold", before="pump-checked")
def _pump_tenfold(hand):
    _check(hand, "171", "17.1", "2")


@room("pump-per-hour", before="pump-checked")
def _pump_per_hour(hand):
    _check(hand, "34.2", "17.1", "2")


@room("pump-per-kg-hour", "paused_for_nausea", before="pump-checked")
def _pump_per_kg_hour(hand):
    _check(hand, "17.1", "17.1", "2")


@room("pump-hidden", before="pump-checked")
def _pump_hidden(hand):
    hand.act("phase-2")
    hand.actions()
    hand.take("Who reads the pump: You alone")
    hand.act("primary")


@room("sheet-vial", before="vial-taken", ready=_with_vials)
def _sheet_vial(hand):
    hand.act("phase-2")
    hand.window.screen_shown.action_column.open_sheet("vial")
    hand.rest()


@room("sheet-bag", until="vial-taken")
def _sheet_bag(hand):
    hand.act("phase-2")
    hand.window.screen_shown.action_column.open_sheet("bag")
    hand.rest()


def _by_ideal_weight(desk):
    desk.clock.pass_time(timedelta(minutes=1))
    order = replace(desk.visit.order, at=desk.now(), weight_basis="ideal", weight_formula="devine")
    desk.record(order)


@room("sheet-weight", before="weight-measured", ready=_by_ideal_weight)
def _sheet_weight(hand):
    hand.window.screen_shown.action_column.open_sheet("weight")
    hand.rest()
    hand.write("What the scale says", "150.8")
    hand.take("Unit of the scale: lb")


@room("sheet-other-ketamine")
def _sheet_other(hand):
    hand.act("phase-1", "other-ketamine")
    hand.take("How it is taken: Into the nose")


@room("sheet-elsewhere")
def _sheet_elsewhere(hand):
    hand.act("phase-1", "elsewhere")


# ---------------------------------------------------------------- while it runs


@room("sheet-rate-raised", "paused_for_nausea", until="infusion-resumed")
def _rate_raised(hand):
    hand.pass_time(minutes=25)
    hand.act("phase-3", "rate")
    hand.write("New rate on the pump", "9.5")


@room("sheet-rate-reason", "paused_for_nausea", until="infusion-resumed")
def _rate_reason(hand):
    _rate_raised(hand)
    hand.find("New rate on the pump").setFocus()
    hand.key("Return")


@room("sheet-rate-steps", "more/stepwise_titration", until="infusion-started")
def _rate_steps(hand):
    hand.pass_time(minutes=16)
    hand.act("phase-3", "rate")
    hand.write("New rate on the pump", "12")


@room("sheet-bag-change", "more/second_bag_weaker", until="infusion-started")
def _bag_change(hand):
    hand.pass_time(minutes=20)
    hand.act("phase-3", "bag-change")


@room("sheet-flush", "paused_for_nausea", until="infusion-resumed")
def _flush(hand):
    hand.act("phase-3", "flush")


@room("sheet-pump-read", "paused_for_nausea", until="infusion-resumed")
def _pump_read(hand):
    hand.act("phase-3", "pump-read")


@room("sheet-pause", "paused_for_nausea", before="infusion-paused")
def _pause(hand):
    hand.act("phase-3", "pause")


def _waste(hand, mode):
    hand.act("phase-4", "waste")
    hand.take("What became of it: Wasted")
    hand.write("Amount, mg", "24.3")
    hand.take(f"Who saw it: {mode}")


@room("sheet-waste-person", "pressure_climbs", before="drug-wasted")
def _waste_person(hand):
    _waste(hand, "In person")


@room("sheet-waste-phone", "pressure_climbs", before="drug-wasted")
def _waste_phone(hand):
    _waste(hand, "By phone")


@room("sheet-waste-nobody", "pressure_climbs", before="drug-wasted")
def _waste_nobody(hand):
    _waste(hand, "Nobody")


@room("marks-banner", "paused_for_nausea", until="infusion-resumed")
def _marks(hand):
    hand.act("phase-3", "mark")
    hand.pass_time(minutes=3)
    hand.act("mark")


@room("sheet-marks", "paused_for_nausea", until="infusion-resumed")
def _sheet_marks(hand):
    _marks(hand)
    hand.act("marks")


@room("sheet-vitals-swapped", "paused_for_nausea", until="infusion-resumed")
def _vitals_swapped(hand):
    hand.act("vitals")
    hand.key(*"82", "Return", *"128", "Return", *"84", "D", "Return")


@room("sheet-vitals-alertness", "paused_for_nausea", until="infusion-resumed")
def _vitals_alertness(hand):
    hand.act("vitals")
    hand.take("More")
    hand.key(*"36", "Period", "9", "E")
    hand.take("The other scale of sedation")
    hand.key("4")


@room("sheet-scales", "paused_for_nausea", until="infusion-resumed")
def _scales(hand):
    hand.act("scale")


@room("sheet-scale-phq", "paused_for_nausea", until="infusion-resumed")
def _scale_phq(hand):
    hand.act("scale")
    hand.take("Which scale: PHQ-9")
    hand.key(*"1111111")


@room("sheet-scale-suicide", "paused_for_nausea", until="infusion-resumed")
def _scale_suicide(hand):
    hand.act("scale")
    hand.take("Which scale: C-SSRS screener")
    hand.key(*"1111")
    hand.key("L")


@room("sheet-scale-high", "paused_for_nausea", until="infusion-resumed")
def _scale_high(hand):
    hand.act("scale")
    hand.take("Which scale: C-SSRS screener")
    hand.key(*"112121")


@room("sheet-scale-total", "paused_for_nausea", until="infusion-resumed")
def _scale_total(hand):
    hand.act("scale")
    hand.take("Which scale: HIT-6")
    hand.key(*"63")


@room("sheet-add", "paused_for_nausea", until="infusion-resumed")
def _add(hand):
    hand.act("phase-3", "add")


@room("sign-balance", "more/pump_a_millilitre_apart")
def _sign_balance(hand):
    hand.act("phase-6")


@room("observation-balance", "more/waste_without_a_witness")
def _observation_balance(hand):
    hand.act("phase-4")


# ---------------------------------------------------------------- alerts and the laptop


def _measured(hand, **signs):
    from ketachart.domain.facts import VitalsTaken

    hand.desk.record(VitalsTaken(at=hand.desk.now(), **signs))
    hand.rest()


@room("alert-emergency", until="infusion-started")
def _alert_emergency(hand):
    _measured(hand, spo2=88, heart_rate=92)


@room("alert-answer", until="infusion-started")
def _alert_answer(hand):
    _measured(hand, systolic=170, diastolic=96)
    hand.act("answer")


@room("alert-put-off", until="infusion-started")
def _alert_put_off(hand):
    _measured(hand, systolic=170, diastolic=96, spo2=88)
    hand.act("put-off")
    hand.take("Minutes: 5")


@room("alert-test", visit=False)
def _alert_test(hand):
    hand.act("keys", "test-alert")


@room("laptop-slept", until="infusion-started")
def _laptop_slept(hand):
    from ui.guard import LaptopGuard
    from ui.power import Battery, Power

    class Low:
        def power(self, _folder):
            return Power(Battery(14, charging=False, left=timedelta(minutes=25)), 420)

        def stay_awake(self, told):
            told(False)  # noqa: FBT003 - it will not
            return lambda: None

    guard = LaptopGuard(hand.desk, hand.window, Low())
    guard._opened()
    hand.desk.clock.pass_time(timedelta(minutes=12))
    hand.desk.heartbeat.poll()
    guard.power.look()
    hand.rest()


def _paper_ahead(hand):
    hand.desk.clock.pass_time(timedelta(minutes=40))
    hand.act("paper")
    from ui.forms.paper import PaperSheet

    sheet = hand.window.findChild(PaperSheet)
    sheet.since.set_text("14:05")
    sheet.until.set_text("14:30")
    sheet.why.choose("battery")
    hand.rest()


@room("paper", until="infusion-started")
def _paper(hand):
    _paper_ahead(hand)


@room("paper-copied", until="infusion-started")
def _paper_copied(hand):
    from ketachart.domain.facts import VitalsTaken

    _paper_ahead(hand)
    hand.act("primary")
    at = hand.desk.visit.last(type(hand.desk.transcribing.period.fact)).at
    for minute in (4, 9):
        moment = at + timedelta(minutes=minute)
        hand.desk.record(VitalsTaken(at=moment, heart_rate=84 + minute, spo2=97))
    hand.act("vitals")


@room("instructions-spanish", before="handout-given")
def _(hand):
    hand.act("phase-5")
    patient = hand.desk.visit.patient
    hand.desk.record(replace(patient, at=hand.desk.now(), language="es"))
    hand.rest()


@room("sheet-patient-sheets", before="handout-given")
def _(hand):
    hand.act("phase-5", "sheets")


@room("release-against-advice", before="recovery-scored")
def _(hand):
    hand.act("phase-4", "release")
    hand.take("On what ground: Against advice")


# ---------------------------------------------------------------- the door


@room("arrival-kit", before="screening-concluded")
def _arrival_kit(hand):
    hand.act("phase-1")
    hand.actions()
    hand.act("kit", "all-present")
    hand.write("Epinephrine: last day", "03/2027")
    hand.write("Naloxone: last day", "01/2026")


@room("arrival-home", before="screening-concluded")
def _arrival_home(hand):
    hand.act("phase-1")
    hand.actions()
    hand.act("home")
    hand.write("Nearest emergency department", "Valley Medical Center")
    hand.write("Minutes to the emergency department", "26")


@room("arrival-clock", before="screening-concluded")
def _arrival_clock(hand):
    hand.act("phase-1")
    hand.actions()
    hand.act("clock")
    hand.write("What it shows", f"{hand.desk.now() + timedelta(minutes=7):%H:%M}")


@room("arrival-time-out", before="pump-checked")
def _arrival_time_out(hand):
    hand.act("phase-2")
    hand.actions()
    hand.act("time-out")


@room("sheet-effect-pathway", "pressure_climbs", until="infusion-started")
def _effect_with_its_pathway(hand):
    hand.act("effect")
    sheet = hand.window.screen_shown.action_column.sheet("effect")
    sheet.effect.set_value("high-pressure")
    sheet.grade.choose("2")
    hand.rest()


# ---------------------------------------------------------------- medical review


@room("review-medicines", until="intake-recorded")
def _review_medicines(hand):
    hand.act("home-medicines")
    hand.write("Medicine 1, name", "Xanax XR")
    hand.write("Medicine 1, last taken", "yesterday 22:00")


@room("review-medicines-known", until="symptoms-noted")
def _review_known(hand):
    hand.act("home-medicines")


@room("review-history", until="intake-recorded")
def _review_history(hand):
    hand.act("history")
    hand.write("Treatment 1, what", "sumatriptan 100 mg")


@room("review-symptoms", until="infusion-stopped")
def _review_symptoms(hand):
    hand.act("symptoms")


# ---------------------------------------------------------------- times, acts, the emergency


@room("arrival-times", before="screening-concluded")
def _arrival_times(hand):
    hand.act("phase-1")
    hand.actions()
    hand.act("visit-times")


@room("sheet-measure", "paused_for_nausea", until="infusion-resumed")
def _measure(hand):
    hand.act("measure")


@room("sheet-sources", "paused_for_nausea", until="infusion-resumed")
def _sources(hand):
    hand.act("vitals")
    hand.key(*"128", "Return", *"82", "Return", *"84", "D", "Return", *"97", "Return")


@room("emergency-sheet", "day/anaphylaxis_to_911", until="emergency-declared")
def _emergency_sheet(hand):
    hand.act("emergency")


@room("banners-five", "paused_for_nausea", until="infusion-resumed")
def _banners_five(hand):
    from ui.notices import Message

    for n in range(5):
        tone = "danger" if n == 1 else "warn"
        words = Message(tone, f"Notice {n + 1}", "What still works, and what to do.", "Do it")
        hand.desk.notices.say(f"shot-{n}", words)
    hand.act("note")


@room("keys-touch", "paused_for_nausea", until="infusion-resumed")
def _touch_keys(hand):
    hand.act("vitals", "touch-keys")


@room("observation-ready", before="patient-released")
def _observation_ready(hand):
    hand.act("phase-4")


@room("release-sheet", before="patient-released")
def _release_sheet(hand):
    hand.act("phase-4", "release")


# ---------------------------------------------------------------- after the visit


def _signed(desk):
    from ketachart.commands.player import PASSPHRASE

    desk.room.sign(PASSPHRASE, incomplete="whatever the story leaves open")
    desk.visit_changed.emit(desk.visit)


@room("after-signed", ready=_signed)
def _after_signed(hand):
    hand.act("phase-6")


@room("after-call", ready=_signed)
def _after_call(hand):
    hand.pass_time(hours=25)
    hand.act("after-call")


@room("after-addendum", ready=_signed)
def _after_addendum(hand):
    hand.act("addendum")


@room("veil", "pressure_climbs", until="infusion-paused")
def _veil(hand):
    hand.desk.beat.emit(hand.desk.now())
    hand.act("veil")


@room("veil-warning", "pressure_climbs", until="infusion-paused")
def _veil_warning(hand):
    hand.window.veil.watch()
    hand.desk.clock.pass_time(timedelta(seconds=172))
    hand.desk.beat.emit(hand.desk.now())
    hand.rest()


@room("privacy", "pressure_climbs", until="infusion-paused")
def _privacy(hand):
    hand.act("privacy")
