"""What the check of the signature found, in one sentence first and in full where it is asked."""

from datetime import datetime
from typing import TYPE_CHECKING

from ketachart.domain.wording import day_and_clock
from ui import tokens
from ui.actions import key_of
from ui.language.saying import describe
from ui.tokens import Tone
from ui.widgets.boxes import Column, Row
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.mark import Mark
from ui.widgets.notice import SIGNS, Notice
from ui.widgets.words import Words

if TYPE_CHECKING:
    from ketachart.charting.checked import Signer, Verdict

_AFTER = "Its pages can be read once that is done."
CLOCK = "The time is the signer's laptop's; nothing outside it proves it."


class SignatureStrip(Notice):
    """Good, doubtful or not good: a sign, words and a colour; the page stays readable."""

    def __init__(self) -> None:
        super().__init__("The signature", tone="muted", inset=(tokens.S3, tokens.S2))
        self._sign = Mark("shield-check", size=tokens.ICON_LARGE)
        self._first = Words(weight=tokens.SEMIBOLD)
        self._second = Words(size="small", tone="muted")
        self._all = Words(size="small")
        self.details = Button("Details", key=key_of("details"), kind=Kind.QUIET)
        self.details.set_compact()
        self.details.setCheckable(True)
        self.details.toggled.connect(self._all.setVisible)
        words = Column(gap=0)
        for part in (self._first, self._second):
            words.add(part)
        row = Row(gap=tokens.S3)
        row.add_level(self._sign)
        row.add(words, stretch=1)
        row.add_level(self.details)
        self.add(row)
        self.add(self._all)
        self._all.hide()

    def say_checking(self) -> None:
        """The file is being checked."""
        self._tell("muted", "history", "The signature is being checked…", _AFTER)
        self._fold("")

    def say_unread(self, sentence: str) -> None:
        """The report could not be opened."""
        self._tell("danger", SIGNS["danger"], "This report could not be opened", sentence)
        self._fold("")

    def show_verdict(self, verdict: "Verdict", *, countersigned: str = "") -> None:
        """The sentence; ``countersigned`` says by whom and when it was reviewed, where it was."""
        second = countersigned or _numbers(verdict)
        if verdict.good:
            tone: Tone = "ok" if verdict.trusted else "warn"
            sign = "shield-check" if verdict.trusted else SIGNS["warn"]
            told = (second, CLOCK) if verdict.trusted else (verdict.sentence,)
            beside = "  ".join(part for part in told if part)
            self._tell(tone, sign, _signed(verdict.signers[:1]), beside)
        else:
            faults = [
                fault.sentence for fault in verdict.faults if fault.sentence not in verdict.sentence
            ]
            self._tell("danger", SIGNS["danger"], verdict.sentence, " ".join(faults))
        self._fold("\n".join(_lines(verdict)))

    def said(self) -> str:
        """The sentence as it stands."""
        return self._first.text()

    def turn_details(self) -> None:
        """Everything that was checked, or only the sentence."""
        if not self.details.isHidden():
            self.details.setChecked(not self.details.isChecked())

    def _tell(self, tone: Tone, sign: str, first: str, second: str) -> None:
        self.set_tone(tone)
        self._sign.set_sign(sign, colour=tone)
        self._first.setText(first)
        self._first.set_tone("text" if tone == "muted" else tone)
        self._second.setText(second)
        self._second.setVisible(bool(second))
        describe(self, ". ".join(part for part in (first, second) if part))

    def _fold(self, details: str) -> None:
        self._all.setText(details)
        self.details.setChecked(False)
        self._all.hide()
        self.details.setVisible(bool(details))


def _signed(signers: "tuple[Signer, ...]") -> str:
    who = " and ".join(f"{one.name}, {one.credential}" for one in signers)
    at = _at(signers[0].signed_at if signers else None)
    return f"Signed by {who}{at}, and nothing has changed since."


def _at(moment: datetime | None) -> str:
    return f" on {day_and_clock(moment)}" if moment is not None else ""


def _numbers(verdict: "Verdict") -> str:
    """Whether what is printed is what the attached data says, in one short sentence."""
    numbers = verdict.numbers
    if numbers is None:
        return ""
    if numbers.agree == numbers.printed:
        return f"All {numbers.printed} numbers on its pages match the attached data."
    return f"{numbers.agree} of {numbers.printed} numbers match the attached data."


def _lines(verdict: "Verdict") -> list[str]:
    lines = [verdict.sentence, *(fault.sentence for fault in verdict.faults)]
    for one in verdict.signers:
        lines.append(f"{one.role}: {one.title}, staff number {one.staff_id}{_at(one.signed_at)}.")
        lines.append(f"Certificate (SHA-256): {_grouped(one.fingerprint)}")
    return [*dict.fromkeys(lines), *verdict.details]


def _grouped(fingerprint: str) -> str:
    """In groups of four, to be compared by telephone."""
    plain = fingerprint.replace(":", "").upper()
    return " ".join(plain[at : at + 4] for at in range(0, len(plain), 4))
