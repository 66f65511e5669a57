"""The chart on paper: of the protocol, blank or for a visit, each field once and none cut."""

from contextlib import closing

import pypdfium2
import pytest

from ketachart import house
from ketachart.charting.paper_pack import PackTask
from ketachart.commands.line import main
from ketachart.domain import facts as f
from ketachart.domain.on_paper.blank import Grid
from ketachart.domain.on_paper.pack import blank_visit, pack_of
from ketachart.domain.quantities import Minutes
from tests.helpers.story import NOON, Story


def words(made):
    """What can be read on each page."""
    with closing(pypdfium2.PdfDocument(made)) as document:
        return [" ".join(p.get_textpage().get_text_range().split()) for p in document]


def vitals(visit, now):
    (part,) = pack_of(visit, now).pages[1].parts
    (grid,) = [block for block in part.blocks if isinstance(block, Grid)]
    return [row for row in grid.rows if row.printed]


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_the_blank_form_is_four_pages_of_the_shipped_protocol(paper):
    made = PackTask(at=NOON, paper=paper).work()
    assert (made.pages, made.name) == (4, "paper-chart-blank.pdf")
    pages, protocol = words(made.content), house.shipped_protocol()
    whole = " ".join(pages)
    assert "…" not in whole  # nothing is cut
    for said in (
        *(c.sentence for c in protocol.criteria),
        *(one.sentence for one in protocol.instructions),
        *(choice.label for choice in protocol.listed("stop-reason")),
        *dict.fromkeys(item.section for item in protocol.screening),
    ):
        assert said in whole
    assert "Systolic: pause over 160 mmHg" in pages[1]
    assert all("ALLERGIES" in page for page in pages)


def test_rows_are_the_minutes_that_the_protocol_asks_for():
    rows = vitals(blank_visit(house.shipped_protocol(), NOON), NOON)
    said = [row.printed[0] for row in rows]
    assert said[:4] == ["before start", "start +5 min", "start +10 min", "start +15 min"]
    assert said[-5:] == ["at the stop", *(f"stop +{n} min" for n in (15, 30, 45, 60))]
    assert len(rows[1].asks) == 2  # pulse and oxygen; ten minutes in, a full set
    assert len(rows[2].asks) > 5


def test_an_open_visit_is_printed_with_who_order_and_due_times():
    story = Story().patient(no_known_allergies=False, allergies=(f.Allergy(substance="latex"),))
    story.order().weight("70").vial().bag("3.5", "17.5").start_pump(0, "17.5")
    visit, now = story.visit(), story.at(21)
    rows = vitals(visit, now)
    assert rows[0].printed == ("start +20 min", "12:20")  # what is past is not asked again
    assert ("start +60 min", "13:00") in [row.printed for row in rows]
    pages = words(PackTask(at=now, visit=visit).work().content)
    assert all("Rivera" in page and "latex" in page for page in pages)
    assert "0.5 mg/kg" in pages[0]
    assert "Planned dose: 35 mg" in pages[0]


def test_an_hour_longer_than_a_page_goes_on_to_the_next():
    story = Story().patient(given_name="Ж" * 4).order(duration_min=Minutes(360))
    made = PackTask(at=NOON, visit=story.visit()).work()
    assert made.pages == 5
    assert "start +360 min" in " ".join(words(made.content))


def test_the_command_writes_it_into_a_folder(tmp_path, capsys):
    assert main(["paper", "--out", str(tmp_path / "forms")]) == 0
    assert capsys.readouterr().out == "paper-chart-blank.pdf: chart on paper, 4 pages\n"
    assert (tmp_path / "forms" / "paper-chart-blank.pdf").read_bytes()[:5] == b"%PDF-"
    assert main(["paper", "--out", str(tmp_path), "--visit", "1"]) == 2
