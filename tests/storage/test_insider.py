"""What somebody can do to the ledger who holds its key, and what gives it away."""

from dataclasses import replace

import pytest

from ketachart.domain.chain import GENESIS
from ketachart.storage import folder as place
from ketachart.storage import known_head
from ketachart.storage.chain import chain_of, link_of
from ketachart.storage.checkup import examine
from ketachart.storage.ledger import Ledger
from tests.storage.making import draft
from tests.storage.test_damage import with_the_key


@pytest.fixture
def closed(folder, ledger):
    """A closed ledger with ten entries of a visit, and what opens it."""
    for number in range(10):
        ledger.append([draft(number)])
    unwrapped = ledger.unwrapped
    ledger.close()
    return place.ledger_file(folder), unwrapped


def told_otherwise(rows, number, said):
    """Every row with one number changed and both chains computed anew, as statements."""
    chain = link = GENESIS
    for row in rows:
        body = row.body.replace("128/82", said) if row.number == number else row.body
        chain = chain_of(replace(row.as_draft(), body=body), row.number, chain)
        link = link_of(row.seq, chain, link)
        yield (
            f"UPDATE entry SET body = '{body}', chain = '{chain}', link = '{link}' "  # noqa: S608 - a thief's
            f"WHERE seq = {row.seq}"
        )


def test_everything_computed_anew_is_seen_by_what_lies_elsewhere_and_only_there(folder, closed):
    path, unwrapped = closed
    with Ledger.open(folder, unwrapped) as ledger:
        rows, printed = ledger.stream("visit-1"), ledger.head()
    with_the_key(path, unwrapped, *told_otherwise(rows, 4, "98/60"))
    # nothing in the ledger itself tells: chains are no signatures
    assert examine(folder, unwrapped) == ()
    with Ledger.open(folder, unwrapped) as ledger:
        assert "98/60" in ledger.stream("visit-1")[3].body
        # the note beside it tells, and would be sealed anew; a backup and a signed page would not
        assert [fault.code for fault in ledger.noticed] == ["other-history"]
        fault = ledger.missing_since(printed, "the signed report of 2 Mar")
    assert fault.code == "other-history"
    assert "is not the one that the signed report of 2 Mar knows" in fault.sentence


def test_the_note_beside_it_is_sealed_with_the_ledgers_key(folder, closed):
    _path, unwrapped = closed
    with Ledger.open(folder, unwrapped) as ledger:
        head = ledger.head()
    stranger = replace(unwrapped, dek=bytes(32))
    known_head.keep(folder, stranger, replace(head, seq=3))
    assert known_head.read(folder, unwrapped) is None
    known_head.keep(folder, unwrapped, head)
    assert known_head.read(folder, unwrapped) == head
