"""Makes an update file of a release, signed; and the keys that sign.

``make_update`` is called by the release. By hand: ``update_file.py key FILE.pem`` makes a new key
and says what the build is told of it; ``update_file.py public FILE.pem`` says it again. A private
key lies encrypted under a passphrase (asked for, or in KETACHART_RELEASE_PASSPHRASE), outside of
every checkout.
"""

import getpass
import hashlib
import os
import sys
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ketachart.storage.schema import MIGRATIONS
from ketachart.update import box as outside
from ketachart.update.keys import FILE, mark_of, read
from ketachart.update.shapes import (
    Machine,
    Payload,
    PayloadKind,
    System,
    UpdateList,
    file_name,
    list_of,
)

PASSPHRASE = "KETACHART_RELEASE_PASSPHRASE"  # noqa: S105 - the name of a setting
KEYS = "KETACHART_RELEASE_KEYS"
"""The setting that names the file of public keys which a release is built with."""
KINDS: dict[str, PayloadKind] = {
    ".deb": "deb",
    ".tar.gz": "archive",
    ".exe": "setup",
    ".dmg": "dmg",
}
OLDEST = "1.0.0"
"""The first version that takes updates at all."""
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say: the list has the true time


def make_update(  # noqa: PLR0913 - what a release knows of itself
    payload: Path | Sequence[Path],
    *,
    version: str,
    system: System,
    machine: Machine,
    notes: dict[str, str],
    key: Path | Ed25519PrivateKey,
    folder: Path | None = None,
    commit: str = "",
    built_at: datetime | None = None,
    since: str = OLDEST,
    ledger: int = len(MIGRATIONS),
) -> Path:
    """One update file beside its (first) payload, or in ``folder``; the same bytes for the same.

    Args:
        payload: what is installed: .deb, .tar.gz, .exe, .dmg; one of a kind.
        version: such as 1.0.1.
        system: of which computers.
        machine: of which processors.
        notes: what is new for those who chart, {"en": …, "es": …}.
        key: the private key, or the PEM file that holds it.
        folder: where it is written.
        commit: of which it was built.
        built_at: when, with its offset; the time of the commit where SOURCE_DATE_EPOCH tells it.
        since: the oldest version that it can be put on.
        ledger: the shape of the ledgers that it writes.

    Raises:
        ValueError, OSError: it cannot be made so.
    """
    payloads = [payload] if isinstance(payload, Path) else list(payload)
    private = private_key(key) if isinstance(key, Path) else key
    told = UpdateList(
        version=version,
        built_at=built_at or _built_at(),
        commit=commit,
        system=system,
        machine=machine,
        since=since,
        ledger=ledger,
        key=mark_of(public_of(private)),
        notes_en=notes["en"],
        notes_es=notes["es"],
        payloads=tuple(_told_of(each) for each in payloads),
    ).as_bytes()
    list_of(told)  # what would be refused is not made
    made = (folder or payloads[0].parent) / file_name(version, system, machine)
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED, allowZip64=False) as box:
        box.writestr(zipfile.ZipInfo(outside.LIST, _LONG_AGO), told)
        box.writestr(zipfile.ZipInfo(outside.SIGNATURE, _LONG_AGO), private.sign(told))
        for each in payloads:
            with each.open("rb") as source, box.open(_info(each), "w") as target:
                while block := source.read(outside.STEP):
                    target.write(block)
    return made


def _info(path: Path) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(path.name, _LONG_AGO)
    info.file_size = path.stat().st_size
    return info


def _told_of(path: Path) -> Payload:
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    kind = next((kind for ending, kind in KINDS.items() if path.name.endswith(ending)), None)
    if kind is None:
        raise ValueError(f"no payload of an update: {path.name}")
    return Payload(name=path.name, kind=kind, size=path.stat().st_size, sha256=sha256)


def _built_at() -> datetime:
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        raise ValueError("say when it was built: built_at, or SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC)


# ------------------------------------------------ keys


def new_key(file: Path, passphrase: bytes) -> str:
    """A new private key in a file that only its owner reads; gives the public one.

    Raises:
        FileExistsError: a key is never written over.
    """
    private = Ed25519PrivateKey.generate()
    pem = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(passphrase),
    )
    with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as made:
        made.write(pem)
    return public_of(private)


def private_key(file: Path) -> Ed25519PrivateKey:
    """The private key in a PEM file."""
    pem = file.read_bytes()
    try:
        key = serialization.load_pem_private_key(pem, None)
    except TypeError:  # it lies encrypted
        key = serialization.load_pem_private_key(pem, _passphrase())
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"{file.name} is no Ed25519 key")  # noqa: TRY004 - of the file's content
    return key


def public_of(private: Ed25519PrivateKey) -> str:
    """Its public half, 64 hexadecimal digits."""
    return private.public_key().public_bytes_raw().hex()


def pinned_text(*publics: str) -> str:
    """What the build's own release_keys.toml says: the present key, then the next."""
    states = ("present", "next")
    if not 0 < len(publics) <= len(states):
        raise ValueError("one key, or two")
    rows = zip(publics, states, strict=False)
    return "".join(f'[[key]]\npublic = "{key}"\nstate = "{state}"\n\n' for key, state in rows)


def pin(resources: Path) -> str:
    """Lays the keys that the build was given among the files that ship; says which.

    Raises:
        ValueError, OSError: they are none, or cannot be read; nothing is built then.
    """
    given = os.environ.get(KEYS)
    if not given:
        return f"No release key is pinned ({KEYS} names no file): what is built takes no updates."
    keys = read(Path(given))
    if not keys:
        raise ValueError(f"{given} holds no release key")
    (resources / FILE).write_text(pinned_text(*(key.public for key in keys)), "utf-8")
    return f"Release keys pinned: {', '.join(f'{key.mark} ({key.state})' for key in keys)}."


def _passphrase() -> bytes:
    said = os.environ.get(PASSPHRASE) or getpass.getpass("Passphrase of the release key: ")
    return said.encode()


def main(words: Sequence[str]) -> int:
    """Make a key, or say its public half."""
    if len(words) != 2 or words[0] not in ("key", "public"):
        print(__doc__)
        return 2
    file = Path(words[1])
    public = new_key(file, _passphrase()) if words[0] == "key" else public_of(private_key(file))
    print(pinned_text(public).strip())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
