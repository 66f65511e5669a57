"""The patient's sheets in words: two languages, fasting by the clock, ticks for what is there."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from ketachart import house
from ketachart.domain import facts as f
from ketachart.domain.quantities import MgPerMl, Ml, MlPerHour
from ketachart.domain.sheets.before import pre_visit
from ketachart.domain.sheets.card import LINES, card
from ketachart.domain.sheets.handout import handout
from ketachart.domain.sheets.lines import LANGUAGES, Wordbook, names_in
from ketachart.errors import Refused
from tests.helpers.story import NOON, Story


def shipped():
    return house.shipped_protocol()


def times(story, code):
    return next(tick.times for tick in card(story.visit()) if tick.code == code)


# ------------------------------------------------------------------ the words


def test_every_line_is_in_both_languages_with_the_same_words_to_fill_in():
    for line in shipped().sheet_lines:
        assert line.text.strip(), line.code
        assert line.text_es.strip(), line.code
        assert line.text != line.text_es, line.code
        assert sorted(names_in(line.text)) == sorted(names_in(line.text_es)), line.code


def test_everything_the_patient_is_told_is_in_both_languages():
    protocol = shipped()
    for item in protocol.instructions:
        assert item.sentence_es, item.code
        assert item.question_es.startswith("¿"), item.code
        assert item.question_es.endswith("?"), item.code
    for name in ("flag-911", "flag-clinic"):
        assert all(flag.label_es for flag in protocol.listed(name))


def test_no_brace_is_left_on_any_sheet():
    story = Story().patient().order().weight("70").start_pump(0, "17.5", strength="2").stop(60)
    for language in LANGUAGES:
        for sheet in (
            handout(story.visit(), language),
            pre_visit(story.visit(), language, starts=NOON),
        ):
            assert "{" not in repr(sheet)
            assert "}" not in repr(sheet)


def test_a_line_that_is_not_filled_is_refused_and_one_that_is_not_there_too():
    words = Wordbook(shipped(), "handout", "en")
    with pytest.raises(Refused, match="needs day"):
        words.line("for", name="Elena")
    with pytest.raises(Refused, match="no line “nothing”"):
        words.line("nothing")


def test_a_protocol_from_before_the_sheets_takes_the_lines_that_ship():
    old = replace(shipped(), sheet_lines=())
    visit = Story(protocol=old).patient().visit()
    with pytest.raises(Refused, match="no line"):
        handout(visit, "en")
    assert handout(visit, "en", protocol=shipped()).title == "After your ketamine infusion"


def test_without_a_patient_there_is_no_sheet():
    with pytest.raises(Refused, match="no patient yet"):
        handout(Story().visit(), "en")
    with pytest.raises(Refused, match="no patient yet"):
        pre_visit(Story().visit(), "es")


# ------------------------------------------------------------------ before the visit


def eating(starts, language="en", zone="America/Phoenix"):
    story = Story().patient().tell(f.VisitOpened(at=NOON, visit="1", zone=zone))
    return pre_visit(story.visit(), language, starts=starts).parts[0].lines


@pytest.mark.parametrize(
    ("hour", "fatty", "solid", "clear"),
    [
        (14, "6:00 AM", "8:00 AM", "12:00 PM"),
        (10, "2:00 AM", "4:00 AM", "8:00 AM"),
        (7, "Tuesday 11:00 PM", "1:00 AM", "5:00 AM"),
    ],
)
def test_the_last_meal_is_told_as_a_time_of_the_clock(hour, fatty, solid, clear):
    lines = eating(datetime(2026, 11, 25, hour, 0, tzinfo=timezone(timedelta(hours=-7))))
    assert lines[0].startswith("No solid food for 6 hours and no fatty food for 8 hours")
    assert lines[1:] == (
        f"Fatty or fried food, or meat: finish before {fatty}",
        f"Last solid food: before {solid}",
        f"Water or other clear drinks: until {clear}",
    )


def test_the_last_meal_in_spanish_and_in_the_night_in_which_the_clocks_go_forward():
    starts = datetime(2027, 3, 14, 9, 0, tzinfo=timezone(timedelta(hours=-6)))
    fatty, solid, clear = eating(starts, "es", "America/Denver")[1:]
    # eight real hours before 9:00: an hour of the night is missing
    assert fatty.endswith("antes de las 12:00\N{NO-BREAK SPACE}a.\N{NO-BREAK SPACE}m.")
    assert solid.endswith("antes de las 3:00\N{NO-BREAK SPACE}a.\N{NO-BREAK SPACE}m.")
    assert clear.endswith("hasta las 7:00\N{NO-BREAK SPACE}a.\N{NO-BREAK SPACE}m.")


def test_the_evening_before_is_named_by_its_day_in_spanish():
    starts = datetime(2026, 11, 25, 7, 0, tzinfo=timezone(timedelta(hours=-7)))
    assert "antes del martes a las 11:00" in eating(starts, "es")[1]
    assert "antes de la 1:00" in eating(starts, "es")[2]


def test_without_a_time_only_the_hours_are_told():
    assert len(eating(None)) == 1


# ------------------------------------------------------------------ the safety card


def test_an_empty_record_ticks_nothing():
    assert all(not tick.times for tick in card(Story().patient().visit()))
    assert len(LINES) == 8


@pytest.mark.parametrize(("how", "ticked"), [("measured", True), ("stated", False)])
def test_a_weight_that_was_told_is_not_ticked(how, ticked):
    assert bool(times(Story().weight("70", how=how), "weighed")) is ticked


@pytest.mark.parametrize(
    ("identifiers", "ticked"), [(("name", "birth-date"), True), (("name",), False)]
)
def test_the_identity_takes_two_identifiers(identifiers, ticked):
    story = Story().tell(f.IdentityConfirmed(at=NOON, identifiers=identifiers, said_by="patient"))
    assert bool(times(story, "identity")) is ticked


@pytest.mark.parametrize(("phone", "ticked"), [("good", True), ("landline", True), ("none", False)])
def test_the_phone_is_ticked_where_a_call_can_be_made(phone, ticked):
    story = Story().tell(f.HomeChecked(at=NOON, hospital="Valley", phone=phone))
    assert bool(times(story, "phone")) is ticked


@pytest.mark.parametrize(("rate", "ticked"), [("17.5", True), ("18.5", False)])
def test_a_second_check_that_did_not_agree_is_not_ticked(rate, ticked):
    story = Story().patient().order().weight("70").vial().bag("3.5", "17.5")
    story.tell(
        f.PumpChecked(
            at=story.at(1), reader="same-nurse", rate_ml_h=MlPerHour(rate),
            volume_ml=Ml("17.5"), strength_mg_per_ml=MgPerMl("2"),
        )
    )  # fmt: skip
    assert bool(times(story, "second-check")) is ticked


def test_vitals_are_ticked_by_when_they_were_taken_and_only_whole_ones():
    story = Story().patient().order().weight("70").full(-5).start_pump(0, "17.5", strength="2")
    story.full(10).vitals(15, spo2=97, heart_rate=80).full(30).stop(60).full(61)
    assert times(story, "before") == (story.at(-5),)
    assert times(story, "during") == (story.at(10), story.at(30))
    assert times(story, "after") == (story.at(61),)


def test_a_struck_row_takes_its_tick_away():
    story = Story().weight("70")
    story.strike(story.last_id)
    assert times(story, "weighed") == ()


def test_the_warning_signs_are_ticked_once_they_were_said_back():
    story = Story()
    assert times(story, "warning") == ()
    story.tell(f.InstructionTaught(at=story.at(9), instruction="red-flags", adult="said"))
    assert times(story, "warning") == (story.at(9),)


def test_the_card_tells_the_line_its_time_and_what_is_not_there():
    story = Story().patient().weight("70", minute=6)
    lines = {one.what: (one.done, one.when) for one in handout(story.visit(), "en").card}
    assert lines["We weighed you today"] == (True, "12:06 PM")
    assert lines["We checked who you are"] == (False, "not in the record yet")
