"""What a supervisor says of a report: questions pinned to rows, a verdict, the countersignature."""

from typing import Protocol

from ketachart.charting import signing_key
from ketachart.charting.chart_time import ChartTime
from ketachart.charting.received import COUNTERSIGNED, Received, paper_of
from ketachart.charting.reviewing import Reviewed, ReviewTask
from ketachart.domain.facts import NurseRecorded
from ketachart.domain.facts.post import QuestionAsked, VerdictGiven
from ketachart.domain.facts.post import Verdict as Word
from ketachart.domain.letters import Letters
from ketachart.domain.post.acknowledgement import row_words
from ketachart.domain.post.threads import Thread, threads
from ketachart.domain.supervision.reviewer import Reviewer, against
from ketachart.domain.supervision.standing import Taken, in_turn, newest, reports
from ketachart.domain.visit import Visit
from ketachart.domain.wording import count
from ketachart.errors import CannotSign, LedgerError, Refused
from ketachart.storage.ledger import Ledger

WHO_MAY = "Only a supervisor reviews reports. Ask your clinic's supervisor to unlock and do it."
NOT_HERE = "That report is not here. Open the folder that it is in again."


class Office(Protocol):
    """What is asked of the unlocked ledger."""

    time: ChartTime
    staff_id: str

    @property
    def nurse(self) -> NurseRecorded:
        """The unlocked person."""
        ...

    @property
    def own_stream(self) -> Visit:
        """The clinic's own stream, as it stands."""
        ...


class Judging:
    """Questions and verdicts; each stands beside the visit and changes nothing in it."""

    def __init__(self, office: Office, ledger: Ledger, letters: Letters) -> None:
        self._office, self._ledger = office, ledger
        self._received = Received(ledger, office.time, letters, office.staff_id)

    @property
    def allowed(self) -> bool:
        """Whether the unlocked person is a supervisor."""
        return self._office.nurse.role == "supervisor"

    @property
    def reviewer(self) -> Reviewer:
        """The unlocked person, and who else may review here."""
        me = self._office.nurse
        known = {one.staff_id: one for one in self._office.own_stream.facts(NurseRecorded)}
        others = (one for one in known.values() if one.staff_id != me.staff_id)
        return Reviewer(
            me.staff_id, me.name, tuple(one.name for one in others if one.role == "supervisor")
        )

    def must_be_supervisor(self) -> None:
        """Refuses whoever is none.

        Raises:
            Refused: the unlocked person is no supervisor.
        """
        if not self.allowed:
            raise Refused(WHO_MAY, rule="not a supervisor")

    # ------------------------------------------------ questions

    def ask(self, stream: str, words: str, *, entry: str = "", row: str = "") -> str:
        """Asks about a row of the newest report, or about the whole visit; the question's id.

        Raises:
            Refused: no supervisor, no words, or the own visit.
            LedgerError: nothing was kept.
        """
        last = self._may_judge(stream, "")
        visit = self._received.visit_of(last.fact.sha256)
        me, now, item = self._office.nurse, self._office.time.now(), self._office.time.new_id()
        fact = QuestionAsked(
            at=now,
            item=item,
            report=last.fact.report,
            sha256=last.fact.sha256,
            entry=entry,
            row=row or _row(visit, entry),
            words=words.strip(),
            by=f"{me.name}, {me.credential}",
            staff_id=me.staff_id,
            asked_at=now,
        )
        self._received.append(stream, ((item, fact),), (), now)
        return item

    def take_back(self, item: str) -> None:
        """Takes a question back; it stays readable, and is asked no longer.

        Raises:
            Refused: no supervisor, there is none, it is answered, or somebody else asked it.
            LedgerError: nothing was kept.
        """
        self.must_be_supervisor()
        stream, asked = self._question(item)
        last = newest(self._received.post(stream))
        visit = self._received.visit_of(last.fact.sha256) if last is not None else None
        thread = next(
            one for one in threads(self._received.post(stream), visit) if one.item == item
        )
        if thread.state == "taken back":
            return
        if not thread.open:
            raise Refused(
                "The nurse has answered it; read the answer in the newest version.",
                rule="question answered",
            )
        if asked.staff_id != self._office.staff_id:
            raise Refused(
                f"{asked.by} asked it, and alone can take it back: ask them.",
                rule="question of another",
            )
        now = self._office.time.now()
        fact = QuestionAsked(
            at=now,
            item=item,
            report=asked.report,
            sha256=asked.sha256,
            entry=asked.entry,
            row=asked.row,
            words=asked.words,
            by=asked.by,
            staff_id=asked.staff_id,
            asked_at=asked.asked_at,
            withdrawn=True,
        )
        self._received.append(stream, ((f"{item}.back", fact),), (), now)

    def threads(self, stream: str) -> tuple[Thread, ...]:
        """The questions of a visit as they stand now, in the order of asking.

        Raises:
            LedgerDamaged: its newest report is not there.
            CannotRead: it holds no visit.
        """
        post = self._received.post(stream)
        last = newest(post)
        return threads(post, self._received.visit_of(last.fact.sha256) if last else None)

    def _question(self, item: str) -> tuple[str, QuestionAsked]:
        for stream in self._received.asked():
            for fact in self._received.post(stream).facts(QuestionAsked):
                if fact.item == item:
                    return stream, fact
        raise Refused(
            "There is no such question here. Choose it from the list.", rule="no such question"
        )

    # ------------------------------------------------ the verdict

    def deciding(
        self, stream: str, verdict: Word, words: str = "", *, sha256: str = ""
    ) -> ReviewTask:
        """What a worker needs to judge the newest report and countersign it.

        Args:
            stream: the visit's id.
            verdict: what was found.
            words: in the supervisor's words; errors need them.
            sha256: which file, where two say that they are the same version.

        Raises:
            Refused: no supervisor, the own visit, or the verdict does not fit what stands open.
            CannotSign: there is no key to sign with, or the report is not good.
        """
        last = self._may_judge(stream, sha256)
        self._fits(stream, last, verdict, words)
        me, now = self._office.nurse, self._office.time.now()
        clinic = self._received.visit_of(last.fact.sha256).clinic
        fact = VerdictGiven(
            at=now,
            item=self._office.time.new_id(),
            report=last.fact.report,
            sha256=last.fact.sha256,
            verdict=verdict,
            words=words.strip(),
            by=f"{me.name}, {me.credential}",
            staff_id=me.staff_id,
            given_at=now,
        )
        return ReviewTask(
            stream=stream,
            number=last.fact.visit,
            fact=fact,
            content=self._received.content(last.fact.sha256),
            key=signing_key.own_key(self._ledger, self._office.staff_id, now),
            trust_pem=self.trust_file,
            place=clinic.name if clinic is not None else "",
        )

    def finish(self, reviewed: Reviewed) -> None:
        """Keeps the verdict and the countersigned report in one act: all of it, or none.

        Raises:
            Refused: the verdict may not be written.
            LedgerError: nothing was kept; hand the same in again.
        """
        self.must_be_supervisor()
        fact, now = reviewed.fact, self._office.time.now()
        name = f"{reviewed.number}-v{fact.report}-reviewed.pdf"
        papers = (
            (paper_of(reviewed.stream, COUNTERSIGNED, name, reviewed.content, now),)
            if reviewed.content
            else ()
        )
        self._received.append(reviewed.stream, ((fact.item, fact),), papers, now)

    def countersigned(self, stream: str) -> tuple[str, bytes] | None:
        """Name and content of the last countersigned report of a visit; None without one."""
        given = [fact for fact in in_turn(self._received.post(stream)) if fact.countersigned]
        paper = self._ledger.document(given[-1].countersigned) if given else None
        return None if paper is None else (paper.name, paper.content)

    @property
    def trust_file(self) -> bytes:
        """The clinic's root certificates, and the newest list of withdrawn ones after them."""
        roots = "".join(signing_key.roots_of(self._ledger)).encode()
        known = signing_key.newest_list(self._ledger)
        return roots + (known[0] if known else b"")

    def _may_judge(self, stream: str, sha256: str) -> Taken:
        """The report that is judged: the newest, or the one with that hash."""
        self.must_be_supervisor()
        post = self._received.post(stream)
        last = newest(post)
        if sha256:
            last = next((one for one in reports(post) if one.fact.sha256 == sha256), None)
        if last is None:
            raise LedgerError(NOT_HERE)
        visit = self._received.visit_of(last.fact.sha256)
        own = against(visit, self.reviewer, signer=last.fact.staff_id)
        if own:
            raise Refused(own, rule="own visit")
        return last

    def _fits(self, stream: str, last: Taken, verdict: Word, words: str) -> None:
        if verdict == "has errors" and not words.strip():
            raise Refused(
                "Say what the errors are, so that the nurse can answer them with an addendum.",
                rule="verdict without words",
                field="words",
            )
        if not last.fact.good and verdict != "has errors":
            raise CannotSign(
                f"{last.fact.fault} Choose “has errors”: nothing else can be said of it."
            )
        visit = self._received.visit_of(last.fact.sha256)
        waiting = sum(one.open for one in threads(self._received.post(stream), visit))
        if verdict == "question" and not waiting:
            raise Refused(
                "Ask the question first: choose its row and type it.", rule="no question asked"
            )
        if verdict == "reviewed" and waiting:
            raise Refused(
                f"{count(waiting, 'question')} of this visit still open. Wait for the answer, take "
                "it back, or choose “Question”.",
                rule="question open",
            )


def _row(visit: Visit, entry_id: str) -> str:
    """A row in words, with its time; empty for the whole visit."""
    entry = visit.entry(entry_id) if entry_id else None
    if entry is None:
        return ""
    return row_words(visit, entry)
