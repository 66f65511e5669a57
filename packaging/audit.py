"""Looks up the locked versions among known vulnerabilities: `python3 dev.py audit`.

A developer's command: KetaChart itself asks nobody anything. Without words pip-audit asks pypi.org
(--service osv: api.osv.dev) for each name and version of the locks. `--from FILE` reads advisories
that were saved elsewhere, in the OSV format (one JSON file, a folder of them, or the all.zip that
osv.dev gives out for PyPI), and reaches no network.

Exit codes: 0 every version was looked up and nothing is known against it, 1 something is known,
2 not every version could be looked up.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

FOLDER = Path(__file__).resolve().parent
LOCKS = ("run.lock", "dev.lock", "release.lock", "site.lock", "audit.lock")
PIN = re.compile(r"^(?P<name>[a-z0-9.-]+)==(?P<version>[^ ;]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Known:
    """One thing known against a locked version: its number, what it is, where it was mended."""

    name: str
    version: str
    number: str
    words: str
    mended: str

    def text(self) -> str:
        """Return it as one line."""
        mended = f"; mended in {self.mended}" if self.mended else "; not mended yet"
        return f"{self.name} {self.version}: {self.number} {self.words}{mended}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a look-up came to: how many versions were asked after, which not, what is known."""

    asked: int
    skipped: tuple[str, ...]
    known: tuple[Known, ...]
    source: str

    def code(self) -> int:
        """Return the exit code: what is known counts before what could not be asked."""
        return 1 if self.known else 2 if self.skipped or not self.asked else 0

    def text(self) -> str:
        """Return it in words, the sentence that counts last."""
        lines = [known.text() for known in self.known]
        looked = self.asked - len(self.skipped)
        if self.skipped and looked:
            lines.append(f"Not looked up: {', '.join(self.skipped)}.")
        lines.append(f"{looked} of {self.asked} locked versions were looked up {self.source}.")
        lines.append(
            {
                0: "Nothing is known against any of them.",
                1: "Raise what is named above: python3 dev.py lock --upgrade-package NAME",
                2: "This is no all-clear: what was not looked up may be vulnerable.",
            }[self.code()]
        )
        return "\n".join(lines)


def pinned() -> dict[str, set[str]]:
    """Return each locked package with its versions, over every lock that there is."""
    found: dict[str, set[str]] = {}
    for lock in LOCKS:
        path = FOLDER / lock
        for pin in PIN.finditer(path.read_text("utf-8") if path.exists() else ""):
            found.setdefault(canonicalize_name(pin["name"]), set()).add(pin["version"])
    return found


def from_file(path: Path) -> Answer:
    """Look every locked version up in saved advisories; a version none names has nothing known."""
    versions = pinned()
    known = {
        Known(name, version, str(advisory["id"]), _words(advisory), _mended(affected))
        for advisory in advisories(path)
        for affected in advisory.get("affected", ())
        if (name := _name(affected)) in versions and not advisory.get("withdrawn")
        for version in versions[name]
        if touches(affected, version)
    }
    asked = sum(map(len, versions.values()))
    return Answer(asked, (), tuple(sorted(known, key=Known.text)), f"in {path.name}")


def advisories(path: Path) -> Iterator[dict[str, Any]]:
    """Yield every advisory of a JSON file, a folder of them, or a zip."""
    if path.is_dir():
        for file in sorted(path.rglob("*.json")):
            yield from _many(file.read_bytes())
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith(".json"):
                    yield from _many(archive.read(name))
    else:
        yield from _many(path.read_bytes())


def _many(content: bytes) -> list[dict[str, Any]]:
    told = json.loads(content)
    return told if isinstance(told, list) else [told]


def _name(affected: dict[str, Any]) -> str:
    package = affected.get("package", {})
    return canonicalize_name(package.get("name", "")) if package.get("ecosystem") == "PyPI" else ""


def touches(affected: dict[str, Any], version: str) -> bool:
    """Say whether a version is among those affected: it is named, or lies in one of the ranges."""
    if version in affected.get("versions", ()):
        return True
    return any(
        _within(Version(version), each.get("events", ()))
        for each in affected.get("ranges", ())
        if each.get("type") == "ECOSYSTEM"
    )


def _within(version: Version, events: Sequence[dict[str, str]]) -> bool:
    """Say whether the last event at or below the version leaves it affected."""
    inside = False
    for kind, at in sorted(
        ((kind, at) for event in events for kind, at in event.items()), key=lambda e: _at(e[1])
    ):
        if kind == "introduced" and version >= _at(at):
            inside = True
        elif (kind == "fixed" and version >= _at(at)) or (
            kind == "last_affected" and version > _at(at)
        ):
            inside = False
    return inside


def _at(version: str) -> Version:
    try:
        return Version(version)
    except InvalidVersion:  # what cannot be ordered is taken as the beginning: rather too much
        return Version("0")


def _words(advisory: dict[str, Any]) -> str:
    names = "".join(f" ({alias})" for alias in advisory.get("aliases", ())[:1])
    return f"{advisory.get('summary') or 'no summary'}{names}"


def _mended(affected: dict[str, Any]) -> str:
    return ", ".join(
        event["fixed"]
        for each in affected.get("ranges", ())
        if each.get("type") == "ECOSYSTEM"
        for event in each.get("events", ())
        if "fixed" in event
    )


def from_service(service: str) -> Answer | str:
    """Have pip-audit ask a service; return its last words where it gave no answer at all."""
    with tempfile.TemporaryDirectory() as name:
        told = Path(name, "told.json")
        asking = [sys.executable, "-m", "pip_audit", "--require-hashes", "--disable-pip"]
        asking += ["--progress-spinner", "off", "-s", service, "-f", "json", "-o", str(told)]
        asking += [word for lock in LOCKS for word in ("-r", str(FOLDER / lock))]
        done = subprocess.run(
            asking, capture_output=True, encoding="utf-8", errors="replace", check=False
        )
        if not told.exists() or not told.read_text("utf-8").strip():
            return "\n".join(done.stderr.strip().splitlines()[-1:]) or "pip-audit gave no reason"
        return answer_of(json.loads(told.read_text("utf-8")), f"at the service {service!r}")


def answer_of(told: dict[str, Any], source: str) -> Answer:
    """Return what pip-audit's JSON says; a package that it skipped is not one that is well.

    pip-audit itself ends with «No known vulnerabilities found» even where it skipped all.
    """
    packages = told["dependencies"]
    known = tuple(
        Known(
            package["name"],
            package["version"],
            each["id"],
            " ".join(each.get("aliases", ())[:1]),
            ", ".join(each.get("fix_versions", ())),
        )
        for package in packages
        for each in package.get("vulns", ())
    )
    skipped = tuple(package["name"] for package in packages if "skip_reason" in package)
    return Answer(len(packages), skipped, known, source)


def main(given: Sequence[str] | None = None) -> int:
    """Look everything up and say what came of it; return the exit code."""
    words = argparse.ArgumentParser(prog="dev.py audit", description=__doc__)
    words.add_argument("--from", dest="file", type=Path, help="saved advisories, in OSV's format")
    words.add_argument("--service", choices=("pypi", "osv"), default="pypi")
    asked = words.parse_args(given)
    answer = from_file(asked.file) if asked.file else from_service(asked.service)
    if isinstance(answer, str):
        print(f"{answer}\n\nThe service could not be reached: nothing was looked up.")
        print("Where there is no network: dev.py audit --from FILE (docs/security.md).")
        return 2
    print(answer.text())
    return answer.code()


if __name__ == "__main__":
    sys.exit(main())
