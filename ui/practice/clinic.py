"""Makes the throw-away practice clinic: its own folder, ledger, authority, nurse and patient.

It is made anew each time and thrown away when practice is left, so nothing of it can reach a real
ledger: the passphrase, the certificates and the patient's number are made up and say so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Literal, TypeVar

from ketachart import charting, resources
from ketachart.charting import NewClinic, NewVisit
from ketachart.commands.player import HEADER, OPENING, Stage
from ketachart.commands.script import ScriptLine, read_line
from ketachart.domain.facts import (
    ClinicRecorded,
    NurseRecorded,
    OrderRecorded,
    PatientRecorded,
)
from ketachart.errors import CannotRead
from ui.demo_clinic import SceneClock, shifted

T = TypeVar("T")
Begins = Literal["door", "pump", "running"]

# Shown on the screen wherever it is asked for; it protects nothing.
PASSPHRASE: Final = "nothing here is real"  # noqa: S105
_TABLE: Final = "practice.jsonl"
_UP_TO: Final[dict[Begins, str]] = {"door": "identity-confirmed", "pump": "pump-checked"}
_BEFORE: Final = timedelta(seconds=30)  # the nurse comes to a visit that was charted just now


@dataclass(frozen=True, slots=True)
class Made:
    """A practice clinic on the disk: its visit, and the key that opens it."""

    folder: Path
    stream: str
    proof: object


def make(folder: Path, begins: Begins, now: datetime) -> Made:
    """Makes the clinic with one visit in an empty folder, charted up to just before ``now``.

    Args:
        folder: where the ledger will lie; there is none yet.
        begins: at the door, before the pump is checked, or with the pump running.
        now: the practice clock's time.

    Raises:
        CannotRead: KetaChart's own practice visit is damaged or missing.
        LedgerError: the folder cannot be used.
    """
    lines = _lines(begins, now)
    first = next(line.at for line in lines if line.at is not None)
    clock = SceneClock(first)
    nurse = replace(_fact(lines, NurseRecorded), role="supervisor")
    clinic = _fact(lines, ClinicRecorded)
    new = NewClinic(clinic=clinic, nurse=nurse, passphrase=PASSPHRASE, practice=True)
    office = charting.create(folder, new, clock)
    try:
        room = office.new_visit(
            NewVisit(
                patient=_fact(lines, PatientRecorded),
                order=_fact(lines, OrderRecorded),
                practice=True,
            )
        )
        stage = Stage(office, room, clock, rest=(), strict=False)
        stage.play([line for line in lines if line.kind not in (*HEADER, *OPENING)])
        if stage.refusals:
            raise CannotRead(f"The practice visit was not made: {stage.refusals[0].sentence}")
    finally:
        office.close()
    return Made(folder, room.stream, charting.prove(folder, nurse.staff_id, PASSPHRASE, clock))


def _lines(begins: Begins, now: datetime) -> tuple[ScriptLine, ...]:
    """The practice visit's lines so far, the last of them standing just before now."""
    try:
        raws = resources.path(_TABLE).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise CannotRead(
            f"KetaChart's own file {_TABLE} is damaged or missing. Install KetaChart again."
        ) from error
    end = f'"kind": "{_UP_TO[begins]}"' if begins in _UP_TO else ""
    told = raws[: next((n for n, raw in enumerate(raws) if end and end in raw), len(raws))]
    last = read_line(told[-1], len(told)).at or now
    by = now.replace(microsecond=0) - _BEFORE - last
    return tuple(read_line(shifted(raw, by, now), number) for number, raw in enumerate(told, 1))


def _fact(lines: Sequence[ScriptLine], kind: type[T]) -> T:
    return next(line.fact for line in lines if isinstance(line.fact, kind))
