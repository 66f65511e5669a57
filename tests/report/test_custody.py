"""Vials and the record of dispensing on paper."""

from datetime import date

from ketachart.domain import facts as f
from ketachart.domain.quantities import Mg
from ketachart.report.document import document_of
from ketachart.report.sections.custody import dispensing_table, vials_table
from ketachart.report.sections.pieces import words_of
from ketachart.report.sections.record import Record
from tests.helpers.story import NOON, Story


def told(story):
    return Record(story.visit(), NOON)


def cells(table):
    return [tuple(words_of(cell) for cell in row.cells) for row in table.rows]


def used():
    story = Story().patient(address="12 Palm Lane, Phoenix, AZ").order().weight("68.4")
    story.vial(seal="55120", lot="4K21877", expires=date(2028, 3, 31), ndc="42023-113-10").bag(
        "3.42", "17.1", minute=1
    )
    story.tell(f.DrugReturned(at=story.at(90), amount_mg=Mg("165.8"), source="V1", seal="SB-1"))
    return story


def test_a_vial_stands_with_its_whole_label_and_what_went_out_of_it():
    assert cells(vials_table(told(used()))) == [
        (
            "12:00",
            "V1: ketamine 10 mg/mL, 20 mL, 200 mg",
            "4K21877",
            "31 Mar 2028",
            "55120",
            "42023-113-10",
            "200",
            "0",
        )
    ]


def test_what_was_not_charted_of_a_label_is_said():
    (row,) = cells(vials_table(told(Story().vial().bag("3.42", "17.1"))))
    assert row[4:] == ("none", "not charted", "34.2", "165.8")


def test_the_record_of_dispensing_names_patient_address_date_units_and_nurse():
    rows = dict(cells(dispensing_table(told(used()))))
    assert rows["Patient"] == "Rivera, Elena"
    assert rows["Address"] == "12 Palm Lane, Phoenix, AZ"
    assert rows["Date"] == "22 Nov 2026 12:00"
    assert rows["Units"].startswith("1 vial, 200 mg out; ")
    assert "165.8 mg sealed for return" in rows["Units"]
    assert rows["Administered by"] == "Julia Alvarez, RN, AZ 1"
    assert rows["Ordered by"] == "Dr A. Okafor"


def test_an_address_that_was_not_charted_is_not_left_blank():
    assert dict(cells(dispensing_table(told(Story().patient().vial()))))["Address"] == "not charted"


def test_wastage_is_told_as_part_of_dispensing_and_never_with_the_form_for_destruction():
    table = dispensing_table(told(used()))
    words = words_of(table.closing)
    assert "pharmaceutical wastage: recorded under 21 CFR 1304.22(c)" in words
    assert "(DEA letter 2014)" in words
    whole = str(document_of(used().visit(), now=NOON))
    assert "Form 41" not in whole
    assert "form 41" not in whole
    assert "DEA letter to practitioners, October 2014" in whole


def test_without_a_vial_both_say_so():
    empty = told(Story().patient())
    for table in (vials_table(empty), dispensing_table(empty)):
        assert table.rows == ()
        assert table.empty == "No ketamine was taken out for this visit."
        assert table.closing == ()
