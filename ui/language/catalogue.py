"""The catalogue of one language as it is used: whole sentences, and sentences with places."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from struct import unpack_from
from typing import Final

from ketachart import resources

# Contexts: what stands behind a key, and how a date is put together.
KEY, DATE = "key\x04", "date\x04"
PLACE: Final = re.compile(r"\{(\w*)\}")
WORD: Final = re.compile(r"[^\W\d_]{2,}")
# A word of a template counts for the index only where no place can add to it.
_WHOLE: Final = re.compile(r"(?<![\w}])[^\W\d_]{2,}(?![\w}])")

_SENTENCE = 3  # words, from which a text with nothing before it is still surely the same sentence
_JOINING: Final = " ,;·"


_HEAD: Final = "<4s4I"  # of a .mo file: its mark, revision, how many texts, where both lists lie


def _read(data: bytes) -> dict[str, str]:
    """What a catalogue of gettext holds; the standard library's reader takes six times as long."""
    _mark, _revision, many, ours, others = unpack_from(_HEAD, data)
    english, spanish = (unpack_from(f"<{2 * many}I", data, list_at) for list_at in (ours, others))
    return {
        str(data[start : start + length], "utf-8"): str(data[begin : begin + long], "utf-8")
        for length, start, long, begin in zip(
            english[::2], english[1::2], spanish[::2], spanish[1::2], strict=True
        )
        if length
    }


# Places that hold an amount or a time, by their names; a sentence with another word there is
# another sentence: “over 120 min” and “over the limit”.
_AMOUNTS: Final = frozenset(
    {"with_unit", "amount", "decimal_text", "number", "minutes"}
    | {"hours", "days", "length", "hours_and_minutes", "signed", "file_size"}
)
_CLOCKS: Final = frozenset({"clock", "clock_with_seconds", "twelve_hour"})
_TIMES: Final = _CLOCKS | {"at", "now", "sets", "whole_time", "time", "due", "day_and_clock"}
_DAYS: Final = frozenset({"day", "short_day", "long_day", "day_and_clock"})


# “34.2 mg over 120 min” is how long, “over 160 mmHg” how much: two words in the other language.
_LASTS: Final = re.compile(r"(?<!is )\bover \{with_unit\d*\}\Z")


def _group(name: str, *, lasts: bool, behind_at: bool) -> str:
    """What may stand in a place; ``lasts`` where it must be a length of time.

    Args:
        behind_at: whether “at ” stands before it: a place, or a time, and each is another word.
    """
    base = name.rstrip("0123456789")
    if behind_at and base not in _TIMES:
        return r"(?!\d?\d:\d\d)(.*?)"
    if lasts:
        return r"(\d[\d.]* (?:min|h|s)(?: \d+ min)?)"
    if base == "version":
        return r"(\S+)"  # or “KetaChart {version}” would be every sentence that begins so
    if base == "full_name":
        return "(.*)"  # with what stands behind it: “Marco Rivera, husband”
    if base in _CLOCKS:
        return r"(—|\d{1,2}:\d\d.*?)"
    if base in _AMOUNTS:
        return r"(—|[−+~]?\d(?!\d?:\d\d).*?)"  # a time is none
    return r"(—|(?:[A-Z][a-z]+ )?\d.*?)" if base in _DAYS else "(.*?)"


# Words that join what is in the places and say nothing by themselves.
_SMALL: Final = frozenset(
    {"a", "an", "and", "are", "as", "at", "by", "for", "from", "in", "is", "it", "no", "not", "of"}
    | {"off", "on", "or", "over", "than", "that", "the", "this", "to", "under", "up", "was", "with"}
)


@dataclass(frozen=True)
class Template:
    """A sentence with places: “{minutes} min late”, and the same in the other language."""

    english: str
    other: str
    counts: bool = False  # it begins with how many: “{visits} visit”

    @cached_property
    def literal(self) -> int:
        """How many letters of it are no place: the more, the surer is a match."""
        return len(PLACE.sub("", self.english))

    @cached_property
    def is_weak(self) -> bool:
        """Whether its own words are small ones, “{} of {}”: it says a text wholly or not at all."""
        return _SMALL.issuperset(WORD.findall(PLACE.sub(" ", self.english).lower()))

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
        if self.counts:
            parts[1] = "number"
        last = len(parts) - 2
        made = [
            _group(part, lasts=lasts and n == last, behind_at=parts[n - 1].endswith("at "))
            if n % 2
            else re.escape(part)
            for n, part in enumerate(parts)
        ]
        return re.compile("".join(made), re.DOTALL)

    @cached_property
    def _without_first(self) -> "Template | None":
        """The same where the first place holds nothing: “{warning} Read it.” is “Read it.” then."""
        found = PLACE.match(self.english)
        rest = self.english[found.end() :] if found is not None else ""
        sure = rest[:1] == " " and len(WORD.findall(PLACE.sub(" ", rest))) >= _SENTENCE
        return Template(rest[1:], self.other) if sure else None

    def values(self, text: str) -> Sequence[str] | None:
        """What stands in the places of a text of this sentence; first or last may hold nothing."""
        if (matched := self.match(text)) is not None:
            return matched.groups()
        rest = self._without_first
        if rest is not None and (matched := rest.match(text)) is not None:
            return "", *matched.groups()
        if text[-1] == ":" and (matched := self.match(f"{text} ")) is not None:
            return matched.groups()
        return None

    @cached_property
    def _own(self) -> tuple[str, ...]:
        return tuple(part for part in PLACE.split(self.english)[::2] if part)

    def match(self, text: str) -> re.Match[str] | None:
        """The text taken apart at the places; most texts are told by its own words alone."""
        at = 0
        for part in self._own:
            at = text.find(part, at)
            if at < 0:
                return None
            at += len(part)
        return self.pattern.fullmatch(text)

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


_ENDS: Final = (re.compile(r"(?<=[.!?…]) +(?=\S)"), re.compile(r"(?<=:) "))


def _apart(sentences: dict[str, str]) -> dict[str, str]:
    """The sentences of messages that hold several, each by itself, where both have as many.

    A screen shows a message in pieces, or a longer text with a message in its middle.
    """
    apart: dict[str, str] = {}
    for end in _ENDS:
        for text, other in [*sentences.items(), *apart.items()]:
            ours, others = end.split(text), end.split(other)
            if len(ours) == len(others) > 1:
                for one, its in zip(ours, others, strict=True):
                    own = WORD.findall(PLACE.sub("", one))
                    if len(own) > 2 or (own and one[0].isupper() and one[-1] == ":"):
                        apart.setdefault(one.rstrip(":"), its.rstrip(":"))
    return {
        text: other
        for text, other in apart.items()
        if text not in sentences and sorted(PLACE.findall(text)) == sorted(PLACE.findall(other))
    }


class Catalogue:
    """What can be said in one language.

    Whole sentences are there at once; the sentences with places are put in order when the first
    text asks for one, which on most screens is after they stand.
    """

    def __init__(self, sentences: dict[str, str]) -> None:
        self.sentences = _also_bare({text: other for text, other in sentences.items() if other})

    @classmethod
    def installed(cls, code: str) -> "Catalogue":
        """The one that ships with the program.

        Raises:
            FileNotFoundError: there is none in this language.
        """
        return cls(
            _read(resources.path("locale", code, "LC_MESSAGES", "ketachart.mo").read_bytes())
        )

    @cached_property
    def apart(self) -> dict[str, str]:
        """Sentences that stand in the catalogue only beside others."""
        return _apart(self.sentences)

    def exact(self, text: str) -> str | None:
        """A text as it stands in the catalogue, by itself or beside others."""
        return self.sentences.get(text) or self.apart.get(text)

    @cached_property
    def _templates(self) -> dict[str, list[Template]]:
        """Each template under the rarest of its words, so that few have to be tried on a text."""
        told = [*self.sentences.items(), *self.apart.items()]
        templates = [
            Template(text, other, counts=self._counts(text))
            for text, other in told
            if PLACE.search(text)
        ]
        words = [set(_WHOLE.findall(PLACE.sub("}", each.english))) for each in templates]
        how_many = Counter(word for found in words for word in found)
        under: dict[str, list[Template]] = {}
        for each, found in zip(templates, words, strict=True):
            rarest = min(found, key=lambda word: (how_many[word], -len(word), word), default="")
            under.setdefault(rarest, []).append(each)
        return under

    def _counts(self, text: str) -> bool:
        """Whether it begins with a number: then it stands there for one and for several."""
        twins = (f"{text}s", text[:-1], f"{text[:-1]}ies", f"{text[:-3]}y")
        return text[0] == "{" and any(twin in self.sentences for twin in twins)

    def key(self, does: str) -> str | None:
        """What a key does, as it stands behind the key: “open” there is no state."""
        return self.sentences.get(KEY + does)

    def date(self, how: str) -> str | None:
        """How a date of these parts is put together."""
        return self.sentences.get(DATE + how)

    def templates_for(self, text: str) -> list[Template]:
        """The templates that could make this text, those with most letters of their own first."""
        found = list(self._templates.get("", ()))
        for word in dict.fromkeys(WORD.findall(text)):
            found.extend(self._templates.get(word, ()))
        return sorted(found, key=lambda each: -each.literal)
