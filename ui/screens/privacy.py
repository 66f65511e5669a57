"""When the screen is covered and locked by itself, and the PIN that uncovers it."""

from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ketachart.errors import KetaChartError
from ui import tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.preferences import LOCK_AFTER, VEIL_AFTER
from ui.screens.base import Screen, Window
from ui.veil.lift import HONEST
from ui.veil.lifting import pin_of, set_pin
from ui.widgets.booklet import Booklet
from ui.widgets.boxes import Column, Row
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.choices import Choice, Choices
from ui.widgets.field import Judgement, Standing
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.text_field import TextField
from ui.widgets.trouble import Trouble
from ui.widgets.words import Words


def _minutes(values: tuple[int, ...]) -> tuple[Choice, ...]:
    return tuple(
        Choice(str(value), f"{value} min", key=str(n)) for n, value in enumerate(values, 1)
    )


class PrivacyScreen(Screen):
    """Two choices at the left, each kept at once; the PIN at the right."""

    title = "Cover and PIN"
    keys = (("Tab", "next"), ("Ctrl+Enter", "set the PIN"), ("Esc", "back"))

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(desk)
        self._window = window
        self._busy = False
        self.veil_after = Choices("Covered after", _minutes(VEIL_AFTER), columns=2)
        self.lock_after = Choices("Locked after", _minutes(LOCK_AFTER), columns=2)
        self.pin = TextField("New PIN", label="New PIN", judge=_judge)
        self.again = TextField("The same once more", label="The same once more")
        self._stands = Words(tone="muted")
        self._said = Trouble("What came of it")
        self.cover = Button("Cover the screen", sign="eye-off", key=key_of("veil"))
        self.take_away = Button("Take the PIN away", sign="x", kind=Kind.QUIET)
        self._primary = PrimaryButton("Set the PIN", sign="key-round", key="Ctrl+Enter")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Booklet(self.title, self._left(), self._right(), sizes=tokens.UNLOCK_CARD))
        self._connect()

    def _left(self) -> QWidget:
        page = Column(gap=tokens.S3, inset=tokens.S6)
        page.add(Words("When nobody touches the laptop", size="h2", weight=tokens.SEMIBOLD))
        self.veil_after.set_label("Covered after")
        page.add(self.veil_after)
        self.lock_after.set_label("Locked after, while nothing is due")
        page.add(self.lock_after)
        page.add(
            Words(
                "A visit whose infusion runs, or whose patient is observed, is covered and never "
                "locked by itself.",
                size="small",
                tone="muted",
            )
        )
        page.add_room()
        page.add(self.cover)
        return page

    def _right(self) -> QWidget:
        page = Column(gap=tokens.S3, inset=tokens.S6)
        page.add(Words("A PIN to uncover", size="display", weight=tokens.SEMIBOLD))
        page.add(self._stands)
        for field in (self.pin, self.again):
            field.hide_letters()
            field.commit_on_enter()
            page.add(field)
        page.add(self._said)
        page.add(Words(HONEST, size="small", tone="muted"))
        page.add_room()
        away = Row()
        away.add(self.take_away)
        away.add_room()
        page.add(away)
        page.add(self._primary)
        return page

    def _connect(self) -> None:
        self.veil_after.changed.connect(lambda chosen: self._prefer("veil_after", chosen))
        self.lock_after.changed.connect(lambda chosen: self._prefer("lock_after", chosen))
        self.pin.committed.connect(self.again.setFocus)
        self.again.committed.connect(self._primary.press)
        for field in (self.pin, self.again):
            field.typed.connect(lambda _text: self._show_state())
        self._primary.clicked.connect(self._set)
        self.take_away.clicked.connect(self._take_away)
        self.cover.clicked.connect(lambda: self.asked.emit("veil"))

    # ------------------------------------------------ the two times

    def _prefer(self, which: str, chosen: tuple[str, ...]) -> None:
        preferences = self.desk.preferences
        if not chosen:  # one of them always holds
            self._show_times()
            return
        self.desk.prefer(replace(preferences, **{which: int(chosen[0])}))  # type: ignore[arg-type]

    def _show_times(self) -> None:
        self.veil_after.choose(str(self.desk.preferences.veil_after))
        self.lock_after.choose(str(self.desk.preferences.lock_after))

    # ------------------------------------------------ the PIN

    def _set(self) -> None:
        if self._busy or self._primary.why_closed():
            return
        self._busy = True
        self._said.settle()
        self._show_state()
        job = set_pin(self.desk, self.pin.text())
        job.done.connect(lambda locked: self._keep(str(locked)))
        job.failed.connect(self._failed)
        job.stopped.connect(self._ended)

    def _keep(self, locked: str) -> None:
        try:
            self.desk.keep_safe(lambda keeping: keeping.veil_pin.keep(locked))
        except KetaChartError as error:
            self._failed(error)
            return
        self.pin.clear()
        self.again.clear()
        self._said.say(
            "The PIN is set", "It uncovers this screen. The passphrase does so, too.", tone="ok"
        )
        self._ended()

    def _failed(self, error: KetaChartError) -> None:
        self._said.say("The PIN was not set", str(error))
        self._ended()

    def _ended(self) -> None:
        self._busy = False
        self._show_state()

    def _take_away(self) -> None:
        try:
            self.desk.keep_safe(lambda keeping: keeping.veil_pin.forget())
        except KetaChartError as error:
            self._said.say("The PIN was not taken away", str(error))
            return
        self._said.say("The PIN is taken away", "The passphrase uncovers the screen.", tone="ok")
        self._show_state()

    def _show_state(self) -> None:
        there = self.desk.is_unlocked and pin_of(self.desk).is_set()
        self._stands.setText(
            "A PIN is set; three wrong tries, and only the passphrase uncovers."
            if there
            else "None is set: the passphrase uncovers the screen."
        )
        self.take_away.setVisible(there)
        why = ""
        if self._busy:
            why = "It takes a moment"
        elif not self.pin.text():
            why = "Type it first"
        elif _fault(self.pin.text()):
            why = "Not that PIN"
        elif self.again.text() != self.pin.text():
            why = "Type it once more below"
        self._primary.set_words("Set another PIN" if there else "Set the PIN")
        if why:
            self._primary.close_because(why)
        else:
            self._primary.reopen()

    # ------------------------------------------------ what every screen has

    def strip(self) -> tuple[str, str]:
        """The title."""
        return (self.title, "Covering keeps glances off; locking keeps the charts")

    def arrive(self) -> None:
        """To the new PIN; nothing that was typed here before is left."""
        self.pin.clear()
        self.again.clear()
        self._said.settle()
        self._show_times()
        self._show_state()
        self.pin.setFocus()

    def act(self, name: str) -> bool:
        """The main button, and the way back."""
        if name == "primary":
            self._primary.press()
        elif name == "back":
            self._window.go_back()
        else:
            return False
        return True


def _fault(pin: str) -> str:
    from ketachart.charting.veil_pin import pin_fault

    return pin_fault(pin)


def _judge(value: object) -> Judgement:
    fault = _fault(str(value)) if value else ""
    return Judgement(Standing.BAD if fault else Standing.NONE, fault)
