"""Makes the golden files again and shows what changed: `python3 dev.py golden [--yes]`.

Nothing is kept without a yes: `--yes`, or the answer to the question. Exit codes: 0 all files are
as they should be, 1 something differs and was not kept, 2 the words were not understood.
"""

import argparse
import difflib
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


Made = str | bytes  # a text, or a picture


def changes(files: Mapping[Path, Made]) -> dict[Path, str]:
    """The files that are not what is kept: texts with their unified diff, pictures by sight."""
    found = {}
    for path, made in files.items():
        kept = path.read_bytes() if path.exists() else b""
        if isinstance(made, bytes):
            if not _shows_the_same(kept, made):
                found[path] = f"{_named(path)}: the page looks different"
        elif kept.decode() != made or not path.exists():
            found[path] = _diff(path, kept.decode(), made)
    return found


def _shows_the_same(kept: bytes, made: bytes) -> bool:
    from tests.golden_pictures import alike, opened

    return bool(kept) and alike(opened(kept), opened(made))


def leftovers(folder: Path, files: Mapping[Path, Made]) -> list[Path]:
    """Golden files of stories that are told no more."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path not in files)


def _diff(path: Path, kept: str, made: str) -> str:
    name = _named(path)
    lines = difflib.unified_diff(
        kept.splitlines(), made.splitlines(), f"kept {name}", f"made {name}", lineterm="", n=1
    )
    return "\n".join(lines)


def _named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name


def agreed(*, yes: bool) -> bool:
    """Whether what changed is to be kept; without a terminal nobody can be asked."""
    if yes:
        return True
    if not sys.stdin.isatty():
        print("Nothing was kept: there is no terminal to ask at. `--yes` keeps it.")
        return False
    return input("Keep all of this? [y/N] ").strip().lower() in {"y", "yes"}


def settle(files: Mapping[Path, Made], folder: Path, *, yes: bool) -> int:
    """Shows what changed, asks, and keeps it or not; answers the exit code."""
    changed, old = changes(files), leftovers(folder, files)
    for diff in changed.values():
        print(diff + "\n")
    for path in old:
        print(f"{_named(path)} belongs to no story\n")
    if not changed and not old:
        print(f"{len(files)} golden files, all as they were.")
        return 0
    print(f"{len(changed)} of {len(files)} golden files changed, {len(old)} to be removed.")
    if not agreed(yes=yes):
        return 1
    for path in changed:
        path.parent.mkdir(parents=True, exist_ok=True)
        made = files[path]
        path.write_bytes(made if isinstance(made, bytes) else made.encode())
    for path in old:
        path.unlink()
    print("Kept. Look at them with git diff before you commit.")
    return 0


def main(words: Sequence[str]) -> int:
    """Makes every golden file and settles what changed."""
    parser = argparse.ArgumentParser(prog="python3 dev.py golden", description=__doc__)
    parser.add_argument("--yes", action="store_true", help="keep what changed without asking")
    arguments = parser.parse_args(words)
    from tests.golden_files import FOLDER, makers

    made = {path: make() for path, make in makers().items()}
    return settle(made, FOLDER, yes=arguments.yes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
