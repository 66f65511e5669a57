"""What is done when the disk did not answer: what it kept all the same is taken up.

Otherwise the next try would find its entry on the disk and not in what is known here.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Protocol

from ketachart.charting.post_shapes import CLINIC
from ketachart.errors import LedgerError, NotSaved
from ketachart.storage.entry import Row
from ketachart.storage.ledger import Ledger


class Office(Protocol):
    """What is asked of the unlocked ledger."""

    def adopt(self, rows: Sequence[Row]) -> None:
        """Takes new entries of the clinic's own stream up."""
        ...


@contextmanager
def taken_up(office: Office, ledger: Ledger) -> Iterator[None]:
    """Reads the clinic's own stream again where the disk did not answer; the fault goes on.

    Raises:
        NotSaved: it may or may not be kept; do it again.
    """
    try:
        yield
    except NotSaved:
        with suppress(LedgerError):
            office.adopt(ledger.stream(CLINIC))
        raise
