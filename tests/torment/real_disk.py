"""Cuts a real file system off: what the disk has not taken by then is gone."""

import fcntl
import os
import random
import shutil
import struct
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from tests.torment.forked import Child
from tests.torment.kills import chart_on, count
from tests.torment.recovery import Promises, look
from tests.torment.told import the_acts
from tests.torment.visit import Place, Tell

# linux: fs/ext4/ext4.h EXT4_IOC_SHUTDOWN, fs/xfs/xfs_fs.h XFS_IOC_GOINGDOWN: the same number.
FS_IOC_SHUTDOWN = 0x8004587D
WITHOUT_FLUSHING = struct.pack("I", 2)
IMAGE_BYTES = {"ext4": 512 << 20, "xfs": 512 << 20}
MAKE = {"ext4": ("mkfs.ext4", "-q", "-F"), "xfs": ("mkfs.xfs", "-q", "-f")}


def systems_here(room: Path) -> dict[str, str]:
    """Each file system: why it cannot be cut off here; empty where it can."""
    return {name: _why_not(name, room) for name in MAKE}


def _why_not(name: str, room: Path) -> str:
    if sys.platform != "linux" or os.geteuid() != 0:
        return "only root on Linux can cut a file system off"
    if shutil.which(MAKE[name][0]) is None:
        return f"{MAKE[name][0]} is not installed"
    try:
        with device(name, room) as disk, disk.mounted() as folder:
            disk.cut(folder)
    except (OSError, subprocess.CalledProcessError) as error:
        return f"this machine does not let one be mounted and cut off ({error})"
    return ""


class Device:
    """A file that holds a file system."""

    def __init__(self, name: str, image: Path, place: Path) -> None:
        self._name = name
        self._image = image
        self._place = place

    def make(self) -> None:
        """An empty file system."""
        with self._image.open("wb") as file:
            file.truncate(IMAGE_BYTES[self._name])
        _run(*MAKE[self._name], str(self._image))

    @contextmanager
    def mounted(self) -> Iterator[Path]:
        """The file system, for as long as it is needed."""
        _run("mount", "-o", "loop", str(self._image), str(self._place))
        try:
            yield self._place
        finally:
            if subprocess.run(
                ["umount", str(self._place)], capture_output=True, check=False
            ).returncode:
                _run("umount", "-l", str(self._place))

    def cut(self, folder: Path) -> None:
        """The power goes: nothing more reaches the disk, and nothing that waits is written."""
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            fcntl.ioctl(descriptor, FS_IOC_SHUTDOWN, WITHOUT_FLUSHING)
        finally:
            os.close(descriptor)


def _run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)


@contextmanager
def device(name: str, room: Path) -> Iterator[Device]:
    """A file system in a file, removed afterwards whatever happens."""
    folder = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=room))
    place = folder / "mounted"
    place.mkdir()
    try:
        disk = Device(name, folder / "image", place)
        disk.make()
        yield disk
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def torment(
    name: str,
    seed: int,
    cuts: int,
    room: Path,
    *,
    breaking: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> Counter[str]:
    """So many cuts of a real file system while a visit is charted on it."""
    chance, tally = random.Random(seed), Counter[str]()
    with device(name, room) as disk:
        while tally["rounds"] < cuts:
            _one_visit(disk, chance, cuts, tally, breaking)
    return tally


def _one_visit(
    disk: Device,
    chance: random.Random,
    cuts: int,
    tally: Counter[str],
    breaking: Callable[[], AbstractContextManager[None]],
) -> None:
    disk.make()
    promised = Promises()
    while tally["rounds"] < cuts:
        before = promised.count
        promised.turn += 1
        is_over = _cut_once(disk, promised, chance, breaking)
        if promised.raised:
            tally["corrupt"] += 1
            tally[f"WRONG: {promised.raised}"] += 1
        if is_over or promised.raised:
            return
        tally["rounds"] += 1
        tally["acknowledged"] += promised.count - before
        with disk.mounted() as folder:
            verdict = look(Place(folder), promised)
            count(verdict, tally)
            if verdict.half_made:
                tally["half-made clinics"] += 1
                shutil.rmtree(Place(folder).ledger, ignore_errors=True)
        if not verdict.is_good:
            return


def _cut_once(
    disk: Device,
    promised: Promises,
    chance: random.Random,
    breaking: Callable[[], AbstractContextManager[None]],
) -> bool:
    """Charts until the cut; whether the visit was over before. Only what was heard before counts.

    A flush that is under way while the file system is cut off may say that it was done
    (storage.md, section 3.5): an acknowledgement that comes after the cut is worth nothing.
    """
    with disk.mounted() as folder:
        place, acts = Place(folder), the_acts()[promised.act + 1 :]

        def work(tell: Tell) -> None:
            with breaking():
                chart_on(place, promised, acts, tell)

        child = Child(work)
        heard = child.hear(chance.uniform(0, 0.3))
        is_over = child.is_over
        if not is_over:
            disk.cut(folder)
            child.kill()
        child.wait()
    promised.hear_lines(heard)
    return is_over
