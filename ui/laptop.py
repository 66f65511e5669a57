"""What is truly known about this laptop: room on its disk, where the ledger lies, its clock."""

import shutil
from pathlib import Path

from ketachart.clock import zone_named
from ketachart.domain.wording import offset
from ui.desk import Desk
from ui.widgets.key_value import KeyValue

_GB = 10**9
_LITTLE = 2  # GB; a visit takes well under a hundredth of one, a backup needs a copy of them all


def laptop_facts(desk: Desk) -> tuple[KeyValue, ...]:
    """Disk, place and clock, each with a tone where it needs an act."""
    return (*disk_facts(desk.folder), KeyValue("Ledger in", breakable(desk.folder)), _clock(desk))


def disk_facts(folder: Path) -> tuple[KeyValue, ...]:
    """The room left on the ledger's disk; nothing where the system does not tell."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return ()
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
