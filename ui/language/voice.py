"""Says an English text of the window in another language, as much of it as the catalogue holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ui.language.catalogue import Catalogue
from ui.language.plain import is_plain
from ui.language.sentence import Said, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ui.language import Language

_MOST = 16_384  # texts that are remembered
_STAND_IN: Final = 0xE000  # signs that no text has: each stands for words that somebody typed


class Voice:
    """One language; remembers what it said."""

    def __init__(self, code: Language, catalogue: Catalogue | None = None) -> None:
        self.code: Language = code
        self._catalogue = catalogue or Catalogue.installed(code)
        self._said: dict[str, Said] = {}
        self._labels: dict[str, Said] = {}
        self._typed: frozenset[str] = frozenset()
        self._typed_phrases: tuple[str, ...] = ()  # the longest first
        self._missed: dict[str, None] = {}

    def shown(self, text: str) -> str:
        """The text; what was typed stands as it was typed."""
        return self._remembered(text, self._said, self._typed)

    def labelled(self, text: str) -> str:
        """The text, which nobody typed."""
        return self._remembered(text, self._labels, frozenset())

    def heed(self, typed: frozenset[str]) -> None:
        """What is typed from now on stays; only what holds something new is said anew."""
        fresh = [text for text in typed - self._typed if len(text) > 1]
        gone = self._typed - typed
        self._typed = typed
        exact = self._catalogue.exact
        phrases = (t for t in typed if " " in t and not is_plain(t) and exact(t) is None)
        self._typed_phrases = tuple(sorted(phrases, key=len, reverse=True))
        if gone:
            self._said.clear()
        elif fresh:
            for text in [text for text in self._said if any(new in text for new in fresh)]:
                del self._said[text]

    def missed(self) -> tuple[str, ...]:
        """What was not wholly said."""
        return tuple(self._missed)

    def _remembered(self, text: str, kept: dict[str, Said], typed: frozenset[str]) -> str:
        found = kept.get(text)
        if found is None:
            found = self._said_anew(text, typed)
            if len(kept) >= _MOST:
                kept.clear()
            kept[text] = found
            if found[1]:
                self._missed[text] = None
        return found[0]

    def _said_anew(self, text: str, typed: frozenset[str]) -> Said:
        """The text, with what somebody typed in its midst kept out of it meanwhile."""
        if text in typed:
            return text, 0
        spans = merged_spans(text, self._typed_phrases) if typed else []
        stand_in = {chr(_STAND_IN + n): text[slice(*span)] for n, span in enumerate(spans)}
        for mark, (start, end) in reversed(list(zip(stand_in, spans, strict=True))):
            text = text[:start] + mark + text[end:]
        said, left = Sentence(self._catalogue, typed).say(text)
        for mark, words in stand_in.items():
            said = said.replace(mark, words)
        return said, left


def merged_spans(text: str, phrases: Iterable[str]) -> list[tuple[int, int]]:
    """Where these stand in a text, each first time; those that overlap as one."""
    found = sorted(
        (text.index(each), text.index(each) + len(each)) for each in phrases if each in text
    )
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
