"""The data inside a signed report: whatever is not the signed file, or does not hang together."""

import hashlib
import json
import zlib

import pikepdf
import pytest

from ketachart.domain.folded.reading import broken_at, rows_of
from ketachart.errors import CannotRead, CannotSign
from ketachart.report import signing
from ketachart.report.attach import attachments
from ketachart.report.verify import verify
from tests.report import whole_reports as whole
from tests.report.signed_reports import SIGNED_AT, nurse, report, root_of, supervisor
from tests.report.signed_reports import signed as bare


def found(content, **asked):
    verdict = verify(content, trust_pem=root_of(), **asked)
    assert verdict.good == (not verdict.faults)
    return [(fault.code, fault.sentence) for fault in verdict.faults]


def test_a_report_tells_what_it_was_made_from():
    verdict = verify(whole.signed(), trust_pem=root_of())
    told = verdict.report
    assert (verdict.good, verdict.audit) == (True, True)
    assert (told.number, told.version, told.visit) == ("261122-01", 1, whole.STREAM)
    assert (told.head, told.entries) == (whole.visit().head, len(whole.visit().entries))
    assert (told.patient, told.mrn) == ("Rivera, Elena", "1")
    assert (told.rendered_at, told.paper) == (whole.LATER, "letter")
    assert told.chart == whole.visit()
    details = " ".join(verdict.details)
    assert "Report: 261122-01, version 1, made by KetaChart" in details
    assert f"Audit: {told.entries} entries, chain whole up to {told.head[:8]}" in details
    assert "Pages: not compared" in details


def test_the_signature_names_the_record_and_the_data():
    assert f"/KETA_Head ({whole.visit().head})".encode() in whole.signed()


def test_a_countersignature_leaves_the_data_as_it_was():
    both = signing.countersign(
        whole.signed(), supervisor(), at=SIGNED_AT, reason="Reviewed", place="Clinic"
    )
    verdict = verify(both, trust_pem=root_of(), numbers=True)
    assert (verdict.good, verdict.audit, verdict.numbers.exact) == (True, True, True)
    assert verdict.sentence.endswith("vouches for the signatures.")


def test_a_report_without_data_is_refused_where_its_numbers_are_asked_for():
    assert found(bare()) == []
    ((code, sentence),) = found(bare(), numbers=True)
    assert (code, sentence.split(":")[0]) == ("NO_DATA", "Data")


HONEST = whole.honest()
ENTRIES = HONEST["entries.jsonl"].replace(b'"heart_rate": 74', b'"heart_rate": 47')


@pytest.mark.parametrize(
    ("name", "content", "code", "says"),
    [
        ("entries.jsonl", ENTRIES, "DATA_DIGEST", "entries.jsonl is not the one"),
        ("visit.json", HONEST["visit.json"] + b" ", "DATA_DIGEST", "visit.json is not the one"),
        ("report.json", whole.retold(number="261122-02"), "DATA_OTHER", "says number 261122-02"),
        ("report.json", whole.retold(version=2), "DATA_OTHER", "says version 2"),
        ("report.json", whole.retold(visit="visit-8"), "DATA_OTHER", "says visit visit-8"),
        ("report.json", whole.retold(head="0" * 64), "DATA_HEAD", "does not end where"),
        ("report.json", whole.retold(rendered_at="2026-11-22"), "DATA_UNREADABLE", "when the pag"),
        ("report.json", whole.retold(rendered_at="soon"), "DATA_UNREADABLE", "when the pages"),
    ],
)
def test_data_that_the_key_holder_changed_is_named(name, content, code, says):
    ((named, sentence),) = found(whole.by_hand(whole.with_files({name: content})))
    assert named == code
    assert says in sentence


@pytest.mark.parametrize("content", [whole.retold(format="x"), whole.retold(paper="a0"), b"[]"])
def test_a_report_json_that_is_none_is_not_signed(content):
    with pytest.raises(CannotSign, match="not as KetaChart makes it"):
        signing.sign(
            whole.with_files({"report.json": content}),
            nurse(),
            at=SIGNED_AT,
            reason="I charted it",
            place="Home",
        )


def with_rows(change):
    """A report whose entries are changed row by row, and named rightly by their hash."""
    lines = [json.loads(line) for line in HONEST["entries.jsonl"].decode().splitlines()]
    entries = "".join(f"{json.dumps(row)}\n" for row in change(lines)).encode()
    names = {**json.loads(HONEST["report.json"])["files"]}
    names["entries.jsonl"] = hashlib.sha256(entries).hexdigest()
    return whole.with_files({"entries.jsonl": entries, "report.json": whole.retold(files=names)})


def altered(lines):
    lines[8]["body"]["heart_rate"] = 47
    return lines


def backdated(lines):
    return [*lines[:8], {**lines[8], "recorded_at": "2026-11-22T12:05:00-07:00"}, *lines[9:]]


@pytest.mark.parametrize(
    ("change", "code", "says"),
    [
        (altered, "AUDIT_CHAIN", "entry 9 of"),
        (backdated, "AUDIT_CHAIN", "entry 9 of"),
        (lambda lines: [*lines[:5], *lines[6:]], "AUDIT_CHAIN", "entry 6 of"),
        (lambda lines: [lines[1], lines[0], *lines[2:]], "AUDIT_CHAIN", "entry 1 of"),
        (lambda lines: lines[:-1], "DATA_HEAD", "taken from its end"),
        (lambda lines: [{**lines[0], "number": "1"}], "DATA_UNREADABLE", "Line 1"),
        (lambda lines: [*lines[:3], [], *lines[4:]], "DATA_UNREADABLE", "Line 4"),
        (lambda lines: [{**lines[0], "body": {"x": "\ud800"}}], "AUDIT_CHAIN", "entry 1 of"),
        (lambda lines: [{**lines[0], "body": {"x": 1.5}}], "DATA_UNREADABLE", "Line 1"),
        (lambda lines: [*lines[:2], {**lines[2], "at": "noon"}], "AUDIT_CHAIN", "entry 3 of"),
    ],
)
def test_a_record_that_is_not_whole_is_named_by_its_entry(change, code, says):
    verdict = verify(whole.by_hand(with_rows(change)), trust_pem=root_of())
    (fault,) = verdict.faults
    assert fault.code == code
    assert says in fault.sentence
    assert (verdict.intact, verdict.report) == (False, None)


def test_a_record_made_anew_does_not_end_where_it_was_signed():
    """Every hash worked out again over another pulse: whole by itself, and yet not the one."""
    other = whole.told(heart_rate=47)
    assert broken_at(rows_of(attachments(other, now=whole.LATER)[0].content)) is None
    assert other.head != whole.visit().head


def names_of(opened):
    return opened.Root.Names.EmbeddedFiles.Names


def twice(opened):
    """The same name again, with other content: one reader shows the first, another the last."""
    second = opened.make_indirect(pikepdf.Dictionary(names_of(opened)[1]))
    held = opened.make_indirect(opened.make_stream(b"{}"))
    second.EF = pikepdf.Dictionary(F=held, UF=held)
    names_of(opened).insert(0, names_of(opened)[0])
    names_of(opened).insert(1, second)
    opened.Root.AF.insert(0, second)


def one_more(opened):
    opened.attachments["more.json"] = pikepdf.AttachedFileSpec(opened, b"{}")


def not_associated(opened):
    del opened.Root.AF[0]


def another_name(opened):
    names_of(opened)[1].F = pikepdf.String("other.json")


def two_contents(opened):
    spec = names_of(opened)[1]
    spec.EF.UF = opened.make_indirect(pikepdf.Stream(opened, b"{}"))


def renamed(opened):
    names_of(opened)[0] = pikepdf.String("Entries.jsonl")


def scripts(opened):
    opened.Root.Names.JavaScript = pikepdf.Dictionary(Names=pikepdf.Array())


@pytest.mark.parametrize(
    "change", [twice, one_more, not_associated, another_name, two_contents, renamed, scripts]
)
def test_files_attached_in_another_way_are_refused_and_never_signed(monkeypatch, change):
    edited = whole.edited(change)
    with monkeypatch.context() as patched:
        patched.setattr(signing, "files_in", lambda _: HONEST)  # a program that does not look
        ((code, sentence),) = found(whole.by_hand(edited))
    assert code == "ATTACHMENTS"
    assert sentence.startswith("Data: the attached files")


def test_a_file_that_fills_the_memory_is_not_unpacked(monkeypatch):
    bomb = zlib.compress(b"0" * 300_000)

    def packed(opened):
        stream = names_of(opened)[1].EF.F
        stream.write(bomb, filter=pikepdf.Name.FlateDecode)

    monkeypatch.setattr("ketachart.report.verify_data.MOST", 200_000)
    monkeypatch.setattr(signing, "files_in", lambda _: HONEST)
    ((code, sentence),) = found(whole.by_hand(whole.edited(packed)))
    assert code == "ATTACHMENTS"
    assert "far too large" in sentence


def test_a_signature_over_no_data_beside_data_is_refused(monkeypatch):
    monkeypatch.setattr(signing, "seal_of", lambda _: {})
    assert found(whole.by_hand(whole.printed()))[0][0] == "DATA_DIGEST"


def test_a_signature_over_another_record_than_is_attached_is_refused(monkeypatch):
    told = {**signing.seal_of(HONEST), "/KETA_Head": "0" * 64}
    monkeypatch.setattr(signing, "seal_of", lambda _: told)
    ((code, sentence),) = found(whole.by_hand(whole.printed()))
    assert (code, "another record" in sentence) == ("DATA_HEAD", True)


def test_a_signature_that_names_data_of_another_file_is_refused(monkeypatch):
    other = signing.seal_of(HONEST)
    monkeypatch.setattr(signing, "seal_of", lambda _: other)
    ((code, sentence),) = found(whole.by_hand(report()))
    assert code == "ATTACHMENTS"
    assert "files are none" in sentence


@pytest.mark.parametrize("kept", [hashlib.sha256, None])
def test_the_file_that_the_ledger_keeps_is_known(kept):
    sha256 = kept(whole.signed()).hexdigest() if kept else "0" * 64
    faults = found(whole.signed(), expected={1: sha256, 2: "f" * 64})
    assert [code for code, _ in faults] == ([] if kept else ["OTHER_THAN_KEPT"])


@pytest.mark.parametrize(
    "content",
    [b"\xff\n", b"{}\n", b'{"body": 1}\n', b"[" * 100_000],
)
def test_rows_that_are_none_cannot_be_read(content):
    with pytest.raises(CannotRead, match="attached entries"):
        rows_of(content)


def acts(opened):
    opened.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def page_acts(opened):
    opened.pages[1].AA = pikepdf.Dictionary()


def laid_over(opened):
    note = pikepdf.Dictionary(Subtype=pikepdf.Name.FreeText, Rect=[0, 0, 9, 9], Contents="0 mg")
    opened.pages[2].Annots = pikepdf.Array([opened.make_indirect(note)])


def link_with_a_face(opened):
    face = opened.make_stream(b"")
    link = pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], AP={"/N": face})
    opened.pages[0].Annots = pikepdf.Array([opened.make_indirect(link)])


def layers(opened):
    opened.Root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array())


def without_end(opened):
    opened.Root.Pages.Kids.append(opened.Root.Pages)


@pytest.mark.parametrize(
    ("change", "code", "says"),
    [
        (acts, "BANNED_FEATURE", "/OpenAction"),
        (layers, "BANNED_FEATURE", "/OCProperties"),
        (page_acts, "ANNOTATION", "page 2"),
        (laid_over, "ANNOTATION", "page 3"),
        (link_with_a_face, "ANNOTATION", "page 1"),
        (without_end, "PARSE_ERROR", "cannot be read"),
    ],
)
def test_what_acts_hides_or_lies_over_a_page_is_refused_without_drawing_it(change, code, says):
    ((named, sentence),) = found(whole.by_hand(whole.edited(change)))
    assert (named, says in sentence) == (code, True)
