"""Cuts the power: one visit is recorded, and the states that its disk may be left in are opened."""

import json
import os
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from tests.torment.disk import MODELS, Disk, Model, Step, What, lay_out, steps_of
from tests.torment.forked import Child
from tests.torment.kills import count
from tests.torment.recovery import Promises, Verdict, look
from tests.torment.shim import Shim
from tests.torment.told import the_acts
from tests.torment.visit import Bedside, Place, Tell, as_line

Breaking = Callable[[], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class Recording:
    """One visit as the disk saw it."""

    root: str
    number: int
    steps: tuple[Step, ...]

    def disk(self) -> Disk:
        """The disk before the first step."""
        return Disk(self.root, self.number)


def record(
    room: Path, *, breaking: Breaking = nullcontext, too_early: bool = False, acts: int = 999
) -> Recording:
    """Plays the visit, writes down all that it asks of the disk, and proves the record whole.

    Raises:
        AssertionError: the record does not come to the real files, byte for byte.
    """
    place = Place(Path(tempfile.mkdtemp(prefix="record-", dir=room)))
    trace = place.root.with_suffix(".trace")
    try:
        child = Child(lambda tell: _play(place, trace, tell, breaking, acts, too_early=too_early))
        said = child.wait()
        assert b'"over":true' in said, said.decode()[-3000:]
        number = place.root.stat().st_ino
        recording = Recording(str(place.root), number, tuple(steps_of(trace.read_bytes())))
        _require_whole(recording, place)
    finally:
        shutil.rmtree(place.root)
        trace.unlink(missing_ok=True)
    return recording


def _play(
    place: Place, trace: Path, tell: Tell, breaking: Breaking, acts: int, *, too_early: bool
) -> None:
    file = os.open(trace, os.O_CREAT | os.O_WRONLY, 0o600)
    shim = Shim()
    shim.watch(place.root)
    shim.record_into(file)
    with breaking():
        bedside = Bedside(place, lambda told: shim.mark(as_line(told)), too_early=too_early)
        for act in the_acts()[:acts]:
            bedside.perform(act)
        bedside.close()
    shim.record_into(-1)
    tell({"over": True})


def _require_whole(recording: Recording, place: Place) -> None:
    disk = recording.disk()
    for step in recording.steps:
        disk.follow(step)
    state = disk.cut("everything", random.Random(0))
    told = {path for path, content in state.items() if content is not None}
    real = {str(p) for p in place.root.rglob("*") if p.is_file() and not p.name.endswith("-shm")}
    assert told == real, told ^ real
    wrong = [path for path in told if Path(path).read_bytes() != state[path]]
    assert not wrong, f"the record does not come to the real files: {wrong}"


def torment(
    recording: Recording,
    seed: int,
    states: int,
    room: Path,
    *,
    breaking: Breaking = nullcontext,
    only: Callable[[Step], bool] | None = None,
    models: tuple[Model, ...] = MODELS,
) -> Counter[str]:
    """Opens so many states of the recorded visit; ``only`` names the steps at which to cut."""
    chance, tally = random.Random(seed), Counter[str]()
    moments = _moments(recording, chance, max(1, states // len(models)), only)
    disk, promised = recording.disk(), Promises()
    for at, step in enumerate(recording.steps):
        disk.follow(step)
        if step.what is What.MARK:
            promised.hear(json.loads(step.content))
        for _ in range(moments[at]):
            for model in models:
                seed_of_state = chance.getrandbits(32)
                state = disk.cut(model, random.Random(seed_of_state))
                with breaking():
                    verdict = opened(state, recording.root, promised, room)
                _tell(verdict, model, tally, f"step {at}, {model}, {seed_of_state}")
    return tally


def _tell(verdict: Verdict, model: Model, tally: Counter[str], where: str) -> None:
    count(verdict, tally)
    tally["rounds"] += 1
    tally[model] += 1
    tally["half-made clinics"] += verdict.half_made
    if not verdict.is_good:
        tally[f"AT: {where}"] += 1


def _moments(
    recording: Recording,
    chance: random.Random,
    many: int,
    only: Callable[[Step], bool] | None,
) -> Counter[int]:
    """Half of them anywhere, half right after an acknowledgement, a name or a flush."""
    every = range(len(recording.steps))
    if only is not None:
        chosen = [at for at in every if only(recording.steps[at])]
        return Counter(chance.choices(chosen, k=many))
    plain = {What.WRITE, What.TRUNCATE}
    grave = [at for at in every if recording.steps[at].what not in plain]
    return Counter(chance.choices(every, k=many - many // 2) + chance.choices(grave, k=many // 2))


def opened(state: dict[str, bytes | None], root: str, promised: Promises, room: Path) -> Verdict:
    """One state as real files, opened as the nurse opens it after the power is back."""
    place = Place(Path(tempfile.mkdtemp(prefix="state-", dir=room)))
    try:
        lay_out(state, root, place.root)
        verdict = look(place, promised)
        if verdict.is_good and not verdict.half_made and promised.founded:
            # what recovery itself wrote must stand as well
            again = look(place, promised) if promised.count % 8 == 0 else verdict
            verdict = verdict if again.is_good else again
        return verdict
    finally:
        shutil.rmtree(place.root, ignore_errors=True)
