"""When the veil comes down, what it lets through, and how everything is as it was once it lifts.

Under it nothing is shown, read out, or reached by a key; alerts go on and show on the veil. F8 is
never stopped: it opens the emergency of this visit and nothing else (decision 28).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, Protocol

import shiboken6
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget

from ui.desk import Desk
from ui.veil.idle import IdleWatch

if TYPE_CHECKING:
    from ui.alerting.signs import AlertSigns
    from ui.veil.countdown import Countdown
    from ui.veil.cover import Cover
    from ui.widgets.status_bar import StatusFact

WARNED: Final = timedelta(seconds=10)  # before it comes down
_SECOND: Final = timedelta(seconds=1)
_PASSES: Final = frozenset({"theme", "larger", "smaller", "lock", "quit", "sound", "test-alert"})
_EMERGENCY: Final = "emergency"
# Qt leaves what is so named out of the tree that a screen reader walks; hidden alone, the words
# would still be in it, marked as not shown.
_NOT_READ: Final = "qt_rubberband"


class Window(Protocol):
    """What the veil asks of the window that it covers."""

    signs: AlertSigns

    @property
    def shown(self) -> str:
        """The name of the screen that shows."""
        ...

    @property
    def laptop(self) -> tuple[StatusFact, ...]:
        """Battery, disk and sleep."""
        ...

    def act(self, name: str) -> bool:
        """Do what an act's key asks for."""
        ...

    def strike(self, chord: str) -> None:
        """Do what a key of the key map would do."""
        ...


class Veil(QObject):
    """One window's veil. It is made light: the cover itself comes with its first use."""

    def __init__(self, desk: Desk, window: Window, chart: QWidget) -> None:
        """``chart`` is all that it hides of the window it asks."""
        self._host = host = chart.window()
        super().__init__(host)
        self._desk, self._window, self._chart = desk, window, chart
        self.idle = IdleWatch(desk.clock, self)
        self._cover: Cover | None = None
        self._countdown: Countdown | None = None
        self._covers = self._lent = False
        self._focus: QWidget | None = None
        self._named = ""
        self._watched_until = timedelta()  # of the clock: a visit needed watching then
        self.idle.touched.connect(self._call_off)
        desk.unlocked.connect(self.idle.touch)
        desk.locked.connect(self._locked)
        desk.alerts_changed.connect(self._renew)
        desk.visit_changed.connect(self._renew)
        host.installEventFilter(self)

    @property
    def covers(self) -> bool:
        """Whether it is down now."""
        return self._covers

    # ------------------------------------------------ time

    def watch(self) -> None:
        """From now on it comes down by itself where nobody touches the window."""
        self.idle.touch()
        self._desk.beat.connect(self._look)

    def _look(self, _now: object) -> None:
        if not self._desk.is_unlocked:
            return
        idle = self.idle.length()
        if self._covers:
            self._renew()
            if idle >= timedelta(minutes=self._desk.preferences.lock_after):
                self._lock_unless_watched()
            return
        left = timedelta(minutes=self._desk.preferences.veil_after) - idle
        if left > WARNED or self._emergency_stands():
            self._call_off()
        elif left > timedelta():
            self._warn(-(-left // _SECOND))
        else:
            self.fall()

    def _emergency_stands(self) -> bool:
        """Nobody touches a laptop during a resuscitation, and its steps must stay in sight."""
        if self._window.shown != _EMERGENCY or not self._desk.has_visit:
            return False
        from ketachart.domain.emergency import open_emergency

        return open_emergency(self._desk.visit) is not None

    def _warn(self, seconds: int) -> None:
        if self._countdown is None:
            from ui.veil.countdown import Countdown

            self._countdown = Countdown(self._host)
        self._countdown.show_left(seconds)

    def _call_off(self) -> None:
        if self._countdown is not None:
            self._countdown.hide()

    def _lock_unless_watched(self) -> None:
        """Asked of the list of visits once a minute at most."""
        now = self._desk.clock.elapsed()
        if now < self._watched_until:
            return
        from ui.veil.watched import somebody_is_watched

        if somebody_is_watched(self._desk):
            self._watched_until = now + timedelta(minutes=1)
        else:
            self._window.act("lock")

    # ------------------------------------------------ down and up

    def fall(self) -> None:
        """Covers the window now; what was typed stays where it is."""
        if self._covers or not self._desk.is_unlocked:
            return
        self._call_off()
        put_questions_away()
        here = QApplication.focusWidget()
        self._focus = here if here is not None and self._host.isAncestorOf(here) else None
        self._covers, self._lent = True, False
        cover = self._made()
        self._renew()
        cover.setGeometry(self._host.rect())
        cover.show()
        self._on_top()
        cover.panel.begin()  # takes the focus, before what had it is hidden
        self._hide_chart()
        self._desk.veiled.emit()

    def _made(self) -> Cover:
        if self._cover is None:
            from ui.veil.cover import Cover

            self._cover = cover = Cover(self._desk, self._host)
            cover.asked.connect(self._window.act)
            cover.chord.connect(self._window.strike)
            cover.panel.lifted.connect(self.lift)
        return self._cover

    def lift(self) -> None:
        """Everything is as it was, and the focus is in the very field."""
        if not self._covers:
            return
        self._uncover()
        self.idle.touch()
        if self._focus is not None and shiboken6.isValid(self._focus):
            self._focus.setFocus()
        self._focus = None
        if self._desk.has_visit:
            self._desk.visit_changed.emit(self._desk.visit)  # what is hidden is not kept up to date

    def _uncover(self) -> None:
        self._covers = False
        if self._cover is not None:
            self._cover.panel.end()
        self._show_chart()
        if self._cover is not None:
            self._cover.hide()

    def _locked(self) -> None:
        from ui.dialogs import forget_half_typed  # not before the first paint

        forget_half_typed()
        self._call_off()
        self._lent = False
        self._focus = None
        if self._covers:
            self._uncover()  # the window shows the unlock screen before anything is painted

    def _hide_chart(self) -> None:
        chart = self._chart
        self._named = chart.objectName()
        chart.setObjectName(_NOT_READ)
        chart.hide()

    def _show_chart(self) -> None:
        self._chart.setObjectName(self._named)
        self._chart.show()

    # ------------------------------------------------ what it lets through

    def takes(self, name: str) -> bool:
        """Whether an act is the veil's, or is kept from what lies under it."""
        if name == "veil":
            self.fall()
            return True
        if not self._covers:
            return False
        cover = self._made()
        if name == _EMERGENCY:
            self._lend()
        elif name == "primary":
            cover.panel.press()
        elif name == "touch-keys":
            cover.turn_touch_keys()
        return name not in _PASSES

    def _lend(self) -> None:
        """The emergency at once, without a PIN; whatever leads out of it meets the veil again."""
        self._uncover()
        self._lent = True
        self.idle.touch()
        self._window.act(_EMERGENCY)
        if self._window.shown != _EMERGENCY:
            self.fall()
            self._made().panel.say(
                "Call 911 first",
                "No one visit of today is open. Uncover the screen, choose the patient's visit and "
                "press F8 again. Nothing has to be charted first.",
            )

    def came_to(self, name: str) -> None:
        """Another screen shows: only the emergency was lent."""
        if self._lent and name != _EMERGENCY:
            self.fall()

    # ------------------------------------------------ showing

    def _renew(self, *_told: object) -> None:
        if self._covers and self._cover is not None and self._desk.is_unlocked:
            from ui.veil.facts import cover_facts

            standing = self._window.signs.standing
            self._cover.show_facts(cover_facts(self._desk, standing, self._window.laptop))

    def _on_top(self) -> None:
        """Over the window, under the glow of an alert."""
        if self._cover is not None:
            self._cover.raise_()
        self._window.signs.edge.place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """As large as the window."""
        if event.type() is QEvent.Type.Resize and self._covers and self._cover is not None:
            self._cover.setGeometry(self._host.rect())
        return super().eventFilter(watched, event)


def put_questions_away() -> None:
    """Lists that hang open, hints, and questions that stand in front of the window."""
    from ui.dialogs import PUT_AWAY

    while (hangs := QApplication.activePopupWidget()) is not None:
        hangs.close()
    QToolTip.hideText()
    while isinstance(asks := QApplication.activeModalWidget(), QDialog):
        asks.setProperty(PUT_AWAY, True)  # noqa: FBT003 - Qt's own signature
        asks.reject()
