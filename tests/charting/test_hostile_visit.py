"""A visit in bad hands: an entry from a newer program, a clock set back in its sleep."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ketachart import charting
from ketachart.charting.handing_over import HandoverTask
from ketachart.charting.sheets import SheetTask
from ketachart.clock import SetClock
from ketachart.domain import facts as f
from ketachart.domain.asking import standing_alerts
from ketachart.domain.quantities import MgPerMl, MlPerHour
from ketachart.report.text import extract
from ketachart.storage import codec
from tests.charting.test_room import again, new_clinic, new_visit, vitals
from tests.helpers.story import NOON


@pytest.fixture
def clock():
    return SetClock(NOON)


@pytest.fixture
def office(tmp_path, clock):
    opened = charting.create(tmp_path / "ledger", new_clinic(), clock)
    yield opened
    opened.close()


def from_a_newer_program(office, room):
    draft = codec.draft_of(
        f.NoteWritten(at=NOON, text="x"), stream=room.stream, entry_id="newer", author="ja",
        recorded_at=NOON, elapsed=timedelta(), session="s",
    )  # fmt: skip
    office._ledger.append((replace(draft, kind="music-played"),))


def test_the_crew_and_the_patient_get_their_sheets_from_a_visit_that_takes_no_more(office, clock):
    room = office.new_visit(new_visit())
    room.record(vitals(room, spo2=91))
    from_a_newer_program(office, room)
    opened = again(office, clock)
    visit = opened.open_visit(room.stream).visit
    assert visit.unknown
    crew = " ".join(extract(HandoverTask(visit, NOON).work("letter").content).split())
    assert "UNSIGNED" in crew
    assert "91" in crew
    for sheet in ("handout", "pre-visit"):
        task = SheetTask(visit=visit, at=NOON, sheet=sheet, language="es", starts=NOON)
        assert task.work().content.startswith(b"%PDF")
    opened.close()


def test_a_clock_set_back_three_days_in_its_sleep_takes_no_alert_away(office, clock):
    room = office.new_visit(new_visit())
    room.record(
        f.InfusionStarted(
            at=room.now(), rate_ml_h=MlPerHour("17.5"), strength_mg_per_ml=MgPerMl(2),
            despite="told to",
        )
    )  # fmt: skip
    room.record(vitals(room, spo2=84))
    before = room.now()
    assert "spo2-emergency" in codes(room)
    clock.pass_time(timedelta(minutes=20))
    clock.set_wall(clock.now() - timedelta(days=3))
    assert room.now() >= before + timedelta(minutes=20)
    assert "spo2-emergency" in codes(room)
    entry = room.record(f.NoteWritten(at=room.now(), text="woke"))
    assert entry.at >= before
    (step,) = room.visit.of(f.ClockStepped)
    assert step.fact.by_s == -3 * 24 * 3600


def codes(room):
    return [one.alert.code for one in standing_alerts(room.visit, room.now())]
