"""Battery and disk: asked once a minute, told, and charted once for each time they run low."""

import contextlib
from dataclasses import replace
from datetime import timedelta
from typing import Final, Literal

from PySide6.QtCore import QObject, Signal

from ketachart.domain.facts import PowerNoted
from ketachart.errors import KetaChartError
from ui.desk import Desk
from ui.notices import Message
from ui.power import Battery, Hardware, Power
from ui.widgets.status_bar import StatusFact

WATCH: Final = "watch-power"
EVERY: Final = timedelta(seconds=60)
What = Literal["battery", "disk"]
_WHATS: Final[tuple[What, ...]] = ("battery", "disk")
# Where a protocol of before does not say: %, and MB; of the disk never less than this, since a new
# visit needs 200 MB (storage.md, R10). Over the limit by so much it is well again.
_LOW: Final[dict[What, int]] = {"battery": 20, "disk": 1073}
_WELL: Final[dict[What, float]] = {"battery": 1.1, "disk": 1.2}


class PowerWatch(QObject):
    """Asks the hardware, off the window's thread, and remembers what was told."""

    changed = Signal()

    def __init__(self, desk: Desk, hardware: Hardware) -> None:
        super().__init__(desk)
        self._desk, self._hardware = desk, hardware
        self._power = Power(None, None)
        self._asking = False
        self._low: set[What] = set()
        self._noted: set[tuple[str, What]] = set()
        desk.visit_opened.connect(self._note_low)
        desk.heartbeat.every(WATCH, EVERY, self.look)

    def look(self) -> None:
        """Asks for battery and disk in a worker; one question at a time."""
        if self._asking:
            return
        self._asking = True
        folder, hardware = self._desk.folder, self._hardware
        job = self._desk.workers.start(lambda _job: hardware.power(folder))
        job.done.connect(self._told)
        job.stopped.connect(self._stopped)

    def _stopped(self) -> None:
        self._asking = False

    def _told(self, power: Power) -> None:
        self._asking = False
        self._power = self._desk.power = power
        for what in _WHATS:
            self._judge(what)
        self._note_low()
        self.changed.emit()

    def _judge(self, what: What) -> None:
        """Low under the limit; well again only some way over it, so that it is told once."""
        value, limit = self._value(what), self._limit(what)
        if value is not None and value < limit:
            if what not in self._low or self._says(what):
                self._warn(what)
            self._low.add(what)
        elif what in self._low and (value is None or value >= limit * _WELL[what]):
            self._low.discard(what)
            self._noted = {one for one in self._noted if one[1] != what}
            self._desk.notices.settle(f"{what}-low")

    def _says(self, what: What) -> bool:
        """Whether the notice still stands; one that was seen is left to the status bar."""
        return any(key == f"{what}-low" for key, _ in self._desk.notices.standing())

    def _value(self, what: What) -> int | None:
        """What is left: % or MB; None where nothing is running out."""
        if what == "disk":
            return self._power.disk_mb
        battery = self._power.battery
        return None if battery is None or battery.charging else battery.percent

    def _limit(self, what: What) -> int:
        if not self._desk.is_unlocked:
            return _LOW[what]
        desk = self._desk
        protocol = desk.visit.protocol if desk.has_visit else desk.office.protocol
        known = protocol.known(f"{what}.low")
        limit = int(known.value) if known is not None else _LOW[what]
        return max(limit, _LOW[what]) if what == "disk" else limit

    def _words(self, what: What) -> str:
        battery = self._power.battery
        if what == "battery" and battery is not None:
            return battery.words() if battery.charging else f"{battery.words()}, not charging"
        return f"{self._power.disk_mb} MB free"

    def _warn(self, what: What) -> None:
        words = self._words(what)
        message = {
            "battery": Message(
                "danger",
                f"Battery {words}",
                "Plug this laptop in now. All that is charted is on the disk; if the laptop goes "
                "off, go on with paper and chart it later with its time.",
            ),
            "disk": Message(
                "danger",
                f"The disk is nearly full, {words}",
                "Empty the bin or move pictures and films away. While nothing is said here, every "
                "entry is saved.",
            ),
        }[what]
        seen = replace(
            message,
            act="I have seen it",
            on_act=lambda: self._desk.notices.settle(f"{what}-low"),
        )
        self._desk.notices.say(f"{what}-low", seen)

    def _note_low(self) -> None:
        """One entry for each time it became low in a visit."""
        if not self._desk.has_visit or self._desk.visit.signed is not None:
            return
        stream = self._desk.room.stream
        for what in _WHATS:
            if what in self._low and (stream, what) not in self._noted:
                self._noted.add((stream, what))
                fact = PowerNoted(at=self._desk.now(), what=what, words=self._words(what))
                with contextlib.suppress(KetaChartError):  # the desk says that it was not saved
                    self._desk.record(fact)

    def facts(self) -> tuple[StatusFact, ...]:
        """The battery where there is one; the disk where it is nearly full."""
        facts = []
        if self._power.battery is not None:
            facts.append(_battery_fact(self._power.battery, low="battery" in self._low))
        if "disk" in self._low:
            words = f"Disk {self._words('disk')}"
            facts.append(StatusFact("triangle-alert", words, "danger"))
        return tuple(facts)


def _battery_fact(battery: Battery, *, low: bool) -> StatusFact:
    if battery.charging:
        return StatusFact("battery-charging", battery.words())
    if low:
        return StatusFact("battery-low", battery.words(), "danger")
    return StatusFact("battery-medium", battery.words())
