"""The catalogue of one language as it is used: whole sentences, and sentences with places."""

import gettext
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from ketachart import resources

PLACE: Final = re.compile(r"\{(\w*)\}")
WORD: Final = re.compile(r"[^\W\d_]{2,}")
# A word of a template counts for the index only where no place can add to it.
_WHOLE: Final = re.compile(r"(?<![\w}])[^\W\d_]{2,}(?![\w}])")

_JOINING: Final = " ,;·"


class _Catalogue(gettext.GNUTranslations):
    """The standard library's reader, which can also say all it holds."""

    _catalog: dict[str | tuple[str, int], str]

    def all(self) -> dict[str, str]:
        return {key: text for key, text in self._catalog.items() if isinstance(key, str) and key}


# Places that hold an amount or a time, by their names; a sentence with another word there is
# another sentence: “over 120 min” and “over the limit”.
_AMOUNTS: Final = frozenset(
    {"with_unit", "amount", "decimal_text", "number", "minutes"}
    | {"hours", "days", "length", "hours_and_minutes", "signed", "file_size"}
)
_CLOCKS: Final = frozenset({"clock", "clock_with_seconds", "twelve_hour"})
_DAYS: Final = frozenset({"day", "short_day", "long_day", "day_and_clock"})


# “34.2 mg over 120 min” is how long, “over 160 mmHg” how much: two words in the other language.
_LASTS: Final = re.compile(r"(?<!is )\bover \{with_unit\d*\}\Z")


def _group(name: str, *, lasts: bool) -> str:
    """What may stand in a place; ``lasts`` where it must be a length of time."""
    base = name.rstrip("0123456789")
    if lasts:
        return r"(\d[\d.]* (?:min|h|s)(?: \d+ min)?)"
    if base in _CLOCKS:
        return r"(—|\d{1,2}:\d\d.*?)"
    if base in _AMOUNTS:
        return r"(—|[−+~]?\d.*?)"
    return r"(—|(?:[A-Z][a-z]+ )?\d.*?)" if base in _DAYS else "(.*?)"


@dataclass(frozen=True)
class Template:
    """A sentence with places: “{minutes} min late”, and the same in the other language."""

    english: str
    other: str

    @cached_property
    def literal(self) -> int:
        """How many letters of it are no place: the more, the surer is a match."""
        return len(PLACE.sub("", self.english))

    @cached_property
    def places(self) -> tuple[tuple[str, bool], ...]:
        """The places in their order: the name, and whether the sentence puts it in quotes."""
        return tuple(
            (found[1], self.english[: found.start()].endswith("“"))
            for found in PLACE.finditer(self.english)
        )

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What a text of this sentence looks like."""
        parts = PLACE.split(self.english)
        lasts = _LASTS.search(self.english) is not None
        made = [
            re.escape(part) if n % 2 == 0 else _group(part, lasts=lasts and n == len(parts) - 2)
            for n, part in enumerate(parts)
        ]
        return re.compile("".join(made), re.DOTALL)

    def filled(self, values: list[str]) -> str:
        """The other language's sentence with these in its places."""
        by_name: dict[str, list[str]] = {}
        for (name, _), value in zip(self.places, values, strict=True):
            by_name.setdefault(name, []).append(value)

        def put(found: re.Match[str]) -> str:
            kept = by_name[found[1]]
            return kept.pop(0) if len(kept) > 1 else kept[0]

        return PLACE.sub(put, self.other)


def _also_bare(sentences: dict[str, str]) -> dict[str, str]:
    """The same, and pieces such as “, on paper” also without what joins them to others."""
    bare = {
        text.strip(_JOINING): other.strip(_JOINING)
        for text, other in sentences.items()
        if text[0] in _JOINING or text[-1] == " "
    }
    return {text: other for text, other in bare.items() if text} | sentences


class Catalogue:
    """What can be said in one language."""

    def __init__(self, sentences: dict[str, str]) -> None:
        self.sentences = _also_bare({text: other for text, other in sentences.items() if other})
        self._templates: dict[str, list[Template]] = {}
        self._index()

    @classmethod
    def installed(cls, code: str) -> "Catalogue":
        """The one that ships with the program.

        Raises:
            FileNotFoundError: there is none in this language.
        """
        path = resources.path("locale", code, "LC_MESSAGES", "ketachart.mo")
        with path.open("rb") as file:
            return cls(_Catalogue(file).all())

    def _index(self) -> None:
        """Each template under the rarest of its words, so that few have to be tried on a text."""
        templates = [
            Template(text, other) for text, other in self.sentences.items() if PLACE.search(text)
        ]
        words = {each: set(_WHOLE.findall(PLACE.sub("}", each.english))) for each in templates}
        how_many = Counter(word for found in words.values() for word in found)
        for each, found in words.items():
            rarest = min(found, key=lambda word: (how_many[word], -len(word), word), default="")
            self._templates.setdefault(rarest, []).append(each)
        for entries in self._templates.values():
            entries.sort(key=lambda each: -each.literal)

    def templates_for(self, text: str) -> list[Template]:
        """The templates that could make this text, those with most letters of their own first."""
        found = list(self._templates.get("", ()))
        for word in dict.fromkeys(WORD.findall(text)):
            found.extend(self._templates.get(word, ()))
        return sorted(found, key=lambda each: -each.literal)
