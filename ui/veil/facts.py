"""What the veil tells: the time, how the visit stands, what asks. Never for whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.desk import Desk
from ui.tokens import Tone
from ui.widgets.status_bar import StatusFact

if TYPE_CHECKING:
    from ketachart.domain.asking import Standing

_GOES_ON = "Charting goes on, and alerts show here. Nothing that was typed is lost."


@dataclass(frozen=True, slots=True)
class CoverFacts:
    """Everything that stands on the left page of the veil."""

    clock: str
    stands: str
    goes_on: str
    tone: Tone
    asks: str
    most_urgent: str
    laptop: tuple[StatusFact, ...]


def cover_facts(
    desk: Desk, standing: Sequence["Standing"], laptop: tuple[StatusFact, ...]
) -> CoverFacts:
    """The facts of this moment; ``laptop`` are battery, disk and sleep."""
    stands, goes_on = "No visit is open", "Nothing that was typed is lost."
    if desk.has_visit:
        stands, goes_on = _visit_words(desk)
    tone, asks, most_urgent = _alert_words(standing)
    return CoverFacts(f"{desk.now():%H:%M}", stands, goes_on, tone, asks, most_urgent, laptop)


def _visit_words(desk: Desk) -> tuple[str, str]:
    from ketachart.domain.alerting.covered import covered_state, needs_watching
    from ketachart.domain.monitoring import next_due
    from ketachart.domain.wording import clock

    visit, now = desk.visit, desk.now()
    stands = covered_state(visit, now)
    if not needs_watching(visit):
        return stands, "Nothing that was typed is lost."
    following = next_due(visit, now)
    due = f"Vitals due {clock(following.at)}. " if following is not None else ""
    return stands, f"{due}{_GOES_ON}"


def _alert_words(standing: Sequence["Standing"]) -> tuple[Tone, str, str]:
    """How many ask, and the gravest in words that tell of nobody."""
    from ketachart.domain.alerting.covered import covered_words
    from ketachart.domain.wording import count

    asking = [one for one in standing if one.asks]
    if not asking:
        waits = len(standing)
        others = f"{count(waits, 'alert')} answered or put off" if waits else ""
        return "muted", "No alert asks", others
    tone: Tone = "warn" if asking[0].alert.level == "attention" else "danger"
    verb = "asks" if len(asking) == 1 else "ask"
    return tone, f"{count(len(asking), 'alert')} {verb}", covered_words(asking[0].alert)
