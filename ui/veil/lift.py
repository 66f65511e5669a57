"""Where the veil is lifted: the short PIN, or the passphrase of whoever is charting."""

from typing import Final

from PySide6.QtCore import Signal

from ketachart.errors import KetaChartError, TooSoon, WrongPassphrase
from ui import tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.language.saying import say_name
from ui.veil.digits import ERASE, Digits
from ui.veil.lifting import Lifting, WrongPin
from ui.widgets.boxes import Column, Row
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.field import UNJUDGED, Judgement, Standing
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.text_field import TextField
from ui.widgets.trouble import Trouble
from ui.widgets.wait import Wait
from ui.widgets.words import Words

HONEST: Final = (
    "The cover keeps glances off the chart, no more. Only the lock takes the key away: lock when "
    "you leave the laptop."
)
_SAFE: Final = "Nothing is lost. Check Caps Lock and the keyboard, and try again."


class LiftPanel(Column):
    """One field, digits for a finger, and why it did not work."""

    lifted = Signal()
    asked = Signal(str)  # an act of the window

    def __init__(self, desk: Desk) -> None:
        super().__init__(gap=tokens.S3, inset=tokens.S6)
        self._desk = desk
        self._lifting = Lifting(desk)
        self._who = Words(size="small", tone="muted")
        self.field = TextField("PIN or passphrase", label="PIN or passphrase")
        self.field.hide_letters()
        self.field.commit_on_enter()
        self._digits = Digits()
        self._trouble = Trouble("Why it is still covered")
        self._wait = Wait("Next try in")
        self._demo = Words(size="small", tone="muted")
        self._lock = Button("Lock", sign="lock", key=key_of("lock"))
        self._keys = Button(
            "Keys on the screen", sign="keyboard", key=key_of("touch-keys"), kind=Kind.QUIET
        )
        self._primary = PrimaryButton("Uncover", sign="eye", key="Enter")
        self._build()
        self._connect()

    def _build(self) -> None:
        head = Column(gap=tokens.S1)
        head.add(Words("Uncover the chart", size="display", weight=tokens.SEMIBOLD))
        head.add(self._who)
        below = Row(gap=tokens.S2)
        below.add(self._keys)
        below.add_room()
        below.add(self._lock)
        for part in (head, self.field, self._digits, self._demo, self._trouble, self._wait):
            self.add(part)
        self.add_room()
        self.add(Words(HONEST, size="small", tone="muted"))
        self.add(below)
        self.add(self._primary)

    def _connect(self) -> None:
        self.field.typed.connect(lambda _text: self._show_state())
        self.field.committed.connect(self.press)
        self._primary.clicked.connect(self.press)
        self._digits.struck.connect(self._strike)
        self._lock.clicked.connect(lambda: self.asked.emit("lock"))
        self._keys.clicked.connect(lambda: self.asked.emit("touch-keys"))
        self._lifting.right.connect(self._right)
        self._lifting.wrong.connect(self._wrong)
        self._desk.beat.connect(self._tick)

    # ------------------------------------------------ coming and going

    def begin(self) -> None:
        """The veil has come down: an empty field, nothing wrong yet."""
        nurse = self._desk.office.nurse
        takes_pin = self._lifting.takes_pin
        what = "PIN or passphrase" if takes_pin else "Passphrase"
        self.field.set_label(what)
        say_name(self.field.editor(), f"Covered. {what}")
        self._who.setText(f"{nurse.name}, {nurse.credential}, is charting.")
        self._digits.setVisible(takes_pin)
        demo = self._desk.demo_passphrase
        self._demo.setText(f"Practice. The passphrase is: {demo}")
        self._demo.setVisible(bool(demo))
        self._trouble.settle()
        self.end()
        self.field.setFocus()

    def end(self) -> None:
        """Nothing of what was typed is kept; a check that is under way lifts nothing any more."""
        self._lifting.forget()
        self.field.clear()
        self.field.set_judgement(UNJUDGED)
        self._show_state()

    def say(self, happened: str, detail: str) -> None:
        """What could not be done while it is covered."""
        self._trouble.say(happened, detail)

    # ------------------------------------------------ lifting

    def press(self) -> None:
        """Enter, or the main button."""
        if not self._primary.why_closed():
            self._trouble.settle()
            self._lifting.begin(self.field.text())
            self._show_state()

    def _right(self) -> None:
        self.end()
        self.lifted.emit()

    def _wrong(self, error: KetaChartError) -> None:
        if isinstance(error, WrongPin):
            self._trouble.say("That is not the PIN", str(error))
            self.begin_again(keep=False)
        elif isinstance(error, (WrongPassphrase, TooSoon)):
            self._trouble.say("That is not the passphrase", _SAFE)
            self.begin_again(keep=True)
        else:
            self._trouble.say("It could not be uncovered", str(error))
            self.begin_again(keep=True)

    def begin_again(self, *, keep: bool) -> None:
        """Ready for another try; what was typed stays to be mended, a PIN goes."""
        if not keep:
            self.field.clear()
        self._digits.setVisible(self._lifting.takes_pin)
        if not self._lifting.takes_pin:
            self.field.set_label("Passphrase")
        self.field.set_judgement(Judgement(Standing.BAD))
        self._show_state()
        self.field.setFocus()
        self.field.editor().selectAll()

    def _strike(self, what: str) -> None:
        text = self.field.text()
        self.field.set_text(text[:-1] if what == ERASE else text + what)
        self.field.setFocus()

    def _tick(self, _now: object) -> None:
        if self._wait.seconds():
            self._show_state()

    def _show_state(self) -> None:
        busy = self._lifting.busy
        self.field.setEnabled(not busy)
        left = self._lifting.seconds_to_wait()
        self._wait.show_left(left)
        words, why = "Uncover", ""
        if busy:
            words, why = "Checking…", "It takes a moment"
        elif not self.field.text():
            why = "Type it first"
        elif left and not self._lifting.is_pin(self.field.text()):
            why = f"After wrong passphrases, in {self._wait.words()}"
        self._primary.set_words(words)
        if why:
            self._primary.close_because(why)
        else:
            self._primary.reopen()
