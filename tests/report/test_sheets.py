"""The patient's sheets on paper: one front page, large type, every word there, no letter lost."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from itertools import product

import pypdfium2
import pytest

from ketachart.charting.sheets import SheetTask
from ketachart.domain import facts as f
from ketachart.domain.sheets.handout import handout
from ketachart.errors import CannotPrint
from ketachart.report import preview
from ketachart.report.text import extract
from tests.report.charted_visits import charted, more

STORY = "quiet_hour"
STARTS = datetime(2026, 11, 25, 10, 0, tzinfo=timezone(timedelta(hours=-7)))


def made(sheet, language="en", paper="letter", visit=None, **how):
    known, now = charted(STORY)
    task = SheetTask(
        visit=visit or known, at=now, sheet=sheet, language=language, paper=paper, **how
    )
    return task.work()


def packed(text):
    return "".join(text.split())


def page_text(content, number):
    document = pypdfium2.PdfDocument(content)
    try:
        page = document[number].get_textpage()
        return packed(page.get_text_range())
    finally:
        document.close()


def test_the_front_holds_what_is_needed_and_the_card_is_on_the_back():
    for language, paper in product(("en", "es"), ("letter", "a4")):
        sheet, words = made("handout", language, paper), handout(charted(STORY)[0], language)
        assert sheet.pages == 2, (language, paper)
        front, back = page_text(sheet.content, 0), page_text(sheet.content, 1)
        for rule in words.rules:
            assert packed(rule.when) in front
            assert packed(rule.what) in front
        for flags in words.flags:
            assert all(packed(sign) in front for sign in flags.signs)
        for number in ("911", "6025550119", "6025550171"):
            assert number in front
        assert all(packed(tick.what) in back and packed(tick.when) in back for tick in words.card)
        assert packed("Marco Rivera, 602 555 0150") in back


def test_the_sheet_before_the_visit_is_one_page_with_its_times():
    english = made("pre-visit", starts=STARTS)
    text = extract(english.content)
    assert english.pages == 1
    assert "Your visit: Wednesday, November 25, 2026, 10:00 AM" in text
    assert "Last solid food: before 4:00 AM" in text
    spanish = made("pre-visit", "es", "a4", starts=STARTS)
    assert spanish.pages == 1
    assert "Su visita: miércoles 25 de noviembre de 2026" in extract(spanish.content)


def test_body_is_fourteen_points_and_more_but_for_the_foot():
    from ketachart.report.sheets import large

    assert min(large.BODY.size, large.STRONG.size) >= 14
    assert large.HEADING.size >= 18
    assert large.LEAD / large.BODY.size >= 1.2


def test_it_is_black_on_white():
    """No colour carries a meaning: every pixel of the page is a grey."""
    page = preview.pages(made("handout", "es").content, width_px=300)[0]
    assert page.rgb[0::3] == page.rgb[1::3] == page.rgb[2::3]


def test_the_same_visit_makes_the_same_bytes_and_the_name_tells_nobody():
    first, second = made("handout", "es"), made("handout", "es")
    assert first == second
    assert first.name == "261122-03-handout-es.pdf"
    assert b"Rivera" not in first.content  # neither in title nor in author


def test_a_letter_that_cannot_be_printed_is_refused_with_its_field():
    visit, now = charted(STORY)
    strange = more(
        visit, replace(visit.patient, at=now, given_name="Еле\N{CJK UNIFIED IDEOGRAPH-4E00}")
    )
    with pytest.raises(CannotPrint, match="in patient's name cannot be printed"):
        made("handout", visit=strange)


def test_long_names_turn_the_page_and_nothing_is_cut():
    visit, now = charted(STORY)
    long = more(
        visit,
        replace(visit.patient, at=now, given_name="Maximiliana Esperanza " * 4),
        replace(visit.clinic, at=now, name="Desert Bloom Infusion and Headache Clinic " * 4),
        f.AdultNamed(
            at=now, name="Bartolomeo Rivera y Fernández de Córdoba " * 3, phone="602 555 0150",
            of_age=True, sober=True, stays=True,
        ),
    )  # fmt: skip
    for sheet in ("handout", "pre-visit"):
        text = packed(extract(made(sheet, "es", visit=long).content))
        assert packed("Maximiliana Esperanza " * 4) in text
        assert text.count("Desert") == text.count("Headache") == 4
        assert text.count("6025550119") == 1


def test_a_sheet_of_an_unfinished_visit_makes_up_no_times():
    visit, _now = charted(STORY)
    start = next(e for e in visit.entries if isinstance(e.fact, f.InfusionStarted))
    early = type(visit)(visit.entries[: start.number - 1])
    text = extract(made("handout", visit=early).content)
    assert "After the infusion" in text
    assert "not in the record yet" in text
