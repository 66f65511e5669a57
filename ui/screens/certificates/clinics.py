"""What a supervisor does with the authority's key: issue, renew, withdraw, list, make a card."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from ketachart.errors import Refused
from ui.desk import Desk
from ui.dialogs import Dialogs
from ui.laptop import breakable
from ui.saving import save_file
from ui.screens.certificates.act import Act, Answers, Begun
from ui.screens.certificates.words import in_fours, standing_facts
from ui.widgets.key_value import KeyValue

if TYPE_CHECKING:
    from ketachart.charting.certificates import Issued
    from ketachart.charting.certifying import Made
    from ketachart.charting.post_card import MadeCard
    from ketachart.charting.post_shapes import JoinRequest

_TOLD = ("Name", "Staff number", "Until", "Fingerprint")
_COMPARE = "Call {name}. Have the key's fingerprint read out. Is it the same, group for group?"


def issue(desk: Desk, request: "JoinRequest") -> Act:
    """A certificate for the laptop that asks; it goes out with the next package for it."""
    fact = request.fact

    def begin(answers: Answers) -> Begun:
        task = desk.certificates.issuing(fact.staff_id, fact.name, fact.credential, fact.request)
        return lambda told: task.work(answers.passphrase, told)

    def keep(made: object) -> str:
        desk.mail(lambda post: post.admit(request.item))  # first: it does no harm by itself
        desk.certify(lambda certificates: certificates.finish(cast("Made", made)))
        return f"Issued for {fact.name}. It goes out with the next package for that laptop."

    return Act(
        title="Issue a certificate",
        does="Issue the certificate",
        means=(
            f"{request.warning} With it, whoever holds that laptop's key signs reports in this "
            "name until it ends."
        ).lstrip(),
        facts=(
            KeyValue("Name", f"{fact.name}, {fact.credential}"),
            KeyValue("Staff number", fact.staff_id),
            KeyValue("Key", in_fours(fact.fingerprint)),
        ),
        compares=_COMPARE.format(name=fact.name),
        begin=begin,
        keep=keep,
    )


def renew(desk: Desk, old: "Issued") -> Act:
    """A new key and certificate for the unlocked person."""

    def begin(answers: Answers) -> Begun:
        task = desk.certificates.renewing(old.serial)
        own = answers.own_passphrase
        return lambda told: task.work(answers.passphrase, told, own_passphrase=own)

    def keep(made: object) -> str:
        desk.certify(lambda certificates: certificates.finish(cast("Made", made)))
        return "Renewed. From now on the new key signs; what the old one signed stays good."

    return Act(
        title="Renew your certificate",
        does="Make the new key",
        means="A new key and a certificate for it. The old certificate is not withdrawn by this.",
        facts=standing_facts(old, desk.now()),
        own_key=True,
        begin=begin,
        keep=keep,
    )


def withdraw(desk: Desk, old: "Issued") -> Act:
    """Takes a certificate back; a new list says so to whoever gets the trust file."""

    def begin(answers: Answers) -> Begun:
        if answers.reason is None:
            raise Refused("Say why.", rule="reason missing")
        since = answers.since or desk.now()
        task = desk.certificates.withdrawing(old.serial, answers.reason, since)
        return lambda told: task.work(answers.passphrase, told)

    def keep(made: object) -> str:
        desk.certify(lambda certificates: certificates.finish(cast("Made", made)))
        return (
            "Withdrawn, and a new list is signed. Save the trust file again and give it to "
            "whoever checks reports; laptops get the list with the next package."
        )

    return Act(
        title=f"Withdraw the certificate of {old.name}",
        does="Withdraw it and sign the list",
        means="It cannot be taken back. The person goes on charting, and cannot sign with it.",
        facts=tuple(fact for fact in standing_facts(old, desk.now()) if fact.key in _TOLD),
        withdraws=True,
        begin=begin,
        keep=keep,
    )


def sign_list(desk: Desk) -> Act:
    """The list of withdrawn certificates as it stands, signed again before it grows old."""

    def begin(answers: Answers) -> Begun:
        task = desk.certificates.listing()
        return lambda told: task.work(answers.passphrase, told)

    def keep(made: object) -> str:
        desk.certify(lambda certificates: certificates.finish(cast("Made", made)))
        return "The list is signed. Save the trust file again for whoever checks reports."

    return Act(
        title="Sign the list of withdrawn certificates again",
        does="Sign the list",
        means="Nothing on it changes; whoever checks reports sees that it is of today.",
        begin=begin,
        keep=keep,
    )


def card(desk: Desk, parent: QWidget) -> Act:
    """What a new laptop needs to join; it holds no secret."""

    def begin(answers: Answers) -> Begun:
        task = desk.post.card()
        return lambda told: task.work(answers.passphrase, told)

    def keep(made: object) -> str:
        ready = cast("MadeCard", made)
        path = saved(desk, parent, "Save the clinic's card", ready.name, ready.content)
        if path is None:
            return ""
        groups = in_fours(ready.fingerprint)
        return f"Saved: {breakable(path)}\nHave the nurse read this out by telephone: {groups}"

    return Act(
        title="Make a card for a new laptop",
        does="Make the card",
        means="The clinic, its protocol, and how to write to it. It holds no secret: give it to "
        "the nurse on a stick or by mail, and compare the fingerprint by telephone.",
        begin=begin,
        keep=keep,
    )


def saved(desk: Desk, parent: QWidget, title: str, name: str, content: bytes) -> Path | None:
    """Asks where, and writes it; None where it was thought better of.

    Raises:
        DiskFull, FolderReadOnly, NotSaved: nothing was written; the sentence says what to do.
    """
    start = Path(desk.preferences.export_folder or Path.home())
    path = Dialogs.ask_save_path(parent, title, start / name)
    if path is None:
        return None
    save_file(path, content)
    desk.prefer(replace(desk.preferences, export_folder=str(path.parent)))
    return path
