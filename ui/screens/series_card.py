"""The series on the order: dots for its infusions, a small table of what came before, the sums."""

from datetime import datetime

from PySide6.QtCore import Signal

from ketachart.domain.earlier.outcome import measures_words, outcomes
from ketachart.domain.earlier.series import (
    earlier,
    effect_words,
    note_words,
    pain_words,
    position_words,
    since_words,
    total_words,
    totals,
)
from ketachart.domain.earlier.series_checks import first_words
from ketachart.domain.facts import OrderRecorded, PastInfusion
from ketachart.domain.visit import Visit
from ketachart.domain.wording import DASH, amount, count, day, short_day
from ui import tokens
from ui.actions import key_of
from ui.screens.arithmetic import Pair
from ui.widgets.boxes import Column, Row
from ui.widgets.buttons import Button
from ui.widgets.cells import Cell, CellRow, Cells
from ui.widgets.key_value import KeyValue, KeyValues
from ui.widgets.mark import Mark
from ui.widgets.outcome_chart import OutcomeChart
from ui.widgets.words import Words

SHOWN = 5  # the infusions that are read before an order; all of them stand in the report
_HEADS = ("Day", "mg", "mg/kg", "Pain")


class SeriesPart(Column):
    """Which infusion of how many, and the last ones before it."""

    elsewhere_wanted = Signal()

    def __init__(self, visit: Visit, now: datetime) -> None:
        super().__init__(gap=tokens.S2)
        order = visit.order
        if order is not None:
            self.add(_place(order, visit, now))
        known = earlier(visit)
        for words in filter(None, [_before(known), first_words(visit, now)]):
            self.add(Words(words, size="small", tone="muted"))
        if known:
            table = Cells("Infusions before this one")
            table.show_rows(_rows(known))
            self.add(table)
            sums = tuple(
                KeyValue(f"Last {count(total.days, 'day')}", total_words(total), "text")
                for total in totals(visit, now)
            )
            self.add(KeyValues("Ketamine altogether", sums))
        shown = outcomes(visit)
        if shown:
            self.add(Words("Pain over the series", size="label", weight=tokens.MEDIUM))
            self.add(OutcomeChart(shown))
            self.add(Words(_told_after(visit, known), size="small", tone="muted"))
        button = Button("Infusion elsewhere", sign="history", key=key_of("elsewhere"))
        button.clicked.connect(self.elsewhere_wanted)
        self.add(button)


def _place(order: OrderRecorded, visit: Visit, now: datetime) -> Column:
    """“Infusion 3 of 5” with a dot for each, and how long ago the last one was."""
    column = Column(gap=tokens.S1)
    place = position_words(visit)
    words = Words(
        f"Series: {place}" if place else "Series: no number in the order",
        size="label",
        weight=tokens.MEDIUM,
    )
    column.add(Pair(words, _dots(order)) if place else words)
    since = since_words(visit, now)
    if since:
        column.add(Words(since[:1].upper() + since[1:], size="small"))
    return column


def _dots(order: OrderRecorded) -> Row:
    dots, number = Row(gap=tokens.S1), order.series_number or 0
    for place in range(1, max(order.series_of or 0, number) + 1):
        sign = "circle-check" if place < number else "circle"
        sign = "circle-dot" if place == number else sign
        dots.add_level(Mark(sign, colour="accent", size=tokens.ICON_SMALL))
    return dots


def _before(known: tuple[PastInfusion, ...]) -> str:
    if not known:
        return "No earlier infusion is on file here. Chart one that was given elsewhere."
    left_out = len(known) - SHOWN
    return f"The last {SHOWN} of {len(known)}; the report holds all." if left_out > 0 else ""


def _rows(known: tuple[PastInfusion, ...]) -> tuple[CellRow, ...]:
    rows: list[CellRow] = [tuple(Cell(head) for head in _HEADS)]
    for one in known[-SHOWN:]:
        mg, per_kg = one.delivered_mg, one.delivered_mg_per_kg
        rows.append(
            (
                Cell(_told(one), "text"),
                Cell(amount(mg) if mg is not None else DASH, "text", strong=True),
                Cell(amount(per_kg) if per_kg is not None else DASH, "text"),
                Cell(pain_words(one, percent=False) or DASH, "text"),
            )
        )
    return tuple(rows)


def _told_after(visit: Visit, known: tuple[PastInfusion, ...]) -> str:
    """Headache days and totals of scales over the series; that a gap was not asked."""
    lines = [
        f"{short_day(one.on)}: {measures_words(visit.protocol, one)}"
        for one in known[-SHOWN:]
        if measures_words(visit.protocol, one)
    ]
    return "\n".join(["A gap was not asked; no promise for later.", *lines])


def _told(one: PastInfusion) -> str:
    """The day, and under it what there is to say: the worst effect, and what is not sure."""
    parts = [effect_words(one), note_words(one)]
    return "\n".join(filter(None, [day(one.on), ", ".join(filter(None, parts))]))
