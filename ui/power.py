"""What the laptop's hardware is asked: how much battery and disk there is, and to stay awake.

psutil and wakepy are asked here only, never on the window's thread (decision 18).
"""

import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Protocol

_MB = 10**6
_LONGEST = 24 * 3600  # seconds; an estimate beyond a day is none


@dataclass(frozen=True, slots=True)
class Battery:
    """How full it is, %, whether it is being charged, and how long it may last."""

    percent: int
    charging: bool
    left: timedelta | None = None

    def words(self) -> str:
        """“14 %, about 25 min left”."""
        if self.charging:
            return f"{self.percent} %, charging"
        from ketachart.domain.wording import length  # not before the first paint

        left = f", about {length(self.left)} left" if self.left is not None else ""
        return f"{self.percent} %{left}"


@dataclass(frozen=True, slots=True)
class Power:
    """What is left; None where the system does not tell, or there is no battery."""

    battery: Battery | None
    disk_mb: int | None


class Hardware(Protocol):
    """What the guard of a visit asks of the laptop."""

    def power(self, folder: Path) -> Power:
        """Battery and disk; slow at times, so from a worker."""
        ...

    def stay_awake(self, told: Callable[[bool], None]) -> Callable[[], None]:
        """Asks the system not to sleep; ``told`` hears on another thread whether it will obey.

        What is answered ends it.
        """
        ...


class SystemHardware:
    """This laptop."""

    def power(self, folder: Path) -> Power:
        """Battery and disk as the system tells them."""
        try:
            disk = shutil.disk_usage(folder).free // _MB
        except OSError:
            disk = None
        return Power(_battery(), disk)

    def stay_awake(self, told: Callable[[bool], None]) -> Callable[[], None]:
        """One thread enters, waits and leaves: wakepy wants all three on the same one, and the
        system's message bus may let it wait for ever."""
        over = threading.Event()
        threading.Thread(
            target=_keep_awake, args=(told, over), name="stay-awake", daemon=True
        ).start()
        return over.set


def _battery() -> Battery | None:
    import psutil

    try:
        found = psutil.sensors_battery()
    except (AttributeError, OSError, RuntimeError, ValueError):
        return None  # a system that has no such file, or one that cannot be read
    if found is None:
        return None
    seconds = found.secsleft
    known = not found.power_plugged and 0 < seconds < _LONGEST
    left = timedelta(seconds=int(seconds)) if known else None
    return Battery(round(found.percent), bool(found.power_plugged), left)


def _keep_awake(told: Callable[[bool], None], over: threading.Event) -> None:
    try:
        from wakepy import keep

        mode = keep.presenting(on_fail="pass")
        with mode:
            told(bool(mode.active))
            over.wait()
    except Exception:  # noqa: BLE001 - whatever went wrong, the nurse is told to set it herself
        told(False)  # noqa: FBT003 - it will not stay awake
