"""How long the chart was kept on paper, why, and what was copied from it and by whom."""

from ketachart.domain.infusion import last_moment
from ketachart.domain.paper import PaperPeriod, paper_periods, why_words
from ketachart.domain.wording import DASH, clock, count, length, listed
from ketachart.report.sections.pieces import Column, Row, Table, plain, strong
from ketachart.report.sections.record import Record


def paper_table(record: Record) -> Table | None:
    """Each period on paper in one row; None where the visit was charted on the laptop alone."""
    periods = paper_periods(record.visit, last_moment(record.visit))
    if not periods:
        return None
    return Table(
        code="paper",
        heading="Charted on paper",
        says="what happened in these times was copied from paper afterwards; its rows say so",
        columns=(
            Column("from–until", 62),
            Column("lasted", 44),
            Column("why"),
            Column("transcribed", 116),
            Column("due and not here", 92),
        ),
        rows=tuple(_row(record, period) for period in periods),
    )


def _row(record: Record, period: PaperPeriod) -> Row:
    missing = listed([clock(item.at) for item in period.untold])
    return Row(
        cells=(
            strong(period.words),
            plain(length(period.lasted)),
            plain(why_words(period.entry.fact)),
            plain(copied_words(record, period)),
            strong(missing) if missing else plain(DASH),
        ),
        about=f"paper {period.words}",
    )


def copied_words(record: Record, period: PaperPeriod) -> str:
    """“12 entries, by AO, 14:42–14:58”."""
    many = count(len(period.copied), "entry", "entries")
    if not period.copied:
        return many
    whose = listed(list(dict.fromkeys(record.by(entry) for entry in period.copied)))
    written = sorted(entry.recorded_at for entry in period.copied)
    first, last = clock(written[0]), clock(written[-1])
    return f"{many}, by {whose}, {first if first == last else f'{first}–{last}'}"
