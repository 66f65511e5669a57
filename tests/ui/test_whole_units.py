"""No line ends within a unit."""

import pytest

from ui import theme
from ui.widgets.spans import Span, _laid
from ui.widgets.whole_units import whole_units
from ui.widgets.words import Words

DOSE = "First infusion on file: the order says 0.5 mg/kg/h and 2 mg/mL, pulse 28/min."


def test_only_units_are_held_together():
    assert whole_units("0.5 mg/kg/h") == "0.5 mg/\u2060kg/\u2060h"
    for text in ("140/90 mmHg", "/media/stick/hall", "and/or", "05/14/2026"):
        assert whole_units(text) == text


@pytest.mark.usefixtures("qapp")
def test_a_row_never_ends_within_a_unit():
    for width in range(60, 400, 4):
        layout, _ = _laid((Span("The order says: "), Span(DOSE, strong=True)), width, theme.look())
        text = layout.text()
        lines = [layout.lineAt(n) for n in range(layout.lineCount())]
        ends = {text[: line.textStart() + line.textLength()].rstrip("\u2060")[-1] for line in lines}
        assert "/" not in ends, width


@pytest.mark.usefixtures("qapp")
def test_a_label_is_at_least_a_unit_wide_and_gives_its_text_as_it_was_given():
    label = Words(DOSE)
    assert label.minimumSizeHint().width() >= label.fontMetrics().horizontalAdvance("mg/kg/h")
    assert label.text() == DOSE
