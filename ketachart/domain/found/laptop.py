"""What the laptop did during the visit, before signing: good to know, never in the way.

While it slept, was closed or off nothing could be shown and no alert asked; which sets were missed
meanwhile is told by themselves.
"""

from collections.abc import Iterator
from datetime import timedelta

from ketachart.domain.facts import ChartReopened, LaptopSlept, PowerNoted
from ketachart.domain.finding import Finding
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, count, length, listed

_HOW = {"ended": "ended by itself", "unknown": "was closed, how is not known"}


def laptop_findings(visit: Visit) -> Iterator[Finding]:
    """Each kind once, with its times: sleeps, ends that nobody chose, battery and disk."""
    slept = visit.of(LaptopSlept)
    if slept:
        times = [
            f"{length(timedelta(seconds=one.fact.for_s))} until {clock(one.at)}" for one in slept
        ]
        yield _known("slept", f"The laptop slept {count(len(slept), 'time')}", times, slept[0].id)
    ended = [one for one in visit.of(ChartReopened) if one.fact.how != "closed"]
    if ended:
        times = [
            f"{_HOW[one.fact.how]} {clock(one.fact.closed_at)}, open again {clock(one.at)}"
            for one in ended
        ]
        many = count(len(ended), "time")
        yield _known("reopened", f"KetaChart was opened again {many}", times, ended[0].id)
    low = visit.of(PowerNoted)
    if low:
        times = [f"{one.fact.what} {one.fact.words} {clock(one.at)}" for one in low]
        whats = dict.fromkeys(one.fact.what for one in low)
        sentence = f"{listed([*whats]).capitalize()} ran low"
        yield _known("power", sentence, times, low[0].id)


def _known(code: str, sentence: str, times: list[str], entry: str) -> Finding:
    return Finding(
        code=f"laptop-{code}",
        severity="know",
        sentence=sentence,
        detail="; ".join(times),
        phase="sign",
        entry=entry,
    )
