"""The pages of the help: plain Markdown that ships with KetaChart, its keys filled in by name."""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

from ketachart import resources
from ui.actions import key_of

# In a page, `{key:vitals}` stands for the key of that act, so that a page never names a wrong one.
KEY: Final = re.compile(r"\{key:([\w-]+)\}")
LINK: Final = re.compile(r"\]\(([\w-]+)\.md\)")
_TOLD: Final = re.compile(r"<!-- (for|also): (.*?) -->\s*", re.DOTALL)
FIRST: Final = "start-here"  # what is opened where a place has no page of its own


@dataclass(frozen=True, slots=True)
class Page:
    """One page. ``places`` are the screens, phases and sheets that it is about, such as
    ``sheet:vitals``; ``also`` are other words that somebody may search for."""

    name: str
    title: str
    text: str  # Markdown, with keys and without what is only told to the search
    places: tuple[str, ...]
    also: tuple[str, ...]

    def links(self) -> tuple[str, ...]:
        """The names of the pages that it leads to."""
        return tuple(LINK.findall(self.text))


def folded(text: str) -> str:
    """The text without accents and in small letters: “Presión” and “presion” are the same."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(c for c in parts if not unicodedata.combining(c)).casefold()


def read_page(name: str, source: str) -> Page:
    """A page from the text of its file.

    Raises:
        KeyError: it names an act that there is not.
    """
    told: dict[str, tuple[str, ...]] = {"for": (), "also": ()}
    for what, words in _TOLD.findall(source):
        told[what] = tuple(word.strip() for word in words.split(",") if word.strip())
    text = KEY.sub(lambda found: key_of(found[1]), _TOLD.sub("", source)).strip()
    title = text.splitlines()[0].removeprefix("# ").strip()
    return Page(name, title, text, told["for"], told["also"])


def _files(language: str) -> dict[str, Path]:
    """The file of every page; where a page is not there in a language, the English one."""
    folder = resources.help_folder()
    files = {file.stem: file for file in sorted(folder.glob("*.md"))}
    if language not in {"", "en"}:
        files |= {file.stem: file for file in sorted((folder / language).glob("*.md"))}
    return files


def _placed(page: Page, english: Page) -> Page:
    """A page in another language stands where the English one does; words of both find it."""
    return replace(page, places=english.places, also=(*page.also, *english.also))


@cache
def pages(language: str = "en") -> tuple[Page, ...]:
    """Every page, the first one first, then by title.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    read = [
        read_page(name, file.read_text(encoding="utf-8")) for name, file in _files(language).items()
    ]
    if language not in {"", "en"}:
        english = {page.name: page for page in pages()}
        read = [_placed(page, english[page.name]) for page in read if page.name in english]
    if not read:
        raise FileNotFoundError("The pages of the help are missing. Install KetaChart again.")
    return tuple(sorted(read, key=lambda page: (page.name != FIRST, folded(page.title))))


def page_for(places: tuple[str, ...], language: str = "en") -> Page:
    """The page for where somebody is: the closest place that has one, else the first page."""
    known = pages(language)
    for place in places:
        for page in known:
            if place in page.places:
                return page
    return known[0]
