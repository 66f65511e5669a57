"""The sheet before the visit: fasting with its clock times, the day, who stays, what is ready."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ketachart.domain.instructions import local, zone_of
from ketachart.domain.protocol import Protocol
from ketachart.domain.sheets.handout import Phone, phones
from ketachart.domain.sheets.lines import Language, Wordbook
from ketachart.domain.visit import Visit
from ketachart.domain.wording import number
from ketachart.errors import Refused

DAY = ("clear-day", "not-late", "adult")
READY = ("medicines", "clothes", "room", "others", "phone")
FASTING = ("solid", "fatty", "clear")


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and its lines."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreVisit:
    """The whole sheet in the patient's language, ready for paper."""

    language: Language
    title: str
    about: str
    when: str
    parts: tuple[Part, ...]
    phones: tuple[Phone, ...]
    practice: bool


def pre_visit(
    visit: Visit,
    language: Language,
    *,
    starts: datetime | None = None,
    protocol: Protocol | None = None,
) -> PreVisit:
    """The sheet for a coming visit to this patient.

    Args:
        visit: whose patient, clinic and nurse it is for.
        language: in which the patient reads.
        starts: when the infusion is planned, with its offset; without it hours stand alone.
        protocol: whose lines are taken where the visit's own is older than the sheets.

    Raises:
        Refused: nobody is named as the patient, or the protocol lacks a line.
    """
    patient = visit.patient
    if patient is None:
        raise Refused("There is no patient yet. Chart who it is, then make the sheet.")
    book = protocol if protocol is not None else visit.protocol
    words = Wordbook(book, "pre-visit", language)
    planned = local(starts, zone_of(visit)) if starts is not None else None
    eat = [words.line("food", **_hours(book))]
    if planned is not None:
        eat.extend(_times(book, words, planned))
    opened = visit.opened
    return PreVisit(
        language=language,
        title=words.line("title"),
        about=words.line("for", name=patient.full_name),
        when=_when(words, planned),
        parts=(
            Part(words.line("head-eat"), tuple(eat)),
            Part(words.line("head-day"), tuple(words.line(code) for code in DAY)),
            Part(words.line("head-ready"), tuple(words.line(code) for code in READY)),
            Part(words.line("head-call"), (words.line("call"),)),
        ),
        phones=phones(visit, words),
        practice=bool(opened and opened.practice),
    )


def _when(words: Wordbook, planned: datetime | None) -> str:
    if planned is None:
        return ""
    return words.line("when", day=words.day(planned.date()), time=words.time(planned))


def _hours(book: Protocol) -> dict[str, str]:
    """The hours of fasting, as the protocol has them."""
    return {name: number(book.number(f"fasting.{name}"), 0) for name in FASTING}


def _times(book: Protocol, words: Wordbook, planned: datetime) -> tuple[str, ...]:
    """The same as times of the clock, the earliest first; hours are real hours in every night."""
    zone = planned.tzinfo or UTC
    found = []
    for name in ("fatty", "solid", "clear"):
        before = timedelta(hours=int(book.number(f"fasting.{name}")))
        moment = local(planned.astimezone(UTC) - before, zone)
        found.append(words.line(f"{name}-at", at=words.day_time(moment, beside=planned.date())))
    return tuple(found)
