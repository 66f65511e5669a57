"""The numbered flags of the timeline, and the list that says what each of them was."""

from collections.abc import Mapping

from ketachart.domain.wording import clock
from ketachart.report.sections.pieces import Column, Row, Run, Table, plain, strong
from ketachart.timeline.contents import Flag, Timeline
from ketachart.timeline.flags import LEGEND


def flag_numbers(timeline: Timeline) -> Mapping[str, Run]:
    """The flag of each entry that has one, as it is drawn."""
    return {
        flag.entry: Run(str(flag.number), "flag", flag.style)
        for flag in timeline.flags
        if flag.number is not None
    }


def flags_table(timeline: Timeline) -> Table:
    """What each flag was; ticks without a number stand among the events only."""
    numbers = flag_numbers(timeline)
    ticks = sum(flag.number is None for flag in timeline.flags)
    lesser = f"; {ticks} lesser events are ticks, see Events" if ticks else ""
    return Table(
        code="flags",
        heading="Flags",
        says=f"{LEGEND}{lesser}",
        columns=(Column("", 15), Column("", 28), Column("")),
        rows=tuple(_row(flag, numbers[flag.entry]) for flag in timeline.flags if flag.number),
        across=2,
        ruled=False,
        empty="Nothing happened that carries a flag.",
    )


def _row(flag: Flag, number: Run) -> Row:
    heavy = flag.style != "open"
    text = (*plain(flag.text), *((Run(flag.mark, "mark"),) if flag.mark else ()))
    return Row(
        cells=((number,), strong(clock(flag.at)), strong(flag.text) if heavy else text),
        about=f"flag {flag.number} at {clock(flag.at)}",
    )
