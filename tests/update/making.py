"""Makes real update files, signed with a key that is made for the tests and shipped nowhere."""

import importlib.util
import io
import tarfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ketachart.update.keys import ReleaseKey

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
