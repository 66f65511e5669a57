"""How a supervisor's edits make one new edition of the clinic's protocol out of the last one."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

from ketachart.domain.editing.checks import check
from ketachart.domain.editing.parts import NO_SOURCE
from ketachart.domain.editing.tables import TABLES, Row, Table, rows_of
from ketachart.domain.facts import NurseRecorded
from ketachart.domain.protocol import Protocol
from ketachart.errors import Refused

WHO_MAY = (
    "Only a supervisor changes the protocol. Ask your clinic's supervisor to unlock and do it."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One row as it is to stand; ``row`` None leaves it out, an empty ``key`` adds it."""

    table: str
    key: str
    row: Row | None


def must_be_supervisor(nurse: NurseRecorded) -> None:
    """Whether this person may change the protocol.

    Raises:
        Refused: the person's role is not supervisor; the sentence says what to do.
    """
    if nurse.role != "supervisor":
        raise Refused(WHO_MAY, rule="not a supervisor")


def drafted(in_force: Protocol, edits: Iterable[Edit], shipped: Protocol) -> Protocol:
    """The protocol with the edits in it, under the edition it still has.

    Args:
        in_force: what the edits are made on.
        edits: rows to change, add or leave out; a later edit of a row replaces an earlier one.
        shipped: the protocol as shipped: a changed value never keeps the shipped source.

    Raises:
        Refused: a row cannot be so; the sentence says what to change.
    """
    after = in_force
    for edit in edits:
        table = TABLES[edit.table]
        _has_own_source(table, edit, shipped)
        rows: dict[str, Any] = {edit.table: _rows(after, table, edit)}
        after = replace(after, **rows)
    check(after, shipped)
    return after


def next_edition(
    in_force: Protocol, edits: Iterable[Edit], *, shipped: Protocol, title: str = ""
) -> Protocol:
    """The edits as one new edition, whose number is one more.

    Args:
        in_force: the edition before.
        edits: as for `drafted`.
        shipped: the protocol as shipped.
        title: its new name; empty keeps the old one.

    Raises:
        Refused: a row cannot be so, or nothing would change.
    """
    after = replace(drafted(in_force, edits, shipped), title=title.strip() or in_force.title)
    if after == in_force:
        raise Refused(
            "Nothing differs from the edition in force. Change a row first.", rule="no change"
        )
    return replace(after, version=following(in_force.version))


def following(version: str) -> str:
    """The number of the edition after this one."""
    return str(int(version) + 1) if version.isdecimal() else f"{version}.1"


def _rows(protocol: Protocol, table: Table, edit: Edit) -> tuple[Row, ...]:
    rows = rows_of(protocol, table)
    if edit.key and edit.key not in rows and edit.row is None:
        raise Refused("That row is not there any more. Choose another one.", rule="no such row")
    kept = [row if key != edit.key else edit.row for key, row in rows.items()]
    if edit.key not in rows:
        kept.append(edit.row)
    return tuple(row for row in kept if row is not None)


def _has_own_source(table: Table, edit: Edit, shipped: Protocol) -> None:
    """What the clinic decided is never printed as if the shipped source said it."""
    if edit.row is None or table.name in NO_SOURCE:
        return
    standing = rows_of(shipped, table)
    before = standing.get(edit.key) or standing.get(table.key(edit.row))
    if before is None or _bare(edit.row) == _bare(before) or edit.row.source != before.source:
        return
    raise Refused(
        "Say where the new value comes from, such as “Policy 12, 3 Nov 2026”: the shipped source "
        "does not say it.",
        rule="source missing",
        field="source",
    )


def _bare(row: Row) -> tuple[object, ...]:
    return tuple(getattr(row, f.name) for f in fields(row) if f.name != "source")
