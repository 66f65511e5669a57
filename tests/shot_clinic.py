"""Pictures of checking a report, of the certificates, and of a laptop that joins a clinic."""

from dataclasses import replace

from tests.shot_stage import Hand, wait_for_workers, window_on

PASSPHRASE = "four plain words here"
NURSE = {
    "name": "Julia Alvarez",
    "credential": "RN",
    "licence": "184220",
    "licence_state": "AZ",
    "licence_expires": "31 Mar 2028",
    "staff_id": "ja",
    "phone": "602 555 0171",
}


def takes():
    """Each picture by its name, and how it is taken."""
    for name, play in (
        ("check-drop", _nothing),
        ("check-good", _good),
        ("check-folder", _folder),
        ("certificates", _certificates),
        ("certificate-issue", _issue),
        ("certificate-withdraw", _withdraw),
    ):

        def take(app, camera, play=play):
            from tests.helpers.review_desk import review_desk

            with camera.place() as folder:
                desk = review_desk(folder / "ledger")
                with window_on(app, desk) as window:
                    window.show_screen("day")
                    hand = Hand(window, desk, lambda: wait_for_workers(app, desk))
                    play(hand, folder)
                    wait_for_workers(app, desk)
                    camera(window)

        yield name, take
    for name in ("join-card", "join-request"):

        def join(app, camera, name=name):
            with camera.place() as folder:
                _join(app, camera, name, folder)

        yield name, join


def _nothing(hand, _folder):
    hand.act("check")


def _files(folder):
    from tests.helpers.review_desk import folder_of

    stick = folder_of(folder / "stick", "paused_for_nausea")
    content = (stick / "paused_for_nausea.pdf").read_bytes()
    at = content.index(b"/MediaBox") + 2
    (stick / "changed.pdf").write_bytes(content[:at] + b"?" + content[at + 1 :])
    (stick / "letter.pdf").write_bytes(b"%PDF-1.7 a letter")
    return stick


def _good(hand, folder):
    hand.act("check")
    hand.window.screen_shown.check(_files(folder) / "paused_for_nausea.pdf")


def _folder(hand, folder):
    hand.act("check")
    hand.window.screen_shown.check(_files(folder))


def _asks(hand, folder):
    from ketachart.clock import SetClock
    from tests.helpers.review_desk import PASSPHRASE as SUPERVISORS
    from tests.helpers.two_ledgers import joined, packed

    card = hand.desk.post.card().work(SUPERVISORS)
    laptop = joined(folder / "laptop", card.content, SetClock(hand.desk.now()))
    hand.desk.post.take(packed(laptop))
    laptop.close()


def _certificates(hand, folder):
    _asks(hand, folder)
    hand.act("certificates")


def _issue(hand, folder):
    _certificates(hand, folder)
    hand.act("primary")
    hand.key("1")


def _withdraw(hand, folder):
    _certificates(hand, folder)
    hand.key("Down")
    hand.act("withdraw")


def _join(app, camera, name, folder):
    from ketachart.charting import joining
    from ketachart.charting.joining import prepare
    from ketachart.clock import SetClock
    from tests.helpers.door import NOON
    from tests.helpers.review_desk import PASSPHRASE as SUPERVISORS
    from tests.helpers.review_desk import review_desk
    from ui.desk import Desk

    clinic = review_desk(folder / "clinic")
    card = joining.read_card(clinic.post.card().work(SUPERVISORS).content)
    clinic.close()
    desk = Desk(folder / "laptop", SetClock(NOON))
    (folder / "laptop").mkdir()
    with window_on(app, desk) as window:
        screen = window.show_screen("first-start")
        ways = screen.ways
        ways.choice.choices.choose("join")
        screen.act("primary")
        ways.card.card = card
        ways.card._show()
        if name == "join-request":
            joining.prepare = lambda card, new, clock, **how: prepare(
                card, replace(new, practice=True), clock, **how
            )
            ways.card.compared.choose("same")
            screen.act("primary")
            for key, text in NURSE.items():
                ways.nurse.field(key).set_text(text)
            screen.act("primary")
            for key in ("passphrase", "again"):
                ways.passphrase.field(key).set_text(PASSPHRASE)
            screen.act("primary")
            joining_ends(app, desk)
            joining.prepare = prepare
        ways.card.begin()
        wait_for_workers(app, desk)
        camera(window)


def joining_ends(app, desk):
    """The ledger is made by one worker, the request by the next."""
    for _ in range(2):
        wait_for_workers(app, desk)
