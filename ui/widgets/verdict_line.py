"""One line that says how something stands: a sign, a tone and words."""

from ui import tokens
from ui.language.saying import say_name
from ui.tokens import Tone
from ui.widgets.boxes import Row
from ui.widgets.mark import Mark
from ui.widgets.words import Words

_SIGNS: dict[Tone, str] = {"ok": "check", "warn": "triangle-alert", "danger": "octagon-alert"}


class VerdictLine(Row):
    """Small words with a sign before them; out of sight while there is nothing to say."""

    def __init__(self) -> None:
        super().__init__(gap=tokens.S2)
        self._mark = Mark("", size=tokens.ICON_SMALL)
        self._words = Words(size="small", tone="muted")
        self.add_level(self._mark)
        self.add(self._words, stretch=1)
        self.say("muted", "")

    def say(self, tone: Tone, words: str) -> None:
        """Say it in a tone; empty words say nothing."""
        self._mark.set_sign(_SIGNS.get(tone, "info"), colour=tone)
        self._words.setText(words)
        self._words.set_tone("muted" if tone == "ok" else tone)
        say_name(self, words)
        self.setVisible(bool(words))

    def words(self) -> str:
        """What it says."""
        return self._words.text()
