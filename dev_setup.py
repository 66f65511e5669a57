"""Makes a computer ready for KetaChart: the right Python, its packages, the system's own parts."""

# Read by whatever `python3` a new computer has, even one too old to run KetaChart, so that it can
# be told so in a sentence: nothing here may need a newer Python merely to be imported.
from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).resolve().parent
LOCKS = ROOT / "packaging"
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
MARK = VENV / "made-by-dev.txt"  # names the lock that is installed in full; written last
UNFINISHED = "unfinished"

# 3.11 is what KetaChart is written for; PySide6-Essentials 6.11.3 says Requires-Python <3.15.
OLDEST, NEWEST = (3, 11), (3, 14)
GOOD_PYTHONS = ("python3.11", "python3.12", "python3.13", "python3.14")

# Found by adding packages one at a time to a bare Debian 12 until a window painted.
QT_PACKAGES = (
    "libgl1 libegl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libxcb-cursor0 libxkbcommon-x11-0 "
    "libxcb-icccm4 libxcb-keysyms1 libxcb-shape0"
)
# Debian 13 and Ubuntu 24.04 gave GLib a new package name (64-bit time); these came before.
BEFORE_T64 = {"bullseye", "bookworm", "focal", "jammy", "lunar", "mantic"}
QT_PROBE = """\
import ctypes, pathlib, sys
import PySide6
from PySide6.QtWidgets import QApplication
QApplication([])
if sys.platform == "linux":  # the plugin that opens real windows loads without a display
    plugins = pathlib.Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforms"
    ctypes.CDLL(str(plugins / "libqxcb.so"))
"""
# the programs the tests call, by the package that brings them
TEST_TOOLS = {
    "poppler-utils": ("pdfsig", "pdftotext", "pdftoppm"),
    "qpdf": ("qpdf",),
    "libnss3-tools": ("certutil",),
    "softhsm2": ("softhsm2-util",),
    **({"xvfb": ("xvfb-run",), "xauth": ("xauth",)} if sys.platform == "linux" else {}),
    # compiles what stands between the ledger and the disk: tests/torment/shim.c
    **({"gcc": ("cc",), "libc6-dev": ("cc",)} if sys.platform == "linux" else {}),
}
# the programs that make a package of a release, and those that try it, by their package
RELEASE_TOOLS = {
    "binutils": "strip", "dpkg-dev": "dpkg-shlibdeps", "git": "git", "xz-utils": "xz",
}  # fmt: skip
SMOKE_TOOLS = {"debootstrap": "debootstrap", "xvfb": "Xvfb", "xdotool": "xdotool"}
# what a screen reader is made of, by the file in /usr that says it is there: tests/access
READER_PARTS = {
    "dbus": "bin/dbus-run-session",
    "at-spi2-core": "lib*/at-spi*-launcher",
    "python3-gi": "lib/python3/dist-packages/gi/__init__.py",
    "gir1.2-atspi-2.0": "lib/*/girepository-1.0/Atspi-2.0.typelib",
}


class Stop(Exception):
    """The command cannot go on; the text says what happened and what to do."""


def say(text: str) -> None:
    """Print at once, so that a long step never looks like a hang."""
    print(text, flush=True)


def environment(**settings: str) -> dict[str, str]:
    """Return this process's environment, less what would bend another Python, plus settings."""
    inherited = {k: v for k, v in os.environ.items() if k not in {"PYTHONHOME", "PYTHONPATH"}}
    return {**inherited, **settings}


def call(arguments: Sequence[str], *, cwd: Path | None = None, **settings: str) -> int:
    """Run a program in the foreground and return its exit code."""
    child = subprocess.Popen(arguments, cwd=cwd, env=environment(**settings))
    try:
        return child.wait()
    except KeyboardInterrupt:
        child.wait()  # the same Ctrl+C reached it: let it put its things away first
        raise


def outcome(arguments: Sequence[str], **settings: str) -> str:
    """Run a program unseen; return nothing when it succeeds, else its last words."""
    done = subprocess.run(
        arguments,
        env=environment(**settings),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    words = done.stdout.strip() or f"{arguments[0]} gave no reason"
    return "\n".join(words.splitlines()[-12:]) if done.returncode else ""


def must(arguments: Sequence[str], *, failing: str, **settings: str) -> None:
    """Run a program unseen; when it fails, Stop with its last words and then this sentence."""
    failure = outcome(arguments, **settings)
    if failure:
        raise Stop(f"{failure}\n\n{failing}")


def other_python() -> str:
    """Return a Python that suits, from PATH or installed now; Stop with what to install if none."""
    for name in GOOD_PYTHONS:
        if shutil.which(name) and suits(name):
            return name
    try:
        provide(["python3.11", "python3.11-venv"], why="KetaChart needs Python 3.11.")
    except Stop:
        raise Stop(refusal(sys.version_info[:2], sys.platform)) from None
    return "python3.11"


def suits(python: str) -> bool:
    """Say whether this Python starts and is 3.11 to 3.14."""
    probe = f"import sys; sys.exit(not {OLDEST} <= sys.version_info[:2] <= {NEWEST})"
    return not outcome([python, "-c", probe])


def refusal(version: tuple[int, int], system: str) -> str:
    """Return why this Python will not do and, by kind of system, what to install."""
    kind = "too old" if version < OLDEST else "newer than KetaChart's parts allow"
    remedy = (
        "Debian 12 and Ubuntu 22.04 have one; Debian 13 and Ubuntu 24.04 come with one:\n"
        "  sudo apt-get update && sudo apt-get install -y python3.11 python3.11-venv\n"
        "Then run: python3.11 dev.py test"
        if system == "linux"
        else "Install Python 3.13 from python.org, then run dev.py with it."
    )
    return (
        f"This is Python {version[0]}.{version[1]}, {kind}: KetaChart needs 3.11 to 3.14, "
        f"and none was found here.\n{remedy}"
    )


def base_python() -> str:
    """Return the Python to make a venv with: never one that stands in the .venv being replaced."""
    return str(getattr(sys, "_base_executable", sys.executable))


def set_up(lock: str) -> None:
    """See that .venv holds every package of the lock, at its exact version; at once if it does.

    A .venv that was interrupted is removed and made afresh; any other that works is kept and
    brought up to date. Raises Stop with the reason and the remedy.
    """
    mark = MARK.read_text("utf-8").strip() if MARK.is_file() else "made by hand"
    if PYTHON.exists() and mark in {mark_for(lock), mark_for("dev.lock")}:
        return  # dev.lock holds all that run.lock does
    if sys.platform != "linux":
        say("Please note: setting up has been tried on Linux only, not yet on this system.")
    if mark == UNFINISHED or not venv_works():
        mark = UNFINISHED
        make_venv(beside=tool_packages_missing() if lock == "dev.lock" else ())
    MARK.write_text(UNFINISHED, "utf-8")
    failure = install(LOCKS / lock)
    if not failure:
        MARK.write_text(mark_for(lock), "utf-8")
        return
    # pip puts everything back when it fails, so what was whole before is whole still
    MARK.write_text(mark, "utf-8")
    raise Stop(
        f"{failure}\n\nThe packages could not be installed; the words above say why. "
        f"{likely(failure)}\nNothing needs clearing up: run the same command again."
    )


def likely(failure: str) -> str:
    """Return what most often lies behind pip's last words, and what helps."""
    if "CERTIFICATE_VERIFY_FAILED" in failure:
        return (
            "This network puts a certificate of its own between here and the internet. Ask who "
            "runs it for that certificate as a file, and name the file: export PIP_CERT=FILE"
        )
    return (
        "Most often the internet could not be reached. KetaChart also needs 64-bit Windows 10, "
        "macOS 15 on an Apple processor, or Linux with glibc 2.34 (Debian 12, Ubuntu 22.04; on "
        "arm64 with 2.39: Debian 13, Ubuntu 24.04), or later."
    )


def mark_for(lock: str) -> str:
    """Return the words that .venv is marked with once this lock is installed in full."""
    content = (LOCKS / lock).read_bytes()
    # with the Python's name: after an upgrade of the system, .venv may find itself empty
    return f"{lock} {hashlib.sha256(content).hexdigest()} {PYTHON.resolve().name}"


def venv_works() -> bool:
    """Say whether .venv has a Python that suits and a pip to install with."""
    return PYTHON.exists() and suits(str(PYTHON)) and not outcome([str(PYTHON), "-c", "import pip"])


def make_venv(*, beside: Sequence[str] = ()) -> None:
    """Make an empty .venv in place of whatever stands there."""
    venv_maker_ready(beside=beside)
    remove(VENV)
    say("Making KetaChart a Python of its own in .venv.")
    VENV.mkdir()
    MARK.write_text(UNFINISHED, "utf-8")
    failing = "The .venv could not be made; the words above say why."
    must([base_python(), "-m", "venv", str(VENV)], failing=failing)


def venv_maker_ready(*, beside: Sequence[str] = ()) -> None:
    """See that this Python can make a .venv, which Debian leaves to a package of its own.

    Who may not install packages is told at once what the next steps need beside it, so that an
    administrator is asked once: Qt's libraries, and these.
    """
    if importlib.util.find_spec("ensurepip"):
        return
    packages = [f"python3.{sys.version_info[1]}-venv"]
    if hasattr(os, "geteuid") and os.geteuid() != 0:
        packages += [*beside, *qt_packages(this_release())]
    provide(packages, why="This Python came without the part that makes a .venv.")


def remove(path: Path) -> None:
    """Remove a file, a link or a whole folder, if it is there."""
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise Stop(
            f"{path.name} could not be removed ({error.strerror}). Close the programs that use it, "
            "then run the same command again."
        ) from error


def install(lock: Path) -> str:
    """Install the lock into .venv; return nothing, or pip's last words when it failed."""
    say("Installing packages into .venv: about 150 MB the first time, a minute or two.")
    pip = [str(PYTHON), "-m", "pip", "install", "--no-input", "--progress-bar=off"]
    # Wheels only: building one would fetch its tools without a hash to check them by.
    pip += ["--require-hashes", "--no-deps", "--only-binary=:all:", "-r", str(lock)]
    child = subprocess.Popen(
        pip,
        env=environment(PIP_DISABLE_PIP_VERSION_CHECK="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    lines: list[str] = []
    try:
        for line in child.stdout or ():
            lines.append(line.rstrip())
            large = re.search(r"Downloading .*?([^/-]+)-([^-]+)-\S+ (\([\d.]+ [MG]B\))", line)
            if large or line.startswith("Installing collected"):
                say("  {} {} {}".format(*large.groups()) if large else "Unpacking them.")
    finally:
        child.wait()
    told = [line for line in lines if not line.startswith("Requirement already satisfied")]
    return "\n".join(told[-12:]) if child.returncode else ""


def fuzzer_ready() -> None:
    """See that .venv holds the fuzzer, which most of the work on KetaChart does without."""
    if not outcome([str(PYTHON), "-c", "import atheris"]):
        return
    failure = install(LOCKS / "fuzz.lock")
    if failure:
        raise Stop(
            f"{failure}\n\nThe fuzzer could not be installed; the words above say why. It runs on "
            "Linux with an x86-64 processor and Python 3.11 to 3.13 only. Everything else works "
            "without it."
        )


def site_builder_ready() -> None:
    """See that .venv holds what builds the documentation, which nothing else needs."""
    if not outcome([str(PYTHON), "-c", "import furo, myst_parser, sphinx"]):
        return
    failure = install(LOCKS / "site.lock")
    if failure:
        raise Stop(
            f"{failure}\n\nWhat builds the documentation could not be installed; the words above "
            "say why. Everything else works without it; the pages are in docs/."
        )


def qt_trouble() -> str:
    """Return nothing where Qt starts and can open windows, else what went wrong."""
    return outcome([str(PYTHON), "-c", QT_PROBE], QT_QPA_PLATFORM="offscreen")


def this_release() -> dict[str, str]:
    """Return what this Linux says it is; nothing of a system that does not say."""
    with contextlib.suppress(OSError):
        return platform.freedesktop_os_release()
    return {}


def qt_packages(release: Mapping[str, str]) -> list[str]:
    """Return what Qt needs from apt, by the names of this release (from its os-release file)."""
    keys = ("UBUNTU_CODENAME", "DEBIAN_CODENAME", "VERSION_CODENAME")
    old = BEFORE_T64 & {release.get(key, "") for key in keys}
    return ["libglib2.0-0" if old else "libglib2.0-0t64", *QT_PACKAGES.split()]


def tool_packages_missing() -> list[str]:
    """Return the packages of those programs the tests call that this computer lacks."""
    missing = [name for name, tools in TEST_TOOLS.items() if not all(map(shutil.which, tools))]
    return missing + reader_parts_missing()


def release_packages_missing() -> list[str]:
    """Return the packages that a Linux lacks to make a release: programs, and Python's library."""
    if sys.platform != "linux":
        return []
    missing = [name for name, tool in RELEASE_TOOLS.items() if not shutil.which(tool)]
    # PyInstaller freezes Python as a library, which Debian leaves to a package of its own
    probe = "import ctypes, sys; ctypes.CDLL('libpython3.%d.so.1.0' % sys.version_info[1])"
    words = outcome(["/usr/bin/python3", "-c", probe])
    return missing + re.findall(r"libpython3\.\d+(?=\.so)", words)[:1]


def smoke_packages_missing() -> list[str]:
    """Return the packages of those programs that try a release and that this computer lacks."""
    return [name for name, tool in SMOKE_TOOLS.items() if not shutil.which(tool)]


def reader_parts_missing() -> list[str]:
    """Return the packages of a screen reader's library that a Debian computer lacks.

    Elsewhere nothing: they have other names there, and the test says plainly what it misses.
    """
    if sys.platform != "linux" or not shutil.which("apt-get"):
        return []
    return [name for name, file in READER_PARTS.items() if not any(Path("/usr").glob(file))]


def system_ready(*, also: Sequence[str] = ()) -> None:
    """See that Qt starts, and install these packages also; Stop with what to type if it may not."""
    missing, trouble = [*also], qt_trouble()
    if trouble and sys.platform == "linux":
        missing += qt_packages(this_release())
    if missing:
        provide(missing, why="KetaChart needs some packages of the system.")
        trouble = trouble and qt_trouble()
    if trouble:
        raise Stop(f"{trouble}\n\nQt, which draws the window, does not start, as said above.")


def provide(packages: Sequence[str], *, why: str) -> None:
    """Install system packages as root on Debian and its kin; elsewhere Stop with what to type."""
    if sys.platform != "linux" or not shutil.which("apt-get"):
        raise Stop(
            f"{why} On Debian and Ubuntu they are: {' '.join(packages)}. Install the same from "
            "this system's own packages (on macOS: brew install poppler qpdf nss), which has not "
            "been tried, then run the same command again."
        )
    wanted = ["install", "-y", "--no-install-recommends", *packages]
    if os.geteuid() != 0:
        raise Stop(
            f"{why} Type this once, then the same command again:\n"
            f"  sudo apt-get update && sudo apt-get {' '.join(wanted)}"
        )
    say(f"{why} Installing {' '.join(packages)}.")
    # a computer just switched on may be updating itself and hold the lock
    apt = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=120"]
    outcome([*apt, "update"])  # one broken source must not stop the rest: the next step judges
    failing = (
        "apt-get could not install them; the words above say why. Once mended, run this again."
    )
    must([*apt, *wanted], failing=failing, DEBIAN_FRONTEND="noninteractive")
