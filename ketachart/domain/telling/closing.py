"""The words for leaving, teaching, signing, and for how the record was kept."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from ketachart.domain.facts import (
    AddendumWritten,
    ChartReopened,
    ClockStepped,
    CriterionJudged,
    EntryStruck,
    Fact,
    FindingExplained,
    FollowUpPlanned,
    HandoutGiven,
    InkDeclined,
    InkSigned,
    InstructionTaught,
    LaptopSlept,
    PaperKept,
    PatientReleased,
    PowerNoted,
    RecoveryScored,
    ReportSigned,
    SheetMade,
    VisitSigned,
)
from ketachart.domain.paper import period_words, why_words
from ketachart.domain.telling.preparation import Words
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, clock_with_seconds, count, day_and_clock, length, listed

ROLES = {"patient": "Patient", "adult": "Responsible adult", "witness": "Witness"}
OUTCOMES = {
    "criteria-met": "all criteria met",
    "with-reason": "with a reason",
    "against-advice": "AGAINST ADVICE",
    "to-ems": "handed over to EMS",
}
SHEETS = {"pre-visit": "sheet before the visit", "handout": "instructions", "ems": "EMS sheet"}
ADDENDA = {
    "follow-up": "follow-up", "late-information": "late information", "correction": "correction",
    "answer": "answer",
}  # fmt: skip
SPOKE_WITH = {
    "": "", "patient": "spoke with patient", "adult": "spoke with adult",
    "nobody": "nobody was reached",
}  # fmt: skip
LANGUAGES = {"en": "English", "es": "Spanish"}


def criterion(visit: Visit, fact: CriterionJudged) -> Words:
    """A judged criterion."""
    known = {c.code: c.sentence for c in visit.protocol.criteria}
    text = known.get(fact.criterion, fact.criterion)
    state = "yes" if fact.met else "no"
    return "Before leaving", f"{text}: {state}" + (f"; {fact.note}" if fact.note else "")


def scored(_visit: Visit, fact: RecoveryScored) -> Words:
    """The recovery score."""
    items = (
        f"activity {fact.activity}, breathing {fact.breathing}, circulation {fact.circulation}, "
        f"consciousness {fact.consciousness}, oxygen {fact.oxygen}"
    )
    return "Recovery score", f"{fact.total} of 10 ({items})"


def taught(visit: Visit, fact: InstructionTaught) -> Words:
    """An instruction asked back."""
    known = {i.code: i.sentence for i in visit.protocol.instructions}
    heard = [
        f"{who} {'said it' if how == 'said' else 'was helped'}"
        for who, how in (("patient", fact.patient), ("adult", fact.adult))
        if how
    ]
    return "Said back", f"{known.get(fact.instruction, fact.instruction)}: {listed(heard)}"


def handout(_visit: Visit, fact: HandoutGiven) -> Words:
    """The sheet."""
    return "Sheet left", f"{LANGUAGES[fact.language]}, with {listed(list(fact.to))}"


def follow_up(_visit: Visit, fact: FollowUpPlanned) -> Words:
    """A planned call."""
    return "Call planned", f"{day_and_clock(fact.due_at)}, {fact.about}"


def signed_ink(_visit: Visit, fact: InkSigned) -> Words:
    """Ink."""
    meaning = f": {fact.meaning}" if fact.meaning else ""
    return "Signed on screen", f"{ROLES[fact.role]} {fact.name}{meaning}"


def declined(_visit: Visit, fact: InkDeclined) -> Words:
    """No ink, and why."""
    return "Not signed", f"{ROLES[fact.role]} {fact.name}: {fact.reason}".replace(" :", ":")


def released(visit: Visit, fact: PatientReleased) -> Words:
    """The goodbye."""
    reason = f": {fact.reason}" if fact.reason else ""
    ready = f"; would have been ready {clock(fact.ready_at)}" if fact.ready_at is not None else ""
    labels = [visit.protocol.label("against-advice", code) for code in fact.explained]
    explained = f"; explained: {'; '.join(labels)}" if labels else ""
    full_name, ground = fact.to, OUTCOMES[fact.outcome]
    return "Released", f"to {full_name}, {ground}{reason}{explained}{ready}"


def explained(_visit: Visit, fact: FindingExplained) -> Words:
    """A point answered before signing."""
    return "Explained", f"{fact.finding.replace('-', ' ')}: {fact.reason}"


def struck(visit: Visit, fact: EntryStruck) -> Words:
    """A strike."""
    entry = visit.entry(fact.entry)
    which = f"entry {entry.number}" if entry else "an entry"
    by = visit.entry(fact.replaced_by) if fact.replaced_by else None
    now = f", now entry {by.number}" if by else ""
    return "Corrected" if by else "Struck", f"{which}{now}: {fact.reason}"


def stepped(_visit: Visit, fact: ClockStepped) -> Words:
    """The laptop's clock."""
    how_far = length_text(fact.by_s)
    said = clock_with_seconds(fact.laptop_said)
    return "Laptop clock set", f"{how_far}; it said {said}, the chart kept its own time"


def length_text(seconds: int) -> str:
    """How far, and which way: “2 h back”."""
    return f"{length(timedelta(seconds=abs(seconds)))} {'back' if seconds < 0 else 'forward'}"


def signature(_visit: Visit, fact: VisitSigned) -> Words:
    """The nurse's signature."""
    why = f"; INCOMPLETE: {fact.incomplete}" if fact.incomplete else ""
    return "Signed", f"version {fact.version}, “{fact.meaning}”{why}"


def report(_visit: Visit, fact: ReportSigned) -> Words:
    """The signed file."""
    return "Report made", f"version {fact.version}, {count(fact.pages, 'page')}"


def sheet(_visit: Visit, fact: SheetMade) -> Words:
    """A sheet that was made."""
    return "Sheet made", f"{SHEETS[fact.sheet]}, {LANGUAGES[fact.language]} ({fact.sha256[:12]})"


def slept(_visit: Visit, fact: LaptopSlept) -> Words:
    """The laptop stood still."""
    return "Laptop slept", f"for {length(timedelta(seconds=fact.for_s))}; nothing could be shown"


def reopened(_visit: Visit, fact: ChartReopened) -> Words:
    """The chart was opened again."""
    how = {
        "closed": "closed by the nurse",
        "ended": "it had ended by itself",
        "unknown": "how it was closed is not known",
    }[fact.how]
    return "Chart opened again", f"last open {clock_with_seconds(fact.closed_at)}; {how}"


def power(_visit: Visit, fact: PowerNoted) -> Words:
    """Battery or disk."""
    return {"battery": "Battery", "disk": "Disk"}[fact.what], fact.words


def paper(_visit: Visit, fact: PaperKept) -> Words:
    """A time on paper."""
    lasted = length(fact.until - fact.at)
    return "Charted on paper", f"{period_words(fact)} ({lasted}), {why_words(fact)}"


def addendum(visit: Visit, fact: AddendumWritten) -> Words:
    """What was added after signing."""
    parts = [
        f"call due {day_and_clock(fact.due_at)}" if fact.due_at is not None else "",
        SPOKE_WITH[fact.spoke_with],
        *_after(visit, fact),
        f"asked: “{fact.question}”" if fact.question else "",
        fact.text,
        f"done: {fact.escalated}" if fact.escalated else "",
        f"next call {day_and_clock(fact.next_at)}" if fact.next_at is not None else "",
        f"version {fact.version}, “{fact.meaning}”",
    ]
    return f"Addendum: {ADDENDA[fact.about]}", "; ".join(filter(None, parts))


def _after(visit: Visit, fact: AddendumWritten) -> Iterator[str]:
    """What was told at a follow-up; what was not asked is not told as absent."""
    if fact.pain is not None:
        yield f"pain {fact.pain} of 10"
    if fact.worst_pain is not None:
        yield f"worst since {fact.worst_pain} of 10"
    for one in fact.effects:
        label = visit.protocol.label("effect", one.effect).lower()
        yield f"{label} grade {one.grade}" if one.grade else f"{label} gone since, grade 0"
    for said, no, yes in (
        (fact.headache, "headache not back", "HEADACHE BACK"),
        (fact.urine, "urine: no trouble", "TROUBLE WITH THE URINE"),
        (fact.thoughts, "no thoughts of self-harm", "THOUGHTS OF SELF-HARM"),
    ):
        if said:
            yield yes if said == "yes" else no


TABLE: dict[type[Fact], Callable[[Visit, Any], Words]] = {
    CriterionJudged: criterion,
    RecoveryScored: scored,
    InstructionTaught: taught,
    HandoutGiven: handout,
    FollowUpPlanned: follow_up,
    InkSigned: signed_ink,
    InkDeclined: declined,
    PatientReleased: released,
    FindingExplained: explained,
    EntryStruck: struck,
    ClockStepped: stepped,
    VisitSigned: signature,
    ReportSigned: report,
    SheetMade: sheet,
    LaptopSlept: slept,
    ChartReopened: reopened,
    PowerNoted: power,
    PaperKept: paper,
    AddendumWritten: addendum,
}
