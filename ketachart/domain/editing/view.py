"""A protocol as it is read on the screen: section by section, beside what was shipped."""

from dataclasses import dataclass
from typing import Literal

from ketachart.domain.editing.changes import row_laxer
from ketachart.domain.editing.tables import TABLES, Row, Table, rows_of
from ketachart.domain.protocol import Protocol

Standing = Literal["shipped", "changed", "added", "left out"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One row in words.

    ``shipped`` and ``shipped_source`` are empty where the row is as shipped; ``drafted`` says that
    it differs from the edition in force; ``laxer`` says in words than what.
    """

    table: str
    key: str
    what: str
    value: str
    source: str
    standing: Standing
    shipped: str = ""
    shipped_source: str = ""
    laxer: str = ""
    drafted: bool = False


def section_rows(
    section: str, draft: Protocol, in_force: Protocol, shipped: Protocol
) -> tuple[Shown, ...]:
    """The rows of one section, those left out among them.

    Args:
        section: one of `protocol_tables.SECTIONS`.
        draft: the protocol with what is drafted in it.
        in_force: the edition in force.
        shipped: the protocol as shipped.
    """
    found = []
    for table in TABLES.values():
        are, were, stood = (rows_of(one, table) for one in (draft, in_force, shipped))
        for key in (*are, *(k for k in {**were, **stood} if k not in are)):
            row, old, first = are.get(key), were.get(key), stood.get(key)
            if table.section(_any(row, old, first)) == section:
                found.append(_shown(table, key, (row, old, first), draft))
    return tuple(found)


def _any(*rows: Row | None) -> Row:
    return next(row for row in rows if row is not None)


def _shown(table: Table, key: str, rows: tuple[Row | None, ...], said: Protocol) -> Shown:
    row, old, first = rows
    there = _any(row, old, first)
    standing: Standing = "shipped"
    if row is None:
        standing = "left out"
    elif first is None:
        standing = "added"
    elif row != first:
        standing = "changed"
    differs = first is not None and row != first
    return Shown(
        table=table.name,
        key=key,
        what=table.title(there, said),
        value="left out" if row is None else table.says(row, said),
        source="" if row is None else said.cited(getattr(row, "source", "")).short,
        standing=standing,
        shipped=table.says(first, said) if differs else "",
        shipped_source=said.cited(getattr(first, "source", "")).short if differs else "",
        laxer=row_laxer(table, row, first, said),
        drafted=row != old,
    )
