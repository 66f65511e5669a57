"""Settings: light, text size, keys, cover and lock, sound; each takes hold at once and stays."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme, tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.language import spoken
from ui.light import FOLLOW
from ui.preferences import LOCK_AFTER, VEIL_AFTER
from ui.screens.base import Screen, Window
from ui.screens.settings.setting import Setting, WayOn
from ui.speaking import NAMES, choose
from ui.theme import Dressed, Look
from ui.widgets.boxes import Column, Row, Scroller
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.flow import EvenGrid

_LIGHTS: Final = (
    ("dim", "Dim"),
    ("dim-green", "Green"),
    ("light", "Light"),
    (FOLLOW, "As the system"),
)
_LIGHT_NOW: Final = {
    "dim": "Dim and warm, for a dark room.",
    "dim-green": "Dim and green, for a dark room.",
    "light": "Light, for a bright room.",
    FOLLOW: "As the system: light by day, dim by night, whenever the system changes.",
}
_OFF_ON: Final = (("off", "Off"), ("on", "On"))
_STILL: Final = (
    "Nothing in this window moves, fades or blinks, so there is nothing to turn off. A change "
    "shows at once."
)
_LATER: Final = (
    "Once the charts are unlocked, more is set here: when the screen is covered and locked, the "
    "sound of alerts, and where backups lie."
)


def _minutes(values: tuple[int, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((str(value), f"{value} min") for value in values)


class SettingsScreen(Screen, Dressed):
    """There is nothing to save: what is chosen holds, and is kept on this laptop."""

    title = "Settings"
    keys = (("Tab", "next"), ("← →", "choose"), ("Space", "take"), ("Esc", "back"))

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(desk)
        self._window = window
        sizes = tuple((str(scale), f"{round(scale * 100)} %") for scale in tokens.SCALES)
        self.light = Setting("Light of the screen", _LIGHTS, columns=2)
        self.text_size = Setting("Text size", sizes, columns=4)
        self.language = Setting("Language", tuple(NAMES.items()), columns=2)
        self.touch_keys = Setting("Keys on the screen", _OFF_ON, columns=2)
        self.still = WayOn("Movement", _STILL)
        self.sound = Setting("Sound of alerts", _OFF_ON, columns=2)
        self.cover = Setting("Covered after", _minutes(VEIL_AFTER), columns=4)
        self.lock = Setting("Locked after", _minutes(LOCK_AFTER), columns=4)
        self.pin = WayOn(
            "PIN for the cover",
            "It uncovers the screen in place of the passphrase; never the locked charts.",
            way="Cover and PIN",
            key=key_of("privacy"),
            sign="eye-off",
        )
        self.backup = WayOn(
            "Place for backups",
            "Where the encrypted copies lie, how the last one went, and the check of the ledger.",
            way="This laptop",
            key=key_of("laptop"),
            sign="hard-drive",
        )
        self.update_way = WayOn(
            "New version",
            "KetaChart asks no network. A newer version comes as a file on a stick, and the ledger "
            "is kept as it is before anything changes.",
            way="Update",
            key=key_of("update"),
            sign="usb",
        )
        self.later = WayOn("After unlocking", _LATER)
        self._ends = (Column(), Column())  # of the left column; the top of the right one
        self._inside = (self.sound, self.cover, self.lock, self.pin, self.backup)
        self._lay_parts()
        self._connect()
        self.dress(theme.look())

    def _lay_parts(self) -> None:
        inside = QWidget()
        self._grid = EvenGrid(2)
        self._grid.wrap_words()
        inside.setLayout(self._grid)
        for parts in (
            (self.light, self.text_size, self.language, self._ends[0]),
            (self._ends[1], self.later, *self._inside, self.update_way, self.still),
        ):
            column = Column(gap=tokens.GUTTER)
            for part in parts:
                column.add(part)
            column.add_room()
            self._grid.add(column)
        self._scroller = Scroller("Settings", inside)
        self._line = QVBoxLayout(self)
        self._line.addWidget(self._scroller, 1)
        foot = Row(gap=tokens.S2)
        for act, words, sign in (("back", "Back", "arrow-left"), ("help", "Help", "info")):
            button = Button(words, sign=sign, key=key_of(act), kind=Kind.QUIET)
            button.clicked.connect(lambda _on, act=act: self._window.act(act))
            foot.add(button)
        foot.add_room()
        self._line.addWidget(foot)

    def _connect(self) -> None:
        self.light.chosen.connect(self._choose_light)
        self.text_size.chosen.connect(self._choose_size)
        self.language.chosen.connect(self._choose_language)
        self.touch_keys.chosen.connect(lambda _chosen: self._ask("touch-keys"))
        self.sound.chosen.connect(lambda _chosen: self._ask("sound"))
        self.cover.chosen.connect(lambda after: self._prefer("veil_after", int(after)))
        self.lock.chosen.connect(lambda after: self._prefer("lock_after", int(after)))
        ways = ((self.pin, "privacy"), (self.backup, "laptop"), (self.update_way, "update"))
        for part, act in ways:
            if part.button is not None:
                part.button.clicked.connect(lambda _on, act=act: self.asked.emit(act))

    def _choose_light(self, wanted: str) -> None:
        self._window.light.choose(wanted)  # type: ignore[arg-type]
        self._show_now()

    def _choose_size(self, scale: str) -> None:
        self._window.light.set_scale(float(scale))
        self._show_now()

    def _choose_language(self, code: str) -> None:
        choose(self.desk, code)  # type: ignore[arg-type]
        self._show_now()

    def _ask(self, act: str) -> None:
        self.asked.emit(act)
        self._show_now()

    def _prefer(self, name: str, minutes: int) -> None:
        self.desk.prefer(replace(self.desk.preferences, **{name: minutes}))  # type: ignore[arg-type]
        self._show_now()

    # ------------------------------------------------ what holds now

    def _show_now(self) -> None:
        """Every setting as it is, whoever changed it."""
        kept, unlocked = self.desk.preferences, self.desk.is_unlocked
        light = FOLLOW if kept.follow_system else kept.theme
        self.light.show_now(
            light, f"{_LIGHT_NOW[light]} Holds at once; {key_of('theme')} takes the next light."
        )
        self.text_size.show_now(
            str(kept.scale),
            f"Everything is written at {round(kept.scale * 100)} %. Holds at once; "
            f"{key_of('larger')} is larger, {key_of('smaller')} smaller.",
        )
        self.language.show_now(
            spoken(),
            f"The window speaks {NAMES[spoken()]}; the record and the report stay in English. "
            f"Holds at once; {key_of('language')} turns to the other.",
        )
        self._show_touch_keys()
        self._place_touch_keys(self._ends[0 if unlocked else 1])
        self.later.setVisible(not unlocked)
        for part in self._inside:
            part.setVisible(unlocked)
        if unlocked:
            self._show_inside()

    def _place_touch_keys(self, here: Column) -> None:
        """Where the shorter column is: at the right while nothing more can be set there."""
        if self.touch_keys.parentWidget() is not here:
            here.add(self.touch_keys)
        for end in self._ends:
            end.setVisible(end is here)

    def _show_touch_keys(self) -> None:
        key = key_of("touch-keys")
        if self.desk.preferences.touch_keys:
            self.touch_keys.show_now(
                "on",
                f"They stand above the last line, for a finger or a pointer. {key} takes them "
                "away.",
            )
        else:
            self.touch_keys.show_now(
                "off", f"None are shown; the laptop's own keys do everything. {key} brings them."
            )

    def _show_inside(self) -> None:
        kept = self.desk.preferences
        key = key_of("sound")
        if self._window.signs.sounds:
            self.sound.show_now(
                "on",
                f"An alert that asks is heard once a minute, until the next lock. {key} turns it "
                "off.",
            )
        else:
            self.sound.show_now(
                "off",
                f"Alerts are silent: they show at the window's edge. {key} turns sound on until "
                "the next lock.",
            )
        self.cover.show_now(
            str(kept.veil_after),
            f"After {kept.veil_after} min without a key or a touch the chart is hidden; alerts go "
            "on. Counts from now.",
        )
        self.lock.show_now(
            str(kept.lock_after),
            f"After {kept.lock_after} min the charts are locked, but never while an infusion runs "
            "or a patient is observed. Counts from now.",
        )

    # ------------------------------------------------ what every screen has

    def dress(self, look: Look) -> None:
        """Scale the gutters; a light that was changed by its key is shown."""
        gutter = look.px(tokens.GUTTER)
        self._line.setContentsMargins(gutter, gutter, gutter, gutter)
        edge = look.px(tokens.S1)
        self._grid.setContentsMargins(edge, edge, edge, edge)
        self._grid.set_gaps(gutter, gutter)
        QTimer.singleShot(0, self, self._show_now)

    def strip(self) -> tuple[str, str]:
        """What this is."""
        return (self.title, "For this laptop; each holds at once, nothing has to be saved")

    def arrive(self) -> None:
        """To the first setting."""
        self._show_now()
        self.light.choices.setFocus()

    def act(self, name: str) -> bool:
        """Back to where one was; what another key changed is shown as it is then."""
        if name in ("back", "settings"):
            self._window.go_back()
            return True
        if name in ("touch-keys", "sound"):
            QTimer.singleShot(0, self, self._show_now)
        return False
