"""The vitals on paper: alertness where it was measured, a small letter for what came otherwise."""

import pytest

from ketachart.domain import facts as f
from ketachart.report.sections.pieces import words_of
from ketachart.report.sections.record import Record
from ketachart.report.sections.vitals import vitals_table
from tests.helpers.story import NOON, Story


def table(*sets):
    story = Story().patient().order()
    for minute, values in enumerate(sets):
        story.vitals(minute, **values)
    return vitals_table(Record(story.visit(), NOON))


def heads(found):
    return [column.head for column in found.columns]


def test_alertness_has_a_column_only_where_it_was_measured():
    assert "MOAA/S" not in heads(table({"spo2": 98, "rass": 0}))
    found = table({"spo2": 98, "rass": 0}, {"spo2": 97, "moaas": 4})
    place = heads(found).index("MOAA/S")
    assert [words_of(row.cells[place]) for row in found.rows] == ["", "4"]


@pytest.mark.parametrize(
    ("source", "letter", "legend"),
    [
        ("device", "d", "d from a device"), ("stated", "t", "t told by the patient"),
        ("estimated", "e", "e estimated"), ("typed", "n", "n read by the nurse"),
    ],
)  # fmt: skip
def test_a_value_from_elsewhere_has_its_letter_and_the_legend_names_it(source, letter, legend):
    found = table({"pain": 3, "spo2": 97, "by_sign": (f.SignSource(sign="pain", source=source),)})
    cells = dict(zip(heads(found), found.rows[0].cells, strict=True))
    assert words_of(cells["pain"]) == f"3 {letter}"
    assert words_of(cells["SpO₂"]) == "97"
    assert legend in found.says
    assert "Small letter" not in table({"pain": 3}).says
