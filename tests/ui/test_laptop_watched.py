"""The laptop is watched over in the application as it is started, with made-up hardware only."""

from datetime import timedelta

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from ketachart.commands.player import PASSPHRASE
from ketachart.domain.facts import LaptopSlept, PowerNoted
from tests.helpers.door import NOON, settled
from tests.helpers.qt import all_of, press, type_text
from tests.ui.test_guard import MadeUp
from ui import app
from ui.demo_clinic import Scene, SceneClock, play
from ui.main_window import MainWindow
from ui.power import Battery
from ui.widgets.status_bar import StatusBar
from ui.widgets.words import Words


def test_the_application_keeps_the_laptop_awake_reads_it_and_charts_its_sleep(
    qtbot, tmp_path, monkeypatch
):
    folder = tmp_path / "ledger"
    play(folder, Scene("quiet_hour", "infusion-started", 4, timedelta(minutes=2)), NOON)
    hardware = MadeUp()
    hardware.battery = Battery(14, charging=False)
    seen, clock = {}, SceneClock(NOON)
    monkeypatch.setattr(app, "SystemClock", lambda: clock)

    def nurse():
        (window,) = [
            w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible()
        ]  # a test that failed before may hold one that is closed
        try:
            chart(window)
        finally:
            window.close()
            window.deleteLater()

    def chart(window):
        settled(qtbot, window)
        desk = window.desk
        type_text(PASSPHRASE)
        press(Qt.Key.Key_Return)
        settled(qtbot, window)
        seen["card"] = [w.text() for w in all_of(window.screen_shown._page.laptop, Words)]
        (row,) = desk.office.visits()
        desk.open_visit(row.stream)
        settled(qtbot, window)
        seen["awake"] = hardware.awake
        seen["status"] = window.findChild(StatusBar).accessibleDescription()
        clock.pass_time(timedelta(minutes=30))
        desk.heartbeat.poll()
        settled(qtbot, window)
        seen["facts"] = desk.visit.facts(LaptopSlept), desk.visit.facts(PowerNoted)

    def at_work():
        try:
            nurse()
        except BaseException:
            QApplication.exit(1)  # else the window's loop goes on for ever
            raise

    QTimer.singleShot(0, at_work)
    assert app.run(folder, hardware=hardware) == 0
    assert "14 %" in seen["card"]
    assert seen["awake"] == 1
    assert "14 %" in seen["status"]
    (slept,), (power,) = seen["facts"]
    assert slept.for_s >= 30 * 60
    assert power.what == "battery"
    assert hardware.awake == 0  # the window is gone: it may sleep again
