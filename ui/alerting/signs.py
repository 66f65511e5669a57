"""The signs of an alert, all of them silent: the window's edge, the taskbar, the status bar.

They follow from the record and the time alone. Sound comes only where the nurse turned it on in
this session; it is off again at the next unlocking.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from ui.alerting.edge import Edge
from ui.desk import Desk
from ui.notices import Message
from ui.widgets.status_bar import StatusFact

if TYPE_CHECKING:
    from datetime import datetime

    from ketachart.domain.asking import Standing

TEST: Final = "alert-test"
TEST_LASTS: Final = timedelta(seconds=5)
_BEEP_AGAIN: Final = timedelta(minutes=1)


class AlertSigns(QObject):
    """Looks once a second, and at every entry, at what stands."""

    changed = Signal()
    came = Signal(object)  # the Standing of an alert that begins to ask

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self.edge = Edge(window)
        self._desk, self._window = desk, window
        self._standing: tuple[Standing, ...] = ()
        self._sound = self._testing = False
        self._beeped: datetime | None = None
        desk.beat.connect(self._look)
        desk.visit_changed.connect(self._look)
        desk.visit_closed.connect(self._look)
        desk.unlocked.connect(self._be_silent)
        desk.locked.connect(self._be_silent)

    # ------------------------------------------------ what stands

    @property
    def standing(self) -> tuple[Standing, ...]:
        """The alerts as they were last shown."""
        return self._standing

    @property
    def asks(self) -> bool:
        """Whether one of them waits for an act or a reason."""
        return any(one.asks for one in self._standing)

    def _look(self, *_told: object) -> None:
        now = self._desk.now()
        found = self._found(now)
        if found != self._standing:
            asked = {_name(one) for one in self._standing if one.asks}
            fresh = [one for one in found if one.asks and _name(one) not in asked]
            self._standing = found
            self._show()
            self._call(fresh)
            self._desk.alerts_changed.emit()
            self.changed.emit()
        self._beep(now)

    def _found(self, now: datetime) -> tuple[Standing, ...]:
        if not self._desk.has_visit or self._desk.visit.signed is not None:
            return ()
        from ketachart.domain.asking import standing_alerts  # the unlock screen needs no rules

        return standing_alerts(self._desk.visit, now)

    def _show(self) -> None:
        from ketachart.domain.asking import gravest

        worst = gravest(self._standing)
        if self._testing:
            self.edge.glow("emergency", asks=True)
        elif worst is None or (worst.alert.level == "attention" and not worst.asks):
            self.edge.rest()
        else:
            self.edge.glow(worst.alert.level, asks=worst.asks)

    def _call(self, fresh: list[Standing]) -> None:
        """The taskbar, where another window has the nurse's eyes and it cannot wait for them."""
        if any(one.alert.level != "attention" for one in fresh):
            QApplication.alert(self._window)
        if fresh:
            self._beeped = None
        for one in fresh:
            self.came.emit(one)

    # ------------------------------------------------ the status bar

    def facts(self) -> tuple[StatusFact, ...]:
        """How many ask, with the gravest in words; what waits; whether there is sound."""
        asking = [one for one in self._standing if one.asks]
        facts = []
        if self._testing:
            facts.append(StatusFact("siren", "TEST of the alert", "danger"))
        if asking:
            alert = asking[0].alert
            words = f"{_how_many(len(asking))}: {alert.sentence.partition(': ')[0]}"
            mild = alert.level == "attention"
            sign = "triangle-alert" if mild else "octagon-alert"
            facts.append(StatusFact(sign, words, "warn" if mild else "danger"))
        waits = [one.until for one in self._standing if one.until is not None]
        if waits:
            from ketachart.domain.wording import clock, count

            words = f"{count(len(waits), 'alert')} put off until {clock(min(waits))}"
            facts.append(StatusFact("clock-alert", words, "warn"))
        if self._sound or not asking:  # where one asks, room is kept for its words
            facts.append(_SOUND if self._sound else _SILENT)
        return tuple(facts)

    # ------------------------------------------------ sound

    @property
    def sounds(self) -> bool:
        """Whether an alert is heard, too."""
        return self._sound

    def toggle_sound(self) -> None:
        """On, or off again."""
        self._sound = not self._sound
        self._beeped = None
        self._beep(self._desk.now())
        self.changed.emit()

    def _be_silent(self) -> None:
        self._sound = False
        self._look()
        self.changed.emit()

    def _beep(self, now: datetime) -> None:
        """Once when an alert begins to ask, and once a minute while it does."""
        if not self._sound or not self.asks:
            return
        if self._beeped is None or now - self._beeped >= _BEEP_AGAIN:
            self._beeped = now
            QApplication.beep()

    # ------------------------------------------------ the test

    def test(self) -> None:
        """Shows every sign for five seconds; nothing is charted."""
        self._testing = True
        self._show()
        QApplication.alert(self._window)
        if self._sound:
            QApplication.beep()
        self._desk.notices.say(
            TEST,
            Message(
                "danger",
                "Test: so an emergency shows",
                "The window's edge, this line, the status bar, and the taskbar while another "
                "window is in front. Nothing is charted. It ends by itself in 5 s.",
            ),
        )
        self._desk.heartbeat.once(TEST, TEST_LASTS, self._end_test)
        self.changed.emit()

    def _end_test(self) -> None:
        self._testing = False
        self._desk.notices.settle(TEST)
        self._show()
        self.changed.emit()


_SILENT: Final = StatusFact("bell-off", "Silent alerts")
_SOUND: Final = StatusFact("bell", "Alerts with sound", "warn")


def _name(one: Standing) -> tuple[str, datetime]:
    """An alert that ended and came back is another one."""
    return one.alert.code, one.alert.since


def _how_many(asking: int) -> str:
    return "Alert" if asking == 1 else f"{asking} alerts ask"
