"""Pictures of practice: what to practise, its bar on a visit, a drill, and how the drill went."""

from tests.shot_stage import settle, wait_for_workers


def takes():
    """Each picture by its name, and how it is taken."""
    yield "practice-visit", _visit
    yield "practice-locked", _locked
    yield "drill", _drill
    yield "drill-charted", _charted
    yield "drill-pump", _pump
    yield "drill-debrief", _debrief


def _played(app, camera, code, play):
    """The practice window with a drill, or with a whole visit, and what is done in it."""
    from tests.helpers.door import NOON
    from tests.shot_looks import begin
    from ui.demo_clinic import SceneClock
    from ui.desk import Desk
    from ui.practice import clinic
    from ui.practice.clock import PracticeClock
    from ui.practice.script import drills
    from ui.practice.window import PracticeWindow

    with camera.place() as folder:
        begin(app)
        drill = next((one for one in drills() if one.code == code), None)
        clock = PracticeClock(SceneClock(NOON))
        begins = drill.begins if drill is not None else "door"
        made = clinic.make(folder / "ledger", begins, clock.now())
        desk = Desk(made.folder, clock, demo_passphrase=clinic.PASSPHRASE)
        window = PracticeWindow(desk, clock, drill)
        window.resize(1366, 768)
        window.show_screen("unlock")
        desk.enter_with(made.proof)
        desk.open_visit(made.stream)
        window.begin()
        window.show()
        window.activateWindow()
        wait_for_workers(app, desk)
        try:
            play(window, lambda: _rest(app, window))
            camera(window)
        finally:
            wait_for_workers(app, desk)
            window.backing_up = None
            window.close()
            window.deleteLater()
            settle(app)


def _rest(app, window):
    wait_for_workers(app, window.desk)
    while window.time_runs:
        settle(app)


def _visit(app, camera):
    _played(app, camera, "", lambda _window, _rest: None)


def _locked(app, camera):
    def play(window, rest):
        window.act("lock")
        rest()
        window.screen_shown.show_staff()
        rest()

    _played(app, camera, "", play)


def _drill(app, camera):
    _played(app, camera, "nausea", lambda _window, _rest: None)


def _charted(app, camera):
    """The first step is answered: nausea, three of ten."""
    from ketachart.domain.facts import EffectNoted

    def play(window, rest):
        desk = window.desk
        desk.record(EffectNoted(at=desk.now(), effect="nausea", grade=1))
        rest()

    _played(app, camera, "nausea", play)


def _pump(app, camera):
    _played(app, camera, "pump-slip", lambda _window, _rest: None)


def _debrief(app, camera):
    """Nothing was charted: every step is named."""

    def play(window, rest):
        while not window.course.over:
            window.act("drill-on")
            rest()

    _played(app, camera, "nausea", play)
