"""The list of visits in words: which are today's, which are to be finished, how far each is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, Literal

from ketachart.domain.course import PHASE_NAMES
from ketachart.domain.custody.book import Book
from ketachart.domain.custody.count import Counted, count_state, due_count
from ketachart.domain.wording import age, clock, count, day, short_day
from ui.screens import day_post
from ui.screens.day_post import Beside
from ui.tokens import Tone
from ui.widgets.visit_line import ColumnLine, HeadLine, Line, VisitLine

if TYPE_CHECKING:
    from ketachart.charting import VisitRow

Place = Literal["today", "finish", "all"]
MOST_SHOWN: Final = 100
"""Visits that are listed at once; the others are found by a search."""

_SIGNED: Final = "signed"
_CALL: Final = "#call#"
_SIGNS: Final = {
    "screening": "clipboard-list",
    "order": "calendar",
    "infusion": "droplet",
    "observation": "eye",
    "instructions": "list-checks",
    "sign": "pencil",
}


def is_signed(row: "VisitRow") -> bool:
    """Whether nothing can be added to the visit any more."""
    return row.status == _SIGNED


def at_work(rows: "Sequence[VisitRow]") -> int:
    """How many of these visits still use the drug: neither signed nor ready to be."""
    return sum(row.status not in (_SIGNED, "instructions", "sign") for row in rows)


def of_today(rows: "Sequence[VisitRow]", today: date) -> "list[VisitRow]":
    """Today's visits in the order in which they were opened."""
    return sorted((row for row in rows if row.day == today), key=_when)


def to_finish(rows: "Sequence[VisitRow]", today: date) -> "list[VisitRow]":
    """Unsigned visits of other days: what was serious first, then the oldest."""
    unsigned = (row for row in rows if row.day != today and not is_signed(row))
    return sorted(unsigned, key=lambda row: (not row.serious, row.day, _when(row)))


def _when(row: "VisitRow") -> str:
    return row.opened_at.isoformat() if row.opened_at else row.number


# ---------------------------------------------------------------- counters, in words


def today_words(rows: "Sequence[VisitRow]", today: date) -> str:
    """“3 visits, 1 signed”."""
    visits = of_today(rows, today)
    if not visits:
        return "No visit yet"
    signed = sum(is_signed(row) for row in visits)
    return count(len(visits), "visit") + (f", {signed} signed" if signed else "")


def finish_words(rows: "Sequence[VisitRow]", today: date) -> str:
    """“2 of other days”."""
    left = len(to_finish(rows, today))
    return f"{left} of other days" if left else "Nothing"


def all_words(many: int) -> str:
    """“12 on this laptop”."""
    return f"{many:,} on this laptop"


def shown_words(shown: int, many: int) -> str:
    """That older visits are found by a search; nothing where all are shown."""
    return f"The newest {shown} of {many:,}: search for the others" if many > shown else ""


def found_words(many: int) -> str:
    """“3 visits”, or that more of them are found by typing more."""
    if many < MOST_SHOWN:
        return count(many, "visit")
    return f"The newest {many} that fit: type more to find the others"


def stock_words(known: Book, found: "Sequence[Counted]", now: datetime) -> tuple[str, Tone]:
    """“counted 08:10, agrees with the book”, or that the book is not begun."""
    return count_state(found, now) if known.items else ("no vial in the book", "text")


def stock_asked(
    known: Book, found: "Sequence[Counted]", rows: "Sequence[VisitRow]", now: datetime
) -> str:
    """Which count the day asks for now, in words; nothing where none is or no book is kept."""
    if not known.items:
        return ""
    mine = of_today(rows, now.date())
    due = due_count(found, now, visits=len(mine), at_work=at_work(mine))
    return due[1] if due else ""


# ---------------------------------------------------------------- lines


def lines_of(
    rows: "Sequence[VisitRow]", place: Place, today: date, beside: Beside
) -> tuple[Line, ...]:
    """The lines of one place; nothing at all where it has no visit."""
    if place == "all":
        return newest_first(rows, today, beside)
    left = tuple(_line(row, today) for row in to_finish(rows, today))
    if place == "finish":
        return (ColumnLine(), *left) if left else ()
    head: tuple[Line, ...] = (HeadLine("To finish", finish_words(rows, today)),) if left else ()
    called = call_lines(rows, today)
    mine = (_line(row, today, beside) for row in of_today(rows, today))
    lines = (
        *mine,
        *_asked(rows, today, beside),
        *called,
        *day_post.plan_lines(beside, today),
        *head,
        *left,
    )
    return (ColumnLine(), *lines) if lines else ()


def _asked(rows: "Sequence[VisitRow]", today: date, beside: Beside) -> tuple[Line, ...]:
    streams = {each.stream for each in beside.questions}
    about = {row.stream: _line(row, today) for row in rows if row.stream in streams}
    return day_post.question_lines(beside, about)


def calls_due(rows: "Sequence[VisitRow]", today: date) -> "list[tuple[datetime, VisitRow]]":
    """The calls after a visit that are planned for today or were for an earlier day, by time."""
    due = [(at, row) for row in rows for at in row.calls if at.date() <= today]
    return sorted(due, key=lambda pair: (pair[0], pair[1].number))


def call_lines(rows: "Sequence[VisitRow]", today: date) -> tuple[Line, ...]:
    """A heading and a line for each of them; nothing where none is due."""
    due = calls_due(rows, today)
    if not due:
        return ()
    late = sum(at.date() < today for at, _ in due)
    aside = f"{count(len(due), 'call')} to make" + (f", {late} overdue" if late else "")
    return (HeadLine("Calls after a visit", aside), *(_call(at, row, today) for at, row in due))


def _call(at: datetime, row: "VisitRow", today: date) -> VisitLine:
    late = at.date() < today
    said = f"Overdue since {short_day(at.date())} {clock(at)}" if late else f"Call at {clock(at)}"
    return replace(
        _line(row, today),
        key=f"{row.stream}{_CALL}{at.isoformat()}",
        time=short_day(at.date()) if late else clock(at),
        status=said,
        sign="phone",
        tone="warn" if late else "text",
    )


def of_key(key: str) -> day_post.Chosen:
    """What a line stands for."""
    return day_post.chosen_of(key, _CALL)


def newest_first(rows: "Sequence[VisitRow]", today: date, beside: Beside) -> tuple[Line, ...]:
    """These visits, the newest first."""
    newest = sorted(rows, key=lambda row: (row.day, _when(row)), reverse=True)
    return (ColumnLine(), *(_line(row, today, beside) for row in newest)) if newest else ()


def _line(row: "VisitRow", today: date, beside: Beside | None = None) -> VisitLine:
    known = beside.statuses.get(row.stream) if beside is not None else None
    sign, status, tone = known or _status(row, today)
    if row.serious:
        sign, status, tone = "octagon-alert", f"{status}. Serious: {row.serious[0]}", "danger"
    near = short_day(row.day) if row.day.year == today.year else day(row.day)
    told = clock(row.opened_at) if row.day == today else near
    return VisitLine(
        key=row.stream,
        time=told,
        number=row.number,
        patient=row.patient,
        identity=_identity(row),
        goal=row.goal,
        series=row.series,
        status=status,
        sign=sign,
        tone=tone,
    )


def _identity(row: "VisitRow") -> str:
    parts = [f"{age(row.birth_date, row.day)} y"] if row.birth_date else []
    parts += [row.sex, f"MRN {row.mrn}"]
    return "   ".join(part for part in parts if part)


def _status(row: "VisitRow", today: date) -> tuple[str, str, str]:
    """Sign, words and tone: done is quiet, what is left from other days is amber."""
    if is_signed(row):
        return "check", "Signed", "ok"
    name = next((words for phase, words in PHASE_NAMES.items() if phase == row.status), row.status)
    if row.status == "sign":
        return "pencil", "To sign", "warn"
    if row.day != today:
        return "history", f"Unsigned, {name.lower()}", "warn"
    return _SIGNS.get(row.status, "circle-dot"), name, "text"
