"""A clinic and a nurse's laptop with a ledger each, and nothing between them but files."""

import shutil
from dataclasses import dataclass, replace
from datetime import timedelta

from ketachart import charting
from ketachart.charting import joining
from ketachart.charting.joining import NewNurse
from ketachart.clock import SetClock
from ketachart.domain.facts import OverrideAuthorised
from ketachart.domain.facts.closing import Addendum
from tests.charting.test_room import PASSPHRASE, new_clinic, new_visit
from tests.helpers.story import NOON, Story

SECOND = timedelta(seconds=1)


def supervisor():
    """The clinic's supervisor, who founds its ledger."""
    told = Story().patient().order().visit().nurse
    return replace(told, staff_id="sp", name="Sue Perry", credential="MD", role="supervisor")


def nurse(**values):
    """The nurse of the laptop."""
    return replace(Story().patient().order().visit().nurse, **values)


def found_clinic(folder):
    """The clinic's ledger."""
    return charting.create(folder, new_clinic(nurse=supervisor()), SetClock(NOON))


def joined(folder, card, clock=None, **values):
    """A laptop that joined with the card."""
    new = NewNurse(nurse(**values), PASSPHRASE, practice=True)
    return joining.join(folder, card, new, clock or SetClock(NOON + SECOND))


def packed(office, *, whom=None, note=True):
    """The package for that ledger, or for the first correspondent, and noted as written."""
    ledger = whom.post._book.id if whom else office.post.correspondents()[0].ledger
    made = office.post.packing(ledger).work(PASSPHRASE)
    if note:
        office.post.sent(made)
    return made.content


def granted(clinic, laptop):
    """The laptop asks, the clinic issues, and the certificate comes back: both packages."""
    asks = packed(laptop)
    clinic.post.take(asks)
    request = clinic.post.requests()[-1]
    fact = request.fact
    task = clinic.certificates.issuing(fact.staff_id, fact.name, fact.credential, fact.request)
    clinic.certificates.finish(task.work(PASSPHRASE))
    clinic.post.admit(request.item)
    brings = packed(clinic, whom=laptop)
    laptop.post.take(brings)
    complete = laptop.certificates.completing(laptop.post.granted())
    laptop.certificates.finish(complete.work(PASSPHRASE))
    return {"request": asks, "certificate": brings}


def signed_visit(laptop, *, overridden=False):
    """A visit on the laptop, signed as it stands, or after an override by phone."""
    room = laptop.new_visit(new_visit())
    if overridden:
        told = OverrideAuthorised(
            at=room.now(), about="fasting", by="Dr A. Okafor", read_back=True, reason="toast"
        )
        room.record(told)
    room.sign(PASSPHRASE, incomplete="practice")
    return room


def answer(room, thread_item, words="It was 82, typed wrong."):
    """An addendum that answers a question, signed with the next version."""
    room.add_addendum(
        PASSPHRASE,
        Addendum(
            at=room.now(), about="answer", text=words, answers=thread_item, question="Was it 28?"
        ),
    )


@dataclass
class Copies:
    """Ledgers as they stood at some moment, to be opened again and again."""

    folder: object
    made: int = 0

    def of(self, place, staff_id):
        """A copy of a closed ledger, unlocked."""
        self.made += 1
        there = self.folder / f"copy-{self.made}"
        shutil.copytree(place, there)
        start = NOON + timedelta(days=2, seconds=self.made)
        return charting.unlock(there, staff_id, PASSPHRASE, SetClock(start))
