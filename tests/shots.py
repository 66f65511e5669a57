"""A picture of every screen, without a display, into build/shots: `python3 dev.py shots [WORD…]`.

Only the scenes whose name holds one of the words are taken; without words, all of them.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from tests import shot_clinic, shot_laptop, shot_people, shot_post, shot_review  # noqa: E402 - as below
from tests.shot_rooms import ROOMS, Hand  # noqa: E402 - the checkout has to be found first

OUT = ROOT / "build" / "shots"
# Theme, text size, window: the two that every screen was drawn for, the green twin, and 200 %.
LOOKS = (
    ("dim", 1.0, (1366, 768)),
    ("light", 1.0, (1920, 1080)),
    ("dim-green", 1.0, (1366, 768)),
    ("dim", 2.0, (1366, 768)),
)


@dataclass(frozen=True)
class Scene:
    """A moment of a story, and the keys that lead to what is shown."""

    name: str
    story: str
    acts: tuple[str, ...] = ()
    until: str = ""
    before: str = ""
    later: int = 0  # minutes that go by before the picture


SCENES = (
    Scene("screening-stop", "screening_refuses", ("phase-1",), until="override-authorised"),
    Scene("screening-ready", "quiet_hour", ("phase-1",), before="screening-concluded"),
    Scene("order-vial", "quiet_hour", ("phase-2",), before="vial-taken"),
    Scene("order", "quiet_hour", ("phase-2",), before="pump-checked"),
    Scene("order-ready", "quiet_hour", ("phase-2",), before="infusion-started"),
    Scene("infusion", "paused_for_nausea", ("phase-3",), until="infusion-resumed"),
    Scene("infusion-paused", "paused_for_nausea", ("phase-3",), until="response-noted"),
    Scene("infusion-overdue", "quiet_hour", ("phase-3",), before="access-checked", later=17),
    Scene("infusion-alert", "pressure_climbs", ("phase-3",), until="infusion-paused"),
    Scene("sheet-rate", "paused_for_nausea", ("phase-3", "rate"), until="infusion-resumed"),
    Scene("sheet-medicine", "paused_for_nausea", ("phase-3", "medicine"), before="medicine-given"),
    Scene("sheet-effect", "paused_for_nausea", ("phase-3", "effect"), before="infusion-paused"),
    Scene("sheet-stop", "paused_for_nausea", ("phase-3", "stop"), before="infusion-stopped"),
    Scene("sheet-count", "pressure_climbs", ("phase-4", "waste"), before="drug-wasted"),
    Scene("correction", "late_and_corrected", ("phase-3", "log", "correct"), until="fluid-given"),
    Scene("observation", "quiet_hour", ("phase-4",), before="recovery-scored"),
    Scene("instructions", "quiet_hour", ("phase-5",), before="handout-given"),
    Scene("sign-open", "pressure_climbs", ("phase-6",), before="patient-released"),
    Scene("sign", "late_and_corrected", ("phase-6",)),
    Scene("emergency", "pressure_climbs", ("emergency",), until="infusion-paused"),
    Scene("keys", "quiet_hour", ("keys",), until="infusion-started"),
)


def main(words: list[str]) -> int:
    """Takes the pictures and writes one page with all of them."""
    from ui import app as start

    application = start.application()
    OUT.mkdir(parents=True, exist_ok=True)
    taken: dict[str, list[str]] = {}
    for name, take in (*_outside(), *_inside()):
        if words and not any(word in name for word in words):
            continue
        for look in LOOKS:
            theme_name, scale, size = look
            file = f"{name}_{theme_name}_{size[0]}_{round(scale * 100)}.png"
            take(application, look, OUT / file)
            taken.setdefault(name, []).append(file)
            print(file, flush=True)
    _page(taken)
    print(f"{sum(map(len, taken.values()))} pictures: build/shots/index.html")
    return 0


Take = Callable[..., None]


def _outside() -> Iterator[tuple[str, Take]]:
    """Screens without an open visit."""
    yield "unlock", _unlock
    yield "unlock-wrong", _unlock_wrong
    yield "first-start", _first_start
    yield "day", _day
    yield "day-empty", _day_empty
    yield "new-visit", _new_visit
    yield from shot_review.takes(window_on, wait_for_workers)
    yield from shot_post.takes(window_on, wait_for_workers)
    yield from shot_clinic.takes(window_on, wait_for_workers)
    yield from shot_laptop.takes(window_on, wait_for_workers)
    yield from shot_people.takes(window_on, wait_for_workers)


def _inside() -> Iterator[tuple[str, Take]]:
    for scene in SCENES:
        yield (
            scene.name,
            lambda app, look, file, scene=scene: _scene(app, scene, look, file),
        )
    for room in ROOMS:
        yield room.name, lambda app, look, file, room=room: _room(app, room, look, file)


def settle(app) -> None:
    """Lets layouts and queued work come to rest, and windows that were put away go."""
    from PySide6.QtCore import QCoreApplication, QEvent

    for _ in range(8):
        app.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def wait_for_workers(app, desk) -> None:
    """Lets workers end and their answers be shown."""
    import time

    end = time.monotonic() + 20
    while desk.workers.running() and time.monotonic() < end:
        app.processEvents()
        time.sleep(0.01)
    settle(app)


@contextmanager
def window_on(app, desk, look):
    """The real window on a desk, closed at the end."""
    from ui import theme
    from ui.main_window import MainWindow
    from ui.screens.unlock import UnlockScreen

    theme_name, scale, size = look
    theme.apply(app, theme_name, scale)
    window = MainWindow(desk, unlock=UnlockScreen(desk))
    window.resize(*size)
    window.show()
    try:
        yield window
    finally:
        window.close()
        window.deleteLater()
        settle(app)


def _scene(app, scene, look, file) -> None:
    from tests.helpers.window import desk_at

    with tempfile.TemporaryDirectory() as folder:
        desk = desk_at(Path(folder) / "ledger", scene.story, until=scene.until, before=scene.before)
        desk.clock.pass_time(timedelta(minutes=scene.later))
        with window_on(app, desk, look) as window:
            window.show_screen("visit")
            settle(app)
            for act in scene.acts:
                window.act(act)
                settle(app)
            wait_for_workers(app, desk)
            window.grab().save(str(file))


def _room(app, room, look, file) -> None:
    from tests.helpers.window import desk_at

    with tempfile.TemporaryDirectory() as folder:
        desk = desk_at(Path(folder) / "ledger", room.story, until=room.until, before=room.before)
        if room.ready is not None:
            room.ready(desk)
        if not room.visit:
            desk.close_visit()
        with window_on(app, desk, look) as window:
            window.activateWindow()
            window.show_screen("visit" if room.visit else "day")
            wait_for_workers(app, desk)
            room.play(Hand(window, desk, lambda: wait_for_workers(app, desk)))
            window.grab().save(str(file))


def _bare_desk(folder: Path):
    from ketachart.clock import SetClock
    from tests.helpers.story import NOON
    from ui.desk import Desk

    return Desk(folder, SetClock(NOON))


def _with_clinic(folder: Path):
    from tests.helpers.bench_visits import clinic_in

    clinic_in(folder / "ledger").close()
    return _bare_desk(folder / "ledger")


def _unlock(app, look, file) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = _with_clinic(Path(folder))
        with window_on(app, desk, look) as window:
            window.show_screen("unlock").show_staff()
            settle(app)
            window.grab().save(str(file))


def _unlock_wrong(app, look, file) -> None:
    from ketachart import charting
    from ketachart.errors import KetaChartError

    with tempfile.TemporaryDirectory() as folder:
        desk = _with_clinic(Path(folder))
        for _ in range(6):
            try:
                charting.prove(desk.folder, "ja", "not the passphrase", desk.clock)
            except KetaChartError:
                continue
        with window_on(app, desk, look) as window:
            window.show_screen("unlock").show_staff()
            settle(app)
            window.grab().save(str(file))


def _first_start(app, look, file) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = _bare_desk(Path(folder))
        with window_on(app, desk, look) as window:
            window.show_screen("first-start")
            settle(app)
            window.grab().save(str(file))


def _day(app, look, file) -> None:
    from tests.helpers.window import desk_at

    with tempfile.TemporaryDirectory() as folder:
        desk = desk_at(Path(folder) / "ledger", "paused_for_nausea", until="response-noted")
        with window_on(app, desk, look) as window:
            desk.close_visit()
            window.show_screen("day")
            settle(app)
            window.grab().save(str(file))


def _day_empty(app, look, file) -> None:
    from tests.helpers.bench_visits import clinic_in
    from tests.helpers.story import NOON

    with tempfile.TemporaryDirectory() as folder:
        from ketachart.clock import SetClock

        clock = SetClock(NOON)
        office = clinic_in(Path(folder) / "ledger", clock)
        desk = _bare_desk(Path(folder) / "ledger")
        desk._open_office(office)
        with window_on(app, desk, look) as window:
            window.show_screen("day")
            settle(app)
            window.grab().save(str(file))


def _new_visit(app, look, file) -> None:
    from tests.helpers.window import desk_at

    with tempfile.TemporaryDirectory() as folder:
        desk = desk_at(Path(folder) / "ledger", "quiet_hour", until="weight-measured")
        with window_on(app, desk, look) as window:
            desk.close_visit()
            window.show_screen("new-visit")
            settle(app)
            window.grab().save(str(file))


def _page(taken: dict[str, list[str]]) -> None:
    """One page with every picture, newest run only."""
    rows = []
    for name, files in taken.items():
        pictures = "".join(
            f'<a href="{escape(file)}"><img src="{escape(file)}" alt="{escape(file)}"></a>'
            for file in files
        )
        rows.append(f"<h2>{escape(name)}</h2><div>{pictures}</div>")
    style = "body{font-family:sans-serif;background:#222;color:#ddd}img{width:46%;margin:6px}"
    (OUT / "index.html").write_text(
        f"<!doctype html><title>KetaChart</title><style>{style}</style>{''.join(rows)}",
        encoding="utf-8",
    )


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
