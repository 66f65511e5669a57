"""What was added after signing, as plain JSON."""

from typing import Any

from ketachart.domain.addenda import addenda
from ketachart.domain.shape import to_plain
from ketachart.domain.visit import Visit


def addenda_json(visit: Visit) -> list[dict[str, Any]]:
    """Each addendum as it was written, in the order of writing."""
    return [{"entry": entry.number, **to_plain(entry.fact)} for entry in addenda(visit)]
