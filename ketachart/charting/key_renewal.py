"""A new key for the ledger: a keyring that was copied before opens only old copies after it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from ketachart.charting.people_office import Office
from ketachart.charting.task_words import Told, silent
from ketachart.errors import Refused
from ketachart.storage import rekeying
from ketachart.storage.keyring import Unwrapped

DRAFTS = (
    "There are half-typed forms that are not charted yet; they would be lost with the old key. "
    "Chart or drop them first."
)


@dataclass(frozen=True, slots=True)
class RenewedKey:
    """The ledger's copy under its new key lies beside it; the old key still counts."""

    proof: Unwrapped = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewKeyTask:
    """The ledger is to have a new key; charting may go on while it is copied."""

    folder: Path
    proof: Unwrapped = field(repr=False)
    fresh: Unwrapped = field(repr=False)

    def work(
        self,
        told: Told = silent,
        on_progress: Callable[[int, int], None] = lambda _done, _total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> RenewedKey:
        """Copies the ledger under a new key, and reads the copy; may run in a worker.

        Raises:
            Refused: it was cancelled.
            LedgerError: the ledger is as it was; the sentence says why.
        """
        told("Reading the ledger, and copying it under a new key")

        def step(done: int, total: int) -> None:
            if cancelled():
                raise Refused(
                    "It was stopped. Nothing was changed, and the old key counts: begin again when "
                    "there is time.",
                    rule="cancelled",
                )
            on_progress(done, total)

        try:
            rekeying.copy_under(self.folder, self.proof, self.fresh, step)
        except BaseException:
            rekeying.forget_copy(self.folder)
            raise
        return RenewedKey(self.fresh)


def put_in_place(office: Office, made: RenewedKey, old: Unwrapped) -> Unwrapped:
    """Locks the ledger and gives it its new key; `enter` opens it again with what this returns.

    Raises:
        Refused: a form was half typed meanwhile; or the ledger is locked, and opens as it did.
        LedgerError: the sentence says why; the ledger is locked, and opens as it did.
    """
    folder = office.folder
    if office.keeping.drafts.all():
        raise Refused(DRAFTS, rule="drafts are open")
    office.close()
    rekeying.switch(folder, old, made.proof)
    return made.proof
