"""Says an English text of the window in another language, as much of it as the catalogue holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from ui.language.catalogue import WORD, Catalogue, Template
from ui.language.plain import FREE, is_plain, quoted_away

if TYPE_CHECKING:
    from ui.language import Language

_MOST = 16_384  # texts that are remembered
_DEEPEST = 6  # a sentence within a sentence within a sentence
_TRIED = 8  # templates of one text
_ENDS: Final = ".:,;!?…"
# Where texts were joined, the surest first; what joins them in the other language, where that is
# another; and whether one side may stay as it is while the other is said.
_JOINTS: Final = (
    (re.compile(r"\n+|   +| · | \| "), "", True),
    (re.compile(r"(?<=[.!?…]) (?=[“(¿]?[A-Z0-9])"), "", True),
    (re.compile(r"(?<=[.!?…]) (?=\S)"), "", True),
    (re.compile(r"; "), "", True),
    (re.compile(r": "), "", True),
    (re.compile(r", "), "", False),
    (re.compile(r" and "), " y ", False),
)
_LONG = 200  # letters, from which a text is surely several that were joined
_PATIENCE = 250  # pieces that are looked up for one text
_MOST_WORDS = 12  # of a text that is put together from phrases

Said = tuple[str, int]
"""A text, and how many of its letters stayed as they were."""


class Voice:
    """One language; remembers what it said."""

    def __init__(self, code: Language, catalogue: Catalogue | None = None) -> None:
        self.code: Language = code
        self._catalogue = catalogue or Catalogue.installed(code)
        self._said: dict[str, Said] = {}
        self._labels: dict[str, Said] = {}
        self._typed: frozenset[str] = frozenset()
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
            found = _Sentence(self._catalogue, typed).say(text)
            if len(kept) >= _MOST:
                kept.clear()
            kept[text] = found
            if found[1]:
                self._missed[text] = None
        return found[0]


class _Sentence:
    """One text on its way into the other language, with its pieces."""

    def __init__(self, catalogue: Catalogue, typed: frozenset[str]) -> None:
        self._catalogue = catalogue
        self._typed = typed
        self._known: dict[str, Said] = {}
        self._patience = _PATIENCE
        self._ways = (
            self._with_hard_spaces,
            self._by_sure_template,
            self._in_brackets,
            self._without_end,
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
            if 2 * each.literal > len(text) and (matched := each.pattern.fullmatch(text)):
                said = self._filled(each, matched.groups(), depth)
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
        sentences = self._catalogue.sentences
        if (found := sentences.get(text)) is not None:
            return found
        first = text[:1]
        if first.isupper() and (found := sentences.get(first.lower() + text[1:])) is not None:
            return found[:1].upper() + found[1:]
        if first.islower() and (found := sentences.get(first.upper() + text[1:])) is not None:
            return found[:1].lower() + found[1:]
        if text.isupper() and (found := sentences.get(text.capitalize())) is not None:
            return found.upper()
        return None

    def _dated(self, text: str) -> str:
        """Figures and units as they are; of a date the names of day and month."""
        names = self._catalogue.sentences
        return WORD.sub(lambda found: names.get(found[0], found[0]), text) if _DATE(text) else text

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
            matched = each.pattern.fullmatch(text)
            if matched is None and text[-1] == ":":  # the last place is empty
                matched = each.pattern.fullmatch(f"{text} ")
            if matched is None:
                continue
            best = min(best, self._filled(each, matched.groups(), depth), key=lambda said: said[1])
            tried += 1
            if not best[1] or tried >= _TRIED:
                break
        return best

    def _filled(self, each: Template, groups: Sequence[str], depth: int) -> Said:
        """A template with its values said in turn; what is in quotes or somebody's is left."""
        values, left = [], 0
        for (name, quoted), value in zip(each.places, groups, strict=True):
            said, rest = (value, 0) if quoted or name in FREE else self.say(value, depth + 1)
            values.append(said)
            left += rest
        return each.filled(values), left

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
                left = sum(rest for _, rest in said)
                if left < best[1] and (half or not left):
                    put = [between or each for each in joints]
                    best = _joined([one for one, _ in said], put), left
                if not left:
                    return best
        return best

    def _in_phrases(self, text: str, depth: int) -> Said:
        """The longest beginning that is in the catalogue, and the rest; all of it or nothing."""
        words = text.split(" ")
        for many in range(min(len(words), _MOST_WORDS) - 1, 0, -1):
            head = " ".join(words[:many])
            stays = head in self._typed or is_plain(head)
            said = head if stays else self._exact(head)
            if said is not None:
                rest, left = self.say(" ".join(words[many:]), depth + 1)
                if not left:
                    return f"{said} {rest}", 0
        return text, _letters(text)

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


def _letters(text: str) -> int:
    """How much of a text would stay English: the letters of its words, figures not."""
    return sum(map(len, WORD.findall(text)))


_DATE: Final[Callable[[str], object]] = re.compile(
    r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
).search
