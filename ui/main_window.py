"""The window: the strip at the top, notices, one screen, the status bar; every key in one place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, get_args

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from ui import theme, tokens
from ui.actions import ACTIONS, Action, acts_at
from ui.alerting.signs import AlertSigns
from ui.desk import Desk
from ui.left_open import LeftOpen
from ui.notices import NoticeColumn
from ui.screens.base import Screen
from ui.theme import Dressed, Look
from ui.tokens import ThemeName
from ui.veil.veil import Veil
from ui.widgets.patient_strip import PatientStrip, StripFacts
from ui.widgets.status_bar import StatusBar, StatusFact
from ui.widgets.touch_keys import TouchKeys

if TYPE_CHECKING:
    from ui.backing_up import BackingUp
    from ui.checkup import Checkup
    from ui.palette.panel import Palette
    from ui.screens.ems_sheet import EmsMaker
    from ui.screens.paper_pack import PackMaker

LEAST = (1024, 600)


class _Screens(QStackedWidget):
    """Gives way to the patient's strip and the banners: a screen scrolls, allergies never do."""

    def hasHeightForWidth(self) -> bool:
        """The tallest screen is not asked how tall it would be."""
        return False

    def minimumSizeHint(self) -> QSize:
        """As wide as the screens need, as low as one thing to press."""
        return QSize(super().minimumSizeHint().width(), theme.look().px(tokens.TARGET))


class MainWindow(QMainWindow, Dressed):
    """Shows one screen at a time. Screens are made on first use, so that unlocking is quick."""

    def __init__(self, desk: Desk, *, unlock: Screen) -> None:
        super().__init__()
        self.desk = desk
        self.setWindowTitle("KetaChart")
        self._screens: dict[str, Screen] = {"unlock": unlock}
        self._shown = ""
        self._opened_from: dict[str, str] = {}  # for each screen the one that it was opened from
        self._closing = False
        self._ems: EmsMaker | None = None
        self._pack: PackMaker | None = None
        self.strip = PatientStrip()
        self.status = StatusBar()
        self._palette: Palette | None = None  # made when it is first asked for
        self._touch_keys: TouchKeys | None = None  # made when they are first asked for
        self._notices = NoticeColumn(desk.notices)
        self._stack = _Screens()
        self._stack.addWidget(unlock)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part, stretch in (
            (self.strip, 0),
            (self._notices, 0),
            (self._stack, 1),
            (self.status, 0),
        ):
            column.addWidget(part, stretch)
        self._column = column
        self.setCentralWidget(middle)
        theme.clothe(self)
        self.signs = AlertSigns(desk, self)
        self.signs.changed.connect(self._renew_status)
        self.veil = Veil(desk, self, middle)
        self._left_open: LeftOpen | None = None  # by the lock, for the same person to go on
        self._laptop: tuple[StatusFact, ...] = ()
        self._backup: tuple[StatusFact, ...] = ()
        self.backing_up: BackingUp | None = None  # made after the first paint
        self.checkup: Checkup | None = None
        self._bind_keys()
        self.strip.theme_wanted.connect(lambda: self.act("theme"))
        self.strip.lock_wanted.connect(lambda: self.act("lock"))
        self.strip.keys_wanted.connect(lambda: self.act("touch-keys"))
        unlock.asked.connect(self.act)
        desk.draft_offer.list_wanted.connect(lambda: self.act("drafts"))
        desk.beat.connect(self._tick)
        desk.unlocked.connect(self._enter)
        desk.locked.connect(lambda: self.show_screen("unlock"))
        desk.visit_opened.connect(lambda: self.show_screen("visit"))
        desk.visit_closed.connect(self._leave_visit)
        desk.visit_changed.connect(lambda _visit: self._renew())
        self.setMinimumSize(*LEAST)

    # ------------------------------------------------ screens

    def show_screen(self, name: str) -> Screen:
        """Shows a screen, making it first where it is new."""
        if name not in self._screens:
            from ui.screens.atlas import make

            made = self._screens[name] = make(name, self.desk, self)
            made.asked.connect(self.act)
            self._stack.addWidget(made)
        if name != self._shown:
            if self._opened_from.get(self._shown) != name:  # else it is the way back
                self._opened_from[name] = self._shown
            self._shown = name
        screen = self._screens[name]
        self._stack.setCurrentWidget(screen)
        self._renew()
        screen.arrive()
        if name == "day":
            self._tell_of_certificate()
            self._tell_of_recovery()
        self.veil.came_to(name)
        return screen

    def _enter(self) -> None:
        """Unlocked: to the list of visits; first start has one more page to show before that."""
        left, self._left_open = self._left_open, None
        if self._shown != "first-start" and (left is None or not left.go_on(self.desk, self)):
            self.show_screen("day")

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

    def forget(self, name: str) -> None:
        """Throws a screen away, so that nothing of one visit is left for the next."""
        screen = self._screens.pop(name, None)
        if screen is not None:
            self._stack.removeWidget(screen)
            screen.deleteLater()

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

    # ------------------------------------------------ keys

    def _bind_keys(self) -> None:
        for action in ACTIONS:
            shortcut = QShortcut(QKeySequence(action.key), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(lambda action=action: self._pressed(action))
        for extra, name in (("Ctrl+Enter", "primary"), ("Ctrl+=", "larger")):
            shortcut = QShortcut(QKeySequence(extra), self)
            shortcut.activated.connect(lambda name=name: self.act(name))

    def _pressed(self, action: Action) -> None:
        if acts_at(action.where, self._shown, unlocked=self.desk.is_unlocked):
            self.act(action.name)

    def act(self, name: str) -> bool:
        """Does what a key or a button asks for: the screen first, then the window itself."""
        if self.backing_up is not None and self.backing_up.takes(name):
            return True
        if self.veil.takes(name):
            return True
        if self._palette is not None and self._palette.takes(name):
            return True
        if self._shown and self.screen_shown.act(name):
            return True
        own = {
            "theme": self._next_theme,
            "touch-keys": self._turn_touch_keys,
            "larger": lambda: self._scale(1),
            "smaller": lambda: self._scale(-1),
            "lock": self._lock,
            "quit": self.close,
            "keys": lambda: self.show_screen("keys"),
            "practice": self._practise,
            "find": self._find,
            "help": self._help,
            "sound": self.signs.toggle_sound,
            "test-alert": self.signs.test,
            "emergency": self._emergency,
            "ems": self._emergency_sheet,
            "paper-pack": self._paper_pack,
            "drafts": self._typed_before,
            "review": self._review,
            "check": lambda: self.show_screen("check"),
            "certificates": self._certificates,
            "post": self._post,
            "privacy": lambda: self.show_screen("privacy"),
            "people": self._people,
            "recovery": self._recovery,
            "recover": self._recover,
            "laptop": self._this_laptop,
            "save-log": self._save_log,
            "damage": lambda: self._this_laptop("check"),
            "restore": self._restore,
            "plan-visit": self._plan_visit,
            "visit": lambda: self._in_visit("visit"),
            "day": self.desk.close_visit,
        }.get(name)
        if own is None:
            return False
        own()
        return True

    def _help(self) -> None:
        """The help, at the page for where one is."""
        from ui.help.places import open_help

        open_help(self)

    def _find(self) -> None:
        """Every act by its words, over whatever stands there."""
        from ui.palette.panel import Palette

        if self._palette is None:
            self._palette = Palette(self, self.centralWidget())
        self._palette.begin()

    def _practise(self) -> None:
        """To the drills and the practice visit, with this ledger locked."""
        from ui.practice.door import go_to_practice

        go_to_practice(self)

    def _turn_touch_keys(self) -> None:
        """Keys for a pointer or a finger, above the status bar; or away with them."""
        if self._touch_keys is None:
            self._touch_keys = TouchKeys()
            self._touch_keys.chord.connect(self.strike)
            self._column.insertWidget(self._column.count() - 1, self._touch_keys)
        else:
            self._touch_keys.setVisible(self._touch_keys.isHidden())

    def strike(self, chord: str) -> None:
        """Does what a key of the key map would do: “F6”, “Ctrl+P”."""
        wanted = QKeySequence(chord)
        for action in ACTIONS:
            if QKeySequence(action.key) == wanted:
                self._pressed(action)

    def _next_theme(self) -> None:
        names = get_args(ThemeName)
        following = names[(names.index(theme.look().name) + 1) % len(names)]
        self._wear(following, theme.look().scale)

    def _scale(self, step: int) -> None:
        place = tokens.SCALES.index(theme.look().scale) + step
        if 0 <= place < len(tokens.SCALES):
            self._wear(theme.look().name, tokens.SCALES[place])

    def _wear(self, name: ThemeName, scale: float) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, name, scale)
        self.desk.prefer(replace(self.desk.preferences, theme=name, scale=scale))

    def _lock(self) -> None:
        if self.desk.is_unlocked:
            self._left_open = LeftOpen.of(self.desk, self._screens.get("visit"), self._shown)
            self.show_screen("unlock")  # first, so that nothing of a patient is seen meanwhile
            self.desk.lock()
            for name in [name for name in self._screens if name != "unlock"]:
                self.forget(name)
            self._opened_from.clear()

    def _emergency(self) -> None:
        """Into the emergency of the open visit; from the list into that of today's one visit."""
        from ui.screens.emergency_door import open_the_one_visit

        if not self.desk.has_visit and self.desk.is_unlocked:
            open_the_one_visit(self.desk)
        self._in_visit("emergency")

    def _emergency_sheet(self) -> None:
        """The page for the crew, from whichever screen of the visit."""
        from ui.screens.ems_sheet import EmsMaker, by_notice

        if self.desk.has_visit:
            self._ems = self._ems or EmsMaker(self.desk, self, by_notice(self.desk))
            self._ems.make()

    def _paper_pack(self) -> None:
        """The forms to print, from any screen; for the open visit, else blank."""
        from ui.screens.paper_pack import PackMaker

        self._pack = self._pack or PackMaker(self.desk, self)
        self._pack.make()

    def _typed_before(self) -> None:
        """To what was typed and not recorded: in the open visit, else outside the visits."""
        if self.desk.has_visit:
            self.show_screen("visit").act("drafts")
        elif self.desk.is_unlocked:
            self.show_screen("drafts")

    def _review(self) -> None:
        """To the reports that wait, for whoever reviews them; others are told who does."""
        from ui.screens.supervision.door import may_enter

        if self.desk.is_unlocked and may_enter(self.desk):
            self.show_screen("review")

    def _tell_of_certificate(self) -> None:
        """What is to be done about the own certificate, in time."""
        from ui.screens.certificates.notice import tell

        if self.desk.is_unlocked:
            tell(self.desk, self._certificates)

    def _tell_of_recovery(self) -> None:
        """That there is no recovery key, until there is one."""
        from ui.screens.people.notice import tell

        if self.desk.is_unlocked:
            tell(self.desk, self._recovery)

    def _recovery(self) -> None:
        """To the people, at the recovery key."""
        if self.desk.is_unlocked:
            self.show_screen("people").act("recovery-row")

    def _certificates(self) -> None:
        if self.desk.is_unlocked:
            self.show_screen("certificates")

    def _post(self) -> None:
        """To the packages, from any state; the visit that is open stays open."""
        if self.desk.is_unlocked:
            self.show_screen("post")

    def _save_log(self) -> None:
        """The entries of the open visit, as a table; whatever phase is looked at."""
        from ui.screens.save_log import save_log

        if self.desk.has_visit:
            save_log(self.desk, self)

    def _this_laptop(self, part: str = "") -> None:
        """To backups and checks, from any state; the visit that is open stays open."""
        if self.desk.is_unlocked:
            screen = self.show_screen("laptop")
            if part:
                screen.act(part)

    def _restore(self) -> None:
        """A ledger is put in its place only while it is locked: what was typed is kept."""
        from ui.screens.laptop.restore import RestoreScreen
        from ui.screens.laptop.restoring import place_of

        place = place_of(self.desk)
        self._lock()
        screen = self.show_screen("restore")
        if isinstance(screen, RestoreScreen):
            screen.look_at(place)

    def _people(self) -> None:
        if self.desk.is_unlocked:
            self.show_screen("people")

    def _recover(self) -> None:
        """With the clinic's recovery key, where nobody knows a passphrase."""
        if not self.desk.is_unlocked:
            self.show_screen("recover")

    def _plan_visit(self) -> None:
        """To the plan of a visit to come, for a supervisor; others are told who does."""
        from ui.screens.plans.door import may_plan

        if self.desk.is_unlocked and may_plan(self.desk):
            self.show_screen("plan-visit")

    def _in_visit(self, name: str) -> None:
        if self.desk.has_visit:
            self.show_screen(name)

    # ------------------------------------------------ strip and status

    def _renew(self) -> None:
        if not self._shown:
            return
        told = self.screen_shown.strip()
        if isinstance(told, StripFacts):
            self.strip.show_patient(told)
        else:
            self.strip.show_title(*told)
        self.strip.set_mark("PRACTICE" if self._practice() else "")
        self.strip.set_clock(f"{self.desk.now():%H:%M}")
        if self.desk.is_unlocked:
            self.strip.show_lock()
        else:
            self.strip.hide_lock()
        self._renew_status()

    def _practice(self) -> bool:
        """Whether what is open is made up: the whole ledger, or this visit."""
        if not self.desk.is_unlocked:
            return False
        opened = self.desk.visit.opened if self.desk.has_visit else None
        return self.desk.office.practice or bool(opened and opened.practice)

    def _renew_status(self) -> None:
        if not self._shown:
            return
        saved = self.desk.last_saved()
        words = f"Saved {saved:%H:%M:%S}, encrypted" if saved else "Encrypted on this laptop"
        facts = [
            StatusFact("shield-check", words, "ok"),
            *([] if self.signs.asks else [StatusFact("hard-drive", "Stays on this laptop")]),
            *self.signs.facts(),
            *self._laptop,
            *self._backup,
        ]
        self.status.show_facts(tuple(facts))
        nurse = ""
        if self.desk.is_unlocked:
            person = self.desk.office.nurse
            role = ", supervisor" if person.role == "supervisor" else ""
            nurse = f"{person.name}, {person.credential}{role}"
        self.status.show_nurse(nurse)
        self.status.show_keys(self.screen_shown.keys)

    @property
    def laptop(self) -> tuple[StatusFact, ...]:
        """Battery, disk and sleep, as the status bar tells them."""
        return self._laptop

    def show_laptop(self, facts: tuple[StatusFact, ...]) -> None:
        """What is to be known of battery, disk and sleep, in the status bar."""
        self._laptop = facts
        self._renew_status()

    def show_backup(self, facts: tuple[StatusFact, ...]) -> None:
        """How the backup stands, in the status bar."""
        self._backup = facts
        self._renew_status()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window has room for fewer notices."""
        super().resizeEvent(event)
        self.dress(theme.look())

    def dress(self, look: Look) -> None:
        """Larger letters make the window lower."""
        low = self.height() < look.px(tokens.TWO_NOTICES)
        self._notices.set_most(1 if low else 2)
        self.status.set_short(short=low)

    def _tick(self, now: object) -> None:
        self.strip.set_clock(f"{now:%H:%M}")

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing locks; everything charted is on the disk already. A backup may be made first."""
        if self.backing_up is not None and self.backing_up.holds():
            event.ignore()
            return
        self._closing = True
        self.desk.close()
        event.accept()
