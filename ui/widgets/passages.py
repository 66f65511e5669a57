"""Reference texts in small print: a heading, the text, and where it comes from."""

from collections.abc import Sequence
from typing import NamedTuple

from ui import tokens
from ui.language.saying import say_name
from ui.widgets.boxes import Column
from ui.widgets.words import Words


class Text(NamedTuple):
    """One reference text with its source in short."""

    title: str
    text: str
    source: str


class Passages(Column):
    """Read, never computed with; takes no room where there is nothing to read."""

    def __init__(self, name: str) -> None:
        super().__init__(gap=tokens.S2)
        say_name(self, name)
        self._shown: tuple[Text, ...] = ()
        self.hide()

    def show_texts(self, texts: Sequence[Text]) -> None:
        """These texts in place of those before."""
        if tuple(texts) == self._shown:
            return
        self._shown = tuple(texts)
        self.empty()
        for one in texts:
            block = Column(gap=0)
            block.add(Words(one.title, size="small", weight=tokens.MEDIUM))
            block.add(Words(one.text, size="small", tone="muted"))
            block.add(Words(one.source, size="small", tone="muted"))
            self.add(block)
        self.setVisible(bool(texts))
