"""Every page that is written from the code, and whether what stands in docs/ is still so."""

from pathlib import Path
from typing import Final

from handbook import commands, facts, faults, keys, protocol, script

ROOT: Final = Path(__file__).resolve().parents[2]
DOCS: Final = ROOT / "docs"


def written() -> dict[str, str]:
    """Each page by its path in docs/, as it has to be now."""
    found: dict[str, str] = {}
    for module in (commands, facts, faults, keys, protocol, script):
        found |= module.pages()
    return found


def stale() -> list[str]:
    """The pages that the code has left behind, and those that nothing writes any more."""
    now = written()
    behind = [path for path, text in now.items() if _read(DOCS / path) != text]
    extra = [one.name for one in (DOCS / "reference/facts").glob("*.md") if _unknown(one, now)]
    return sorted(behind + extra)


def write() -> list[str]:
    """Writes them all; returns those that changed."""
    changed = stale()
    for path, text in written().items():
        (DOCS / path).parent.mkdir(parents=True, exist_ok=True)
        (DOCS / path).write_text(text, encoding="utf-8")
    return changed


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _unknown(path: Path, now: dict[str, str]) -> bool:
    return path.relative_to(DOCS).as_posix() not in now
