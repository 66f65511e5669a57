"""One setting: what it is called, its choices or its way on, and one line that explains it."""

from PySide6.QtCore import Signal

from ui import tokens
from ui.language.saying import describe
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading
from ui.widgets.choices import Choice, Choices
from ui.widgets.words import Words


class Setting(Card):
    """One of several; one of them always holds."""

    chosen = Signal(str)

    def __init__(self, title: str, choices: tuple[tuple[str, str], ...], *, columns: int) -> None:
        super().__init__(title, gap=tokens.S3)
        self.heading = Heading(title)
        self.choices = Choices(
            title,
            tuple(Choice(value, words, key=str(n)) for n, (value, words) in enumerate(choices, 1)),
            columns=columns,
        )
        self.choices.wrap_words()
        self.line = Words(size="small", tone="muted")
        for part in (self.heading, self.choices, self.line):
            self.add(part)
        self._now = ""
        self.choices.changed.connect(self._take)

    def show_now(self, now: str, line: str) -> None:
        """What holds, and the line that says what it does."""
        self._now = now
        self.choices.choose(now)
        self.line.setText(line)
        describe(self, line)

    def _take(self, chosen: tuple[str, ...]) -> None:
        if not chosen:
            self.choices.choose(self._now)  # taken once more: it holds as before
        elif chosen[0] != self._now:
            self._now = chosen[0]
            self.chosen.emit(chosen[0])


class WayOn(Card):
    """What is set at another place, and the button that leads there; or only what is so."""

    def __init__(
        self, title: str, line: str, *, way: str = "", key: str = "", sign: str = ""
    ) -> None:
        super().__init__(title, gap=tokens.S3)
        self.add(Heading(title))
        self.line = Words(line, size="small", tone="muted")
        self.button = Button(way, sign=sign, key=key, kind=Kind.PLAIN) if way else None
        if self.button is not None:
            self.add(self.button)
        self.add(self.line)
