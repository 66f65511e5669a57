"""`verify` answers by its exit code and in one sentence whether a report is what was signed."""

import re

import pytest

from tests.helpers.command import command


@pytest.fixture(scope="module")
def signed(replayed):
    """A signed report and the root certificate to trust."""
    out = replayed("late_and_corrected")[1]
    return out / "report.pdf", out / "root.pem"


def test_a_good_report_with_its_authority(signed):
    report, root = signed
    answer = command("verify", report, "--trust", root)
    assert answer.code == 0
    first, *details = answer.out.splitlines()
    assert first == (
        "This report is exactly as it was signed by Julia Alvarez, RN, of Desert Bloom Infusion. "
        "The authority you trust vouches for the signature."
    )
    told = "\n".join(details)
    assert "  Nurse: Julia Alvarez, RN, staff number ja, of Desert Bloom Infusion; signed " in told
    assert re.search(r"Certificate( [0-9a-f]{4}){16}\n", told)
    assert re.search(r"Report: \d{6}-\d\d, version 1, made by KetaChart", told)
    assert re.search(r"Audit: \d+ entries, chain whole up to [0-9a-f]{8} …", told)
    assert re.search(r"Pages: all \d+ numbers on \d+ pages agree with the attached data", told)
    assert "Withdrawn certificates: not checked" in told


def test_the_comparison_of_numbers_can_be_left_out(signed):
    assert "Pages: not compared" in command("verify", signed[0], "--quick").out


def test_without_an_authority_it_says_that_nobody_was_asked(signed):
    answer = command("verify", signed[0])
    assert answer.code == 0
    assert "who signed was not checked" in answer.out
    assert "ask the clinic for its trust file" in answer.out.splitlines()[-1]
    assert command("verify", signed[0], "--json").json["trusted"] is None


def test_the_answer_in_json(signed):
    report, root = signed
    answer = command("verify", report, "--trust", root, "--json").json
    assert set(answer) == {
        "good", "intact", "trusted", "sentence", "signers", "faults", "details", "report", "audit",
        "numbers", "withdrawn",
    }  # fmt: skip
    assert (answer["good"], answer["intact"], answer["trusted"]) == (True, True, True)
    assert answer["faults"] == []
    (signer,) = answer["signers"]
    assert (signer["name"], signer["staff_id"], signer["role"]) == ("Julia Alvarez", "ja", "Nurse")
    assert signer["signed_at"] == "2026-11-22T16:12:00-07:00"


@pytest.mark.parametrize("place", [0.1, 0.5, 0.9])
def test_a_changed_byte_is_found(signed, tmp_path, place):
    content = bytearray(signed[0].read_bytes())
    content[int(len(content) * place)] ^= 1
    path = tmp_path / "changed.pdf"
    path.write_bytes(content)
    answer = command("verify", path, "--trust", signed[1])
    assert answer.code == 1
    assert answer.out.startswith("Do not rely on this file.")
    plain = command("verify", path, "--trust", signed[1], "--json")
    assert (plain.code, plain.json["good"]) == (1, False)
    assert plain.json["faults"][0]["code"]


@pytest.mark.parametrize("change", [lambda c: c[:-100], lambda c: c + b"\n%%EOF\n"])
def test_a_report_that_was_cut_or_grown_is_not_good(signed, tmp_path, change):
    path = tmp_path / "changed.pdf"
    path.write_bytes(change(signed[0].read_bytes()))
    assert command("verify", path).code == 1


def test_the_authority_of_another_clinic_does_not_vouch(signed, replayed):
    other = replayed("quiet_hour")[1] / "root.pem"
    answer = command("verify", signed[0], "--trust", other, "--json")
    assert answer.code == 1
    assert (answer.json["intact"], answer.json["trusted"]) == (True, False)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "file.pdf is empty. Copy it again from where it came."),
        (b" \n", "file.pdf is empty. Copy it again from where it came."),
        (b"a text", "This file is not a PDF. Choose the signed report."),
        (None, "There is no file.pdf there."),
    ],
)
def test_what_is_no_report_could_not_be_read(tmp_path, content, says):
    path = tmp_path / "file.pdf"
    if content is not None:
        path.write_bytes(content)
    answer = command("verify", path)
    assert (answer.code, answer.out) == (2, "")
    assert says in answer.err
    assert says in command("verify", path, "--json").json["error"]


@pytest.mark.parametrize("content", [b"", b"a text", b"-----BEGIN CERTIFICATE-----\nAA==\n"])
def test_a_certificate_that_is_none_could_not_be_read(signed, tmp_path, content):
    path = tmp_path / "cert.pem"
    path.write_bytes(content)
    answer = command("verify", signed[0], "--trust", path)
    assert answer.code == 2
    assert "certificate to trust cannot be read" in answer.err


def test_the_report_may_not_be_given_as_its_own_certificate(signed):
    assert command("verify", signed[0], "--trust", signed[0]).code == 2


def test_several_files_get_a_line_each_and_a_summary(signed, tmp_path):
    report, root = signed
    changed = bytearray(report.read_bytes())
    changed[2000] ^= 1
    folder = tmp_path / "stick" / "november"
    folder.mkdir(parents=True)
    (folder / "changed.PDF").write_bytes(changed)
    (folder / "good.pdf").write_bytes(report.read_bytes())
    (folder / "notes.txt").write_text("no report")
    answer = command("verify", tmp_path / "stick", "--trust", root, "--quick")
    lines = answer.out.splitlines()
    assert answer.code == 1
    assert lines[0].startswith(f"BAD    {folder / 'changed.PDF'}: Do not rely on this file.")
    assert lines[1].startswith(f"good   {folder / 'good.pdf'}: This report is exactly as")
    assert lines[2] == "2 files: 1 good, 1 not to be relied on, 0 could not be read."


def test_what_cannot_be_read_does_not_keep_the_others_from_being_checked(signed, tmp_path):
    empty = tmp_path / "empty.pdf"
    empty.write_bytes(b"")
    answer = command("verify", empty, tmp_path / "gone.pdf", signed[0], "--quick", "--json")
    assert answer.code == 2
    assert answer.json["counts"] == {"good": 1, "not_good": 0, "unread": 2}
    assert [one["good"] for one in answer.json["files"]] == [False, False, True]
    empty = "empty.pdf is empty. Copy it again from where it came."
    assert answer.json["files"][0]["error"] == empty
    assert command("verify", signed[0], signed[0], signed[0].parent, "--quick").code == 0


def test_a_folder_without_reports_is_said(tmp_path):
    answer = command("verify", tmp_path)
    assert (answer.code, answer.out) == (2, "")
    assert "There is no PDF in" in answer.err


def test_a_wrong_trust_file_stops_the_check_of_several(signed, tmp_path):
    path = tmp_path / "cert.pem"
    path.write_bytes(b"a text")
    assert command("verify", signed[0], signed[0].parent, "--trust", path).code == 2
