"""The laptop during a visit, with a made-up battery, disk and will to stay awake."""

from datetime import timedelta

import pytest

from ketachart.charting import vigil
from ketachart.domain.facts import ChartReopened, ClockStepped, LaptopSlept, PowerNoted
from tests.helpers.qt import cut_off
from tests.helpers.visit_window import VisitWindow
from ui.forms.paper import PaperSheet
from ui.guard import ON_PAPER, LaptopGuard
from ui.notices import NoticeColumn
from ui.power import Battery, Power, SystemHardware
from ui.widgets.status_bar import StatusBar

MINUTE = timedelta(minutes=1)


class MadeUp:
    """A laptop that answers what the test says."""

    def __init__(self, *, obeys=True):
        self.obeys, self.battery, self.disk = obeys, Battery(80, charging=False), 90_000
        self.awake = 0

    def power(self, folder):
        del folder
        return Power(self.battery, self.disk)

    def stay_awake(self, told):
        self.awake += 1
        told(self.obeys)

        def over():
            self.awake -= 1

        return over


class Guarded(VisitWindow):
    """A visit whose laptop is watched over, opened again as after a restart."""

    def __init__(self, qtbot, folder, *, obeys=True, until="infusion-started"):
        super().__init__(folder, "quiet_hour", "infusion", until=until)
        self.qtbot, self.hardware = qtbot, MadeUp(obeys=obeys)
        self.stream = self.desk.room.stream
        self.guard = LaptopGuard(self.desk, self.window, self.hardware)

    def sleep(self, length):
        """The lid is closed for a while."""
        self.desk.clock.pass_time(length)
        self.desk.heartbeat.poll()
        self.rest()

    def rest(self):
        """Until no worker is busy."""
        self.qtbot.waitUntil(lambda: self.desk.workers.running() == 0)
        self.settle()

    def look(self, **now):
        """The hardware is asked, and answers this."""
        for name, value in now.items():
            setattr(self.hardware, name, value)
        self.guard.power.look()
        self.rest()

    def reopen(self):
        self.desk.open_visit(self.stream)
        self.rest()

    def notices(self):
        return " ".join(self.said(self.window.findChild(NoticeColumn)))

    def status(self):
        return self.window.findChild(StatusBar).accessibleDescription()

    def all(self, kind):
        return self.visit.facts(kind)


@pytest.fixture
def guarded(qtbot, tmp_path, qapp):  # noqa: ARG001 - a look has to stand first
    made = Guarded(qtbot, tmp_path / "ledger")
    yield made
    made.guard.end()
    made.rest()
    made.close()


def test_a_sleep_is_an_entry_and_names_what_was_due(guarded):
    guarded.reopen()
    guarded.sleep(9 * MINUTE)
    (fact,) = guarded.all(LaptopSlept)
    assert (fact.for_s, fact.at) == (540, guarded.desk.now())
    said = guarded.notices()
    assert "The laptop slept 9 min" in said
    assert "set was due: " in said or "sets were due: " in said
    assert cut_off(guarded.window) == []
    guarded.sleep(59 * MINUTE / 60)
    assert len(guarded.all(LaptopSlept)) == 1  # under a minute is none


def test_a_clock_that_was_set_while_it_slept_is_both(guarded):
    guarded.reopen()
    guarded.desk.clock.set_wall(guarded.desk.clock.now() - 60 * MINUTE)
    guarded.sleep(5 * MINUTE)
    (slept,), (stepped,) = guarded.all(LaptopSlept), guarded.all(ClockStepped)
    assert (slept.for_s, stepped.by_s) == (300, -3600)


def test_a_chart_left_by_hand_and_opened_later_says_so(guarded):
    guarded.reopen()
    left = guarded.desk.now()
    guarded.desk.close_visit()
    guarded.rest()
    guarded.desk.clock.pass_time(MINUTE)
    guarded.reopen()
    assert guarded.all(ChartReopened) == ()  # a minute in the list is none
    guarded.desk.close_visit()
    guarded.desk.clock.pass_time(7 * MINUTE)
    guarded.reopen()
    (fact,) = guarded.all(ChartReopened)
    assert (fact.how, fact.closed_at) == ("closed", left + MINUTE)
    assert "This chart was closed" in guarded.notices()


def test_a_chart_that_ended_by_itself_is_told_with_its_visit_and_the_minute(guarded):
    guarded.reopen()
    entries = len(guarded.visit.entries)
    guarded.sleep(MINUTE)  # the stamp of the last minute
    alive = guarded.desk.now()
    guarded.desk._room = None  # killed: nobody says that the visit was left
    guarded.desk.clock.pass_time(20 * timedelta(seconds=1))
    guarded.reopen()
    (fact,) = guarded.all(ChartReopened)
    assert (fact.how, fact.closed_at) == ("ended", alive)
    said = guarded.notices()
    assert f"it was last open at {alive:%H:%M}" in said
    assert f"Visit {guarded.visit.opened.visit}: all of its {entries} entries" in said
    assert cut_off(guarded.window) == []


def ended(guarded, away):
    """It is killed, and opened again after so long."""
    guarded.reopen()
    guarded.sleep(MINUTE)
    guarded.desk._room = None
    guarded.desk.notices.settle(ON_PAPER)
    guarded.desk.clock.pass_time(away)
    guarded.reopen()
    return dict(guarded.desk.notices.standing()).get(ON_PAPER)


def test_after_an_end_that_nobody_chose_paper_is_asked_for(guarded):
    assert ended(guarded, 4 * MINUTE) is None
    assert ended(guarded, 5 * MINUTE) is not None
    notice = ended(guarded, 25 * MINUTE)
    assert cut_off(guarded.window) == []
    notice.on_also()
    assert ON_PAPER not in dict(guarded.desk.notices.standing())  # there is no paper
    notice.on_act()
    sheet = guarded.window.findChild(PaperSheet)
    gap = guarded.visit.last(ChartReopened)
    assert sheet.since.text() == f"{gap.fact.closed_at:%H:%M}"  # offered, to be looked at
    assert sheet.until.text() == f"{gap.at:%H:%M}"


def test_it_is_kept_awake_while_a_visit_is_open_or_its_pump_runs(guarded):
    assert guarded.hardware.awake == 0
    guarded.reopen()
    guarded.desk.open_visit(guarded.stream)
    assert guarded.hardware.awake == 1  # asked once
    guarded.desk.close_visit()
    assert guarded.hardware.awake == 1  # the pump runs on
    guarded.guard.end()
    assert guarded.hardware.awake == 0


def test_a_visit_that_never_started_lets_it_sleep_once_it_is_left(qtbot, tmp_path):
    early = Guarded(qtbot, tmp_path / "ledger", until="pump-checked")
    early.reopen()
    assert early.hardware.awake == 1
    early.desk.close_visit()
    assert early.hardware.awake == 0
    early.close()


def test_where_it_cannot_be_kept_awake_the_nurse_is_told_to_set_it(qtbot, tmp_path):
    made = Guarded(qtbot, tmp_path / "ledger", obeys=False)
    made.reopen()
    assert "Set this laptop not to sleep" in made.notices()
    assert "May fall asleep" in made.status()
    assert cut_off(made.window) == []
    made.guard.end()
    made.close()


@pytest.mark.parametrize(
    ("battery", "low"),
    [
        (Battery(20, charging=False), False),
        (Battery(19, charging=False, left=25 * MINUTE), True),
        (Battery(3, charging=True), False),
        (None, False),
    ],
)
def test_a_battery_is_low_under_its_limit_while_nothing_charges_it(guarded, battery, low):
    guarded.reopen()
    guarded.look(battery=battery)
    assert [fact.what for fact in guarded.all(PowerNoted)] == ["battery"] * low
    assert ("Plug this laptop in now." in guarded.notices()) is low
    assert ("%" in guarded.status()) is (battery is not None)


def test_what_is_low_is_charted_once_until_it_was_well_again(guarded):
    guarded.reopen()
    for percent in (19, 18, 20, 17):
        guarded.look(battery=Battery(percent, charging=False))
    assert len(guarded.all(PowerNoted)) == 1
    guarded.look(battery=Battery(17, charging=True))
    assert "Plug" not in guarded.notices()
    guarded.look(battery=Battery(16, charging=False, left=12 * MINUTE))
    assert guarded.all(PowerNoted)[-1].words == "16 %, about 12 min left, not charging"
    assert len(guarded.all(PowerNoted)) == 2


@pytest.mark.parametrize(("free", "low"), [(1073, False), (1072, True), (None, False)])
def test_a_disk_that_is_nearly_full_is_told(guarded, free, low):
    guarded.reopen()
    guarded.look(disk=free)
    assert [fact.words for fact in guarded.all(PowerNoted)] == [f"{free} MB free"] * low
    assert ("The disk is nearly full" in guarded.notices()) is low


def test_this_laptop_answers_and_its_message_bus_keeps_nobody_waiting(qtbot, tmp_path):
    power = SystemHardware().power(tmp_path)
    assert power.disk_mb > 0
    heard = []
    over = SystemHardware().stay_awake(heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    over()
    assert vigil.read(tmp_path) == {}
