"""One whole visit by keyboard alone through the real window, and the paper holds what was typed.

Nobody signs their name with keys: here patient and adult do not sign, and the nurse charts why, by
keyboard (“Cannot or refuses…”). `test_demo.py` charts the same visit with both drawn by pen.
"""

import io
import json
import re
import shutil
import sys
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from ketachart.commands import line
from ketachart.commands.player import PASSPHRASE
from ketachart.domain import facts as f
from ketachart.domain.infusion import delivered
from ketachart.domain.quantities import Mg
from ketachart.report.text import extract
from ketachart.report.verify import verify
from tests.helpers.network import trap
from tests.report.signed_reports import ask
from ui import app
from ui.demo_clinic import SceneClock
from ui.demo_course import phases, save
from ui.demo_driver import Driver
from ui.demo_visit import OFFSET

pytestmark = [
    pytest.mark.slow,
    # the dialog that saves offers files in a list of its own, which a real screen would let grab
    pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True),
]

ONE = datetime(2026, 11, 21, 13, 0, tzinfo=OFFSET)


class Pointer(QObject):
    """Notes every press of a pointer while it watches."""

    def __init__(self):
        super().__init__()
        self.presses = []
        QApplication.instance().installEventFilter(self)

    def eventFilter(self, thing, event):  # noqa: N802 - Qt's own name
        """Only looks."""
        if event.type() in {QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin}:
            self.presses.append(repr(thing))
        return False


class Sounds:
    """Notes every sound that is asked for, whoever asks."""

    def __init__(self, noted):
        self.asked = []
        noted.setattr(QApplication, "beep", lambda: self.asked.append("beep"))
        for name in ("PySide6.QtMultimedia", "PySide6.QtTextToSpeech", "winsound"):
            noted.setitem(sys.modules, name, None)  # whoever would import it is stopped
        for stream in ("stdout", "stderr"):
            noted.setattr(sys, stream, _Written(getattr(sys, stream), self.asked))


class _Written(io.TextIOBase):
    """A stream on which a bell is heard."""

    def __init__(self, through, asked):
        self._through, self._asked = through, asked

    def write(self, text):
        """Passed on."""
        if "\a" in text:
            self._asked.append("bell")
        return self._through.write(text)

    def flush(self):
        """Passed on."""
        self._through.flush()


class Charted:
    """What came of the visit."""

    def __init__(self, folder, noted):
        clock, pointer, self.sounds = SceneClock(ONE), Pointer(), Sounds(noted).asked
        window = app.build(folder / "ledger", clock, demo_passphrase=PASSPHRASE)
        hands = Driver(window, clock)
        try:
            hands.begin(1366, 768)
            window.setUpdatesEnabled(False)  # nobody looks: `test_demo.py` has it painted
            for _name, part in phases(hands, ink="none"):
                part()
            save(hands, folder / "report.pdf", folder / "root.pem")
            self.visit = hands.desk.visit
        finally:
            hands.end()
            QApplication.instance().removeEventFilter(pointer)
        self.typed, self.presses = hands.typed, pointer.presses
        self.file, self.root = folder / "report.pdf", folder / "root.pem"
        self.text = extract(self.file.read_bytes())


@pytest.fixture(scope="module")
def charted(tmp_path_factory, qapp):  # noqa: ARG001 - the application has to be there first
    """The visit, charted once for all of these tests."""
    with pytest.MonkeyPatch.context() as noted, trap() as reached:
        made = Charted(tmp_path_factory.mktemp("visit"), noted)
    made.reached = reached
    return made


def test_the_whole_visit_is_silent(charted):
    assert charted.sounds == []


def test_the_whole_visit_reaches_no_network(charted):
    """From the first start over the signature to the saved report; `trap` is tried out itself."""
    assert charted.reached == []


def on_paper(wanted, text):
    """Whether the words stand in the text by themselves, wherever a line was broken."""
    words = [r"-\s*".join(map(re.escape, word.split("-"))) for word in wanted.split()]
    return re.search(r"(?<![\w.,])" + r"\s+".join(words) + r"(?!\w|[.,]\d)", text) is not None


def test_no_pointer_was_needed_from_the_first_start_to_the_saved_file(charted):
    assert charted.presses == []


def test_the_report_holds_every_value_that_was_typed(charted):
    assert len(charted.typed) > 180
    assert {typed.field for typed in charted.typed} >= {
        "Systolic, mmHg",
        "Dose, mg/kg",
        "Rate on the pump, mL/h",
        "What was seen or said",
        "Reason",
    }
    lacking = [typed for typed in charted.typed if not on_paper(typed.paper, charted.text)]
    assert lacking == []


@pytest.mark.parametrize("wrong", ["136/8", "36/86", "16.58 mg", "165.8 m", "Nausea: mild"])
def test_a_value_that_was_not_typed_is_not_found(charted, wrong):
    assert not on_paper(wrong, charted.text)


def test_what_is_made_up_says_so_on_the_paper(charted):
    assert charted.visit.opened.practice
    assert "PRACTICE, a made-up patient" in charted.text


def test_the_passphrase_is_nowhere_in_the_file(charted):
    assert PASSPHRASE not in charted.text
    assert PASSPHRASE.encode() not in charted.file.read_bytes()


def test_everything_the_visit_needs_was_charted(charted):
    kinds = {entry.fact.KIND for entry in charted.visit.standing}
    for kind in (
        f.PatientRecorded, f.OrderRecorded, f.IdentityConfirmed, f.AdultNamed, f.WeightMeasured,
        f.IntakeRecorded, f.ScreeningAnswered, f.OverrideAuthorised, f.ScreeningConcluded,
        f.AccessPlaced, f.VialTaken, f.BagPrepared, f.LineFlushed, f.PumpChecked,
        f.InfusionStarted, f.VitalsTaken, f.RateSet, f.EffectNoted, f.MeasureTaken,
        f.InfusionPaused, f.MedicineGiven, f.ResponseNoted, f.CallMade, f.InfusionResumed,
        f.AccessChecked, f.NoteWritten, f.AlertAnswered, f.InfusionStopped, f.DrugReturned,
        f.CriterionJudged, f.RecoveryScored, f.AccessRemoved, f.InstructionTaught, f.HandoutGiven,
        f.FollowUpPlanned, f.InkDeclined, f.PatientReleased, f.FindingExplained, f.VisitSigned,
    ):  # fmt: skip
        assert kind.KIND in kinds


def test_the_dose_is_what_the_typed_rates_come_to(charted):
    # 17.1 mL/h for 12 min, then 16 mL/h for 5 and for 46 min, of 2 mg/mL
    ml = Decimal("17.1") * 12 / 60 + Decimal(16) * 51 / 60
    assert delivered(charted.visit).total_mg == Mg(ml * 2)
    assert "34.04 mg by rates" in charted.text


def test_the_command_finds_the_file_as_it_was_signed(charted, capsys):
    with trap() as reached:
        code = line.main(["verify", str(charted.file), "--trust", str(charted.root), "--json"])
    assert (code, reached) == (0, [])
    assert json.loads(capsys.readouterr().out)["good"] is True
    verdict = verify(charted.file.read_bytes(), trust_pem=charted.root.read_bytes())
    assert [signer.name for signer in verdict.signers] == ["Julia Alvarez"]
    assert verdict.signers[0].signed_at == ONE + timedelta(hours=2, minutes=45)


def test_a_single_changed_byte_is_found(charted, tmp_path, capsys):
    content = bytearray(charted.file.read_bytes())
    content[len(content) // 3] ^= 1
    (tmp_path / "changed.pdf").write_bytes(content)
    code = line.main(["verify", str(tmp_path / "changed.pdf"), "--trust", str(charted.root)])
    assert code in {1, 2}
    assert "exactly as it was signed" not in capsys.readouterr().out


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="poppler is not installed")
def test_poppler_finds_the_signature_valid(charted):
    answer = ask("pdfsig", charted.file)
    assert "Signature is Valid" in answer
    assert "Total document signed" in answer
