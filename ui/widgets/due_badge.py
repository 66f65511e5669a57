"""How long until the next vitals, or how long they are overdue; silent, still, and plain to see."""

from datetime import timedelta
from enum import Enum
from typing import Final

from PySide6.QtWidgets import QWidget

from ui import tokens
from ui.announcing import announce
from ui.language.saying import describe
from ui.theme import Look
from ui.tokens import Tone
from ui.widgets.bar import Bar
from ui.widgets.boxes import Row
from ui.widgets.flow import Ends
from ui.widgets.mark import Mark
from ui.widgets.notice import Notice
from ui.widgets.words import Words

SOON: Final = timedelta(seconds=120)  # look.md REQ-UI-17


class Due(Enum):
    """Where a due time stands."""

    NONE = "none"
    OK = "ok"
    SOON = "soon"
    OVERDUE = "overdue"


_TONES: Final[dict[Due, Tone]] = {
    Due.NONE: "muted",
    Due.OK: "muted",
    Due.SOON: "warn",
    Due.OVERDUE: "danger",
}
_SIGNS: Final = {
    Due.NONE: "clock",
    Due.OK: "clock",
    Due.SOON: "clock-alert",
    Due.OVERDUE: "triangle-alert",
}


def due_of(left: timedelta) -> Due:
    """Overdue once no time is left, soon in the last two minutes."""
    if left <= timedelta():
        return Due.OVERDUE
    return Due.SOON if left <= SOON else Due.OK


def counted(left: timedelta) -> str:
    """``6:12``, ``1:02:03``, and ``+1:35`` once it is past."""
    past = left <= timedelta()
    # rounded up before and down after: 0:00 is never said to be left
    seconds = -left // timedelta(seconds=1) if past else -(-left // timedelta(seconds=1))
    hours, rest = divmod(seconds, 3600)
    minutes, second = divmod(rest, 60)
    text = f"{hours}:{minutes:02}:{second:02}" if hours else f"{minutes}:{second:02}"
    return f"+{text}" if past else text


class DueBadge(Notice):
    """Told the time left, it says it in words, sign, outline and ground at once; it never blinks.

    ``what`` is what is due, as it is read in *Next … due in*: ``vitals``.
    """

    def __init__(self, name: str, *, what: str) -> None:
        self._ends = Ends()
        super().__init__(name, tone="muted", inset=(tokens.S3, tokens.S2))
        self._what = what
        self._due = Due.NONE
        self._sign = Mark(_SIGNS[Due.NONE])
        self._words = Words(size="label", tone="muted", weight=tokens.MEDIUM)
        self._count = Words(size="value", weight=tokens.SEMIBOLD, wraps=False)
        self._bar = Bar()
        left = Row(gap=tokens.S2)
        left.add_level(self._sign)
        left.add(self._words, stretch=1)
        line = QWidget()
        line.setLayout(self._ends)
        self._ends.add(left)
        self._ends.add(self._count)
        self.add(line)
        self.add(self._bar)
        self._bar.hide()
        self.show_nothing(f"No {what} due")

    def due(self) -> Due:
        """Where it stands now."""
        return self._due

    def show_left(self, left: timedelta, *, of: timedelta) -> None:
        """Show the time left of an interval ``of``; negative once it is past."""
        due = due_of(left)
        word = {
            Due.SOON: f"{self._what.capitalize()} due soon",
            Due.OVERDUE: f"{self._what.capitalize()} overdue by",
        }.get(due, f"Next {self._what} due in")
        part = 0.0 if due is Due.OVERDUE or of <= timedelta() else 1 - left / of
        self._show(due, word, counted(left))
        self._bar.show_part(part, colour="warn_line" if due is Due.SOON else "accent")

    def show_nothing(self, sentence: str) -> None:
        """Show that nothing is due, and why."""
        self._show(Due.NONE, sentence, "")
        self._bar.show_part(0.0)

    def dress(self, look: Look) -> None:
        """Scale the gaps."""
        super().dress(look)
        self._ends.set_gaps(look.px(tokens.S2), 0)

    def _show(self, due: Due, words: str, count: str) -> None:
        tone = _TONES[due]
        self._words.setText(words)
        self._words.set_tone(tone)
        self._count.setText(count)
        self._count.setVisible(bool(count))
        self._count.set_tone("text" if tone == "muted" else tone)
        describe(self, f"{words} {count}".strip())
        if due is self._due:
            return
        self._due = due
        self._bar.setVisible(due is not Due.NONE)
        self._sign.set_sign(_SIGNS[due], colour=tone)
        if due is Due.OVERDUE:
            self.set_blocking(tone)
        else:
            self.set_tone(tone)
        if due in {Due.SOON, Due.OVERDUE}:
            # the only voice it has: a screen reader's, at the change and not every second
            announce(self, f"{words} {count}")
