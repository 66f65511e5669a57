"""One open visit: the only way to write in it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from ketachart.charting import addenda, sealing
from ketachart.charting.chart_time import ChartTime
from ketachart.charting.concluding import concluded
from ketachart.charting.drafting import drafts_of, id_at
from ketachart.charting.previewing import PreviewTask
from ketachart.charting.sealing import Sealed, SealingTask, SignedReport
from ketachart.charting.shelf import shelved
from ketachart.domain.admission.door import admit, admit_strike
from ketachart.domain.course import ended_at
from ketachart.domain.facts import AddendumWritten, ClockStepped, EntryStruck, Fact
from ketachart.domain.facts.closing import Addendum
from ketachart.domain.finding import Finding
from ketachart.domain.found.findings import findings
from ketachart.domain.letters import Letters
from ketachart.domain.trial import trial
from ketachart.domain.visit import Entry, Visit, fold
from ketachart.errors import LedgerReadOnly, NotSaved, Refused
from ketachart.storage import codec
from ketachart.storage.entry import Draft, Row, Shelved
from ketachart.storage.ledger import Ledger


class OpenVisit:
    """A visit that can be read and charted.

    What a method here has returned is on the disk; what raised is not, and can be tried again with
    the same act id without being charted twice.
    """

    def __init__(  # noqa: PLR0913 - what a visit is opened with
        self,
        ledger: Ledger,
        time: ChartTime,
        letters: Letters,
        *,
        stream: str,
        author: str,
        visit: Visit | None = None,
    ) -> None:
        self._ledger = ledger
        self._time = time
        self._letters = letters
        self._unsure: dict[str, tuple[Draft, ...]] = {}
        self.stream = stream
        self.author = author
        self.visit = visit or Visit()

    # ------------------------------------------------ reading

    def now(self) -> datetime:
        """The chart's time."""
        return self._time.now()

    def new_act(self) -> str:
        """An id for an act that is about to be charted; a form keeps it until it clears."""
        return self._time.new_id()

    def findings(self) -> tuple[Finding, ...]:
        """What is looked at before signing."""
        return findings(self.visit, self.now())

    # ------------------------------------------------ writing

    def record(self, fact: Fact, *, act: str = "") -> Entry[Fact]:
        """Charts one fact.

        Args:
            fact: what happened.
            act: the act's id; the same id is never charted twice.

        Raises:
            Refused: the record does not allow it; nothing was written.
            NotSaved: the disk answered with a fault; call again with the same act.
            LedgerError: nothing was written.
        """
        self.note_clock()
        return self._write((fact,), act=act)[0]

    def record_all(self, *facts: Fact, act: str = "") -> tuple[Entry[Fact], ...]:
        """Charts several facts in one act: all of them or none.

        Raises:
            Refused, NotSaved, LedgerError: as for `record`.
        """
        self.note_clock()
        return self._write(facts, act=act)

    def strike(self, entry_id: str, reason: str, *, act: str = "") -> Entry[Fact]:
        """Strikes an entry; it stays readable, drawn through.

        Raises:
            Refused, NotSaved, LedgerError: as for `record`.
        """
        self.note_clock()
        fact = EntryStruck(at=self.now(), entry=entry_id, reason=reason)
        if act not in self._unsure:
            admit_strike(self.visit, fact, replaced=False)
        return self._keep((fact,), act=act, checked=True)[0]

    def correct(
        self, entry_id: str, fact: Fact, reason: str, *, act: str = ""
    ) -> tuple[Entry[Fact], ...]:
        """Strikes an entry and puts another in its place, in one act.

        Raises:
            Refused, NotSaved, LedgerError: as for `record`.
        """
        self.note_clock()
        now = self.now()
        act = act or self.new_act()
        strike = EntryStruck(at=now, entry=entry_id, reason=reason, replaced_by=id_at(1, act))
        if act not in self._unsure:
            admit_strike(self.visit, strike, replaced=True)
            wrong = self.visit.entry(entry_id)
            if wrong is not None and type(wrong.fact) is not type(fact):
                raise Refused(
                    "A correction is of the same kind. Strike the entry and chart the other.",
                    rule="other kind",
                )
            admit(self.visit.without(entry_id), fact, now=now, letters=self._letters)
        return self._keep((strike, fact), act=act, checked=True)

    def conclude_screening(self, *, act: str = "") -> Entry[Fact]:
        """Closes the screening with the verdict as it stands, frozen with its edition.

        Raises:
            Refused: something is not answered; a stop closes it as “no-go”.
        """
        return self.record(concluded(self.visit, self.now()), act=act)

    def note_clock(self) -> ClockStepped | None:
        """Charts that the laptop's clock was set, if it was; called before every act.

        Raises:
            LedgerError: it was not saved.
        """
        step = self._time.step()
        if step is None or not self.visit.entries or self.visit.signed is not None:
            return None
        fact = ClockStepped(
            at=self.now(),
            by_s=round(step / timedelta(seconds=1)),
            laptop_said=self._time.laptop_says(),
        )
        self._keep((fact,), act="", checked=True)
        return fact

    def _write(self, facts: Sequence[Fact], *, act: str) -> tuple[Entry[Fact], ...]:
        return self._keep(facts, act=act, checked=act in self._unsure)

    def _keep(self, facts: Sequence[Fact], *, act: str, checked: bool) -> tuple[Entry[Fact], ...]:
        """Admits, stamps, writes, and only then shows."""
        drafts = self._unsure.get(act)
        if drafts is None:
            now = self.now()
            if not checked:
                self._admit_all(facts, act or "trial", now)
            drafts = self._drafts(facts, act or self.new_act(), now)
        foreseen = self._ledger.foresee(drafts)
        entries, ahead = self._grown(foreseen)
        try:
            rows = self._ledger.append(drafts, shelved=self._shelved(ahead))
        except NotSaved:
            if act:
                self._unsure[act] = drafts
            raise
        self._unsure.pop(act, None)
        if rows != foreseen:
            entries, ahead = self._grown(rows)
        self.visit = ahead
        return entries

    def _admit_all(self, facts: Sequence[Fact], act: str, now: datetime) -> None:
        visit = self.visit
        for place, fact in enumerate(facts):
            if isinstance(fact, AddendumWritten) and visit.signed is not None:
                raise Refused(
                    "An addendum is signed with your passphrase, with a new version of the report. "
                    "Write it in the addendum's own form.",
                    rule="addendum without a signature",
                )
            admit(visit, fact, now=now, letters=self._letters)
            visit = trial(visit, fact, now, entry_id=id_at(place, act))

    def _drafts(self, facts: Sequence[Fact], act: str, now: datetime) -> tuple[Draft, ...]:
        return drafts_of(facts, act, now, stream=self.stream, author=self.author, time=self._time)

    def _grown(self, rows: Sequence[Row]) -> tuple[tuple[Entry[Fact], ...], Visit]:
        """The entries of those rows, and the visit with them."""
        entries = tuple(codec.entry_of(row) for row in rows)
        visit = self.visit
        return entries, visit.with_more([e for e in entries if visit.entry(e.id) is None])

    def _shelved(self, visit: Visit) -> Shelved:
        return shelved(self.stream, visit, visit.entries[0].recorded_at)

    # ------------------------------------------------ signing

    def begin_signature(self, *, incomplete: str = "") -> SealingTask:
        """What a worker needs to make and sign the report.

        Raises:
            CannotSign: something stands in the way and no reason to sign incomplete is given.
            LedgerReadOnly: the ledger may only be read; the sentence says why.
        """
        if self._ledger.read_only is not None:
            raise LedgerReadOnly(self._ledger.read_only.sentence)
        self._catch_up()
        self.note_clock()
        return sealing.begin(
            self._ledger,
            self.visit,
            self._drafts,
            now=self.now(),
            author=self.author,
            act=self.new_act(),
            incomplete=incomplete,
        )

    def finish_signature(self, sealed: Sealed) -> SignedReport:
        """Keeps signature, report and lock in one act: all of it, or none.

        Raises:
            CannotSign: something was charted since the signature was begun.
            LedgerError: nothing was kept; the visit is not signed.
        """
        report, self.visit = sealing.finish(
            self._ledger,
            self.stream,
            self.visit,
            sealed,
            self._drafts,
            now=self.now(),
            shelve=self._shelved,
        )
        return report

    def _catch_up(self) -> None:
        """Reads again what is kept, where more is on the disk than is known here."""
        if self._ledger.length(self.stream) != len(self.visit.entries):
            rows = self._ledger.stream(self.stream)
            self.visit = fold(codec.entry_of(row) for row in rows)

    def sign(self, passphrase: str, *, incomplete: str = "") -> SignedReport:
        """All three steps of signing in one, where nobody waits at a window.

        Raises:
            WrongPassphrase: the passphrase does not open the signer's key.
            CannotSign, LedgerError: nothing was marked as signed.
        """
        task = self.begin_signature(incomplete=incomplete)
        return self.finish_signature(task.work(passphrase))

    # ------------------------------------------------ after the signature

    def begin_addendum(self, addendum: Addendum, *, act: str = "") -> SealingTask:
        """What a worker needs to make and sign the version of the report that holds it.

        Raises:
            Refused: it cannot be added; the sentence says why.
            CannotSign: there is no key to sign with.
        """
        self._catch_up()
        return addenda.begin(
            self._ledger,
            self.visit,
            addendum,
            self._drafts,
            now=self.now(),
            author=self.author,
            act=act or self.new_act(),
            letters=self._letters,
        )

    def add_addendum(self, passphrase: str, addendum: Addendum) -> SignedReport:
        """All three steps in one, where nobody waits at a window; `finish_signature` is the last.

        Raises:
            Refused, WrongPassphrase, CannotSign, LedgerError: nothing was added.
        """
        return self.finish_signature(self.begin_addendum(addendum).work(passphrase))

    def signed_report(self) -> SignedReport | None:
        """The signed file, as it was kept."""
        return sealing.kept(self._ledger, self.stream, self.visit)

    def preview_task(self) -> PreviewTask:
        """What a worker needs to draw the report: the signed file, or the draft as it stands."""
        report = self.signed_report()
        return PreviewTask(self.visit, self.now(), report.content if report else b"")

    @property
    def over(self) -> bool:
        """Whether nothing more is due."""
        return ended_at(self.visit) is not None
