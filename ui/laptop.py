"""What is truly known about this laptop: battery, disk, where the ledger lies, its clock."""

from datetime import datetime
from pathlib import Path

from ketachart.clock import zone_named
from ketachart.domain.wording import count, offset
from ketachart.errors import KetaChartError
from ui.desk import Desk
from ui.tokens import Tone
from ui.widgets.key_value import KeyValue

_GB, _MB = 10**9, 10**6
_LITTLE = 2  # GB; a visit takes well under a hundredth of one, a backup needs a copy of them all


def laptop_facts(desk: Desk) -> tuple[KeyValue, ...]:
    """Battery, disk, place and clock, each with a tone where it needs an act."""
    return (*power_facts(desk), *whereabouts(desk))


def whereabouts(desk: Desk) -> tuple[KeyValue, ...]:
    """Where the ledger lies, and the clock."""
    return KeyValue("Ledger in", breakable(desk.folder)), _clock(desk)


def backup_fact(desk: Desk) -> KeyValue:
    """How old the last backup is, and whether one is due; no stick is asked."""
    try:
        backups, now = desk.keeping.backups, desk.now()
        last, overdue = backups.last(), backups.overdue(now)
    except KetaChartError:
        return KeyValue("Backup", "cannot be read", "danger", "octagon-alert")
    if last is None:
        return KeyValue("Backup", "never made", "danger", "octagon-alert")
    age = age_words(last.made_at, now)
    if overdue:
        return KeyValue("Backup", f"{age}, overdue", "warn", "triangle-alert")
    return KeyValue("Backup", age, "ok", "circle-check")


def power_facts(desk: Desk) -> tuple[KeyValue, ...]:
    """Battery and disk, as the guard of a visit read them last; nothing it could not read."""
    power = desk.power
    if power is None:
        return ()
    battery = power.battery
    rows: tuple[KeyValue, ...] = ()
    if battery is not None:
        limit = desk.office.protocol.known("battery.low")
        low = limit is not None and not battery.charging and battery.percent < limit.value
        tone: Tone = "danger" if low else "text"
        sign = "triangle-alert" if low else ""
        rows = (KeyValue("Battery", battery.words(), tone, sign),)
    return (*rows, *_disk(power.disk_mb))


def age_words(made_at: datetime, now: datetime) -> str:
    """How old something is, to the hour and then to the day."""
    minutes = max(0, int((now - made_at).total_seconds()) // 60)
    if minutes < 60:
        return f"{count(minutes, 'minute')} old" if minutes else "just made"
    hours = minutes // 60
    return f"{count(hours, 'hour')} old" if hours < 48 else f"{count(hours // 24, 'day')} old"


def _disk(free_mb: int | None) -> tuple[KeyValue, ...]:
    if free_mb is None:
        return ()
    free = free_mb * _MB
    nearly_full = free < _LITTLE * _GB
    words = f"{free / _GB:.{0 if free >= 10 * _GB else 1}f} GB"
    if nearly_full:
        return (KeyValue("Disk free", f"{words}, nearly full", "danger", "triangle-alert"),)
    return (KeyValue("Disk free", words),)


def breakable(path: Path) -> str:
    """A path that may start a new line after each of its folders."""
    return str(path).replace("/", "/\u200b").replace("\\", "\\\u200b")


def _clock(desk: Desk) -> KeyValue:
    now = desk.now()
    zone = zone_named(desk.office.clinic.zone) if desk.office.clinic.zone else None
    if zone is not None and now.astimezone(zone).utcoffset() != now.utcoffset():
        there = offset(now.astimezone(zone))
        return KeyValue("Clock", f"{offset(now)}, clinic {there}", "warn")
    return KeyValue("Clock", offset(now))
