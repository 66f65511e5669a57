"""The signature in the real window, and what may leave the laptop once the visit is signed."""

import errno
import hashlib
import os
import threading

import pytest
from PySide6.QtCore import Qt

from ketachart.commands.player import PASSPHRASE
from ketachart.domain.facts import EmergencyDeclared, NoteWritten, ReportSigned, VisitSigned
from ketachart.errors import CannotSign, DiskFull
from ketachart.report import authority
from ketachart.report.verify import verify
from tests.helpers.closing import Closing
from tests.helpers.qt import LOOKS, luminances, reachable, spoken_name
from ui import saving

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
SIZES = tuple((scale, *size) for size, scale in LOOKS)


@pytest.fixture
def clear(tmp_path, qapp):  # noqa: ARG001 - the application has to be there first
    """Nothing stands in the way."""
    made = Closing(tmp_path / "l", "quiet_hour", "sign")
    yield made
    made.close()


@pytest.fixture
def points(tmp_path, qapp):  # noqa: ARG001 - as above
    """Five points stand in the way."""
    made = Closing(tmp_path / "l", "pressure_climbs", "sign", before="drug-wasted")
    yield made
    made.close()


@pytest.fixture
def signed(clear):
    """Signed by keyboard."""
    sign(clear)
    return clear


def sign(window, passphrase=PASSPHRASE):
    """Types the passphrase, presses Enter, and waits as the nurse does."""
    window.screen.sign.passphrase.setFocus()
    window.type(passphrase)
    window.keys(ENTER)
    window.work_done()


def card(window):
    return window.said(window.screen.sign)


def primary(window):
    return window.screen.sign.primary


def kept(window):
    return window.desk.signed_report()


# ------------------------------------------------------------------ what is missing


def test_the_button_says_what_is_missing_until_it_signs(clear):
    assert primary(clear).words() == "Type your passphrase to sign"
    assert not primary(clear).isEnabled()
    clear.main_button()
    assert clear.focused() == "Your passphrase, again"
    clear.type("x")
    assert primary(clear).words() == "Sign and lock"
    assert primary(clear).isEnabled()


def test_open_points_are_counted_on_the_button_and_nothing_is_signed(points):
    assert primary(points).words() == "Settle 5 points to sign"
    sign(points)
    assert primary(points).words() == "Settle 5 points to sign"
    assert points.visit.signed is None


def test_who_signs_and_what_it_means_is_said(clear):
    said = card(clear)
    assert "Julia Alvarez, RN, AZ 184220" in said
    assert (
        "By signing I say: I gave this care, and this is my record of it. After that nothing in it "
        "can be changed; what is missing is added as a signed addendum."
    ) in said


def test_the_passphrase_is_never_seen(clear):
    clear.type(PASSPHRASE)
    assert clear.screen.sign.passphrase._line.displayText() == "●" * len(PASSPHRASE)


# ------------------------------------------------------------------ signing


def test_the_passphrase_and_enter_sign_the_visit(clear):
    sign(clear)
    lock, made = clear.last(VisitSigned), clear.last(ReportSigned)
    assert lock.meaning == "I gave this care, and this is my record of it."
    assert (lock.signer, lock.incomplete) == ("ja", "")
    assert made.sha256 == hashlib.sha256(kept(clear).content).hexdigest()
    assert clear.visit.entries[-2].fact == lock


def test_it_is_signed_without_having_read_the_preview(clear):
    assert not clear.screen.reading.has_been_read()
    sign(clear)
    assert clear.visit.signed is not None


def test_each_step_is_said_while_it_is_done(clear, monkeypatch):
    said = []
    begin = clear.desk.sign

    def watched(*args, **named):
        job = begin(*args, **named)
        job.said.connect(said.append)
        said.append(clear.screen.sign.primary.words())
        return job

    monkeypatch.setattr(clear.desk, "sign", watched)
    sign(clear)
    assert said[1:] == ["Opening your key", "Writing the report", "Reading it back", "Signing"]


class Held:
    """Holds the worker at the signer's key until it is let go."""

    def __init__(self, monkeypatch):
        self.go = threading.Event()
        opens = authority.open_credential

        def slow(*args, **named):
            self.go.wait(20)
            return opens(*args, **named)

        monkeypatch.setattr(authority, "open_credential", slow)


def test_it_cannot_be_pressed_twice(clear, monkeypatch):
    held, begun = Held(monkeypatch), []
    begin = clear.desk.sign
    monkeypatch.setattr(
        clear.desk, "sign", lambda *args, **named: begun.append(1) or begin(*args, **named)
    )
    clear.type(PASSPHRASE)
    clear.main_button()
    assert primary(clear).words() == "Signing…"
    assert not primary(clear).isEnabled()
    assert not clear.screen.sign.passphrase.isEnabled()
    assert not clear.screen.sign.incomplete.isVisible()
    clear.main_button()
    clear.alt(Qt.Key.Key_I)
    assert not clear.screen.sign.is_incomplete()
    held.go.set()
    clear.work_done()
    assert len(begun) == 1
    assert len(clear.visit.facts(VisitSigned)) == 1


def test_what_is_charted_meanwhile_is_not_left_out_of_what_is_signed(clear, monkeypatch):
    held = Held(monkeypatch)
    clear.type(PASSPHRASE)
    clear.main_button()
    clear.desk.record(NoteWritten(at=clear.desk.now(), text="one more"))
    held.go.set()
    clear.work_done()
    assert clear.visit.signed is None
    assert any("Something was charted while the report" in text for text in card(clear))
    assert clear.screen.sign.passphrase.text() == PASSPHRASE
    clear.main_button()
    clear.work_done()
    assert clear.visit.signed is not None
    assert "one more" in [fact.text for fact in clear.visit.facts(NoteWritten)]


def test_a_wrong_passphrase_is_named_and_keeps_everything(clear):
    before = clear.visit.head
    sign(clear, "not the passphrase at all")
    said = card(clear)
    assert "It is not signed" in said
    assert (
        "This passphrase does not open the signing key. Nothing was signed or changed. "
        "Type it again."
    ) in said
    assert clear.visit.signed is None
    assert clear.visit.head == before
    assert clear.screen.sign.passphrase.text() == "not the passphrase at all"
    assert clear.focused() == "Your passphrase, again"
    clear.screen.sign.passphrase.clear()
    sign(clear)
    assert clear.visit.signed is not None


def test_a_full_disk_signs_nothing_and_keeps_everything(clear, monkeypatch):
    def full(_sealed):
        raise DiskFull("The disk is full. Free some room, then sign again.")

    monkeypatch.setattr(clear.desk.room, "finish_signature", full)
    sign(clear)
    assert clear.visit.signed is None
    assert "The disk is full. Free some room, then sign again." in card(clear)
    assert clear.screen.sign.passphrase.text() == PASSPHRASE
    monkeypatch.undo()
    clear.main_button()
    clear.work_done()
    assert clear.visit.signed is not None


# ------------------------------------------------------------------ incomplete


def test_it_can_be_signed_incomplete_with_a_reason_by_keys_alone(points):
    points.alt(Qt.Key.Key_I)
    assert points.focused() == "Why it is signed although it is not complete"
    assert primary(points).words() == "Write why it is not complete"
    points.type("taken to hospital")
    assert primary(points).words() == "Type your passphrase to sign"
    points.screen.sign.passphrase.setFocus()
    points.type(PASSPHRASE)
    assert primary(points).words() == "Sign incomplete and lock"
    points.main_button()
    points.work_done()
    assert points.last(VisitSigned).incomplete == "taken to hospital"
    said = points.said(points.column)
    assert "Signed incomplete" in said
    assert "taken to hospital" in said


def test_a_wrong_passphrase_keeps_the_reason_too(points):
    points.alt(Qt.Key.Key_I)
    points.type("taken to hospital")
    sign(points, "not the passphrase at all")
    assert points.screen.sign.reason.text() == "taken to hospital"
    assert points.screen.sign.is_incomplete()
    assert points.visit.signed is None


def test_going_back_to_complete_keeps_the_reason_and_asks_for_the_points(points):
    points.alt(Qt.Key.Key_I)
    points.type("taken to hospital")
    points.alt(Qt.Key.Key_I)
    assert primary(points).words() == "Settle 5 points to sign"
    assert not points.screen.sign.reason.isVisible()
    points.alt(Qt.Key.Key_I)
    assert points.screen.sign.reason.text() == "taken to hospital"


def test_an_open_sheet_gives_way_to_signing_incomplete(points):
    points.alt(Qt.Key.Key_1)
    points.alt(Qt.Key.Key_I)
    assert points.column.open_name == ""
    assert points.focused() == "Why it is signed although it is not complete"


# ------------------------------------------------------------------ signed


def test_the_signed_state_says_when_by_whom_and_by_which_certificate(signed):
    said = signed.said(signed.column)
    lock, made = signed.last(VisitSigned), signed.last(ReportSigned)
    for text in (
        "Signed and locked",
        "Nothing in it can be changed. What is missing is written as an addendum.",
        "Julia Alvarez",
        "22 Nov 2026, 16:08:00",
        lock.certificate[:16],
        made.sha256[:16],
        f"{made.pages} pages, version 1",
    ):
        assert text in said
    assert signed.focused() == "Save the PDF…"


def test_the_signed_pages_are_shown_and_cannot_be_left(signed):
    assert signed.screen.reading.isVisible()
    pages = len(signed.screen.report.pages)
    assert f"Page 1 of {pages}" in signed.said(signed.screen.reading)
    assert pages == signed.last(ReportSigned).pages
    signed.keys(ESC)
    assert signed.screen.reading.isVisible()


def test_the_passphrase_is_forgotten_once_it_is_signed(signed):
    assert signed.screen.sign.passphrase.text() == ""


@pytest.mark.parametrize("key", [Qt.Key.Key_E, Qt.Key.Key_I])
def test_nothing_of_signing_is_left_to_press(signed, key):
    signed.alt(key)
    assert signed.column.open_name == ""
    assert signed.focused() == "Save the PDF…"
    with pytest.raises(CannotSign, match="already"):
        signed.desk.sign(PASSPHRASE)
    assert len(signed.visit.facts(VisitSigned)) == 1


def test_a_signed_visit_takes_no_more_vitals_and_says_so(signed):
    before = signed.visit.entries
    signed.keys(Qt.Key.Key_F2)
    signed.settle()
    vitals = signed.column.sheet("vitals")
    vitals.figures["heart_rate"].set_text("78")
    signed.main_button()
    assert any("signed and locked" in text for text in signed.said(signed.column))
    assert vitals.figures["heart_rate"].text() == "78"
    assert signed.visit.entries == before


def test_a_signed_visit_takes_no_strike_and_no_emergency(signed):
    before = signed.visit.entries
    signed.control(Qt.Key.Key_Z)
    assert any("The visit is signed and stays" in text for text in signed.said(signed.column))
    signed.main_button()
    signed.keys(Qt.Key.Key_F8)
    signed.settle()
    assert any("signed and locked" in text for text in signed.said(signed.window))
    assert signed.last(EmergencyDeclared) is None
    assert signed.visit.entries == before


# ------------------------------------------------------------------ saving


@pytest.mark.parametrize("key", [Qt.Key.Key_S, Qt.Key.Key_Return])
def test_the_saved_file_is_what_was_signed_and_a_stranger_finds_it_good(
    signed, scripted, tmp_path, key
):
    out = tmp_path / "to the clinic"
    out.mkdir()
    scripted.will("ask_save_path", out / "visit.pdf", out / "root.pem")
    signed.control(key)
    signed.alt(Qt.Key.Key_T)
    content, trust = (out / "visit.pdf").read_bytes(), (out / "root.pem").read_bytes()
    assert content == kept(signed).content
    assert sorted(path.name for path in out.iterdir()) == ["root.pem", "visit.pdf"]
    verdict = verify(content, trust_pem=trust)
    assert (verdict.good, verdict.intact, verdict.trusted) == (True, True, True)
    assert verdict.signers[0].name == "Julia Alvarez"
    middle = len(content) // 2
    flipped = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
    assert not verify(flipped, trust_pem=trust).good


def test_where_it_was_saved_is_said_and_offered_the_next_time(signed, scripted, tmp_path):
    scripted.will("ask_save_path", tmp_path / "visit.pdf")
    signed.control(Qt.Key.Key_S)
    said = [text.replace("\u200b", "") for text in signed.said(signed.column)]
    assert "Saved" in said
    assert str(tmp_path / "visit.pdf") in said
    assert signed.desk.preferences.export_folder == str(tmp_path)


def test_a_cancelled_save_writes_nothing_and_says_nothing(signed, scripted, tmp_path):
    before = sorted(tmp_path.rglob("*.pdf"))
    scripted.will("ask_save_path", None)
    signed.control(Qt.Key.Key_S)
    assert scripted.asked == [("ask_save_path", "Save the signed report")]
    assert sorted(tmp_path.rglob("*.pdf")) == before
    assert not signed.screen.signed._trouble.isVisible()


FAULTS = (
    (errno.ENOSPC, "There is no room there."),
    (errno.EDQUOT, "There is no room there."),
    (errno.EROFS, "That folder cannot be written to."),
    (errno.EACCES, "That folder cannot be written to."),
    (errno.EIO, "The file could not be written there."),
)


def test_a_disk_that_does_not_take_it_is_named_and_everything_is_kept(
    signed, scripted, tmp_path, monkeypatch
):
    for number, (fault, sentence) in enumerate(FAULTS):
        for step in ("mkstemp", "fsync"):
            out = tmp_path / f"stick-{number}-{step}"
            out.mkdir()
            refused_by_the_disk(signed, scripted, monkeypatch, out, (fault, sentence, step))


def refused_by_the_disk(signed, scripted, monkeypatch, out, case):
    """Saving fails at one step with one fault, says so, and succeeds once the disk takes it."""
    fault, sentence, step = case

    def fails(*_args, **_named):
        raise OSError(fault, os.strerror(fault))

    (out / "visit.pdf").write_bytes(b"the one from last time")
    where = saving.tempfile if step == "mkstemp" else saving.os
    with monkeypatch.context() as patch:
        patch.setattr(where, step, fails)
        scripted.will("ask_save_path", out / "visit.pdf")
        signed.control(Qt.Key.Key_S)
    said = signed.said(signed.column)
    assert "The report was not saved" in said, case
    told = [text for text in said if text.startswith(sentence)]
    assert len(told) == 1, (case, said)
    assert "What is in the chart is safe." in told[0], case
    assert [path.name for path in out.iterdir()] == ["visit.pdf"], case
    assert (out / "visit.pdf").read_bytes() == b"the one from last time", case
    scripted.will("ask_save_path", out / "visit.pdf")
    signed.control(Qt.Key.Key_S)
    assert (out / "visit.pdf").read_bytes() == kept(signed).content, case
    assert "The report was not saved" not in signed.said(signed.column), case


def test_a_folder_that_is_gone_is_named(signed, scripted, tmp_path):
    scripted.will("ask_save_path", tmp_path / "pulled out" / "root.pem")
    signed.alt(Qt.Key.Key_T)
    said = signed.said(signed.column)
    assert "The trust file was not saved" in said
    assert any(text.startswith("The file could not be written there.") for text in said)


def test_the_trust_file_holds_no_secret(signed, scripted, tmp_path):
    scripted.will("ask_save_path", tmp_path / "root.pem")
    signed.alt(Qt.Key.Key_T)
    text = (tmp_path / "root.pem").read_text()
    assert text == signed.desk.office.root_certificate
    assert text.count("BEGIN") == 1
    assert "BEGIN CERTIFICATE" in text


# ------------------------------------------------------------------ how it looks


def test_nothing_is_cut_off_once_it_is_signed(signed):
    for size in SIZES:
        signed.wear(*size)
        assert signed.cut_off() == [], size


def test_nothing_is_cut_off_while_a_long_reason_and_a_fault_are_shown(points):
    points.alt(Qt.Key.Key_I)
    points.screen.sign.reason.set_text("taken to the hospital by the ambulance, " * 8)
    points.screen.sign._failed("The passphrase is not right. " * 6)
    for size in SIZES:
        points.wear(*size)
        assert points.cut_off() == [], size


def test_the_signed_visit_is_dim_and_everything_in_it_has_a_name(signed):
    mean, _ = luminances(signed.window.grab().toImage())
    assert mean <= 0.03
    for widget in (*reachable(signed.screen), *reachable(signed.screen.panel())):
        assert spoken_name(widget), widget
