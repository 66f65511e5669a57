"""The clinic's protocol is written out and read once; each visit still has its own copy of it."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from ketachart import house
from ketachart.domain.canonical import canonical, require_canonical
from ketachart.domain.facts import ProtocolAdopted, Unknown
from ketachart.storage import codec
from ketachart.storage.entry import Row
from tests.helpers.story import NOON

LATER = NOON + timedelta(days=1)


@pytest.fixture(scope="module")
def protocol():
    return house.shipped_protocol()


def draft(fact):
    return codec.draft_of(
        fact, stream="s", entry_id="e", author="ja", recorded_at=fact.at, elapsed=timedelta(),
        session="s",
    )  # fmt: skip


def read(told):
    return codec.fact_of(Row.of(told, seq=1, number=1, chain="c", link="l"))


def test_a_protocol_is_read_with_the_time_at_which_it_was_adopted(protocol):
    first, second = (
        ProtocolAdopted(at=NOON, protocol=protocol),
        ProtocolAdopted(at=LATER, protocol=protocol),
    )
    assert [read(draft(fact)) for fact in (first, second)] == [first, second]
    assert draft(first).body == draft(second).body


def test_another_edition_or_reason_is_another_body(protocol):
    told = [
        ProtocolAdopted(at=NOON, protocol=protocol),
        ProtocolAdopted(at=NOON, protocol=replace(protocol, title="Desert Bloom")),
        ProtocolAdopted(at=NOON, protocol=protocol, reason="stricter"),
    ]
    drafts = [draft(fact) for fact in told]
    assert len({one.body for one in drafts}) == len(told)
    assert [read(one) for one in drafts] == told


def test_a_protocol_of_a_newer_program_is_kept_whole_each_time(protocol):
    newer = replace(draft(ProtocolAdopted(at=NOON, protocol=protocol)), version=99)
    for told in (newer, replace(newer, at="2026-11-23T12:00:00-07:00")):
        fact = read(told)
        assert isinstance(fact, Unknown)
        assert (fact.at.isoformat(), fact.body) == (told.at, json.loads(told.body))


def test_a_long_text_is_refused_though_its_like_has_passed():
    good = canonical({"a": "x" * 20_000, "b": 1})
    for _ in range(2):
        require_canonical(good)
        for spoilt in (good.replace('"b":1', '"b":1.0'), good.replace('"b"', ' "b"')):
            with pytest.raises(ValueError, match=r"canonical|whole"):
                require_canonical(spoilt)
