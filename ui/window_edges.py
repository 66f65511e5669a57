"""What stands around every screen: the strip at the top, the notices, the status bar."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui import theme, tokens
from ui.actions import key_of
from ui.announcing import announce
from ui.just_recorded import JustRecorded
from ui.notices import NoticeColumn
from ui.widgets.patient_strip import PatientStrip, StripFacts
from ui.widgets.status_bar import StatusBar, StatusFact
from ui.widgets.touch_keys import TouchKeys

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtWidgets import QVBoxLayout

    from ketachart.domain.asking import Standing
    from ui.theme import Look
    from ui.window_host import Host


class WindowEdges(QObject):
    """Made after the first paint; until then two empty bars keep the room."""

    def __init__(self, window: Host, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._desk = window, window.desk
        self.strip = PatientStrip()
        self.strip.theme_wanted.connect(lambda: window.act("theme"))
        self.strip.lock_wanted.connect(lambda: window.act("lock"))
        self.strip.keys_wanted.connect(lambda: window.act("touch-keys"))
        self.strip.help_wanted.connect(lambda: window.act("help"))
        self.status = StatusBar()
        self._just_recorded, self._told_recorded = JustRecorded(window.desk), ""
        self._just_recorded.changed.connect(self._tell_recorded)
        self.notices = NoticeColumn(window.desk.notices)
        self._touch_keys: TouchKeys | None = None  # made when they are first asked for
        self._low = False  # the window has no room to spare
        self._laptop: tuple[StatusFact, ...] = ()
        self._backup: tuple[StatusFact, ...] = ()

    def turn_touch_keys(self, column: QVBoxLayout) -> None:
        """Keys for a pointer or a finger, above the status bar; or away with them."""
        shown = not self._desk.preferences.touch_keys
        self.show_touch_keys(column, shown=shown)
        self._desk.prefer(replace(self._desk.preferences, touch_keys=shown))

    def show_touch_keys(self, column: QVBoxLayout, *, shown: bool) -> None:
        """As they were left when the window was closed."""
        if self._touch_keys is None and shown:
            self._touch_keys = TouchKeys()
            self._touch_keys.chord.connect(self._window.strike)
            column.insertWidget(column.count() - 1, self._touch_keys)
        if self._touch_keys is not None:
            self._touch_keys.setVisible(shown)

    def dress(self, look: Look, height: int) -> None:
        """A low window has room for fewer notices; larger letters make it lower."""
        low = height < look.px(tokens.TWO_NOTICES)
        self.notices.set_most(1 if low else 2)
        self.status.set_short(short=low)
        if self._low != (low := height < look.px(tokens.LOW)):
            self._low = low
            self.strip.set_low(low=low)
            if self._window.shown:  # else all of it is told with the first screen
                self.renew_status()

    # ------------------------------------------------ strip

    def renew(self) -> None:
        """Tells what the screen that shows has to say, and how the record stands."""
        told = self._window.screen_shown.strip()
        if isinstance(told, StripFacts):
            self.strip.show_patient(told)
        else:
            self.strip.show_title(*told)
        self.strip.set_mark("PRACTICE" if self._practice() else "")
        self.tick(self._desk.now())
        if self._desk.is_unlocked:
            self.strip.show_lock()
        else:
            self.strip.hide_lock()
        self.renew_status()

    def tick(self, now: datetime) -> None:
        """Another second."""
        from ketachart.domain.wording import offset  # the unlock screen is painted without it

        self.strip.set_clock(f"{now:%H:%M}", offset(now))
        if self._told_recorded and not self._recorded_words():
            self.renew_status()  # it was told for long enough

    def _practice(self) -> bool:
        """Whether what is open is made up: the whole ledger, or this visit."""
        if not self._desk.is_unlocked or self._window.says_practice:
            return False
        opened = self._desk.visit.opened if self._desk.has_visit else None
        return self._desk.office.practice or bool(opened and opened.practice)

    # ------------------------------------------------ status bar

    def renew_status(self) -> None:
        """Is it saved, how are the alerts, the laptop and the backup, who is charting."""
        saved = self._desk.last_saved()
        words = f"Saved {saved:%H:%M:%S}, encrypted" if saved else "Encrypted on this laptop"
        signs, recorded = self._window.signs, self._recorded_words()
        self._told_recorded = recorded
        stays = not (signs.asks or recorded or self._low)
        facts = [
            StatusFact("shield-check", recorded or words, "ok"),
            *([StatusFact("hard-drive", "Stays on this laptop")] if stays else []),
            *signs.facts(),
            *self._laptop,
            *self._backup,
        ]
        self.status.show_facts(tuple(facts))
        self.status.show_nurse(self._nurse())
        *keys, last = self._window.screen_shown.keys_now() or ((key_of("keys"), "keys"),)
        self.status.show_keys((*keys, (key_of("find"), "find"), (key_of("help"), "help"), last))

    def _tell_recorded(self) -> None:
        self.renew_status()
        announce(self.status, self._told_recorded)

    def say_alert(self, one: Standing) -> None:
        """An alert begins to ask: a screen reader says so; under the veil the veil does."""
        alert = one.alert
        announce(self.status, f"Alert: {alert.sentence}", at_once=alert.level != "attention")

    def _recorded_words(self) -> str:
        """What was recorded a moment ago, where Ctrl+Z strikes it."""
        here = self._window.shown in ("visit", "keys")
        return self._just_recorded.words(theme.look().scale) if here else ""

    def _nurse(self) -> str:
        if not self._desk.is_unlocked:
            return ""
        person = self._desk.office.nurse
        role = ", supervisor" if person.role == "supervisor" else ""
        return f"{person.name}, {person.credential}{role}"

    @property
    def laptop(self) -> tuple[StatusFact, ...]:
        """Battery, disk and sleep, as the status bar tells them."""
        return self._laptop

    def show_laptop(self, facts: tuple[StatusFact, ...]) -> None:
        """What is to be known of battery, disk and sleep."""
        self._laptop = facts
        self.renew_status()

    def show_backup(self, facts: tuple[StatusFact, ...]) -> None:
        """How the backup stands."""
        self._backup = facts
        self.renew_status()
