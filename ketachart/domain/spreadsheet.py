"""A table as a file that a spreadsheet opens.

UTF-8 with its mark, so that Excel reads accents; decimals with a dot. A text that a spreadsheet
would take for a formula gets an apostrophe before it (OWASP, CSV injection).
"""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from ketachart.domain.quantities import Mg
from ketachart.domain.wording import MINUS, amount

Cell = str | int | Mg | None
MARK = "\ufeff"
PLACES = 3  # of a milligram: finer than any pump or syringe
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", MINUS)


def table(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """The rows under their header, with the mark before them; None is an empty cell."""
    out = StringIO()
    out.write(MARK)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, Mg):
        return amount(value, PLACES).replace(MINUS, "-")
    if isinstance(value, int):
        return str(value)
    return f"'{value}" if value.startswith(_FORMULA) else value
