"""When a visit is planned: day and time, both or neither."""

from datetime import datetime, tzinfo

from ui.forms import reading
from ui.forms.day_field import DayField
from ui.widgets.field_grid import FieldGrid
from ui.widgets.text_field import TextField


class Planned(FieldGrid):
    """Without them the sheet names hours only."""

    def __init__(self) -> None:
        self.day = DayField("Day of the visit", label="Day of the visit")
        self.day.set_hint("where it is known")
        self.time = TextField("Time of the visit", label="Time", placeholder="10:00")
        super().__init__(self.day, self.time)

    def starts(self, zone: tzinfo) -> datetime | None:
        """The planned time on the patient's clock; None where no day was typed.

        Raises:
            Refused: day or time cannot be read, or one of them is missing.
        """
        day = self.day.day("Day of the visit", "day")
        if day is None and not self.time.text().strip():
            return None
        day = self.day.needed("Day of the visit", "day")
        text = reading.text(self.time, "Time of the visit", "time")
        return reading.planned(text, day, zone, "time")

    def clear(self) -> None:
        """Both are empty again."""
        self.day.clear()
        self.time.clear()
