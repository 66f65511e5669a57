"""A day as it was typed, never guessed: 14 Mar 1986, Mar 14 1986, 1986-03-14, 03/14/1986."""

import re
from datetime import date

from ketachart.domain.typed import Blank, Unreadable
from ketachart.domain.wording import MONTHS

DAY_EXAMPLES = "A day such as 14 Mar 1986 or 1986-03-14."
# 08/09/1986 is two different days on two papers; a birth date must not be the other one.
UNSURE = "Is that the day or the month first? Write it as 8 Sep 1986 or 1986-09-08."


def day_typed(text: str) -> date | Blank | Unreadable:
    """One day, its year in four digits.

    Three numbers with slashes are read where only one order is possible (03/14/1986); where both
    are, the day is asked again.
    """
    text = re.sub(r"[\s,.]+", " ", text.strip().lower()).strip()
    if not text:
        return Blank()
    if (found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text, re.ASCII)) is not None:
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if (found := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text, re.ASCII)) is not None:
        return _slashed(int(found[1]), int(found[2]), int(found[3]))
    if (
        found := re.fullmatch(r"(\d{1,2})[ -]?([a-z]{3,9})[ -]?(\d{4})", text, re.ASCII)
    ) is not None:
        return _named(int(found[3]), found[2], int(found[1]))
    if (found := re.fullmatch(r"([a-z]{3,9}) ?(\d{1,2}) (\d{4})", text, re.ASCII)) is not None:
        return _named(int(found[3]), found[1], int(found[2]))
    return Unreadable(DAY_EXAMPLES)


def _slashed(first: int, second: int, year: int) -> date | Unreadable:
    if first != second and first <= 12 and second <= 12:
        return Unreadable(UNSURE)
    return _day(year, first, second) if first <= 12 else _day(year, second, first)


def _named(year: int, month: str, day: int) -> date | Unreadable:
    short = month[:3].title()
    if short not in MONTHS:
        return Unreadable(DAY_EXAMPLES)
    return _day(year, MONTHS.index(short) + 1, day)


def _day(year: int, month: int, day: int) -> date | Unreadable:
    try:
        return date(year, month, day)
    except ValueError:
        return Unreadable(f"There is no such day. {DAY_EXAMPLES}")
