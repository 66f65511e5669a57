"""The supervisor's desk: takes signed reports in, lists what waits, asks, judges, countersigns.

The nurse's chart is never touched: what a supervisor says stands beside the visit, in a stream of
its own. Every method refuses, with a sentence, whoever is no supervisor.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ketachart.charting.acknowledging import Acknowledging
from ketachart.charting.folder_files import Unread
from ketachart.charting.judging import NOT_HERE, Office
from ketachart.charting.received import Outcome
from ketachart.charting.report_reading import FolderTask, ReadFolder, ReadReport
from ketachart.charting.reviewing import OpeningTask, Version
from ketachart.charting.signed_here import SignedHere
from ketachart.charting.waking import ToCount, TrendsTask, WakingTask, Woken
from ketachart.domain.facts.post import SIGNED_HERE
from ketachart.domain.letters import Letters
from ketachart.domain.supervision.flat import Notice, notices
from ketachart.domain.supervision.lines import line_of
from ketachart.domain.supervision.queue import Counts, QueueLine, counts, in_order
from ketachart.domain.supervision.standing import (
    SETTLED,
    Taken,
    newest,
    of_version,
    reports,
    state_of,
)
from ketachart.domain.supervision.table import Which, trends_csv
from ketachart.domain.supervision.trends import Trends
from ketachart.domain.visit import Visit
from ketachart.errors import KetaChartError, LedgerDamaged, LedgerError, Refused
from ketachart.storage.ledger import Ledger

AT_ONCE = 12  # reports read again in one go: they come from the disk while the window waits


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a folder's reports: how many are new, known, in conflict; and the refused."""

    taken: int
    known: int
    conflicts: int
    refused: tuple[Unread, ...]


class Supervision(Acknowledging):
    """What a supervisor does with the nurses' signed reports."""

    def __init__(self, office: Office, ledger: Ledger, letters: Letters) -> None:
        super().__init__(office, ledger, letters)
        self._here = SignedHere(ledger, self._received, office.staff_id)

    # ------------------------------------------------ taking reports in

    def reading(self, paths: Iterable[Path]) -> FolderTask:
        """What a worker needs to read a folder, a stick or files.

        Raises:
            Refused: the unlocked person is no supervisor.
        """
        self.must_be_supervisor()
        return FolderTask(tuple(paths), self.trust_file, self._received.known())

    def keep(self, read: ReadFolder) -> Kept:
        """Keeps what was read, each report in an act of its own; the same one is kept once.

        Raises:
            Refused: the unlocked person is no supervisor.
            LedgerError: those before it are kept; do it again.
        """
        self.must_be_supervisor()
        outcomes: list[Outcome] = ["known"] * len(read.known)
        refused = list(read.refused)
        for report in read.reports:
            try:
                outcomes.append(self._received.keep(report, item="", ledger=""))
            except Refused as error:
                refused.append(Unread(report.name, str(error)))
        return Kept(
            outcomes.count("new"),
            outcomes.count("known"),
            outcomes.count("conflict"),
            tuple(refused),
        )

    def keep_report(self, read: ReadReport, *, item: str = "", ledger: str = "") -> Outcome:
        """Keeps one report, with the package that it came in.

        Raises:
            Refused: the unlocked person is no supervisor, or it is countersigned already.
            LedgerError: nothing was kept.
        """
        self.must_be_supervisor()
        return self._received.keep(read, item=item, ledger=ledger)

    # ------------------------------------------------ the queue

    def waking(self) -> WakingTask | None:
        """What a worker needs to read some of the kept reports again; None where all are read.

        What is still to be done comes first; ask again once these are taken up. Reports that others
        signed in this very ledger are read with them, and taken in by `wake`.

        Raises:
            Refused: the unlocked person is no supervisor.
        """
        self.must_be_supervisor()
        wanted = []
        for post in self._received.posts().values():
            last = newest(post)
            if last is not None and not self._received.tried(last.fact.sha256):
                wanted.append((state_of(post, None) in SETTLED, last.at, last.fact.sha256))
        first = [sha256 for *_order, sha256 in sorted(wanted)[:AT_ONCE]]
        papers = [(sha256, self._content(sha256)) for sha256 in first]
        here = self._here.papers()
        if not papers and not here and not self._here.more:
            return None
        return WakingTask(papers, here, self.trust_file)

    def _content(self, sha256: str) -> bytes:
        """A kept file; empty where it is not as it was kept: the others are still read."""
        try:
            return self._received.content(sha256)
        except LedgerDamaged:
            return b""

    def wake(self, woken: Woken) -> tuple[Unread, ...]:
        """Takes up what the worker read; answers what of it could not be kept, and why."""
        refused = []
        for report in woken.signed_here:
            try:
                self._received.keep(report, item=SIGNED_HERE, ledger=self._here.ledger_id)
            except KetaChartError as error:
                refused.append(Unread(report.name, str(error)))
        for sha256, visit in woken.visits.items():
            self._received.remember(sha256, visit)
        self._received.give_up(woken.unreadable)
        return tuple(refused)

    def queue(self) -> tuple[QueueLine, ...]:
        """One line for each visit, what is to be done first; quick once `wake` was called.

        Raises:
            Refused: the unlocked person is no supervisor.
        """
        self.must_be_supervisor()
        now, reviewer, found = self._office.time.now(), self.reviewer, []
        for stream, post in self._received.posts().items():
            line = line_of(stream, post, self._received.newest_in(post), reviewer, now)
            if line is not None:
                found.append(line)
        return in_order(found)

    def counts(self, lines: Iterable[QueueLine]) -> Counts:
        """The figures beside the filters."""
        return counts(lines, self._office.time.now())

    # ------------------------------------------------ one report

    def opening(self, stream: str, version: int | None = None, *, sha256: str = "") -> OpeningTask:
        """What a worker needs to check and lay out one report: the newest, or one of them.

        Args:
            stream: the visit's id.
            version: which version; the newest where it is left out.
            sha256: which file, where two say that they are the same version.

        Raises:
            Refused: the unlocked person is no supervisor.
            LedgerError: it is not here.
        """
        self.must_be_supervisor()
        post = self._received.post(stream)
        chosen = self._chosen(post, version, sha256)
        before = of_version(post, chosen.fact.report - 1)
        return OpeningTask(
            stream=stream,
            name=chosen.fact.visit,
            content=self._received.content(chosen.fact.sha256),
            before=self._received.content(before.fact.sha256) if before is not None else b"",
            post=post,
            versions=tuple(
                Version(r.fact.report, r.fact.sha256, r.fact.good, r.fact.signed_at, r.at)
                for r in reports(post)
            ),
            reviewer=self.reviewer,
            trust_pem=self.trust_file,
            at=self._office.time.now(),
        )

    @staticmethod
    def _chosen(post: Visit, version: int | None, sha256: str) -> Taken:
        if sha256:
            found = next((one for one in reports(post) if one.fact.sha256 == sha256), None)
        else:
            found = newest(post) if version is None else of_version(post, version)
        if found is None:
            raise LedgerError(NOT_HERE)
        return found

    # ------------------------------------------------ figures over all

    def trending(self, since: date, until: date) -> TrendsTask:
        """What a worker needs to count over the reports of those days, both counted.

        Raises:
            Refused: the unlocked person is no supervisor.
        """
        self.must_be_supervisor()
        found = []
        for stream, post in self._received.posts().items():
            last = newest(post)
            if last is None or not last.fact.good:
                continue
            visit = self._received.visit(last.fact.sha256)
            content = b"" if visit is not None else self._received.content(last.fact.sha256)
            state = state_of(post, visit)
            found.append(ToCount(stream, last.fact.report, state, visit, content, post))
        return TrendsTask(tuple(found), since, until)

    def trends(self, since: date, until: date) -> Trends:
        """The figures of those days, where nobody waits at a window."""
        return self.trending(since, until).work()

    def trends_csv(self, trends: Trends, which: Which = "visits") -> str:
        """The figures as a table that a spreadsheet opens; no patient is named."""
        return trends_csv(trends, which)

    def notices(self, visit: Visit) -> tuple[Notice, ...]:
        """What of the vital signs is more even, or more at once, than usual."""
        return notices(visit)
