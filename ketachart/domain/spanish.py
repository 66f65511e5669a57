"""Days and times as a patient reads them in Spanish, as it is spoken in the United States."""

from datetime import date, datetime

DAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
FIXED = "\N{NO-BREAK SPACE}"


def twelve_hour(moment: datetime) -> str:
    """The time of day: 4:15 p. m."""
    half = "a" if moment.hour < 12 else "p"
    return f"{moment.hour % 12 or 12}:{moment:%M}{FIXED}{half}.{FIXED}m."


def at_time(moment: datetime) -> str:
    """At a time: “a las 4:15 p. m.”, and “a la” for one o'clock."""
    article = "la" if moment.hour % 12 == 1 else "las"
    return f"a {article} {twelve_hour(moment)}"


def weekday_and_time(moment: datetime) -> str:
    """A time in the days to come: “el lunes a las 4:15 p. m.”."""
    return f"el {DAYS[moment.weekday()]} {at_time(moment)}"


def long_day(when: date) -> str:
    """A date in full: “domingo 22 de noviembre de 2026”."""
    return f"{DAYS[when.weekday()]} {when.day} de {MONTHS[when.month - 1]} de {when.year}"


def listed(words: list[str]) -> str:
    """Words as a sentence lists them: “a, b y c”, and “e” before the sound of an i."""
    if len(words) < 2:
        return "".join(words)
    last = words[-1]
    first = last.lower()
    sound = first.startswith("i") or (first.startswith("hi") and not first.startswith("hie"))
    return f"{', '.join(words[:-1])} {'e' if sound else 'y'} {last}"
