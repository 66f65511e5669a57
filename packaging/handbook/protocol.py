"""The pages of the clinic's protocol: what its tables hold, what is shipped, and who says it."""

import dataclasses
import tomllib
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from handbook.fields import bare, fields_table, note_of
from handbook.marked import anchor, code, page, sentence, table
from ketachart.domain.editing.tables import SECTIONS
from ketachart.domain.editing.view import section_rows
from ketachart.domain.protocol import Protocol
from ketachart.domain.shape import hints_of
from ketachart.house import TABLES, shipped_protocol

RESOURCES: Final = Path(__file__).resolve().parents[2] / "resources"
MARKS: Final = {
    "V1": "read in the source itself",
    "V2": "read in a publication that restates it",
    "U": "not verified",
}
NOT_ADVICE: Final = (
    "Nothing here is medical advice. Each number is a default that the clinic's medical director "
    "accepts or changes."
)


def pages() -> dict[str, str]:
    """The three pages by their paths in the documentation."""
    return {
        "reference/protocol.md": _tables(),
        "reference/protocol-values.md": _values(),
        "reference/sources.md": _sources(),
    }


def _tables() -> str:
    rows = [
        (f"[{code(name)}](#{anchor(name)})", words, code(_file_of(name)))
        for name, _kind, words in tables()
    ]
    return page(
        "The protocol's tables",
        "The protocol is data: every limit, interval, question and sentence, each with the code "
        "of its source. It is shipped in the files `resources/*.toml`; a clinic changes it in the "
        "window ([how](../guide/clinic/protocol.md)), and its editions lie in the ledger. A visit "
        "keeps, whole, the edition that it was opened under.",
        'Numbers are written as text (`"0.5"`), so that they stay exact. Codes are never '
        "changed: charts of years ago name them. [What is shipped](protocol-values.md), [the "
        "sources](sources.md).",
        table(("table", "what it holds", "file"), rows),
        *(part for row in tables() for part in _table(*row)),
    )


def tables() -> Iterator[tuple[str, type, str]]:
    """Each table of a protocol: its name, the class of its rows, what it holds."""
    for field in dataclasses.fields(Protocol):
        hint = hints_of(Protocol)[field.name]
        kind, _absent = bare(hint)
        if typing.get_origin(kind) is tuple:
            note = note_of(hint)
            yield field.name, typing.get_args(kind)[0], note.text if note else ""


def _table(name: str, kind: type, _words: str) -> Iterator[str]:
    yield f"## {name}"
    yield " ".join((kind.__doc__ or "").replace("``", "`").split())
    yield fields_table(kind, "")


def _file_of(name: str) -> str:
    """The first file in which rows of that table stand."""
    for file in TABLES:
        told: dict[str, Any] = tomllib.loads((RESOURCES / f"{file}.toml").read_text("utf-8"))
        if name in told:
            return f"{file}.toml"
    raise KeyError(name)


def _values() -> str:
    shipped = shipped_protocol()
    parts = []
    for section, title in SECTIONS.items():
        rows = [
            (one.what, one.value, one.source)
            for one in section_rows(section, shipped, shipped, shipped)
        ]
        parts += [f"## {title}", table(("what", "as shipped", "source"), rows)]
    return page(
        "What the protocol says as shipped",
        f"Edition *{shipped.edition}*, in the order and the words of the screen *Protocol*. "
        f"{NOT_ADVICE} [Who the sources are](sources.md).",
        *parts,
    )


def _sources() -> str:
    rows = [
        (code(one.code), one.short, sentence(one.words), MARKS[one.mark])
        for one in shipped_protocol().sources
    ]
    return page(
        "Sources",
        "What each code stands for, and how far it was verified. Codes with A are the clinic's "
        "source text under the reference it gives; B are guidelines, labels, rules and studies; C "
        "is common practice that clinics configure; K says that sources differ, and which side "
        "was taken. [Where each line of the source text is met](../coverage.md).",
        table(("code", "short", "who says it", "verified"), rows),
    )
