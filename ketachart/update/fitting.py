"""Whether an update is one for this computer and for the KetaChart that is on it."""

from datetime import datetime, timedelta
from typing import Final

from ketachart.domain.wording import count, day
from ketachart.storage import schema
from ketachart.update.installed import PAYLOADS, Installed
from ketachart.update.shapes import UpdateList, version_of

SYSTEMS: Final = {"linux": "Linux", "windows": "Windows", "macos": "macOS"}
_OLD: Final = timedelta(days=180)

FROM_SOURCE: Final = (
    "This KetaChart runs from its source, and takes no update files. Nothing was changed: fetch "
    "the newer source instead."
)


def why_not(told: UpdateList, here: Installed) -> str:
    """Why it is not put on this KetaChart, in a sentence; empty where it may be."""
    if here.way == "checkout":
        return FROM_SOURCE
    why = _another_computer(told, here)
    if why:
        return why
    new, now = version_of(told.version), version_of(here.version)
    if new == now:
        return f"KetaChart {here.version} is what runs here already. Nothing was changed."
    if new < now:
        return (
            f"This file holds KetaChart {told.version}, and {here.version} runs here: an older one "
            "is not put over a newer one. Nothing was changed; to go back, choose “Go back to the "
            "version before”."
        )
    if now < version_of(told.since):
        return (
            f"This update is put on KetaChart {told.since} or newer, and {here.version} runs here. "
            f"Nothing was changed: put {told.since} on first."
        )
    if told.ledger < len(schema.MIGRATIONS):
        return (
            "This update cannot read the ledger as it is kept now. Nothing was changed: ask your "
            "clinic for a newer one."
        )
    return _no_payload(told, here)


def why_not_back(told: UpdateList, here: Installed) -> str:
    """Why this older version is not put in place of the one that runs; empty where it may be."""
    if here.way == "checkout":
        return FROM_SOURCE
    if version_of(told.version) >= version_of(here.version):
        return (
            f"This file holds KetaChart {told.version}, which is not older than {here.version}. "
            "Nothing was changed: choose the file of the version before."
        )
    return _another_computer(told, here) or _no_payload(told, here)


def age_words(told: UpdateList, now: datetime) -> str:
    """That it may not be the newest any more, in a sentence; empty while it is young.

    Whoever keeps newer updates away from a laptop cannot be told offline; that time passed can.
    """
    age = now - told.built_at
    if age < _OLD:
        return ""
    months = count(age // timedelta(days=30), "month")
    return (
        f"This update was made {months} ago, on {day(told.built_at.astimezone(now.tzinfo).date())}."
        " Ask your clinic whether there is a newer one."
    )


def _another_computer(told: UpdateList, here: Installed) -> str:
    if (told.system, told.machine) == (here.system, here.machine):
        return ""
    return (
        f"This update is for {SYSTEMS[told.system]} on {told.machine}, and this laptop is "
        f"{SYSTEMS[here.system]} on {here.machine}. Nothing was changed: ask for the file for this"
        " one."
    )


def _no_payload(told: UpdateList, here: Installed) -> str:
    if told.payload(PAYLOADS[here.way]) is not None:
        return ""
    return (
        "This update holds nothing that can be put on a KetaChart that was installed as this one "
        "was. Nothing was changed: ask for the file that suits."
    )
