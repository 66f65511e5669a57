"""The sheet that is left at the goodbye: until when what holds, when to call whom, who is there."""

from dataclasses import dataclass
from datetime import datetime

from ketachart.domain.course import started_at
from ketachart.domain.instructions import Told, local, told, zone_of
from ketachart.domain.policy import Choice
from ketachart.domain.protocol import Protocol
from ketachart.domain.sheets.card import Tick, card, tick_words
from ketachart.domain.sheets.lines import Language, Wordbook
from ketachart.domain.visit import Visit
from ketachart.errors import Refused

LIFE = ("people", "sleep", "stress", "meals", "bladder")
EMERGENCY = "911"


@dataclass(frozen=True, slots=True)
class Phone:
    """Whom to call, and the number."""

    who: str
    number: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One instruction with until when it holds."""

    when: str
    what: str


@dataclass(frozen=True, slots=True)
class Flags:
    """Signs of one urgency."""

    heading: str
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ticked:
    """One line of the safety card: done, and when."""

    done: bool
    what: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Handout:
    """The whole sheet in the patient's language, ready for paper."""

    language: Language
    title: str
    about: str
    rules: tuple[Rule, ...]
    flags: tuple[Flags, ...]
    phones: tuple[Phone, ...]
    adult: str
    life_heading: str
    life: tuple[str, ...]
    card_title: str
    card_says: str
    card: tuple[Ticked, ...]
    practice: bool


def handout(visit: Visit, language: Language, *, protocol: Protocol | None = None) -> Handout:
    """The sheet of this visit.

    Args:
        visit: the record so far, signed or not.
        language: in which the patient reads.
        protocol: whose lines are taken where the visit's own is older than the sheets.

    Raises:
        Refused: nobody is named as the patient, or the protocol lacks a line.
    """
    patient = visit.patient
    if patient is None:
        raise Refused("There is no patient yet. Chart who it is, then make the sheet.")
    book = protocol if protocol is not None else visit.protocol
    words, ticks = Wordbook(book, "handout", language), Wordbook(book, "card", language)
    adult = visit.adult
    names = ", ".join(filter(None, (adult.name, adult.phone))) if adult else ""
    opened = visit.opened
    return Handout(
        language=language,
        title=words.line("title"),
        about=words.line("for", name=patient.full_name, day=words.day(_day_of(visit).date())),
        rules=tuple(_rule(item, language) for item in told(visit)),
        flags=tuple(
            Flags(words.line(head), tuple(words.label(one) for one in _flags(visit, book, listed)))
            for head, listed in (("head-911", "flag-911"), ("head-clinic", "flag-clinic"))
        ),
        phones=phones(visit, words),
        adult=words.line("with", adult=names) if names else "",
        life_heading=words.line("head-days"),
        life=tuple(words.line(code) for code in LIFE),
        card_title=ticks.line("title"),
        card_says=ticks.line("says"),
        card=tuple(
            Ticked(bool(tick.times), *tick_words(ticks, tick)) for tick in _local_card(visit)
        ),
        practice=bool(opened and opened.practice),
    )


def _flags(visit: Visit, book: Protocol, name: str) -> tuple[Choice, ...]:
    return visit.protocol.listed(name) or book.listed(name)


def _day_of(visit: Visit) -> datetime:
    return local(started_at(visit) or visit.standing[-1].at, zone_of(visit))


def _rule(item: Told, language: Language) -> Rule:
    """In Spanish where it was translated; a clinic's own sentence may stand in English alone."""
    one = item.instruction
    if language == "es":
        return Rule(item.when_es, one.sentence_es or one.sentence)
    return Rule(item.when_for_patient, one.sentence)


def _local_card(visit: Visit) -> tuple[Tick, ...]:
    zone = zone_of(visit)
    return tuple(Tick(one.code, tuple(local(at, zone) for at in one.times)) for one in card(visit))


def phones(visit: Visit, words: Wordbook) -> tuple[Phone, ...]:
    """911, the clinic and the nurse; one without a number is left out."""
    clinic, nurse = visit.clinic, visit.nurse
    found = [Phone(words.line("emergency"), EMERGENCY)]
    if clinic is not None and clinic.phone:
        found.append(Phone(words.line("clinic", clinic=clinic.name), clinic.phone))
    if nurse is not None and nurse.phone:
        found.append(Phone(words.line("nurse", nurse=nurse.name), nurse.phone))
    return tuple(found)
