"""Whether this is one of a patient's first infusions, in which the pressure is watched closer."""

from ketachart.domain.earlier.series import earlier, known_past
from ketachart.domain.visit import Visit


def infusion_number(visit: Visit) -> int | None:
    """Which infusion of the patient this is; None where the record does not say."""
    told = earlier(visit)
    if told or known_past(visit) is not None:
        return len(told) + 1
    return visit.order.series_number if visit.order is not None else None


def is_early(visit: Visit) -> bool:
    """Whether it is known to be one of the first that the protocol watches closer."""
    first, number = visit.protocol.known("watch.first"), infusion_number(visit)
    return first is not None and number is not None and number <= first.value
