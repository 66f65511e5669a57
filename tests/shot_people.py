"""Pictures of the people of a ledger, their keys, and the way in with the recovery key."""

from dataclasses import replace

from tests.shot_stage import Hand, wait_for_workers, window_on

HERS = "a heron counts no clocks"
OF_THE_KEY = "the lamp in the far barn"
LONG = "Maria-Alejandra Featherstonehaugh-Wojciechowska"


def takes():
    """Each picture by its name, and how it is taken."""
    for name, play in SCENES.items():

        def take(app, camera, play=play):
            from tests.helpers.review_desk import review_desk

            with camera.place() as folder:
                desk = review_desk(folder / "ledger")
                _people(desk)
                with window_on(app, desk) as window:
                    window.show_screen("day")
                    play(Hand(window, desk, lambda: wait_for_workers(app, desk)))
                    wait_for_workers(app, desk)
                    camera(window)

        yield name, take
    for name, shown in (("unlock-nine", "unlock"), ("recover", "recover"), ("recover-else", "9")):

        def door(app, camera, shown=shown):
            with camera.place() as folder:
                _door(app, camera, shown, folder)

        yield name, door


def _people(desk):
    from ketachart.charting.people import NewPerson
    from tests.helpers.review_desk import nurse

    people = desk.keeping.people
    for told in (replace(nurse(), licence_state="AZ"), replace(nurse(), staff_id="al", name=LONG)):
        people.finish_admit(people.admit(NewPerson(told, HERS)).work())
    people.shut_out("al", "left the clinic")


def _list(hand):
    hand.act("people")


def _recovery_set(hand):
    people = hand.desk.keeping.people
    people.set_recovery(people.make_recovery(OF_THE_KEY).work().public)
    hand.act("people", "recovery-row")


def _shut_out(hand):
    hand.act("people")
    hand.window.screen_shown.card.list.choose("person:mb")
    hand.act("shut-out")


def _rehearse(hand):
    _recovery_set(hand)
    hand.act("primary")


SCENES = {
    "people": _list,
    "people-passphrase": lambda hand: hand.act("people", "passphrase", "suggest"),
    "people-let-in": lambda hand: hand.act("people", "let-in"),
    "people-shut-out": _shut_out,
    "people-recovery": lambda hand: hand.act("people", "recovery-row"),
    "people-recovery-set": _recovery_set,
    "people-recovery-make": lambda hand: hand.act("people", "recovery-key"),
    "people-rehearse": _rehearse,
    "people-go-without": lambda hand: hand.act("people", "recovery-row", "go-without"),
    "people-take-key": lambda hand: hand.act("people", "recovery-row", "take-key"),
    "people-new-key": lambda hand: hand.act("people", "new-key"),
}


def _nine(folder):
    from datetime import timedelta

    from ketachart import charting
    from ketachart.charting.people import NewPerson
    from ketachart.clock import SetClock
    from tests.helpers.door import NOON, PASSPHRASE, clinic_in, new_clinic

    clock = SetClock(NOON + timedelta(seconds=1))
    office = charting.unlock(clinic_in(folder), "ja", PASSPHRASE, clock)
    people = office.keeping.people
    for n in range(2, 10):
        name = LONG if n == 5 else f"Nurse {n}"
        told = replace(new_clinic().nurse, staff_id=f"n{n}", name=name)
        people.finish_admit(people.admit(NewPerson(told, HERS)).work())
    key = people.make_recovery(OF_THE_KEY).work()
    people.set_recovery(key.public)
    office.close()
    (folder.parent / key.name).write_bytes(key.content)
    return folder.parent / key.name, clock


def _door(app, camera, shown, folder):
    from ui.desk import Desk

    key, clock = _nine(folder / "ledger")
    desk = Desk(folder / "ledger", clock)
    with window_on(app, desk, door=True) as window:
        window.show_screen("unlock").show_staff()
        wait_for_workers(app, desk)
        if shown != "unlock":
            window.act("recovery-key")
            wait_for_workers(app, desk)
            sheet = window.screen_shown.sheet
            sheet.file.take_file(key)
            sheet.key.set_text(OF_THE_KEY)
            sheet.who.choose("ja" if shown == "recover" else "\x1fother")
        wait_for_workers(app, desk)
        camera(window)
