"""Makes a release of the last commit: `python3 dev.py release`.

Into build/release come the frozen folder, an archive of it, a Debian package, what it is made of
(CycloneDX), the licences of it, and the sums of all. ``--twice`` makes it a second time and says
what differs; ``--update KEY.pem`` signs update files too; ``--bare`` also freezes an empty window.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "packaging"))
from freeze import archive, bill, differing, frozen, imports, licences, parts, pictures, rooms  # noqa: E402
from freeze.names import COMPANY, OUT, ROOMS, SOURCE, Release, take_source  # noqa: E402
from linux import deb, man  # noqa: E402
from windows import version  # noqa: E402

import dev_setup  # noqa: E402 - this folder is no package


def main(words: Sequence[str] | None = None) -> int:
    """Read the command line and make the release; exit code 1 where it was not made."""
    parser = argparse.ArgumentParser(prog="python3 dev.py release", description=__doc__)
    parser.add_argument("--twice", action="store_true", help="make it again, say what differs")
    parser.add_argument("--bare", action="store_true", help="also freeze an empty window")
    parser.add_argument("--update", type=Path, metavar="KEY.pem", help="sign update files")
    parser.add_argument("--notes", default="", help="what an update file says is new")
    parser.add_argument("--notes-es", default="", help="the same in Spanish")
    asked = parser.parse_args(words)
    try:
        release = Release.of_this_checkout()
        files = make(release, OUT)
        if asked.update:
            notes = {"en": asked.notes, "es": asked.notes_es or asked.notes}
            files += update_files(release, asked.update, notes)
            archive.write_sums(files, OUT / "SHA256SUMS")
        if asked.bare:
            frozen.freeze(release, OUT / "bare", bare=True)
        if asked.twice:
            make(release, ROOMS / "twice")
            dev_setup.say(differing.told(OUT, ROOMS / "twice", [file.name for file in files]))
    except dev_setup.Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    return 0


def make(release: Release, out: Path) -> list[Path]:
    """Make everything of a release, in a folder that is made anew; return what is given out.

    Raises:
        Stop: a step failed, or the frozen program lacks something.
    """
    rooms.make_ready()
    take_source(release)
    pin_keys()
    dev_setup.remove(out)
    out.mkdir(parents=True)
    folder = out / release.name
    pictures.write(frozen.NOTES)
    (frozen.NOTES / "built.txt").write_text(f"{release.note}\n", "utf-8")
    details = version.told(release.version, COMPANY, release.note)
    (frozen.NOTES / "version.txt").write_text(details, "utf-8")
    _step("Freezing the program")
    frozen.freeze(release, folder)
    _step("Looking whether all that it imports is there")
    held = imports.modules_in(folder)
    imports.check(held)
    _step("Listing what it is made of, with the licences")
    given = about(release, folder, held, out)
    frozen.settle(folder, release.epoch)
    if release.system == "linux":
        given += packages(release, folder, out)
    archive.write_sums(given, out / "SHA256SUMS")
    for file in given:
        dev_setup.say(f"  {file.stat().st_size / 1e6:7.1f} MB  {file.name}")
    return [*given, out / "SHA256SUMS"]


def about(release: Release, folder: Path, held: set[str], out: Path) -> list[Path]:
    """Write the bill of materials and the licences, into the folder and beside it."""
    packages = rooms.packages_of(rooms.FROZEN)
    inside = parts.distributions(packages, held)
    others = [*parts.carried(frozen.inside(folder)), *parts.of_python(release.system)]
    files = [out / f"{release.name}.cdx.json", out / "THIRD-PARTY-LICENCES.txt"]
    bill.write(release, inside, [*others, *licences.bundled()], files[0])
    whole = [*inside, *others, *licences.bundled()]
    files[1].write_text(licences.notices(release.version, whole), "utf-8")
    beside = frozen.program(folder).parent
    beside = beside.parent / "Resources" if beside.name == "MacOS" else beside
    (beside / "sbom.cdx.json").write_bytes(files[0].read_bytes())
    (beside / "THIRD-PARTY-LICENCES.txt").write_bytes(files[1].read_bytes())
    return files


def packages(release: Release, folder: Path, out: Path) -> list[Path]:
    """What a Linux gets: an archive that runs from any place, and a package."""
    files = [out / f"{release.name}.tar.gz", out / release.deb]
    _step("Packing")
    archive.pack(folder, files[0], release.epoch)
    deb.make(release, folder, man.zipped(man.of_source(SOURCE, release)), files[1])
    return files


def pin_keys() -> None:
    """Lay the makers' public keys into the source that is frozen, where the build was given them.

    Raises:
        Stop: what was given is no file of keys.
    """
    from update_file import pin

    try:
        dev_setup.say(pin(SOURCE / "resources"))
    except (ValueError, OSError) as error:
        raise dev_setup.Stop(f"The release keys cannot be used: {error}") from error


def update_files(release: Release, key: Path, notes: dict[str, str]) -> list[Path]:
    """Sign one update file, with the archive and the package in it."""
    from update_file import make_update

    names = (f"{release.name}.tar.gz", release.deb)
    return [
        make_update(
            [OUT / name for name in names],
            version=release.version,
            system=release.system,
            machine=release.machine,
            notes=notes,
            key=key,
            folder=OUT,
            commit=release.commit,
            built_at=release.made,
        )
    ]


def _step(what: str) -> None:
    dev_setup.say(f"-- {what}")


if __name__ == "__main__":
    sys.exit(main())
