"""How a value is written: one way for screen, paper and file.

Numbers have a leading zero and no trailing zero (Joint Commission “do not use” list), a point for
the decimal whatever the language, and their unit beside them. Nothing is printed for a thing that
was not measured but a dash.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from ketachart.domain.quantities import Kg, Quantity, half_away

DASH = "—"
MINUS = "−"
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LONG_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONG_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

# Decimals shown where an exact amount does not end sooner (clinical.md C10: round for display).
PLACES = {
    "mg": 2, "mL": 2, "mg/mL": 3, "mL/h": 2, "mg/h": 2, "mg/kg": 3, "mg/kg/h": 3, "µg/kg/min": 2,
    "kg": 1, "min": 1, "gtt/min": 2,
}  # fmt: skip


def decimal_text(number: Decimal) -> str:
    """A decimal as it is stored: 0.5 not .5, 5 not 5.0, never 5E+1, a hyphen for the minus."""
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def number(value: Fraction | Decimal | int, places: int) -> str:
    """A number for reading, rounded half away from zero to at most that many decimals."""
    text = decimal_text(half_away(Fraction(value), places))
    return text.replace("-", MINUS)


def amount(quantity: Quantity, places: int | None = None) -> str:
    """An amount without its unit, for a place where the unit stands beside it."""
    return number(quantity.amount, PLACES[quantity.unit] if places is None else places)


def with_unit(quantity: Quantity | None, places: int | None = None) -> str:
    """An amount with its unit, for example “42.5 mL/h”; a dash where there is none."""
    if quantity is None:
        return DASH
    return f"{amount(quantity, places)} {quantity.unit}"


def weight(kg: Kg) -> str:
    """A weight in kg with pounds beside it: home scales are often in pounds."""
    return f"{amount(kg)} kg ({pounds(kg)})"


def pounds(kg: Kg) -> str:
    """A weight in pounds, to a tenth, for a place where the kilograms stand beside it."""
    return f"{number(kg.lb, 1)} lb"


def signed(value: Fraction | int, places: int = 0) -> str:
    """A change with its sign: +2, −3, 0."""
    text = number(value, places)
    return f"+{text}" if value > 0 and text != "0" else text


def clock(moment: datetime | None) -> str:
    """The time of day as the chart writes it: 15:28."""
    return DASH if moment is None else f"{moment:%H:%M}"


def clock_with_seconds(moment: datetime) -> str:
    """The time of day to the second: 15:28:04."""
    return f"{moment:%H:%M:%S}"


def twelve_hour(moment: datetime) -> str:
    """The time of day as a patient reads it: 4:15 PM."""
    return f"{moment.hour % 12 or 12}:{moment:%M} {'AM' if moment.hour < 12 else 'PM'}"


def day(when: date) -> str:
    """A date without ambiguity: 22 Nov 2026."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def short_day(when: date) -> str:
    """A date near today: Mon 23 Nov."""
    return f"{WEEKDAYS[when.weekday()]} {when.day} {MONTHS[when.month - 1]}"


def long_day(when: date) -> str:
    """A date in full: Sunday 22 November 2026."""
    return f"{LONG_WEEKDAYS[when.weekday()]} {when.day} {LONG_MONTHS[when.month - 1]} {when.year}"


def day_and_clock(moment: datetime, *, beside: date | None = None) -> str:
    """A time with its day, unless it is the day it stands beside."""
    if beside == moment.date():
        return clock(moment)
    return f"{short_day(moment.date())} {clock(moment)}"


def offset(moment: datetime) -> str:
    """The offset from UTC: UTC−7, UTC+5:30."""
    minutes = int((moment.utcoffset() or timedelta()).total_seconds()) // 60
    sign = MINUS if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else "")


def length(span: timedelta) -> str:
    """A length of time in words: 45 s, 12 min, 2 h, 6 h 47 min."""
    seconds = int(span.total_seconds())
    if abs(seconds) < 60:
        return f"{seconds} s".replace("-", MINUS)
    hours, minutes = divmod(abs(seconds) // 60, 60)
    sign = MINUS if seconds < 0 else ""
    if not hours:
        return f"{sign}{minutes} min"
    return f"{sign}{hours} h" + (f" {minutes} min" if minutes else "")


def hours_and_minutes(span: timedelta) -> str:
    """A length of time as a clock shows it: 1:24."""
    minutes = int(span.total_seconds()) // 60
    return f"{minutes // 60}:{minutes % 60:02d}"


def since_start(moment: datetime, start: datetime) -> str:
    """Minutes after the start: T+25, T−4."""
    minutes = int((moment - start).total_seconds() // 60)
    return f"T{'+' if minutes >= 0 else MINUS}{abs(minutes)}"


def plus_minutes(lag: timedelta) -> str:
    """How long after the event a row was written: +27 min."""
    return f"+{int(lag.total_seconds()) // 60} min"


def initials(name: str) -> str:
    """The first letters of a name's words: “Julia Alvarez” is JA."""
    return "".join(word[0] for word in name.split() if word[:1].isalpha()).upper()


def age(born: date, on: date) -> int:
    """Whole years lived on that day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def count(how_many: int, one: str, several: str | None = None) -> str:
    """A count with its noun: “1 entry”, “3 entries”."""
    return f"{how_many} {one if how_many == 1 else several or one + 's'}"


def listed(words: list[str]) -> str:
    """Words as a sentence lists them: “a, b and c”."""
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""


def file_size(size: int) -> str:
    """Bytes as a person says them: 0.5 MB, 1.2 GB; what is smaller than 0.1 MB in kB."""
    if size < 100_000:
        return f"{max(1, size // 1000)} kB"
    for most, unit, name in ((10**9, 10**6, "MB"), (10**12, 10**9, "GB")):
        if size < most:
            return f"{number(Decimal(size) / unit, 1)} {name}"
    return f"{size // 10**9:,} GB"
