"""Pictures of this laptop: its backups in every state, its check, its book, and a restore."""

from tests.shot_stage import Hand, wait_for_workers, window_on


def takes():
    """Each picture by its name, and how it is taken."""
    for name, play in (
        ("laptop-never", _never),
        ("laptop-backed-up", _backed_up),
        ("laptop-overdue", _overdue),
        ("laptop-running", _running),
        ("laptop-check", _checked),
        ("laptop-damaged", _damaged),
        ("laptop-visits", _visits),
        ("laptop-policy", _policy),
        ("laptop-let-go", _let_go),
        ("laptop-book", _book),
        ("laptop-day", _day),
        ("restore-list", _restore_list),
        ("restore-proof", _restore_proof),
        ("restore-key", _restore_key),
        ("restore-work", _restore_work),
        ("restore-done", _restored),
    ):

        def take(app, camera, play=play):
            from tests.helpers.window import desk_at

            with camera.place() as folder:
                desk = desk_at(folder / "ledger", "quiet_hour")
                desk.close_visit()
                (folder / "stick").mkdir()
                with window_on(app, desk) as window:
                    window.show_screen("day")
                    hand = Hand(window, desk, lambda: wait_for_workers(app, desk))
                    if play(hand, folder / "stick") is None:
                        wait_for_workers(app, desk)
                    camera(window)
                    wait_for_workers(app, desk)
                    window.backing_up = None  # no backup before it closes

        yield name, take


def _never(hand, _stick):
    hand.act("laptop")


def _choose(hand, stick):
    hand.desk.keeping.backups.choose(stick)


def _back_up(hand, stick):
    _choose(hand, stick)
    for minutes in (0, 90):
        hand.pass_time(minutes=minutes)
        hand.act("laptop", "primary")
        hand.act("back")


def _backed_up(hand, stick):
    _back_up(hand, stick)
    hand.act("laptop", "rehearse")


def _overdue(hand, stick):
    _back_up(hand, stick)
    hand.act("laptop", "check", "primary", "back")
    hand.pass_time(days=5)
    newest = max((path for path in stick.rglob("manifest.json")), key=lambda path: path.parent.name)
    newest.write_bytes(b"{}")
    hand.act("laptop", "row-1")


def _running(hand, stick):
    _choose(hand, stick)
    hand.act("laptop")
    part = hand.window.screen_shown.backup
    part._backing._job = object.__new__(object)  # as if one were under way
    part.renew()
    hand.rest()
    part._backing.progress.emit(0.43)
    part._backing._job = None
    return "now"


def _checked(hand, _stick):
    hand.act("laptop", "check", "primary")


def _damaged(hand, _stick):
    from ketachart.errors import Fault

    hand.act("laptop", "check")
    screen = hand.window.screen_shown
    faults = (
        Fault("page", "Page 12 of ledger.db cannot be read: what stood on it is damaged."),
        Fault("chain", "Entry 41 of visit 261122-04 is not as it was written."),
    )
    hand.desk.keeping.checks.task()
    screen.check._checkup._found(faults)


def _visits(hand, _stick):
    hand.act("laptop")
    _standings(hand, ready=0)


def _standings(hand, ready):
    from dataclasses import replace

    from ketachart.charting.leaving import Standing

    hand.act("row-3")
    part = hand.window.screen_shown.visits
    part._looking.stop()
    (row,) = hand.desk.office.visits()
    why = (
        "It stays until 22 Dec 2026, 30 days after it was signed.",
        "The clinic has not said that it has version 1 of the report.",
        "No verified backup holds all of it yet. Make a backup.",
    )
    rows = [
        Standing(replace(row, stream=f"s{n}", number=f"261122-0{n}"), "" if n <= ready else text)
        for n, text in enumerate(why, 1)
    ]
    part._show(tuple(rows))
    part.begin()


def _supervisor(hand):
    from dataclasses import replace

    office = hand.desk.office
    office.register(replace(office.nurse, at=hand.desk.now(), role="supervisor"))


def _policy(hand, _stick):
    _supervisor(hand)
    hand.act("laptop", "retention")
    hand.key("2")
    hand.write("Days after signing", "30")


def _let_go(hand, _stick):
    _supervisor(hand)
    hand.desk.keeping.leaving.set_policy(30)
    hand.act("laptop")
    _standings(hand, ready=2)
    hand.act("primary")


def _book(hand, stick):
    from ketachart.domain.facts.safekeeping import EmergencyAccess

    _back_up(hand, stick)
    hand.desk.keeping.record(
        EmergencyAccess(
            at=hand.desk.now(), staff_id="ja", name="Julia Alvarez", reason="passphrase forgotten",
            fingerprint="5f3a09bc" * 8,
        )
    )  # fmt: skip
    hand.act("laptop", "check", "primary", "row-4")


def _day(hand, stick):
    _back_up(hand, stick)
    hand.pass_time(days=5)
    hand.window.show_screen("day")


def _restore_list(hand, stick):
    _overdue(hand, stick)
    hand.act("restore")


def _passphrase():
    from ketachart.commands.player import PASSPHRASE

    return PASSPHRASE


def _restore_proof(hand, stick):
    _back_up(hand, stick)
    hand.act("laptop", "restore", "primary")
    hand.write("Passphrase of then", _passphrase())


def _restore_key(hand, stick):
    from dataclasses import replace

    _restore_proof(hand, stick)
    proof = hand.window.screen_shown.proof
    proof._copy = replace(proof._copy, recovery="7e33f9d1" * 8)
    hand.act("recovery-key")


def _restore_work(hand, stick):
    _restore_proof(hand, stick)
    screen = hand.window.screen_shown
    screen._go_to(2)
    screen._said("Reading all of it")
    screen.work.show_part(61, 100)


def _restored(hand, stick):
    _restore_proof(hand, stick)
    hand.act("primary")
    hand.rest()
