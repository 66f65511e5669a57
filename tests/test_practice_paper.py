"""What a practice visit leaves on paper: PRACTICE on each page, and no clinic vouches for it."""

import pypdfium2

from ketachart import charting
from ketachart.clock import SetClock
from ketachart.commands import line
from tests.helpers.door import NOON, clinic_in
from ui.practice import clinic
from ui.practice.clock import PracticeClock


def test_a_signed_practice_report_says_so_on_each_page_and_passes_for_no_real_one(tmp_path):
    clock = PracticeClock(SetClock(NOON))
    made = clinic.make(tmp_path / "practice", "door", clock.now())
    office = charting.enter(made.folder, made.proof, clock)
    room = office.open_visit(made.stream)
    room.sign(clinic.PASSPHRASE, incomplete="only practice")
    signed = room.signed_report()
    office.close()
    document = pypdfium2.PdfDocument(signed.content)
    assert len(document) == signed.pages
    for page in document:
        assert page.get_textpage().get_text_range().count("PRACTICE") >= 2  # in head and foot
    document.close()
    real = charting.unlock(
        clinic_in(tmp_path / "real"), "ja", "four plain words here", SetClock(NOON)
    )
    report, trust = tmp_path / "practice.pdf", tmp_path / "clinic-trust.pem"
    report.write_bytes(signed.content)
    trust.write_text(real.root_certificate, encoding="ascii")
    real.close()
    assert line.main(["verify", str(report), "--trust", str(trust)]) == 1
