"""The figures as a table that a spreadsheet opens: units in the header, no patient's name."""

from typing import Literal

from ketachart.domain.spreadsheet import Cell, table
from ketachart.domain.supervision.figures import VisitFigures
from ketachart.domain.supervision.trends import EventCount, NurseMonth, Trends

Which = Literal["visits", "nurses", "events", "overrides"]

_VISITS = (
    "visit", "day", "staff id", "nurse", "report version", "review", "given (mg)", "ordered (mg)",
    "given over order (1 = yes)", "order outside protocol", "drawn (mg)", "wasted (mg)",
    "wasted without witness (mg)", "unaccounted (mg)", "witness in person", "witness by phone",
    "no witness", "emergencies", "limits passed", "pauses", "overrides",
    "phone orders not signed", "phone orders refused", "side effects (worst grade)",
    "rows", "rows late", "corrections", "longest vitals gap (min)", "even or batch notices",
)  # fmt: skip
_NURSES = (
    "staff id", "nurse", "month", "visits", "emergencies", "limits passed", "dose deviations",
    "overrides", "phone orders not signed", "phone orders refused", "side effects",
    "side effects grade 3 or 4", "drawn (mg)", "wasted (mg)",
    "wasted without witness (mg)", "witness in person", "witness by phone", "no witness", "rows",
    "rows late", "corrections", "longest vitals gap (min)", "even or batch notices",
)  # fmt: skip
_EVENTS = ("kind", "event", "times", "visits", "grade 1", "grade 2", "grade 3", "grade 4")


def trends_csv(trends: Trends, which: Which = "visits") -> str:
    """One of the tables, with its mark and header; what is not known is an empty cell."""
    match which:
        case "visits":
            return table(_VISITS, map(_visit, trends.visits))
        case "nurses":
            return table(_NURSES, map(_nurse, trends.by_nurse))
        case "events":
            return table(_EVENTS, map(_event, trends.by_event))
        case "overrides":
            return table(_EVENTS[:4], (_event(one)[:4] for one in trends.by_override))


def _visit(one: VisitFigures) -> tuple[Cell, ...]:
    return (
        one.number, one.day.isoformat(), one.staff_id, one.nurse, one.version, one.state,
        one.given_mg, one.ordered_mg, int(one.given_over), "; ".join(one.outside), one.drawn_mg,
        one.wasted_mg, one.unseen_mg, one.unaccounted_mg, one.in_person, one.by_phone, one.nobody,
        one.emergencies, one.limits_passed, one.pauses, "; ".join(one.overrides),
        one.orders_unsigned, one.orders_refused,
        "; ".join(f"{label} {grade}" for label, grade in one.effects), one.rows, one.rows_late,
        one.corrections, one.gap_min, "; ".join(one.notices),
    )  # fmt: skip


def _nurse(one: NurseMonth) -> tuple[Cell, ...]:
    return (
        one.staff_id, one.nurse, one.month, one.visits, one.emergencies, one.limits_passed,
        one.dose_deviations, one.overrides,
        one.orders_unsigned, one.orders_refused, one.effects, one.grave_effects, one.drawn_mg,
        one.wasted_mg, one.wasted_unseen_mg, one.witness_in_person, one.witness_by_phone,
        one.witness_none, one.rows, one.rows_late, one.corrections, one.longest_gap_min,
        one.notices,
    )  # fmt: skip


def _event(one: EventCount) -> tuple[Cell, ...]:
    return (one.kind, one.label, one.times, one.visits, *one.grades)
