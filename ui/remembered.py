"""What lies beside the ledger in clear, as far as the first paint needs it: light and text size.

Read before anything else is imported; `ui/preferences.py` holds all of it, and its meaning.
"""

from pathlib import Path
from typing import Final, get_args

from ui.tokens import SCALES, ThemeName

FILE: Final = "preferences.json"
_NAMED: Final[dict[str, object]] = {"true": True, "false": False, "null": None}


def read_file(folder: Path) -> dict[str, object]:
    """What the file says; nothing where there is none, or it cannot be read."""
    try:
        text = (folder / FILE).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return {}
    plain = _plain(text)
    if plain is not None:
        return plain
    import json  # no file of ours: another hand wrote in it

    try:
        kept = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _plain(text: str) -> dict[str, object] | None:
    """What `ui/preferences.py` wrote: a line for each; None where the text is anything else.

    To read these few lines with Python's own reader takes a fortieth of a bare window's start.
    """
    first, *lines, last = text.strip().split("\n") if "\n" in text else ("", "")
    if (first, last) != ("{", "}"):
        return None
    kept: dict[str, object] = {}
    for line in lines:
        key, between, told = line.strip().removesuffix(",").partition(": ")
        if not between or not _is_words(key):
            return None
        if _is_words(told):
            kept[key[1:-1]] = told[1:-1]
        elif told in _NAMED:
            kept[key[1:-1]] = _NAMED[told]
        elif told.isascii() and told.replace(".", "", 1).isdecimal():
            kept[key[1:-1]] = float(told)
        else:
            return None
    return kept


def _is_words(told: str) -> bool:
    """Whether it is in quotes, with nothing in it that stands for something else."""
    return (
        len(told) > 1
        and told[0] == told[-1] == '"'
        and told.isprintable()
        and (not {'"', "\\"} & set(told[1:-1]))
    )


def language_in(kept: dict[str, object]) -> str:
    """The language of the window that was chosen; empty where none was."""
    told = kept.get("language")
    return told if isinstance(told, str) else ""


def look_in(kept: dict[str, object]) -> tuple[ThemeName, float]:
    """The theme and the text size; the shipped ones where another word stands there."""
    theme, scale = kept.get("theme"), kept.get("scale")
    themes: tuple[ThemeName, ...] = get_args(ThemeName)
    chosen: ThemeName = next((name for name in themes if name == theme), "dim")
    return chosen, next((size for size in SCALES if size == scale), 1.0)
