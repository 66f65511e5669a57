"""The volume on the pump, read and charted; the expected one is shown only after it was typed."""

from ketachart.domain.facts import Fact, PumpRead
from ketachart.domain.infusion import delivery
from ketachart.domain.wording import with_unit
from ketachart.errors import Refused
from ui.desk import Desk
from ui.forms.pump_volume import PumpVolume
from ui.forms.timed import TimedSheet
from ui.widgets.verdict_line import VerdictLine


class PumpReadSheet(TimedSheet):
    """One volume."""

    reads_pump = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Read the pump", records="Record pump volume")
        self.volume = PumpVolume()
        self._by_rates = VerdictLine()
        self.add_fields((self.volume, self._by_rates))
        self.place("volume_ml", self.volume)
        self.volume.typed.connect(lambda _read: self._by_rates.say("muted", ""))
        self.volume.commit_on_enter()
        self.volume.committed.connect(self._compare)

    def _compare(self) -> None:
        """Enter shows what the rates say beside what was read; the focus goes on."""
        if self.volume.typed_volume() is not None:
            run = delivery(self.desk.visit, self.desk.now())
            self._by_rates.say("muted", f"By the rates {with_unit(run.infused_ml)}")
        self.when.setFocus()

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The reading.

        Raises:
            Refused: nothing was typed, or it cannot be read.
        """
        del confirmed
        volume = self.volume.volume("volume_ml")
        if volume is None:
            raise Refused(
                "Type the volume that the pump shows.", rule="volume missing", field="volume_ml"
            )
        return (PumpRead(at=self.when.moment(), volume_ml=volume),)
