"""The page of first start where a passphrase is chosen, and typed twice."""

from ketachart.errors import Refused
from ui.actions import key_of
from ui.forms.founding import GuidePage
from ui.widgets.boxes import Row
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.field import UNJUDGED, Judgement, Standing
from ui.widgets.text_field import TextField


class PassphrasePage(GuidePage):
    """The passphrase, twice."""

    def __init__(self) -> None:
        super().__init__(
            "Choose a passphrase",
            "It opens the charts and your signature. Nobody can read it or reset it. Once it is "
            "forgotten, only the clinic’s recovery key opens them: the next page makes one.",
        )
        self._first = TextField(
            "Passphrase",
            label="Passphrase",
            placeholder="a few unrelated words",
            judge=_judge_passphrase,
        )
        self._again = TextField("Passphrase again", label="Again", judge=self._judge_again)
        self._first.typed.connect(lambda _text: self._compare())
        self._reveal = Button(
            "Show what you type", sign="eye", key=key_of("reveal"), kind=Kind.QUIET
        )
        self._reveal.setCheckable(True)
        self._reveal.toggled.connect(self._show_letters)
        for field in (self._first, self._again):
            field.hide_letters()
            field.keep_lines(1)
            self.add(field)
        under = Row()
        under.add(self._reveal)
        under.add_room()
        self.add(under)
        self.take_fields({"passphrase": self._first, "again": self._again})

    def toggle_letters(self) -> None:
        """What the key for it does."""
        self._reveal.toggle()

    def passphrase(self) -> str:
        """The passphrase, typed twice the same.

        Raises:
            Refused: it will not do, or the two differ.
        """
        fault = _fault(self._first.text())
        if fault:
            raise Refused(fault, rule="passphrase", field="passphrase")
        if self._again.text() != self._first.text():
            raise Refused(
                "The two are not the same. Type the second one again.",
                rule="passphrases differ",
                field="again",
            )
        return self._first.text()

    def forget(self) -> None:
        """The ledger is made: nothing of it is kept here."""
        self._first.clear()
        self._again.clear()

    def _show_letters(self, shown: bool) -> None:  # noqa: FBT001 - Qt's own signal
        for field in (self._first, self._again):
            if shown:
                field.show_letters()
            else:
                field.hide_letters()

    def _compare(self) -> None:
        self._again.set_judgement(self._judge_again(self._again.text()))

    def _judge_again(self, text: object) -> Judgement:
        if not text:
            return UNJUDGED
        if text == self._first.text():
            return Judgement(Standing.OK, "The same.", short="the same")
        return Judgement(Standing.WARN, "Not the same yet.", short="not the same")


def _fault(text: str) -> str:
    from ketachart import charting

    return charting.passphrase_fault(text) or ""


def _judge_passphrase(text: object) -> Judgement:
    if not text:
        return UNJUDGED
    fault = _fault(str(text))
    if fault:
        return Judgement(Standing.WARN, fault, short="not yet")
    return Judgement(Standing.OK, "Long enough.", short="long enough")
