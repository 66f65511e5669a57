"""A disk as it may stand after the power was cut: from a record of what was asked of it.

What was flushed is there. Of what was not, nothing, everything, a beginning, or any sectors may be
there, or sectors may hold garbage (storage.md, section 3.3). Names that were not flushed are there
in their order up to some point. Garbage stays within the bytes that were being written: a drive
that destroys bytes beside them breaks SQLite's own assumption (sqlite.org/psow.html).
"""

import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path, PurePosixPath
from typing import Literal, get_args

Model = Literal["nothing", "everything", "torn", "sectors", "garbage"]
MODELS: tuple[Model, ...] = get_args(Model)
SECTOR = 512
_RECORD = struct.Struct("<4I3Q")
_MADE, _EMPTIED = 1, 2


class What(IntEnum):
    """What was asked."""

    OPEN = 1
    WRITE = 2
    TRUNCATE = 3
    SYNC = 4
    RENAME = 5
    UNLINK = 6
    LINK = 7
    MKDIR = 8
    RMDIR = 9
    MARK = 10


@dataclass(frozen=True, slots=True)
class Step:
    """One call that was answered, or one acknowledgement."""

    what: What
    flags: int
    file: int
    offset: int
    path: str
    other: str
    content: bytes


def steps_of(trace: bytes) -> Iterator[Step]:
    """The record, step by step."""
    at = 0
    while at < len(trace):
        what, flags, path, other, file, offset, length = _RECORD.unpack_from(trace, at)
        at += _RECORD.size
        said = trace[at : at + path].decode(), trace[at + path : at + path + other].decode()
        at += path + other
        has_bytes = what in {What.WRITE, What.MARK}
        content = trace[at : at + length] if has_bytes else b""
        at += len(content)
        yield Step(What(what), flags, file, offset, *said, content)


@dataclass(slots=True, eq=False)
class File:
    """A file's flushed content, and what was asked since: (when, offset, bytes) or a new length."""

    is_folder: bool = False
    kept: bytearray = field(default_factory=bytearray)
    waiting: list[tuple[int, int, bytes | None]] = field(default_factory=list)


def _put(content: bytearray, offset: int, part: bytes | None) -> None:
    if part is None:
        del content[offset:]
        part = b""
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(part)] = part


@dataclass(slots=True)
class Naming:
    """One change of names; ``folders`` are those whose flush keeps it."""

    what: What
    path: str
    other: str
    file: File | None
    folders: tuple[str, ...]


class Disk:
    """Follows the record; at any moment a state after a cut can be built."""

    def __init__(self, root: str, root_number: int) -> None:
        self.root = root
        top = File(is_folder=True)
        self._numbers: dict[int, File] = {root_number: top}
        self._names: dict[str, File] = {root: top}
        self._kept_names: dict[str, File] = {root: top}
        self._namings: list[Naming] = []
        self._time = 0

    def follow(self, step: Step) -> None:
        """One step further."""
        self._time += 1
        match step.what:
            case What.OPEN:
                self._open(step)
            case What.WRITE:
                self._file(step).waiting.append((self._time, step.offset, step.content))
            case What.TRUNCATE:
                self._file(step).waiting.append((self._time, step.offset, None))
            case What.SYNC:
                self._flush(self._file(step))
            case What.MARK:
                pass
            case _:
                self._rename(step)

    @property
    def is_quiet(self) -> bool:
        """Whether nothing waits: then a cut here changes nothing."""
        return not self._namings and not any(f.waiting for f in self._names.values())

    def _file(self, step: Step) -> File:
        return self._numbers[step.file]

    def _open(self, step: Step) -> None:
        if step.flags & _MADE:
            file = self._numbers[step.file] = File()
            self._name(step.what, step.path, "", file)
        elif step.path in self._names:
            self._numbers.setdefault(step.file, self._names[step.path])
        if step.flags & _EMPTIED:
            self._file(step).waiting.append((self._time, 0, None))

    def _rename(self, step: Step) -> None:
        file = File(is_folder=True) if step.what is What.MKDIR else self._names.get(step.path)
        if step.what is What.MKDIR and file is not None:
            self._numbers[step.file] = file
        self._name(step.what, step.path, step.other, file)

    def _name(self, what: What, path: str, other: str, file: File | None) -> None:
        folders = tuple(str(PurePosixPath(name).parent) for name in (path, other) if name)
        naming = Naming(what, path, other, file, folders)
        _change(self._names, naming)
        self._namings.append(naming)

    def _flush(self, file: File) -> None:
        for _, offset, part in file.waiting:
            _put(file.kept, offset, part)
        file.waiting.clear()
        if not file.is_folder:
            return
        path = next(name for name, other in self._names.items() if other is file)
        last = [at for at, naming in enumerate(self._namings) if path in naming.folders]
        for naming in self._namings[: last[-1] + 1 if last else 0]:
            _change(self._kept_names, naming)
        del self._namings[: last[-1] + 1 if last else 0]

    # ------------------------------------------------ after a cut

    def cut(self, model: Model, chance: random.Random) -> dict[str, bytes | None]:
        """Every path that is there after a cut now, with its content; None for a folder."""
        names = dict(self._kept_names)
        for naming in self._namings[: self._how_many_names(model, chance)]:
            _change(names, naming)
        waiting = sorted(when for f in set(names.values()) for when, _, _ in f.waiting)
        until = chance.choice(waiting) if waiting else 0
        share = chance.choice([0.1, 0.3, 0.5, 0.7, 0.9])
        return {
            path: None if file.is_folder else _after(file, model, chance, until, share)
            for path, file in names.items()
        }

    def _how_many_names(self, model: Model, chance: random.Random) -> int:
        if model in {"nothing", "everything"}:
            return 0 if model == "nothing" else len(self._namings)
        return chance.randint(0, len(self._namings))


def _change(names: dict[str, File], naming: Naming) -> None:
    match naming.what:
        case What.UNLINK | What.RMDIR:
            names.pop(naming.path, None)
        case What.RENAME:
            inside = [name for name in names if name.startswith(f"{naming.path}/")]
            for name in [naming.path, *inside]:
                if name in names:
                    names[naming.other + name[len(naming.path) :]] = names.pop(name)
        case What.LINK if naming.file is not None:
            names[naming.other] = naming.file
        case _ if naming.file is not None:
            names[naming.path] = naming.file


def _after(file: File, model: Model, chance: random.Random, until: int, share: float) -> bytes:
    content = bytearray(file.kept)
    for when, offset, part in file.waiting:
        if model == "everything" or (model == "torn" and when < until):
            _put(content, offset, part)
        elif model == "torn" and when == until:
            kept = part[: chance.randint(0, len(part))] if part is not None else None
            _put(content, offset, kept)
        elif model in {"sectors", "garbage"}:
            _scatter(content, offset, part, model, chance, share)
    return bytes(content)


def _scatter(  # noqa: PLR0917
    content: bytearray,
    offset: int,
    part: bytes | None,
    model: Model,
    chance: random.Random,
    share: float,
) -> None:
    if part is None:
        if chance.random() < share:
            _put(content, offset, None)
        return
    if chance.random() < 0.5:
        _put(content, max(len(content), offset + len(part)), b"")  # the length came before
    at = offset
    while at < offset + len(part):
        end = min((at // SECTOR + 1) * SECTOR, offset + len(part))
        draw = chance.random()
        if model == "garbage" and draw > 0.8:
            _put(content, at, chance.randbytes(end - at))
        elif draw < share:
            _put(content, at, part[at - offset : end - offset])
        at = end


def lay_out(state: dict[str, bytes | None], root: str, place: Path) -> None:
    """Writes a state as real files."""
    for path in sorted(state):
        content, target = state[path], place / PurePosixPath(path).relative_to(root)
        if content is None:
            target.mkdir(mode=0o700, parents=True, exist_ok=True)
        else:
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            target.write_bytes(content)
            target.chmod(0o600)
