"""The hash that ties an entry to the one before it in the same chart.

The ledger writes it and the report carries it, so that a chart can be checked from its own entries
alone, with no ledger at hand (storage.md, section 4).
"""

import hashlib

GENESIS = "0" * 64
"""What stands where the hash before the first one would be."""

# A length that no text can have stands for "nothing", so that None and "" differ.
_NOTHING = b"\xff" * 8


def digest(domain: str, *parts: str | int | None) -> str:
    """SHA-256 over the domain and the parts, each with its length (8 bytes, big-endian) before it.

    Whole numbers are written in decimal digits; the lengths keep two parts from running together.
    """
    told: list[bytes] = []
    for part in (domain, *parts):
        if part is None:
            told.append(_NOTHING)
            continue
        encoded = str(part).encode("utf-8")
        told += (len(encoded).to_bytes(8, "big"), encoded)
    return hashlib.sha256(b"".join(told)).hexdigest()


def chained(  # noqa: PLR0913 - every field of an entry is under its hash
    previous: str,
    *,
    number: int,
    stream: str,
    entry_id: str,
    kind: str,
    version: int,
    body: str,
    author: str,
    at: str,
    recorded_at: str,
    elapsed_ms: int,
    session: str,
    supersedes: str | None,
) -> str:
    """The hash of a stream's entry over all its fields and the hash of the entry before it.

    ``previous`` is that of entry ``number`` - 1 of the same stream, ``GENESIS`` for number 1;
    ``body`` is canonical JSON, the two moments are ISO 8601 texts, exactly as they were written.
    """
    return digest(
        "ketachart-chain-1",
        previous,
        number,
        stream,
        entry_id,
        kind,
        version,
        body,
        author,
        at,
        recorded_at,
        elapsed_ms,
        session,
        supersedes,
    )
