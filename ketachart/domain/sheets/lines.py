"""The lines of a sheet in the patient's language, with what the chart fills in."""

from dataclasses import dataclass
from datetime import date, datetime
from string import Formatter
from typing import Literal

from ketachart.domain import spanish
from ketachart.domain.policy import Choice
from ketachart.domain.protocol import Protocol
from ketachart.domain.wording import LONG_MONTHS, LONG_WEEKDAYS, twelve_hour
from ketachart.errors import Refused

Language = Literal["en", "es"]
SheetName = Literal["pre-visit", "handout", "card"]
LANGUAGES: tuple[Language, ...] = ("en", "es")


@dataclass(frozen=True, slots=True)
class Wordbook:
    """One sheet's lines in one language."""

    protocol: Protocol
    sheet: SheetName
    language: Language

    def line(self, code: str, **values: str) -> str:
        """One line, filled.

        Raises:
            Refused: this protocol has no such line, or a word of it is not known.
        """
        found = next((one for one in self.protocol.lines_of(self.sheet) if one.code == code), None)
        if found is None:
            raise Refused(
                f"This protocol has no line “{code}” for that sheet. Adopt the present protocol, "
                "then make the sheet.",
                rule="no such line",
            )
        text = found.text if self.language == "en" else found.text_es
        lacking = [name for name in names_in(text) if not values.get(name)]
        if lacking:
            raise Refused(
                f"The line “{code}” needs {', '.join(lacking)}. Chart it first.",
                rule="line not filled",
            )
        filled = text.format(**values)
        return filled.replace(" de el ", " del ") if self.language == "es" else filled

    def label(self, choice: Choice) -> str:
        """A word of a list; in English where it was not translated."""
        return (choice.label_es or choice.label) if self.language == "es" else choice.label

    def day(self, when: date) -> str:
        """A date in full, as it is written in the United States."""
        if self.language == "es":
            return spanish.long_day(when)
        weekday, month = LONG_WEEKDAYS[when.weekday()], LONG_MONTHS[when.month - 1]
        return f"{weekday}, {month} {when.day}, {when.year}"

    def time(self, moment: datetime) -> str:
        """A time of day on a 12-hour clock."""
        return spanish.twelve_hour(moment) if self.language == "es" else twelve_hour(moment)

    def day_time(self, moment: datetime, *, beside: date) -> str:
        """A time with its weekday, unless it is the day it stands beside."""
        if moment.date() == beside:
            return spanish.at_time(moment)[2:] if self.language == "es" else self.time(moment)
        if self.language == "es":
            return spanish.weekday_and_time(moment)
        return f"{LONG_WEEKDAYS[moment.weekday()]} {twelve_hour(moment)}"


def names_in(text: str) -> tuple[str, ...]:
    """The words of a line that are filled from the chart."""
    return tuple(name for _, name, _, _ in Formatter().parse(text) if name)
