"""Gives a new ledger its place once everything that it begins with is in it.

A clinic is founded in several acts. Stopped between two of them it would be a ledger without a
clinic: nothing could be charted in it, and no other be made in its place.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ketachart.errors import LedgerError, NotSaved
from ketachart.storage import folder as place
from ketachart.storage.instance import Hold
from ketachart.storage.unfolded import log_file


@contextmanager
def room_for_making(folder: Path) -> Iterator[Path]:
    """A folder inside, in which a new ledger is made; what is left in it afterwards is removed.

    Raises:
        LedgerError: there is a ledger already; it was not touched.
        LedgerInUse, FolderReadOnly, DiskFull, NotSaved: nothing was made.
    """
    place.make_private(folder)
    hold, making = Hold(folder), folder / "making"
    try:
        if place.holds_ledger(folder):
            raise LedgerError(
                "There is a ledger in this folder already. Nothing was changed: unlock it, or "
                "choose an empty folder."
            )
        shutil.rmtree(making, ignore_errors=True)
        yield making
    finally:
        shutil.rmtree(making, ignore_errors=True)
        hold.release()


def move_in(making: Path, folder: Path) -> None:
    """Puts a closed ledger into its folder: a power cut leaves nothing that counts, or all of it.

    The keyring goes before the ledger's own name, as in ``Ledger.create``.

    Raises:
        DiskFull, FolderReadOnly, NotSaved: it is not there, or opens whole the next time.
    """
    made, unfinished = place.ledger_file(making), place.unfinished_file(folder)
    if log_file(made).exists():
        raise NotSaved(place.NOT_SAVED)  # not everything could be folded into the one file
    with place.writing_files():
        for leftover in folder.glob(unfinished.name + "*"):
            leftover.unlink()
    place.put_in_place(made, unfinished)
    for fresh, file in zip(place.keyring_files(making), place.keyring_files(folder), strict=True):
        place.put_in_place(fresh, file)
    place.put_in_place(unfinished, place.ledger_file(folder))
