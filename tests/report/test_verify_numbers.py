"""Pages that say something else than the data beside them are refused, with page and number."""

from dataclasses import replace
from datetime import UTC, timedelta
from functools import cache

import pikepdf
import pytest

from ketachart.errors import CannotPrint
from ketachart.report import pdf, redrawn, verify_numbers
from ketachart.report.verify import verify
from ketachart.report.verify_numbers import NUMBER
from tests.report import whole_reports as whole
from tests.report.signed_reports import root_of


def looked(content):
    return verify(content, trust_pem=root_of(), numbers=True)


@pytest.fixture(autouse=True, scope="module")
def _drawn_once():
    """The pages of one record are drawn once for all tests here; they are the same each time."""
    render = pdf.render
    held = {}

    def once(visit, **asked):
        key = (visit.head, *asked.values())
        if key not in held:
            held[key] = render(visit, **asked)
        return held[key]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pdf, "render", once)
        yield


@cache
def lying():
    """The data says a pulse of 74; the pages, signed with the nurse's own key, say 147."""
    return whole.lying(whole.told(heart_rate=147), whole.visit())


def test_every_number_is_found_in_the_data_again():
    verdict = looked(whole.signed())
    numbers = verdict.numbers
    assert (verdict.good, numbers.exact, numbers.astray) == (True, True, ())
    assert numbers.printed == numbers.agree > 300
    read = verify_numbers.page_texts(whole.printed())
    assert (numbers.printed, numbers.pages) == (sum(map(counted, read)), len(read))
    assert f"all {numbers.printed} numbers on {numbers.pages} pages agree" in " ".join(
        verdict.details
    )
    assert verdict.as_json()["numbers"]["agree"] == numbers.printed


def counted(page):
    return len(NUMBER.findall(page))


def test_several_looks_at_one_report_draw_its_pages_once(monkeypatch):
    redrawn.forget()
    render, drawn = pdf.render, []
    monkeypatch.setattr(
        pdf, "render", lambda chart, **how: drawn.append(how["now"]) or render(chart, **how)
    )
    first = looked(whole.signed())
    assert looked(whole.signed()).numbers == first.numbers
    assert len(drawn) == 1
    other = replace(first.report, rendered_at=first.report.rendered_at.astimezone(UTC))
    assert other == first.report  # the same moment, told by another zone
    for report in (other, first.report, other):
        redrawn.redrawn(report)
    assert len(drawn) == 2


def test_only_the_last_few_are_kept(monkeypatch):
    redrawn.forget()
    drawn = []
    monkeypatch.setattr(pdf, "render", lambda _chart, **how: drawn.append(how["now"]) or how["now"])
    report = looked_at()
    moments = [report.rendered_at + timedelta(minutes=n) for n in range(redrawn.KEPT + 1)]
    for moment in (*moments, moments[-1], moments[1], moments[0]):
        assert redrawn.redrawn(replace(report, rendered_at=moment)) == moment
    assert drawn == [*moments, moments[0]]
    redrawn.forget()


def looked_at():
    return verify(whole.signed(), trust_pem=root_of()).report


def test_without_asking_no_page_is_drawn(monkeypatch):
    monkeypatch.setattr(pdf, "render", None)
    assert verify(whole.signed(), trust_pem=root_of()).numbers is None


def test_a_page_that_lies_is_named_with_its_number():
    verdict = looked(whole.by_hand(lying()))
    assert (verdict.intact, verdict.trusted) == (False, False)
    assert {fault.code for fault in verdict.faults} == {"PAGE_NUMBERS"}
    sentences = [fault.sentence for fault in verdict.faults]
    assert "Pages: page 3 prints “147” where the attached data gives “74”." in sentences
    assert verdict.sentence.startswith("Do not rely on this file. Pages: page ")
    assert verdict.numbers.agree < verdict.numbers.printed
    assert [signer.name for signer in verdict.signers] == ["Jane Roe"]


def test_a_page_that_is_left_out_is_named():
    def shorter(opened):
        del opened.pages[-1]

    faults = looked(whole.by_hand(whole.edited(shorter))).faults
    assert faults[-1].code == "PAGE_NUMBERS"
    assert "lacks" in faults[-1].sentence


def drawn(code):
    """More on the first page: a piece of its drawing language."""

    def change(opened):
        opened.pages[0].contents_add(opened.make_stream(code))

    return change


def other_letters(opened):
    """A font whose letters look like others: the text that is read stays the same."""
    fonts = opened.pages[0].resources["/Font"]
    for key in list(fonts.keys()):
        letters = fonts[key].FontDescriptor.FontFile2
        letters.write(letters.read_bytes() + b"\0")


def picture(opened):
    image = opened.make_stream(b"\0", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image)
    image.Width = image.Height = 1
    image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceGray, 8
    opened.pages[0].resources["/XObject"] = pikepdf.Dictionary(Over=image)


def test_a_picture_on_a_page_is_refused_without_drawing_it():
    (fault,) = looked(whole.by_hand(whole.edited(picture, whole.older()))).faults
    assert fault.code == "BANNED_FEATURE"
    assert "page 1 holds /XObject" in fault.sentence


def titled(opened):
    """A viewer shows the title above the page."""
    opened.docinfo["/Title"] = "Reviewed and approved"


TRICKS = [
    titled,
    drawn(b"q 1 g 40 40 300 300 re f Q"),  # a white sheet over the figures
    drawn(b"BT 3 Tr ET"),
    other_letters,
]


@pytest.mark.parametrize("change", TRICKS)
def test_the_same_words_with_something_else_drawn_or_hidden_are_refused(change):
    (fault,) = looked(whole.by_hand(whole.edited(change))).faults
    assert fault.code == "PAGE_DRAWN"
    assert "something else is drawn or hidden" in fault.sentence


def test_the_same_pages_packed_otherwise_are_the_same():
    verdict = looked(whole.by_hand(whole.edited(lambda _: None)))
    assert (verdict.good, verdict.numbers.exact) == (True, True)


def test_pages_of_another_version_are_read_number_by_number():
    verdict = looked(whole.by_hand(whole.older()))
    assert (verdict.good, verdict.numbers.exact) == (True, False)
    assert "KetaChart 0.0.9 made them" in " ".join(verdict.details)


def test_a_number_that_another_version_made_up_is_named():
    told = {"report.json": whole.retold(program="KetaChart 0.0.9")}
    verdict = looked(whole.by_hand(whole.with_files(told, lying())))
    assert verdict.faults[0].code == "PAGE_NUMBERS"
    assert "prints “147”, which the attached data does not give" in verdict.faults[0].sentence
    assert "DATA_HEAD" in {fault.code for fault in verdict.faults}  # of the other record's chain


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (drawn(b"BT 3 Tr ET"), "hidden text"),
        (drawn(b"/Over Do"), "not text"),
    ],
)
def test_nothing_hides_words_in_pages_of_another_version(change, says):
    (fault,) = looked(whole.by_hand(whole.edited(change, whole.older()))).faults
    assert fault.code == "PAGE_DRAWN"
    assert says in fault.sentence


def test_data_that_cannot_be_printed_is_refused(monkeypatch):
    def refuses(*_, **__):
        raise CannotPrint("“看” in the name cannot be printed.")

    redrawn.forget()
    monkeypatch.setattr(pdf, "render", refuses)
    verdict = looked(whole.signed())
    assert [fault.code for fault in verdict.faults] == ["PAGE_NUMBERS"]
    assert "cannot be printed again. “看”" in verdict.sentence


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("page 987 of 988, rows 901 to 954 of 977", []),
        ("Timeline 23:45 250", []),
        ("Timeline 23:46", ["23:46"]),
        ("Vitals 23:45", ["23:45"]),
        ("Timeline 987.5 mg", ["987.5"]),
    ],
)
def test_of_another_version_where_things_stand_is_not_compared(monkeypatch, text, found):
    head = whole.visit().head
    told = f"{text} {head[:8]} … {head[-8:]}"
    pages = iter([(told,), verify_numbers.page_texts(whole.printed())])  # theirs, then today's
    monkeypatch.setattr(verify_numbers, "page_texts", lambda _: next(pages))
    verdict = looked(whole.by_hand(whole.older()))
    # the hash's own digits are no numbers of the chart
    astray = [one.printed for one in verdict.numbers.astray if one.printed in text]
    assert astray == found


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("34.1 mg at 14:05", ["34.1", "14:05"]),
        ("RASS −2, not 2", ["−2", "2"]),
        ("22 Nov 2026.", ["22", "2026"]),
        ("nothing", []),
    ],
)
def test_what_a_number_is(text, numbers):
    assert NUMBER.findall(text) == numbers
