"""An addendum killed at each of its steps is kept whole with its signed version, or not at all."""

import shutil
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from ketachart import charting
from ketachart.clock import SetClock
from ketachart.domain import facts as f
from ketachart.report.verify import verify
from tests.charting.test_room import PASSPHRASE, new_clinic, new_visit
from tests.helpers.story import NOON

ROOT = Path(__file__).parents[2]
LATER = NOON + timedelta(hours=24)

ADDS = """
import os, signal, sys
from pathlib import Path
from ketachart import charting
from ketachart.clock import SetClock
from ketachart.domain.facts.closing import Addendum
from tests.charting.test_addenda_killed import LATER, PASSPHRASE

def killed(*_args, **_more):
    os.kill(os.getpid(), signal.SIGKILL)

class Killed:
    def __init__(self, real, before):
        self.real, self.before = real, before
    def __getattr__(self, name):
        return getattr(self.real, name)
    def commit(self):
        if not self.before:
            self.real.commit()
        killed()

folder, step = Path(sys.argv[1]), sys.argv[2]
office = charting.unlock(folder, "ja", PASSPHRASE, SetClock(LATER))
room = office.open_visit(office.visits()[0].stream)
said = Addendum(at=room.now(), about="late-information", text="The sister rang at nine.")
task = room.begin_addendum(said)
sealed = task.work(PASSPHRASE)
database = room._ledger._database
database.conn = Killed(database.conn, before=step == "before the commit")
room.finish_signature(sealed)
killed()
"""


@pytest.fixture(scope="module")
def signed(tmp_path_factory):
    """A ledger with one signed visit, closed."""
    folder = tmp_path_factory.mktemp("killed") / "ledger"
    office = charting.create(folder, new_clinic(), SetClock(NOON))
    room = office.new_visit(new_visit())
    room.sign(PASSPHRASE, incomplete="practice")
    office.close()
    return folder


@pytest.mark.parametrize(
    ("step", "versions"),
    [("before the commit", 1), ("after the commit", 2)],
)
def test_a_kill_keeps_the_addendum_with_its_version_or_neither(signed, tmp_path, step, versions):
    folder = tmp_path / "ledger"
    shutil.copytree(signed, folder)
    went = subprocess.run(
        [sys.executable, "-c", ADDS, str(folder), step], cwd=ROOT, capture_output=True, check=False
    )
    assert went.returncode == -signal.SIGKILL, went.stderr.decode()
    office = charting.unlock(folder, "ja", PASSPHRASE, SetClock(LATER))
    assert office.verify() == ()
    room = office.open_visit(office.visits()[0].stream)
    assert len(room.visit.of(f.AddendumWritten)) == versions - 1
    assert len(room._ledger.documents(room.stream)) == versions
    newest = room.signed_report()
    assert newest.name.endswith(f"-v{versions}.pdf")
    assert verify(newest.content, trust_pem=office.root_certificate.encode()).good
    office.close()
