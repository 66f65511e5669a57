"""Lets visits leave the laptop that the clinic has, so that a lost laptop tells less.

What stays is the place of each entry with its hashes, what the drug's book rests on (a record of
the drug is kept for two years at least, 21 CFR 1304.04), the clinic's receipt, and an entry that
says that the visit left.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ketachart.charting import history
from ketachart.charting.drafting import drafts_of
from ketachart.charting.history import VisitRow
from ketachart.charting.leaving_office import Book, Office
from ketachart.charting.left import left_of
from ketachart.charting.post_shapes import beside
from ketachart.charting.previewing import forget_reports
from ketachart.charting.stays import STAYS
from ketachart.domain.admission.door import admit
from ketachart.domain.after.calls import calls
from ketachart.domain.course import started_at
from ketachart.domain.facts.post import ReceiptTaken, VisitPlanned
from ketachart.domain.facts.safekeeping import LAPTOP, BackupMade, RetentionSet, VisitLeft
from ketachart.domain.leaving import Policy, Whereabouts, for_now, why_it_stays
from ketachart.domain.letters import Letters
from ketachart.domain.visit import Visit
from ketachart.errors import LedgerError, Refused
from ketachart.storage import codec
from ketachart.storage.canonical import canonical
from ketachart.storage.departing import Leaving
from ketachart.storage.entry import Head, Shelved
from ketachart.storage.ledger import Ledger

_CLINIC = "This is the clinic's own ledger: its visits stay."


@dataclass(frozen=True, slots=True)
class Standing:
    """A signed visit, and why it stays; ``why`` is empty where it may leave."""

    row: VisitRow
    why: str

    @property
    def ready(self) -> bool:
        """Whether it may leave."""
        return not self.why


@dataclass(frozen=True, slots=True)
class _Found:
    """A visit that was read for leaving: what is known of it, its receipt, and its backup."""

    visit: Visit
    known: Whereabouts
    receipt: str
    backup: str
    plans: tuple[str, ...]


class LeavingDesk:
    """How long visits stay on this laptop, and those that leave."""

    def __init__(self, office: Office, ledger: Ledger, keeping: Book, letters: Letters) -> None:
        self._office, self._ledger, self._letters = office, ledger, letters
        self._keeping = keeping

    # ------------------------------------------------ the policy

    def policy(self) -> int | None:
        """After how many days a visit may leave; None: all stay."""
        return self._policy().days

    def takes_unreviewed(self) -> bool:
        """Whether a visit may leave that the clinic received and has not reviewed."""
        return self._policy().unreviewed

    def set_policy(self, days: int | None, *, unreviewed: bool = False) -> None:
        """Sets after how many days a visit may leave; None: all stay.

        ``unreviewed``: also those that the clinic received and has not reviewed.

        Raises:
            Refused: the person is no supervisor, or the number of days is not possible.
            LedgerError: it was not saved.
        """
        if self._office.nurse.role != "supervisor":
            raise Refused(
                "Only a supervisor sets how long visits stay. Ask your clinic's supervisor to "
                "unlock this laptop and set it.",
                rule="not a supervisor",
            )
        now = self._office.time.now()
        self._keeping.record(RetentionSet(at=now, days=days, unreviewed=unreviewed))

    def _policy(self) -> Policy:
        told = self._keeping.facts(RetentionSet)
        return Policy(days=told[-1].days, unreviewed=told[-1].unreviewed) if told else Policy()

    # ------------------------------------------------ what may leave

    def standing(self, now: datetime) -> tuple[Standing, ...]:
        """Every signed visit that is here, the oldest first, and why it stays.

        Raises:
            LedgerError: a visit cannot be read.
        """
        return tuple(self.looking(now))

    def looking(self, now: datetime) -> Iterator[Standing]:
        """The same one by one, for a window that must not wait."""
        policy, backups = self._policy(), self._keeping.facts(BackupMade)
        for row in history.signed_rows(self._ledger):
            yield Standing(row, self._why(row, policy, backups, now.date()))

    def _why(
        self, row: VisitRow, policy: Policy, backups: Sequence[BackupMade], today: date
    ) -> str:
        if self._office.post.is_clinic:
            return _CLINIC
        # It was signed on its own day or later: most are told apart without being read.
        early = for_now(row.day, policy, today)
        return early or why_it_stays(self._found(row, backups).known, policy, today)

    def _found(self, row: VisitRow, backups: Sequence[BackupMade]) -> _Found:
        stream, post = row.stream, self._office.post
        visit, standing = history.visit_of(self._ledger, stream), post.standing(stream)
        versions = post.versions(stream)
        newest = max(versions, key=lambda one: one.version)
        receipt = self._receipt(stream, newest.sha256)
        plans = self._plans(row)
        backup = self._backup((stream, beside(stream)), plans, backups)
        known = Whereabouts(
            day=row.day,
            signed_on=newest.at.date(),
            infused=started_at(visit) is not None,
            state=standing.state,
            version=newest.version,
            has_receipt=bool(receipt),
            conflict=standing.conflict,
            questions=standing.open_questions,
            orders=sum(one.state == "open" for one in post.orders(stream)),
            calls=sum(call.open for call in calls(visit)),
            backed_up=bool(backup),
        )
        return _Found(visit, known, receipt, backup, plans)

    def _receipt(self, stream: str, sha256: str) -> str:
        """Id of the clinic's receipt for that very file; empty where none came."""
        rows = self._ledger.stream_of(beside(stream), (ReceiptTaken.KIND,))
        facts = (codec.fact_of(row) for row in rows)
        taken = (fact for fact in facts if isinstance(fact, ReceiptTaken))
        return next((fact.item for fact in taken if fact.sha256 == sha256), "")

    def _plans(self, row: VisitRow) -> tuple[str, ...]:
        """The ids of the clinic's plans that tell of this patient up to that day.

        Not of those of another visit that is still here.
        """
        found: list[str] = []
        for entry in self._office.own_stream.of(VisitPlanned):
            plan = entry.fact
            others = history.rows_of_plan(self._ledger, plan.item)
            is_free = all(one.stream == row.stream for one in others)
            is_theirs = plan.patient.mrn == row.mrn and plan.day <= row.day
            if is_free and (plan.item == row.plan or is_theirs):
                found.append(entry.id)
        return tuple(found)

    def _backup(
        self, streams: Sequence[str], plans: Sequence[str], backups: Sequence[BackupMade]
    ) -> str:
        """Id of the newest verified backup that holds all of these; empty where none does."""
        ends = (self._ledger.last_seq(stream) for stream in streams)
        last = max(*ends, *(self._ledger.seq_of(entry_id) for entry_id in plans))
        for made in reversed(backups):
            head = Head(made.head_seq, made.head_link)
            if made.head_seq >= last and self._ledger.has_head(head):
                return made.item
        return ""

    # ------------------------------------------------ letting go

    def let_go(self, streams: Sequence[str]) -> tuple[VisitLeft, ...]:
        """Lets visits leave: everything is checked again, then all of them go or none.

        One that left already is told as it left.

        Raises:
            Refused: one of them must stay; the sentence says which and why.
            LedgerError: nothing was changed, or (NotSaved) do it again.
        """
        left = [fact for fact in map(self.left, streams) if fact is not None]
        gone = {fact.stream for fact in left}
        staying = [stream for stream in dict.fromkeys(streams) if stream not in gone]
        return (*left, *self._let_go(staying)) if staying else tuple(left)

    def left(self, stream: str) -> VisitLeft | None:
        """What was written as a visit left; None where it is here."""
        return left_of(self._ledger, stream)

    def _let_go(self, streams: Sequence[str]) -> tuple[VisitLeft, ...]:
        now, policy = self._office.time.now(), self._policy()
        backups = self._keeping.facts(BackupMade)
        found = [self._ready(stream, policy, backups, now.date()) for stream in streams]
        facts = tuple(
            _left(one, stream, policy, now) for one, stream in zip(found, streams, strict=True)
        )
        for fact in facts:
            admit(Visit(), fact, now=now, letters=self._letters)
        drafts = drafts_of(
            facts,
            self._office.time.new_id(),
            now,
            stream=LAPTOP,
            author=self._office.staff_id,
            time=self._office.time,
        )
        leaving = [
            Leaving(
                stream=fact.stream,
                by=draft.entry_id,
                stays=STAYS,
                also=one.plans,
                shelved=_line(fact, one),
            )
            for fact, draft, one in zip(facts, drafts, found, strict=True)
        ]
        self._ledger.let_go(drafts, leaving)
        self._forget(streams)
        return facts

    def _ready(
        self, stream: str, policy: Policy, backups: Sequence[BackupMade], today: date
    ) -> _Found:
        row = history.row_of(self._ledger, stream)
        if row is None or row.status != "signed":
            raise LedgerError(
                "There is no such signed visit in this ledger. Choose it from the list of visits."
            )
        why = self._why(row, policy, backups, today)
        if why:
            raise Refused(f"Visit {row.number} stays: {why}", rule="visit stays")
        return self._found(row, backups)

    def _forget(self, streams: Sequence[str]) -> None:
        """What was read of them goes out of memory as well."""
        forget_reports()
        self._office.forget(streams)
        for draft in self._keeping.drafts.all():
            if draft.stream in streams:
                self._keeping.drafts.drop(draft.key)


def _left(found: _Found, stream: str, policy: Policy, now: datetime) -> VisitLeft:
    opened = found.visit.opened
    return VisitLeft(
        at=now,
        stream=stream,
        visit=opened.visit if opened else "",
        entries=len(found.visit.entries),
        chain=found.visit.head,
        receipt=found.receipt,
        backup=found.backup,
        days=policy.days or 0,
    )


def _line(fact: VisitLeft, found: _Found) -> Shelved:
    """What the list of visits still says: number and day, and no word about the patient."""
    opened = found.visit.opened
    summary = dict.fromkeys(("patient", "mrn", "birth_date", "sex", "goal", "series"), "")
    told = {
        "number": fact.visit,
        "opened_at": opened.at.isoformat() if opened else "",
        "practice": bool(opened and opened.practice),
        "address": "",
        "place": "",
        "calls": [],
    }
    return Shelved(
        stream=fact.stream,
        day=found.known.day.isoformat(),
        label=fact.visit,
        status="left",
        summary=canonical({**summary, **told}),
    )
