"""A report that waits in the few words of the queue: who, since when, what stands out."""

from datetime import datetime, timedelta
from typing import Final, Literal

from ketachart.domain.supervision.queue import Counts, QueueLine
from ketachart.domain.supervision.standing import STATE_WORDS
from ketachart.domain.wording import count, short_day
from ui.tokens import Tone
from ui.widgets.queue_row import QueueRow, RowFlag

Filter = Literal["all", "flagged", "answered", "mine"]
FILTERS: Final[dict[Filter, str]] = {
    "all": "All",
    "flagged": "Flagged",
    "answered": "Answered",
    "mine": "Mine",
}
_MOST_FLAGS: Final = 4
_DAY, _HOUR, _MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
_STATES: Final[dict[str, tuple[str, Tone]]] = {
    "asked": ("send", "warn"),
    "answered": ("pencil", "accent_text"),
    "reviewed": ("circle-check", "ok"),
    "has errors": ("circle-x", "danger"),
    "not good": ("octagon-alert", "danger"),
}


def age_words(span: timedelta) -> str:
    """How long something waits, in its two largest units: 2 d 3 h, 15 h, 40 min."""
    if span < _HOUR:
        return f"{max(0, span // _MINUTE)} min"
    if span < _DAY:
        return f"{span // _HOUR} h"
    days, rest = divmod(span, _DAY)
    hours = f" {rest // _HOUR} h" if rest >= _HOUR else ""
    return f"{days} d{hours}"


def age_short(span: timedelta) -> str:
    """The same in the largest unit: 2 d, 15 h, 40 min."""
    return " ".join(age_words(span).split()[:2])


def shown(line: QueueLine, which: Filter) -> bool:
    """Whether a filter lets a line be seen."""
    return {
        "all": True,
        "flagged": line.flagged,
        "answered": line.state == "answered",
        "mine": line.mine,
    }[which]


def row_of(line: QueueLine, now: datetime) -> QueueRow:
    """One line of the queue as a row."""
    version = f"version {line.version}" if line.version > 1 else ""
    when = short_day(line.day) if line.day is not None else line.number
    under = ", ".join(part for part in (when, line.nurse, version) if part)
    age = line.age(now)
    return QueueRow(
        key=line.stream,
        name=line.patient or line.number,
        age="" if line.settled else age_words(age),
        short="" if line.settled else age_short(age),
        under=under,
        flags=flags_of(line),
    )


def flags_of(line: QueueLine) -> tuple[RowFlag, ...]:
    """What stands out, how it stands first; at most a handful, and how many there are beside."""
    flags: list[RowFlag] = []
    if line.state in _STATES:
        sign, tone = _STATES[line.state]
        flags.append(RowFlag(sign, STATE_WORDS[line.state], tone))
    if line.conflict:
        flags.append(RowFlag("octagon-alert", "two files of one version", "danger"))
    if line.own:
        flags.append(RowFlag("users", "for another reviewer", "muted"))
    standing = line.standing_flags
    told = [RowFlag(f.icon, f.words, "danger" if f.grave else "warn") for f in standing]
    flags += told[:_MOST_FLAGS]
    rest = len(told) - _MOST_FLAGS
    flags += [RowFlag("plus", f"{rest} more", "muted")] if rest > 0 else []
    return tuple(flags)


def wait_words(counts: Counts) -> str:
    """The median wait, and how many wait beside those that are shown; empty where none do."""
    parts = [] if counts.wait is None else [f"Median wait {age_words(counts.wait)}"]
    parts += [f"{counts.behind:,} more come up as these are judged"] if counts.behind else []
    return ". ".join(parts)


def counted(lines: tuple[QueueLine, ...], now: datetime) -> str:
    """How many wait, and how long the oldest does."""
    waiting = [line for line in lines if not line.settled and line.state != "asked"]
    if not waiting:
        return "nothing waits"
    oldest = max(line.age(now) for line in waiting)
    return f"{count(len(waiting), 'waits', 'wait')}, oldest {age_words(oldest)}"
