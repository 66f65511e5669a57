"""Pictures of the way in and of the list of visits: unlock, first start, day, new visit."""

from tests.shot_stage import wait_for_workers, window_on


def takes():
    """Each picture by its name, and how it is taken."""
    yield "unlock", _unlock
    yield "unlock-wrong", _unlock_wrong
    yield "first-start", _first_start
    yield "day", _day
    yield "day-empty", _day_empty
    yield "new-visit", _new_visit


def _bare_desk(folder):
    from ketachart.clock import SetClock
    from tests.helpers.story import NOON
    from ui.desk import Desk

    return Desk(folder, SetClock(NOON))


def _with_clinic(folder):
    from tests.helpers.bench_visits import clinic_in

    clinic_in(folder / "ledger").close()
    return _bare_desk(folder / "ledger")


def _shown(app, desk, camera, name):
    with window_on(app, desk, door=name == "unlock") as window:
        screen = window.show_screen(name)
        if name == "unlock":
            screen.show_staff()
        wait_for_workers(app, desk)
        camera(window)


def _unlock(app, camera):
    with camera.place() as folder:
        _shown(app, _with_clinic(folder), camera, "unlock")


def _unlock_wrong(app, camera):
    from ketachart import charting
    from ketachart.errors import KetaChartError

    with camera.place() as folder:
        desk = _with_clinic(folder)
        for _ in range(6):
            try:
                charting.prove(desk.folder, "ja", "not the passphrase", desk.clock)
            except KetaChartError:
                continue
        _shown(app, desk, camera, "unlock")


def _first_start(app, camera):
    with camera.place() as folder:
        _shown(app, _bare_desk(folder), camera, "first-start")


def _outside(app, camera, name, story, until):
    from tests.helpers.window import desk_at

    with camera.place() as folder:
        desk = desk_at(folder / "ledger", story, until=until)
        desk.close_visit()
        _shown(app, desk, camera, name)


def _day(app, camera):
    _outside(app, camera, "day", "paused_for_nausea", "response-noted")


def _new_visit(app, camera):
    _outside(app, camera, "new-visit", "quiet_hour", "weight-measured")


def _day_empty(app, camera):
    from ketachart.clock import SetClock
    from tests.helpers.bench_visits import clinic_in
    from tests.helpers.story import NOON

    with camera.place() as folder:
        office = clinic_in(folder / "ledger", SetClock(NOON))
        desk = _bare_desk(folder / "ledger")
        desk._open_office(office)
        _shown(app, desk, camera, "day")
