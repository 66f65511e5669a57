"""A suggested passphrase is made by chance, may be used, and what is said of it is worked out."""

import pytest

from ketachart.charting import passphrases
from ketachart.charting.passphrases import how_long, passphrase_fault, suggested


def test_the_list_has_1024_plain_words_each_once():
    words = passphrases._words()
    assert len(set(words)) == len(words) == 1024
    assert all(word.isascii() and word.isalpha() and word.islower() for word in words)
    assert {len(word) for word in words} == {4, 5, 6, 7, 8}


def test_every_suggestion_may_be_used_and_none_comes_twice():
    made = [suggested() for _ in range(200)]
    assert len(set(made)) == len(made)
    assert [fault for fault in map(passphrase_fault, made) if fault] == []
    assert {len(each.split()) for each in made} == {5}


@pytest.mark.parametrize(
    ("took_ms", "years"), [(500, "8,000 years"), (1000, "10,000 years"), (629, "10,000 years")]
)
def test_how_long_it_holds_is_worked_out_from_what_one_guess_takes(took_ms, years):
    # 1024^5 / 2 = 5.63e14 guesses; at 0.5 s on 1,000 computers 2.8e11 s, 8,920 years.
    said = how_long(took_ms)
    assert "1,024" in said
    assert f"about {years}." in said


def test_where_nothing_was_measured_nothing_is_promised():
    assert how_long(0) == "Five words taken by chance from 1,024."


@pytest.mark.parametrize(
    ("typed", "about", "fits"),
    [
        ("Sue Perry supervisor", ("Sue Perry", "sp"), False),
        ("desert bloom infusion", ("Desert Bloom Infusion",), False),
        ("ketachart ketamine 2026", (), False),
        ("Perry has nine copper kettles", ("Sue Perry",), True),
        ("perry nine copper", ("Sue Perry",), False),
        ("perry nine coppers", ("Sue Perry",), False),
        ("perry nine copper tins", ("Sue Perry",), True),
        ("nine copper kettles", ("Sue Perry", ""), True),
        ("MÜLLER müller 123456789", ("Zoë Müller",), False),
    ],
)
def test_what_everybody_knows_of_a_person_is_no_passphrase(typed, about, fits):
    fault = passphrase_fault(typed, about=about)
    assert (fault is None) == fits
    if not fits and "run" not in str(fault):
        assert "known to whoever knows you" in fault
