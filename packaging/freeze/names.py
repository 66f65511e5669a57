"""What a release is called, what it was made of, and where its parts lie."""

import io
import os
import platform
import re
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Self

import dev_setup

ROOT: Final = dev_setup.ROOT
PACKAGING: Final = ROOT / "packaging"
OUT: Final = ROOT / "build" / "release"
ROOMS: Final = ROOT / "build" / "freeze"
"""Where what a release is made with is kept, so that the next one is made sooner."""

SOURCE: Final = ROOMS / "source"
"""The commit that is released, without what lies about in this checkout."""

COMPANY: Final = "The KetaChart maintainers"
CONTACT: Final = os.environ.get("KETACHART_CONTACT", "KetaChart maintainers <ketachart@localhost>")

_VERSION: Final = re.compile(r'^__version__ = "(\d+\.\d+\.\d+)"$', re.MULTILINE)
_SYSTEMS: Final = {"linux": "linux", "win32": "windows", "darwin": "macos"}
_MACHINES: Final = {"amd64": "x86_64", "x86_64": "x86_64", "arm64": "aarch64", "aarch64": "aarch64"}
_DEBIAN: Final = {"x86_64": "amd64", "aarch64": "arm64"}


@dataclass(frozen=True, slots=True)
class Release:
    """One version for one system, made of one commit, at the time of that commit."""

    version: str
    system: str
    machine: str
    commit: str
    made: datetime

    @classmethod
    def of_this_checkout(cls) -> Self:
        """The release that the last commit makes, for the system this runs on.

        Raises:
            Stop: this is no checkout of git, so there is no commit to name in the program.
        """
        return cls(
            version=version_in((ROOT / "ketachart" / "__init__.py").read_text("utf-8")),
            system=_SYSTEMS[sys.platform],
            machine=machine_of(platform.machine()),
            commit=_git("rev-parse", "--short=12", "HEAD"),
            made=datetime.fromtimestamp(int(_git("log", "-1", "--format=%ct")), UTC),
        )

    @property
    def name(self) -> str:
        """For example ``ketachart-1.0.0-linux-x86_64``: the folder, and how its files begin."""
        return f"ketachart-{self.version}-{self.system}-{self.machine}"

    @property
    def deb(self) -> str:
        """For example ``ketachart_1.0.0_amd64.deb``."""
        return f"ketachart_{self.version}_{self.architecture}.deb"

    @property
    def architecture(self) -> str:
        """The machine as Debian calls it."""
        return _DEBIAN[self.machine]

    @property
    def epoch(self) -> int:
        """Seconds since 1970 at which the commit was made: the time of every file in it."""
        return int(self.made.timestamp())

    @property
    def note(self) -> str:
        """What stands behind the version in the program."""
        return f"built on {self.made:%Y-%m-%d} of {self.commit} for {self.system}-{self.machine}"

    @property
    def settings(self) -> dict[str, str]:
        """The environment that makes tools answer twice the same."""
        return {
            "SOURCE_DATE_EPOCH": str(self.epoch),
            "PYTHONHASHSEED": "0",
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
        }


def take_source(release: Release) -> None:
    """Lay out the commit that is released, every file with its time.

    Raises:
        Stop: git could not give it.
    """
    dev_setup.remove(SOURCE)
    packed = subprocess.run(
        ["git", "-C", str(ROOT), "archive", "--format=tar", release.commit],
        capture_output=True,
        check=False,
    )
    if packed.returncode:
        raise dev_setup.Stop("The commit could not be read from git.")
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(SOURCE, filter="data")


def version_in(source: str) -> str:
    """The version that a package's first file says.

    Raises:
        Stop: it says none that is made of three numbers.
    """
    found = _VERSION.search(source)
    if found is None:
        raise dev_setup.Stop("ketachart/__init__.py does not say the version as three numbers.")
    return found[1]


def machine_of(told: str) -> str:
    """The machine as every release calls it, from what the system calls it.

    Raises:
        Stop: there is no release for such a machine.
    """
    if told.lower() not in _MACHINES:
        raise dev_setup.Stop(f"There is no release for a machine of the kind {told}.")
    return _MACHINES[told.lower()]


def _git(*words: str) -> str:
    told = subprocess.run(
        ["git", "-C", str(ROOT), *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        check=False,
        env={**os.environ, "LC_ALL": "C"},
    )
    if told.returncode:
        raise dev_setup.Stop("A release is made of a commit, and this folder is no git checkout.")
    return told.stdout.strip()
