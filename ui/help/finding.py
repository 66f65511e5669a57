"""Finds pages of the help as somebody types: without accents, by beginnings of words, by meaning.

Small words that ask (“how do I…”) are not looked for. A page is found where each word is begun by
one of its own; where none has them all, the pages that have most of them.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from ui.help.pages import Page, folded, pages

_WORD: Final = re.compile(r"\w+", re.UNICODE)
_SIGNS: Final = re.compile(r"[`*_#>|]|\]\([\w-]+\.md\)|\[")
_ASKING: Final = (
    " a an and are as at can do does for how i if in is it my of on or the to what when where "
    "which who why with como cual cuando de del donde el en es hacer hago la las lo los mi o para "
    "por que se si su un una y "
)
# How much a word counts by where it stands: title, words told to the search, headings, text.
_TITLE, _ALSO, _HEADING, _TEXT = 12, 9, 4, 1
_BEFORE: Final = 40  # letters of a page shown before the word that was found


@dataclass(frozen=True, slots=True)
class Found:
    """A page that was found, and the line of it that says so."""

    page: Page
    line: str


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, folded."""
    return tuple(_WORD.findall(folded(text)))


def plain(text: str) -> str:
    """A line of Markdown as it is read: without its signs."""
    return _SIGNS.sub("", text).strip(" -")


@cache
def _weights(page: Page) -> dict[str, int]:
    """Each word of a page with the most it counts."""
    weights: dict[str, int] = {}
    headings = " ".join(line for line in page.text.splitlines() if line.startswith("##"))
    for text, weight in (
        (plain(page.text), _TEXT),
        (headings, _HEADING),
        (" ".join(page.also), _ALSO),
        (page.title, _TITLE),
    ):
        weights |= dict.fromkeys(words_of(text), weight)
    return weights


def _score(page: Page, wanted: tuple[str, ...]) -> tuple[int, int]:
    """How many of the words the page has, and how much they count."""
    weights = _weights(page)
    best = []
    for sought in wanted:
        hits = [
            weight * (2 if word == sought else 1)
            for word, weight in weights.items()
            if word.startswith(sought)
        ]
        if hits:
            best.append(max(hits))
    return len(best), sum(best)


def _line(page: Page, wanted: tuple[str, ...]) -> str:
    """The first line of a page that has one of the words; else how it begins."""
    lines = [plain(line) for line in page.text.splitlines()[1:] if plain(line)]
    for line in lines:
        for at in (folded(line).find(sought) for sought in wanted):
            if at >= 0:
                return f"…{line[at - _BEFORE :]}" if at > 2 * _BEFORE else line
    return lines[0] if lines else ""


def find(typed: str, language: str = "en") -> tuple[Found, ...]:
    """The pages for what was typed, the best first; all of them while nothing is typed."""
    wanted = tuple(word for word in words_of(typed) if f" {word} " not in _ASKING)
    if not wanted:
        return tuple(Found(page, _line(page, ())) for page in pages(language))
    scores = {page: _score(page, wanted) for page in pages(language)}
    most = max(score[0] for score in scores.values())
    if most == 0 or most * 2 < len(wanted):
        return ()
    hits = [page for page, score in scores.items() if score[0] == most]
    hits.sort(key=lambda page: -scores[page][1])
    return tuple(Found(page, _line(page, wanted)) for page in hits)
