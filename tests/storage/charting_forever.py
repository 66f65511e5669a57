"""Charts until it is killed, and tells each entry once the ledger has taken it.

Run by ``tests/test_durability.py`` as a program of its own, with a folder and a seed.
"""

import os
import random
import sys
from pathlib import Path

from ketachart.storage.keyring import FAST_FOR_TESTS, Keyring
from tests.storage.making import PASSPHRASE, draft, paper, reopened, shelved


def tell(line):
    os.write(1, f"{line}\n".encode())


def chart(folder: Path, seed: int) -> None:
    chance = random.Random(seed)
    ledger = reopened(folder)
    tell("opened")
    for act in range(1_000_000):
        stream = f"visit-{chance.randrange(5)}"
        marks = [f"{seed}-{act}-{part}" for part in range(chance.choice([1, 1, 1, 2, 5]))]
        papers = [paper(f"{seed} {act}".encode() * 2000, stream)] if act % 25 == 24 else []
        rows = ledger.append(
            [draft(mark, stream) for mark in marks], documents=papers, shelved=shelved(stream)
        )
        tell(" ".join(f"{row.stream}|{row.entry_id}|{row.link}" for row in rows))
        if act % 20 == 19:
            ledger.settle()
        if act % 30 == 29:
            # A new passphrase is written while she charts; the words stay the same for the test.
            keyring = Keyring.read(folder)
            keyring.change_passphrase(
                ledger.unwrapped, passphrase=PASSPHRASE, kdf=FAST_FOR_TESTS
            ).write(folder)
        if act % 40 == 39:
            ledger.close()
            ledger = reopened(folder)


if __name__ == "__main__":
    chart(Path(sys.argv[1]), int(sys.argv[2]))
