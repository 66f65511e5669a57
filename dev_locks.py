"""Writes the locks, and has them fetched and looked up: the work of `dev.py lock` and `audit`."""

# Read by whatever `python3` a new computer has, as dev_setup.py is.
from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import dev_setup
from dev_setup import LOCKS, PYTHON, ROOT, VENV, must, say

if TYPE_CHECKING:
    from collections.abc import Sequence

HELD = ("-c", "packaging/dev.lock")
# dev.lock first: the others are held to it, so that what is tested is what is run and released
ASKED = {
    "dev.lock": ("pyproject.toml", "--group", "dev"),
    "run.lock": ("pyproject.toml", *HELD),
    "release.lock": ("--group", "release", *HELD),
    "site.lock": ("--group", "site", *HELD),
    "audit.lock": ("--group", "audit", *HELD),
}
UNIVERSAL = ("--universal", "--python-version", "3.11", "--no-config", "--no-header")


def write(words: Sequence[str]) -> int:
    """Work out every lock anew, in a copy, so that all change or none; return the exit code.

    The words go on to uv, as --upgrade. Returns 1 where some system or Python lacks a wheel, and
    raises Stop where no versions fit together: then the locks are as they were.
    """
    dev_setup.venv_maker_ready()
    with tempfile.TemporaryDirectory() as name:
        # in a copy, so that no path of this computer reaches the locks
        room = Path(name)
        shutil.copy(ROOT / "pyproject.toml", room)
        shutil.copytree(LOCKS, room / LOCKS.name, ignore=shutil.ignore_patterns("__pycache__"))
        say("Fetching uv, which works the locks out, into a place thrown away afterwards.")
        failing = "uv could not be fetched; the words above say why. The locks are as they were."
        tool = throwaway(room / "tools", ["uv", "packaging"], failing=failing)
        say("Working out which versions fit together.")
        compiling = [tool, "-m", "uv", "pip", "compile", "--directory", name, *UNIVERSAL]
        failing = (
            "No set of versions was found; the words above say why. The locks are as they were."
        )
        for lock, asked in ASKED.items():
            hashed = ["--generate-hashes", "--no-emit-index-url", "-o", f"packaging/{lock}"]
            must([*compiling, *hashed, *asked, *words], failing=failing)
        named = ["--format", "pylock.toml", "-o", "pylock.toml"]
        must([*compiling, *named, *ASKED["dev.lock"], *HELD], failing=failing)
        code = dev_setup.call(
            [tool, "-P", str(room / LOCKS.name / "wheels.py"), str(room / "pylock.toml")]
        )
        for file in (*ASKED, "wheels.txt"):
            shutil.copy(room / LOCKS.name / file, LOCKS / file)
    say("The locks in packaging/ now agree with pyproject.toml.")
    return code


def throwaway(place: Path, packages: Sequence[str], *, failing: str) -> str:
    """Return a Python of its own that holds these packages; raise Stop where it cannot be made."""
    tool = str(place / PYTHON.relative_to(VENV))
    must([dev_setup.base_python(), "-m", "venv", str(place)], failing=failing)
    must([tool, "-m", "pip", "install", *packages], failing=failing)
    return tool


def fetch() -> int:
    """Have pip fetch run.lock for every system and Python, a gigabyte; return the exit code."""
    dev_setup.set_up("dev.lock")
    say("Fetching every wheel for every system and Python, and throwing it away again.")
    return dev_setup.call(
        [str(PYTHON), "-P", str(LOCKS / "wheels.py"), "--check"], PYTHONPATH=str(ROOT)
    )


def audit(words: Sequence[str]) -> int:
    """Have the locked versions looked up among known vulnerabilities; return the exit code."""
    if "--from" in words:
        dev_setup.set_up("dev.lock")
        tool = str(PYTHON)
        return dev_setup.call([tool, "-P", str(LOCKS / "audit.py"), *words], PYTHONPATH=str(ROOT))
    dev_setup.venv_maker_ready()
    with tempfile.TemporaryDirectory() as name:
        say("Fetching pip-audit into a place thrown away afterwards.")
        held = ["--require-hashes", "--no-deps", "--only-binary=:all:"]
        tool = throwaway(
            Path(name, "tools"),
            [*held, "-r", str(LOCKS / "audit.lock")],
            failing="pip-audit could not be fetched; the words above say why. Nothing was looked "
            "up. Where there is no network: dev.py audit --from FILE (docs/security.md).",
        )
        return dev_setup.call([tool, "-P", str(LOCKS / "audit.py"), *words])
