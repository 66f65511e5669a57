"""Text as it was typed, turned into a value once, at the field: a value, nothing, or unreadable."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from ketachart.domain.shape import DECIMAL
from ketachart.domain.wording import MONTHS


@dataclass(frozen=True, slots=True)
class Blank:
    """Nothing was typed: not measured, and never zero."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What was typed is no such value; the sentence says what to type."""

    sentence: str


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
        return Unreadable("Whole numbers only.")
    return int(text)


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
        return Unreadable("A number such as 12.5.")
    return Decimal(text)


def blood_pressure(text: str) -> Pressure | Blank | Unreadable:
    """Both pressures in one field: 128/82, or 128 82."""
    text = text.strip()
    if not text:
        return Blank()
    match = re.fullmatch(r"([0-9]{1,3})\s*[/ ]\s*([0-9]{1,3})", text, re.ASCII)
    if match is None:
        return Unreadable("Both pressures, for example 128/82.")
    return Pressure(int(match[1]), int(match[2]))


TIME_EXAMPLES = "A time such as 14:05, 2:05p, or -5 for five minutes ago."


def time_typed(text: str, now: datetime) -> datetime | Blank | Unreadable:
    """A time near now: 14:05, 1405, 2:05p, or -5 for five minutes ago.

    A time of day is the last such time before now or, where the last one is more than twelve hours
    ago, the next one: 23:50 typed at 00:10 was yesterday, 00:10 typed at 23:50 is tomorrow's.
    """
    text = text.strip().lower().replace("−", "-")
    if not text:
        return Blank()
    ago = re.fullmatch(r"-([0-9]{1,4})(m|min)?", text, re.ASCII)
    if ago is not None:
        return now - timedelta(minutes=int(ago[1]))
    match = re.fullmatch(
        r"([0-9]{1,2})(?::?([0-9]{2}))?(?::([0-9]{2}))?\s*(a|am|p|pm)?", text, re.ASCII
    )
    if match is None:
        return Unreadable(TIME_EXAMPLES)
    hour, minute, second = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if match[4]:
        if not 1 <= hour <= 12:
            return Unreadable(TIME_EXAMPLES)
        hour = hour % 12 + (12 if match[4].startswith("p") else 0)
    elif match[2] is None:
        return Unreadable(TIME_EXAMPLES)
    if hour > 23 or minute > 59 or second > 59:
        return Unreadable(TIME_EXAMPLES)
    return _nearest(now.replace(hour=hour, minute=minute, second=second, microsecond=0), now)


def _nearest(moment: datetime, now: datetime) -> datetime:
    half_a_day = timedelta(hours=12)
    if moment - now > half_a_day:
        return moment - timedelta(days=1)
    if now - moment > half_a_day:
        return moment + timedelta(days=1)
    return moment


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
