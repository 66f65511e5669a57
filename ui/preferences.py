"""What one laptop remembers between starts: light, text size, who was last. Nothing clinical."""

import contextlib
import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Final, Literal, get_args

from ui.tokens import SCALES, ThemeName

FILE = "preferences.json"
VEIL_AFTER: Final = (1, 3, 5, 10)  # minutes without a key or a touch
LOCK_AFTER: Final = (5, 15, 30, 60)
_NOT_KEPT: Final = ("export_folder",)
_SWITCHES: Final = ("follow_system", "touch_keys")


@dataclass(frozen=True, slots=True)
class Preferences:
    """Read before the ledger is unlocked, so they lie beside it in clear."""

    theme: ThemeName = "dim"
    scale: float = 1.0
    last_staff: str = ""
    export_folder: str = ""  # while it runs, and never in the file: a folder may bear a name
    veil_after: int = 3  # minutes until the screen is covered
    lock_after: int = 15  # minutes until it is locked, while nothing is due in any visit
    follow_system: bool = False  # light and dark as the system has it
    touch_keys: bool = False  # keys on the screen
    language: Literal["", "en", "es"] = ""  # of the window; the system's where none was chosen


def read(folder: Path) -> Preferences:
    """The preferences; the shipped ones where there are none or they cannot be read."""
    try:
        kept = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Preferences()
    if not isinstance(kept, dict):
        return Preferences()
    known = {field.name: kept[field.name] for field in fields(Preferences) if field.name in kept}
    return _sound(known)


def _sound(known: dict[str, object]) -> Preferences:
    chosen = Preferences()
    if known.get("theme") in get_args(ThemeName):
        chosen = replace(chosen, theme=known["theme"])  # type: ignore[arg-type]
    if known.get("scale") in SCALES:
        chosen = replace(chosen, scale=known["scale"])  # type: ignore[arg-type]
    few: tuple[tuple[str, tuple[object, ...]], ...] = (
        ("veil_after", VEIL_AFTER), ("lock_after", LOCK_AFTER), ("language", ("en", "es")),
    )  # fmt: skip
    for name, choices in few:
        told = known.get(name)
        if told in choices and not isinstance(told, bool):
            chosen = replace(chosen, **{name: told})  # type: ignore[arg-type]
    for name in _SWITCHES:
        if isinstance(known.get(name), bool):
            chosen = replace(chosen, **{name: known[name]})  # type: ignore[arg-type]
    if isinstance(known.get("last_staff"), str):
        chosen = replace(chosen, last_staff=known["last_staff"])  # type: ignore[arg-type]
    return chosen


def write(folder: Path, preferences: Preferences) -> None:
    """Keeps them; a disk that cannot take them costs nothing but the choice."""
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = folder / f"{FILE}.new"
        kept = {name: told for name, told in asdict(preferences).items() if name not in _NOT_KEPT}
        fresh.write_text(json.dumps(kept, indent=1), encoding="utf-8")
        fresh.replace(folder / FILE)
