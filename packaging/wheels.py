"""Which wheel of the locks serves which system and Python: `python3 dev.py lock [--check]`.

packaging/wheels.txt keeps the answer, one wheel a line with its hash, so that a test can hold the
locks to it without a network: where a wheel is missing, KetaChart cannot be installed.
"""

import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from packaging.markers import Marker, default_environment
from packaging.tags import Tag, compatible_tags, cpython_tags, mac_platforms
from packaging.utils import canonicalize_name, parse_wheel_filename
from packaging.version import Version

FOLDER = Path(__file__).resolve().parent
KEPT = FOLDER / "wheels.txt"
LOCKS = ("run.lock", "dev.lock")
PIN = re.compile(
    r"^(?P<name>[a-z0-9.-]+)==(?P<version>[^ ;]+)(?: ; (?P<where>.*?))? \\\n"
    r"(?P<hashes>(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)",
    re.MULTILINE,
)
PYTHONS = ((3, 11), (3, 12), (3, 13), (3, 14))
LATE = 5  # of each series: what serves only the first few of it has a pin of its own
HEAD = """\
# The wheels that serve Linux, Windows and macOS on each Python, with their hashes.
# Written by `python3 dev.py lock`; tests/test_locks.py holds the locks to it.
"""


@dataclass(frozen=True, slots=True)
class System:
    """One kind of computer: its words, what its wheels are for, and what markers say of it."""

    words: str
    platforms: tuple[str, ...]
    sys_platform: str
    platform_system: str

    def tags(self, python: tuple[int, int]) -> list[Tag]:
        """Return the tags of the wheels that install here, the best first."""
        return [
            *cpython_tags(python, platforms=self.platforms),
            *compatible_tags(python, f"cp{python[0]}{python[1]}", self.platforms),
        ]

    def needs(self, where: str | None, python: tuple[int, int]) -> bool:
        """Say whether a marker of a lock asks for its package here; without one it does."""
        minor = f"{python[0]}.{python[1]}"
        told = {
            "sys_platform": self.sys_platform,
            "platform_system": self.platform_system,
            "os_name": "nt" if self.sys_platform == "win32" else "posix",
            "python_version": minor,
            "python_full_version": f"{minor}.{LATE}",
            "platform_python_implementation": "CPython",
            "implementation_name": "cpython",
        }
        return where is None or Marker(where).evaluate({**default_environment(), **told})


def _linux(machine: str, glibc: int) -> tuple[str, ...]:
    """Return what runs on Linux with glibc 2.N, which is what Qt's wheels ask for."""
    since = (f"manylinux_2_{minor}_{machine}" for minor in range(glibc, 16, -1))
    return (*since, f"manylinux2014_{machine}")


# The oldest of each that all wheels serve: Debian 12, Debian 13, Windows 10, macOS 15 (pikepdf).
# A Mac with an Intel processor is not among them: cryptography 50 has no wheel for it.
SYSTEMS = (
    System("Linux, x86-64", _linux("x86_64", 34), "linux", "Linux"),
    System("Linux, arm64", _linux("aarch64", 39), "linux", "Linux"),
    System("Windows, x86-64", ("win_amd64",), "win32", "Windows"),
    System("macOS 15, arm64", tuple(mac_platforms((15, 0), "arm64")), "darwin", "Darwin"),
)


@dataclass(frozen=True, slots=True)
class Pin:
    """One package of a lock: its version, where it applies, and the hashes it is held by."""

    name: str
    version: str
    where: str | None
    hashes: frozenset[str]


def pins_of(lock: str) -> list[Pin]:
    """Return every package of a lock, from its text."""
    return [
        Pin(
            found["name"],
            found["version"],
            found["where"],
            frozenset(re.findall(r"sha256:([0-9a-f]{64})", found["hashes"])),
        )
        for found in PIN.finditer(lock)
    ]


def serving(pin: Pin, wheels: Iterable[tuple[str, str]], tags: Sequence[Tag]) -> str | None:
    """Return the wheel of that package that suits the tags best; none where there is none.

    The wheels are pairs of hash and file name; a wheel whose hash the lock lacks does not count.
    """
    rank = {tag: place for place, tag in enumerate(tags)}
    found: list[tuple[int, str]] = []
    for sha256, file in wheels:
        name, version, _build, of_file = parse_wheel_filename(file)
        if (name, version) != (canonicalize_name(pin.name), Version(pin.version)):
            continue
        places = [rank[tag] for tag in of_file if tag in rank]
        if places and sha256 in pin.hashes:
            found.append((min(places), file))
    return min(found)[1] if found else None


def missing(pins: Sequence[Pin], wheels: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield a sentence for each package that some system and Python would have no wheel of."""
    by_name: dict[str, list[tuple[str, str]]] = {}
    for sha256, file in wheels:
        by_name.setdefault(parse_wheel_filename(file)[0], []).append((sha256, file))
    for system in SYSTEMS:
        for python in PYTHONS:
            tags = system.tags(python)
            for pin in pins:
                if system.needs(pin.where, python) and not serving(
                    pin, by_name.get(canonicalize_name(pin.name), []), tags
                ):
                    where = f"{system.words}, Python {python[0]}.{python[1]}"
                    yield f"{pin.name} {pin.version} has no wheel for {where}"


def kept() -> list[tuple[str, str]]:
    """Return the wheels of packaging/wheels.txt as pairs of hash and file name."""
    lines = KEPT.read_text("utf-8").splitlines()
    return [tuple(line.split()) for line in lines if line and line[0] != "#"]  # type: ignore[misc]


def wheels_of(lock: Path) -> list[tuple[str, str]]:
    """Return every wheel that a pylock.toml names, as pairs of hash and file name."""
    packages = tomllib.loads(lock.read_text("utf-8"))["packages"]
    return [
        (wheel["hashes"]["sha256"], wheel["url"].rpartition("/")[2])
        for package in packages
        for wheel in package.get("wheels", ())
    ]


def keep(pylock: Path) -> int:
    """Write packaging/wheels.txt from a pylock.toml; return 1, naming what has no wheel."""
    every = wheels_of(pylock)
    pins = [pin for name in LOCKS for pin in pins_of((FOLDER / name).read_text("utf-8"))]
    chosen = {
        serving(pin, every, system.tags(python))
        for system in SYSTEMS
        for python in PYTHONS
        for pin in pins
    }
    lines = sorted(f"{sha256}  {file}" for sha256, file in every if file in chosen)
    KEPT.write_text(HEAD + "".join(f"{line}\n" for line in sorted(lines, key=_by_file)), "utf-8")
    told = sorted(set(missing(pins, every)))
    print("\n".join(told) or f"{len(lines)} wheels serve every system and Python.")
    return int(bool(told))


def check(lock: str) -> int:
    """Have pip fetch the lock for every system and Python, by its hashes; return 1 if one fails.

    Each file is thrown away again: a gigabyte comes over the network.
    """
    pins = pins_of((FOLDER / lock).read_text("utf-8"))
    failed = 0
    print(f"{lock:20}" + "".join(f"{f'{a}.{b}':>10}" for a, b in PYTHONS), flush=True)
    for system in SYSTEMS:
        print(f"{system.words:20}", end="", flush=True)
        reasons = []
        for python in PYTHONS:
            reason, count = _fetched(system, python, pins)
            print(f"{'FAILED' if reason else count:>10}", end="", flush=True)
            reasons += [reason] if reason else []
        print("\n" + "\n".join(reasons) if reasons else "", flush=True)
        failed += len(reasons)
    return int(bool(failed))


def _fetched(system: System, python: tuple[int, int], pins: Sequence[Pin]) -> tuple[str, int]:
    """Fetch each package for that system and Python; return pip's last words if it failed."""
    needed = [pin for pin in pins if system.needs(pin.where, python)]
    pip = [sys.executable, "-m", "pip", "download", "-q", "--no-input", "--no-deps"]
    pip += ["--require-hashes", "--only-binary=:all:", "--implementation", "cp"]
    pip += ["--python-version", f"{python[0]}.{python[1]}"]
    pip += [word for platform in system.platforms for word in ("--platform", platform)]
    with tempfile.TemporaryDirectory() as name:
        asked = Path(name, "asked.txt")
        asked.write_text("".join(_asked(pin) for pin in needed), "utf-8")
        done = subprocess.run(
            [*pip, "-d", name, "-r", str(asked)],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        fetched = len(list(Path(name).glob("*.whl")))
    words = [line for line in done.stderr.splitlines() if "WARNING" not in line]
    return ("\n".join(words[-3:]) or "pip gave no reason") if done.returncode else "", fetched


def _asked(pin: Pin) -> str:
    """Return a pin as pip takes it, without its marker, which has been answered already."""
    return f"{pin.name}=={pin.version} {' '.join(f'--hash=sha256:{h}' for h in pin.hashes)}\n"


def _by_file(line: str) -> str:
    return line.split()[1]


def main(words: Sequence[str]) -> int:
    """Keep the wheels of a pylock.toml, or have pip fetch every one of them."""
    return check("run.lock") if words == ["--check"] else keep(Path(words[0]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
