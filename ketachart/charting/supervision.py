"""The supervisor's desk: takes signed reports in, lists what waits, asks, judges, countersigns.

The nurse's chart is never touched: what a supervisor says stands beside the visit, in a stream of
its own. Every method refuses, with a sentence, whoever is no supervisor.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

from ketachart.charting.acknowledging import Acknowledging
from ketachart.charting.folder_files import Unread
from ketachart.charting.judging import NOT_HERE, Office
from ketachart.charting.received import Outcome, holds
from ketachart.charting.report_reading import FolderTask, ReadFolder, ReadReport
from ketachart.charting.reviewing import OpeningTask, Version
from ketachart.charting.signed_here import SignedHere
from ketachart.charting.trending import TrendsTask
from ketachart.charting.waking import WakingTask, Woken
from ketachart.domain.facts.post import SIGNED_HERE
from ketachart.domain.letters import Letters
from ketachart.domain.supervision.flat import Notice, notices
from ketachart.domain.supervision.lines import line_of
from ketachart.domain.supervision.queue import Counts, QueueLine, counts, in_order
from ketachart.domain.supervision.reviewer import Reviewer
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

AT_ONCE = 6  # reports read again in one go: they come from the disk while the window waits


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a folder's reports: how many are new, known, in conflict; and the refused."""

    taken: int
    known: int
    conflicts: int
    refused: tuple[Unread, ...]


_Turn = tuple[Visit, tuple[bool, datetime, str] | None]


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A line of the queue, and what it rests on."""

    post: Visit
    visit: Visit | None
    reviewer: Reviewer
    moment: datetime
    line: QueueLine | None

    def rests_on(
        self, post: Visit, visit: Visit | None, reviewer: Reviewer, moment: datetime
    ) -> bool:
        """Whether it would be the same."""
        same = self.post is post and self.visit is visit
        return same and (self.reviewer, self.moment) == (reviewer, moment)


class Supervision(Acknowledging):
    """What a supervisor does with the nurses' signed reports."""

    def __init__(self, office: Office, ledger: Ledger, letters: Letters) -> None:
        super().__init__(office, ledger, letters)
        self.grew = False  # whether `waking` found reports that the queue did not show
        self._turns: dict[str, _Turn] = {}
        self._drawn: dict[str, _Drawn] = {}
        self._here = SignedHere(ledger, self._received, office.staff_id)

    # ------------------------------------------------ taking reports in

    def reading(self, paths: Iterable[Path]) -> FolderTask:
        """What a worker needs to read a folder, a stick or files.

        Raises:
            Refused: the unlocked person is no supervisor.
        """
        self.must_be_supervisor()
        return FolderTask(tuple(paths), self.trust_file, self._known_aside)

    @contextmanager
    def _known_aside(self) -> Iterator[Callable[[str], bool]]:
        """Says in a worker whether a report is here already."""
        with self._ledger.aside() as aside:
            yield partial(holds, aside)

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
        posts = self._received.posts()
        self.grew = self._received.in_queue.grew
        self._turns = {stream: self._turn(stream, post) for stream, post in posts.items()}
        wanted = [
            turn for _, turn in self._turns.values() if turn and not self._received.tried(turn[-1])
        ]
        first = [sha256 for *_order, sha256 in sorted(wanted)[:AT_ONCE]]
        papers = [(sha256, self._content(sha256)) for sha256 in first]
        here = self._here.papers()
        more = self._here.more or self._received.in_queue.more
        if not papers and not here and not more:
            return None
        return WakingTask(papers, here, self.trust_file)

    def _turn(self, stream: str, post: Visit) -> _Turn:
        """When the newest report is read again: what is settled later, then the oldest first."""
        known = self._turns.get(stream)
        if known is not None and known[0] is post:
            return known
        last = newest(post)
        if last is None:
            return (post, None)
        return (post, (state_of(post, None) in SETTLED, last.at, last.fact.sha256))

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
        posts, me, now = self._received.posts(), self.reviewer, self._office.time.now()
        self._drawn = {stream: self._line(stream, post, me, now) for stream, post in posts.items()}
        return in_order(drawn.line for drawn in self._drawn.values() if drawn.line is not None)

    def _line(self, stream: str, post: Visit, reviewer: Reviewer, now: datetime) -> _Drawn:
        """Worked out once in a minute, unless something came in."""
        visit, moment = self._received.newest_in(post), now.replace(second=0, microsecond=0)
        known = self._drawn.get(stream)
        if known is not None and known.rests_on(post, visit, reviewer, moment):
            return known
        line = line_of(stream, post, visit, reviewer, now)
        return _Drawn(post, visit, reviewer, moment, line)

    def counts(self, lines: Iterable[QueueLine]) -> Counts:
        """The figures beside the filters."""
        queue = self._received.in_queue
        told = counts(lines, self._office.time.now())
        return replace(told, behind=queue.behind, older=queue.older)

    def look_back(self) -> None:
        """From now on the queue shows more of the reports that were reviewed long ago."""
        self._received.in_queue.look_back()

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
        return TrendsTask(self._ledger.aside, self._received.as_known(), since, until)

    def trends(self, since: date, until: date) -> Trends:
        """The figures of those days, where nobody waits at a window."""
        return self.trending(since, until).work()

    def trends_csv(self, trends: Trends, which: Which = "visits") -> str:
        """The figures as a table that a spreadsheet opens; no patient is named."""
        return trends_csv(trends, which)

    def notices(self, visit: Visit) -> tuple[Notice, ...]:
        """What of the vital signs is more even, or more at once, than usual."""
        return notices(visit)
