"""A field for when something happened: typed the short way, shown the whole way."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from ui.widgets.field import Judge, Judgement, LineField, Standing, leave_unjudged

_MINUTE: Final = timedelta(minutes=1)
# strftime would follow the laptop's locale; the window is in English, whatever the laptop is
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)


def ago(moment: datetime, now: datetime) -> str:
    """How long ago a moment was: ``5 min ago``, ``2 h 10 min ago``, ``in 3 min``, ``now``."""
    apart = now - moment
    minutes = abs(apart) // _MINUTE
    if minutes == 0:
        return "now"
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} h"] * (hours > 0) + [f"{rest} min"] * (rest > 0)
    length = " ".join(parts)
    return f"{length} ago" if apart > timedelta() else f"in {length}"


def whole_time(moment: datetime, now: datetime) -> str:
    """The clock time, with the day where it is not today's: ``15:23``, ``Sat 21 Nov 23:50``."""
    local = moment.astimezone(now.tzinfo)
    clock = f"{local:%H:%M}"
    if local.date() == now.date():
        return clock
    return f"{_DAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]} {clock}"


class TimeField(LineField):
    """``parse`` answers a datetime with its offset, or whatever else the judge understands.

    What was understood stands beneath: the whole time, and how long ago that is.
    """

    def __init__(
        self,
        name: str,
        *,
        label: str,
        parse: Callable[[str], object],
        now: Callable[[], datetime],
        judge: Judge = leave_unjudged,
    ) -> None:
        self._now = now
        self._judge_time = judge
        super().__init__(name, label=label, parse=parse, judge=self._judge_and_tell)
        self.keep_lines(1)
        self.refresh()

    def refresh(self) -> None:
        """Tell anew how long ago it was; called when the clock has moved on."""
        self.set_judgement(self._judge_and_tell(self.value()))

    def _judge_and_tell(self, value: object) -> Judgement:
        judged = self._judge_time(value)
        if judged.standing is Standing.BAD or not isinstance(value, datetime):
            return judged
        now = self._now()
        told = f"{whole_time(value, now)}, {ago(value, now)}"
        sentence = f"{told}. {judged.sentence}" if judged.sentence else told
        return Judgement(judged.standing, sentence, judged.short or told)
