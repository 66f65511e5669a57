"""The acts of the post: a package is made with one's passphrase, and packages are taken in."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from ketachart.charting.post_shapes import Outbox, Packed
from ui import theme, tokens
from ui.actions import key_of
from ui.laptop import breakable
from ui.theme import Look
from ui.widgets.boxes import Column, Rule
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading
from ui.widgets.column_width import keep_width
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.text_field import TextField
from ui.widgets.trouble import Trouble
from ui.widgets.words import Words

_HOLDS = (
    "It holds everything listed here that {name} has not yet said it has, signed by you and "
    "closed so that nobody else can open it. Nothing leaves this laptop by itself: carry or mail "
    "the file."
)
_PACKED = (
    "Packed, not yet received: that is known once a package with the receipt was taken in here."
)
_DROP = "Or drop files or a folder anywhere here. Taken in twice, nothing is here twice."


class PostSide(Card):
    """What was typed stays until the package is on the disk; ``made`` asks for one."""

    made = Signal(str)  # the passphrase
    save_wanted = Signal()

    def __init__(self) -> None:
        self._fills = False
        super().__init__("Packages", inset=tokens.S3)
        self._box: Outbox | None = None
        self._busy = ""
        self._unsaved = False
        self.heading = Heading("Make a package")
        self._means = Words(size="small", tone="muted")
        self.passphrase = TextField("Your passphrase, again", label="Your passphrase, again")
        self.passphrase.hide_letters()
        self.passphrase.commit_on_enter()
        self.result = Trouble("What came of it")
        self.primary = PrimaryButton("Make the package", key=key_of("primary"))
        self.take = Button("Take in a package", sign="folder", key=key_of("take-in"))
        self.come = Trouble("What is to be done")
        self.certificates = Button(
            "Certificates", sign="key-round", key=key_of("certificates"), kind=Kind.PLAIN
        )
        self.stop = Button("Stop reading", words="Stop", kind=Kind.QUIET)
        self._step = Words(size="label", tone="muted")
        self._lay_out()
        self._connect()
        self.show_step("")

    def _lay_out(self) -> None:
        above: tuple[QWidget, ...] = (
            Heading("Take in"), Words(_DROP, size="small", tone="muted"), self._step,
            self.stop, self.take, self.come, self.certificates,
        )  # fmt: skip
        below: tuple[QWidget, ...] = (
            self.heading, self._means, self.passphrase, self.result, self.primary,
        )  # fmt: skip
        taking, making = Column(gap=tokens.S3), Column(gap=tokens.S3)
        for column, parts in ((taking, above), (making, below)):
            for part in parts:
                column.add(part)
        self.add(taking)
        self.add_room()
        self.add(Rule())
        self.add(making)

    def _connect(self) -> None:
        self.passphrase.typed.connect(lambda _text: self.renew())
        self.passphrase.committed.connect(self.primary.press)
        self.primary.clicked.connect(self._press)
        self.primary.refused.connect(lambda _why: self.begin())

    # ------------------------------------------------ layout

    def take_width(self, *, all_of_it: bool) -> None:
        """Beside the lists with the package at its foot; or above them, and the package first."""
        self._fills = all_of_it
        up, down = QBoxLayout.Direction.BottomToTop, QBoxLayout.Direction.TopToBottom
        self._line.setDirection(up if all_of_it else down)
        self.dress(theme.look())

    def dress(self, look: Look) -> None:
        """The width of a column."""
        super().dress(look)
        keep_width(self, look.px(tokens.ACTION_WIDTH), fills=self._fills)

    # ------------------------------------------------ how it stands

    def show_outbox(self, box: Outbox | None) -> None:
        """What would be packed now; None where nobody is on file."""
        self._box = box
        name = box.correspondent.name if box is not None else ""
        self._means.setText(_HOLDS.format(name=name))
        self._means.setVisible(box is not None and bool(box.lines))
        self.renew()

    def renew(self) -> None:
        """Whether a package can be made now, and what is missing."""
        why = self._why_not()
        self.passphrase.setVisible(not self._unsaved and not self._nothing())
        if self._busy:
            self.primary.set_words(f"{self._busy}…")
            self.primary.close_because("This takes a moment")
            return
        self.primary.set_words("Save the package" if self._unsaved else "Make the package")
        if why:
            self.primary.close_because(why)
        else:
            self.primary.reopen()

    def _nothing(self) -> str:
        box = self._box
        if box is None:
            return "Nobody to send to yet"
        return box.refusal or ("" if box.lines else "Nothing waits")

    def _why_not(self) -> str:
        if self._unsaved:
            return ""
        return self._nothing() or ("" if self.passphrase.text() else "Type your passphrase")

    def begin(self) -> None:
        """To the passphrase, where a package can be made; else to what comes in."""
        if self._unsaved and not self._busy:
            self.primary.setFocus()
        elif self.passphrase.isHidden():
            self.take.setFocus()
        else:
            self.passphrase.setFocus()

    def _press(self) -> None:
        self.result.settle()
        if self._unsaved:
            self.save_wanted.emit()
        else:
            self.made.emit(self.passphrase.text())

    # ------------------------------------------------ what came of it

    def say_busy(self, words: str) -> None:
        """A worker makes the package."""
        self._busy = words
        self.renew()

    def say_failed(self, why: str) -> None:
        """Nothing was made; what was typed stays."""
        self._busy = ""
        self.renew()
        self.result.say("No package was made", why)
        self.begin()

    def say_unsaved(self, why: str) -> None:
        """It is made, and not on the disk: the same button asks again where."""
        self._busy, self._unsaved = "", True
        self.renew()
        self.result.say("The package is not saved yet", why, tone="warn")
        self.begin()

    def say_saved(self, packed: Packed, path: Path) -> None:
        """It is on the disk: packed, and no word of “sent”."""
        del packed
        self._busy, self._unsaved = "", False
        self.passphrase.clear()
        self.result.say("Packed", f"{breakable(path)}\n{_PACKED}", tone="ok")
        self.renew()

    def show_to_do(self, happened: str, detail: str) -> None:
        """What a package brought that a person has to act on; nothing where none did."""
        self.certificates.setVisible(bool(happened))
        if happened:
            self.come.say(happened, detail, tone="warn")
        else:
            self.come.settle()

    def show_step(self, words: str) -> None:
        """What is being read; nothing where nothing is."""
        self._step.setText(words)
        self._step.setVisible(bool(words))
        self.stop.setVisible(bool(words))
        self.take.setVisible(not words)
