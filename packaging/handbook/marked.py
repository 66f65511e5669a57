"""Pieces of Markdown that every page written from the code is made of."""

import re
from collections.abc import Iterable, Sequence

WRITTEN = "<!-- Written from the code by `python3 dev.py site --write`; do not edit. -->"


def cell(text: str) -> str:
    """The text in a cell of a table: one line, and no bar that would end the cell."""
    return " ".join(text.split()).replace("|", "\\|")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with these heads."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(map(cell, line)) + " |" for line in lines)


def code(text: object) -> str:
    """The text as a word of the code."""
    return f"`{text}`"


def page(title: str, *parts: str) -> str:
    """A page with its title, and the sentence that it is not written by hand."""
    return "\n\n".join((f"# {title}", WRITTEN, *(part for part in parts if part))) + "\n"


def anchor(heading: str) -> str:
    """What a heading is linked to by: small letters, hyphens for spaces, no other signs."""
    plain = re.sub(r"[^\w\- ]", "", heading.replace("`", "").strip().lower())
    return plain.replace(" ", "-")


def sentence(text: str) -> str:
    """The text with a capital at its beginning and a stop at its end."""
    text = " ".join(text.split())
    is_file = "." in text.partition(" ")[0].rstrip(".")
    first = text[:1] if is_file else text[:1].upper()
    return first + text[1:] + ("" if text.endswith((".", "?", "!", ":")) else ".")
