"""The figures of many visits as tables: by nurse and month, by event, by override, by waste."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from ketachart.domain.supervision.trends import EventCount, NurseMonth, Trends
from ketachart.domain.wording import number, with_unit
from ui.widgets.cells import Cell, CellRow

_FEW: Final = 5  # visits; a share of fewer is said with its counts alone
NONE: Final = "none in these days"


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what it is called, what its figures mean, and its rows, the heads first."""

    title: str
    aside: str
    rows: tuple[CellRow, ...]


def tables_of(trends: Trends) -> tuple[Table, ...]:
    """The five tables; one without rows says so."""
    return (
        Table("By nurse and month", "what happened", _happened(trends.by_nurse)),
        Table("Charting", "how it was written down", _charted(trends.by_nurse)),
        Table("Waste", "milligrams of ketamine, and who saw it", _waste(trends.by_nurse)),
        Table("Events", "how often, in how many visits", _events(trends.by_event)),
        Table("Alert overrides", "given by phone", _overrides(trends.by_override)),
    )


def _head(*titles: str) -> CellRow:
    return tuple(Cell(title, "muted") for title in titles)


def _row(first: str, *rest: str) -> CellRow:
    return (Cell(first, "text", strong=True), *(Cell(text, "text") for text in rest))


def _happened(rows: tuple[NurseMonth, ...]) -> tuple[CellRow, ...]:
    if not rows:
        return ()
    return (
        _head("Nurse, month", "Visits", "Emergencies", "Limits", "Dose off", "Overrides"),
        *(
            _row(
                f"{one.nurse}, {one.month}",
                str(one.visits),
                str(one.emergencies),
                str(one.limits_passed),
                str(one.dose_deviations),
                str(one.overrides),
            )
            for one in rows
        ),
    )


def _charted(rows: tuple[NurseMonth, ...]) -> tuple[CellRow, ...]:
    if not rows:
        return ()
    return (
        _head("Nurse, month", "Late rows", "Corrections", "Longest gap", "Even vitals"),
        *(
            _row(
                f"{one.nurse}, {one.month}",
                _share(one.rows_late, one.rows, one.late_share, one.visits),
                str(one.corrections),
                "—" if one.longest_gap_min is None else f"{one.longest_gap_min} min",
                str(one.notices),
            )
            for one in rows
        ),
    )


def _waste(rows: tuple[NurseMonth, ...]) -> tuple[CellRow, ...]:
    if not rows:
        return ()
    heads = (
        "Nurse, month",
        "Drawn",
        "Wasted",
        "Share",
        "Unseen",
        "Seen there",
        "By video",
        "Alone",
    )
    return (
        _head(*heads),
        *(
            _row(
                f"{one.nurse}, {one.month}",
                with_unit(one.drawn_mg),
                with_unit(one.wasted_mg),
                _percent(one.waste_share, one.visits),
                with_unit(one.wasted_unseen_mg),
                str(one.witness_in_person),
                str(one.witness_by_phone),
                str(one.witness_none),
            )
            for one in rows
        ),
    )


def _events(rows: tuple[EventCount, ...]) -> tuple[CellRow, ...]:
    if not rows:
        return ()
    heads = ("What", "Times", "Visits", "Grade 1", "2", "3", "4")
    return (
        _head(*heads),
        *(
            _row(one.label, str(one.times), str(one.visits), *(_grade(n) for n in one.grades))
            for one in rows
        ),
    )


def _overrides(rows: tuple[EventCount, ...]) -> tuple[CellRow, ...]:
    if not rows:
        return ()
    told = (_row(one.label, str(one.times), str(one.visits)) for one in rows)
    return (_head("What", "Times", "Visits"), *told)


def _grade(how_many: int) -> str:
    return str(how_many) if how_many else "—"


def _percent(share: Fraction | None, visits: int) -> str:
    """A share in per cent; of fewer than five visits only a dash, since the counts say more."""
    if share is None or visits < _FEW:
        return "—"
    return f"{number(share * 100, 0)} %"


def _share(part: int, whole: int, share: Fraction | None, visits: int) -> str:
    told = f"{part} of {whole}"
    return told if share is None or visits < _FEW else f"{told}, {number(share * 100, 0)} %"
