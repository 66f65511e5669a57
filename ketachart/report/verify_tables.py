"""The second look at the bytes: is every one of them part of what a reader will find?

A reader goes by the tables at the ends of the revisions. Programs differ in what they make of a
table that lists an object twice, lies about its place, or sends them elsewhere; and bytes that no
table lists are shown by those that repair a file by themselves. So each revision must be exactly
its objects, the table of them, and the trailer, which names the table before it and nothing else.
No table is packed: KetaChart writes none that way, and packed ones could hide objects.
"""

import re
from collections.abc import Iterator, Sequence

from ketachart.errors import Fault

_TAIL = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF\r?\n?\Z")
_ROW = rb"\d{10} \d{5} [nf](?: \r| \n|\r\n)"
_TABLE = re.compile(
    rb"xref\r?\n((?:\d{1,8} \d{1,8} ?\r?\n(?:" + _ROW + rb")*)+)trailer\s*<<(.*)>>\s*\Z", re.DOTALL
)
_LINE = re.compile(rb"(\d+) (\d+)(?: ([nf]))?")
_HEAD = re.compile(rb"%PDF-\d\.\d\r?\n%[^\r\n]{0,100}\r?\n")
_OBJECT = re.compile(rb"(\d+) 0 obj\b")
_ANY_OBJECT = re.compile(rb"\d\s+\d+\s+obj\b")
_CLOSED = re.compile(rb"endobj\s*\Z")
_NAME = re.compile(rb"/[^\s/<>\[\]()%]*")
_PREVIOUS = re.compile(rb"/Prev\s+(\d+)\b")
_TRAILER = {b"/Info", b"/Root", b"/Size", b"/ID"}


class _Odd(Exception):
    """What is wrong with a revision, in words."""


def odd_tables(pdf: bytes, ends: Sequence[int]) -> Iterator[Fault]:
    """What no program of ours wrote; ``ends`` are where the revisions end, the first one's first.

    Ends at the first revision that is odd, since the next one builds upon it.
    """
    start, previous = 0, None
    for number, end in enumerate(ends):
        try:
            previous = _table_of(pdf, start, end, previous)
        except _Odd as odd:
            where = "the report" if number == 0 else f"the revision of signature {number}"
            yield Fault("OBJECT_TABLE", f"Structure: in {where}, {odd}.")
            return
        start = end


def _table_of(pdf: bytes, start: int, end: int, previous: int | None) -> int:
    """Where the revision's table stands, once all of the revision was accounted for."""
    tail = _TAIL.search(pdf, max(start, end - 64), end)
    if tail is None:
        raise _Odd("the end does not say where the table of its objects stands")
    place = int(tail[1])
    found = _TABLE.match(pdf, place, tail.start()) if start < place < end else None
    if found is None:
        raise _Odd("the table of its objects is not where, or not as, KetaChart writes it")
    _trailer(found[2], previous)
    _objects(pdf, start, place, _listed(found[1]))
    return place


def _trailer(words: bytes, previous: int | None) -> None:
    names = sorted(_NAME.findall(words))
    told = [int(place) for place in _PREVIOUS.findall(words)]
    due = _TRAILER if previous is None else _TRAILER | {b"/Prev"}
    if names != sorted(due) or told != ([] if previous is None else [previous]):
        raise _Odd("the trailer sends a reader to other tables, or says more than it may")


def _listed(rows: bytes) -> dict[int, int]:
    """The place of each object by its number; none may be listed twice, freed, or reused."""
    places: dict[int, int] = {}
    number = left = 0
    for line in _LINE.finditer(rows):
        first, second, kind = int(line[1]), int(line[2]), line[3]
        if kind is None:
            if left:
                raise _Odd("the table of its objects is shorter than it says")
            number, left = first, second
            continue
        if not left or number in places:
            raise _Odd("the table lists an object twice")
        free = (kind, number, second) == (b"f", 0, 65535)
        if not free and (kind, second) != (b"n", 0):
            raise _Odd("the table takes an object away, or uses its number again")
        places[number] = -1 if free else first
        number, left = number + 1, left - 1
    if left:
        raise _Odd("the table of its objects is shorter than it says")
    return {number: place for number, place in places.items() if place >= 0}


def _objects(pdf: bytes, start: int, end: int, listed: dict[int, int]) -> None:
    """The objects fill the revision: the next one starts where the one before it is closed."""
    inside = sorted((place, number) for number, place in listed.items())
    head = _HEAD.match(pdf) if start == 0 else None
    reached = head.end() if head else start
    for at, (place, number) in enumerate(inside):
        after = inside[at + 1][0] if at + 1 < len(inside) else end
        opened = _OBJECT.match(pdf, place, end)
        if place != reached or opened is None or int(opened[1]) != number:
            raise _Odd(f"object {number} does not stand where the table says")
        if not _CLOSED.search(pdf, max(place, after - 16), after):
            raise _Odd(f"object {number} is followed by bytes that belong to none")
        reached = after
    if reached != end or len(_ANY_OBJECT.findall(pdf, start, end)) != len(inside):
        raise _Odd("bytes belong to no object that the table lists")
