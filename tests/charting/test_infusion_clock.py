"""A laptop's clock that is set during the infusion changes neither the time nor the milligrams."""

from datetime import timedelta

import pytest

from ketachart import charting
from ketachart.clock import SetClock
from ketachart.domain import facts as f
from ketachart.domain.counts import balance
from ketachart.domain.infusion import delivery
from ketachart.domain.quantities import Mg, MgPerMl, Ml, MlPerHour
from tests.charting.test_room import new_clinic, new_visit
from tests.helpers.story import NOON

MINUTE = timedelta(minutes=1)


@pytest.fixture
def clock():
    return SetClock(NOON)


@pytest.fixture
def room(tmp_path, clock):
    office = charting.create(tmp_path / "ledger", new_clinic(), clock)
    yield office.new_visit(new_visit())
    office.close()


@pytest.mark.parametrize("away", [timedelta(hours=-2), timedelta(hours=3), -90 * MINUTE])
def test_a_clock_that_is_set_during_the_infusion_changes_no_milligram(room, clock, away):
    room.record(
        f.InfusionStarted(
            at=room.now(),
            rate_ml_h=MlPerHour(30),
            strength_mg_per_ml=MgPerMl(2),
            volume_ml=Ml(50),
            despite="told here only to see the clock",
        )
    )
    began = room.now()
    clock.pass_time(20 * MINUTE)
    clock.set_wall(clock.now() + away)
    clock.pass_time(10 * MINUTE)
    room.record(f.InfusionPaused(at=room.now(), reasons=("other",), pump_volume_ml=Ml(15)))
    clock.set_wall(clock.now() - away)
    clock.pass_time(5 * MINUTE)
    room.record(f.InfusionResumed(at=room.now(), rate_ml_h=MlPerHour(30), reason="settled"))
    clock.pass_time(25 * MINUTE)
    room.record(f.InfusionStopped(at=room.now(), reason="complete", pump_volume_ml=Ml("27.5")))
    run = delivery(room.visit, room.now())
    # 30 min and 25 min at 30 mL/h of 2 mg/mL, by time elapsed: 15 + 12.5 mL = 55 mg
    assert run.total_mg == Mg(55)
    assert (run.elapsed, run.seconds_in("paused")) == (60 * MINUTE, 300)
    assert run.stopped_at == began + 60 * MINUTE
    assert balance(room.visit).apart() == Mg(0)
    assert not run.problems
    assert len(room.visit.facts(f.ClockStepped)) == 2
