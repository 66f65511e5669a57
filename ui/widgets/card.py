"""A panel with an outline, and the heading that stands at its top."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui import theme, tokens
from ui.language.saying import say_name
from ui.theme import Dressed, Look
from ui.widgets.flow import Ends, Flow
from ui.widgets.words import Words


class Card(QFrame, Dressed):
    """A panel; ``name`` is what a screen reader calls it.

    ``as_sheet`` gives it the accent outline of something that has taken the place of the usual;
    ``as_inset`` makes it a raised box inside another card.
    """

    def __init__(self, name: str, *, inset: int = tokens.S4, gap: int = tokens.S2) -> None:
        super().__init__()
        say_name(self, name)
        self.setProperty("panel", "card")
        self._inset, self._gap = inset, gap
        self._line = QVBoxLayout(self)
        self.dress(theme.look())

    def add(self, widget: QWidget, *, stretch: int = 0) -> None:
        """Put a widget at the bottom."""
        self._line.addWidget(widget, stretch)

    def put_first(self, widget: QWidget) -> None:
        """Put a widget at the top, wherever it was before."""
        self._line.insertWidget(0, widget)

    def add_room(self) -> None:
        """Let what follows go to the foot of the card."""
        self._line.addStretch(1)

    def as_sheet(self) -> None:
        """Mark it as a mode: an accent outline."""
        self._become("sheet")

    def as_inset(self) -> None:
        """Make it a raised box inside another card."""
        self._inset = tokens.S3
        self._become("inset")

    def set_inset(self, inset: int) -> None:
        """Another distance between its outline and what is in it; a token."""
        self._inset = inset
        self.dress(theme.look())

    def dress(self, look: Look) -> None:
        """Scale inset and gap."""
        large = look.scale >= tokens.LARGE_FROM  # the room is for the letters
        inset = look.px(min(self._inset, tokens.S2) if large else self._inset)
        self._line.setContentsMargins(inset, inset, inset, inset)
        self._line.setSpacing(look.px(self._gap))

    def _become(self, panel: str) -> None:
        self.setProperty("panel", panel)
        theme.restyle(self)
        self.dress(theme.look())


class Heading(QWidget, Dressed):
    """What a part of the screen is called, a few quiet words, and a thing at the right."""

    def __init__(self, title: str, *, aside: str = "") -> None:
        super().__init__()
        self._title = Words(title, size="h2", weight=tokens.SEMIBOLD)
        self._aside = Words(aside, size="small", tone="muted")
        words = QWidget()
        self._flow = Flow(baseline=True)
        words.setLayout(self._flow)
        self._flow.add(self._title)
        self._flow.add(self._aside)
        self._ends = Ends()
        self.setLayout(self._ends)
        self._ends.add(words)
        say_name(self, title)
        self.set_aside(aside)
        self.dress(theme.look())

    @property
    def title(self) -> str:
        """What the part is called."""
        return self._title.text()

    @property
    def aside(self) -> str:
        """The quiet words beside the title."""
        return self._aside.text()

    def set_right(self, widget: QWidget) -> None:
        """Put one thing at the right end."""
        self._ends.add(widget)

    def set_title(self, title: str) -> None:
        """Change the title."""
        self._title.setText(title)
        say_name(self, title)

    def set_aside(self, aside: str) -> None:
        """Change the quiet words beside the title."""
        self._aside.setText(aside)
        self._aside.setVisible(bool(aside))

    def dress(self, look: Look) -> None:
        """Scale the gaps."""
        self._flow.set_gaps(look.px(tokens.S2), 0)
        self._ends.set_gaps(look.px(tokens.S3), look.px(tokens.S1))


class Section(Words):
    """A small heading inside a list, in the accent."""

    def __init__(self, title: str) -> None:
        super().__init__(title, size="label", tone="accent_text", weight=tokens.SEMIBOLD)
