"""Each entry rests on the one before it, and every field counts."""

import hashlib
import subprocess
import sys
from dataclasses import fields, replace

import pytest

from ketachart.storage.chain import GENESIS, chain_of, link_of, verify_links, verify_stream
from ketachart.storage.entry import Draft, Head, Row
from tests.storage.making import draft


def rows(count, stream="visit-1"):
    made, chain, link = [], GENESIS, GENESIS
    for number in range(1, count + 1):
        each = draft(number, stream)
        chain = chain_of(each, number, chain)
        link = link_of(number, chain, link)
        kept = {field.name: getattr(each, field.name) for field in fields(Draft)}
        made.append(Row(**kept, seq=number, number=number, chain=chain, link=link))
    return made


def test_the_chain_is_sha256_over_length_prefixed_fields():
    each = draft(1)
    parts = [
        "ketachart-chain-1", "0" * 64, "1", each.stream, each.entry_id, each.kind, "1", each.body,
        each.author, each.at, each.recorded_at, "960000", each.session,
    ]  # fmt: skip
    told = b"".join(len(p.encode()).to_bytes(8, "big") + p.encode() for p in parts) + b"\xff" * 8
    assert chain_of(each, 1, GENESIS) == hashlib.sha256(told).hexdigest()


def test_the_hashes_of_a_known_entry_never_change():
    chain = chain_of(draft(1), 1, GENESIS)
    assert chain == "36ab2104d3131b991393bdca91f2054a38a69910fce5a3c176550ebbdadec491"
    assert (
        link_of(1, chain, GENESIS)
        == "9f7de4c4d03a3e69a6ef00a433a809c6f60a394be5642ce78d0e99af42561b7e"
    )


def test_whole_chains_have_no_fault():
    assert verify_stream(rows(5)) == ()
    assert verify_links(rows(5)) == ()
    assert verify_stream([]) == ()
    made = rows(5)
    assert verify_links(made[3:], after=Head(3, made[2].link)) == ()


CHANGED = {
    "stream": "visit-9", "entry_id": "other", "kind": "note-written", "version": 2,
    "body": '{"said":"218/82"}', "author": "n-2", "at": "2026-03-02T09:15:00.000+01:00",
    "recorded_at": "2026-03-02T09:17:00.000+00:00", "elapsed_ms": 960_001,
    "session": "session-2", "supersedes": "",
}  # fmt: skip


@pytest.mark.parametrize("name", [field.name for field in fields(Draft)])
def test_a_change_of_any_field_is_named_by_its_number(name):
    made = rows(5)
    made[2] = replace(made[2], **{name: CHANGED[name]})
    (fault,) = verify_stream(made)
    assert "Entry 3 " in fault.sentence


def test_two_fields_cannot_run_into_each_other():
    one = replace(draft(1), author="n-1", session="2x")
    other = replace(draft(1), author="n-12", session="x")
    assert chain_of(one, 1, GENESIS) != chain_of(other, 1, GENESIS)


def test_a_missing_entry_is_named():
    made = rows(5)
    del made[1]
    assert [fault.code for fault in verify_stream(made)] == ["entry-missing"]
    assert "Entry 2 " in verify_stream(made)[0].sentence
    assert "Entry 2 " in verify_links(made)[0].sentence


def test_entries_that_changed_places_are_named():
    made = rows(5)
    made[1], made[2] = made[2], made[1]
    assert "Entry 2 " in verify_stream(made)[0].sentence


def test_an_entry_of_another_chart_is_named():
    made = rows(3)
    made[1] = rows(3, "visit-2")[1]
    assert verify_stream(made)[0].code == "entry-stream"


def test_a_link_that_was_made_anew_is_named():
    made = rows(5)
    made[3] = replace(made[3], link="0" * 64)
    assert "Entry 4 " in verify_links(made)[0].sentence
    assert verify_stream(made) == ()


def test_a_chart_can_be_checked_where_there_is_no_database():
    asked = (
        "import sys, ketachart.storage.chain; "
        "sys.exit(any(name in sys.modules for name in ('sqlcipher3', 'sqlite_utils', 'sqlite3')))"
    )
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
