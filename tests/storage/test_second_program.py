"""Two KetaCharts on one ledger: the second is refused kindly, and a killed one blocks nobody."""

import signal
import subprocess
import sys

import pytest

from ketachart.errors import LedgerInUse
from ketachart.storage.ledger import Ledger
from tests.storage.making import draft, unlocked

_OTHER = """
import sys
from pathlib import Path
from tests.storage.making import draft, reopened
ledger = reopened(Path(sys.argv[1]))
ledger.append([draft("other")])
print("open", flush=True)
sys.stdin.read()
"""


def test_a_second_program_is_refused_until_the_first_is_gone_however_it_went(folder, ledger):
    unwrapped = ledger.unwrapped
    ledger.close()
    other = subprocess.Popen(
        [sys.executable, "-c", _OTHER, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert other.stdout.readline() == "open\n"
        with pytest.raises(LedgerInUse, match="already open on this laptop"):
            Ledger.open(folder, unwrapped)
    finally:
        other.send_signal(signal.SIGKILL)
        other.communicate()
    with Ledger.open(folder, unlocked(folder)) as again:
        assert again.read_only is None
        assert len(again.stream("visit-1")) == 1
        again.append([draft("own")])
