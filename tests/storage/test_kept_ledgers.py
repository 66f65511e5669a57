"""Every ledger that a KetaChart ever wrote is read by today's, with the sums it had."""

import json
import shutil
from dataclasses import dataclass

import pytest

from ketachart import charting
from ketachart.clock import SystemClock
from ketachart.domain.facts import VitalsTaken
from ketachart.domain.folded.whole import folded
from ketachart.report.verify import verify
from ketachart.storage import schema
from tests.ledgers.make import FILES, FOLDER, record_of

KEPT = sorted(path.name for path in FOLDER.glob("version-*"))


@dataclass(frozen=True)
class Opened:
    """A kept ledger opened from a copy, and what was kept of its visit."""

    office: charting.OpenClinic
    told: dict

    @property
    def room(self):
        """Its one visit."""
        (row,) = self.office.visits()
        return self.office.open_visit(row.stream)


@pytest.fixture(params=KEPT)
def opened(request, tmp_path):
    kept = FOLDER / request.param
    copy = tmp_path / "ledger"
    copy.mkdir()
    for name in FILES:
        # as a checkout gives them: with this account's usual rights
        shutil.copyfile(kept / name, copy / name)
    told = json.loads((kept / "visit.json").read_text(encoding="utf-8"))
    office = charting.unlock(copy, told["staff_id"], told["passphrase"], SystemClock())
    yield Opened(office, told)
    office.close()


def test_every_format_up_to_todays_is_kept():
    wanted = [f"version-{number}" for number in range(1, len(schema.MIGRATIONS) + 1)]
    assert wanted == KEPT


@pytest.mark.parametrize("name", KEPT)
def test_a_kept_ledger_was_closed_in_order_and_is_small(name):
    files = {path.name: path.stat().st_size for path in (FOLDER / name).iterdir()}
    assert set(files) == {*FILES, "visit.json"}
    assert sum(files.values()) < 1_000_000


def test_its_visit_folds_to_what_it_folded_to(opened):
    made = record_of(folded(opened.room.visit))
    for part, value in made.items():
        assert opened.told[part] == value, part
    assert opened.told["infusion"]["total_mg"]["frac"] == "111/5"


def test_its_list_names_the_visit_as_signed(opened):
    (row,) = opened.office.visits()
    assert (row.number, row.status) == (opened.told["visit"]["number"], "signed")


def test_it_is_whole_to_the_last_entry(opened):
    assert opened.office.verify() == ()


def test_no_entry_of_it_has_become_unknown(opened):
    assert opened.room.visit.unknown == ()


def test_its_signed_report_is_still_what_was_signed(opened):
    report = opened.room.signed_report()
    root = opened.office.root_certificate.encode()
    verdict = verify(report.content, trust_pem=root, numbers=True)
    assert (verdict.good, verdict.trusted, verdict.audit) == (True, True, True), verdict.faults
    assert verdict.numbers.agree == verdict.numbers.printed
    assert report.sha256 == opened.room.visit.report.fact.sha256


def test_what_was_struck_is_still_readable(opened):
    visit = opened.room.visit
    struck = [entry.fact for entry in visit.entries if entry.id in visit.strikes]
    assert 218 in {fact.systolic for fact in struck if isinstance(fact, VitalsTaken)}
    assert 218 not in {fact.systolic for fact in visit.facts(VitalsTaken)}


def test_a_new_visit_can_be_charted_into_it(opened):
    old = opened.room.visit
    new = charting.NewVisit(patient=old.patient, order=old.order)
    room = opened.office.new_visit(new)
    assert len(opened.office.visits()) == 2
    assert opened.office.verify() == ()
    assert room.visit.opened.practice
