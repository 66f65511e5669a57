"""How often one address is visited: flagged to the clinic, which alone decides what it means."""

from collections.abc import Iterator

from ketachart.domain.earlier.series import known_past
from ketachart.domain.finding import Finding
from ketachart.domain.visit import Visit
from ketachart.domain.wording import count

VISITS_HERE = "visits-here"


def often_here(visit: Visit) -> str:
    """“5 visits at this address in 30 days”, where that is over the clinic's number; else empty."""
    most = visit.protocol.known("address.most")
    window = visit.protocol.known("address.window")
    past = known_past(visit)
    here = past.visits_here if past is not None else None
    if most is None or window is None or here is None or here <= most.value:
        return ""
    return f"{count(here, 'visit')} at this address in {window.value} days"


def address_findings(visit: Visit) -> Iterator[Finding]:
    """A place that is visited often may need a registration there (clinical.md B11.5)."""
    sentence = often_here(visit)
    if sentence:
        most = visit.protocol.policy("address.most")
        yield Finding(
            code=VISITS_HERE,
            severity="know",
            sentence=sentence,
            detail=f"More than {most.value}: tell the clinic, which decides whether this place "
            "needs a registration. Nothing stops here.",
            phase="sign",
            source=most.source,
        )
