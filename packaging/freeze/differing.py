"""Says in which files two releases of the same commit differ."""

from collections.abc import Iterable
from pathlib import Path

from freeze.archive import digest


def told(one: Path, other: Path, given: Iterable[str]) -> str:
    """One line for every file that is not the same in both, or that there is none."""
    named = [name for name in given if not same(one / name, other / name)]
    inside = [
        str(file.relative_to(one))
        for file in sorted(one.rglob("*"))
        if file.parent != one and not same(file, other / file.relative_to(one))
    ]
    if not named and not inside:
        return "Made twice: every file is the same, byte for byte."
    return "\n".join(["Made twice; these differ:", *(f"  {name}" for name in named + inside)])


def same(one: Path, other: Path) -> bool:
    """Say whether two files hold the same, or two links point to the same place."""
    if one.is_symlink() or other.is_symlink():
        return one.is_symlink() and other.is_symlink() and one.readlink() == other.readlink()
    if one.is_dir():
        return other.is_dir()
    return other.is_file() and digest(one) == digest(other)
