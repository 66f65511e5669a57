"""Pictures of what seldom shows: questions, progress, trouble, the first start step by step."""

from datetime import timedelta

from tests.shot_basics import _bare_desk, _with_clinic
from tests.shot_stage import Hand, room, settle, wait_for_workers, window_on

CLINIC = {"name": "Desert Bloom Infusion", "phone": "602 555 0119"}
PHRASE = "four plain words here"


def takes():
    """Each picture by its name, and how it is taken."""
    for name, steps in (("clinic", 1), ("you", 2), ("passphrase", 3), ("refused", 0), ("ready", 4)):
        yield (
            f"first-start-{name}",
            lambda app, camera, steps=steps, name=name: _first_start(
                app, camera, steps, refused=name == "refused"
            ),
        )
    for name in ("reason", "passphrase", "confirm"):
        yield f"question-{name}", lambda app, camera, name=name: _question(app, camera, name)
    yield "unlock-refused", _unlock_refused


def _fill(page, told):
    for name, text in told.items():
        page.field(name).set_text(text)


def _first_start(app, camera, steps, *, refused=False):
    """Founding a clinic as far as a step; ``refused`` leaves the clinic's page empty."""
    from dataclasses import replace

    from tests.shot_clinic import NURSE

    with camera.place() as folder:
        desk = _bare_desk(folder / "ledger")
        found = desk.found
        desk.found = lambda new: found(replace(new, practice=True))  # keys of the least work
        with window_on(app, desk) as window:
            screen = window.show_screen("first-start")
            ways = screen.ways
            ways.choice.choices.choose("found")
            told = ((ways.clinic, CLINIC), (ways.nurse, NURSE))
            phrase = (ways.passphrase, {"passphrase": PHRASE, "again": PHRASE})
            screen.act("primary")
            for page, texts in (*told, phrase)[: max(0, steps - 1)]:
                _fill(page, texts)
                if page is ways.nurse:
                    page._role.choose("nurse")
                screen.act("primary")
                wait_for_workers(app, desk)
            if refused:
                screen.act("primary")
            wait_for_workers(app, desk)
            camera(window)


def _question(app, camera, kind):
    """A question that stops everything, over the list of visits."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QDialog

    from tests.helpers.window import desk_at
    from ui.dialogs import Dialogs

    asked = {
        "reason": lambda over: Dialogs.ask_reason(
            over,
            "Why is the reading struck?",
            "The reason stands in the record beside it.",
            ("Typing slip", "Wrong patient", "Measured again"),
        ),
        "passphrase": lambda over: Dialogs.ask_passphrase(
            over, "Sign the report", "Your passphrase opens the key that signs."
        ),
        "confirm": lambda over: Dialogs.confirm(
            over, "Throw away what was typed?", "It cannot be brought back.", yes="Throw it away"
        ),
    }[kind]

    def look():
        dialog = QApplication.activeModalWidget()
        try:
            camera.as_it_is(dialog)
        finally:
            QDialog.reject(dialog)

    with camera.place() as folder:
        desk = desk_at(folder / "ledger", "quiet_hour", until="weight-measured")
        desk.close_visit()
        with window_on(app, desk) as window:
            window.show_screen("day")
            settle(app)
            camera.each(lambda: (QTimer.singleShot(0, look), asked(window)), window)


def _unlock_refused(app, camera):
    with camera.place() as folder:
        desk = _with_clinic(folder)
        with window_on(app, desk, door=True) as window:
            window.show_screen("unlock").show_staff()
            hand = Hand(window, desk, lambda: wait_for_workers(app, desk))
            hand.rest()
            hand.write("Passphrase", "not the right one")
            hand.key("Return")
            hand.rest()
            camera(window)


@room("backup-at-quit", visit=False)
def _backup_at_quit(hand):
    from ui.backup_panel import BackupPanel

    panel = BackupPanel(hand.window)
    panel.show_part(0.43, timedelta(seconds=21))
    hand.rest()


@room("backup-trouble", visit=False)
def _backup_trouble(hand):
    from ketachart.storage import stick
    from ui.backup_panel import BackupPanel

    BackupPanel(hand.window).show_trouble(stick.FULL)
    hand.rest()


@room("ledger-full", "paused_for_nausea", until="infusion-resumed")
def _ledger_full(hand):
    """The disk has no room: the sheet keeps what was typed and says what to do."""
    from ketachart.errors import DiskFull
    from ketachart.storage.folder import DISK_FULL

    def full(*_facts, **_how):
        raise DiskFull(DISK_FULL)

    hand.desk.room.record = hand.desk.room.record_all = full
    hand.act("phase-3", "note")
    hand.write("Note", "The pain is less than an hour ago.")
    hand.act("primary")


@room("ledger-moved", "paused_for_nausea", until="infusion-resumed")
def _ledger_moved(hand):
    hand.desk.folder.rename(hand.desk.folder.with_name("gone"))
    hand.act("phase-3", "note")
    hand.write("Note", "The pain is less than an hour ago.")
    hand.act("primary")
