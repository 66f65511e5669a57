"""The door in the folded visit: times, the six elements of verification, clocks, kit, home."""

from datetime import datetime
from typing import Any

from ketachart.domain.arrival.clocks import clocks, clocks_apart
from ketachart.domain.arrival.kit import kit_found
from ketachart.domain.arrival.times import verification, visit_times
from ketachart.domain.facts import HomeChecked, InfusionStarted
from ketachart.domain.folded.plain import moment, seconds
from ketachart.domain.shape import to_plain
from ketachart.domain.time_out import first_time_out, time_out_in_force
from ketachart.domain.visit import Visit


def arrival_json(visit: Visit, now: datetime) -> dict[str, Any]:
    """What was charted at the door, and what follows from it."""
    home = visit.last_fact(HomeChecked)
    return {
        "times": _times(visit),
        "verification": _verification(visit),
        "clocks": _clocks(visit),
        "kit": _kit(visit, now),
        "home": None if home is None else to_plain(home),
        "time_out": _time_out(visit, now),
    }


def _times(visit: Visit) -> dict[str, Any]:
    times = visit_times(visit)
    return {
        "set_out": moment(times.set_out),
        "arrived": moment(times.arrived),
        "left": moment(times.left),
        "travel_s": seconds(times.travel),
        "on_site_s": seconds(times.on_site),
    }


def _verification(visit: Visit) -> dict[str, Any]:
    six = verification(visit)
    return {
        "service": six.service,
        "patient": six.patient,
        "date": six.date,
        "place": six.place,
        "nurse": six.nurse,
        "begin": moment(six.begin),
        "end": moment(six.end),
    }


def _clocks(visit: Visit) -> list[dict[str, Any]]:
    apart = clocks_apart(visit)
    return [
        {
            "device": clock.device,
            "name": clock.name or None,
            "at": moment(clock.at),
            "showed": moment(clock.showed),
            "ahead_s": seconds(clock.ahead),
            "apart": clock in apart,
        }
        for clock in clocks(visit)
    ]


def _kit(visit: Visit, now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "item": one.item.code,
            "present": one.line.present,
            "expires": one.line.expires.isoformat() if one.line.expires else None,
            "expired": one.expired,
            "raises": one.raises,
        }
        for one in kit_found(visit, now)
        if one.line is not None
    ]


def _time_out(visit: Visit, now: datetime) -> dict[str, Any] | None:
    started = visit.facts(InfusionStarted)
    held = first_time_out(visit) if started else time_out_in_force(visit, now)
    if held is None:
        return None
    return {"at": moment(held.at), "held": list(held.fact.steps), "open": list(held.fact.open)}
