"""What the post desk hands out: correspondents, what waits for them, packages, what came in."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from ketachart.domain.facts.post import RequestTaken
from ketachart.domain.post.threads import Thread

CLINIC = "clinic"
BESIDE = "post:"
"""What begins the name of the stream beside a visit."""
POST_KEY = "post-key"


def beside(stream: str) -> str:
    """The stream in which stands what went between the ledgers about a visit."""
    return f"{BESIDE}{stream}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correspondent:
    """Another ledger: the clinic's, or a nurse's laptop; ``staff_ids`` are those who sign there."""

    ledger: str
    name: str
    role: Literal["clinic", "laptop"]
    staff_ids: frozenset[str] = frozenset()
    key: str

    @property
    def staff_id(self) -> str:
        """The nurse's; empty for the clinic."""
        return min(self.staff_ids, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxLine:
    """One thing for a correspondent, in words; ``packed`` where it went into a package before.

    ``version`` is a report's; then ``item`` is its SHA-256.
    """

    item: str
    kind: str
    words: str
    stream: str = ""
    version: int = 0
    packed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbox:
    """All that a correspondent has not yet said it has; a package always holds all of it."""

    correspondent: Correspondent
    lines: tuple[OutboxLine, ...] = ()
    refusal: str = ""

    @property
    def waiting(self) -> int:
        """How many things never went into a package."""
        return sum(not line.packed for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """A package, ready to be written to a file; call ``sent`` once it is on the disk."""

    id: str
    name: str
    content: bytes = field(repr=False)
    sha256: str
    ledger: str
    lines: tuple[OutboxLine, ...]


TakenState = Literal["new", "known", "conflict", "aside"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenLine:
    """What became of one thing in a package, in words."""

    kind: str
    state: TakenState
    words: str
    stream: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What became of a package."""

    sender: str
    lines: tuple[TakenLine, ...] = ()

    def count(self, state: TakenState) -> int:
        """How many things were new, known, in conflict, or left aside."""
        return sum(line.state == state for line in self.lines)

    @property
    def new(self) -> int:
        """How many things were new."""
        return self.count("new")

    @property
    def known(self) -> int:
        """How many things were here already."""
        return self.count("known")

    @property
    def conflict(self) -> int:
        """How many things differ from what is here under the same id."""
        return self.count("conflict")


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinRequest:
    """A laptop that asks to join; compare the key's fingerprint by phone before it is granted.

    ``warning`` says what else to look at; empty where nothing speaks against it.
    """

    fact: RequestTaken
    taken_at: datetime
    granted: bool
    warning: str = ""

    @property
    def item(self) -> str:
        """Id of the request."""
        return self.fact.item


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A supervisor's question that the nurse has not answered yet, and of which visit."""

    stream: str
    number: str
    patient: str
    thread: Thread
