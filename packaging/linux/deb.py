"""Makes a Debian package of the frozen folder: what it needs, where it lies, how it is found."""

import gzip
import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

from freeze import frozen, parts, pictures
from freeze.names import CONTACT, PACKAGING, ROOMS, Release

import dev_setup

HERE: Final = PACKAGING / "linux"
HOME: Final = "opt/ketachart"
PROGRAMS: Final = ("ketachart", "ketachart-window")
# Opened while it runs, so that no library is linked with it.
_OPENED: Final = ("libgl1", "libegl1")
_CONTROL: Final = """\
Package: ketachart
Version: {version}
Architecture: {architecture}
Maintainer: {contact}
Installed-Size: {size}
Depends: {depends}
Section: misc
Priority: optional
Description: chart a ketamine infusion at home, offline
 KetaChart is with which a travelling nurse charts a ketamine infusion at the
 patient's home: order, screening, pump check, vital signs, side effects,
 drug count and discharge, in an encrypted ledger that is only added to.
 .
 The report of a visit is a signed PDF that anybody can check. Nothing in the
 program reaches a network.
"""
_SOURCE: Final = "Source: ketachart\n\nPackage: ketachart\nArchitecture: any\n"
_COPYRIGHT: Final = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: KetaChart

Files: *
Copyright: {year} {company}
License: KetaChart
 All rights reserved. What KetaChart brings along was made by others, each under
 a licence of its own: /opt/ketachart/THIRD-PARTY-LICENCES.txt holds their texts.
"""
_CHANGES: Final = """\
ketachart ({version}) stable; urgency=medium

  * {version}: see CHANGELOG.md, and /opt/ketachart/sbom.cdx.json for its parts.

 -- {contact}  {made:%a, %d %b %Y %H:%M:%S} +0000
"""
_SHOWN: Final = re.compile(r"^shlibs:Depends=(.*)$", re.MULTILINE)


def make(release: Release, folder: Path, manual: bytes, into: Path) -> None:
    """Write the package of a frozen folder.

    Raises:
        Stop: a tool of Debian said no.
    """
    tree = ROOMS / "deb"
    dev_setup.remove(tree)
    lay_out(release, folder, manual, tree)
    control = tree / "DEBIAN"
    control.mkdir()
    (control / "control").write_text(
        control_file(release, depends_of(tree), kibibytes(tree)), "utf-8"
    )
    (control / "md5sums").write_text(sums_of(tree), "utf-8")
    _settle(tree, release.epoch)
    words = ["dpkg-deb", "--root-owner-group", "--build", "-Zxz", "-z1", str(tree), str(into)]
    dev_setup.must(words, failing="The package was not made.", **release.settings)


def lay_out(release: Release, folder: Path, manual: bytes, tree: Path) -> None:
    """Put every file where it is installed."""
    shutil.copytree(folder, tree / HOME, symlinks=True)
    links = tree / "usr" / "bin"
    links.mkdir(parents=True)
    for name in PROGRAMS:
        (links / name).symlink_to(f"/{HOME}/{name}")
    share = tree / "usr" / "share"
    for size in pictures.SIZES:
        where = f"icons/hicolor/{size}x{size}/apps/ketachart.png"
        _put(share / where, pictures.png(size))
    _put(share / "icons/hicolor/scalable/apps/ketachart.svg", pictures.SIGN.read_bytes())
    _put(share / "applications/ketachart.desktop", (HERE / "ketachart.desktop").read_bytes())
    _put(share / "mime/packages/ketachart.xml", (HERE / "ketachart.xml").read_bytes())
    _put(share / "lintian/overrides/ketachart", (HERE / "lintian-overrides").read_bytes())
    for name in PROGRAMS:
        _put(share / f"man/man1/{name}.1.gz", manual)
    year = f"{release.made:%Y}"
    copying = _COPYRIGHT.format(year=year, company=CONTACT.partition(" <")[0])
    _put(share / "doc/ketachart/copyright", copying.encode())
    changes = _CHANGES.format(version=release.version, contact=CONTACT, made=release.made)
    _put(share / "doc/ketachart/changelog.gz", gzip.compress(changes.encode(), 9, mtime=0))


def control_file(release: Release, depends: str, size: int) -> str:
    """What the package says of itself; ``size`` in KiB as installed."""
    return _CONTROL.format(
        version=release.version,
        architecture=release.architecture,
        contact=CONTACT,
        depends=depends,
        size=size,
    )


def depends_of(tree: Path) -> str:
    """The packages that hold what the libraries of the tree are linked with.

    Raises:
        Stop: something is linked with what no package of this Debian holds.
    """
    inside = tree / HOME / "_internal"
    room = ROOMS / "shlibs"
    dev_setup.remove(room)
    (room / "debian").mkdir(parents=True)
    (room / "debian" / "control").write_text(_SOURCE, "utf-8")
    libraries = sorted(frozen.libraries_in(tree / HOME))
    own = sorted({str(file.parent) for file in libraries} | {str(inside)})
    words = ["dpkg-shlibdeps", "-O", "--ignore-missing-info", *(f"-l{place}" for place in own)]
    words += [f"-e{file}" for file in (tree / HOME / "ketachart", *libraries)]
    told = subprocess.run(words, cwd=room, capture_output=True, encoding="utf-8", check=False)
    found = _SHOWN.search(told.stdout)
    if told.returncode or found is None:
        raise dev_setup.Stop(f"{told.stderr}\n\nWhat the program needs could not be found out.")
    return tidied(found[1], {part.package for part in parts.carried(inside)})


def tidied(depends: str, carried: set[str]) -> str:
    """In order of names: what is linked or opened and does not come along, each package once."""
    told = {part.split()[0]: part.strip() for part in depends.split(",")}
    told = {**dict.fromkeys(_OPENED), **told}
    return ", ".join(told[name] or name for name in sorted(told) if name not in carried)


def kibibytes(tree: Path) -> int:
    """How much room the files take, in KiB, each rounded up as Debian counts."""
    files = [path for path in tree.rglob("*") if "DEBIAN" not in path.parts]
    sizes = [path.lstat().st_size if path.is_file() else 0 for path in files]
    return sum(max(1, (size + 1023) // 1024) for size in sizes)


def sums_of(tree: Path) -> str:
    """The sums that ``dpkg --verify`` holds an installation against."""
    lines = []
    for file in sorted(tree.rglob("*")):
        if file.is_file() and not file.is_symlink() and "DEBIAN" not in file.parts:
            digest = hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()
            lines.append(f"{digest}  {file.relative_to(tree)}\n")
    return "".join(lines)


def _put(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def _settle(tree: Path, epoch: int) -> None:
    for path in (*tree.rglob("*"), tree):
        if not path.is_symlink():
            runs = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if runs else 0o644)
        os.utime(path, (epoch, epoch), follow_symlinks=False)
