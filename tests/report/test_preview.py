"""The pages as pictures: as many as the report has, as wide as asked, and not empty."""

import pytest

from ketachart.charting import PreviewTask
from ketachart.errors import CannotRead
from ketachart.report import preview
from tests.report.charted_visits import charted, rendered, signed


@pytest.mark.parametrize("width", [311, 640])
def test_every_page_is_drawn_as_wide_as_asked(width):
    report = rendered("quiet_hour")
    pages = preview.pages(report.content, width_px=width)
    assert len(pages) == report.pages
    for page in pages:
        assert page.width == width
        assert page.height == pytest.approx(width * 11 / 8.5, abs=1.5)
        assert len(page.rgb) == page.width * page.height * 3


def test_a_page_is_white_paper_with_something_on_it():
    page = preview.pages(rendered("quiet_hour").content, width_px=300)[0]
    assert page.rgb[:3] == b"\xff\xff\xff"
    dark = sum(value < 60 for value in page.rgb[::3])
    assert 0.005 < dark / (page.width * page.height) < 0.3


def test_red_is_red():
    page = preview.pages(rendered("quiet_hour").content, width_px=600)[0]
    pixels = set(zip(page.rgb[::3], page.rgb[1::3], page.rgb[2::3], strict=True))
    assert any(red > 130 and green < 80 and blue < 80 for red, green, blue in pixels)


def test_a_signed_report_is_shown_as_well():
    assert len(preview.pages(signed().report.content, width_px=200)) == signed().report.pages


def test_the_first_page_comes_before_the_others_and_is_the_same_picture():
    told = []
    pages = PreviewTask(*charted("quiet_hour")).work(400, told.append)
    (front,) = told
    assert front.page == pages[0]
    assert front.pages == len(pages) > 1


def test_a_signed_report_is_told_once_all_of_it_is_there():
    made, told = signed(), []
    visit, now = charted("quiet_hour")
    pages = PreviewTask(visit, now, made.report.content).work(200, told.append)
    assert (told, len(pages)) == ([], made.report.pages)


def test_what_is_no_pdf_is_refused():
    with pytest.raises(CannotRead):
        preview.pages(b"%PDF-nothing", width_px=100)
