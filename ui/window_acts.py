"""What a key or a button asks of the window itself: other screens, light and size, the lock."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from ui import theme, tokens
from ui.tokens import ThemeName

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow, QWidget

    from ui.palette.panel import Palette
    from ui.screens.ems_sheet import EmsMaker
    from ui.screens.paper_pack import PackMaker
    from ui.window_host import Host


class WindowActs:
    """The acts of one window that no screen of it took."""

    def __init__(self, window: Host, widget: QMainWindow, middle: QWidget) -> None:
        """``widget`` is the window itself; ``middle`` all of it but what lies over it."""
        self._window, self._desk = window, window.desk
        self._widget, self._middle = widget, middle
        self._palette: Palette | None = None  # each made when it is first asked for
        self._ems: EmsMaker | None = None
        self._pack: PackMaker | None = None

    def is_before_screens(self, name: str) -> bool:
        """Whether the list of acts, which stands over every screen, takes it."""
        return self._palette is not None and self._palette.takes(name)

    def does(self, name: str) -> bool:
        """Does it; False where there is no such act."""
        own = {
            "theme": self._next_theme,
            "touch-keys": self._window.turn_touch_keys,
            "larger": lambda: self._scale(1),
            "smaller": lambda: self._scale(-1),
            "lock": self._window.lock,
            "quit": self._window.close,
            "language": self._turn_language,
            "keys": lambda: self._window.show_screen("keys"),
            "practice": self._practise,
            "find": self._find,
            "help": self._help,
            "settings": lambda: self._window.show_screen("settings"),
            "sound": self._window.signs.toggle_sound,
            "test-alert": self._window.signs.test,
            "emergency": self._emergency,
            "ems": self._emergency_sheet,
            "paper-pack": self._paper_pack,
            "drafts": self._typed_before,
            "review": self._review,
            "check": lambda: self._window.show_screen("check"),
            "certificates": self._certificates,
            "post": self._post,
            "privacy": lambda: self._window.show_screen("privacy"),
            "update": lambda: self._window.show_screen("update"),
            "people": self._people,
            "recovery": self._recovery,
            "recover": self._recover,
            "laptop": self._this_laptop,
            "save-log": self._save_log,
            "damage": lambda: self._this_laptop("check"),
            "restore": self._restore,
            "plan-visit": self._plan_visit,
            "visit": lambda: self._in_visit("visit"),
            "day": self._desk.close_visit,
        }.get(name)
        if own is None:
            return False
        own()
        return True

    def tell_what_waits(self) -> None:
        """At the list of visits: what is to be done about the own certificate, in time, and that
        there is no recovery key, until there is one."""
        from ui.screens.certificates.notice import tell as tell_of_certificate
        from ui.screens.people.notice import tell as tell_of_recovery

        if self._desk.is_unlocked:
            tell_of_certificate(self._desk, self._certificates)
            tell_of_recovery(self._desk, self._recovery)

    # ------------------------------------------------ how it looks

    def _next_theme(self) -> None:
        names = get_args(ThemeName)
        following = names[(names.index(theme.look().name) + 1) % len(names)]
        self._window.light.choose(following)

    def _scale(self, step: int) -> None:
        place = tokens.SCALES.index(theme.look().scale) + step
        if 0 <= place < len(tokens.SCALES):
            self._window.light.set_scale(tokens.SCALES[place])

    def _turn_language(self) -> None:
        """English or Spanish, everything that stands there at once."""
        from ui.speaking import turn

        turn(self._desk)

    # ------------------------------------------------ where it leads

    def _help(self) -> None:
        """The help, at the page for where one is."""
        from ui.screens.help.places import open_help

        open_help(self._window, self._window.shown)

    def _find(self) -> None:
        """Every act by its words, over whatever stands there."""
        from ui.palette.panel import Palette

        if self._palette is None:
            self._palette = Palette(self._window, self._middle)
        self._palette.begin()

    def _practise(self) -> None:
        """To the drills and the practice visit, with this ledger locked."""
        from ui.screens.practice_door import go_to_practice

        go_to_practice(self._window)

    def _emergency(self) -> None:
        """Into the emergency of the open visit; from the list into that of today's one visit."""
        from ui.screens.emergency_door import open_the_one_visit

        if not self._desk.has_visit and self._desk.is_unlocked:
            open_the_one_visit(self._desk)
        self._in_visit("emergency")

    def _emergency_sheet(self) -> None:
        """The page for the crew, from whichever screen of the visit."""
        from ui.screens.ems_sheet import EmsMaker, by_notice

        if self._desk.has_visit:
            self._ems = self._ems or EmsMaker(self._desk, self._widget, by_notice(self._desk))
            self._ems.make()

    def _paper_pack(self) -> None:
        """The forms to print, from any screen; for the open visit, else blank."""
        from ui.screens.paper_pack import PackMaker

        self._pack = self._pack or PackMaker(self._desk, self._widget)
        self._pack.make()

    def _typed_before(self) -> None:
        """To what was typed and not recorded: in the open visit, else outside the visits."""
        if self._desk.has_visit:
            self._window.show_screen("visit").act("drafts")
        elif self._desk.is_unlocked:
            self._window.show_screen("drafts")

    def _review(self) -> None:
        """To the reports that wait, for whoever reviews them; others are told who does."""
        from ui.screens.supervision.door import may_enter

        if self._desk.is_unlocked and may_enter(self._desk):
            self._window.show_screen("review")

    def _recovery(self) -> None:
        """To the people, at the recovery key."""
        if self._desk.is_unlocked:
            self._window.show_screen("people").act("recovery-row")

    def _certificates(self) -> None:
        if self._desk.is_unlocked:
            self._window.show_screen("certificates")

    def _post(self) -> None:
        """To the packages, from any state; the visit that is open stays open."""
        if self._desk.is_unlocked:
            self._window.show_screen("post")

    def _save_log(self) -> None:
        """The entries of the open visit, as a table; whatever phase is looked at."""
        from ui.screens.save_log import save_log

        if self._desk.has_visit:
            save_log(self._desk, self._widget)

    def _this_laptop(self, part: str = "") -> None:
        """To backups and checks, from any state; the visit that is open stays open."""
        if self._desk.is_unlocked:
            screen = self._window.show_screen("laptop")
            if part:
                screen.act(part)

    def _restore(self) -> None:
        """A ledger is put in its place only while it is locked: what was typed is kept."""
        from ui.screens.laptop.restore import RestoreScreen
        from ui.screens.laptop.restoring import place_of

        place = place_of(self._desk)
        self._window.lock()
        screen = self._window.show_screen("restore")
        if isinstance(screen, RestoreScreen):
            screen.look_at(place)

    def _people(self) -> None:
        if self._desk.is_unlocked:
            self._window.show_screen("people")

    def _recover(self) -> None:
        """With the clinic's recovery key, where nobody knows a passphrase."""
        if not self._desk.is_unlocked:
            self._window.show_screen("recover")

    def _plan_visit(self) -> None:
        """To the plan of a visit to come, for a supervisor; others are told who does."""
        from ui.screens.plans.door import may_plan

        if self._desk.is_unlocked and may_plan(self._desk):
            self._window.show_screen("plan-visit")

    def _in_visit(self, name: str) -> None:
        if self._desk.has_visit:
            self._window.show_screen(name)
