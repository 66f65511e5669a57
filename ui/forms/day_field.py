"""A field for a day: typed in any clear way, and shown back so that nobody has to guess."""

from collections.abc import Callable
from datetime import date

from ketachart.domain.typed import Unreadable
from ketachart.domain.typed_day import day_typed
from ketachart.domain.wording import day
from ketachart.errors import Refused
from ui.widgets.field import UNJUDGED, Judgement, LineField, Standing

JudgeDay = Callable[[date], Judgement]


def _as_read(when: date) -> Judgement:
    return Judgement(Standing.NONE, short=day(when))


class DayField(LineField):
    """What was understood stands right of the label: 14 Mar 1986."""

    def __init__(self, name: str, *, label: str, judge: JudgeDay = _as_read) -> None:
        self._judge_day = judge
        super().__init__(name, label=label, parse=day_typed, judge=self._tell)
        self.say_beside()
        self.set_hint("like 5 Nov 2026")

    def day(self, name: str, key: str) -> date | None:
        """The day that was typed, or None where nothing was.

        Raises:
            Refused: it cannot be read as a day; ``key`` names the fact's field.
        """
        read = self.value()
        if isinstance(read, Unreadable):
            raise Refused(f"{name}: {read.sentence}", rule="unreadable", field=key)
        return read if isinstance(read, date) else None

    def needed(self, name: str, key: str) -> date:
        """The day that has to be there.

        Raises:
            Refused: nothing was typed, or it cannot be read.
        """
        read = self.day(name, key)
        if read is None:
            words = name[:1].lower() + name[1:]
            raise Refused(f"Fill in {words}.", rule=f"{key} missing", field=key)
        return read

    def _tell(self, value: object) -> Judgement:
        if isinstance(value, Unreadable):
            return Judgement(Standing.BAD, value.sentence, short="which day?")
        return self._judge_day(value) if isinstance(value, date) else UNJUDGED
