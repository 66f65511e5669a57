"""What lies beside the ledger in clear, as far as the first paint needs it: light and text size.

Read before anything else is imported; `ui/preferences.py` holds all of it, and its meaning.
"""

from pathlib import Path
from typing import Final, get_args

from ui.tokens import SCALES, ThemeName

FILE: Final = "preferences.json"


def read_file(folder: Path) -> dict[str, object]:
    """What the file says; nothing where there is none, or it cannot be read."""
    try:
        text = (folder / FILE).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return {}
    import json  # a first start has no such file

    try:
        kept = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) else {}


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
