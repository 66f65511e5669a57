"""What every sheet of the drug count has: it writes in the clinic's book, not in a visit."""

from ketachart.domain.custody.book import Book
from ketachart.domain.custody.count import Counted
from ketachart.domain.facts import Fact
from ui.forms.timed import TimedSheet


class StockSheet(TimedSheet):
    """Fields, the time it happened, and one button; nothing clears before it is on the disk."""

    def show_book(self, known: Book, found: tuple[Counted, ...]) -> None:
        """The book changed: renew what is offered."""
        del known, found

    def form_stream(self) -> str:
        """Of no visit."""
        return ""

    def write(self, facts: tuple[Fact, ...], act: str) -> None:
        """Into the clinic's own stream.

        Raises:
            Refused, LedgerError: it was not written.
        """
        self.desk.write_stock(lambda stock: stock.record(*facts, act=act))
