"""The tables of the protocol as files, a protocol in a script, and what is typed into a field."""

import json
from decimal import Decimal
from functools import cache
from unittest import mock

from ketachart import house, resources
from ketachart.domain.editing.asks import asks_typed
from ketachart.domain.editing.bands import bands_typed
from ketachart.domain.editing.checks import check
from ketachart.domain.editing.parts import parts_of
from ketachart.domain.editing.tables import TABLES, rows_of
from ketachart.domain.editing.typed import row_typed, text_of
from ketachart.domain.protocol import Protocol
from ketachart.domain.review.taken import taken_typed
from ketachart.domain.shape import from_plain, to_plain
from ketachart.domain.typed import (
    blood_pressure,
    decimal_number,
    expiry_typed,
    past_time_typed,
    time_typed,
    whole_number,
)
from ketachart.domain.typed_day import day_typed
from ketachart.errors import KetaChartError
from ketachart.storage.passphrase import passphrase_fault
from ketachart.storage.plain import plainly
from tests.fuzz.target import Target, a_sentence, room, text_in
from tests.storage.making import START


@cache
def _tables() -> dict[str, bytes]:
    return {name: resources.path(f"{name}.toml").read_bytes() for name in house.TABLES}


def _house(content: bytes) -> None:
    """One of KetaChart's own tables was altered on the laptop: it is told by what is in it."""
    told = content[:400]
    name = next((n for n, kept in _tables().items() if kept[:400] == told), "protocol")
    with room() as folder:
        for each, kept in _tables().items():
            (folder / f"{each}.toml").write_bytes(content if each == name else kept)
        with mock.patch.object(resources, "path", folder.joinpath):
            protocol = house.shipped_protocol.__wrapped__()
        check(protocol, house.shipped_protocol())


def _seeds_of_house() -> tuple[bytes, ...]:
    return tuple(_tables()[name] for name in ("protocol", "kit", "medicines", "scales"))


def _adopted(content: bytes) -> None:
    """A protocol as a script or a package brings it."""
    try:
        told = json.loads(content, parse_float=Decimal)
    except (ValueError, RecursionError):
        return  # that no JSON is said, is looked at where scripts are
    protocol = from_plain(Protocol, told, where="protocol")
    check(protocol, house.shipped_protocol())


@cache
def _protocol_json() -> tuple[bytes, ...]:
    return (json.dumps(to_plain(house.shipped_protocol())).encode(),)


def _typed(content: bytes) -> None:
    """Everything that reads what is typed gives a value or a sentence."""
    text = text_in(content)
    for read in (whole_number, decimal_number, blood_pressure, expiry_typed, day_typed):
        _told(read(text))
    for read_at in (time_typed, past_time_typed, taken_typed):
        _told(read_at(text, START))
    plainly(text)
    said = passphrase_fault(text, about=("Nora Example",))
    assert said is None or a_sentence(said)
    for refusing in (bands_typed, lambda typed: asks_typed(typed, ("heart_rate", "systolic"))):
        try:
            refusing(text)
        except KetaChartError as error:
            str(error)


def _told(value: object) -> None:
    sentence = getattr(value, "sentence", None)
    if sentence is not None:
        a_sentence(sentence)


def _typed_seeds() -> tuple[bytes, ...]:
    typed = (
        "14:05", "-5", "yesterday 22:00", "3 Nov 2026 8:00", "128/82", "0.5", "Aug 2027",
        "03/14/1986", "0 minimal; 10 moderate; 20 severe: ask", "heart_rate under 60",
        "seven lanterns by the quay",
    )  # fmt: skip
    return tuple(text.encode() for text in typed)


def _row(content: bytes) -> None:
    """The same text in each field of a row of each table of the protocol."""
    protocol = house.shipped_protocol()
    text = text_in(content)
    for table in TABLES.values():
        row = next(iter(rows_of(protocol, table).values()), None)
        parts = parts_of(table, row, protocol)
        kept = {part.name: text_of(getattr(row, part.name, None)) for part in parts}
        for part in parts:
            try:
                row_typed(table, row, {**kept, part.name: text}, protocol)
            except KetaChartError as error:
                str(error)


TARGETS = (
    Target(
        name="tables of the protocol",
        form="toml",
        seeds=_seeds_of_house,
        door=_house,
        longest=1 << 18,
        in_suite=3,
    ),
    Target(
        name="protocol in a script",
        form="json",
        seeds=_protocol_json,
        door=_adopted,
        longest=1 << 18,
        in_suite=3,
    ),
    Target(name="typed text", form="text", seeds=_typed_seeds, door=_typed, in_suite=60),
    Target(name="row of the protocol", form="text", seeds=_typed_seeds, door=_row, in_suite=4),
)
