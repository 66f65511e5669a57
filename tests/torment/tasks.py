"""Everything that is done to the ledger in one run, in pieces that can be done side by side."""

from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tests.torment import controls, cuts, faults, kills, odds, real_disk
from tests.torment.cuts import Breaking, Recording
from tests.torment.disk import MODELS, Model, Step, What

KILLS_AT_ONCE, STATES_AT_ONCE, CUTS_AT_ONCE = 25, 100, 10
PAGE_BYTES = 4096
BEFORE_A_COPY = 60  # acts of the visit: the first copy is made once the pump runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much is done."""

    kills: int = 1000
    cuts: int = 5000
    real: int = 100
    most_calls: int = 400
    faults: tuple[str, ...] = tuple(fault.name for fault in faults.FAULTS)
    scenes: tuple[str, ...] = tuple(odds.SCENES)
    first_page: int = 200
    controls: int = 100
    broken: tuple[str, ...] = ("",)


QUICK = Size(kills=100, cuts=300, real=10, most_calls=4, first_page=40, controls=60)
SHORT = Size(
    kills=5,
    cuts=15,
    real=0,
    most_calls=1,
    faults=("disk full until room is made",),
    scenes=("second writer without the lock",),
    first_page=4,
    controls=6,
    broken=("synchronous = NORMAL", "names not flushed"),
)


@dataclass(frozen=True, slots=True)
class Task:
    """One piece; ``seed`` makes it again."""

    part: str
    seed: int
    work: Callable[[], Counter[str]] = field(repr=False)
    is_control: bool = False


def rewrites_first_page(step: Step) -> bool:
    """Whether the first page is being written over the old one: there the salt stands."""
    return step.what is What.WRITE and step.offset == 0 and len(step.content) == PAGE_BYTES


def tells(step: Step) -> bool:
    """Whether an entry was just told to be kept."""
    return step.what is What.MARK and b'"kept"' in step.content


def names_a_new_passphrase(step: Step) -> bool:
    """Whether it was just told that the new passphrase holds."""
    return step.what is What.MARK and b'{"passphrase"' in step.content


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """A promise broken on purpose, and the states in which it shows."""

    breaking: Breaking = nullcontext
    while_opening: Breaking = nullcontext
    models: tuple[Model, ...] = ("nothing",)
    only: Callable[[Step], bool] | None = None
    too_early: bool = False
    acts: int = 999


NO_SALT = controls.salt_from_the_file
CONTROLS = {
    "synchronous = NORMAL": Control(
        breaking=partial(controls.setting, "synchronous", "NORMAL", 1),
        only=tells,
        acts=BEFORE_A_COPY,
    ),
    "synchronous = OFF": Control(
        breaking=partial(controls.setting, "synchronous", "OFF", 0), models=MODELS
    ),
    "journal DELETE, synchronous = FULL": Control(
        breaking=partial(controls.setting, "journal_mode", "DELETE", "delete"), only=tells
    ),
    "own files not flushed": Control(breaking=controls.files_not_flushed, models=MODELS),
    "names not flushed": Control(
        breaking=controls.names_not_flushed, only=names_a_new_passphrase, acts=BEFORE_A_COPY
    ),
    "key without its salt": Control(
        breaking=NO_SALT,
        while_opening=NO_SALT,
        models=("garbage",),
        only=rewrites_first_page,
        acts=BEFORE_A_COPY,  # a copy would notice it
    ),
    "told before it is kept": Control(too_early=True, only=tells),
}


def all_tasks(size: Size, seed: int, room: Path) -> list[Task]:
    """Every piece of a run; the visit is recorded here, once for each control."""
    whole = cuts.record(room)
    tasks = [
        *_kills(size, seed, room),
        *_cuts(size, seed, room, whole),
        *_faults(size, seed, room),
        *(Task(f"odd: {name}", seed, partial(odds.torment, name, room)) for name in size.scenes),
    ]
    if size.real:
        tasks += _real(size, seed, room)
    return [*tasks, *_controls(size, seed, room)]


def _chunks(whole: int, part: int) -> list[int]:
    return [min(part, whole - done) for done in range(0, whole, part)]


def _kills(size: Size, seed: int, room: Path) -> list[Task]:
    return [
        Task("kill -9", seed + at, partial(kills.torment, seed + at, many, room))
        for at, many in enumerate(_chunks(size.kills, KILLS_AT_ONCE))
    ]


def _cuts(size: Size, seed: int, room: Path, whole: Recording) -> list[Task]:
    tasks = [
        Task("power cut, simulated", seed + at, partial(cuts.torment, whole, seed + at, many, room))
        for at, many in enumerate(_chunks(size.cuts, STATES_AT_ONCE))
    ]
    on_first_page = partial(cuts.torment, only=rewrites_first_page, models=("garbage",))
    for at, many in enumerate(_chunks(size.first_page, STATES_AT_ONCE)):
        work = partial(on_first_page, whole, seed + at, many, room)
        tasks.append(Task("power cut, garbage in the first page", seed + at, work))
    return tasks


def _faults(size: Size, seed: int, room: Path) -> list[Task]:
    tasks = []
    for fault in faults.FAULTS:
        if fault.name not in size.faults:
            continue
        calls = max(faults.most_calls(fault.calls, faults.acts_for(nth), room) for nth in (1, 999))
        for nth in _spread(calls, size.most_calls):
            work = partial(faults.torment, fault, nth, seed, room)
            tasks.append(Task(fault.name, seed, work))
    return tasks


def _spread(calls: int, most: int) -> list[int]:
    """Every call, or as many as may be, the first ones nearer to each other."""
    if most == 1:
        return [3]
    if calls <= most:
        return list(range(1, calls + 1))
    return sorted({1 + round((calls - 1) * (at / most) ** 2.5) for at in range(1, most + 1)} | {3})


def _real(size: Size, seed: int, room: Path) -> list[Task]:
    tasks = []
    for name, why_not in real_disk.systems_here(room).items():
        part = f"power cut, real {name}"
        if why_not:
            tasks.append(Task(part, seed, partial(_not_possible, why_not)))
            continue
        for at, many in enumerate(_chunks(size.real, CUTS_AT_ONCE)):
            work = partial(real_disk.torment, name, seed + at, many, room)
            tasks.append(Task(part, seed + at, work))
        off = CONTROLS["synchronous = OFF"].breaking
        broken = partial(real_disk.torment, name, seed, 10, room, breaking=off)
        tasks.append(Task(f"real {name}: synchronous = OFF", seed, broken, is_control=True))
    return tasks


def _not_possible(why: str) -> Counter[str]:
    return Counter({f"not possible here: {why}": 1})


def _controls(size: Size, seed: int, room: Path) -> list[Task]:
    many = size.controls
    tasks = [
        Task(f"cut: {name}", seed, partial(_broken, each, seed, many, room), is_control=True)
        for name, each in CONTROLS.items()
        if any(wanted in name for wanted in size.broken)
    ]
    killed = partial(kills.torment, seed, max(4, many // 4), room, too_early=True)
    return [*tasks, Task("kill -9: told before it is kept", seed, killed, is_control=True)]


def _broken(control: Control, seed: int, many: int, room: Path) -> Counter[str]:
    recording = cuts.record(
        room, breaking=control.breaking, too_early=control.too_early, acts=control.acts
    )
    return cuts.torment(
        recording,
        seed,
        many,
        room,
        breaking=control.while_opening,
        only=control.only,
        models=control.models,
    )
