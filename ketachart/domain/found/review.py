"""What of the medical review is looked at before signing: the symptoms before and after."""

from collections.abc import Iterator

from ketachart.domain.course import stopped_at
from ketachart.domain.finding import Finding
from ketachart.domain.review.history import symptoms_after, symptoms_before
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock


def review_findings(visit: Visit) -> Iterator[Finding]:
    """Good to know: symptoms that were noted before the start and not again at the end."""
    before = symptoms_before(visit)
    if before is None or stopped_at(visit) is None or symptoms_after(visit) is not None:
        return
    yield Finding(
        code="symptoms-after",
        severity="know",
        sentence="Symptoms at the end are not charted",
        detail=f"Light, sound, vomiting and aura were noted {clock(before.at)}.",
        phase="observation",
        entry=before.id,
        source="A3.1",
    )
