"""What the ledger takes and gives back: entries, the list on the first screen, papers and keys."""

import hashlib
from dataclasses import dataclass, field, fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An entry as it is handed in, before the ledger numbers and chains it.

    ``body`` is canonical JSON (see ``canonical.py``); ``at`` and ``recorded_at`` are ISO 8601 texts
    with their offset; ``elapsed_ms`` is time since the session began, in milliseconds; ``entry_id``
    is unique for ever and makes it safe to hand the same draft in twice.
    """

    stream: str
    entry_id: str
    kind: str
    version: int
    body: str
    author: str
    at: str
    recorded_at: str
    elapsed_ms: int
    session: str
    supersedes: str | None = None


_OF_A_DRAFT = tuple(each.name for each in fields(Draft))


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(Draft):
    """An entry as it is kept.

    ``seq`` counts over the whole ledger and ``number`` within the stream, both from 1; ``chain``
    and ``link`` are the hashes of ``chain.py``. ``gone`` is empty, or the ``entry_id`` of the entry
    by which the visit left this laptop: then ``body`` is "{}", and all else is as it was.
    """

    seq: int
    number: int
    chain: str
    link: str
    gone: str = ""

    @classmethod
    def of(cls, draft: Draft, *, seq: int, number: int, chain: str, link: str) -> "Row":
        """A draft with what the ledger adds."""
        told = {name: getattr(draft, name) for name in _OF_A_DRAFT}
        return cls(**told, seq=seq, number=number, chain=chain, link=link)

    def as_draft(self) -> Draft:
        """What was handed in, without what the ledger added."""
        return Draft(**{name: getattr(self, name) for name in _OF_A_DRAFT})


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of the ledger and its link; an empty ledger has seq 0 and 64 zeros."""

    seq: int
    link: str


@dataclass(frozen=True, slots=True)
class Shelved:
    """One line of the list of visits; may be thrown away and made again from the entries.

    ``day`` is an ISO 8601 date, ``label`` what is searched, ``summary`` JSON text, ``mrn`` the
    number by which the patient's visits are found. ``status`` is "signed", "left" or else open.
    """

    stream: str
    day: str
    label: str
    status: str
    summary: str
    mrn: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A paper kept with a stream, such as the signed PDF; ``sha256`` is the hex hash of it."""

    sha256: str
    stream: str
    kind: str
    name: str
    made_at: str
    content: bytes = field(repr=False)

    @classmethod
    def of(cls, content: bytes, *, stream: str, kind: str, name: str, made_at: str) -> "Document":
        """A paper with the hash of what it holds."""
        sha256 = hashlib.sha256(content).hexdigest()
        return cls(sha256, stream, kind, name, made_at, content)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCredential:
    """A certificate and its locked private key; ``serial`` counts from 1, 0 is not kept yet.

    ``pkcs12`` is empty where only the certificate is kept here, and the key elsewhere.
    """

    serial: int = 0
    holder: str
    kind: str
    made_at: str
    certificate_pem: str
    pkcs12: bytes = field(repr=False)
