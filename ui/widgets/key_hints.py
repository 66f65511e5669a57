"""Which keys do what in a list, printed where they act."""

from PySide6.QtWidgets import QWidget

from ui import theme, tokens
from ui.language.saying import describe, say_name
from ui.theme import Dressed, Look
from ui.widgets.boxes import Row
from ui.widgets.flow import Flow
from ui.widgets.words import Words


class KeyHints(QWidget, Dressed):
    """A row of key caps with what each does."""

    def __init__(self, keys: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        say_name(self, "Keys")
        describe(self, ", ".join(f"{key} {does}" for key, does in keys))
        self._flow = Flow()
        self.setLayout(self._flow)
        for key, does in keys:
            pair = Row(gap=tokens.S2)
            cap = Words(key, size="small", tone="muted", wraps=False)
            cap.setProperty("keycap", "true")
            pair.add_level(cap)
            pair.add(Words(does, size="small", tone="muted"))
            self._flow.add(pair)
        self.dress(theme.look())

    def dress(self, look: Look) -> None:
        """Scale the gaps."""
        self._flow.set_gaps(look.px(tokens.S3), look.px(tokens.S1))
