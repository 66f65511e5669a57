"""The screening as it is closed: its verdict, the reasons, and the edition it was judged by."""

from dataclasses import replace
from datetime import datetime

from ketachart.domain.facts import ScreeningConcluded
from ketachart.domain.screening import screening
from ketachart.domain.visit import Visit


def concluded(visit: Visit, now: datetime) -> ScreeningConcluded:
    """What is charted; where something is open the door refuses it and names what."""
    state = screening(visit, now)
    go = state.verdict == "clear"
    authorised = [s.reason for s in state.authorised]
    fact = ScreeningConcluded(
        at=now,
        verdict="go" if go else "no-go",
        reasons=tuple(authorised) if go else state.reasons,
        edition=visit.protocol.edition,
    )
    return replace(fact, verdict="go") if state.verdict in ("open", "ask") else fact
