"""Whether the infusion may be started: every question, its answer, and the verdict with reasons."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from ketachart.domain.facts import OverrideAuthorised, ScreeningAnswered
from ketachart.domain.judgements import JUDGES, Answer, Judged
from ketachart.domain.policy import ScreeningItem
from ketachart.domain.raised import graver, worse
from ketachart.domain.review.dated import doubt_of_date
from ketachart.domain.review.history import REVIEW_JUDGES
from ketachart.domain.review.when import applies
from ketachart.domain.visit import Visit
from ketachart.domain.wording import count

NOT_ANSWERED = "Not answered: "
WORKED_OUT = {**JUDGES, **REVIEW_JUDGES}
"""The questions that the chart answers by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemState:
    """One question as it stands."""

    item: ScreeningItem
    answer: Answer | None
    note: str
    override: OverrideAuthorised | None
    cited: str
    entry: str = ""
    dated: date | None = None
    said: Answer | None = None  # the nurse's own answer, where the chart made it graver
    said_note: str = ""

    @property
    def settled(self) -> bool:
        """Whether it no longer stands against the start."""
        if self.answer == "clear":
            return True
        if self.override is None or not self.override.read_back:
            return False
        return self.answer == "ask" or (self.answer == "stop" and self.item.stop_can_be_authorised)

    @property
    def reason(self) -> str:
        """What stands against the start, in words."""
        about = f"{self.item.question}: {self.note}" if self.note else self.item.question
        if self.answer is None:
            return f"{NOT_ANSWERED}{self.item.question}" + (f" ({self.note})" if self.note else "")
        if self.answer == "stop":
            return f"Stop: {about} ({self.cited})"
        return f"Ask the prescriber: {about} ({self.cited})"


@dataclass(frozen=True, slots=True)
class Screening:
    """All questions that apply, and what follows from them."""

    items: tuple[ItemState, ...]

    @property
    def answered(self) -> int:
        """How many questions have an answer."""
        return sum(state.answer is not None for state in self.items)

    @property
    def open(self) -> tuple[ItemState, ...]:
        """What still stands against the start, stops first."""
        rank = {"stop": 0, "ask": 1, None: 2}
        unsettled = [state for state in self.items if not state.settled]
        return tuple(sorted(unsettled, key=lambda state: rank[state.answer]))

    @property
    def authorised(self) -> tuple[ItemState, ...]:
        """Answers that a prescriber authorised going on with."""
        return tuple(s for s in self.items if s.settled and s.answer != "clear")

    @property
    def verdict(self) -> Literal["clear", "ask", "stop", "open"]:
        """clear: go on; ask: call first; stop: do not start; open: not all is answered."""
        standing = self.open
        if not standing:
            return "clear"
        first = standing[0].answer
        return first if first in ("ask", "stop") else "open"

    @property
    def headline(self) -> str:
        """The verdict in the nurse's words."""
        return {
            "clear": "Clear to go on",
            "ask": "Call the prescriber",
            "stop": "Do not start",
            "open": "Not finished",
        }[self.verdict]

    @property
    def reasons(self) -> tuple[str, ...]:
        """Everything that stands against the start."""
        return tuple(state.reason for state in self.open)

    @property
    def in_short(self) -> str:
        """What stands against the start in one line: unanswered questions are counted."""
        told = [state.reason for state in self.open if state.answer is not None]
        unanswered = sum(state.answer is None for state in self.open)
        if unanswered:
            told.append(f"{count(unanswered, 'question')} not answered")
        return "; ".join(told)

    def section(self, name: str) -> tuple[ItemState, ...]:
        """The questions of one section."""
        return tuple(state for state in self.items if state.item.section == name)

    @property
    def sections(self) -> tuple[str, ...]:
        """The sections in their order."""
        return tuple(dict.fromkeys(state.item.section for state in self.items))


def screening(visit: Visit, now: datetime) -> Screening:
    """Every question that applies to this patient, as it stands at that moment."""
    return visit.once_at("screening", now, _screening)


def _screening(visit: Visit, now: datetime) -> Screening:
    answers = {entry.fact.item: entry for entry in visit.of(ScreeningAnswered)}
    overrides = {fact.about: fact for fact in visit.facts(OverrideAuthorised)}
    states = []
    for item in visit.protocol.screening:
        if not applies(visit, item, now):
            continue
        entry = answers.get(item.code)
        said = Judged(entry.fact.answer, entry.fact.note) if entry else Judged(None, "")
        if item.computed:
            judged = WORKED_OUT[item.computed](visit, now)
        else:
            dated = entry.fact.dated if entry else None
            judged = worse(graver(visit, item, now, said), doubt_of_date(visit, item, dated, now))
        states.append(
            ItemState(
                item=item,
                answer=judged.answer,
                note=judged.note,
                override=overrides.get(item.code),
                cited=visit.protocol.cited(item.source).short,
                entry=entry.id if entry and not item.computed else "",
                dated=entry.fact.dated if entry and not item.computed else None,
                said=said.answer,
                said_note=said.note,
            )
        )
    return Screening(tuple(states))


def progress(state: Screening) -> str:
    """How far the screening has come: “33 of 57 answered”."""
    return f"{state.answered} of {count(len(state.items), 'question')} answered"
