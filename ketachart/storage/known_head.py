"""The last entry as it was known outside the ledger: it shows when newer ones were cut off.

The chains cannot see that (``chain.py``). So the head is kept beside the ledger each time it is
closed, sealed with the ledger's key; and it stands in every backup's manifest.
"""

import hashlib
import hmac
import json
from pathlib import Path

from ketachart.errors import Fault
from ketachart.storage import folder as place
from ketachart.storage import records
from ketachart.storage.entry import Head
from ketachart.storage.keyring import Unwrapped
from ketachart.storage.vault import Database

_PURPOSE = b"ketachart-known-head-1"


def file_of(folder: Path) -> Path:
    """Where the head is kept."""
    return folder / "head.json"


def missed_file_of(folder: Path) -> Path:
    """Where a head is kept that the ledger was found to lack, until a supervisor has looked."""
    return folder / "head-missed.json"


def keep_missed(folder: Path, unwrapped: Unwrapped, head: Head) -> None:
    """Keep a head that the ledger lacks, so that the next head does not silence it.

    Raises:
        DiskFull, FolderReadOnly, NotSaved: it is not kept.
    """
    known = read(folder, unwrapped, missed=True)
    if known is None or known.seq < head.seq:
        place.write_whole(missed_file_of(folder), _note(unwrapped, head))


def seen(folder: Path) -> None:
    """A supervisor has looked: what was missed is told no more.

    Raises:
        FolderReadOnly, NotSaved: it is told again.
    """
    with place.writing_files():
        missed_file_of(folder).unlink(missing_ok=True)
        place.flush_names(folder)


def keep(folder: Path, unwrapped: Unwrapped, head: Head) -> None:
    """Write the head down; the old note stands until the new one is on the disk.

    Raises:
        DiskFull, FolderReadOnly, NotSaved: the old note still stands.
    """
    place.write_whole(file_of(folder), _note(unwrapped, head))


def _note(unwrapped: Unwrapped, head: Head) -> bytes:
    told = {"seq": head.seq, "link": head.link, "seal": _seal(unwrapped, head)}
    return json.dumps(told, sort_keys=True).encode()


def read(folder: Path, unwrapped: Unwrapped, *, missed: bool = False) -> Head | None:
    """The head as it was last known; None where nothing was kept, or by no key of this ledger.

    ``missed``: the one that the ledger was found to lack.
    """
    path = missed_file_of(folder) if missed else file_of(folder)
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        head = Head(int(told["seq"]), str(told["link"]))
        keys = (unwrapped, *unwrapped.before())
        sealed = any(hmac.compare_digest(str(told["seal"]), _seal(key, head)) for key in keys)
    except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return None
    return head if sealed else None


def forget(folder: Path) -> None:
    """A ledger is put in this one's place on purpose: what was known of the one before is over.

    Raises:
        DiskFull, FolderReadOnly, NotSaved: it still stands.
    """
    with place.writing_files():
        file_of(folder).unlink(missing_ok=True)
        missed_file_of(folder).unlink(missing_ok=True)
        place.flush_names(folder)


def missing_since(database: Database, known: Head, whence: str) -> Fault | None:
    """What a head known from elsewhere tells against the ledger; None where all of it is there.

    ``whence`` says who knows it: “a backup of 14:05 on 22 Nov”.
    """
    last = records.head_of(database).seq
    if last < known.seq:
        lost = known.seq - last
        entries = "entry is" if lost == 1 else "entries are"
        return Fault(
            "entries-missing",
            f"Entries after {last} are missing: {whence} knows {known.seq}, so {lost} {entries} "
            "not here. An older ledger.db was put in the place of the newer one.",
        )
    if known.seq and _link_at(database, known.seq) != known.link:
        return Fault(
            "other-history",
            f"Entry {known.seq} is not the one that {whence} knows: the ledger went another way "
            "since then.",
        )
    return None


def _link_at(database: Database, seq: int) -> str:
    found = database.execute("SELECT link FROM entry WHERE seq = ?", [seq]).fetchone()
    return str(found[0]) if found else ""


def _seal(unwrapped: Unwrapped, head: Head) -> str:
    words = json.dumps([unwrapped.ledger_id, head.seq, head.link]).encode()
    key = hmac.new(unwrapped.dek, _PURPOSE, hashlib.sha256).digest()
    return hmac.new(key, words, hashlib.sha256).hexdigest()
