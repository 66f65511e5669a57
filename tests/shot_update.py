"""Pictures of an update: the file, what it says, a refusal, what is left to do, the way back."""

import pytest

from tests.shot_stage import Hand, wait_for_workers, window_on
from tests.update import making

NOTES = {
    "en": "The drug count is read out once more before the visit ends. Vitals can be typed as one "
    "line.",
    "es": "El recuento del fármaco se lee otra vez antes de terminar la visita. Las constantes se "
    "pueden escribir en una línea.",
}


def takes():
    """Each picture by its name, and how it is taken."""
    for name, play in (
        ("update-file", _file),
        ("update-work", _work),
        ("update-look", _look),
        ("update-refused", _refused),
        ("update-done", _done),
        ("update-by-hand", _by_hand),
        ("update-back", _back),
    ):

        def take(app, camera, play=play):
            with camera.place() as folder, pytest.MonkeyPatch.context() as patch:
                _play(app, camera, play, folder, patch)

        yield name, take


def _play(app, camera, play, folder, patch):
    from ketachart.charting import updating
    from tests.helpers.window import desk_at

    patch.setattr("ketachart.update.keys.pinned", lambda: making.KEYS)
    patch.setattr("ketachart.update.unpacking._to_disk", lambda: None)
    laptop = making.Laptop(folder / "laptop", ledger=False)
    laptop.runs = "1.0.0"
    patch.setattr(updating, "this_one", lambda: laptop.here(laptop.runs))
    desk = desk_at(folder / "ledger", "quiet_hour")
    desk.close_visit()
    with window_on(app, desk) as window:
        window.show_screen("day")
        hand = Hand(window, desk, lambda: wait_for_workers(app, desk))
        hand.act("update")
        play(hand, laptop, patch)
        wait_for_workers(app, desk)
        camera(window)
        wait_for_workers(app, desk)
        window.backing_up = None  # no backup before it closes


def _file(_hand, _laptop, _patch):
    pass


def _work(hand, laptop, patch):
    """While it is read: it stands still here, so that it can be looked at."""
    screen = hand.window.screen_shown
    patch.setattr(screen.updating, "look", lambda _path: None)
    screen.look_at(making.made(laptop.stick, notes=NOTES))
    screen.work.show_part(29, 72)


def _look(hand, laptop, _patch):
    hand.window.screen_shown.look_at(making.made(laptop.stick, notes=NOTES))


def _refused(hand, laptop, _patch):
    hand.window.screen_shown.look_at(making.made(laptop.stick, system="windows", notes=NOTES))


def _done(hand, laptop, patch):
    from ketachart.charting import updating

    patch.setattr(updating, "why_not_now", lambda _rows, _now: "")
    _look(hand, laptop, patch)
    hand.rest()
    hand.act("primary")


def _by_hand(hand, laptop, patch):
    from ketachart.charting.installing import Ready
    from ketachart.update.journal import Change

    change = Change(before="1.0.0", after="1.0.1", at=hand.desk.now(), way="deb")
    ready = Ready(
        change=change,
        sentence="KetaChart 1.0.1 was checked and is ready, and the ledger is kept as it is now. "
        "Close KetaChart; then whoever looks after this laptop runs the command.",
        by_hand="sudo /usr/bin/ketachart update put-in "
        "'/home/julia/.local/share/ketachart/updates/"
        "KetaChart-1.0.1-linux-x86_64.ketachart-update'",
    )
    del laptop, patch
    hand.window.screen_shown._show_ready(ready)


def _back(hand, laptop, patch):
    _done(hand, laptop, patch)
    hand.rest()
    laptop.runs = "1.0.1"
    from ketachart.charting import updating

    updating.left_over(hand.desk.folder, laptop.here("1.0.1"))
    hand.window.show_screen("day")
    hand.window.forget("update")
    hand.act("update", "former")
