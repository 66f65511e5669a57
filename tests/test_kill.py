"""Kill the process between any two entries: nothing that a form had cleared is lost."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ketachart import charting
from ketachart.clock import SystemClock
from ketachart.storage.ledger import Ledger
from tests.helpers.bench_visits import PASSPHRASE

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = int(os.environ.get("KETACHART_KILLS", "8"))

WRITER = """
import sys
from datetime import timedelta
from pathlib import Path
from tests.helpers.bench_visits import visit_in
from ketachart.domain.facts import NoteWritten, VitalsTaken

office, room, clock = visit_in(Path(sys.argv[1]), notes=0)
print(room.stream, flush=True)
count = 0
while True:
    count += 1
    clock.pass_time(timedelta(seconds=45))
    if count % 3:
        entry = room.record(VitalsTaken(at=room.now(), heart_rate=60 + count % 60, spo2=97))
    else:
        entry = room.record(NoteWritten(at=room.now(), text=f"note {count}"))
    if count % 7 == 0:
        entry = room.strike(entry.id, "slip")
    # a form clears here: what was recorded is now promised to be on the disk
    print(entry.id, entry.chain, flush=True)
"""


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_what_a_form_had_cleared_survives_a_kill_between_any_two_entries(tmp_path, round_):
    chance = random.Random(round_)
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    stream = process.stdout.readline().strip()
    promised = {}
    for _ in range(chance.randint(1, 40)):
        entry_id, chain = process.stdout.readline().split()
        promised[entry_id] = chain
    process.send_signal(signal.SIGKILL)
    promised |= dict(
        line.split() for line in process.stdout.read().splitlines() if len(line.split()) == 2
    )
    process.wait()
    process.stdout.close()
    office = charting.unlock(tmp_path / "ledger", "ja", PASSPHRASE, SystemClock())
    visit = office.open_visit(stream).visit
    kept = {entry.id: entry.chain for entry in visit.entries}
    assert promised.items() <= kept.items()
    assert office.verify() == ()
    office.close()


def test_the_check_itself_would_notice_a_lost_entry(tmp_path):
    from tests.helpers.bench_visits import visit_in

    office, room, _clock = visit_in(tmp_path, notes=1)
    rows = office._ledger.stream(room.stream)
    assert isinstance(office._ledger, Ledger)
    kept = {row.entry_id: row.chain for row in rows[:-1]}
    promised = {rows[-1].entry_id: rows[-1].chain}
    assert not promised.items() <= kept.items()
    office.close()
