"""The end of the visit on paper: what held at the goodbye, what was taught, what was explained."""

from ketachart.domain.facts import (
    CriterionJudged,
    FindingExplained,
    HandoutGiven,
    InstructionTaught,
    PatientReleased,
)
from ketachart.domain.found.findings import findings
from ketachart.domain.instructions import follow_ups, told
from ketachart.domain.release import criterion_text, release
from ketachart.domain.telling.closing import LANGUAGES, OUTCOMES
from ketachart.domain.visit import Entry
from ketachart.domain.wording import clock, day_and_clock, listed
from ketachart.report.sections.pieces import (
    Cell,
    Column,
    Row,
    Run,
    Table,
    faint,
    plain,
    strong,
)
from ketachart.report.sections.record import Record

HEARD = {"said": "said it", "helped": "was helped", None: ""}
SEVERITY = {"stop": "Stop", "reason": "Reason", "know": "To know"}


def release_table(record: Record) -> Table:
    """Every criterion with what the chart says of it."""
    visit = record.visit
    state = release(visit, record.now)
    judged = _judged(record)
    rows = []
    for item in state.criteria:
        entry = None if item.criterion.computed else judged.get(item.criterion.code)
        said: Cell = (
            Run(f"{criterion_text(visit, item)}:", "plain" if item.met else "strong"),
            Run(item.note, "plain" if item.met else "strong"),
            Run(f"({visit.protocol.cited(item.criterion.source).short})", "faint"),
        )
        rows.append(
            Row(
                cells=(
                    plain(clock(item.at) if item.at else ""),
                    plain("met") if item.met else strong("NOT MET"),
                    said,
                ),
                entry=entry.id if entry else "",
                about=f"before leaving: {item.criterion.sentence}",
                bar="" if item.met else "override",
            )
        )
    return Table(
        code="release",
        heading="Before leaving",
        says=_release_says(record),
        columns=(Column("time", 28), Column("", 36), Column("criterion: what the chart says")),
        rows=tuple(rows) if record.start is not None else (),
        across=2,
        empty="No infusion was started: nothing was due before leaving.",
    )


def _release_says(record: Record) -> str:
    fact = record.visit.last_fact(PatientReleased)
    if fact is None:
        return "not released"
    return f"released {clock(fact.at)} to {fact.to}, {OUTCOMES[fact.outcome]}"


def _judged(record: Record) -> dict[str, Entry[CriterionJudged]]:
    """The last judgement of each criterion: the one that stands."""
    return {entry.fact.criterion: entry for entry in record.visit.of(CriterionJudged)}


def _taught(record: Record) -> dict[str, Entry[InstructionTaught]]:
    """The last answer to each instruction."""
    return {entry.fact.instruction: entry for entry in record.visit.of(InstructionTaught)}


def shown_in_leaving(record: Record) -> frozenset[str]:
    """The entries that these tables show; earlier judgements stand among the events."""
    asked = {c.code for c in record.visit.protocol.criteria if not c.computed}
    told_of = {i.code for i in record.visit.protocol.instructions}
    shown = {entry.id for entry in record.visit.of(FindingExplained)}
    if record.start is not None:
        shown |= {entry.id for code, entry in _judged(record).items() if code in asked}
    shown |= {entry.id for code, entry in _taught(record).items() if code in told_of}
    return frozenset(shown)


def instructions_table(record: Record) -> Table:
    """What the patient was told, with the times of day, and who said it back."""
    answers = _taught(record)
    rows = []
    for item in told(record.visit):
        entry = answers.get(item.instruction.code)
        rows.append(
            Row(
                cells=(
                    plain(clock(entry.at) if entry else ""),
                    strong(item.when),
                    plain(item.instruction.sentence),
                    plain(HEARD[item.patient]) if item.heard else strong("not asked"),
                    plain(HEARD[item.adult]),
                ),
                entry=entry.id if entry else "",
                about=f"instruction: {item.instruction.sentence}",
            )
        )
    return Table(
        code="instructions",
        heading="Instructions given",
        says=_handout_says(record),
        columns=(
            Column("asked", 28),
            Column("when", 162),
            Column("what was told"),
            Column("patient", 46),
            Column("adult", 46),
        ),
        rows=tuple(rows) if answers else (),
        empty="No instructions were taught.",
    )


def _handout_says(record: Record) -> str:
    parts = []
    handout = record.visit.last_fact(HandoutGiven)
    if handout is not None:
        who = listed(list(handout.to))
        parts.append(f"sheet left {clock(handout.at)}, {LANGUAGES[handout.language]}, with {who}")
    calls = [day_and_clock(at) for at in follow_ups(record.visit)]
    if calls:
        parts.append(f"calls planned {listed(calls)}")
    return "; ".join(parts)


def findings_table(record: Record) -> Table:
    """What was looked at before signing, with the nurse's words to each point."""
    visit = record.visit
    current = {finding.code: finding for finding in findings(visit, record.now)}
    rows = []
    for entry in visit.of(FindingExplained):
        finding = current.pop(entry.fact.finding, None)
        name = finding.sentence if finding else entry.fact.finding.replace("-", " ")
        cell: Cell = (Run(f"{name}.", "strong"),)
        if finding is not None:
            code = finding.code.replace("-", " ")
            cell = (*cell, *plain(finding.detail), *faint(f"({code})"))
        rows.append(
            Row(
                cells=(
                    plain(clock(entry.at)),
                    plain("Explained"),
                    (*cell, Run("The nurse:", "strong"), Run(entry.fact.reason)),
                ),
                entry=entry.id,
                about=f"explained {clock(entry.at)}",
            )
        )
    for finding in current.values():
        open_ = not finding.settled
        rows.append(
            Row(
                cells=(
                    (),
                    strong("OPEN") if open_ else plain(SEVERITY[finding.severity]),
                    (
                        Run(f"{finding.sentence}.", "strong"),
                        *plain(finding.detail),
                        *strong("Not settled when this was printed." if open_ else ""),
                    ),
                ),
                about=f"finding: {finding.sentence}",
                bar="override" if open_ else "",
            )
        )
    return Table(
        code="findings",
        heading="Points before signing",
        says="each was shown to the nurse; the words are hers",
        columns=(Column("time", 28), Column("", 44), Column("point, and what was answered")),
        rows=tuple(rows),
        empty="Nothing stood against signing.",
    )
