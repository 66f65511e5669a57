"""Why a count and the book differ, and who was told."""

from ketachart.domain.custody.book import Book
from ketachart.domain.custody.count import Counted, to_explain
from ketachart.domain.facts import Fact, StockExplained
from ketachart.domain.wording import day_and_clock
from ui.desk import Desk
from ui.forms import reading
from ui.forms.stock.sheet import StockSheet
from ui.forms.timed import must_choose
from ui.widgets.choices import Choice
from ui.widgets.offered import Offered
from ui.widgets.text_field import NoteField, TextField
from ui.widgets.words import Words


class ExplainSheet(StockSheet):
    """The explanation belongs to one count; it does not change what the book expects."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Explain a difference", records="Record explanation")
        self._count = Offered("Which count", empty="No count waits for an explanation.")
        self._count.set_label("Which count")
        self._reason = NoteField("What was found out", label="What was found out", lines=3)
        self._told = TextField(
            "Who was told, and when", label="Who was told, and when", placeholder="Dr Okafor, 9:10"
        )
        hint = Words(
            "What is gone is charted under Broken, missing, expired; a vial that is too much is "
            "received. Until then the next count differs again.",
            size="small",
            tone="muted",
        )
        self.add_fields((self._count, self._reason, self._told, hint, *_passages(desk)))
        self.place("count", self._count)
        self.place("reason", self._reason)
        self.place("told", self._told)

    def show_book(self, known: Book, found: tuple[Counted, ...]) -> None:
        """The counts that wait; the only one is not chosen for the nurse either."""
        del known
        today = self.desk.now().date()
        self._count.offer(
            tuple(
                Choice(
                    each.entry.id,
                    f"Count {day_and_clock(each.entry.at, beside=today)}",
                    sub=each.words(),
                )
                for each in to_explain(found)
            )
        )

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The explanation.

        Raises:
            Refused: something is missing.
        """
        del confirmed
        return (
            StockExplained(
                at=self.when.moment(),
                count=must_choose(self._count, "Choose the count.", "count"),
                reason=self._reason.text().strip(),
                told=reading.text(self._told, "Who was told, and when", "told"),
            ),
        )


def _passages(desk: Desk) -> tuple[Words, ...]:
    """What the clinic's protocol says about a loss, with its source."""
    protocol = desk.office.protocol
    return tuple(
        Words(
            f"{passage.title}: {passage.text} ({protocol.cited(passage.source).short})",
            size="small",
            tone="muted",
        )
        for passage in protocol.passages_about("drug-count")
    )
