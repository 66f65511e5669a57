"""The window: the strip at the top, notices, one screen, the status bar; every key in one place.

It is made with the one screen that shows first. All else is made in steps once that was painted
(`furnish_slowly`), or at once where it is asked for sooner (`furnish`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui import first_paint, theme, tokens
from ui.theme import Dressed, Look
from ui.widgets import chain, drawn

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent

    from ui.actions import Where
    from ui.alerting.signs import AlertSigns
    from ui.backing_up import BackingUp
    from ui.checkup import Checkup
    from ui.desk import Desk
    from ui.left_open import LeftOpen
    from ui.light import Light
    from ui.notices import NoticeColumn
    from ui.screens.base import Screen
    from ui.screens.base import Window as HasScreens
    from ui.tokens import ThemeName
    from ui.veil.veil import Veil
    from ui.widgets.patient_strip import PatientStrip
    from ui.widgets.status_bar import StatusBar, StatusFact
    from ui.window_acts import WindowActs
    from ui.window_edges import WindowEdges
    from ui.window_keys import WindowKeys

LEAST = (1024, 600)


class _Screens(QStackedWidget):
    """Gives way to the patient's strip and the banners: a screen scrolls, allergies never do."""

    def hasHeightForWidth(self) -> bool:
        """The tallest screen is not asked how tall it would be."""
        return False

    def minimumSizeHint(self) -> QSize:
        """As wide as the screens need, as low as one thing to press."""
        return QSize(super().minimumSizeHint().width(), theme.look().px(tokens.TARGET))


def _room_for(panel: str, height: int) -> QFrame:
    """An empty bar where one will stand, so that nothing moves when it comes."""
    bar = QFrame()
    bar.setProperty("panel", panel)
    bar.setFixedHeight(theme.look().px(height))
    return bar


def _along(around: QWidget) -> list[QWidget]:
    """What Tab would meet in a widget after the widget itself, in that order."""
    found: list[QWidget] = []
    here = chain.after(around)
    while here is not None and around.isAncestorOf(here):
        found.append(here)
        here = chain.after(here)
    return found


class MainWindow(QMainWindow, Dressed):
    """Shows one screen at a time. Screens are made on first use, so that unlocking is quick."""

    furnished = Signal()  # everything around the first screen is there
    closed = Signal()  # it goes, and its ledger is locked
    more_places: tuple[Where, ...] = ()  # whose acts have a meaning whatever screen shows
    says_practice = False  # in a bar of its own, and not in the strip
    light: Light
    strip: PatientStrip
    status: StatusBar
    signs: AlertSigns
    veil: Veil
    _notices: NoticeColumn
    _edges: WindowEdges
    _keys: WindowKeys
    _acts: WindowActs

    def __init__(self, desk: Desk, *, unlock: Screen, bare: bool = False) -> None:
        """``bare`` leaves everything but the first screen for later."""
        super().__init__()
        self.desk = desk
        self.setWindowTitle("KetaChart")
        self._screens: dict[str, Screen] = {"unlock": unlock}
        self.more_screens: dict[str, Callable[[Desk, HasScreens], Screen]] = {}  # not of the atlas
        self._shown = ""
        self._opened_from: dict[str, str] = {}  # for each screen the one that it was opened from
        self._closing = False
        self._left_open: LeftOpen | None = None  # by the lock, for the same person to go on
        self.backing_up: BackingUp | None = None  # made after the first paint
        self.checkup: Checkup | None = None
        self._stack = _Screens()
        self._stack.addWidget(unlock)
        self.middle = middle = QWidget()  # all of it but what lies over it
        self._column = QVBoxLayout(middle)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._bars = (_room_for("strip", tokens.STRIP), _room_for("status", tokens.STATUS))
        self._column.addWidget(self._bars[0])
        self._column.addWidget(self._stack, 1)
        self._column.addWidget(self._bars[1])
        self.setCentralWidget(middle)
        theme.clothe(self)
        unlock.asked.connect(self.act)
        self.setMinimumSize(*LEAST)
        self._steps: list[Callable[[], None]] = [
            self._import_edges,
            self._make_signs,
            self._make_edges,
            self._make_keys,
            self._listen,
        ]
        if not bare:
            self.furnish()

    # ------------------------------------------------ what comes after the first paint

    def furnish(self) -> None:
        """Makes at once whatever is not there yet."""
        while self._steps:
            self._steps.pop(0)()

    def furnish_slowly(self) -> None:
        """The same, a step at a time: what is typed meanwhile never waits for all of it."""
        if self._steps:
            self._steps.pop(0)()
            QTimer.singleShot(0, self, self.furnish_slowly)

    @property
    def is_furnished(self) -> bool:
        """Whether everything around the first screen is there."""
        return not self._steps

    def _import_edges(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.settle(app)
            if drawn.draw_signs():
                for widget in app.allWidgets():
                    widget.update()
        first_paint.release()
        import ui.window_edges
        from ui.heard import tell_plainly

        tell_plainly()
        del ui

    def _make_signs(self) -> None:
        from ui.alerting.signs import AlertSigns
        from ui.light import Light

        self.light = Light(self.desk)
        self.signs = AlertSigns(self.desk, self)

    def _make_edges(self) -> None:
        """Made and put in their places in one go: shown without one they would take the focus."""
        from ui.veil.veil import Veil
        from ui.window_edges import WindowEdges

        self._edges = edges = WindowEdges(self, self)
        self.strip, self.status, self._notices = edges.strip, edges.status, edges.notices
        self.signs.changed.connect(edges.renew_status)
        self.signs.came.connect(edges.say_alert)
        self.veil = Veil(self.desk, self, self.middle)
        self._place_edges()

    def _place_edges(self) -> None:
        """In place of the empty bars, as large as those."""
        self._edges.dress(theme.look(), self.height())
        if self._shown:
            self._edges.renew()
        for bar, part in zip(self._bars, (self.strip, self.status), strict=True):
            self._column.replaceWidget(bar, part)
            bar.hide()
            bar.deleteLater()
        self._column.insertWidget(1, self._notices)
        self._put_first(self.strip)

    def _put_first(self, strip: QWidget) -> None:
        """Tab goes through it before the screen, though it was made after that."""
        before = [strip, *_along(strip)][-1]
        for widget in _along(self._stack):
            self.setTabOrder(before, widget)
            if chain.before(widget) is before:  # what takes no focus stays where it was
                before = widget

    def _make_keys(self) -> None:
        from ui.window_acts import WindowActs
        from ui.window_keys import WindowKeys

        self._acts, self._keys = WindowActs(self, self, self.middle), WindowKeys(self, self)
        if self.desk.preferences.touch_keys:
            self._edges.show_touch_keys(self._column, shown=True)

    def _listen(self) -> None:
        """The last step: from now on the window follows the desk."""
        desk = self.desk
        desk.draft_offer.list_wanted.connect(lambda: self.act("drafts"))
        desk.beat.connect(self._edges.tick)
        desk.unlocked.connect(self._enter)
        desk.locked.connect(self._shut)
        desk.visit_opened.connect(self._to_visit)
        desk.visit_closed.connect(self._leave_visit)
        desk.visit_changed.connect(self._renew)  # methods, all of them: they end with the window
        self.furnished.emit()

    def keepers(self) -> tuple[BackingUp, Checkup]:
        """What backs this ledger up, and what reads it whole; made after the first paint."""
        from ui.backing_up import BackingUp
        from ui.checkup import Checkup

        if self.backing_up is None:
            self.backing_up = BackingUp(self.desk, self)
        if self.checkup is None:
            self.checkup = Checkup(self.desk)
            self.checkup.asked.connect(self.act)
        return self.backing_up, self.checkup

    # ------------------------------------------------ screens

    def show_screen(self, name: str) -> Screen:
        """Shows a screen, making it first where it is new."""
        if name != "unlock":
            self.furnish()
        if name not in self._screens:
            self._make_screen(name)
        if name != self._shown:
            if self._opened_from.get(self._shown) != name:  # else it is the way back
                self._opened_from[name] = self._shown
            self._shown = name
        screen = self._screens[name]
        self._stack.setCurrentWidget(screen)
        self._renew()
        screen.arrive()
        if name == "day":
            self._acts.tell_what_waits()
        if not self._steps:
            self.veil.came_to(name)
        return screen

    def _make_screen(self, name: str) -> None:
        from ui.screens.atlas import make

        own = self.more_screens.get(name)
        made = own(self.desk, self) if own is not None else make(name, self.desk, self)
        self._screens[name] = made
        made.asked.connect(self.act)
        self._stack.addWidget(made)

    def _enter(self) -> None:
        """Unlocked: to the list of visits; first start has one more page to show before that."""
        left, self._left_open = self._left_open, None
        if self._shown != "first-start" and (left is None or not left.go_on(self.desk, self)):
            self.show_screen("day")

    def _to_visit(self) -> None:
        self.show_screen("visit")

    def _shut(self) -> None:
        """Locked: to who is charting; a window that goes shows nothing any more."""
        if not self._closing:
            self.show_screen("unlock")

    def _leave_visit(self) -> None:
        if self._closing:
            return  # no list of visits for a window that goes
        if self._shown != "unlock":
            self.show_screen("day")
        for name in ("visit", "emergency"):
            self.forget(name)  # its sheets may hold what was typed for this patient

    def go_back(self) -> None:
        """To the screen before this one, as it was left: its place, its focus, what was typed."""
        before = self._opened_from.get(self._shown, "")
        if before not in self._screens:
            before = "day" if self.desk.is_unlocked else "unlock"
        if before not in self._screens:
            self.show_screen(before)
            return
        self._shown = before
        self._stack.setCurrentWidget(self._screens[before])
        self._renew()
        self.veil.came_to(before)

    @property
    def screen_shown(self) -> Screen:
        """The screen that shows."""
        return self._screens[self._shown]

    @property
    def shown(self) -> str:
        """Its name."""
        return self._shown

    @property
    def came_from(self) -> str:
        """The name of the screen that the one shown was opened from; empty where there is none."""
        return self._opened_from.get(self._shown, "")

    def forget(self, name: str) -> None:
        """Throws a screen away, so that nothing of one visit is left for the next."""
        screen = self._screens.pop(name, None)
        if screen is not None:
            self._stack.removeWidget(screen)
            screen.deleteLater()

    def lock(self) -> None:
        """Locks the ledger; nothing of a patient is left in the window."""
        if not self.desk.is_unlocked:
            return
        from ui.left_open import LeftOpen

        self._left_open = LeftOpen.of(self.desk, self._screens.get("visit"), self._shown)
        self.show_screen("unlock")  # first, so that nothing of a patient is seen meanwhile
        self.desk.lock()
        for name in [name for name in self._screens if name != "unlock"]:
            self.forget(name)
        self._opened_from.clear()

    # ------------------------------------------------ keys and acts

    def act(self, name: str) -> bool:
        """Does what a key or a button asks for: the screen first, then the window itself."""
        self.furnish()
        if self.backing_up is not None and self.backing_up.takes(name):
            return True
        if self.veil.takes(name) or self._acts.is_before_screens(name):
            return True
        if self._shown and self.screen_shown.act(name):
            return True
        return self._acts.does(name)

    def strike(self, chord: str) -> None:
        """Does what a key of the key map would do: “F6”, “Ctrl+P”."""
        self.furnish()
        self._keys.strike(chord)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key of the map that is pressed before the map was made does its act all the same."""
        super().keyPressEvent(event)
        if self._steps:
            from PySide6.QtGui import QKeySequence

            self.strike(QKeySequence(event.keyCombination()).toString())

    def turn_touch_keys(self) -> None:
        """Keys for a pointer or a finger, above the status bar; or away with them."""
        self._edges.turn_touch_keys(self._column)

    # ------------------------------------------------ how it looks, what stands around a screen

    def wear(self, name: ThemeName, scale: float) -> None:
        """Another light or another size of letters, kept for the next start."""
        self.light.wear(name, scale)

    def _renew(self, _visit: object = None) -> None:
        if self._shown and not self._steps:
            self._edges.renew()

    @property
    def laptop(self) -> tuple[StatusFact, ...]:
        """Battery, disk and sleep, as the status bar tells them."""
        return self._edges.laptop

    def show_laptop(self, facts: tuple[StatusFact, ...]) -> None:
        """What is to be known of battery, disk and sleep, in the status bar."""
        self.furnish()
        self._edges.show_laptop(facts)

    def show_backup(self, facts: tuple[StatusFact, ...]) -> None:
        """How the backup stands, in the status bar."""
        self.furnish()
        self._edges.show_backup(facts)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window has room for fewer notices."""
        super().resizeEvent(event)
        self.dress(theme.look())

    def dress(self, look: Look) -> None:
        """Larger letters make the window lower."""
        if not self._steps:
            self._edges.dress(look, self.height())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing locks; everything charted is on the disk already. A backup may be made first."""
        if self.backing_up is not None and self.backing_up.holds():
            event.ignore()
            return
        self._closing = True
        self._steps.clear()
        first_paint.release()
        self.desk.close()
        event.accept()
        self.closed.emit()
