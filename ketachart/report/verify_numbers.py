"""The last look: does every page say what the attached data gives, number by number?

Whoever holds the key can sign pages that say something else than the data beside them. So the
pages are drawn again from the attached record, for the same moment and paper. Drawn by the same
program they must be the same; by another version, each number printed must occur in what is drawn
today or in the data.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from ketachart.errors import CannotPrint, Fault
from ketachart.report.attach import ENTRIES, PROGRAM, VISIT, attachments, drawn_with
from ketachart.report.redrawn import redrawn
from ketachart.report.verify_data import Attached
from ketachart.report.verify_drawing import alike, too_heavy, tricks

NUMBER = re.compile(r"−?\d+(?:[.:]\d+)*")
"""A number as it is printed: 34.1, 14:05, −2; a day is three of them."""

_WHEREABOUTS = re.compile(r"\bpages? \d+(?: (?:of|and|to) \d+)?\b|\brows \d+ to \d+ of \d+")
"""Where something stands on paper: another version breaks its pages elsewhere."""

_SCALE = re.compile(r"\d\d:(?:00|15|30|45)|[1-9]?\d?0")
"""What is written along the timeline's edges: quarters of an hour, and tens."""

_MOST = 40
"""So many numbers that disagree are named; a page that is another one needs no more."""


_MOST_WORDS = 3_000
"""Words of a page that are compared one by one; a full page has a third of that."""


@dataclass(frozen=True, slots=True)
class Astray:
    """Something on a page that the data does not give; ``due`` is what it gives, or empty."""

    page: int
    printed: str
    due: str

    @property
    def sentence(self) -> str:
        """In words: what is printed, and what should be."""
        if not self.printed:
            return f"page {self.page} lacks “{self.due}”, which the attached data gives."
        if not self.due:
            return (
                f"page {self.page} prints “{self.printed}”, which the attached data does not give."
            )
        return (
            f"page {self.page} prints “{self.printed}” where the attached data gives “{self.due}”."
        )


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many numbers stand on how many pages, and which the data does not give.

    ``exact``: the same program drew the same pages again, to the last word and line; otherwise
    the pages are another version's, and each number was looked for.
    """

    printed: int
    pages: int
    exact: bool
    astray: tuple[Astray, ...] = ()

    @property
    def agree(self) -> int:
        """How many of the numbers printed the data gives."""
        wrong = sum(len(NUMBER.findall(one.printed)) for one in self.astray)
        return max(self.printed - wrong, 0)

    def as_json(self) -> dict[str, object]:
        """In plain values."""
        return {
            "printed": self.printed,
            "agree": self.agree,
            "pages": self.pages,
            "exact": self.exact,
            "astray": [
                {"page": one.page, "printed": one.printed, "due": one.due} for one in self.astray
            ],
        }


@dataclass(frozen=True, slots=True)
class Compared:
    """What the comparison came to; ``numbers`` is None where the pages could not be drawn."""

    numbers: Numbers | None
    faults: tuple[Fault, ...]


UNCOMPARED = Compared(None, ())


def compare(report: bytes, attached: Attached) -> Compared:
    """The pages against the data; ``report`` is the file as it was before the first signature."""
    try:
        rendered = redrawn(attached)
    except CannotPrint as error:
        fault = Fault("PAGE_NUMBERS", f"Pages: the data cannot be printed again. {error}")
        return Compared(None, (fault,))
    again = rendered.content
    if report == again:
        printed = sum(len(NUMBER.findall(words)) for words in rendered.said)
        return Compared(Numbers(printed, rendered.pages, exact=True), ())
    if too_heavy(report):
        return Compared(None, (Fault("TOO_BIG", "Pages: no report unpacks to that much."),))
    pages = page_texts(report)
    printed = sum(len(NUMBER.findall(page)) for page in pages)
    drawn = page_texts(again)
    if attached.program != PROGRAM or attached.drawn_with != drawn_with():
        return _by_another(report, attached, pages, drawn)
    astray = tuple(_differing(pages, drawn))
    numbers = Numbers(printed, len(pages), exact=not astray, astray=astray)
    if astray:
        return Compared(numbers, tuple(map(_fault, astray[:_MOST])))
    if not alike(report, again):
        fault = Fault(
            "PAGE_DRAWN",
            "Pages: they hold the words that the data gives, but something else is drawn or hidden "
            "in the file.",
        )
        return Compared(numbers, (fault,))
    return Compared(numbers, ())


def _fault(astray: Astray) -> Fault:
    return Fault("PAGE_NUMBERS", f"Pages: {astray.sentence}")


def page_texts(content: bytes) -> tuple[str, ...]:
    """The text of each page, in the order in which it was written."""
    from ketachart.report.text import extract_pages

    return extract_pages(content)


def _differing(pages: Sequence[str], drawn: Sequence[str]) -> Iterator[Astray]:
    """Where the words of a page are not those that the data gives."""
    for number in range(max(len(pages), len(drawn))):
        printed = pages[number].split() if number < len(pages) else []
        due = drawn[number].split() if number < len(drawn) else []
        if printed == due:
            continue
        if not printed or not due or len(printed) > _MOST_WORDS:
            yield Astray(number + 1, _short(printed), _short(due))
            continue
        steps = SequenceMatcher(None, printed, due, autojunk=False).get_opcodes()
        for what, start, end, other, last in steps:
            if what != "equal":
                yield from _pairs(number + 1, printed[start:end], due[other:last])


def _pairs(page: int, printed: list[str], due: list[str]) -> Iterator[Astray]:
    """Word by word where as many stand on either side, else as a whole."""
    if len(printed) == len(due):
        yield from (Astray(page, *pair) for pair in zip(printed, due, strict=True))
    else:
        yield Astray(page, _short(printed), _short(due))


def _short(words: list[str]) -> str:
    return " ".join(words[:8]) + (" …" if len(words) > 8 else "")


def _by_another(
    report: bytes, attached: Attached, pages: Sequence[str], drawn: Sequence[str]
) -> Compared:
    """Pages by another version: each number is looked for, and nothing may hide the words."""
    known = {number for page in drawn for number in NUMBER.findall(page)}
    # of the attached files the entries alone: the visit as it stands is worked out again from them
    worked_out = attachments(attached.chart, now=attached.rendered_at)
    told = [attached.files[ENTRIES], *(one.content for one in worked_out if one.name == VISIT)]
    for content in told:
        known.update(NUMBER.findall(content.decode("utf-8", "replace").replace("-", "−")))
    known |= {number.removeprefix("−") for number in known}
    astray = tuple(
        Astray(place, number, "")
        for place, page in enumerate(pages, start=1)
        for number in NUMBER.findall(_WHEREABOUTS.sub(" ", page))
        if number not in known and not ("Timeline" in page and _SCALE.fullmatch(number))
    )
    printed = sum(len(NUMBER.findall(page)) for page in pages)
    faults = [_fault(one) for one in astray[:_MOST]]
    faults += [Fault("PAGE_DRAWN", f"Pages: {sentence}") for sentence in tricks(report)]
    head = attached.head
    if not all(f"{head[:8]} … {head[-8:]}" in " ".join(page.split()) for page in pages):
        faults.append(Fault("DATA_HEAD", "Pages: a page does not name the record's last hash."))
    return Compared(Numbers(printed, len(pages), exact=False, astray=astray), tuple(faults))
