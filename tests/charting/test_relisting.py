"""Where the list of visits is damaged, the visits are found by their entries all the same."""

import pytest

from ketachart import charting
from ketachart.charting import NewVisit
from ketachart.errors import LedgerError
from ketachart.storage import folder as place
from ketachart.storage import relisting
from ketachart.storage.vault import open_to_read
from tests.helpers.door import NOON, PASSPHRASE, clinic_in
from tests.helpers.story import Story
from ui.demo_clinic import SceneClock

PAGE = 4096


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A clinic with three visits, locked; its file, what opens it, and its list as it was."""
    folder = clinic_in(tmp_path_factory.mktemp("list") / "ledger")
    office = charting.unlock(folder, "ja", PASSPHRASE, SceneClock(NOON))
    for number in range(3):
        told = Story().patient(mrn=f"MRN-{number}").order().visit()
        office.new_visit(NewVisit(patient=told.patient, order=told.order))
    listed = office.visits()
    proof = office._ledger.unwrapped
    office.close()
    return folder, proof, listed, place.ledger_file(folder).read_bytes()


def roots(folder, proof):
    with open_to_read(place.ledger_file(folder), proof.key_hex96).conn as connection:
        sql = "SELECT name, rootpage FROM sqlite_schema WHERE tbl_name IN ('shelf', 'sought')"
        return dict(connection.execute(sql).fetchall())


def entered_with(made, page):
    folder, proof, _, whole = made
    content = bytearray(whole)
    content[(page - 1) * PAGE + 2000] ^= 4
    place.ledger_file(folder).write_bytes(content)
    return charting.enter(folder, proof, SceneClock(NOON))


def test_a_damaged_page_of_the_list_hides_no_visit(made):
    folder, proof, listed, _ = made
    pages = roots(folder, proof)
    assert {"shelf", "sought", "shelf_newest", "shelf_mrn"} <= set(pages)
    worked_out = 0
    for page in pages.values():
        office = entered_with(made, page)
        task = office.relisting()
        if task is not None:
            again = task.work()
            worked_out += again is not None
            office.relisted(again)
        assert office.visits() == listed
        assert office.visits(search="mrn-1") == listed[1:2]
        assert office.visit_count() == len(office.visits_at_hand(NOON.date())) == 3
        assert all(office.open_visit(row.stream).visit.patient for row in office.visits())
        office.close()
    assert worked_out


def test_only_the_newest_are_looked_for_and_it_may_be_broken_off(made, monkeypatch):
    folder, proof, listed, _ = made
    monkeypatch.setattr(relisting, "NEWEST", 2)
    monkeypatch.setattr(relisting, "_AT_ONCE", 5)
    office = entered_with(made, roots(folder, proof)["shelf"])
    assert office.visits() == ()
    with pytest.raises(LedgerError, match="was not worked out again"):
        office.relisting().work(cancelled=lambda: True)
    office.relisted(office.relisting().work())
    assert office.visits() == listed[1:]
    office.close()
