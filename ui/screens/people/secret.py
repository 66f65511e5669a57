"""A new passphrase, typed twice: what is wrong with it while it is typed, or one by chance."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Signal

from ketachart.errors import Refused
from ui import tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.widgets.boxes import Column
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.field import UNJUDGED, Judgement, Standing
from ui.widgets.text_field import TextField
from ui.widgets.ways import Ways
from ui.widgets.words import Words

_ON_PAPER: Final = "Write it on paper only until you know it by heart."


class NewSecret(Column):
    """Two fields and their guidance; ``about`` says what everybody knows of the person."""

    changed = Signal()

    def __init__(self, desk: Desk, label: str, *, about: Callable[[], tuple[str, ...]]) -> None:
        super().__init__(gap=tokens.S2)
        self._desk, self._about = desk, about
        self.first = TextField(
            label, label=label, placeholder="a few unrelated words", judge=self._judge
        )
        self.again = TextField("The same once more", label="Once more", judge=self._judge_again)
        self._chance = Words(size="small", tone="muted")
        self.suggest = Button(
            "Suggest five words", sign="rotate-ccw", key=key_of("suggest"), kind=Kind.QUIET
        )
        self.reveal = Button(
            "Show what you type", sign="eye", key=key_of("reveal"), kind=Kind.QUIET
        )
        self.reveal.setCheckable(True)
        ways = Ways(self.suggest, self.reveal)
        for field in (self.first, self.again):
            field.hide_letters()
            field.keep_lines(1)
        for part in (self.first, self.again, ways, self._chance):
            self.add(part)
        self._guide()
        self.first.typed.connect(lambda _text: self._compare())
        self.again.typed.connect(lambda _text: self.changed.emit())
        self.suggest.clicked.connect(self.put_suggestion)
        self.reveal.toggled.connect(self._show_letters)

    def _guide(self) -> None:
        from ketachart.charting.passphrases import GUIDANCE

        self._chance.setText(GUIDANCE)

    def put_suggestion(self) -> None:
        """Five words by chance, shown so that they can be learnt; they are typed once more."""
        from ketachart.charting.passphrases import how_long, suggested

        self.reveal.setChecked(True)
        self.first.set_text(suggested())
        self.again.clear()
        took_ms = self._desk.keeping.people.guess_ms() if self._desk.is_unlocked else 0
        self._chance.setText(f"{how_long(took_ms)} {_ON_PAPER}")
        self.again.setFocus()

    def missing(self) -> str:
        """What is still to be typed, for the button; empty where it will do."""
        if not self.first.text():
            return "Type the new passphrase"
        if self._fault(self.first.text()):
            return "Not that passphrase"
        return "" if self.first.text() == self.again.text() else "Type it once more"

    def secret(self) -> str:
        """The new passphrase, typed twice the same.

        Raises:
            Refused: it will not do, or the two differ.
        """
        fault = self._fault(self.first.text())
        if fault:
            raise Refused(fault, rule="passphrase", field="passphrase")
        if self.first.text() != self.again.text():
            raise Refused(
                "The two are not the same. Type the second one again.",
                rule="passphrases differ",
                field="again",
            )
        return self.first.text()

    def forget(self) -> None:
        """Nothing of it is kept here."""
        self.first.clear()
        self.again.clear()
        self.reveal.setChecked(False)
        self._guide()

    def _fault(self, text: str) -> str:
        from ketachart.charting.passphrases import passphrase_fault

        return passphrase_fault(text, about=self._about()) or ""

    def _judge(self, text: object) -> Judgement:
        if not text:
            return UNJUDGED
        fault = self._fault(str(text))
        if fault:
            return Judgement(Standing.WARN, fault, short="not yet")
        said = f"Long enough: {len(str(text))} characters. Longer is stronger."
        return Judgement(Standing.OK, said, short="long enough")

    def _judge_again(self, text: object) -> Judgement:
        if not text:
            return UNJUDGED
        if text == self.first.text():
            return Judgement(Standing.OK, "The same.", short="the same")
        return Judgement(Standing.WARN, "Not the same yet.", short="not the same")

    def _compare(self) -> None:
        self.again.set_judgement(self._judge_again(self.again.text()))
        self.changed.emit()

    def _show_letters(self, shown: bool) -> None:  # noqa: FBT001 - Qt's own signal
        for field in (self.first, self.again):
            if shown:
                field.show_letters()
            else:
                field.hide_letters()
