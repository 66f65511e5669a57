"""The lone nurse's independent check: hide the numbers, read the pump, compare, start."""

from datetime import datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QWidget

from ketachart.domain.check.pump_check import rate_words
from ketachart.domain.course import started_at
from ketachart.domain.facts import Fact, InfusionStarted, PumpChecked, VialTaken
from ketachart.domain.infusion import bag_before
from ketachart.domain.start import against_start
from ketachart.domain.time_out import time_out_waits
from ketachart.domain.visit import Visit
from ketachart.domain.wording import count
from ketachart.errors import KetaChartError, Refused
from ui import tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.language.saying import describe
from ui.screens.against import Point, PointList, points_of
from ui.screens.before_list import BeforeList
from ui.screens.pump_reading import PumpReading
from ui.screens.pump_result import PumpResult
from ui.screens.pump_stage import EXPLAINED, FEET, QUIET, Blind, Stage, check_in_force
from ui.screens.who_reads import WhoReads
from ui.widgets.boxes import Column, Scroller
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading
from ui.widgets.due_badge import counted
from ui.widgets.notice import Notice
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.text_field import TextField
from ui.widgets.words import Words


class PumpPanel(Card):
    """One button leads through the check; what pump and label must show is hidden meanwhile."""

    masked_changed = Signal()
    way_wanted = Signal(str, str)  # a sheet or phase, and the code it is about

    def __init__(self, desk: Desk, blind: Blind) -> None:
        super().__init__("Pump check", inset=tokens.S3)
        self._desk, self._blind = desk, blind
        self._stage = Stage.PREPARE
        self._act = ""
        self._asks_who = False  # nobody had said who reads when this stage began
        self._points_shown: tuple[Point, ...] = ()
        self._explained = Words(EXPLAINED, size="small")
        self.who = WhoReads()
        self.reading = PumpReading(desk)
        self._result = PumpResult()
        self._points = PointList()
        self._before = BeforeList()
        self.pump = TextField("Serial number of the pump", label="Pump, serial number")
        body = Column(gap=tokens.S3)
        parts: tuple[QWidget, ...] = (
            self._points, self._explained, self._result, self.who, self.reading, self.pump,
            self._before,
        )  # fmt: skip
        for part in parts:
            body.add(part)
        body.add_room()
        self._problem = Notice(
            "Why it is not recorded", tone="danger", inset=(tokens.S3, tokens.S2)
        )
        self._problem_words = Words(size="small", tone="danger")
        self._problem.add(self._problem_words)
        self._foot = Words(size="small", tone="muted")
        self._quiet = Button("Show the numbers again", kind=Kind.QUIET)
        self._already = Button("It was started already: record it", kind=Kind.QUIET)
        self.primary = PrimaryButton("Hide numbers, read pump", key=key_of("primary"))
        self.add(Heading("Pump check", aside="blind"))
        self._scroller = Scroller("Pump check", body)
        self.add(self._scroller, stretch=1)
        for foot in (self._problem, self._foot, self._quiet, self._already, self.primary):
            self.add(foot)
        self._connect()
        self._say("")

    def _connect(self) -> None:
        self.who.changed.connect(self._renew)
        self._before.way_wanted.connect(lambda way: self.way_wanted.emit(way, ""))
        self._points.way_wanted.connect(self.way_wanted)
        self._quiet.clicked.connect(self._press_quiet)
        self._already.clicked.connect(lambda: self.way_wanted.emit("started-already", ""))
        self.primary.clicked.connect(self._press)
        self.primary.refused.connect(lambda _why: self._go_to_hindrance())

    # ------------------------------------------------ showing

    def show_visit(self, visit: Visit, now: datetime) -> None:
        """The check as it stands."""
        before, self._stage = self._stage, self._blind.stage(visit, now)
        if self._stage is not before:
            self._say("")
            self._asks_who = bool(self.who.missing())
        masked = self._blind.masks(visit, now)
        self._result.show_result(visit, check_in_force(visit, now), masked=masked)
        self._before.show_visit(visit, now, masked=masked)
        self._points_shown = self._points_of(visit, now, masked=masked)
        self._points.show_points(self._points_shown, after=self._scroller)
        self._renew()

    def _points_of(self, visit: Visit, now: datetime, *, masked: bool) -> tuple[Point, ...]:
        """What stands against the start; while masked nothing that could tell a number."""
        if masked or self._stage is Stage.OVER:
            return ()
        against = against_start(visit, now)
        if self._stage is not Stage.AGREES:  # that the check is missing is what this panel is for
            against = tuple(one for one in against if not one.code.startswith("pump-check"))
        return points_of(against, visit)

    def tick(self, now: datetime) -> None:
        """The wait goes on."""
        del now
        if self._stage is Stage.HIDDEN:
            self._renew()

    def _renew(self) -> None:
        """Which parts are in sight, and what the buttons say."""
        stage, now = self._stage, self._desk.now()
        seen_again = stage is Stage.DIFFERS and self._blind.order_shown
        asks = seen_again or (self._asks_who and stage in (Stage.HIDDEN, Stage.DIFFERS))
        shown_parts: tuple[tuple[QWidget, bool], ...] = (
            (self._explained, stage is Stage.PREPARE),
            (self.who, asks or stage is Stage.PREPARE),
            (self.reading, stage is Stage.HIDDEN),
            (self._result, stage in (Stage.DIFFERS, Stage.AGREES)),
            (self.pump, stage is Stage.AGREES and self._by_pump()),
            (self._before, stage not in (Stage.HIDDEN, Stage.DIFFERS)),
            (self._foot, bool(FEET[stage])),
            (self._quiet, stage in QUIET and not seen_again),
            (self._already, stage in (Stage.PREPARE, Stage.AGREES)),
        )
        for part, shown in shown_parts:
            part.setVisible(shown)
        self._foot.setText(FEET[stage])
        self._quiet.set_words(QUIET.get(stage, ""))
        left = self._blind.wait_left(self._desk.visit, now)
        opens = self.reading.show_wait(left, alone=self._is_alone())
        if opens and self._has_focus() and not self.who.missing():
            self.reading.take_focus()
        self._renew_primary(left)

    def _has_focus(self) -> bool:
        there = QApplication.focusWidget()
        return there is not None and self.isAncestorOf(there)

    def _by_pump(self) -> bool:
        return self._blind.factor(self._desk.visit, self._desk.now()) is None

    def _is_alone(self) -> bool:
        return self.who.reader() != "second-person"

    def _renew_primary(self, left: timedelta) -> None:
        words, why = {
            Stage.PREPARE: self._to_hide,
            Stage.HIDDEN: lambda: self._to_compare(left),
            Stage.DIFFERS: self._to_hide_again,
            Stage.AGREES: self._to_start,
            Stage.OVER: self._to_go_on,
        }[self._stage]()
        self.primary.set_words(words)
        if why:
            self.primary.close_because(why)
        else:
            self.primary.reopen()

    def _to_hide(self) -> tuple[str, str]:
        visit, now = self._desk.visit, self._desk.now()
        why = self.who.missing()
        if bag_before(visit, now) is None:
            why = "Chart the bag first" if visit.of(VialTaken) else "Choose the vial first"
        return "Hide numbers, read pump", why

    def _to_hide_again(self) -> tuple[str, str]:
        if self._blind.order_shown:
            return "Hide numbers, read again", self.who.missing()
        return "Corrected, read again", self.who.missing()

    def _to_compare(self, left: timedelta) -> tuple[str, str]:
        waits = self._is_alone() and left > timedelta()
        return "Compare", self.who.missing() or (f"Read in {counted(left)}" if waits else "")

    def _to_start(self) -> tuple[str, str]:
        check = check_in_force(self._desk.visit, self._desk.now())
        rate = rate_words(check.fact.rate_ml_h, check.fact.drops_per_ml) if check else ""
        stand = count(len(self._points_shown), "point")
        if not self._points_shown and time_out_waits(self._desk.visit, self._desk.now()):
            return "Time-out before the start", ""
        return f"Start at {rate}", f"{stand} against it" if self._points_shown else ""

    def _to_go_on(self) -> tuple[str, str]:
        return f"Go to {'infusion' if started_at(self._desk.visit) is not None else 'sign'}", ""

    # ------------------------------------------------ acts

    def _press(self) -> None:
        {
            Stage.PREPARE: self.read_again,
            Stage.HIDDEN: self._compare,
            Stage.DIFFERS: self.read_again,
            Stage.AGREES: self._start,
            Stage.OVER: self._go_on,
        }[self._stage]()

    def read_again(self) -> None:
        """Hide the numbers; every second reading asks in the other order."""
        self._blind.hide(self._desk.now())
        self.reading.begin(self._blind.factor(self._desk.visit, self._desk.now()))
        self.reading.lay_out(swapped=len(self._desk.visit.of(PumpChecked)) % 2 == 1)
        self.masked_changed.emit()
        self.take_focus()

    def _compare(self) -> None:
        reader = self.who.reader() or "same-nurse"
        try:
            fact = self.reading.fact(reader, self.who.reader_name())
            self._write(fact)
        except Refused as refusal:
            self._say(str(refusal))
            self.reading.go_to(refusal.field)
            return
        except KetaChartError as error:
            self._say(str(error))
            return
        self._blind.compared()
        self.masked_changed.emit()
        self.primary.setFocus()
        self._result.come_into_sight()

    def _start(self) -> None:
        check = check_in_force(self._desk.visit, self._desk.now())
        if check is None:
            return
        if time_out_waits(self._desk.visit, self._desk.now()):
            self.way_wanted.emit("time-out", "")
            return
        try:
            self._write(
                InfusionStarted(
                    at=self._desk.now(),
                    rate_ml_h=check.fact.rate_ml_h,
                    pump=self.pump.text().strip(),
                    by="pump" if self._by_pump() else "gravity",
                    drops_per_ml=check.fact.drops_per_ml,
                )
            )
        except KetaChartError as error:
            self._say(str(error))
            return
        self.pump.clear()
        self._go_on()

    def _write(self, fact: Fact) -> None:
        self._act = self._act or self._desk.new_act()
        self._desk.record(fact, act=self._act)
        self._act = ""

    def _go_on(self) -> None:
        started = started_at(self._desk.visit) is not None
        self.way_wanted.emit("infusion" if started else "sign", "")

    def _press_quiet(self) -> None:
        if self._stage is Stage.AGREES:
            self.read_again()
            return
        self._blind.show()
        self.masked_changed.emit()
        self.primary.setFocus()

    def take_focus(self) -> None:
        """To what stands against the start, then to the button that leads on or what closes it."""
        if self._stage is Stage.HIDDEN and not self.who.missing():
            self.reading.take_focus()
        elif self._points_shown and self._points.take_focus():
            return
        elif self.primary.isEnabled():
            self.primary.setFocus()
        elif not self.who.isHidden():
            self.who.take_focus()

    def _go_to_hindrance(self) -> None:
        """The key was pressed while the button is closed: to what closes it."""
        visit, now = self._desk.visit, self._desk.now()
        if self._stage is Stage.AGREES:
            self._points.take_focus()
        elif self._stage is not Stage.HIDDEN and bag_before(visit, now) is None:
            self.way_wanted.emit("bag" if visit.of(VialTaken) else "vial", "")
        elif self.who.missing():
            self.who.take_focus()

    def _say(self, sentence: str) -> None:
        self._problem_words.setText(sentence)
        self._problem.setVisible(bool(sentence))
        describe(self._problem, sentence)
