"""Makes the shim of `shim.c`, loads it before everything else, and tells it what to do."""

import ctypes
import enum
import errno
import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from shutil import which

SOURCE = Path(__file__).with_name("shim.c")


class Call(enum.IntFlag):
    """What a program asks of the disk."""

    OPEN = 1
    WRITE = 2
    TRUNCATE = 4
    SYNC = 8
    NAME = 16


ANY = Call.OPEN | Call.WRITE | Call.TRUNCATE | Call.SYNC | Call.NAME


class How(enum.IntEnum):
    """At which moment of a call the program is killed."""

    BEFORE = 1
    AFTER = 2
    HALFWAY = 3


def why_not() -> str:
    """Why the shim cannot be used here; empty where it can."""
    if sys.platform != "linux":
        return "only Linux lets a program's calls be watched in this way"
    if which("cc") is None:
        return "there is no C compiler (on Debian and Ubuntu: apt-get install gcc)"
    return ""


def made() -> Path:
    """The shim as a library, compiled once for each state of its source."""
    source = SOURCE.read_bytes()
    folder = Path(tempfile.gettempdir()) / f"ketachart-torment-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    library = folder / f"shim-{hashlib.sha256(source).hexdigest()[:16]}.so"
    if not library.exists():
        fresh = library.with_suffix(f".{os.getpid()}")
        words = ["cc", "-O2", "-shared", "-fPIC", "-w", "-o", str(fresh), str(SOURCE)]
        subprocess.run([*words, "-ldl", "-lpthread"], check=True)
        fresh.replace(library)
    return library


def is_loaded() -> bool:
    """Whether this program runs with the shim."""
    return hasattr(ctypes.CDLL(None), "torment_watch")


def run_again_with_shim() -> None:
    """Starts this program anew with the shim before everything else; does not return."""
    kept = {**os.environ, "LD_PRELOAD": str(made())}
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], kept)  # noqa: S606


class Shim:
    """The shim of this process."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(None)
        for name in ("seen", "struck", "kill_seen"):
            getattr(self._library, f"torment_{name}").restype = ctypes.c_long

    def watch(self, folder: Path) -> None:
        """Watches the files under a folder, and no others."""
        self._library.torment_watch(str(folder).encode())

    def record_into(self, file: int) -> None:
        """Writes down every call that changes something; -1 ends it."""
        self._library.torment_record(file)

    def mark(self, content: bytes) -> None:
        """Puts an acknowledgement between the calls."""
        self._library.torment_mark(content, ctypes.c_long(len(content)))

    def fail(
        self,
        calls: Call,
        nth: int,
        number: int = errno.ENOSPC,
        *,
        for_ever: bool = False,
        partly: bool = False,
    ) -> None:
        """From now on the nth such call fails with that error, or it and every one after it."""
        self._library.torment_fault(int(calls), ctypes.c_long(nth), number, for_ever, partly)

    def mend(self) -> None:
        """No call fails any more."""
        self._library.torment_fault(0, ctypes.c_long(0), 0, 0, 0)

    def kill_at(self, calls: Call, nth: int, how: How) -> None:
        """The program is killed at the nth such call from now on."""
        self._library.torment_kill(int(calls), ctypes.c_long(nth), int(how))

    @property
    def seen(self) -> int:
        """How many calls of the kinds that may fail there were since `fail`."""
        return int(self._library.torment_seen())

    @property
    def struck(self) -> int:
        """How many of them failed."""
        return int(self._library.torment_struck())

    @property
    def kill_seen(self) -> int:
        """How many calls of the kinds at which is killed there were since `kill_at`."""
        return int(self._library.torment_kill_seen())
