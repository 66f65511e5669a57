"""This laptop: its backups, the check of its ledger, what may leave it, and its own book."""

from collections.abc import Callable
from typing import Final

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.desk import Desk
from ui.laptop import power_facts, whereabouts
from ui.screens.base import Screen, Window
from ui.screens.laptop.backup_card import BackupPart
from ui.screens.laptop.book_card import BookPart
from ui.screens.laptop.check_card import CheckPart
from ui.screens.laptop.leaving_card import LeavingPart
from ui.screens.laptop.page import LaptopPage
from ui.screens.laptop.part import Part
from ui.widgets.key_value import KeyValue

BACKUP, CHECK, VISITS, BOOK = range(4)
_BY_NAME: Final = {"backups": BACKUP, "check": CHECK}


class LaptopScreen(Screen):
    """Four parts; a backup or a check that runs goes on when the screen is left."""

    title = "This laptop"
    keys = (("Alt+1 to 4", "parts"), ("Ctrl+Enter", "the main button"), ("Esc", "back"))

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(desk)
        self._window = window
        backing_up, checkup = window.keepers()
        self.backup, self.check = BackupPart(desk, backing_up), CheckPart(desk, checkup)
        self.visits, self.book = LeavingPart(desk), BookPart(desk)
        self.parts: tuple[Part, ...] = (self.backup, self.check, self.visits, self.book)
        self.page = LaptopPage(self.parts)
        self._here = BACKUP
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.page)
        self.page.parts.opened.connect(self.turn_to)
        self.page.privacy.clicked.connect(lambda: self.asked.emit("privacy"))
        self.page.people.clicked.connect(lambda: self.asked.emit("people"))
        for restore in (self.backup.restore, self.check.restore):
            restore.clicked.connect(lambda: self.asked.emit("restore"))
        for part in self.parts:
            part.changed.connect(self._renew)
            part.stated.connect(self._show_states)
        self.visits.emptied.connect(self._begin)
        desk.beat.connect(self._tick)

    # ------------------------------------------------ what is shown

    def arrive(self) -> None:
        """To the part that was looked at, as it stands now."""
        self._renew()
        self._begin()

    def _begin(self) -> None:
        """To what is to be done next in this part; to the part itself while nothing is."""
        self._part.begin()
        there: QWidget | None = self.focusWidget()
        able = there is not None and there.isEnabled() and not there.isHidden()
        if there is None or not able or not self._part.isAncestorOf(there):
            self.page.parts.buttons[self._here].setFocus()

    @property
    def _part(self) -> Part:
        return self.parts[self._here]

    def turn_to(self, place: int) -> None:
        """One of the parts, read anew."""
        self._here = place
        self.page.stack.setCurrentWidget(self._part)
        self._renew()
        self._begin()

    def _renew(self) -> None:
        if not self.desk.is_unlocked or not self.isVisible():
            return
        before = self.focusWidget()
        self._part.renew()
        if before is not self.focusWidget():
            # its button was closed for a while: the key of another must not be pressed instead
            self.page.parts.buttons[self._here].setFocus()
        self.page.parts.show_chosen(self._here)
        self._show_states()
        self._show_laptop()

    def _show_states(self) -> None:
        if self.desk.is_unlocked:
            for place, part in enumerate(self.parts):
                self.page.parts.show_state(place, *part.state())

    def _show_laptop(self) -> None:
        reserve = self.desk.keeping.reserve
        words = "given free: the disk was full" if reserve.was_freed else "kept for a full disk"
        kept = KeyValue("Reserve", words, "warn" if reserve.was_freed else "text")
        self.page.show_facts((*power_facts(self.desk), kept, *whereabouts(self.desk)))

    def _tick(self, _now: object) -> None:
        if self.isVisible() and self.desk.is_unlocked:
            self._show_laptop()  # the same facts again draw nothing

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: the visits are not looked through any more."""
        super().hideEvent(event)
        self.visits.rest()

    # ------------------------------------------------ what every screen has

    def strip(self) -> tuple[str, str]:
        """Whose laptop."""
        return (self.title, self.desk.office.clinic.name)

    def act(self, name: str) -> bool:
        """What the keys of this screen do."""
        if name in _BY_NAME:
            self.turn_to(_BY_NAME[name])
            return True
        if name.startswith("row-") and name.removeprefix("row-") in "1234":
            self.turn_to(int(name.removeprefix("row-")) - 1)
            return True
        acts: dict[str, Callable[[], object]] = {
            "primary": self._part.press,
            "halt": self._halt,
            "backup-place": lambda: self._in(BACKUP, self.backup.choose_place),
            "rehearse": lambda: self._in(BACKUP, self.backup.begin_rehearsal),
            "retention": lambda: self._in(VISITS, self.visits.set_policy),
            "back": self._back,
            "laptop": self._back,
            "day": lambda: self._window.show_screen("day"),
        }
        if name not in acts:
            return False
        acts[name]()
        return True

    def _in(self, place: int, act: Callable[[], object]) -> None:
        if self._here != place:
            self.turn_to(place)
        act()

    def _halt(self) -> None:
        for part in self.parts:
            part.halt()

    def _back(self) -> None:
        """Out of what was begun; else to where one was."""
        if not self._part.back():
            self._window.go_back()
