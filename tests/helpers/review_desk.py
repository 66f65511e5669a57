"""A supervisor's own ledger, and nurses' reports signed under its authority; each made once."""

import atexit
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from ketachart import charting
from ketachart.charting import NewClinic, joining
from ketachart.charting.joining import NewNurse
from ketachart.clock import SetClock
from ketachart.commands.player import PASSPHRASE as NURSES
from ketachart.domain.facts import ClinicRecorded, NurseRecorded, VitalsTaken
from ketachart.report.authority import issue
from ketachart.report.credential import Credential
from tests.helpers.window import _played
from ui.desk import Desk

PASSPHRASE = "review on paper only"
MONDAY = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
MADE = datetime(2026, 1, 5, 15, 0, tzinfo=UTC)
FEW = 1000  # rounds: key files are opened in every test


def nurse(at=MADE):
    """Somebody who joins the clinic."""
    return NurseRecorded(
        at=at, staff_id="mb", name="Mara Bell", credential="RN", licence="AZ 77121"
    )


def supervisor(at=MADE):
    return NurseRecorded(
        at=at, staff_id="ko", name="Kofi Osei", credential="RN", licence="AZ 77120",
        role="supervisor",
    )  # fmt: skip


@cache
def _clinic():
    """The clinic's ledger with its authority, locked; and the key to open it."""
    place = Path(tempfile.mkdtemp(prefix="clinic-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    clinic = ClinicRecorded(
        at=MADE, name="Desert Bloom Infusion", phone="602 555 0119", zone="America/Phoenix"
    )
    new = NewClinic(clinic=clinic, nurse=supervisor(), passphrase=PASSPHRASE, practice=True)
    office = charting.create(place / "ledger", new, SetClock(MADE))
    kept = office._ledger.credentials("clinic", "authority")[-1]
    office.close()
    proof = charting.prove(place / "ledger", "ko", PASSPHRASE, SetClock(MADE))
    return place / "ledger", kept, proof


def _give_key(office):
    """The clinic's authority vouches for the nurse, whose newest key this is from now on."""
    authority, nurse = _clinic()[1], office.nurse
    made = issue(
        Credential(authority.certificate_pem, authority.pkcs12, "", "", MADE, MADE),
        PASSPHRASE,
        name=nurse.name,
        staff_id=nurse.staff_id,
        credential=nurse.credential,
        clinic="Desert Bloom Infusion",
        passphrase=NURSES,
        now=MADE,
        rounds=FEW,
    )
    office._ledger.add_credential(
        nurse.staff_id,
        "nurse",
        made_at=MADE.isoformat(),
        certificate_pem=made.certificate_pem,
        pkcs12=made.pkcs12,
    )


class Nurse:
    """A nurse's laptop with one visit of a story on it, signed under the clinic's authority."""

    def __init__(self, folder, story):
        ledger, now, stream, proof = _played(story, "", "")
        shutil.copytree(ledger, folder)
        self.clock = SetClock(now)
        self.office = charting.enter(folder, proof, self.clock)
        _give_key(self.office)
        self.room = self.office.open_visit(stream)
        self.stream = stream

    def record_at_once(self, sets=9):
        """Vital signs as they are written down from notes after a busy time, and very even."""
        last = self.room.now()
        for number in range(sets, 0, -1):
            at = last - timedelta(minutes=3 * number)
            taken = VitalsTaken(at=at, systolic=124, diastolic=78, heart_rate=70 + number)
            self.room.record(taken)

    def sign(self):
        """The signed report of version 1."""
        from ketachart.domain.found.findings import standing

        open_ones = standing(self.room.visit, self.room.now())
        why = "The prescriber calls back tomorrow." if open_ones else ""
        return self.room.sign(NURSES, incomplete=why).content

    def answer(self, item, words, *, about="answer", question=""):
        """The signed report of the next version, with the answer in it."""
        from ketachart.domain.facts.closing import Addendum

        added = Addendum(
            at=self.room.now(), about=about, text=words, answers=item, question=question
        )
        return self.room.add_addendum(NURSES, added).content


@cache
def signed(story):
    """The report of a story as the nurse signed it, and the visit's stream; made once."""
    with tempfile.TemporaryDirectory() as place:
        nurse = Nurse(Path(place) / "ledger", story)
        content = nurse.sign()
        nurse.office.close()
        return content, nurse.stream


def request_for(desk, folder):
    """The package with which a new laptop asks this clinic to let it join."""
    card = desk.post.card().work(PASSPHRASE)
    new = NewNurse(nurse(), PASSPHRASE, practice=True)
    laptop = joining.join(folder, card.content, new, SetClock(desk.now()))
    try:
        (clinic,) = laptop.post.correspondents()
        return laptop.post.packing(clinic.ledger).work(PASSPHRASE).content
    finally:
        laptop.close()


def folder_of(place, *stories):
    """A folder as it comes on a stick, with these reports in it."""
    place.mkdir()
    for story in stories:
        (place / f"{story}.pdf").write_bytes(signed(story)[0])
    return place


def review_desk(folder, *, at=MONDAY):
    """The clinic's ledger, unlocked by its supervisor, at a desk."""
    ledger, _authority, proof = _clinic()
    shutil.copytree(ledger, folder)
    clock = SetClock(at)
    desk = Desk(folder, clock)
    desk._open_office(charting.enter(folder, proof, clock))
    return desk


def take_in(desk, *contents):
    """Takes reports in as if their folder had been opened, at once."""
    from ketachart.charting.report_reading import ReadFolder, read_report

    trust = desk.supervision.trust_file
    read = tuple(
        read_report(f"{n}.pdf", one, trust, numbers=False) for n, one in enumerate(contents, 1)
    )
    return desk.supervision.keep(ReadFolder(reports=read))
