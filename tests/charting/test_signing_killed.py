"""A signature killed or failing at each of its steps: no signed file, or one the ledger knows."""

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from ketachart import charting
from ketachart.clock import SetClock
from ketachart.domain import facts as f
from ketachart.errors import KetaChartError
from ketachart.report.verify import verify
from tests.charting.test_room import PASSPHRASE, new_clinic, new_visit
from tests.helpers.story import NOON

ROOT = Path(__file__).parents[2]
WORK = {
    "the key is opened": "ketachart.report.authority.open_credential",
    "the report is made": "ketachart.report.pdf.render",
    "it is read back": "ketachart.report.text.missing_values",
    "it is signed": "ketachart.report.signing._embedded",
    "the signature is checked": "ketachart.report.signing.verify",
}
"""What happens away from the ledger: the step, and the function that does it."""

KEEPING = {
    "an entry": "ketachart.storage.records.insert_entry",
    "the paper": "ketachart.storage.records.insert_document",
    "the list of visits": "ketachart.storage.seeking.put",
}
"""What is written in the one act of keeping: what, and the function that writes it."""

STEPS = (
    *WORK,
    "before the act",
    *(f"after {what}" for what in KEEPING),
    "before the commit",
    "after the commit",
)

KILLS = """
import json, os, shutil, signal, sys
from pathlib import Path
from tests.charting import test_signing_killed as t

def killed(*_args, **_more):
    os.kill(os.getpid(), signal.SIGKILL)

made, out = Path(sys.argv[1]), Path(sys.argv[2])
ended = {}
office, room = t.opened(made)  # signs, keeps nothing: every library is loaded before the forks
sealed = room.begin_signature(incomplete="practice").work(t.PASSPHRASE)
office.close()
for number, step in enumerate(t.STEPS):
    folder = out / str(number) / "ledger"
    shutil.copytree(made, folder)
    child = os.fork()
    if not child:
        office, room = t.opened(folder)
        t.break_at(step, killed, room, setattr_named=t.put)
        t.signs(room, step, sealed)
        os._exit(7)
    ended[step] = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
print(json.dumps(ended))
"""


def opened(folder):
    office = charting.unlock(folder, "ja", PASSPHRASE, SetClock(NOON))
    return office, office.open_visit(office.visits()[0].stream)


def put(name, thing):
    """Puts a thing in the place of a module's own; undone by nobody: the process ends."""
    module, _dot, attribute = name.rpartition(".")
    setattr(sys.modules[module], attribute, thing)


def then(real, fault):
    """Does the real thing, and then goes wrong."""

    def done(*args, **more):
        real(*args, **more)
        fault()

    return done


class Breaking:
    """A connection that goes wrong at the commit, before or after it."""

    def __init__(self, real, fault, *, before):
        self._real, self._fault, self._before = real, fault, before

    def __getattr__(self, name):
        return getattr(self._real, name)

    def commit(self):
        if not self._before:
            self._real.commit()
        self._fault()


def break_at(step, fault, room, setattr_named):
    """Has this step of signing go wrong."""
    if step in WORK:
        setattr_named(WORK[step], fault)
    elif step == "before the act":
        setattr_named("ketachart.storage.records.already_stored", fault)
    elif step.endswith("the commit"):
        database = room._ledger._database
        database.conn = Breaking(database.conn, fault, before=step.startswith("before"))
    else:
        module, _dot, name = KEEPING[step.removeprefix("after ")].rpartition(".")
        setattr_named(f"{module}.{name}", then(getattr(sys.modules[module], name), fault))


def signs(room, step, sealed):
    """Signs; what is kept was made before, so that each step costs no more than it must."""
    if step in WORK:
        return room.sign(PASSPHRASE, incomplete="practice")
    return room.finish_signature(sealed)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A ledger with one visit that may be signed, closed."""
    folder = tmp_path_factory.mktemp("unsigned") / "ledger"
    office = charting.create(folder, new_clinic(), SetClock(NOON))
    office.new_visit(new_visit())
    office.close()
    return folder


@pytest.fixture(scope="module")
def killed(made, tmp_path_factory):
    """The same ledger, killed at each step: how the process ended, and the folder it left."""
    out = tmp_path_factory.mktemp("killed")
    went = subprocess.run(
        [sys.executable, "-c", KILLS, str(made), str(out)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert went.returncode == 0, went.stderr
    ended = json.loads(went.stdout)
    return {step: (ended[step], out / str(n) / "ledger") for n, step in enumerate(STEPS)}


@pytest.mark.parametrize("step", STEPS)
def test_a_kill_leaves_no_signed_file_or_one_that_the_ledger_knows(killed, step):
    how, folder = killed[step]
    assert how == -signal.SIGKILL
    office, room = opened(folder)
    try:
        assert office.verify() == ()
        through = step == "after the commit"
        assert (room.visit.signed is not None) is through
        assert bool(room._ledger.documents(room.stream)) is through
        assert office.visits()[0].status == ("signed" if through else "screening")
        if through:
            known = room.signed_report()
            assert known.sha256 == room.visit.report.fact.sha256
            assert verify(known.content, trust_pem=office.root_certificate.encode()).good
    finally:
        office.close()


def test_after_a_kill_the_visit_is_signed_once_and_only_once(killed, tmp_path):
    _how, left = killed["after the paper"]
    shutil.copytree(left, tmp_path / "ledger")
    office, room = opened(tmp_path / "ledger")
    try:
        report = room.sign(PASSPHRASE, incomplete="practice")
        assert len(room.visit.of(f.VisitSigned)) == len(room.visit.of(f.ReportSigned)) == 1
        assert [paper.sha256 for paper in room._ledger.documents(room.stream)] == [report.sha256]
        assert office.verify() == ()
    finally:
        office.close()


class Broken(dbapi2.OperationalError):
    """What the database says of a disk that failed in the middle of it."""

    sqlite_errorcode = dbapi2.SQLITE_IOERR


def test_a_fault_at_each_step_keeps_all_or_nothing_and_signing_again_works(made, tmp_path):
    shutil.copytree(made, tmp_path / "ledger")
    office, room = opened(tmp_path / "ledger")

    def fault(*_args, **_more):
        raise Broken

    before = room.visit.entries
    sealed = room.begin_signature(incomplete="practice").work(PASSPHRASE)
    database = room._ledger._database
    real = database.conn
    for step in STEPS[:-1]:
        with pytest.MonkeyPatch.context() as patch:
            break_at(step, fault, room, setattr_named=patch.setattr)
            with pytest.raises((KetaChartError, Broken)):
                signs(room, step, sealed)
        database.conn = real
        assert room.visit.entries == before, step
        assert room._ledger.documents(room.stream) == (), step
    # the commit went through, but its answer was lost: it is found, and not signed twice
    with pytest.MonkeyPatch.context() as patch:
        break_at(STEPS[-1], fault, room, setattr_named=patch.setattr)
        report = signs(room, STEPS[-1], sealed)
    database.conn = real
    assert room.signed_report() == report
    assert len(room.visit.of(f.VisitSigned)) == 1
    assert office.visits()[0].status == "signed"
    assert office.verify() == ()
    office.close()
