"""Plays a visit script line by line through `charting`, on a clock that the script sets."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from ketachart.charting import OpenClinic, OpenVisit, SignedReport
from ketachart.clock import SetClock
from ketachart.commands.opening import (
    HEADER,
    OPENING,
    PASSPHRASE,
    check,
    first_lines,
    found,
    new_visit,
    opened_at,
)
from ketachart.commands.script import ScriptLine
from ketachart.domain.facts import Fact, MomentTold, ResponseNoted
from ketachart.domain.found.findings import standing
from ketachart.domain.shape import moment_text
from ketachart.domain.visit import Visit
from ketachart.domain.wording import count
from ketachart.errors import CannotRead, CannotSign, KetaChartError, Refused

__all__ = ["HEADER", "OPENING", "PASSPHRASE", "Played", "Refusal", "Stage", "open_stage", "play"]


# How far a line without a time of writing may move the clock: to the last of the two follow-ups.
AHEAD = timedelta(days=3)
# How long after the line before it a line may be written: past this a date is mistyped.
LATEST = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A line that was not charted, and why."""

    line: int
    id: str
    kind: str
    sentence: str
    rule: str
    points: tuple[tuple[str, str], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As the replay answers."""
        return {
            "line": self.line,
            "id": self.id or None,
            "kind": self.kind or None,
            "sentence": self.sentence,
            "rule": self.rule,
            "points": [{"code": code, "sentence": sentence} for code, sentence in self.points],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What came of a script."""

    visit: Visit
    refusals: tuple[Refusal, ...]
    report: SignedReport | None
    root_certificate: str


def play(lines: Sequence[ScriptLine], ledger: Path, *, strict: bool) -> Played:
    """Charts the script into a fresh ledger and signs the visit.

    Raises:
        ScriptError: clinic, nurse, patient or order are missing, or cannot be used.
        LedgerError: the folder holds a ledger already, or cannot be written.
    """
    stage = open_stage(lines, ledger, strict=strict)
    try:
        stage.play(stage.rest)
        stage.sign_what_there_is()
        return Played(
            visit=stage.room.visit,
            refusals=tuple(stage.refusals),
            report=stage.report,
            root_certificate=stage.office.root_certificate,
        )
    finally:
        stage.office.close()


def open_stage(lines: Sequence[ScriptLine], ledger: Path, *, strict: bool = False) -> "Stage":
    """A fresh ledger with the visit opened, and the lines that are still to be played.

    Raises:
        ScriptError, LedgerError: as for `play`.
    """
    header, rest = first_lines(lines)
    clock = SetClock(opened_at(header))
    check(header, clock)
    office = found(header, ledger, clock)
    try:
        return Stage(office, new_visit(office, header), clock, rest=rest, strict=strict)
    except BaseException:
        office.close()
        raise


class Stage:
    """Where the lines are played, one after the other."""

    def __init__(
        self,
        office: OpenClinic,
        room: OpenVisit,
        clock: SetClock,
        *,
        rest: Sequence[ScriptLine],
        strict: bool,
    ) -> None:
        self.office = office
        self.room = room
        self.clock = clock
        self.rest = rest
        self.stopped = False
        self._strict = strict
        self._begun = False
        self._last = 0
        self._names: dict[str, str] = {}
        self.refusals: list[Refusal] = []
        self.report: SignedReport | None = None

    def play(self, lines: Sequence[ScriptLine]) -> None:
        """Charts each line; a refused one is reported, and the rest goes on unless strict."""
        for line in lines:
            self._last = line.number
            try:
                self._readable(line)
                self._set_clock(line)
                self._chart(line)
            except (Refused, CannotSign) as refusal:
                self._refuse(line, refusal)
                if self._strict:
                    self.stopped = True
                    return

    def _refuse(self, line: ScriptLine, refusal: KetaChartError) -> None:
        rule = refusal.rule if isinstance(refusal, Refused) else "cannot sign"
        points = refusal.points if isinstance(refusal, Refused) else ()
        self.refusals.append(
            Refusal(
                line=line.number,
                id=line.id,
                kind=line.kind,
                sentence=str(refusal),
                rule=rule,
                points=points,
            )
        )

    def _readable(self, line: ScriptLine) -> None:
        if line.fault:
            raise Refused(line.fault, rule="line could not be read")
        if line.id in self._names:
            raise Refused(
                f"A line before this one has the id “{line.id}” already. Give this one another.",
                rule="id used twice",
                field="id",
            )

    def _set_clock(self, line: ScriptLine) -> None:
        """Time goes on to when the line was written.

        A ``recorded_at`` is what the laptop's clock said: one before the last sets that clock
        back. A line without one is written when it happened, by the chart's own time; one that is
        far ahead of the line before moves nothing, and is refused as not having happened yet. Only
        from the first lines, where clinic and order are told, may it be any time to the visit.
        """
        laptop, chart = self.clock.now(), self.room.now()
        if line.recorded_at is not None:
            if self._begun and line.recorded_at > laptop + LATEST:
                raise Refused(
                    f"{moment_text(line.recorded_at)} is more than {LATEST.days} days after the "
                    "line before. Check the date.",
                    rule="written long after",
                    field="recorded_at",
                )
            if line.recorded_at < laptop:
                self.clock.set_wall(line.recorded_at)
            else:
                self.clock.move_to(line.recorded_at)
        elif line.at is not None and chart < line.at and self._is_near(line.at):
            self.clock.pass_time(line.at - chart)
        self._begun = True

    def _is_near(self, moment: datetime) -> bool:
        return not self._begun or moment <= self.room.now() + AHEAD

    def _chart(self, line: ScriptLine) -> None:
        if line.kind == "sign":
            self.report = self.room.sign(PASSPHRASE, incomplete=line.incomplete)
        elif line.addendum is not None:
            entry = self._named(line.entry) if line.entry else ""
            added = replace(line.addendum, entry=entry)
            self.report = self.room.add_addendum(PASSPHRASE, added)
        elif line.kind == "strike":
            self._remember(line, self.room.strike(self._named(line.entry), line.reason).id)
        elif line.kind == "correct" and line.fact is not None:
            fact = self._pointed(line.fact)
            entries = self.room.correct(self._named(line.entry), fact, line.reason)
            self._remember(line, entries[-1].id)
        else:
            self._remember(line, self.room.record(self._pointed(line.fact)).id)

    def _remember(self, line: ScriptLine, entry_id: str) -> None:
        if line.id:
            self._names[line.id] = entry_id

    def _named(self, name: str) -> str:
        """The entry that a line named; a name that was never given is refused."""
        if name not in self._names:
            raise Refused(
                f"No line before this one has the id “{name}”.", rule="no such line", field="entry"
            )
        return self._names[name]

    def _pointed(self, fact: Fact | None) -> Fact:
        """The fact with its reference turned from the script's name into the entry's id."""
        if fact is None:
            raise CannotRead("This line has no fact. Write what happened.")
        if isinstance(fact, ResponseNoted):
            return replace(fact, entry=self._named(fact.entry))
        if isinstance(fact, MomentTold):
            entry = self._named(fact.entry) if fact.entry else ""
            return replace(fact, mark=self._named(fact.mark), entry=entry)
        return fact

    def sign_what_there_is(self) -> None:
        """The script has come to its end: sign, and if points are open, say so."""
        if self.report is not None or self.stopped:
            return
        against = standing(self.room.visit, self.room.now())
        incomplete = ""
        if against:
            open_points = count(len(against), "point")
            incomplete = f"The script ended with {open_points} open: " + "; ".join(
                finding.sentence for finding in against
            )
        try:
            self.report = self.room.sign(PASSPHRASE, incomplete=incomplete)
        except (Refused, CannotSign) as refusal:
            # what was charted is still told; only the signature is missing
            end = ScriptLine(number=self._last, id="", kind="sign", at=None, recorded_at=None)
            self._refuse(end, refusal)
