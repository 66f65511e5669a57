"""The pages that a report's data gives, drawn again; the last few are kept.

A report is looked at several times in a row: when it is taken in, when it is opened, before it is
countersigned. The pages follow from the entries, the moment and the paper alone, so that what was
drawn for the same three is the same to the byte.
"""

import hashlib
from collections import OrderedDict
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING

from ketachart.report.attach import ENTRIES
from ketachart.report.styles import PaperName

if TYPE_CHECKING:
    from ketachart.report.pdf import Rendered
    from ketachart.report.verify_data import Attached

KEPT = 4  # reports, a third of a megabyte each

_Key = tuple[bytes, str, PaperName]
_drawn: OrderedDict[_Key, "Rendered"] = OrderedDict()
_one_at_a_time = Lock()


def redrawn(attached: "Attached") -> "Rendered":
    """The report of the attached entries, for the same moment and paper.

    Raises:
        CannotPrint: they cannot be printed.
    """
    from ketachart.report import pdf

    key = _key(attached.files[ENTRIES], attached.rendered_at, attached.paper)
    with _one_at_a_time:
        found = _drawn.get(key)
    if found is None:
        found = pdf.render(attached.chart, now=attached.rendered_at, paper=attached.paper)
    with _one_at_a_time:
        _drawn[key] = found
        _drawn.move_to_end(key)
        while len(_drawn) > KEPT:
            _drawn.popitem(last=False)
    return found


def _key(entries: bytes, moment: datetime, paper: PaperName) -> _Key:
    """The moment with its offset: equal times of two zones read differently."""
    return hashlib.sha256(entries).digest(), moment.isoformat(), paper


def forget() -> None:
    """Keeps nothing any more."""
    with _one_at_a_time:
        _drawn.clear()
