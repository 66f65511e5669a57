"""Whatever a fact can hold comes back from the record as it was, an empty list too."""

import json
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ketachart.domain.facts import FACTS, MeasureTaken, RateSet
from ketachart.domain.quantities import MlPerHour
from ketachart.domain.shape import from_plain, to_plain
from ketachart.errors import Refused
from ketachart.storage import codec
from ketachart.storage.entry import Row
from tests.helpers.any_fact import any_of
from tests.helpers.story import NOON

SLOW_TO_MAKE = [HealthCheck.too_slow, HealthCheck.data_too_large]


def kept(fact):
    """The fact as it comes back from a row of the ledger."""
    draft = codec.draft_of(
        fact, stream="s", entry_id="e", author="ja", recorded_at=NOON, elapsed=timedelta(),
        session="s",
    )  # fmt: skip
    return codec.entry_of(Row.of(draft, seq=1, number=1, chain="", link="")).fact


@pytest.mark.parametrize("kind", FACTS, ids=lambda kind: kind.KIND)
@settings(max_examples=15, deadline=None, suppress_health_check=SLOW_TO_MAKE)
@given(data=st.data())
def test_a_fact_of_any_values_comes_back_the_same(kind, data):
    fact = data.draw(any_of(kind))
    assert from_plain(kind, json.loads(json.dumps(to_plain(fact)))) == fact
    assert kept(fact) == fact


def test_an_empty_list_that_has_to_be_there_is_written_and_read_again():
    fact = MeasureTaken(at=NOON, measures=(), note="nothing helped")
    assert to_plain(fact)["measures"] == []
    assert kept(fact) == fact


def test_a_script_still_has_to_name_a_list_that_has_to_be_there():
    with pytest.raises(Refused, match="measures: this value is missing"):
        from_plain(MeasureTaken, {"at": NOON.isoformat()})


@pytest.mark.parametrize("number", ["0.0000000001", "1234567890", "1" * 30])
def test_a_number_that_could_not_be_read_back_is_not_written(number):
    with pytest.raises(Refused, match="rate_ml_h"):
        kept(RateSet(at=NOON, rate_ml_h=MlPerHour(number)))


def test_a_time_finer_than_the_record_keeps_is_cut_to_the_millisecond():
    fact = RateSet(at=NOON + timedelta(microseconds=1999), rate_ml_h=MlPerHour(1))
    assert kept(fact).at == NOON + timedelta(milliseconds=1)
