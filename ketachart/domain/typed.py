"""Text as it was typed, turned into a value once, at the field: a value, nothing, or unreadable."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from ketachart.domain.shape import DECIMAL


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
        return Unreadable("A number such as 17.1.")
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
