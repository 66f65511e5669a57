"""Opens, tests and checks KetaChart, making this computer ready first: one command for each."""

# Nothing here may need a newer Python merely to be imported: see dev_setup.py.
from __future__ import annotations

import os
import platform
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import dev_locks
import dev_setup
from dev_setup import PYTHON, ROOT, VENV, Stop, say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {}
NEEDS: dict[str, str] = {}
# A file's tests stay together, since they share what took long to make.
ON_ALL_CORES = ("-n", "auto", "--dist", "loadfile")
CONTRACTS = "import sys; from importlinter.cli import lint_imports_command as go; sys.exit(go())"


def command(
    *, needs: str = "dev.py"
) -> Callable[[Callable[[Sequence[str]], int]], Callable[[Sequence[str]], int]]:
    """Make the function a command; it is listed where the file it needs is there."""

    def enter(function: Callable[[Sequence[str]], int]) -> Callable[[Sequence[str]], int]:
        COMMANDS[function.__name__] = function
        NEEDS[function.__name__] = needs
        return function

    return enter


@command()
def setup(_words: Sequence[str]) -> int:
    """Fetch all that working on KetaChart needs; the other commands do so by themselves."""
    dev_setup.set_up("dev.lock")
    dev_setup.system_ready()
    say("Ready.")
    return 0


@command(needs="ui/__main__.py")
def run(words: Sequence[str]) -> int:
    """Open KetaChart; run --demo [story]: a throw-away clinic with made-up patients."""
    return show("ui", words)


@command(needs="ui/demo.py")
def demo(words: Sequence[str]) -> int:
    """Play a whole visit without a display, keeping pictures and report: demo --out DIR."""
    dev_setup.set_up("run.lock")
    dev_setup.system_ready()
    return python("-P", "-m", "ui.demo", *words, PYTHONPATH=str(ROOT), QT_QPA_PLATFORM="offscreen")


@command(needs="ui/gallery.py")
def gallery(words: Sequence[str]) -> int:
    """Show every part of the screen in every state."""
    return show("ui.gallery", words)


@command()
def test(words: Sequence[str]) -> int:
    """Run every test; words after it go to pytest: test [-k words] [files]."""
    dev_setup.set_up("dev.lock")
    dev_setup.system_ready(also=dev_setup.tool_packages_missing())
    return python("-m", "pytest", *(words or ON_ALL_CORES), cwd=ROOT, QT_QPA_PLATFORM="offscreen")


@command()
def check(words: Sequence[str]) -> int:
    """Check format, lint, types, contracts and the fast tests; check --all: every test."""
    everything = "--all" in words
    dev_setup.set_up("dev.lock")
    dev_setup.system_ready(also=dev_setup.tool_packages_missing() if everything else ())
    steps = {
        "format": ["-m", "ruff", "format", "--check", "."],
        "lint": ["-m", "ruff", "check", "."],
        "types": ["-m", "mypy"],
        "contracts": ["-c", CONTRACTS, "--no-logo"],
        "all tests" if everything else "fast tests": [
            *("-m", "pytest"),
            *ON_ALL_CORES,
            *(() if everything else ("-m", "not slow")),
        ],
    }
    rows = []
    for name, step in steps.items():
        say(f"\n-- {name}")
        began = time.monotonic()
        code = python(*step, cwd=ROOT, QT_QPA_PLATFORM="offscreen")
        rows.append((name, code, time.monotonic() - began))
    say("\n" + table_of(rows))
    return int(any(code for _, code, _ in rows))


@command(needs="tests/shots.py")
def shots(words: Sequence[str]) -> int:
    """Take a picture of every screen, without a display, into build/shots."""
    return script("tests/shots.py", words, also=dev_setup.tool_packages_missing())


@command(needs="tests/keystrokes.py")
def keystrokes(words: Sequence[str]) -> int:
    """Write docs/keystrokes.md anew; its test presses every key of it in the real window."""
    return script("tests/keystrokes.py", words)


@command(needs="tests/golden.py")
def golden(words: Sequence[str]) -> int:
    """Make the golden files again, show what changed, and ask before keeping it."""
    return script("tests/golden.py", words)


@command(needs="tests/bench.py")
def bench(words: Sequence[str]) -> int:
    """Measure how fast KetaChart starts, saves and draws; bench --scale [N]: in N visits."""
    return script("tests/bench.py", words)


@command(needs="tests/attack.py")
def attack(words: Sequence[str]) -> int:
    """Attack signed reports in every known way; attack --flips N, --fuzz SECONDS: at length."""
    return script("tests/attack.py", words, also=dev_setup.tool_packages_missing())


@command(needs="tests/torment/run.py")
def torment(words: Sequence[str]) -> int:
    """Kill a visit and cut its power a thousand times; torment --quick, --fuzz SECONDS."""
    if "--fuzz" in words:
        dev_setup.set_up("dev.lock")
        dev_setup.fuzzer_ready()
    return script("tests/torment/run.py", words, also=dev_setup.tool_packages_missing())


@command(needs="tests/pdf.py")
def pdf(words: Sequence[str]) -> int:
    """Make one story's report and open it: pdf STORY."""
    return script("tests/pdf.py", words)


@command(needs="packaging/catalogue.py")
def words(words: Sequence[str]) -> int:
    """Gather what the window says for translators; words --give DIR, words --take DIR."""
    return script("packaging/catalogue.py", words)


@command(needs="packaging/handbook/build.py")
def site(words: Sequence[str]) -> int:
    """Build the documentation into build/site; site --write, --pictures: made anew first."""
    dev_setup.set_up("dev.lock")
    dev_setup.site_builder_ready()
    return script("packaging/handbook/build.py", words)


@command()
def lock(words: Sequence[str]) -> int:
    """Write packaging/*.lock from pyproject.toml; --upgrade: newest; --check: fetch them all."""
    return dev_locks.fetch() if "--check" in words else dev_locks.write(words)


@command(needs="packaging/audit.py")
def audit(words: Sequence[str]) -> int:
    """Look the locked versions up among known vulnerabilities; audit --from FILE: offline."""
    return dev_locks.audit(words)


@command(needs="packaging/release.py")
def release(words: Sequence[str]) -> int:
    """Freeze KetaChart and package it into build/release; release --twice: is it the same?"""
    return script("packaging/release.py", words, also=dev_setup.release_packages_missing())


@command(needs="packaging/smoke.py")
def smoke(words: Sequence[str]) -> int:
    """Install the release in a bare Debian, chart a visit in its window, and remove it again."""
    return script("packaging/smoke.py", words, also=dev_setup.smoke_packages_missing())


@command()
def clean(words: Sequence[str]) -> int:
    """Remove what can be made again: build, dist, caches; clean --all: also .venv."""
    paths = [ROOT / name for name in ("build", "dist", ".hypothesis", "__pycache__")]
    paths += [*ROOT.glob(".*_cache"), *ROOT.glob("*.egg-info")]
    for top in ("ketachart", "ui", "tests", "packaging"):
        paths += [*(ROOT / top).rglob("__pycache__")]
    for path in [*paths, *([VENV] if "--all" in words else [])]:
        dev_setup.remove(path)
    return 0


def python(*words: str, cwd: Path | None = None, **settings: str) -> int:
    """Run KetaChart's own Python in the foreground; return its exit code."""
    return dev_setup.call([str(PYTHON), *words], cwd=cwd, **settings)


def show(module: str, words: Sequence[str]) -> int:
    """Run a module that opens a window; return 2, and say so, where no window can open."""
    if sys.platform == "linux" and not (os.getenv("DISPLAY") or os.getenv("WAYLAND_DISPLAY")):
        say(
            "This computer has no display that KetaChart could open its window on.\n"
            "To see a whole visit as pictures and a report: python3 dev.py demo --out DIR"
        )
        return 2
    dev_setup.set_up("run.lock")
    dev_setup.system_ready()
    # -P: found by PYTHONPATH alone, so the folder one stands in cannot lend a module by its name
    return python("-P", "-m", module, *words, PYTHONPATH=str(ROOT))


def script(path: str, words: Sequence[str], *, also: Sequence[str] = ()) -> int:
    """Run one of the project's own scripts without a display; return its exit code."""
    dev_setup.set_up("dev.lock")
    dev_setup.system_ready(also=also)
    found = str(ROOT / path)
    return python("-P", found, *words, PYTHONPATH=str(ROOT), QT_QPA_PLATFORM="offscreen")


def table_of(rows: Sequence[tuple[str, int, float]]) -> str:
    """Return a table of steps: what each was, whether it passed, and how many seconds it took."""
    lines = [
        f"{name:<12} {f'FAILED ({code})' if code else 'passed':<12} {seconds:6.1f} s"
        for name, code, seconds in rows
    ]
    return "\n".join(lines)


def listing() -> str:
    """Return the commands that work in this checkout, one line each."""
    lines = ["KetaChart's commands, each as: python3 dev.py COMMAND", ""]
    for name, function in COMMANDS.items():
        if (ROOT / NEEDS[name]).exists():
            lines.append(f"  {name:<8} {(function.__doc__ or '').splitlines()[0]}")
    return "\n".join(lines)


def perform(name: str, words: Sequence[str]) -> int:
    """Run one command by its name, under a Python that suits; return its exit code."""
    if name not in COMMANDS or not (ROOT / NEEDS[name]).exists():
        say(f"There is no command {name!r} here.\n\n{listing()}")
        return 2
    if dev_setup.OLDEST <= sys.version_info[:2] <= dev_setup.NEWEST:
        return COMMANDS[name](words)
    other = dev_setup.other_python()
    say(
        f"This is Python {platform.python_version()}; going on with {other}, which KetaChart needs."
    )
    return dev_setup.call([other, str(ROOT / "dev.py"), name, *words])


def main(words: Sequence[str]) -> int:
    """Run the command the words name, or list them all; return the exit code."""
    if not words or words[0] in {"help", "-h", "--help"}:
        say(listing())
        return 0
    try:
        return perform(words[0], words[1:])
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        say("\nStopped. Nothing needs clearing up: the next run puts right what is half done.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
