"""Fills a package with what waits, and not with more than the other side can take."""

from collections.abc import Iterable, Iterator

from ketachart.charting.post_book import PostBook
from ketachart.charting.post_items import item_of
from ketachart.charting.post_outbox import Waiting
from ketachart.exchange.items import Item

MOST_ITEMS = 1_500
MOST_BYTES = 128 * 1024 * 1024
"""What one package holds at most, well below what a reader takes; the rest goes with the next."""


def items_of(
    book: PostBook, waiting: Iterable[Waiting]
) -> tuple[tuple[Item, ...], tuple[Waiting, ...]]:
    """What goes into one package, and what of that waits; papers are read from the ledger.

    What never went into a package goes first, so that each comes to its turn.
    """
    found: dict[tuple[str, str], Item] = {}
    taken: list[Waiting] = []
    left = MOST_BYTES
    for one in sorted(waiting, key=lambda one: one.line.packed):
        more = {(item.kind, item.id): item for item in _items(book, one)}
        left -= sum(len(item.content) for item in more.values())
        full = len(found) + len(more) > MOST_ITEMS or left < 0
        if full and taken:
            break
        if more:
            found.update(more)
            taken.append(one)
    return tuple(found.values()), tuple(taken)


def _items(book: PostBook, one: Waiting) -> Iterator[Item]:
    line = one.line
    if one.paper:
        kept = book.ledger.document(one.paper)
        if kept is None:
            return
        kind = "report" if line.kind == "report" else "countersigned"
        yield Item(one.paper, kind, kept.content)
    if one.fact is not None:
        yield item_of(line.kind, line.item, one.fact, stream=line.stream, paper=one.pem)
