"""The three verdicts, each with its sign and its letter; a letter takes it and goes on."""

from typing import Final

from ketachart.domain.facts.post import Verdict
from ui.widgets.choices import Choice, Choices

WORDS: Final[dict[Verdict, str]] = {
    "reviewed": "Reviewed, correct",
    "question": "Reviewed, with questions",
    "has errors": "Has errors, needs an addendum",
}
_KEYS: Final[dict[Verdict, str]] = {"reviewed": "R", "question": "W", "has errors": "E"}
_SIGNS: Final[dict[Verdict, str]] = {
    "reviewed": "circle-check",
    "question": "pencil",
    "has errors": "triangle-alert",
}


class VerdictChoice(Choices):
    """After a letter the keyboard is where something is missing: the next letters are no verdict.

    Otherwise a passphrase typed right after it would take and give back verdicts.
    """

    def __init__(self) -> None:
        choices = tuple(Choice(name, words, key=_KEYS[name]) for name, words in WORDS.items())
        super().__init__("Verdict", choices, columns=1)
        for option, sign in zip(self._options, _SIGNS.values(), strict=True):
            option.set_sign(sign)

    def _take_by_key(self, text: str) -> bool:
        taken = super()._take_by_key(text)
        if taken:
            self.committed.emit()
        return taken
