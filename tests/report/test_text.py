"""The report is read back before it is signed: what is not there is named, what is there passes."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from ketachart.domain import facts as f
from ketachart.domain.infusion import last_moment
from ketachart.domain.quantities import Mg, Ml, MlPerHour
from ketachart.domain.visit import fold
from ketachart.errors import CannotRead
from ketachart.report.charted import Folded, Typed, number_in, typed_values
from ketachart.report.text import extract, missing_values
from tests.report.charted_visits import (
    STORIES,
    changed,
    charted,
    corrected,
    crowded,
    every_kind,
    first,
    more,
    printed,
    render,
    rendered,
    signed,
    wordy,
)


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("name", STORIES)
def test_nothing_is_missing_from_the_report_of_a_story(name, paper):
    visit, _ = charted(name)
    assert missing_values(visit, rendered(name, paper).content) == ()


@pytest.mark.parametrize("visit", [crowded, wordy, every_kind])
def test_nothing_is_missing_from_a_report_that_is_too_much(visit):
    assert missing_values(visit(), printed(visit).content) == ()


def test_nothing_is_missing_from_a_signed_report():
    played = signed()
    assert missing_values(played.visit, played.report.content) == ()


# Each of these is charted, and the report was made as if it had been another value.
CHARTED_OTHERWISE = [
    (f.VitalsTaken, {"heart_rate": 199}, "heart rate 199"),
    (f.VitalsTaken, {"rass": -4}, "rass −4"),
    (f.VitalsTaken, {"temperature_c": Decimal("39.9")}, "temperature c 39.9"),
    (f.VitalsTaken, {"note": "patient moved"}, "note patient moved"),
    (f.InfusionStarted, {"rate_ml_h": MlPerHour("71.1")}, "rate ml h 71.1"),
    (f.InfusionStarted, {"pump": "9999-X"}, "pump 9999-X"),
    (f.InfusionPaused, {"pump_volume_ml": Ml("4.877")}, "pump volume ml 4.877"),
    (f.BagPrepared, {"drawn_ml": Ml("3.4201")}, "drawn ml 3.4201"),
    (f.VialTaken, {"lot": "ZZ-TOP-9"}, "lot ZZ-TOP-9"),
    (f.VialTaken, {"seal": "90417"}, "seal 90417"),
    (f.DrugReturned, {"amount_mg": Mg("165.81")}, "amount mg 165.81"),
    (f.DrugReturned, {"seal": "SB-other"}, "seal SB-other"),
    (f.MedicineGiven, {"dose": Decimal("8.05")}, "dose 8.05"),
    (f.AccessPlaced, {"gauge": 29}, "29"),
    (f.WeightMeasured, {"last_weight_kg": None, "read_lb": Decimal("150.7")}, "read lb 150.7"),
    (f.IdentityConfirmed, {"said_by": "sister-in-law"}, "said by sister-in-law"),
    (f.PatientRecorded, {"address": "9 Other Street"}, "address 9 Other Street"),
    (f.NurseRecorded, {"licence": "000111"}, "licence 000111"),
    (f.AdultNamed, {"phone": "602 555 9999"}, "phone 602 555 9999"),
    (f.OrderRecorded, {"note": "call me first"}, "note call me first"),
    (f.PatientReleased, {"to": "a neighbour"}, "to a neighbour"),
    (f.ScreeningAnswered, {"note": "once, last year"}, "note once, last year"),
    (f.ScreeningConcluded, {"edition": "edition nine"}, "edition nine"),
]


@pytest.mark.parametrize(("kind", "values", "named"), CHARTED_OTHERWISE)
def test_a_value_that_the_report_does_not_show_is_named(kind, values, named):
    content = rendered("paused_for_nausea").content
    visit, _ = charted("paused_for_nausea")
    entry = first(visit, kind)
    other = fold(
        replace(e, fact=replace(e.fact, **values)) if e.id == entry.id else e for e in visit.entries
    )
    found = missing_values(other, content)
    assert any(named in sentence and f"{entry.at:%H:%M}" in sentence for sentence in found), found


def test_an_entry_that_the_report_does_not_show_is_named():
    content = rendered("quiet_hour").content
    visit, now = charted("quiet_hour")
    check = f.AccessChecked(at=now - timedelta(minutes=30), grade=0, patent=True)
    assert missing_values(more(visit, check), content)
    note = f.NoteWritten(at=now, text="Gate")
    assert missing_values(more(visit, note), content)


def test_an_answer_that_the_report_gives_otherwise_is_named():
    visit, _ = charted("quiet_hour")
    other = changed(visit, f.ScreeningAnswered, answer="ask")
    assert missing_values(other, rendered("quiet_hour").content)


def test_a_first_value_that_was_corrected_must_stay_readable():
    visit, _ = charted("quiet_hour")
    entry = visit.of(f.VitalsTaken)[4]
    wrong = replace(entry.fact, heart_rate=147, note="cuff slipped")
    fixed = corrected(
        fold(replace(e, fact=wrong) if e.id == entry.id else e for e in visit.entries),
        replace(entry, fact=wrong),
        entry.fact,
        "typed 147 for 74",
    )
    assert missing_values(fixed, render(fixed).content) == ()
    forgotten = [
        e for e in fixed.entries if e.id != entry.id and not isinstance(e.fact, f.EntryStruck)
    ]
    found = missing_values(fixed, render(fold(forgotten)).content)
    assert any("heart rate 147" in sentence for sentence in found)
    assert any("typed 147 for 74" in sentence for sentence in found)


def test_a_voided_entry_must_stay_readable():
    visit, _ = charted("late_and_corrected")
    whole = rendered("late_and_corrected").content
    assert missing_values(visit, whole) == ()
    without = [e for e in visit.entries if e.fact != first_voided(visit).fact]
    assert any("blanket" in s for s in missing_values(visit, render(fold(without)).content))


def first_voided(visit):
    return next(e for e in visit.entries if isinstance(e.fact, f.NoteWritten))


def test_values_that_stand_only_in_other_rows_are_not_taken_for_this_one():
    visit, _ = charted("quiet_hour")
    entry = visit.of(f.VitalsTaken)[0]
    last = visit.of(f.VitalsTaken)[-1].fact
    swapped = fold(
        replace(e, fact=replace(e.fact, heart_rate=last.heart_rate, respiratory_rate=15, pain=3))
        if e.id == entry.id
        else e
        for e in visit.entries
    )
    found = missing_values(swapped, rendered("quiet_hour").content)
    assert any("no row holds" in sentence for sentence in found), found


def test_a_file_that_is_no_pdf_cannot_be_read():
    with pytest.raises(CannotRead):
        extract(b"no report at all")


def test_nothing_is_missing_where_nothing_was_charted():
    assert missing_values(fold(()), b"") == ()


# ------------------------------------------------------------------ how a value is looked for


@pytest.mark.parametrize(
    ("form", "text", "there"),
    [
        ("8", "pulse 8 now", True),
        ("8", "pulse 82", False),
        ("8", "1.8 mg", False),
        ("8", "8.5 mg", False),
        ("8", "8. Then", True),
        ("2", "RASS −2", False),
        ("−2", "RASS −2", True),
        ("128", "BP 128/82", False),
        ("128/", "BP 128/82", True),
        ("/82", "BP 128/82", True),
        ("28/", "BP 128/82", False),
        ("/8", "BP 128/82", False),
        ("21877", "lot 4K21877", False),
        ("58", "T+58", False),
        ("14", "at 14:09", False),
        ("09", "at 14:09", False),
        ("14:09", "at 14:09, late", True),
        ("+1", "RASS +1", True),
    ],
)
def test_a_number_stands_by_itself(form, text, there):
    assert number_in(form, text) is there


def test_white_space_and_line_ends_count_for_nothing():
    text = Folded("the light\nmoves   along\r\nthe ceil\ning")
    assert text.holds(Typed("note", ("the light moves along the ceiling",)))
    assert not text.holds(Typed("note", ("the light moves along the wall",)))


def test_a_joined_letter_is_read_back_as_two():
    assert Folded("ef\ufb01cient, ﬁrst").says("efficient, first")


def test_a_text_longer_than_a_page_may_be_parted_but_not_cut():
    text = "".join(f"word {n} " for n in range(700))
    half = len(text) // 2
    parted = Folded(f"{text[:half]} page 3 of 9 RIVERA {text[half:]}")
    assert parted.says(text)
    assert not Folded(f"{text[:half]} page 3 of 9 {text[half + 40 :]}").says(text)
    short = text[:300]
    assert not Folded(f"{short[:150]} page 3 of 9 {short[150:]}").says(short)


def test_a_word_parted_at_its_hyphen_is_whole_again():
    visit, now = charted("quiet_hour")
    words = " ".join(["well-"] * 120)
    noted = more(visit, f.NoteWritten(at=now, text=words))
    assert missing_values(noted, render(noted).content) == ()
    assert "\ufffe" not in extract(render(noted).content)


def test_every_value_of_every_fact_of_a_visit_can_be_listed():
    for entry in every_kind().entries:
        for typed in typed_values(every_kind(), entry.fact):
            assert typed.name
            assert all(typed.forms)


def test_the_moment_of_the_last_entry_is_enough_to_read_a_report():
    visit = every_kind()
    assert last_moment(visit) >= visit.entries[-1].recorded_at
