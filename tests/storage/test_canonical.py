"""One value has one text, and nothing inexact gets into it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ketachart.storage.canonical import canonical, require_canonical

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner)
    ),
)


def test_keys_are_sorted_and_letters_stay_letters():
    assert canonical({"b": [1, None, True], "a": "Zoë −2"}) == '{"a":"Zoë −2","b":[1,null,true]}'


@pytest.mark.parametrize("value", [1.5, Decimal("1.5"), b"x", {1}, float("nan"), object()])
def test_what_json_cannot_hold_exactly_is_refused(value):
    for around in (value, [value], {"a": {"b": [value]}}):
        with pytest.raises(TypeError):
            canonical(around)


def test_a_key_that_is_not_text_is_refused():
    with pytest.raises(TypeError):
        canonical({1: "one"})


def test_half_a_surrogate_pair_is_refused():
    with pytest.raises(ValueError, match="surrogates"):
        canonical("\ud800")


@given(PLAIN)
def test_what_canonical_writes_is_canonical(value):
    require_canonical(canonical(value))


@pytest.mark.parametrize(
    "text",
    [
        '{"b":1,"a":2}',
        '{"a": 1}',
        '{"a":1.0}',
        '{"a":1e3}',
        '{"a":NaN}',
        '{"a":-Infinity}',
        '{"a":"\\u00eb"}',
        '{"a":1,"a":1}',
        '{"a":-0}',
        '{"a":"\\/"}',
        '{"a":"\\ud800"}',
        '{"a":1}\n',
        "",
        "{",
    ],
)
def test_any_other_spelling_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        require_canonical(text)
