"""Stop the infusion for good: why, and what the pump shows."""

from PySide6.QtGui import QHideEvent

from ketachart.domain.facts import Fact, InfusionStopped
from ketachart.domain.infusion import delivery
from ui.desk import Desk
from ui.forms.lists import listed
from ui.forms.pump_volume import PumpVolume
from ui.forms.timed import TimedSheet, must_choose
from ui.widgets.choices import Choices, Shape
from ui.widgets.text_field import TextField


class StopSheet(TimedSheet):
    """One reason; the volume as the pump shows it."""

    reads_pump = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Stop the infusion", records="Record stop")
        self.reasons = Choices(
            "Why", listed(desk.visit.protocol, "stop-reason"), columns=2, shape=Shape.PILL
        )
        self.reasons.set_label("Why", hint="choose one")
        self.reasons.wrap_words()
        self.volume = PumpVolume()
        self.note = TextField("Note", placeholder="Note (optional)")
        self.add_fields((self.reasons, self.volume, self.note))
        self.place("reason", self.reasons)
        self.place("pump_volume_ml", self.volume)
        self.place("note", self.note)
        self._left = True

    def begin(self) -> None:
        """The moment of the key press is kept; pressed again on the open sheet, it stays."""
        if self._left and delivery(self.desk.visit, self.desk.now()).state in {"running", "paused"}:
            self.when.stamp(self.desk.now())
        self._left = False
        self.renew_primary()
        super().begin()

    def hideEvent(self, event: QHideEvent) -> None:
        """The sheet was left: the next press of the key is another moment."""
        self._left = True
        super().hideEvent(event)

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The stop.

        Raises:
            Refused: no reason, or a volume that cannot be read.
        """
        del confirmed
        return (
            InfusionStopped(
                at=self.when.moment(),
                reason=must_choose(self.reasons, "Choose why it was stopped.", "reason"),
                pump_volume_ml=self.volume.volume("pump_volume_ml"),
                note=self.note.text().strip(),
            ),
        )
