"""Makes real update files, signed with a key that is made for the tests and shipped nowhere."""

import importlib.util
import io
import subprocess
import tarfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ketachart import charting
from ketachart.charting import updating
from ketachart.update import starting
from ketachart.update.installed import Installed
from ketachart.update.keys import ReleaseKey
from tests.helpers.door import NOON, PASSPHRASE, clinic_in
from ui.demo_clinic import SceneClock

ROOT = Path(__file__).resolve().parent.parent.parent
BUILT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
NOTES = {"en": "What is new.", "es": "Lo nuevo."}
PRESENT, NEXT, FOREIGN = (Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (1, 2, 3))


def _tool():
    spec = importlib.util.spec_from_file_location("update_file", ROOT / "packaging/update_file.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


update_file = _tool()


def pinned(key, state="present"):
    return ReleaseKey(update_file.public_of(key), state)


KEYS = (pinned(PRESENT), pinned(NEXT, "next"))


def archive(folder, version="1.0.1", *, says=None, extra=()):
    """A small KetaChart for a folder: a program that says its version, and one more file."""
    top = f"ketachart-{version}-linux-x86_64"
    path = folder / f"{top}.tar.gz"
    program = f"#!/bin/sh\necho KetaChart {says or version}\n".encode()
    files = {f"{top}/ketachart": program, f"{top}/ketachart-window": program}
    files[f"{top}/_internal/resources/words"] = b"w" * 2000
    with tarfile.open(path, "w:gz") as box:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size, info.mode = len(content), 0o755 if "internal" not in name else 0o644
            box.addfile(info, io.BytesIO(content))
        for info, content in extra:
            box.addfile(info, io.BytesIO(content))
    return path


def made(folder, version="1.0.1", *, key=PRESENT, payload=None, **told):
    """An update file, as the release makes it."""
    folder.mkdir(exist_ok=True)
    return update_file.make_update(
        payload or archive(folder, version),
        version=version,
        key=key,
        folder=folder,
        **{
            "system": "linux", "machine": "x86_64", "notes": NOTES, "commit": "0123abc",
            "built_at": BUILT, **told,
        },
    )  # fmt: skip


def contents(path):
    with zipfile.ZipFile(path) as box:
        return {name: box.read(name) for name in box.namelist()}


def rezipped(path, files, how=zipfile.ZIP_STORED):
    """The same file with other things in it, named as they come."""
    rows = files.items() if isinstance(files, dict) else files
    with zipfile.ZipFile(path, "w", how) as box:
        for name, content in rows:
            box.writestr(zipfile.ZipInfo(name), content, how)
    return path


class Laptop:
    """A program in a folder, a person's ledger, and a stick; the version that runs is pretended."""

    def __init__(self, place, *, ledger=True):
        self.place, self.stick = place, place / "stick"
        self.root, self.folder = place / "program", place / "home" / "ketachart"
        self.clock = SceneClock(NOON)
        self.stick.mkdir(parents=True)
        self.root.mkdir()
        for name in ("ketachart", "ketachart-window"):
            (self.root / name).write_text("#!/bin/sh\necho KetaChart 1.0.0\n")
            (self.root / name).chmod(0o755)
        self.folder.parent.mkdir()
        if ledger:
            clinic_in(self.folder)

    @classmethod
    def at(cls, place):
        """One that was made before, or copied."""
        self = cls.__new__(cls)
        self.place, self.stick, self.root = place, place / "stick", place / "program"
        self.folder, self.clock = place / "home" / "ketachart", SceneClock(NOON)
        return self

    def here(self, version="1.0.0"):
        """The version that runs, as its place in the program's folder says."""
        place = "." if version == "1.0.0" else f"versions/{version}"
        return Installed(
            version=version, system="linux", machine="x86_64", way="folder", root=self.root,
            place=place,
        )  # fmt: skip

    def office(self):
        """The unlocked ledger; whoever asks closes it."""
        return charting.unlock(self.folder, "ja", PASSPHRASE, self.clock)

    def task(self, path=None, *, version="1.0.0", office=None):
        """One update, as window and command line make it."""
        return updating.UpdateTask(
            folder=self.folder,
            path=path or made(self.stick),
            clock=self.clock,
            here=self.here(version),
            backup=updating.backup_for(office) if office is not None else None,
        )

    def update(self, path=None, *, version="1.0.0"):
        """Unlocks, updates, locks."""
        if not charting.holds_ledger(self.folder):
            return self.task(path, version=version).work()
        office = self.office()
        try:
            return self.task(path, version=version, office=office).work()
        finally:
            office.close()

    def starts(self):
        """Which version runs where the window is started where it was unpacked first."""
        counts = starting.that_counts(self.root, counted=True)
        said = subprocess.run(
            [(counts or self.root) / "ketachart-window"], capture_output=True, text=True, check=True
        )
        return said.stdout.split()[1]
