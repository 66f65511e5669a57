"""Which typed values the paper must show, and how each may be written there.

The report and the gate before signing read the same list: a value that is typed is either printed
or named as missing. Nothing here knows of pages.
"""

import dataclasses
import json
import re
import types
import typing
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from ketachart.domain.facts import Fact, ReportSigned, Unknown
from ketachart.domain.protocol import Protocol
from ketachart.domain.quantities import Quantity
from ketachart.domain.scales.scoring import answers_text
from ketachart.domain.shape import as_decimal, hints_of
from ketachart.domain.visit import Visit
from ketachart.domain.wording import MINUS, clock, clock_with_seconds, day, decimal_text, signed

# What ties entries to each other, and ink, which is drawn: no words of their own.
SILENT = {
    ("response-noted", "entry"),
    ("entry-struck", "entry"),
    ("entry-struck", "replaced_by"),
    ("ink-signed", "strokes"),
    ("alert-answered", "alert"),
    ("alert-snoozed", "alert"),
    ("addendum-written", "entry"),
    ("addendum-written", "answers"),
    ("visit-opened", "plan"),
}
# Codes from the protocol's lists, which print as the word they stand for.
LISTS = {
    ("effect-noted", "effect"): "effect",
    ("measure-taken", "measures"): "measure",
    ("patient-released", "explained"): "against-advice",
    ("measure-taken", "effect"): "effect",
    ("addendum-written", "effect"): "effect",
    ("medicine-given", "indication"): "effect",
    ("infusion-paused", "reasons"): "pause-reason",
    ("rate-set", "reason"): "rate-reason",
    ("infusion-stopped", "reason"): "stop-reason",
    ("emergency-step", "step"): "emergency-step",
}
# What an order's limit says without being told: one reading is enough.
# And of an earlier infusion: no side effect has no grade.
USUAL = {
    ("order-recorded", "readings"): 1,
    ("order-recorded", "apart_min"): 0,
    ("past-recorded", "worst_grade"): 0,
    ("infusion-elsewhere", "worst_grade"): 0,
}
# Numbers that are written in a way of their own: two halves of a pressure, a score with its sign.
WRITTEN: dict[tuple[str, str], Callable[[int], str]] = {
    ("vitals-taken", "systolic"): lambda value: f"{value}/",
    ("vitals-taken", "diastolic"): lambda value: f"/{value}",
    ("vitals-taken", "rass"): signed,
    ("scale-scored", "answers"): lambda value: answers_text((value,)),
}
# Choices that say whether something holds: each must be readable in its row.
CHOICES: dict[tuple[str, str], dict[object, tuple[str, ...]]] = {
    ("screening-answered", "answer"): {
        "clear": ("Clear",), "ask": ("Ask",), "stop": ("Stop",),
    },
    ("criterion-judged", "met"): {True: ("met", "yes"), False: ("NOT MET", "no")},
    ("instruction-taught", "patient"): {"said": ("said it",), "helped": ("was helped",)},
    ("instruction-taught", "adult"): {"said": ("said it",), "helped": ("was helped",)},
}  # fmt: skip
LEAST_PART = 1000  # letters of a text that a page holds at least, before the text goes on
CODES = {
    ("screening-answered", "item"),
    ("override-authorised", "about"),
    ("criterion-judged", "criterion"),
    ("instruction-taught", "instruction"),
    ("finding-explained", "finding"),
    ("past-recorded", "goal"),
    ("past-recorded", "scale"),
    ("infusion-elsewhere", "scale"),
    ("infusion-elsewhere", "goal"),
    ("order-recorded", "weight_formula"),
}


@dataclass(frozen=True, slots=True)
class Typed:
    """One typed value: what it is called, and each way in which it may be written."""

    name: str
    forms: tuple[str, ...]
    number: bool = False
    code: bool = False
    unit: str = ""


class Folded:
    """A text made ready to be searched: white space counts for nothing."""

    def __init__(self, text: str) -> None:
        self.spaced = " ".join(text.split())

    @cached_property
    def packed(self) -> str:
        """The text without any white space."""
        return packed(self.spaced)

    @cached_property
    def small(self) -> str:
        """The same in small letters, for words that stand for codes."""
        return self.packed.casefold()

    def holds(self, typed: Typed) -> bool:
        """Whether the value stands in the text in one of its forms."""
        return any(self._holds(form, typed) for form in typed.forms)

    def says(self, words: str) -> bool:
        """Whether these words stand in the text, white space aside.

        A text that is longer than a page goes on behind a foot and a head: each of its parts has
        to be there, none of them short.
        """
        rest = packed(words)
        while rest not in self.packed:
            found = self._longest_beginning(rest)
            if found < LEAST_PART:
                return False
            rest = rest[found:]
        return True

    def _longest_beginning(self, words: str) -> int:
        low, high = 0, len(words)
        while low < high:
            middle = (low + high + 1) // 2
            if words[:middle] in self.packed:
                low = middle
            else:
                high = middle - 1
        return low

    def _holds(self, form: str, typed: Typed) -> bool:
        if typed.number:
            return number_in(form, self.spaced)
        if typed.code:
            return packed(form).casefold() in self.small
        return self.says(form)


def packed(text: str) -> str:
    """Text without white space, and with joined letters taken apart: ﬁ is read back as fi."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def number_in(form: str, text: str) -> bool:
    """Whether a number stands in the text by itself: 8 is not in 82, nor 2 in −2, 1.2 or 12:02.

    A form that begins or ends with its slash is one half of a pressure.
    """
    before = "" if form.startswith("/") else rf"(?<![\w.,:+/{MINUS}])"
    behind = "" if form.endswith("/") else r"(?!\w|/|:\d|[.,]\d)"
    return re.search(f"{before}{re.escape(form)}{behind}", text) is not None


def typed_values(visit: Visit, fact: Fact) -> tuple[Typed, ...]:
    """Every number, text, date and time that was typed into a fact; its own time aside.

    Choices from a fixed list of the program (yes or no, left or right) are not among them: they
    are said by the words of the fact, and those are looked for as well.
    """
    if isinstance(fact, ReportSigned):
        return ()  # made after the paper, which cannot hold its own hash
    if isinstance(fact, Unknown):
        return (Typed("unknown entry", (raw_body(fact),)),)
    return tuple(_fields(visit, fact, fact.KIND))


def raw_body(fact: Unknown) -> str:
    """The body of an entry of a newer KetaChart, in characters that every font has."""
    return json.dumps(fact.body, ensure_ascii=True, sort_keys=True)


def _fields(visit: Visit, record: object, kind: str) -> Iterator[Typed]:
    shape: type = type(record)
    for name, hint in hints_of(shape).items():
        if name == "at" or (kind, name) in SILENT or typing.get_origin(hint) is typing.ClassVar:
            continue
        value = getattr(record, name)
        if (kind, name) in USUAL and value == USUAL[kind, name]:
            continue
        if (kind, name) in CHOICES and value is not None:
            yield Typed(name.replace("_", " "), CHOICES[kind, name][value])
            continue
        yield from _values(visit, value, typing.get_args(hint)[0], (kind, name))


def _values(visit: Visit, value: object, hint: object, where: tuple[str, str]) -> Iterator[Typed]:
    if isinstance(value, tuple):
        inner = typing.get_args(hint)[0]
        for item in value:
            yield from _values(visit, item, inner, where)
    elif isinstance(value, str):
        if value and not _is_choice(hint):
            name = where[1].replace("_", " ")
            yield Typed(name, _text_forms(visit, value, where), code=where in CODES)
    elif dataclasses.is_dataclass(value) and not isinstance(value, (Quantity, Protocol)):
        yield from _fields(visit, value, where[0])
    elif where == ("effect-noted", "grade") and value == 0:
        yield Typed("grade", (visit.protocol.step("grade", 0), "0"), code=True)
    elif where in WRITTEN and isinstance(value, int):
        name = where[1].replace("_", " ")
        yield Typed(name, (WRITTEN[where](value),), number=True)
    else:
        yield from _plain(value, where[1].replace("_", " "))


def _plain(value: object, name: str) -> Iterator[Typed]:
    match value:
        case datetime():
            yield Typed(name, (clock(value), clock_with_seconds(value)), number=True)
        case date():
            yield Typed(name, (day(value),))
        case Protocol():
            yield Typed(name, (value.edition,))
        case bool() | None:
            return
        case Quantity():
            yield Typed(name, (number_form(value),), number=True, unit=value.unit)
        case int() | Decimal():
            yield Typed(name, (number_form(value),), number=True)
        case _:
            raise TypeError(f"the report cannot tell how a {type(value).__name__} is printed")


def number_form(value: int | Decimal | Quantity) -> str:
    """A typed number exactly as it was typed, with a true minus sign."""
    exact = as_decimal(value) if isinstance(value, Quantity) else Decimal(value)
    return decimal_text(exact).replace("-", MINUS)


def _is_choice(hint: object) -> bool:
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        hint = typing.get_args(hint)[0]
    return typing.get_origin(hint) is typing.Literal


def _text_forms(visit: Visit, value: str, where: tuple[str, str]) -> tuple[str, ...]:
    if where in LISTS:
        label = visit.protocol.label(LISTS[where], value)
        return (value, label, label.lower(), _later(label))
    if where not in CODES:
        return (value,)
    protocol = visit.protocol
    item = protocol.item(value)
    words = [item.question] if item else []
    words += [c.sentence for c in protocol.criteria if c.code == value]
    words += [i.sentence for i in protocol.instructions if i.code == value]
    words += [g.label for g in protocol.goals if g.code == value]
    words += [f.label for f in protocol.formulas if f.code == value]
    return (value, value.replace("-", " "), *words)


def _later(label: str) -> str:
    """A label as it stands later in a sentence: its first letter small."""
    return label[:1].lower() + label[1:]


def unsaid(visit: Visit, fact: Fact, words: str) -> tuple[Typed, ...]:
    """The typed values that these words leave out or round."""
    said = Folded(words)
    return tuple(typed for typed in typed_values(visit, fact) if not said.holds(typed))
