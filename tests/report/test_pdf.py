"""The report as a file: the same bytes every time, whole on every page, and what is inside it."""

import hashlib
import json
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest

from ketachart.domain import facts as f
from ketachart.domain.folded.rows import entry_rows
from ketachart.domain.folded.whole import folded
from ketachart.domain.infusion import last_moment
from ketachart.errors import CannotPrint
from ketachart.report import pdf, signing
from ketachart.report.document import document_of
from ketachart.report.page_one import page_one
from ketachart.report.page_one_looks import Whereabouts
from ketachart.report.sheet import Stroke, Words
from ketachart.report.styles import PAPERS, Paper
from ketachart.report.text import extract
from ketachart.report.verify import verify
from tests.helpers.story import Story
from tests.report.charted_visits import (
    LONG_NOTE,
    STORIES,
    changed,
    charted,
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
from tests.report.signed_reports import SIGNED_AT, ask, nurse, root_of

MUCH = {"crowded": crowded, "wordy": wordy, "every kind": every_kind}


def pages_of(content):
    """The text of each page."""
    document = pypdfium2.PdfDocument(content)
    texts = [
        document[n].get_textpage().get_text_range().replace("\ufffe", "-")
        for n in range(len(document))
    ]
    document.close()
    return texts


def laid_out(visit, paper="letter"):
    return pdf.lay_out(document_of(visit, now=last_moment(visit)), paper)


def drawn(laid):
    """The words on each sheet."""
    return [[op for op in sheet.ops if isinstance(op, Words)] for sheet in laid.sheets]


def catalog(content):
    from ketachart.report.offline import keep_offline

    keep_offline()
    from pyhanko.pdf_utils.reader import PdfFileReader

    return PdfFileReader(BytesIO(content), strict=True)


# ------------------------------------------------------------------ every story, both papers


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", STORIES)
def test_every_page_says_whose_it_is_and_which_of_how_many(name, paper):
    report = rendered(name, paper)
    visit, _ = charted(name)
    texts = pages_of(report.content)
    assert len(texts) == report.pages
    for number, text in enumerate(texts, 1):
        assert f"page {number} of {report.pages}" in text
        assert visit.patient.listed_name in text
        assert f"MRN {visit.patient.mrn}" in text
        assert all(allergy.substance in text.lower() for allergy in visit.patient.allergies)
        assert text.count("PRACTICE") >= 2  # in head and foot


@pytest.mark.parametrize("paper", PAPERS)
def test_the_page_has_the_size_of_the_paper(paper):
    document = pypdfium2.PdfDocument(rendered("quiet_hour", paper).content)
    for page in document:
        assert page.get_size() == pytest.approx(
            (PAPERS[paper].width, PAPERS[paper].height), abs=0.1
        )
    document.close()


@pytest.mark.parametrize("name", MUCH)
@pytest.mark.parametrize("paper", PAPERS)
def test_a_visit_that_is_too_much_is_printed_whole(name, paper):
    report = printed(MUCH[name], paper)
    texts = pages_of(report.content)
    assert len(texts) == report.pages > 6
    assert all(f"page {n} of {report.pages}" in text for n, text in enumerate(texts, 1))


def test_a_visit_that_was_only_opened_can_be_printed():
    assert render(Story().patient().order().visit()).pages >= 3
    assert render(Story().visit()).pages >= 3


def test_a_moment_without_its_offset_is_refused():
    visit, now = charted("quiet_hour")
    with pytest.raises(ValueError, match="offset"):
        pdf.render(visit, now=now.replace(tzinfo=None))


# ------------------------------------------------------------------ the bytes


def test_the_same_visit_gives_the_same_bytes_again():
    visit, now = charted("pressure_climbs")
    assert pdf.render(visit, now=now).content == rendered("pressure_climbs").content


AGAIN = """
import hashlib
from tests.report.charted_visits import rendered
print(hashlib.sha256(rendered("quiet_hour", "a4").content).hexdigest())
"""


def test_another_process_gives_the_same_bytes():
    root = Path(__file__).resolve().parents[2]
    ran = subprocess.run(
        [sys.executable, "-c", AGAIN], cwd=root, capture_output=True, text=True, check=True,
        env={"PYTHONPATH": str(root), "PYTHONHASHSEED": "77", "PATH": ""},
    )  # fmt: skip
    mine = hashlib.sha256(rendered("quiet_hour", "a4").content).hexdigest()
    assert ran.stdout.strip() == mine


def test_another_moment_gives_other_bytes():
    visit, now = charted("quiet_hour")
    later = pdf.render(visit, now=now + timedelta(minutes=1)).content
    assert later != rendered("quiet_hour").content
    assert f"D:{now + timedelta(minutes=1):%Y%m%d%H%M%S}-07'00'".encode() in later


@pytest.mark.parametrize("name", ["quiet_hour", "screening_refuses"])
def test_the_file_is_well_formed(name, tmp_path):
    file = tmp_path / "report.pdf"
    file.write_bytes(rendered(name).content)
    said = ask("qpdf", "--check", file)
    assert "WARNING" not in said
    assert "No syntax or stream encoding errors found" in said


def test_only_our_own_letters_are_in_the_file(tmp_path):
    file = tmp_path / "report.pdf"
    file.write_bytes(printed(every_kind).content)
    fonts = ask("pdffonts", file).splitlines()[2:]
    assert len(fonts) == 4
    for line in fonts:
        assert re.match(r"[A-Z]{6}\+IBMPlexSans-\w+ +TrueType +WinAnsi +yes yes yes", line), line
    assert b"Helvetica" not in file.read_bytes()


def test_it_has_a_title_a_language_and_a_way_through():
    content = rendered("quiet_hour").content
    reader = catalog(content)
    assert reader.root["/Lang"] == "en-US"
    info = reader.trailer_view["/Info"]
    assert info["/Title"] == "Ketamine infusion record, 22 Nov 2026"
    assert "Rivera" not in str({key: str(value) for key, value in info.items()})
    document = pypdfium2.PdfDocument(content)
    names = [item.get_title() for item in document.get_toc()]
    pages = [item.get_dest().get_index() for item in document.get_toc()]
    document.close()
    assert names[:4] == ["Summary", "Timeline", "Flags", "Vitals"]
    assert names[-2:] == ["What the signatures mean", "Sources of the limits and questions"]
    assert pages == sorted(pages)
    assert pages[:2] == [0, 1]


# ------------------------------------------------------------------ drafts and signatures


def test_unsigned_stands_behind_every_page_of_a_draft_and_on_no_signed_one():
    assert all("UNSIGNED" in text for text in pages_of(rendered("late_and_corrected").content))
    assert "UNSIGNED" not in extract(signed().report.content)


def test_the_first_page_says_whether_it_is_signed():
    assert "Unsigned draft" in pages_of(rendered("late_and_corrected").content)[0]
    assert "Signed by the nurse 16:12" in pages_of(signed().report.content)[0]


def test_a_visit_that_is_no_practice_says_nothing_of_practice():
    visit, _ = charted("quiet_hour")
    real = changed(visit, f.VisitOpened, practice=False)
    assert "PRACTICE" not in extract(render(real).content)


def test_the_signed_file_begins_with_the_bytes_that_the_visit_gives_again():
    played = signed()
    again = pdf.render(played.visit, now=played.visit.signed.at)
    assert played.report.content.startswith(again.content)
    assert played.visit.report is not None


def test_a_rendered_report_can_be_signed_and_is_found_good():
    made = signing.sign(
        rendered("quiet_hour").content, nurse(), at=SIGNED_AT, reason="I charted it", place="Home"
    )
    verdict = verify(made, trust_pem=root_of())
    assert verdict.good, verdict.faults


# ------------------------------------------------------------------ inside the file


def test_both_files_come_back_as_they_were_put_in():
    visit, now = charted("late_and_corrected")
    document = pypdfium2.PdfDocument(rendered("late_and_corrected").content)
    held = {}
    for number in range(document.count_attachments()):
        attachment = document.get_attachment(number)
        held[attachment.get_name()] = bytes(attachment.get_data())
    document.close()
    assert sorted(held) == ["entries.jsonl", "report.json", "visit.json"]
    assert json.loads(held["visit.json"]) == folded(visit, now=now)
    lines = held["entries.jsonl"].decode().splitlines()
    assert [json.loads(line) for line in lines] == entry_rows(visit)
    assert held["visit.json"].endswith(b"}\n")


def test_both_files_are_named_as_the_data_of_the_report():
    root = catalog(rendered("quiet_hour").content).root
    names = root["/Names"]["/EmbeddedFiles"]["/Names"]
    listed = [str(names[number]) for number in (0, 2, 4)]
    assert listed == ["entries.jsonl", "report.json", "visit.json"]
    specs = [root["/AF"][number] for number in (0, 1, 2)]
    assert [spec["/AFRelationship"] for spec in specs] == ["/Data"] * 3
    kinds = [spec["/EF"]["/F"]["/Subtype"] for spec in specs]
    assert kinds == ["/application/jsonl", "/application/json", "/application/json"]


def test_the_head_of_the_chain_stands_with_what_the_signatures_mean():
    visit, _ = charted("quiet_hour")
    pages = pages_of(rendered("quiet_hour").content)
    (page,) = (page for page in pages if "What the signatures mean" in page)
    assert visit.head in "".join(page.split())


@pytest.mark.parametrize("name", STORIES)
@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_the_sources_end_the_report_and_are_never_parted_from_their_heading(name, paper):
    pages = pages_of(rendered(name, paper).content)
    begin = next(n for n, page in enumerate(pages) if "Sources of the limits" in page)
    assert not any("UK teaching page" in page for page in pages[:begin])
    heading = pages[begin].index("Sources of the limits and questions")
    assert heading < pages[begin].index("Read in the source itself")
    assert all("Sources of the limits and questions, continued" in p for p in pages[begin + 1 :])
    whole = "".join(pages[begin:])
    assert whole.index("Read in a publication") < whole.index("Not verified")


def test_ink_is_drawn_as_lines():
    visit, _ = charted("quiet_hour")
    inked = first(visit, f.InkSigned).fact
    sheet = laid_out(visit).sheets[0]
    lengths = [len(op.points) for op in sheet.ops if isinstance(op, Stroke) and op.round]
    assert lengths[: len(inked.strokes)] == [len(stroke) for stroke in inked.strokes]
    assert b"/Subtype /Image" not in rendered("quiet_hour").content


# ------------------------------------------------------------------ where things stand


@pytest.mark.parametrize("paper", PAPERS)
def test_every_row_is_where_it_is_said_to_be(paper):
    visit = every_kind()
    report = printed(every_kind, paper)
    height = PAPERS[paper].height
    document = pypdfium2.PdfDocument(report.content)
    for entry in visit.of(f.MedicineGiven) + visit.of(f.VitalsTaken) + visit.of(f.NoteWritten):
        page, place = report.row_places[entry.id]
        text = document[page - 1].get_textpage()
        found = text.get_text_bounded(
            left=place.left - 1, right=place.right + 1,
            top=height - place.top, bottom=height - place.bottom,
        )  # fmt: skip
        assert f"{entry.at:%H:%M}" in found
        if isinstance(entry.fact, f.NoteWritten):
            assert entry.fact.text in found
    document.close()


def test_every_entry_but_a_superseded_one_has_a_place():
    visit = every_kind()
    places = printed(every_kind).row_places
    for entry in visit.standing:
        assert entry.id in places, entry.kind


def test_no_row_stands_past_the_foot():
    for visit in (crowded(), wordy()):
        laid = laid_out(visit)
        paper = PAPERS["letter"]
        for _, rect in laid.places.values():
            assert paper.margin < rect.top < rect.bottom <= paper.bottom + 0.01


def test_a_table_that_goes_on_repeats_its_heading_and_says_so():
    texts = pages_of(printed(crowded).content)
    going_on = [n for n, text in enumerate(texts) if "Vitals, continued" in text]
    assert len(going_on) >= 2
    for number in going_on:
        assert re.search(r"rows \d+ to \d+ of 121", texts[number])
        assert "time due T BP mmHg pulse" in " ".join(texts[number].split())
        assert f"continued on page {number + 1}" in texts[number - 1]


def test_no_heading_stands_alone_at_the_foot_of_a_page():
    for visit in (crowded(), wordy(), every_kind()):
        laid = laid_out(visit)
        for _name, page, top in laid.outline[1:]:
            if _name == "Timeline":
                continue  # what stands under it is drawn, not written
            below = [op.y for op in drawn(laid)[page - 1] if op.y > top + 20]
            rows = {round(y) for y in below if y < PAPERS["letter"].foot}
            assert len(rows) >= 1, _name


def test_a_note_that_is_longer_than_a_page_goes_on_and_loses_nothing():
    visit = wordy()
    note = LONG_NOTE * 60
    report = printed(wordy)
    texts = "".join("".join(text.split()) for text in pages_of(report.content))
    sentence = "".join(LONG_NOTE.split())
    assert len(note) > 9000
    assert texts.count(sentence) >= 57  # the few that a page's end parts are found in parts
    entry = next(e for e in visit.of(f.NoteWritten) if e.fact.text == note)
    page, _ = report.row_places[entry.id]
    assert sentence in "".join(pages_of(report.content)[page].split())


def every_side_effect(visit):
    """The visit with every side effect of the protocol, one after the other."""
    start = first(visit, f.InfusionStarted).at
    facts = []
    for number, choice in enumerate(visit.protocol.listed("effect")):
        at = start + timedelta(minutes=3 * number)
        facts.append(f.EffectNoted(at=at, effect=choice.code, grade=2))
        facts.append(f.EffectNoted(at=at + timedelta(minutes=10), effect=choice.code, grade=0))
    return more(visit, *facts)


@pytest.mark.parametrize("visit", [lambda: charted("quiet_hour")[0], wordy])
def test_the_grid_ends_above_the_foot_with_every_side_effect_there_is(visit):
    crowded_visit = every_side_effect(visit())
    document = pypdfium2.PdfDocument(render(crowded_visit).content)
    text = document[1].get_textpage()
    ends = [text.get_charbox(n)[1] for n in range(text.count_chars()) if text.get_charbox(n)[1] > 0]
    said = text.get_text_range()
    document.close()
    assert "IV site pain or swelling" in said
    foot = PAPERS["letter"].height - PAPERS["letter"].foot
    above = [y for y in ends if y > foot]
    assert min(above) > foot + 3


def test_a_visit_of_eight_hours_has_a_second_grid():
    visit, _ = charted("quiet_hour")
    start = first(visit, f.InfusionStarted).at
    late = f.VitalsTaken(at=start + timedelta(hours=8), systolic=120, diastolic=70)
    texts = pages_of(render(more(visit, late)).content)
    assert "Timeline" in texts[1]
    assert "Timeline, continued" in texts[2]
    assert "Flags" in texts[2]


def test_two_reports_that_are_made_at_once_are_as_if_each_were_made_alone():
    names = ("quiet_hour", "pressure_climbs")
    alone = {name: rendered(name).content for name in names}
    with ThreadPoolExecutor(2) as pool:
        made = [(name, pool.submit(again, name)) for name in names * 2]
        assert all(report.result() == alone[name] for name, report in made)


def again(name):
    visit, now = charted(name)
    return pdf.render(visit, now=now).content


def test_page_one_says_how_many_more_there_are_and_where():
    report = printed(wordy)
    texts = pages_of(report.content)
    found = re.search(r"and (\d+) more, page (\d+)", texts[0])
    assert "Look at these, all" in texts[int(found[2]) - 1]
    shown = 40 - int(found[1])
    assert f"[{shown}]" not in texts[0]
    effects = re.search(r"and (\d+) more, page (\d+)", texts[0][found.end() :])
    assert "Side effects, all" in texts[int(effects[2]) - 1]


def test_the_longest_name_stands_whole_on_the_first_page():
    first_page = "".join(pages_of(printed(wordy).content)[0].split())
    assert "".join(wordy().patient.listed_name.split()) in first_page


def test_page_one_of_a_usual_visit_tells_everything_itself():
    for name in STORIES:
        text = extract(rendered(name).content)
        assert "Look at these, all" not in text
        assert "Side effects, all" not in text


def test_a_line_names_the_flag_and_its_page():
    first_page = pages_of(rendered("late_and_corrected").content)[0]
    assert "p. 2 flag 3" in first_page
    assert re.search(r"3\s*\r?\n?13:50", pages_of(rendered("late_and_corrected").content)[1])


def test_a_page_one_that_overflows_is_refused_and_never_set_smaller():
    visit, now = charted("late_and_corrected")
    document = document_of(visit, now=now)
    codes = ("looks", "effects", "ledger", "release", "timeline")
    where = Whereabouts(rows={}, sections=dict.fromkeys(codes, 3), flags={})
    with pytest.raises(CannotPrint, match="Page one"):
        page_one(Paper(612, 600), document.head, document.front, where)


def test_type_is_never_smaller_than_the_floor():
    for visit in (every_kind(), wordy()):
        for words in drawn(laid_out(visit)):
            assert min(op.style.size for op in words) >= 6.8


def test_nothing_is_written_past_a_margin():
    for paper, sheet in PAPERS.items():
        report = printed(wordy, paper)
        document = pypdfium2.PdfDocument(report.content)
        for page in document:
            text = page.get_textpage()
            boxes = [text.get_charbox(n) for n in range(text.count_chars())]
            rights = [right for left, _, right, _ in boxes if right - left < 40]
            assert max(rights) <= sheet.right + 4  # the frame of an alarm's row stands out by 4
        document.close()


def test_a_letter_that_the_fonts_lack_stops_the_report_and_names_the_place():
    visit, now = charted("quiet_hour")
    note = f.NoteWritten(at=now, text="the patient wrote 漢字")
    with pytest.raises(CannotPrint) as refused:
        render(more(visit, note))
    assert refused.value.character == "漢"
    assert f"{now:%H:%M}" in refused.value.field
    assert "cannot be printed" in str(refused.value)
    assert "safe" in str(refused.value)


@pytest.mark.parametrize("moment", ["2026-11-22T13:00:00-07:00", "2026-03-08T01:30:00-06:00"])
def test_the_zone_of_the_times_is_named(moment):
    start = datetime.fromisoformat(moment)
    text = extract(render(Story(start).patient().order().full(5).visit()).content)
    assert f"All times UTC−{-int(start.utcoffset().total_seconds()) // 3600}" in text
