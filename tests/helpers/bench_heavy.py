"""The heavy visit in the real window: from a key to its paint, and from a record to its paint.

The window is painted at once when it asks to be, as on a screen; what is timed ends when the last
pixel is handed over. A block is one turn of the event loop: a key pressed meanwhile waits so long.
"""

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QWidget

from ketachart.domain.visit import Visit
from tests.helpers.heavy_visit import heavy_desk
from ui import app, theme
from ui.main_window import MainWindow
from ui.screens.base import Screen
from ui.sweeper import Sweeper

KEYS, RECORDS, OTHERS = 200, 60, 20
BETWEEN = timedelta(milliseconds=130)  # keys of a quick hand; the drafts are looked at meanwhile
LONGEST_S = 30


@dataclass(slots=True)
class Spread:
    """How long one kind of act took, each time, in milliseconds."""

    what: str
    wanted: float | None = None  # the most that the 99th percentile may be
    took: list[float] = field(default_factory=list)

    def at(self, percent: float) -> float:
        """The value below which so many of a hundred lie."""
        place = math.ceil(len(self.took) * percent / 100) - 1
        return sorted(self.took)[max(0, place)]

    def text(self) -> str:
        """One line of the table."""
        figures = "".join(f"{self.at(percent):9.2f}" for percent in (50, 95, 99, 100))
        told = f"   p99 wanted under {self.wanted:g}" if self.wanted is not None else ""
        return f"{self.what:58} {len(self.took):5}{figures}{told}"


class Painted(QObject):
    """Paints a window the moment that it asks, and knows when the painting was over."""

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self.window, self.times, self.at, self.busy = window, 0, 0.0, False
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """What the window would do with it, and the time when that is done."""
        if event.type() is not QEvent.Type.UpdateRequest or self.busy:
            return False
        self.busy = True
        try:
            self.window.event(event)
        finally:
            self.busy = False
        self.times, self.at = self.times + 1, time.perf_counter()
        return True


class Driver:
    """Presses keys in a window and waits for what they bring about."""

    def __init__(self, window: QWidget) -> None:
        self.window, self.painted = window, Painted(window)
        self.blocks: list[float] = []
        self.began = 0.0
        self.still_draws: Callable[[], bool] = lambda: False

    def settle(self) -> None:
        """Everything that was posted has happened."""
        end = time.perf_counter() + BETWEEN.total_seconds()
        for _ in range(6):
            QApplication.processEvents()
        while self.still_draws() and time.perf_counter() < end:  # as long as a hand takes
            with self.block():
                QApplication.processEvents()

    def until(self, act: Callable[[], object], done: Callable[[], bool]) -> float:
        """Milliseconds from an act to the end of the painting with which it is done."""
        self.settle()
        self.began = begin = time.perf_counter()
        before = self.painted.times
        with self.block():
            act()
        while not (self.painted.times > before and done()):
            with self.block():
                QApplication.processEvents()
            if time.perf_counter() - begin > LONGEST_S:
                raise SystemExit("What was done in the window never showed.")
        took = self.painted.at - begin
        for _ in range(6):
            with self.block():
                QApplication.processEvents()
        return took * 1000

    @contextmanager
    def block(self) -> Iterator[None]:
        """One stretch in which a key would wait."""
        begin = time.perf_counter()
        yield
        self.blocks.append((time.perf_counter() - begin) * 1000)


def bare_keys(text: str, times: int) -> Spread:
    """The same keys in a bare field of a bare window."""
    window, line = QMainWindow(), QLineEdit()
    window.setCentralWidget(line)
    window.resize(1366, 768)
    window.show()
    line.setFocus()
    driver = Driver(window)
    found = Spread("key to paint: a bare QLineEdit in a bare window")
    for number in range(times):
        key = text[number % len(text)]
        found.took.append(driver.until(lambda key=key: QTest.keyClicks(line, key), lambda: True))
        if number % 10 == 9:
            line.clear()
    window.close()
    window.deleteLater()
    return found


class Heavy:
    """The real window on the heavy visit, at the phase in which it is charted."""

    def __init__(self, place: Path) -> None:
        self.desk = heavy_desk(place)
        self.window = MainWindow(self.desk, unlock=Screen(self.desk))
        self.window.resize(1366, 768)
        self.window.show()
        self.frame = self.window.show_screen("visit")
        self.sweeper = Sweeper()
        self.sweeper.begin()
        self.driver = Driver(self.window)
        self.driver.still_draws = self._still_draws
        self.driver.settle()
        self.keys = Spread("key to paint: all fields", 16)
        self.essential = Spread("record to paint: row, totals, limits, alerts, form clear", 50)
        self.records = Spread("record to paint: the timeline too, all kinds", 50)
        self._written_at = 0.0
        self.disk = Spread("   of which: written to the disk, encrypted")
        self.beats = Spread("drafts looked at, clock's second")

    @property
    def screen(self):
        """The phase that is looked at."""
        return self.frame._screens[self.frame.phase]

    @property
    def visit(self) -> Visit:
        """The visit as it stands."""
        return self.desk.visit

    # ------------------------------------------------ what is pressed

    def press(self, key: str | Qt.Key, spread: Spread) -> None:
        """One key where the keyboard is, until it is painted; then time goes by."""
        there = QApplication.focusWidget() or self.window
        act = (
            (lambda: QTest.keyClicks(there, key))
            if isinstance(key, str)
            else (lambda: QTest.keyClick(there, key))
        )
        took = self.driver.until(act, lambda: True)
        spread.took.append(took)
        self.keys.took.append(took)
        self.go_by()

    def go_by(self, length: timedelta = BETWEEN) -> None:
        """Time goes by; whoever looks at the clock a few times a second does so."""
        self.desk.clock.pass_time(length)
        begin = time.perf_counter()
        with self.driver.block():
            self.desk.heartbeat.poll()
            self.sweeper.look()
        self.beats.took.append((time.perf_counter() - begin) * 1000)
        self.driver.settle()

    def chord(self, chord: str, done: Callable[[], bool] = lambda: True) -> float:
        """A key of the key map."""
        took = self.driver.until(lambda: self.window.strike(chord), done)
        self.go_by()
        return took

    # ------------------------------------------------ what is recorded

    def record(self, spread: Spread) -> None:
        """Ctrl+Enter, until the new entry stands in table and timeline."""
        before = len(self.visit.entries)

        def done() -> bool:
            if len(self.visit.entries) == before:
                return False
            entry = self.visit.entries[-1].id
            if self._in_table(entry) and self._written_at < self.driver.began:
                self._written_at = self.driver.painted.at
            return self._in_table(entry) and self._in_timeline(entry)

        took = self.driver.until(lambda: self.window.strike("Ctrl+Return"), done)
        if len(self.visit.entries) == before:
            raise SystemExit("The window did not record; run it by hand to see why.")
        self.essential.took.append((self._written_at - self.driver.began) * 1000)
        spread.took.append(took)
        self.records.took.append(took)
        self.go_by(timedelta(seconds=1))

    def _in_table(self, entry: str) -> bool:
        return self.screen.log.table.model().number_of(entry) >= 0

    def _in_timeline(self, entry: str) -> bool:
        plot = self.screen.timeline.plot._plot
        of, shown = plot._timeline, plot.pictured()
        return of is not None and entry in of.told and shown is plot._scene

    def _still_draws(self) -> bool:
        card = getattr(self.screen, "timeline", None)
        return card is not None and card._drawing is not None

    @contextmanager
    def disk_watched(self) -> Iterator[None]:
        """How long the ledger's part of every record takes."""
        ledger = self.desk.room._ledger
        append = ledger.append

        def watched(*drafts: object, **how: object) -> object:
            begin = time.perf_counter()
            rows = append(*drafts, **how)
            self.disk.took.append((time.perf_counter() - begin) * 1000)
            return rows

        ledger.append = watched
        yield
        del ledger.append

    def close(self) -> None:
        """The window is closed."""
        self.sweeper.end()
        self.window.close()
        self.window.deleteLater()
        self.driver.settle()


def vitals(heavy: Heavy, keys: Spread, records: Spread, times: int) -> None:
    """Sets of five figures, typed and recorded."""
    for number in range(times):
        heavy.frame.open_phase("infusion")
        heavy.driver.settle()
        pulse = 60 + (len(heavy.visit.entries) + number) % 30  # no two sets alike
        for text in (f"{118 + number % 9}", f"{72 + number % 5}", f"{pulse}", "97"):
            for letter in text:
                heavy.press(letter, keys)
            heavy.press(Qt.Key.Key_Tab, keys)
        heavy.record(records)


def notes(heavy: Heavy, keys: Spread, records: Spread, times: int) -> None:
    """Notes of some words."""
    for number in range(times):
        heavy.chord("F3", lambda: heavy.frame.action_column.open_name == "note")
        for letter in f"sleeps, {number}":
            heavy.press(letter, keys)
        heavy.record(records)


def times_typed(heavy: Heavy, keys: Spread, times: int) -> None:
    """A time in the note's own field, typed and cleared."""
    sheet = heavy.frame.action_column.open_sheet("note")
    for _ in range(times):
        sheet.when.editor().setFocus()
        heavy.driver.settle()
        for letter in "-5":
            heavy.press(letter, keys)
        heavy.press(Qt.Key.Key_Backspace, keys)
        heavy.press(Qt.Key.Key_Backspace, keys)
    heavy.frame.action_column.close_sheet()


def effects(heavy: Heavy, records: Spread, times: int) -> None:
    """A side effect that is there, then gone."""
    for number in range(times):
        sheet = heavy.frame.action_column.open_sheet("effect")
        sheet.effect.set_value("nausea")
        sheet.grade.choose(str((number + 1) % 2))
        heavy.driver.settle()
        heavy.record(records)


def around(heavy: Heavy) -> tuple[Spread, ...]:
    """The clock's minute, the opening of sheets, the change of phase."""
    minute = Spread("the clock's minute, all of it drawn")
    for _ in range(OTHERS):
        to_go = 60 - heavy.desk.clock.now().second
        heavy.desk.clock.pass_time(timedelta(seconds=to_go))
        minute.took.append(heavy.driver.until(heavy.desk.heartbeat.poll, lambda: True))
    sheets, phases = Spread("open a sheet"), Spread("change the phase")
    column = heavy.frame.action_column
    for key, name in (("F3", "note"), ("F5", "effect"), ("F6", "rate")) * 7:
        sheets.took.append(heavy.chord(key, lambda name=name: column.open_name == name))
        column.close_sheet()
        heavy.driver.settle()
    for key, phase in (("4", "observation"), ("3", "infusion")) * (OTHERS // 2):
        phases.took.append(
            heavy.chord(f"Ctrl+{key}", lambda phase=phase: heavy.frame.phase == phase)
        )
    return minute, sheets, phases


def spreads(place: Path) -> Iterator[Spread]:
    """Every figure of the heavy visit, in one run."""
    theme.apply(QApplication.instance() or app.application(), "dim")
    yield bare_keys("128/82 she sleeps", KEYS)
    heavy = Heavy(place)
    typed = {name: Spread(f"   a {name} field") for name in ("vitals", "note", "time")}
    recorded = {name: Spread(f"   {name}") for name in ("a set of vitals", "a note", "an effect")}
    heavy.driver.blocks.clear()
    try:
        with heavy.disk_watched():
            vitals(heavy, typed["vitals"], recorded["a set of vitals"], RECORDS // 3)
            notes(heavy, typed["note"], recorded["a note"], RECORDS // 3)
            effects(heavy, recorded["an effect"], RECORDS // 3)
        times_typed(heavy, typed["time"], OTHERS)
        yield heavy.keys
        yield from typed.values()
        yield heavy.essential
        yield heavy.records
        yield from recorded.values()
        yield heavy.disk
        yield heavy.beats
        yield Spread("blocks of the event loop meanwhile", took=list(heavy.driver.blocks))
        heavy.driver.blocks.clear()
        yield from around(heavy)
        yield Spread("blocks of the event loop meanwhile", took=heavy.driver.blocks)
    finally:
        heavy.close()


def heading() -> str:
    """What stands above the lines."""
    names = "".join(f"{name:>9}" for name in ("p50", "p95", "p99", "max"))
    return f"{'heavy visit, milliseconds':58} {'times':>5}{names}"
