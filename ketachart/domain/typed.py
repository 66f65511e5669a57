"""Text as it was typed, turned into a value once, at the field: a value, nothing, or unreadable."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from typing import Final

from ketachart.domain.quantities import half_away
from ketachart.domain.shape import DECIMAL
from ketachart.domain.wording import MONTHS


@dataclass(frozen=True, slots=True)
class Blank:
    """Nothing was typed: not measured, and never zero."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What was typed is no such value; the sentence says what to type."""

    sentence: str


class TwoTimes(Unreadable):
    """What was typed can be two times of day; the sentence says how to name either."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Pressure:
    """A blood pressure, mmHg."""

    systolic: int
    diastolic: int


def whole_number(text: str) -> int | Blank | Unreadable:
    """A whole number from plain digits; a minus is allowed."""
    text = text.strip().replace("−", "-")
    if not text:
        return Blank()
    if not re.fullmatch(r"[+-]?[0-9]{1,9}", text, re.ASCII):
        return _unit_typed(text) or Unreadable("Whole numbers only.")
    return int(text)


def _unit_typed(text: str) -> Unreadable | None:
    """A number with letters behind it is not guessed at: which unit is meant, the field says."""
    typed = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)\s*[a-z%°µμ][a-z0-9%/°µμ.]*", text, re.IGNORECASE)
    if typed is None or re.fullmatch(r"[0-9]+e[0-9]+", text, re.IGNORECASE):
        return None
    return Unreadable(f"Type the number alone, {typed[1]}; the unit stands beside the field.")


def decimal_number(text: str) -> Decimal | Blank | Unreadable:
    """A decimal number with a point: 17.1, .5 and 5 are read, 0,5 is asked again."""
    text = text.strip()
    if not text:
        return Blank()
    if "," in text:
        return Unreadable("Write the decimal with a point, for example 0.5.")
    if text.startswith("."):
        text = f"0{text}"
    text = re.sub(r"^0+(?=[0-9])", "", text.rstrip(".") if text.count(".") == 1 else text)
    if not DECIMAL.match(text) or text.startswith("-"):
        return _unit_typed(text) or Unreadable("A number such as 12.5.")
    return Decimal(text)


_WARMEST_C: Final = 50  # what is above is no body temperature in °C, but may be one in °F


def temperature(text: str) -> Decimal | Blank | Unreadable:
    """A temperature in °C: 37.2, 37.2C, or 98.6F, which is turned into °C to a tenth.

    The freezing point of water is 32 °F and a kelvin is 1.8 °F (NIST SP 811, B.8), exact.
    """
    typed = re.fullmatch(r"\s*([0-9.]+)\s*°?\s*([cf])\s*", text, re.IGNORECASE)
    read = decimal_number(typed[1] if typed else text)
    if not isinstance(read, Decimal):
        return read
    if typed is not None and typed[2].lower() == "f":
        return half_away((Fraction(read) - 32) * Fraction(5, 9), 1)
    if typed is None and read > _WARMEST_C:
        return Unreadable(f"{read} cannot be °C. Type {read}F if the thermometer shows °F.")
    return read


def weight_typed(text: str) -> tuple[str, str]:
    """A weight's number and its unit: 150lb is 150 and “lb”; no unit where none was typed."""
    typed = re.fullmatch(r"\s*([0-9.]+)\s*(kgs?|lbs?|pounds?|kilos?)\.?\s*", text, re.IGNORECASE)
    if typed is None:
        return text, ""
    return typed[1], "kg" if typed[2].lower().startswith("k") else "lb"


def blood_pressure(text: str) -> Pressure | Blank | Unreadable:
    """Both pressures in one field: 128/82, 128 82 or 128-82."""
    text = text.strip()
    if not text:
        return Blank()
    match = re.fullmatch(r"([0-9]{1,3})\s*[-−/ ]\s*([0-9]{1,3})", text, re.ASCII)
    if match is None:
        return Unreadable("Both pressures, for example 128/82.")
    return Pressure(int(match[1]), int(match[2]))


TIME_EXAMPLES = "A time such as 14:05, 2:05p, or -5 for five minutes ago."
_NOW: Final = ("now", "+0", "-0")
_AGO: Final = (
    re.compile(r"-\s?([0-9]{1,4})\s*(m|min|h)?", re.ASCII),
    re.compile(r"([0-9]{1,4})\s*(m|min|h)\s*ago", re.ASCII),
)
_TIME: Final = re.compile(
    r"([0-9]{1,2})(?:([:.]?)([0-9]{2}))?(?:[:.]([0-9]{2}))?\s*(am?|pm?|[ap]\.m\.)?", re.ASCII
)
SOON: Final = timedelta(hours=1)  # a clock that goes ahead, and not a time to come


def time_typed(
    text: str, now: datetime, *, ahead: timedelta = SOON
) -> datetime | Blank | Unreadable:
    """A time near now: 14:05, 1405, 14.05, 2:05p, now, or -5 for five minutes ago.

    A time of day is the last such time before now or, where the last one is more than twelve hours
    ago, the next one: 23:50 typed at 00:10 was yesterday, 00:10 typed at 23:50 is tomorrow's. What
    could be morning or evening is asked again, where the other one lies nearer: 2:15 at 14:20.

    Args:
        text: as it was typed.
        now: the moment it is typed at, aware; in a zone with summer time its rules are followed.
        ahead: how far ahead the other half of the day still counts; more where a time is planned.
    """
    text = text.strip().lower().replace("−", "-")
    if not text:
        return Blank()
    if text in _NOW:
        return now
    ago = next(filter(None, (shape.fullmatch(text) for shape in _AGO)), None)
    if ago is not None:
        length = timedelta(hours=int(ago[1])) if ago[2] == "h" else timedelta(minutes=int(ago[1]))
        moment = (now.astimezone(UTC) - length).astimezone(now.tzinfo)
        return moment.astimezone(timezone(moment.utcoffset() or timedelta()))
    match = _TIME.fullmatch(text)
    at = _time_of_day(match) if match is not None else None
    if match is None or at is None:
        return Unreadable(TIME_EXAMPLES)
    read = _nearest(at, now)
    if match[5] or text.startswith("0") or (len(match[1]) == 2 and not match[2]):
        return read
    return _asked(at, read, now, ahead) or read


def _time_of_day(match: re.Match[str]) -> time | None:
    """Hour, minute and second, or None where there is no such time."""
    hour, minute, second = int(match[1]), int(match[3] or 0), int(match[4] or 0)
    if match[5]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match[5].startswith("p") else 0)
    elif match[3] is None:
        return None
    return time(hour, minute, second) if max(hour - 23, minute - 59, second - 59) <= 0 else None


def _asked(
    at: time, read: datetime | Unreadable, now: datetime, ahead: timedelta
) -> Unreadable | None:
    """The question which half of the day is meant; None where the time can only be as typed."""
    if not 1 <= at.hour <= 12 or not isinstance(read, datetime):
        return None
    other = _nearest(at.replace(hour=(at.hour + 12) % 24), now)
    if not isinstance(other, datetime) or other - now > ahead:
        return None
    if abs(other - now) >= abs(read - now):
        return None
    short = f"{at.hour}:{at.minute:02}"
    morning, evening = sorted((f"{read:%H:%M}", f"{other:%H:%M}"))
    return TwoTimes(f"{morning} or {evening}? Type {short}a or {short}p.")


def _nearest(at: time, now: datetime) -> datetime | Unreadable:
    """That time of day today, yesterday or tomorrow, whichever lies nearest to now."""
    wall = now.replace(tzinfo=None)
    days = (now.date() + timedelta(days=n) for n in (0, -1, 1))
    day = min(days, key=lambda one: abs(datetime.combine(one, at) - wall))
    found = _on(day, at, now)
    if not found:
        return Unreadable(f"There was no {at:%H:%M}: the clocks were set forward.")
    near = min(found, key=lambda moment: abs(moment - now))
    if len(found) > 1 and max(found) <= now:
        return TwoTimes(f"{at:%H:%M} was twice: the clocks were set back. Type -45 for 45 min ago.")
    return near


def _on(day: date, at: time, now: datetime) -> tuple[datetime, ...]:
    """The moments of that time on a day: one; none or two in a night when clocks are set."""
    naive = datetime.combine(day, at)
    both = (naive.replace(tzinfo=now.tzinfo, fold=fold) for fold in (0, 1))
    there = {
        moment.astimezone(timezone(moment.utcoffset() or timedelta())): None
        for moment in both
        if moment.astimezone(UTC).astimezone(now.tzinfo).replace(tzinfo=None) == naive
    }
    return tuple(there)


def past_time_typed(text: str, now: datetime) -> datetime | Blank | Unreadable:
    """A time that is over, the last such before now: 22:00 typed at 13:00 was last night's.

    “yesterday 22:00”, “y 22:00” and “today 6:30” name the day; -90 is ninety minutes ago.
    """
    text = text.strip().lower()
    named = re.fullmatch(r"(yesterday|yest|y|today|t)[\s,]+([^-−].*)", text, re.ASCII)
    read = time_typed(named[2] if named else text, now)
    if not isinstance(read, datetime) or text.startswith(("-", "−")):
        return read
    if named is None:
        return read if read <= now else read - timedelta(days=1)
    day = now.date() - timedelta(days=named[1].startswith("y"))
    return datetime.combine(day, read.timetz())


EXPIRY_EXAMPLES = "The date on the label, such as 08/2027, Aug 2027 or 31 Aug 2027."


def expiry_typed(text: str) -> date | Blank | Unreadable:
    """The last day of use from a label: 08/2027, 2027-08, Aug 2027, 31 Aug 2027, 2027-08-31.

    A month without a day means its last day (USP General Notices 10.40.100). A date of three
    numbers is read only as year-month-day, since 08/09/2027 is two different days.
    """
    text = text.strip().lower().replace(".", " ").replace(",", " ")
    if not text:
        return Blank()
    if (match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text, re.ASCII)) is not None:
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if (match := re.fullmatch(r"(\d{4})\s*[-/]\s*(\d{1,2})", text, re.ASCII)) is not None:
        return _last_day(int(match[1]), int(match[2]))
    if (match := re.fullmatch(r"(\d{1,2})\s*[-/]\s*(\d{4})", text, re.ASCII)) is not None:
        return _last_day(int(match[2]), int(match[1]))
    match = re.fullmatch(r"(\d{1,2})?\s*([a-z]{3})[a-z]*\s+(\d{4})", text, re.ASCII)
    if match is None or match[2].title() not in MONTHS:
        return Unreadable(EXPIRY_EXAMPLES)
    month = MONTHS.index(match[2].title()) + 1
    if match[1] is None:
        return _last_day(int(match[3]), month)
    return _day(int(match[3]), month, int(match[1]))


def _day(year: int, month: int, day: int) -> date | Unreadable:
    try:
        return date(year, month, day)
    except ValueError:
        return Unreadable("There is no such day. " + EXPIRY_EXAMPLES)


def _last_day(year: int, month: int) -> date | Unreadable:
    following = _day(year + month // 12, month % 12 + 1, 1)
    if not 1 <= month <= 12 or isinstance(following, Unreadable):
        return Unreadable("There is no such month. " + EXPIRY_EXAMPLES)
    return following - timedelta(days=1)
