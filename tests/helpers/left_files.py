"""Everything that a clinic and a laptop leave on disks and sticks, and what a thief looks for."""

import base64
import re
import shutil
from datetime import timedelta

from ketachart.charting.drafts import FormDraft
from ketachart.charting.people import NewPerson
from ketachart.charting.vigil import Stamp
from ketachart.charting.vigil import write as write_stamp
from ketachart.clock import SetClock
from ketachart.domain.facts import NoteWritten
from ketachart.errors import WrongPassphrase
from ketachart.exchange import card
from ketachart.exchange.boxed import unboxed
from ketachart.storage import ballast
from ketachart.storage.keyring import unlock
from tests.charting.test_room import PASSPHRASE, new_visit
from tests.helpers.story import NOON
from tests.helpers.two_ledgers import found_clinic, granted, joined, nurse, packed
from ui import preferences
from ui.preferences import Preferences

OF_THE_KEY = "the lamp in the far barn"
HERS = "a heron counts no clocks"
PATIENT = {
    "mrn": "MRN-884-0417",
    "given_name": "Philomena",
    "family_name": "Quillfeather",
    "phone": "602 555 0163",
    "address": "4119 South Mill Avenue",
}
NOTE = "her neighbour's heron stood in the yard"
TYPED = "asked for Bartholomew, her brother"
WORDS = (*PATIENT.values(), "1986-03-14", "heron stood", "Bartholomew")
STAFF = ("Julia Alvarez", "Sue Perry", "Cleo Marsh")

SEALED = (
    r"ledger\.db(-wal)?",
    r"drafts\.bin",
    r"ketachart-\w+\.keta",
    r"reserve\.bin",
)
"""Files that are sealed as a whole: with a key of chance, or to another ledger's key."""

OF_A_PASSPHRASE = (r"keyring\.json(\.bak)?", r"ketachart-recovery-[0-9a-f]{8}\.key")
"""Files in which something lies under a passphrase."""

PLAIN = (
    r"ledger\.db-shm",  # SQLite's index of the log: page numbers
    r"manifest\.json",
    r"head\.json",
    r"attempts\.json",
    r"preferences\.json",
    r"open-visits\.json",
    r"ketachart\.lock",
    r"[\w-]+\.ketacard",
    r"clinic-trust\.pem",
)
"""Files that anybody may read, and that hold nothing of a patient or a passphrase."""


def is_one_of(kinds, path):
    """Whether the file is one of that list, by its whole name."""
    return any(re.fullmatch(kind, path.name) for kind in kinds)


def files_of(place):
    """Every file below, in a fixed order."""
    return sorted(path for path in place.rglob("*") if path.is_file())


def of_kind(place, kinds):
    """The files below that are on that list."""
    return [path for path in files_of(place) if is_one_of(kinds, path)]


def holding(paths, wanted):
    """Which needles stand in which of the files, their names among what is searched."""
    return {
        (path.name, said)
        for path in paths
        for content in [path.name.encode() + b"\n" + read_by_a_thief(path)]
        for needle, said in wanted.items()
        if needle in content
    }


def read_by_a_thief(path):
    """What is in a file, unpacked where it is only packed: the clinic's card."""
    content = path.read_bytes()
    if not content.startswith(card.MAGIC):
        return content
    return b"\n".join([content, *unboxed(content[len(card.MAGIC) :]).values()])


def play(place):
    """A clinic, a laptop with two nurses, one visit signed and one half typed; all they leave.

    Copied as a thief finds it whose hand was quicker than the lock: with the ledgers open.
    """
    place.mkdir()
    mail, stick, live = place / "mail", place / "stick", place.with_name("live")
    mail.mkdir()
    stick.mkdir()
    clinic = found_clinic(live / "clinic")
    made = clinic.post.card().work(PASSPHRASE)
    (mail / made.name).write_bytes(made.content)
    laptop = joined(live / "laptop", made.content)
    try:
        for name, content in granted(clinic, laptop).items():
            (mail / f"ketachart-{name}.keta").write_bytes(content)
        (mail / "clinic-trust.pem").write_bytes(clinic.certificates.trust_file())
        _people(laptop, mail)
        _visits(laptop)
        (mail / "ketachart-report.keta").write_bytes(packed(laptop))
        laptop.keeping.backups.choose(stick)
        laptop.keeping.backups.finish(laptop.keeping.backups.task("asked for").work())
        _beside(laptop.folder)
        laptop.keeping.drafts.flush()
        shutil.copytree(live, place / "disk")
    finally:
        laptop.close()
        clinic.close()
    shutil.copytree(live, place / "disk locked")
    return place


def _people(laptop, mail):
    people = laptop.keeping.people
    cleo = nurse(staff_id="cl", name="Cleo Marsh", licence="77120")
    people.finish_admit(people.admit(NewPerson(cleo, HERS)).work())
    made = people.make_recovery(OF_THE_KEY).work()
    people.set_recovery(made.public)
    (mail / made.name).write_bytes(made.content)
    laptop.keeping.veil_pin.set("8642")


def _visits(laptop):
    room = laptop.new_visit(new_visit(**PATIENT))
    room.record(NoteWritten(at=room.now(), text=NOTE))
    room.sign(PASSPHRASE, incomplete="practice")
    second = laptop.new_visit(new_visit(**PATIENT))
    second.record(NoteWritten(at=second.now(), text=NOTE))
    draft = FormDraft(
        key="one",
        stream=second.stream,
        form="note",
        title="Note",
        saved_at=NOON,
        act="act-1",
        content={"fields": {"Note": TYPED * 40}},
        staff_id=laptop.staff_id,
    )
    laptop.keeping.drafts.keep(draft)
    write_stamp(laptop.folder, second.stream, Stamp(NOON, shut=False))


def _beside(folder):
    chosen = Preferences(last_staff="ja", export_folder="/media/Quillfeather")
    preferences.write(folder, chosen)
    ballast.ballast_file(folder).write_bytes(ballast.os.urandom(65536))
    try:
        unlock(folder, "cl", "not her passphrase at all", SetClock(NOON + timedelta(days=1)))
    except WrongPassphrase:
        return
    raise AssertionError("a wrong passphrase was right")


def needles(words):
    """Each word in every writing and code that a file may hold it in."""
    found = {}
    for word in words:
        for spelt in {word, word.lower(), word.upper()}:
            for code in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le"):
                found[spelt.encode(code)] = word
            plain = spelt.encode()
            found[plain.hex().encode()] = found[plain.hex().upper().encode()] = word
            found[plain[::-1]] = word
            found |= dict.fromkeys(in_base64(plain), word)
    return found


def in_base64(plain):
    """As it stands in base64 wherever it begins: what its neighbours decide is left out."""
    for before in range(3):
        coded = base64.b64encode(bytes(before) + plain)
        whole = coded[-(-before * 8 // 6) :].rstrip(b"=")[:-1]
        if len(whole) >= 6:
            yield whole
            yield whole.translate(bytes.maketrans(b"+/", b"-_"))
