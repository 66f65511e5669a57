"""What the report says: nothing that was charted is left out, and the worst comes first."""

from dataclasses import fields, is_dataclass, replace
from datetime import timedelta
from decimal import Decimal

import pytest

from ketachart.domain import facts as f
from ketachart.domain.facts import post, safekeeping
from ketachart.domain.infusion import last_moment
from ketachart.domain.quantities import Kg, Mg, Quantity
from ketachart.domain.visit import fold
from ketachart.report.charted import Folded, typed_values
from ketachart.report.document import document_of, text
from ketachart.report.sections.pieces import Divider, Row, Table, words_of
from tests.golden_files import FOLDER, differs, document_text
from tests.helpers.story import Story
from tests.report.charted_visits import (
    STORIES,
    changed,
    charted,
    corrected,
    crowded,
    every_kind,
    first,
    more,
    signed,
    wordy,
)


def document(visit):
    return document_of(visit, now=last_moment(visit))


def section(visit, code):
    return next(part for part in document(visit).sections if part.code == code)


def rows(visit, code):
    """The rows of a table as bare words."""
    return [
        " | ".join(words_of(cell) for cell in row.cells)
        for row in section(visit, code).rows
        if isinstance(row, Row)
    ]


def row_of(visit, code, begins):
    return next(row for row in rows(visit, code) if row.startswith((begins, f"~{begins}")))


# ------------------------------------------------------------------ everything is there


@pytest.mark.parametrize("name", STORIES)
def test_a_story_is_told_as_it_was_told_before(name):
    assert not differs(FOLDER / name / "document.txt", document_text(name))


@pytest.mark.parametrize("visit", [every_kind, crowded, wordy])
def test_every_typed_value_of_every_kind_of_fact_is_said(visit):
    visit = visit()
    said = Folded(text(document(visit)))
    for entry in visit.entries:
        for typed in typed_values(visit, entry.fact):
            assert said.holds(typed), (entry.kind, typed)


def test_a_visit_with_every_kind_has_every_kind():
    kinds = {type(entry.fact) for entry in every_kind().entries}
    of_the_clinic = {  # its drug book; the door keeps these out of a visit
        f.VialReceived, f.VialMoved, f.StockCounted, f.StockExplained, f.StockLost,
    }  # fmt: skip
    beside = {kind for kind in f.FACTS if kind.__module__ in (post.__name__, safekeeping.__name__)}
    assert set(f.FACTS) - kinds - of_the_clinic - beside == {f.ReportSigned}  # made after the paper


def test_a_visit_with_every_kind_has_every_field_filled():
    filled = set()
    for entry in every_kind().entries:
        if not isinstance(entry.fact, (f.ProtocolAdopted, f.Unknown)):
            filled |= set(filled_fields(entry.fact))
    assert {field for field in every_field(filled) if field not in filled} == {
        (f.OrderRecorded, "route")  # there is only one
    }


def filled_fields(record):
    """Each field, here and within, that holds something of its own: not nothing, nor the usual."""
    for field in fields(record):
        value = getattr(record, field.name)
        if value not in (None, "", ()) and (isinstance(value, bool) or value != field.default):
            yield type(record), field.name
        for inner in value if isinstance(value, tuple) else (value,):
            if is_dataclass(inner) and not isinstance(inner, Quantity):
                yield from filled_fields(inner)


def every_field(filled):
    """Every field of every class of which any field is filled."""
    return {(kind, field.name) for kind, _ in filled for field in fields(kind)}


def test_the_formula_beside_a_weight_that_the_order_names_is_printed():
    both = changed(charted("quiet_hour")[0], f.OrderRecorded, weight_basis="adjusted",
                   weight_formula="devine", dosing_weight_kg=Kg(60))  # fmt: skip
    assert row_of(both, "order", "Dosed on").endswith(
        "adjusted by Devine 1974, as the order names it"
    )


def test_a_value_that_the_usual_words_round_is_printed_exactly():
    words = " ".join(rows(every_kind(), "events"))
    assert "exactly 2.125 mg" in words
    assert "exactly 19.125 mL/h" in words


def test_an_entry_of_a_newer_program_is_printed_raw():
    words = " ".join(rows(every_kind(), "events"))
    assert 'Unknown: drone-delivered: written by a newer KetaChart: {"n": 3, "what": "' in words
    assert "\\u6f22\\u5b57" in words  # in letters that every font has


def test_every_screening_question_stands_in_the_table_with_its_answer():
    visit, _ = charted("late_and_corrected")
    table = rows(visit, "screening")
    assert len(table) == 47
    asked = [row for row in table if "| Ask |" in row]
    assert len(asked) == 1
    assert "amlodipine missed today" in asked[0]
    assert "Authorised by Dr A. Okafor, phone 602 555 0188, 13:" in asked[0]


def test_an_answer_that_was_given_again_stands_among_the_events():
    visit = every_kind()
    assert "twinge last week" in " ".join(rows(visit, "screening"))
    earlier = first(visit, f.ScreeningAnswered).fact
    assert earlier.item != "heart-angina"
    told = [row for row in rows(visit, "events") if "Screening: Clear. Chest pain" in row]
    assert len(told) == 1


# ------------------------------------------------------------------ corrected, struck, late


def test_a_corrected_value_stands_beside_the_first_one():
    visit, _ = charted("late_and_corrected")
    assert "~48~ 84 C2" in row_of(visit, "vitals", "14:29")
    assert "~218/82~ 128/82 C1" in row_of(visit, "vitals", "14:09")


def test_a_value_corrected_twice_shows_both_first_values():
    visit, _ = charted("late_and_corrected")
    entry = next(e for e in visit.of(f.VitalsTaken) if e.fact.heart_rate == 84 and e.fact.pain == 5)
    twice = corrected(visit, entry, replace(entry.fact, heart_rate=86), "it said 86")
    assert "~48~ ~84~ 86 C3" in row_of(twice, "vitals", "14:29")


def test_a_corrected_time_shows_both_times():
    visit, _ = charted("paused_for_nausea")
    entry = first(visit, f.InfusionPaused)
    moved = corrected(
        visit, entry, replace(entry.fact, at=entry.at - timedelta(minutes=2)), "clock of the pump"
    )
    assert row_of(moved, "events", "~14:03~ 14:01")
    assert "~14:03~ | 14:01" in row_of(moved, "corrections", "C1")


def test_a_voided_row_stays_drawn_through_with_its_reason():
    visit, _ = charted("late_and_corrected")
    row = row_of(visit, "events", "14:25")
    assert "~Note: Patient asked for a blanket~ V1 struck 14:33: wrong patient" in row


def test_a_voided_set_of_vitals_stays_in_its_table():
    visit, _ = charted("quiet_hour")
    entry = first(visit, f.VitalsTaken)
    voided = more(
        visit, f.EntryStruck(at=last_moment(visit), entry=entry.id, reason="other patient")
    )
    row = row_of(voided, "vitals", f"~{entry.at:%H:%M}")
    assert f"~{entry.fact.systolic}/{entry.fact.diastolic}~" in row
    assert "other patient" in row


def test_a_late_row_is_marked_with_its_lag():
    visit, _ = charted("late_and_corrected")
    assert "+51 min" in row_of(visit, "events", "14:21")
    assert "written +9 min" in row_of(visit, "vitals", "14:59")


def test_a_set_that_was_not_done_is_printed_with_its_reason():
    row = next(row for row in rows(every_kind(), "vitals") if "not done:" in row)
    assert "patient in the bathroom" in row


def test_a_due_set_that_nobody_answered_is_printed_too():
    visit = (
        Story().patient().order().weight("68.4").vial().bag("3.42", "17.1").full(-5)
        .start_pump(0, "17.1").full(10).full(40).stop(60).visit()
    )  # fmt: skip
    words = [row for row in rows(visit, "vitals") if "not done, no reason charted" in row]
    assert any("12:20" in row for row in words)


def test_a_new_day_begins_with_its_date():
    visit, _ = charted("across_midnight")
    days = [line.text for line in section(visit, "events").rows if isinstance(line, Divider)]
    assert days == ["Sunday 22 November 2026, UTC−7"]


# ------------------------------------------------------------------ page one


def looks(visit):
    return [(look.kind, look.decision, look.sentence) for look in document(visit).front.looks]


def test_the_worst_comes_first():
    kinds = [kind for kind, _, _ in looks(every_kind())]
    assert kinds[:2] == ["Emergency", "Not started"]
    decisions = [decision for _, decision, _ in looks(every_kind())]
    assert decisions == sorted(decisions, reverse=True)


def test_a_chart_signed_incomplete_says_why():
    assert ("Signed incomplete", True, "the crew took the pump along") in looks(every_kind())


def test_a_correction_is_told_with_both_values():
    visit, _ = charted("late_and_corrected")
    sentences = [sentence for kind, _, sentence in looks(visit) if kind == "Correction"]
    assert "Vitals, heart rate 48, now 84: digits swapped; oximeter showed 84" in sentences


def test_late_rows_are_told_together():
    visit, _ = charted("late_and_corrected")
    late = [sentence for kind, _, sentence in looks(visit) if kind.startswith("Late")]
    assert late == ["5 rows written 8 to 51 min after; the latest: Side effect 14:21"]


def test_the_figures_are_those_of_the_visit():
    visit, _ = charted("pressure_climbs")
    told = [(fig.label, fig.value, fig.context) for fig in document(visit).front.figures]
    assert told == [
        ("Given", "17.4", "of 41.7 mg ordered"),
        ("By weight", "0.209", "order 0.5 mg/kg"),
        ("Infusing", "0:25", "09:28 to 10:04, 1 pause 11 min"),
        ("Highest BP", "174/104", "09:58 (T+30), over 160"),
        ("Released", "11:14", "1 h 21 min after the drug"),
    ]


def test_an_infusion_that_was_not_started_gave_nothing():
    visit, _ = charted("screening_refuses")
    told = [(fig.label, fig.value) for fig in document(visit).front.figures]
    assert ("Given", "0") in told
    assert ("Infusing", "—") in told
    assert ("Not started", "18:32") in told


def test_the_equation_is_the_balance():
    visit, _ = charted("pressure_climbs")
    box = document(visit).front.balance
    values = [Decimal(term.value) for term in box.terms]
    assert values == [Decimal(x) for x in ("200", "17.4", "24.3", "158.3", "0")]
    assert values[0] == sum(values[1:])
    assert box.closes
    lost = changed(visit, f.DrugWasted, amount_mg=Mg("20"))
    assert document(lost).front.balance.verdict == "OPEN: 4.3 mg"


def test_the_ledger_runs_down_to_nothing():
    visit, _ = charted("pressure_climbs")
    table = rows(visit, "ledger")
    assert [row.rsplit(" | ", 2)[1:] for row in table] == [
        ["200", "0"], ["158.3", "41.7"], ["158.3", "24.3"], ["158.3", "0"], ["0", "0"],
    ]  # fmt: skip
    assert "It closes." in words_of(section(visit, "ledger").closing)


def test_a_criterion_that_is_not_met_comes_first_and_unticked():
    visit, _ = charted("quiet_hour")
    entry = next(e for e in visit.of(f.CriterionJudged) if e.fact.criterion == "gait")
    sways = changed_one(visit, entry, met=False, note="sways")
    criteria = document(sways).front.release.criteria
    assert not criteria[0].met
    assert all(criterion.met for criterion in criteria[1:])
    assert any("NOT MET" in row and "sways" in row for row in rows(sways, "release"))


def changed_one(visit, entry, **values):
    return fold(
        replace(e, fact=replace(e.fact, **values)) if e.id == entry.id else e for e in visit.entries
    )


def test_who_did_not_sign_is_shown_with_the_reason():
    boxes = {box.role: box for box in document(every_kind()).front.signatures}
    assert boxes["RESPONSIBLE ADULT"].instead == "No signature: hand hurt and shaking"
    assert boxes["SUPERVISOR, reviewer"].heavy
    assert not any(box.heavy for role, box in boxes.items() if "SUPERVISOR" not in role)


def test_allergies_that_were_not_asked_are_not_called_none():
    asked = changed(charted("quiet_hour")[0], f.PatientRecorded, allergies=())
    assert "NOT ASKED" in text(document(asked))
    none = changed(
        charted("quiet_hour")[0], f.PatientRecorded, allergies=(), no_known_allergies=True
    )
    assert "none known" in text(document(none))


# ------------------------------------------------------------------ the whole


def test_a_draft_says_so_and_a_signed_one_says_when():
    draft, _ = charted("late_and_corrected")
    assert document(draft).head.signing == "Unsigned draft"
    assert document(signed().visit).head.signing == "Signed by the nurse 16:12"


def test_the_signed_report_is_no_part_of_what_it_says():
    visit = signed().visit
    without = fold(e for e in visit.entries if not isinstance(e.fact, f.ReportSigned))
    assert len(without.entries) == len(visit.entries) - 1
    now = visit.signed.at
    assert text(document_of(visit, now=now)) == text(document_of(without, now=now))


def test_a_visit_that_was_only_opened_can_be_told():
    visit = Story().patient().order().visit()
    assert "Nothing is charted." in text(document(visit))


def test_every_limit_is_printed_with_its_source():
    table = rows(every_kind(), "limits")
    systolic = next(row for row in table if row.startswith("Systolic"))
    assert "over 155" in systolic
    assert "the order" in systolic
    assert all(row.rsplit(" | ", 1)[1] for row in table)


def test_every_table_has_as_many_cells_as_columns():
    for visit in (every_kind(), crowded(), charted("screening_refuses")[0]):
        whole = document(visit)
        for part in (whole.flags, whole.all_looks, whole.all_effects, *whole.sections):
            if isinstance(part, Table):
                for row in part.rows:
                    assert isinstance(row, Divider) or len(row.cells) == len(part.columns)


# ------------------------------------------------------------------ sources


def test_every_source_that_is_named_beside_something_is_told_at_the_end():
    visit = charted("pressure_climbs")[0]
    told = {
        line.cells[0][0].text for line in section(visit, "sources").rows if isinstance(line, Row)
    }
    limits = [row.rsplit(" | ", 1)[1] for row in rows(visit, "limits")]
    named = {name.partition(" (")[0] for row in limits for name in row.split(", ")}
    assert {"common practice", "Spravato label", "ED/ICU protocols"} <= named <= told


def test_a_source_stands_under_how_far_it_was_verified():
    part = section(charted("quiet_hour")[0], "sources")
    marks = [line.text for line in part.rows if isinstance(line, Divider)]
    assert marks == [
        "Read in the source itself",
        "Read in a publication that restates it",
        "Not verified",
    ]
    where = next(n for n, line in enumerate(part.rows) if line == Divider("Not verified"))
    last = part.rows[where:]
    assert "common practice" in {line.cells[0][0].text for line in last if isinstance(line, Row)}
    assert len(set(rows(charted("quiet_hour")[0], "sources"))) == len(part.rows) - 3


def test_a_protocol_from_before_the_sources_is_printed_with_its_codes():
    visit, _ = charted("quiet_hour")
    old = changed(visit, f.ProtocolAdopted, protocol=replace(visit.protocol, sources=()))
    assert "C2" in next(row for row in rows(old, "limits") if row.startswith("Temperature"))
    assert section(old, "sources").rows == ()
    assert "does not say what its sources are" in text(document(old))


def test_a_question_that_was_asked_about_says_where_it_comes_from():
    visit = charted("screening_refuses")[0]
    stopped = next(row for row in rows(visit, "screening") if "Aneurysm" in row)
    assert stopped.endswith("(Ketamine label, Swiss label, Spravato label)")
    assert not any("(C-SSRS)" in row for row in rows(visit, "screening"))
