"""What the recovery score's item of circulation rests on: the last pressure beside the baseline."""

from datetime import datetime

from ketachart.domain.course import baseline, started_at
from ketachart.domain.limits import readings
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, signed


def pressure_against_baseline(visit: Visit, now: datetime) -> str:
    """“+12 % at 14:20, baseline 124”; empty where there is no baseline or no reading since."""
    base, start = baseline(visit), started_at(visit)
    taken = [one for one in readings(visit) if one.sign == "systolic" and one.at <= now]
    if base is None or not base.fact.systolic or start is None or not taken:
        return ""
    last = taken[-1]
    if last.at < start:
        return ""
    share = round((last.value - base.fact.systolic) * 100 / base.fact.systolic)
    return f"{signed(int(share))} % at {clock(last.at)}, baseline {base.fact.systolic}"
