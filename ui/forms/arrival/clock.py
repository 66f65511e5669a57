"""The clock card: what another clock shows now, and how far that is from the chart's time."""

from datetime import datetime
from typing import Literal

from ketachart.domain.arrival.clocks import DEVICES, ahead, clocks, verdict
from ketachart.domain.facts import ClockCompared, Fact
from ketachart.domain.typed import Unreadable, time_typed
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock
from ketachart.errors import Refused
from ui.desk import Desk
from ui.forms.arrival.picking import picked
from ui.forms.timed import TimedSheet
from ui.widgets.choices import Choice, Choices
from ui.widgets.field import UNJUDGED, Judgement, LineField, Standing
from ui.widgets.key_value import KeyValue, KeyValues
from ui.widgets.text_field import TextField

Device = Literal["nurse", "pump", "monitor", "other"]
WHOSE: tuple[Device, ...] = ("pump", "monitor", "nurse", "other")


class ClockSheet(TimedSheet):
    """The moment is kept when the time is typed, so that a slow hand does not move the clock."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Compare a clock", records="Record clock")
        self._told = KeyValues("Compared before")
        self.device = Choices(
            "Whose clock",
            tuple(
                Choice(code, DEVICES[code].capitalize(), key=str(place))
                for place, code in enumerate(WHOSE, start=1)
            ),
            columns=2,
        )
        self.device.set_label("Whose clock")
        self.name = TextField("Which one, where there are several", label="Which one, if several")
        self.showed = LineField(
            "What it shows",
            label="What it shows",
            parse=lambda text: time_typed(text, desk.now()),
            judge=self._judge,
        )
        self.showed.keep_lines(1)
        self.showed.typed.connect(self._keep_moment)
        self.add_fields((self._told, self.device, self.name, self.showed))
        for key, field in (("device", self.device), ("name", self.name), ("showed", self.showed)):
            self.place(key, field)
        self.show_visit(desk.visit)

    def show_visit(self, visit: Visit) -> None:
        """The clocks that were compared, each with its offset."""
        self._told.show_facts(
            tuple(
                KeyValue(f"{one.label[:1].upper()}{one.label[1:]}, {clock(one.at)}", one.verdict)
                for one in clocks(visit)
            )
        )

    def _keep_moment(self, read: object) -> None:
        if isinstance(read, datetime):
            self.when.stamp(self.desk.now())
            self.showed.set_judgement(self._judge(read))
            self.renew_primary()

    def _judge(self, value: object) -> Judgement:
        if isinstance(value, Unreadable):
            return Judgement(Standing.BAD, value.sentence, short="not a time")
        if not isinstance(value, datetime):
            return UNJUDGED
        apart = ahead(value, self._moment())
        told, visit = verdict(apart), self.desk.visit
        far = visit.protocol.known("clock.apart") is not None and (
            abs(apart) > visit.protocol.minutes("clock.apart")
        )
        said = f"{told.capitalize()}{' of the chart' if apart else ''}"
        return Judgement(Standing.WARN if far else Standing.OK, said, short=told)

    def _moment(self) -> datetime:
        try:
            return self.when.moment()
        except Refused:
            return self.desk.now()

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """What it showed.

        Raises:
            Refused: nobody said whose clock, or the time cannot be read.
        """
        del confirmed
        device = picked(self.device, WHOSE, "Whose clock is it?", "device")
        read = self.showed.value()
        if not isinstance(read, datetime):
            sentence = read.sentence if isinstance(read, Unreadable) else "Type what it shows."
            raise Refused(sentence, rule="time unreadable", field="showed")
        return (
            ClockCompared(
                at=self.when.moment(),
                device=device,
                name=self.name.text().strip(),
                showed=read,
            ),
        )
