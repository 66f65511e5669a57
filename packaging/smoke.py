"""Tries a release as a clinic does: `python3 dev.py smoke`, as root, after `dev.py release`.

The Debian package is installed in a bare Debian that holds nothing but what the package asks for.
There, cut off from every network, an ordinary account opens the window on a display without a
screen, charts the demo visit in it by keyboard, signs it, and checks the report from the command
line. Then the package is purged, and nothing may be left but the ledger and the report.
"""

import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "packaging"))
from freeze.names import OUT, Release  # noqa: E402

import dev_setup  # noqa: E402 - this folder is no package

ROOM: Final = Path("/var/tmp/ketachart-smoke")  # noqa: S108 - a bare Debian is too large for memory
BASE: Final = ROOM / "base"
TRIED: Final = ROOM / "tried"
SUITE: Final = "bookworm"
NURSE: Final = "1000:1000"
HOME: Final = "home/nurse"
LEDGER: Final = f"{HOME}/.local/share/ketachart"
REPORT: Final = f"{HOME}/visit"
DISPLAY: Final = ":93"
_LONGEST: Final = 900.0  # seconds that the visit may take
_BARE: Final = "tmp/bare"
# What the system keeps for any program with a window: the folders of an account, the fonts it read.
_QT_KEEPS: Final = f"{HOME}/.config/QtProject.conf"  # how wide the columns of a dialog are
_OF_THE_ACCOUNT: Final = (f"{HOME}/.cache/fontconfig", _QT_KEEPS)
_FOLDERS: Final = (f"{HOME}/.cache", f"{HOME}/.config", f"{HOME}/.local", f"{HOME}/.local/share")
# What apt keeps for itself, whichever package comes and goes.
_OF_APT: Final = (
    "var/lib/apt/",
    "var/cache/",
    "var/log/",
    "var/lib/dpkg/",
    "etc/ld.so.cache",
    "tmp/",
)


def main() -> int:
    """Try the release in build/release; exit code 0 where all of it went well."""
    if os.geteuid() != 0:
        raise dev_setup.Stop("A bare Debian is set up as root: sudo python3 dev.py smoke")
    release = Release.of_this_checkout()
    package = next(iter(sorted(OUT.glob(f"ketachart_{release.version}_*.deb"))), None)
    if package is None:
        raise dev_setup.Stop("There is no package in build/release: python3 dev.py release")
    _bare_debian()
    figures: dict[str, object] = {
        "package": package.name,
        "MB": round(package.stat().st_size / 1e6, 1),
    }
    with _mounted(), _display():
        before = _all_files()
        figures["packages it asked for"] = _install(package)
        figures["MB installed"] = _installed_size()
        _say(_in("ketachart", "--version").strip())
        figures |= _starts()
        began = time.monotonic()
        _chart()
        figures["visit charted and signed in s"] = round(time.monotonic() - began)
        _say(_in("ketachart", "verify", f"/{REPORT}/report.pdf", "--trust", f"/{REPORT}/root.pem"))
        _purge()
        left = sorted(_all_files() - before)
    (OUT / "smoke.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    for name, value in figures.items():
        _say(f"  {name}: {value}")
    return _judged(left)


def _judged(left: Sequence[str]) -> int:
    """Whether only the ledger, the report and what apt keeps for itself are left."""
    strange = strangers(left)
    if strange:
        _say("Left behind after the package was purged:\n  " + "\n  ".join(strange[:40]))
        return 1
    kept = TRIED / _QT_KEEPS
    if kept.is_file() and any(place in kept.read_text("utf-8") for place in (LEDGER, REPORT)):
        _say("Qt kept where the report was saved.")
        return 1
    if not any(name.startswith(LEDGER) for name in left):
        _say("The ledger went with the package.")
        return 1
    _say("Installed, charted, signed, checked, purged: nothing is left but ledger and report.")
    return 0


def strangers(left: Sequence[str]) -> list[str]:
    """What of the files that are left is neither of the nurse nor of apt."""
    mine = (LEDGER, REPORT, *_OF_THE_ACCOUNT, *_OF_APT)
    below = tuple(f"{place.rstrip('/')}/" for place in mine)
    return [name for name in left if name not in _FOLDERS and not f"{name}/".startswith(below)]


# ---------------------------------------------------------------- a bare Debian


def _bare_debian() -> None:
    if not (BASE / "made.txt").is_file():
        _say("Fetching a bare Debian, once.")
        dev_setup.remove(BASE)
        BASE.parent.mkdir(parents=True, exist_ok=True)
        words = ["debootstrap", "--variant=minbase", SUITE, str(BASE)]
        dev_setup.must(words, failing="A bare Debian could not be fetched.")
        (BASE / "made.txt").write_text("whole\n", "utf-8")
    dev_setup.remove(TRIED)
    dev_setup.must(["cp", "-a", str(BASE), str(TRIED)], failing="It could not be copied.")
    shutil.copy("/etc/resolv.conf", TRIED / "etc" / "resolv.conf")
    with (TRIED / "etc" / "passwd").open("a", encoding="utf-8") as people:
        people.write(f"nurse:x:1000:1000::/{HOME}:/bin/sh\n")
    (TRIED / HOME).mkdir(parents=True)
    os.chown(TRIED / HOME, 1000, 1000)


@contextlib.contextmanager
def _mounted() -> Iterator[None]:
    """What a running Debian has besides its files: processes, devices, and a display's socket."""
    (TRIED / "tmp" / ".X11-unix").mkdir(parents=True, exist_ok=True)
    Path("/tmp/.X11-unix").mkdir(mode=0o1777, exist_ok=True)  # noqa: S108 - where X has it
    places = {"proc": ["-t", "proc", "proc"], "tmp/.X11-unix": ["--bind", "/tmp/.X11-unix"]}  # noqa: S108
    done: list[str] = []
    try:
        for place, words in places.items():
            dev_setup.must(["mount", *words, str(TRIED / place)], failing=f"{place}: not mounted.")
            done.append(place)
        yield
    finally:
        for place in reversed(done):
            dev_setup.outcome(["umount", "-l", str(TRIED / place)])


@contextlib.contextmanager
def _display() -> Iterator[None]:
    server = subprocess.Popen(
        ["Xvfb", DISPLAY, "-screen", "0", "1366x768x24", "-ac", "-noreset", "-nolisten", "tcp"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _until(lambda: Path(f"/tmp/.X11-unix/X{DISPLAY[1:]}").exists(), "the display")  # noqa: S108
        yield
    finally:
        server.terminate()
        server.wait()


# ---------------------------------------------------------------- installed, and gone again


def _install(package: Path) -> int:
    """Install as a clinic does; return how many packages came along."""
    shutil.copy(package, TRIED / "tmp" / package.name)
    held = set(_in_root("dpkg-query", "-W", "-f", "${Package}\n").split())
    _in_root("apt-get", "-q", "update")
    words = ["apt-get", "-q", "install", "-y", "--no-install-recommends", f"/tmp/{package.name}"]  # noqa: S108
    _in_root(*words)
    (TRIED / "tmp" / package.name).unlink()
    _in_root("dpkg", "--verify", "ketachart")
    return len(set(_in_root("dpkg-query", "-W", "-f", "${Package}\n").split()) - held) - 1


def _purge() -> None:
    _in_root("apt-get", "-q", "purge", "-y", "ketachart")
    _in_root("apt-get", "-q", "autoremove", "-y", "--purge")


def _installed_size() -> float:
    told = subprocess.run(
        ["du", "-sk", str(TRIED / "opt" / "ketachart")],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return round(int(told.stdout.split()[0]) / 1024, 1)


def _all_files() -> set[str]:
    found = set()
    for folder, folders, files in os.walk(TRIED):
        if Path(folder) == TRIED:
            folders[:] = [name for name in folders if name not in {"proc", "sys", "dev"}]
        place = Path(folder).relative_to(TRIED)
        found |= {str(place / name) for name in (*folders, *files)}
    return found


# ---------------------------------------------------------------- used


def _starts() -> dict[str, object]:
    """How long a window takes, the first time with nothing in memory; an empty one beside it."""
    programs = {"ketachart-window": "ketachart-window"}
    if (OUT / "bare").is_dir():
        shutil.copytree(OUT / "bare", TRIED / _BARE, symlinks=True)
        programs["ketachart-bare"] = f"/{_BARE}/ketachart-bare"
    cold = {}
    for name, program in programs.items():
        os.sync()
        Path("/proc/sys/vm/drop_caches").write_text("3\n", "utf-8")
        cold[name] = _start(name, program)
    rounds = [{name: _start(name, program) for name, program in programs.items()} for _ in range(5)]
    warm = {name: statistics.median(told[name] for told in rounds) for name in programs}
    dev_setup.remove(TRIED / _BARE)
    return {"window, cold, s": cold, "window, median of 5, s": warm}


def _start(name: str, program: str) -> float:
    """Seconds until the window is on the display, as the account of the nurse; it is then ended."""
    began = time.monotonic()
    running = subprocess.Popen(
        _as_nurse(program), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _until(lambda: _has_window(name), f"the window of {name}")
        return round(time.monotonic() - began, 2)
    finally:
        _end(running)
        dev_setup.remove(TRIED / LEDGER)


def _has_window(program: str) -> bool:
    words = ["xdotool", "search", "--onlyvisible", "--classname", program]
    told = subprocess.run(
        words, env={**os.environ, "DISPLAY": DISPLAY}, capture_output=True, check=False
    )
    return bool(told.stdout.strip())


def _end(running: "subprocess.Popen[bytes]") -> None:
    running.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        running.wait(10)
        return
    running.kill()
    running.wait()


def _chart() -> None:
    words = _as_nurse("ketachart", "demo", "--out", f"/{REPORT}", "--ledger", f"/{LEDGER}")
    if subprocess.run(words, timeout=_LONGEST, check=False).returncode:
        raise dev_setup.Stop("The visit was not charted; the words above say why.")


def _as_nurse(*words: str) -> list[str]:
    """The words as the nurse's account says them there, with a display and without a network."""
    told = {"HOME": f"/{HOME}", "DISPLAY": DISPLAY, "LANG": "C.UTF-8", "QT_QPA_PLATFORM": "xcb"}
    told["PATH"] = "/usr/bin:/bin"
    clean = ["env", "-i", *(f"{name}={value}" for name, value in told.items())]
    return ["unshare", "--net", "chroot", f"--userspec={NURSE}", str(TRIED), *clean, *words]


def _in(*words: str) -> str:
    return _told(_as_nurse(*words))


def _in_root(*words: str) -> str:
    clean = ["env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND=noninteractive"]
    return _told(["chroot", str(TRIED), *clean, *words])


def _told(words: Sequence[str]) -> str:
    done = subprocess.run(words, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise dev_setup.Stop(f"{done.stdout[-2000:]}{done.stderr[-2000:]}\n\n{words[-1]}: failed.")
    return done.stdout


def _until(met: Callable[[], bool], what: str) -> None:
    """Wait for a condition, looking often."""
    until = time.monotonic() + 120
    while not met():
        if time.monotonic() > until:
            raise dev_setup.Stop(f"Waited two minutes in vain for {what}.")
        time.sleep(0.01)


def _say(words: str) -> None:
    dev_setup.say(words)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except dev_setup.Stop as stop:
        print(stop, file=sys.stderr)
        sys.exit(1)
