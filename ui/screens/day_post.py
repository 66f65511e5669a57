"""What the post adds to the list of visits: how far reports came, questions, planned visits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from ketachart.charting.post_shapes import OpenQuestion
from ketachart.domain.facts.post import VisitPlanned
from ketachart.domain.post.planned import Planned
from ketachart.domain.post.standing import Standing
from ketachart.domain.protocol import Protocol
from ketachart.domain.wording import age, count, short_day, with_unit
from ketachart.errors import Refused
from ui.desk import Desk
from ui.screens.base import Window
from ui.screens.post.questions import who_asks
from ui.screens.post.status import Status, status_of
from ui.tokens import Tone
from ui.widgets.visit_line import HeadLine, Line, VisitLine

if TYPE_CHECKING:
    from ketachart.charting import VisitRow

_ASKS, _PLAN = "#asks#", "#plan#"
_MOST: Final = 60  # signed visits whose way is told, the newest
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Beside:
    """What the post knows of the visits that are listed; empty where nothing is sent from here."""

    statuses: Mapping[str, Status] = field(default_factory=dict)
    standings: Mapping[str, Standing] = field(default_factory=dict)
    questions: tuple[OpenQuestion, ...] = ()
    plans: tuple[Planned, ...] = ()
    protocol: Protocol | None = None

    def plan(self, item: str) -> VisitPlanned | None:
        """The planned visit with that id."""
        found = self.planned(item)
        return found.plan if found is not None and found.state == "open" else None

    def planned(self, item: str) -> Planned | None:
        """The same as it stands: open, opened, or taken back."""
        return next((each for each in self.plans if item and each.item == item), None)


def beside(desk: Desk, rows: "Sequence[VisitRow]") -> Beside:
    """Reads what the post knows.

    Raises:
        LedgerError: it cannot be read.
    """
    post, now = desk.post, desk.now()
    leaves = not post.is_clinic and bool(post.correspondents())
    near = post.planned(since=now.date() - _DAY)
    plans = tuple(each for each in near if _is_due(each, now.date()))
    if not leaves and not post.is_clinic:
        return Beside(plans=plans, protocol=desk.office.protocol)
    signed = [row for row in rows if row.status == "signed"]
    newest = sorted(signed, key=lambda row: (row.day, row.number), reverse=True)[:_MOST]
    standings = {row.stream: post.standing(row.stream) for row in newest}
    statuses = {
        stream: status_of(standing, now, posts=leaves) for stream, standing in standings.items()
    }
    asked = any(standing.open_questions for standing in standings.values())
    questions = post.open_questions() if asked else ()
    return Beside(statuses, standings, questions, plans, desk.office.protocol)


def asked_about(desk: Desk, found: Beside, rows: "Sequence[VisitRow]") -> "tuple[VisitRow, ...]":
    """The visits that the clinic asks about and that are not among these.

    Raises:
        LedgerError: they cannot be read.
    """
    known = {row.stream for row in rows}
    streams = {each.stream for each in found.questions} - known
    lines = (desk.office.visit_row(stream) for stream in sorted(streams))
    return tuple(line for line in lines if line is not None)


def _is_due(each: Planned, today: date) -> bool:
    """A plan stays until the day after its own; one that was opened only where it changed since."""
    wanted = each.state != "visit opened" or each.changed_after
    return wanted and each.plan.day >= today - _DAY


# ---------------------------------------------------------------- lines


def question_lines(found: Beside, lines: "Mapping[str, VisitLine]") -> tuple[Line, ...]:
    """A heading and a line for each visit that is asked about; nothing where none is."""
    asked: dict[str, list[OpenQuestion]] = {}
    for each in found.questions:
        asked.setdefault(each.stream, []).append(each)
    told = [_asked(lines[stream], each) for stream, each in asked.items() if stream in lines]
    if not told:
        return ()
    many = sum(len(each) for each in asked.values())
    return (HeadLine("The clinic asks", f"{count(many, 'question')} to answer"), *told)


def _asked(line: VisitLine, questions: list[OpenQuestion]) -> VisitLine:
    threads = tuple(each.thread for each in questions)
    return VisitLine(
        key=f"{line.key}{_ASKS}",
        time=line.time,
        number=line.number,
        patient=line.patient,
        identity=line.identity,
        goal=threads[0].words,
        series="",
        status=who_asks(threads),
        sign="notebook-pen",
        tone="warn",
    )


def plan_lines(found: Beside, today: date) -> tuple[Line, ...]:
    """The visits that the clinic asks for, under a heading for each day."""
    lines: list[Line] = []
    for day in sorted({each.plan.day for each in found.plans}):
        plans = [each for each in found.plans if each.plan.day == day]
        wanted = sum(not each.plan.withdrawn for each in plans)
        lines.append(HeadLine(_head(day, today), f"{wanted} planned"))
        lines += [_planned(each, found.protocol, today) for each in plans]
    return tuple(lines)


def _head(day: date, today: date) -> str:
    near = {-1: "Planned for yesterday", 0: "Planned for today", 1: "Tomorrow's visits"}
    return near.get((day - today).days, f"Planned for {short_day(day)}")


def _planned(each: Planned, protocol: Protocol | None, today: date) -> VisitLine:
    plan, late = each.plan, each.plan.day < today
    patient, order = plan.patient, plan.order
    goal = protocol.goal(order.goal) if protocol is not None else None
    dose = f"{with_unit(order.dose_mg_per_kg)} over {with_unit(order.duration_min)}"
    series = f"{order.series_number} of {order.series_of}"
    said, sign, tone = _standing(each, late=late)
    return VisitLine(
        key=f"{_PLAN}{plan.item}",
        time=short_day(plan.day),
        number="planned",
        patient=patient.full_name,
        identity=f"{age(patient.birth_date, plan.day)} y   {patient.sex}   MRN {patient.mrn}",
        goal=f"{goal.label if goal else order.goal}, {dose}",
        series=series if order.series_number and order.series_of else "",
        status=". ".join(filter(None, (said, "" if plan.withdrawn else plan.note))),
        sign=sign,
        tone=tone,
    )


def _standing(each: Planned, *, late: bool) -> tuple[str, str, Tone]:
    """How a plan stands in words, with its sign and tone."""
    if each.plan.withdrawn:
        opened = "; the visit you opened stays" if each.stream else ""
        return f"Taken back by the clinic{opened}", "circle-x", "warn"
    if each.changed_after:
        return "Changed by the clinic after you opened the visit: ask", "triangle-alert", "warn"
    if late:
        return "Not opened", "history", "warn"
    return ("Changed" if each.plan.edition > 1 else "Planned"), "calendar", "text"


# ---------------------------------------------------------------- what a line stands for


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a line stands for: a visit, a call after it, its questions, or a planned visit."""

    stream: str = ""
    call: datetime | None = None
    asks: bool = False
    plan: str = ""

    @property
    def leads_to(self) -> str:
        """What the button says that opens it; nothing where it is a visit and no more."""
        if self.call is not None:
            return "Open, to call"
        return "Open, to answer" if self.asks else ""


def chosen_of(key: str, call: str) -> Chosen:
    """Reads the key of a line; ``call`` is what stands before the time of a call."""
    if key.startswith(_PLAN):
        return Chosen(plan=key.removeprefix(_PLAN))
    if key.endswith(_ASKS):
        return Chosen(stream=key.removesuffix(_ASKS), asks=True)
    stream, _, due = key.partition(call)
    return Chosen(stream=stream, call=datetime.fromisoformat(due) if due else None)


def open_line(desk: Desk, window: Window, there: Chosen, found: Beside) -> None:
    """Opens what a line stands for: the visit and the sheet that is wanted, or the filled form.

    Raises:
        Refused: the clinic took the plan back.
        LedgerError: the visit cannot be read.
    """
    planned = found.planned(there.plan)
    if planned is not None and planned.stream:
        desk.open_visit(planned.stream)
        return
    if planned is not None and planned.plan.withdrawn:
        raise Refused(
            f"{planned.plan.by or 'The clinic'} took this planned visit back. Call the clinic; "
            "whoever goes all the same opens it with “New visit”.",
            rule="plan taken back",
        )
    plan = found.plan(there.plan)
    if plan is not None:
        from ui.screens.new_visit import NewVisitScreen

        form = window.show_screen("new-visit")
        if isinstance(form, NewVisitScreen):
            form.offer_plan(plan)
    if not there.stream:
        return
    desk.open_visit(there.stream)
    if there.call is not None:
        window.act("after-call")
    elif there.asks:
        window.act("answer-question")
