"""A nurse's signed reports and the clinic's ledger that they come to: made once, shared by tests.

Two ledgers with one authority, as a clinic and a laptop have them; only files go between them.
"""

import tempfile
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from pathlib import Path

from ketachart import charting
from ketachart.charting.door import Prepared
from ketachart.charting.report_reading import ReadReport, read_report
from ketachart.clock import SetClock
from ketachart.domain import facts as f
from ketachart.domain.facts.closing import Addendum
from ketachart.domain.facts.post import QuestionAsked
from ketachart.report import authority
from tests.charting.test_room import PASSPHRASE, new_clinic, new_visit
from tests.helpers.story import NOON

QUESTION = "question-1"
LATER = NOON + timedelta(hours=30)


@dataclass(frozen=True)
class Made:
    """The reports of one visit, and the clinic that is to read them."""

    first: bytes
    second: bytes
    stream: str
    start: str
    root: authority.Credential
    ready: Prepared

    @property
    def trust(self):
        """The clinic's trust file."""
        return self.root.certificate_pem.encode()


@cache
def made():
    """A visit signed, and signed again with the answer to a question."""
    clock = SetClock(NOON)
    with tempfile.TemporaryDirectory() as folder:
        office = charting.create(Path(folder) / "laptop", new_clinic(), clock)
        room = office.new_visit(new_visit())
        vitals = f.VitalsTaken(at=room.now(), systolic=124, diastolic=78, heart_rate=71, spo2=98)
        start = room.record(vitals).id
        first = room.sign(PASSPHRASE, incomplete="practice").content
        clock.pass_time(timedelta(hours=20))
        answer = Addendum(
            at=room.now(),
            about="answer",
            text="The cuff was on the left arm.",
            answers=QUESTION,
            question="Which arm?",
            entry=start,
        )
        second = room.add_addendum(PASSPHRASE, answer).content
        kept = office._ledger.credentials("clinic", "authority")[-1]
        office.close()
    pem = kept.certificate_pem
    root = authority.Credential(
        pem, kept.pkcs12, authority.fingerprint_of(pem), "", NOON, NOON + timedelta(days=3650)
    )
    return Made(first, second, room.stream, start, root, prepared(root))


def prepared(root, passphrase=PASSPHRASE, now=NOON, **person):
    """A clinic's ledger of that authority, with Sue Perry as its supervisor."""
    told = {"staff_id": "sp", "name": "Sue Perry", "credential": "MD", "role": "supervisor"}
    clinic = new_clinic()
    nurse = replace(clinic.nurse, **{**told, **person})
    ready = charting.prepare(replace(clinic, nurse=nurse, passphrase=passphrase), SetClock(now))
    own = authority.issue(
        root,
        passphrase,
        name=nurse.name,
        staff_id=nurse.staff_id,
        credential=nurse.credential,
        clinic=clinic.clinic.name,
        passphrase=passphrase,
        now=now,
        rounds=1000,
    )
    return replace(ready, root=root, own=own)


def clinic_in(folder, clock, **person):
    """The clinic's ledger in a folder, unlocked by Sue Perry, or by somebody told otherwise."""
    ready = prepared(made().root, **person) if person else made().ready
    return charting.found(folder, ready, clock)


@cache
def read(content) -> ReadReport:
    """A report as a worker reads it."""
    return read_report("a.pdf", content, made().trust)


def asked(supervision, item=QUESTION, **values):
    """A question under a known id, as if it had been asked so."""
    now = supervision._office.time.now()
    told = {
        "at": now, "item": item, "report": 1, "sha256": read(made().first).sha256,
        "entry": made().start, "row": "12:00 Vitals", "words": "Which arm?", "by": "Sue Perry, MD",
        "staff_id": "sp", "asked_at": now,
    }  # fmt: skip
    fact = QuestionAsked(**{**told, **values})
    supervision._received.append(made().stream, ((item, fact),), (), now)
