"""The signed report is whole where its visit cannot be read: it can still be saved."""

from dataclasses import replace

import pytest

from ketachart import charting
from ketachart.charting import NewVisit
from ketachart.domain.facts import NoteWritten
from ketachart.errors import LedgerDamaged
from ketachart.storage import folder as place
from tests.helpers.door import NOON, PASSPHRASE, clinic_in
from tests.helpers.story import Story
from ui.demo_clinic import SceneClock

PAGE = 4096


@pytest.fixture(scope="module")
def signed(tmp_path_factory):
    """A clinic with one visit, signed, and its report; locked."""
    folder = clinic_in(tmp_path_factory.mktemp("paper") / "ledger")
    office = charting.unlock(folder, "ja", PASSPHRASE, SceneClock(NOON))
    told = Story().patient().order().visit()
    room = office.new_visit(NewVisit(patient=told.patient, order=told.order))
    for number in range(12):
        room.record(NoteWritten(at=room.now(), text=f"{number} " + "word " * 600))
    report = room.sign(PASSPHRASE, incomplete="practice")
    proof = office._ledger.unwrapped
    assert office.signed_paper(room.stream).content == report.content
    office.close()
    return folder, proof, room.stream, report, place.ledger_file(folder).read_bytes()


def states(signed):
    """What is left of visit and report, for pages damaged in turn."""
    folder, proof, stream, _, whole = signed
    for page in range(3, len(whole) // PAGE + 1, 7):
        content = bytearray(whole)
        content[(page - 1) * PAGE + 2000] ^= 4
        place.ledger_file(folder).write_bytes(content)
        try:
            office = charting.enter(folder, proof, SceneClock(NOON))
        except LedgerDamaged:
            continue
        try:
            visit = office.open_visit(stream)
        except LedgerDamaged:
            visit = None
        try:
            paper = office.signed_paper(stream)
        except LedgerDamaged:
            paper = None
        yield office, visit, paper
        office.close()
    place.ledger_file(folder).write_bytes(whole)


def test_a_signed_report_is_given_out_wherever_it_is_whole_and_never_altered(signed):
    report = signed[3]
    saved_alone = lost = 0
    for _, visit, paper in states(signed):
        assert paper is None or (paper.name, paper.content) == (report.name, report.content)
        saved_alone += visit is None and paper is not None
        lost += paper is None
        assert visit is None or paper is None or paper.is_newest
    assert saved_alone
    assert lost  # its own pages


def test_an_older_report_is_never_given_out_as_the_newest(signed, monkeypatch):
    folder, proof, stream, report, whole = signed
    place.ledger_file(folder).write_bytes(whole)
    office = charting.enter(folder, proof, SceneClock(NOON))
    ledger = office._ledger

    def damaged(_stream):
        raise LedgerDamaged("It cannot be read.")

    rows = ledger.stream(stream)
    monkeypatch.setattr(ledger, "stream", damaged)
    monkeypatch.setattr(ledger, "readable", lambda _stream: rows)
    assert office.signed_paper(stream).is_newest
    monkeypatch.setattr(ledger, "readable", lambda _stream: rows[:-1])
    paper = office.signed_paper(stream)
    assert (paper.content, paper.is_newest) == (report.content, False)
    newer = replace(rows[-1], body=rows[-1].body.replace(report.sha256, "0" * 64))
    monkeypatch.setattr(ledger, "readable", lambda _stream: (*rows[:-1], newer))
    with pytest.raises(LedgerDamaged, match="The newest signed report"):
        office.signed_paper(stream)
    office.close()
