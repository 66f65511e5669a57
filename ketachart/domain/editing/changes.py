"""What differs between two editions, piece by piece, and where one asks for less than shipped."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ketachart.domain.editing.asks import asks_less
from ketachart.domain.editing.bands import bands_ask_less
from ketachart.domain.editing.part import Part
from ketachart.domain.editing.parts import parts_of
from ketachart.domain.editing.says import figure_words
from ketachart.domain.editing.tables import TABLES, Row, Table, rows_of
from ketachart.domain.editing.typed import text_of
from ketachart.domain.protocol import Protocol
from ketachart.domain.wording import DASH


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference: of which row, was, becomes, and where it comes from.

    ``laxer`` says in words what it is laxer than, and is empty where it is not.
    """

    table: str
    key: str
    section: str
    what: str
    was: str
    becomes: str
    source: str = ""
    laxer: str = ""


def changes(before: Protocol, after: Protocol, shipped: Protocol) -> tuple[Change, ...]:
    """Every difference between two editions, in the order of the tables.

    Args:
        before: the edition that was in force.
        after: the one that replaces it.
        shipped: the protocol as shipped; what asks for less than it is named.
    """
    found: list[Change] = []
    for table in TABLES.values():
        were, are = rows_of(before, table), rows_of(after, table)
        standing = rows_of(shipped, table)
        for key in (*were, *(key for key in are if key not in were)):
            was, now = were.get(key), are.get(key)
            if was != now:
                pair = _Pair(table, key, was, now, standing.get(key))
                found.extend(_of_row(pair, after))
    if before.title != after.title:
        found.append(_renamed(before, after))
    return tuple(found)


def _renamed(before: Protocol, after: Protocol) -> Change:
    return Change(
        table="", key="", section="", what="Name of the protocol", was=before.title,
        becomes=after.title,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Pair:
    """A row before and after, and as shipped."""

    table: Table
    key: str
    was: Row | None
    now: Row | None
    shipped: Row | None


def _of_row(pair: _Pair, said: Protocol) -> Iterator[Change]:
    table, key, was, now, shipped = pair.table, pair.key, pair.was, pair.now, pair.shipped
    row = now if now is not None else was
    section, what = table.section(row), table.title(row, said)
    source = said.cited(getattr(row, "source", "")).short
    if was is None or now is None:
        gone = now is None
        yield Change(
            table=table.name, key=key, section=section, what=what,
            was=DASH if was is None else table.says(was, said),
            becomes="left out" if gone else table.says(now, said),
            source="" if gone else source,
            laxer=row_laxer(table, now, shipped, said),
        )  # fmt: skip
        return
    for part in parts_of(table, now, said):
        old, new = getattr(was, part.name), getattr(now, part.name)
        if old == new or (part.name == "source" and _more_than_source(table, was, now, said)):
            continue
        yield Change(
            table=table.name, key=key, section=section,
            what=what if part.name == "value" else f"{what}: {part.label.lower()}",
            was=shown(part, old), becomes=shown(part, new), source=source,
            laxer=part_laxer(part, now, shipped),
        )  # fmt: skip


def _more_than_source(table: Table, was: Row, now: Row, said: Protocol) -> bool:
    """A new source beside a new value goes without a line of its own."""
    parts = [part for part in parts_of(table, now, said) if part.name != "source"]
    return any(getattr(was, part.name) != getattr(now, part.name) for part in parts)


def shown(part: Part, value: object) -> str:
    """A piece of a row in words, a number with its unit."""
    if value is None or value in ("", ()):
        return DASH
    if part.options is not None:
        codes = value if isinstance(value, tuple) else (text_of(value),)
        return ", ".join(part.options.get(code, code) for code in codes)
    text = text_of(value)
    return (
        text if part.kind in ("words", "names", "asks", "bands") else figure_words(text, part.unit)
    )


# ---------------------------------------------------------------- laxer than as shipped


def row_laxer(table: Table, now: Row | None, shipped: Row | None, said: Protocol) -> str:
    """What a whole row is laxer than as shipped; empty where it is not."""
    if shipped is None:
        return ""
    if now is None:
        gone = table.says(shipped, said)
        return f"laxer than the shipped {gone}" if table.lax_to_leave_out else ""
    found = [part_laxer(part, now, shipped) for part in parts_of(table, now, said)]
    found += [part_laxer(part, now, shipped) for part in parts_of(table, shipped, said)]
    return next(filter(None, found), "")


def part_laxer(part: Part, now: Row, shipped: Row | None) -> str:
    """What one piece of a row is laxer than as shipped; empty where it is not."""
    if shipped is None or not part.laxer:
        return ""
    new, old = getattr(now, part.name), getattr(shipped, part.name)
    if new == old or not _asks_less(part, new, old):
        return ""
    return f"laxer than the shipped {shown(part, old)}"


def _asks_less(part: Part, new: Any, old: Any) -> bool:  # noqa: ANN401 - a piece of any row
    if new is None or old is None:
        return (old is None) if part.open_end else (new is None)
    match part.laxer:
        case "later":
            order = list(part.options or {})
            return order.index(text_of(new)) > order.index(text_of(old))
        case "fewer":
            return not set(old) <= set(new)
        case "more":
            return not set(new) <= set(old)
        case "bands":
            return bands_ask_less(new, old)
        case "asks":
            return asks_less(new, old)
        case "higher":
            return bool(new > old)
        case _:
            return bool(new < old)
