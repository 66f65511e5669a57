"""What the ledger holds of the post: the streams beside the visits, the keys, and who is on file.

The only part of the post that writes; it keeps an act whole or not at all.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from typing import Protocol as Shape

from ketachart.charting import signing_key
from ketachart.charting.chart_time import ChartTime
from ketachart.charting.lost_answer import taken_up
from ketachart.charting.post_shapes import BESIDE, CLINIC, POST_KEY, Correspondent, beside
from ketachart.domain.admission.door import admit
from ketachart.domain.facts import Fact
from ketachart.domain.facts.post import CorrespondentRecorded, WithdrawnListed
from ketachart.domain.facts.setting import ClinicRecorded, NurseRecorded
from ketachart.domain.letters import Letters
from ketachart.domain.visit import Visit, fold
from ketachart.errors import LedgerError
from ketachart.storage import codec
from ketachart.storage.entry import Document, Draft, KeptCredential, Row
from ketachart.storage.ledger import Ledger

if TYPE_CHECKING:  # and what opens packages, where one is
    from ketachart.exchange.envelope import PostKey
    from ketachart.exchange.people import Trusted


class Office(Shape):
    """What is asked of the unlocked ledger."""

    time: ChartTime
    staff_id: str

    @property
    def nurse(self) -> NurseRecorded:
        """The unlocked person."""
        ...

    @property
    def clinic(self) -> ClinicRecorded:
        """The clinic."""
        ...

    @property
    def own_stream(self) -> Visit:
        """The clinic's own stream, as it stands."""
        ...

    def adopt(self, rows: Sequence[Row]) -> None:
        """Takes new entries of the clinic's own stream up."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One fact to be kept, in which stream, and under which mark."""

    stream: str
    mark: str
    fact: Fact


class PostBook:
    """Reads and writes what the post needs; every method belongs to the window's thread."""

    def __init__(self, office: Office, ledger: Ledger, letters: Letters) -> None:
        self.office, self.ledger, self._letters = office, ledger, letters
        self._folded: dict[str, tuple[int, Visit]] = {}

    # ------------------------------------------------ who

    @property
    def id(self) -> str:
        """This ledger's id."""
        return self.ledger.unwrapped.ledger_id

    @property
    def is_clinic(self) -> bool:
        """Whether the clinic's authority is kept here."""
        return bool(self.ledger.credentials(CLINIC, "authority"))

    @property
    def here(self) -> str:
        """This ledger in words."""
        return "the clinic" if self.is_clinic else "this laptop"

    @property
    def key(self) -> "PostKey":
        """This ledger's key for packages; made when it is first asked for."""
        from ketachart.exchange.envelope import key_of, make_key

        kept = self.ledger.credentials(self.id, POST_KEY)
        if kept:
            return key_of(kept[-1].pkcs12)
        made = make_key()
        self.ledger.add_credential(
            self.id,
            POST_KEY,
            made_at=self.office.time.now().isoformat(),
            certificate_pem=made.public,
            pkcs12=made.private,
        )
        return made

    @property
    def root_pem(self) -> str:
        """The clinic's root certificate in force.

        Raises:
            LedgerError: there is none in this ledger.
        """
        roots = signing_key.roots_of(self.ledger)
        if not roots:
            raise LedgerError("This ledger has no certificate of a clinic. Ask your supervisor.")
        return roots[-1]

    def withdrawn_list(self) -> tuple[WithdrawnListed, str] | None:
        """The newest list of withdrawn certificates (PEM) with its fact; None where none came."""
        newest = signing_key.newest_list(self.ledger)
        if newest is None:
            return None
        facts = self.office.own_stream.facts(WithdrawnListed)
        return max(facts, key=lambda fact: fact.number), newest[0].decode("ascii")

    def trusted(self) -> "Trusted":
        """Whom this ledger believes."""
        from ketachart.exchange.people import trusted_of

        newest = self.withdrawn_list()
        return trusted_of(
            signing_key.roots_of(self.ledger), (newest[1].encode(),) if newest else ()
        )

    def trust_pem(self) -> bytes:
        """The same as a trust file, as a report is checked with."""
        newest = self.withdrawn_list()
        roots = "".join(signing_key.roots_of(self.ledger))
        return (roots + (newest[1] if newest else "")).encode()

    def supervisors(self) -> frozenset[str]:
        """The staff ids of the clinic's supervisors, as last recorded."""
        last = {fact.staff_id: fact for fact in self.office.own_stream.facts(NurseRecorded)}
        return frozenset(one for one, fact in last.items() if fact.role == "supervisor")

    def correspondents(self) -> tuple[Correspondent, ...]:
        """Whom packages go to and come from, by name; a key that was recorded later counts.

        A nurse's second laptop says that it is: two of one name could not be told apart.
        """
        last: dict[str, CorrespondentRecorded] = {}
        staff: dict[str, set[str]] = {}
        for fact in self.office.own_stream.facts(CorrespondentRecorded):
            last[fact.ledger] = fact
            staff.setdefault(fact.ledger, set()).update({fact.staff_id} - {""})
        found, named = [], Counter[str]()
        for fact in last.values():
            named[fact.name] += 1
            again = f" (laptop {named[fact.name]})" if named[fact.name] > 1 else ""
            one = Correspondent(
                ledger=fact.ledger,
                name=f"{fact.name}{again}",
                role=fact.role,
                staff_ids=frozenset(staff[fact.ledger]),
                key=fact.key,
            )
            found.append(one)
        return tuple(sorted(found, key=lambda one: (one.name, one.ledger)))

    # ------------------------------------------------ streams

    def streams(self) -> tuple[str, ...]:
        """The visits that something stands beside."""
        return tuple(name.removeprefix(BESIDE) for name in self.ledger.streams(BESIDE))

    def post(self, stream: str) -> Visit:
        """What stands beside a visit, folded."""
        name = beside(stream)
        length = self.ledger.length(name)
        known = self._folded.get(name)
        if known is None or known[0] != length:
            rows = self.ledger.stream(name) if length else ()
            known = (length, fold(codec.entry_of(row) for row in rows))
            self._folded[name] = known
        return known[1]

    def forget(self, streams: Iterable[str]) -> None:
        """What was read beside these visits is read again."""
        for stream in streams:
            self._folded.pop(beside(stream), None)

    def lengths(self, stream: str) -> tuple[int, int]:
        """How many entries a visit has, and how many stand beside it; they only ever grow."""
        return self.ledger.length(stream), self.ledger.length(beside(stream))

    def standing_in(self, stream: str) -> Visit:
        """What stands in one of the post's streams: beside a visit, or the clinic's own."""
        if stream == CLINIC:
            return self.office.own_stream
        return self.post(stream.removeprefix(BESIDE))

    def of_kinds(self, stream: str, *kinds: type[Fact]) -> Visit:
        """Some kinds of entries of a visit in this ledger."""
        rows = self.ledger.stream_of(stream, [kind.KIND for kind in kinds])
        return fold(codec.entry_of(row) for row in rows)

    # ------------------------------------------------ writing

    def keep(
        self,
        notes: Iterable[Note],
        *,
        documents: Sequence[Document] = (),
        credentials: Sequence[KeptCredential] = (),
    ) -> None:
        """Keeps facts, and what belongs to them, in one act; those that are here already stay.

        Raises:
            Refused: a fact cannot be kept, as one that cannot be printed.
            LedgerError: nothing was kept.
        """
        now = self.office.time.now()
        fresh = [n for n in notes if self.standing_in(n.stream).entry(n.mark) is None]
        if not fresh:
            return
        for note in fresh:
            admit(Visit(), note.fact, now=now, letters=self._letters)
        drafts = [self._draft(note, now) for note in fresh]
        papers = [paper for paper in documents if self.ledger.document(paper.sha256) is None]
        with taken_up(self.office, self.ledger):
            rows = self.ledger.append(drafts, documents=papers, credentials=credentials)
        self.office.adopt([row for row in rows if row.stream == CLINIC])

    def _draft(self, note: Note, now: datetime) -> Draft:
        time = self.office.time
        return codec.draft_of(
            note.fact,
            stream=note.stream,
            entry_id=note.mark,
            author=self.office.staff_id,
            recorded_at=now,
            elapsed=time.elapsed(),
            session=time.session,
        )
