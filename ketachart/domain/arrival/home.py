"""The home: how far the emergency department is, whether a call gets out, light, noise, others."""

from datetime import datetime

from ketachart.domain.facts import HomeChecked
from ketachart.domain.judgements import Answer, Judged, judged_at
from ketachart.domain.policy import ScreeningItem
from ketachart.domain.visit import Visit
from ketachart.domain.wording import number

NOTHING = Judged(None, "")


def home_at(visit: Visit, now: datetime) -> HomeChecked | None:
    """The home as it was charted last by that moment."""
    checked = [entry.fact for entry in visit.of(HomeChecked) if entry.at <= now]
    return checked[-1] if checked else None


def raised_by_hospital(visit: Visit, _item: ScreeningItem, now: datetime) -> Judged:
    """The way to the emergency department is longer than the protocol's minutes: asked about."""
    home, most = home_at(visit, judged_at(visit, now)), visit.protocol.known("travel.most")
    if home is None or home.travel_min is None or most is None or home.travel_min <= most.value:
        return NOTHING
    where = home.hospital.strip() or "Emergency department"
    return Judged("ask", f"{where} {home.travel_min} min away, over {number(most.value, 0)} min")


def raised_by_phone(visit: Visit, _item: ScreeningItem, now: datetime) -> Judged:
    """No call gets out: stop. A weak signal, or an address nobody read out: asked about."""
    home = home_at(visit, judged_at(visit, now))
    if home is None:
        return NOTHING
    faults = [
        "no call gets out of the room" if home.phone == "none" else "",
        "phone signal weak" if home.phone == "weak" else "",
        "" if home.address_read else "address not read out",
    ]
    return _joined(faults, "stop" if home.phone == "none" else "ask")


def raised_by_room(visit: Visit, _item: ScreeningItem, now: datetime) -> Judged:
    """A bright or loud room is asked about."""
    home = home_at(visit, judged_at(visit, now))
    if home is None:
        return NOTHING
    faults = [
        "bright, cannot be dimmed" if home.light == "bright" else "",
        "loud" if home.noise == "loud" else "",
    ]
    return _joined(faults, "ask")


def raised_by_others(visit: Visit, _item: ScreeningItem, now: datetime) -> Judged:
    """Children or pets that are still in the room are asked about."""
    home = home_at(visit, judged_at(visit, now))
    if home is None or home.others_out is not False:
        return NOTHING
    who = ", ".join(filter(None, (home.children, home.pets)))
    return Judged("ask", f"still in the room: {who}" if who else "others are still in the room")


def _joined(faults: list[str], answer: Answer) -> Judged:
    said = ", ".join(filter(None, faults))
    return Judged(answer, said) if said else NOTHING
