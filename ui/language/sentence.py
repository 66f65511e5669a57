"""One text on its way into another language, whole or in its pieces."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from ui.language.catalogue import WORD, Catalogue, Template
from ui.language.plain import FREE, OURS, is_plain, quoted_away

_DEEPEST = 6  # a sentence within a sentence within a sentence
_TRIED = 5  # templates of one text
_ENDS: Final = ".:,;!?…"
# Where texts were joined, the surest first; what joins them in the other language, where that is
# another; and whether one side may stay as it is while the other is said.
_JOINTS: Final = (
    (re.compile(r"\n+|   +| · | \| "), "", True),
    (re.compile(r"(?<=[.!?…]) +(?=[“(¿]?[A-Z0-9])"), "", True),
    (re.compile(r"(?<=[.!?…]) (?=\S)"), "", True),
    (re.compile(r"; "), "", True),
    (re.compile(r": "), "", True),
    (re.compile(r", "), "", False),
    (re.compile(r" and "), " y ", False),
    (re.compile(r" (?=at \d{1,2}:\d\d)"), "", False),
    (re.compile(r" (?=[+−]?\d{1,2}:\d\d\Z)"), "", False),
)
_LONG = 200  # letters, from which a text is surely several that were joined
_PATIENCE = 80  # pieces that are looked up for one text
_MOST_PHRASES = 3  # more of them, one behind the other, are no sentence
_MOST_WORDS = 12  # of a text that is put together from phrases

Said = tuple[str, int]
"""A text, and how many of its letters stayed as they were."""


class Sentence:
    """One text on its way into the other language, with its pieces."""

    def __init__(self, catalogue: Catalogue, typed: frozenset[str]) -> None:
        self._catalogue = catalogue
        self._typed = typed
        self._known: dict[str, Said] = {}
        self._patience = _PATIENCE
        self._ways = (
            self._with_hard_spaces,
            self._without_end,
            self._by_sure_template,
            self._with_small_letter,
            self._in_brackets,
            self._in_parts,
            self._by_any_template,
            self._in_phrases,
        )

    def say(self, text: str, depth: int = 0) -> Said:
        """The text in the other language, and how many letters of it are left over."""
        found = self._known.get(text)
        if found is None:
            self._known[text] = text, len(text)  # a sentence is no part of itself
            found = self._known[text] = self._say(text, depth)
        return found

    def _say(self, text: str, depth: int) -> Said:
        core = text.strip()
        if not core or core in self._typed:
            return text, 0
        if (exact := self._exact(text)) is not None:
            return exact, 0
        if is_plain(core):
            return self._dated(text), 0
        if core != text:
            inner, left = self.say(core, depth)
            start = text.index(core)
            return text[:start] + inner + text[start + len(core) :], left
        return self._tried(text, depth)

    def _tried(self, text: str, depth: int) -> Said:
        """Every way to say a text that is not in the catalogue as it stands."""
        self._patience -= 1
        if depth >= _DEEPEST or self._patience < 0:
            return text, _letters(text)
        if len(text) > _LONG:
            return self._of_many(text, depth)
        best = text, _letters(text)
        for way in self._ways:
            best = min(best, way(text, depth), key=lambda said: said[1])
            if not best[1]:
                break
        return best

    def _of_many(self, text: str, depth: int) -> Said:
        """A long text: one sentence of the catalogue, or else many, each for itself."""
        for each in self._catalogue.templates_for(text)[:_TRIED]:
            if 2 * each.literal > len(text) and (matched := each.match(text)):
                said = self._filled(each, text, matched.groups(), depth)
                if not said[1]:
                    return said
        for joint, between, half in _JOINTS:
            spots = [found.span() for found in joint.finditer(quoted_away(text))]
            if half and spots:
                parts, joints = _cut(text, spots)
                said_parts = [self.say(part, depth) for part in parts]
                put = [between or each for each in joints]
                return _joined([one for one, _ in said_parts], put), sum(n for _, n in said_parts)
        return text, _letters(text)

    def _exact(self, text: str) -> str | None:
        """The text as it stands in the catalogue, or with its first letter large or small."""
        exact = self._catalogue.exact
        if (found := exact(text)) is not None:
            return found
        first = text[:1]
        if first.isupper() and (found := exact(first.lower() + text[1:])) is not None:
            return _large(found)
        if first.islower() and (found := exact(first.upper() + text[1:])) is not None:
            return found[:1].lower() + found[1:]
        if text.isupper() and (found := exact(text.capitalize())) is not None:
            return found.upper()
        if text[-1:].isalpha() and (found := exact(f"{text}.")) is not None:
            return found.removesuffix(".")  # a source in brackets stood before the full stop
        if (pressed := _PRESSED(text)) is not None:
            found = self._catalogue.key(pressed[2])
            return None if found is None else f"{pressed[1]} {found}"
        return None

    def _dated(self, text: str) -> str:
        """Figures and units as they are; of a date the names of day and month; years of age."""
        if (old := self._catalogue.date("{years} y")) is not None:
            text = _OLD.sub(lambda found: old.format(years=found[1]), text)
        if not _DATE(text):
            return text
        names = self._catalogue.sentences
        written_out = _LONG_DATE.sub(self._written_out, text)
        return WORD.sub(lambda found: names.get(found[0], found[0]), written_out)

    def _written_out(self, found: re.Match[str]) -> str:
        """A date with its month in full, which has more between day and year in Spanish."""
        how = "{day} {month} {year}" if found[3] else "{day} {month}"
        told = self._catalogue.date(how) or how
        return told.format(day=found[1], month=found[2], year=found[3])

    def _by_sure_template(self, text: str, depth: int) -> Said:
        """One of which a good part is its own: it is surely this one."""
        known = self._catalogue.templates_for(text)
        return self._by_one_of([one for one in known if 4 * one.literal >= len(text)], text, depth)

    def _by_any_template(self, text: str, depth: int) -> Said:
        """One that is mostly places: only once the text could not be taken apart."""
        known = self._catalogue.templates_for(text)
        return self._by_one_of([one for one in known if 4 * one.literal < len(text)], text, depth)

    def _by_one_of(self, templates: list[Template], text: str, depth: int) -> Said:
        best = text, _letters(text)
        tried = 0
        for each in templates:
            values = each.values(text)
            if values is None:
                continue
            best = min(best, self._filled(each, text, values, depth), key=lambda said: said[1])
            tried += 1
            if not best[1] or tried >= _TRIED:
                break
        return best

    def _filled(self, each: Template, text: str, groups: Sequence[str], depth: int) -> Said:
        """A template with its values said in turn; what is in quotes or somebody's is left."""
        values, left = [], 0
        for (name, quoted), value in zip(each.places, groups, strict=True):
            named = name == "full_name" and value[:1].isupper()
            free = quoted or named or (name in FREE and not each.is_weak)
            said, rest = (self._as_left(value), 0) if free else self.say(value, depth + 1)
            if quoted and name in OURS and value not in self._typed:
                said = self._exact(value) or value
            if rest and (each.is_weak or rest > each.literal) and not _is_named(value):
                return text, _letters(text)  # a word here and there makes no sentence
            values.append(said)
            left += rest
        return each.filled(values).strip(), left

    def _as_left(self, value: str) -> str:
        """Somebody's words stay; where there are none, a date is still a date."""
        return self._dated(value) if is_plain(value) else value

    def _with_small_letter(self, text: str, depth: int) -> Said:
        """A sentence that stands in the catalogue behind another, where it begins small."""
        if not (text[0].isupper() and text[1:2].islower()):
            return text, _letters(text)
        said, left = self._by_sure_template(text[0].lower() + text[1:], depth + 1)
        return _large(said), left

    def _with_hard_spaces(self, text: str, depth: int) -> Said:
        """A key and its words, which never part at the end of a line."""
        if "\u00a0" not in text or "   " in text:
            return text, _letters(text)
        said, left = self.say(text.replace("\u00a0", " "), depth + 1)
        return said.replace(" ", "\u00a0"), left

    def _in_brackets(self, text: str, depth: int) -> Said:
        if text[0] + text[-1] in {"()", "[]"} and text.count(text[0]) == 1:
            inner, left = self.say(text[1:-1], depth + 1)
            return text[0] + inner + text[-1], left
        if text[-1] == ")" and text.count(" (") == 1:
            head, tail = text.split(" (")
            parts = [self.say(head, depth + 1), self.say(tail[:-1], depth + 1)]
            return f"{parts[0][0]} ({parts[1][0]})", parts[0][1] + parts[1][1]
        return text, _letters(text)

    def _without_end(self, text: str, depth: int) -> Said:
        if text[-1] in _ENDS and len(text) > 1:
            inner, left = self.say(text[:-1], depth + 1)
            return inner + text[-1], left
        return text, _letters(text)

    def _in_parts(self, text: str, depth: int) -> Said:
        best = text, _letters(text)
        for joint, between, half in _JOINTS:
            for parts, joints in self._ways_apart(text, joint):
                said = [self.say(part, depth + 1) for part in parts]
                left = sum(rest for one, rest in said if not _NAME(one))
                if left < best[1] and (half or not left):
                    put = [between or each for each in joints]
                    best = _joined([one for one, _ in said], put), left
                if not left:
                    return best
        return best

    def _in_phrases(self, text: str, depth: int) -> Said:
        """Phrases of the catalogue one behind the other: all of it, in few of them, or nothing."""
        said = self._phrased(text.split(" "), _MOST_PHRASES, depth)
        return (text, _letters(text)) if said is None else (said, 0)

    def _phrased(self, words: list[str], most: int, depth: int) -> str | None:
        """The longest beginning that is in the catalogue, and then the rest likewise."""
        text = " ".join(words)
        if not words or (known := self._as_it_is(text)) is not None:
            return known if words else ""
        made, left_over = self._by_sure_template(text, depth + 1) if most else (text, 1)
        if not left_over:
            return made
        for many in range(min(len(words), _MOST_WORDS) - 1, 0, -1):
            head = " ".join(words[:many])
            said = self._as_it_is(head)
            left = most if is_plain(head) else most - 1
            if said is not None and left >= 0:
                rest = self._phrased(words[many:], left, depth)
                if rest is not None:
                    return f"{said} {rest}"
        return None

    def _as_it_is(self, text: str) -> str | None:
        return self._as_left(text) if text in self._typed or is_plain(text) else self._exact(text)

    def _ways_apart(
        self, text: str, joint: re.Pattern[str]
    ) -> Iterator[tuple[list[str], list[str]]]:
        """The text apart at all of these joints; then at each of them alone."""
        spots = [found.span() for found in joint.finditer(quoted_away(text))]
        if not spots:
            return
        yield _cut(text, spots)
        if len(spots) > 1:
            for spot in spots[:4]:
                yield _cut(text, [spot])


def _cut(text: str, spots: list[tuple[int, int]]) -> tuple[list[str], list[str]]:
    parts, start = [], 0
    for begin, end in spots:
        parts.append(text[start:begin])
        start = end
    return [*parts, text[start:]], [text[begin:end] for begin, end in spots]


def _joined(parts: list[str], between: list[str]) -> str:
    return "".join(a + b for a, b in zip(parts, [*between, ""], strict=True))


def _large(text: str) -> str:
    """With its first letter large, which in Spanish may stand behind ¿ or ¡."""
    at = 1 if text[:1] in "¿¡" else 0
    return text[:at] + text[at : at + 1].upper() + text[at + 1 :]


def _is_named(text: str) -> bool:
    """Whether what stays English is only names: each word begins large, or is part of a name."""
    return all(word[0].isupper() for word in WORD.findall(text))


def _letters(text: str) -> int:
    """How much of a text would stay English: the letters of its words, figures not."""
    return sum(map(len, WORD.findall(text)))


_PRESSED: Final = re.compile(
    r"((?:(?:Ctrl|Alt|Shift)\+)*(?:F\d+|Enter|Esc|Tab|Space|Del|PgUp|PgDn|Home|End"
    r"|[←→↑↓](?: [←→↑↓])*|\d to \d+|[A-Z0-9.,+=/-])) (\D.*)"
).fullmatch
# Of a person, a house, a publication: “Julia Alvarez”, “Dr A. Okafor”, “RCEM Learning”.
_NAME: Final = re.compile(r"[A-Z][\w.'’-]*(?: (?:of |[A-Z]\. ?)*[A-Z][\w.'’-]+)+").fullmatch
_OLD: Final = re.compile(r"\b(\d+) y\b")
_LONG_DATE: Final = re.compile(
    r"\b(\d{1,2}) (January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\b(?: (\d{4}))?"
)
_DATE: Final[Callable[[str], object]] = re.compile(
    r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
).search
