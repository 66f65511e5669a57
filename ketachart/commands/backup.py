"""`backup` and `restore`: a ledger copied to a stick, and made again from it."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ketachart.charting.restoring import CopyInfo, Restored, RestoreTask, copies_at, prove_copy
from ketachart.clock import SystemClock
from ketachart.commands import ledgers
from ketachart.domain.wording import count, day_and_clock
from ketachart.errors import CannotRead


def add_to(commands: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Adds both commands."""
    backup = commands.add_parser(
        "backup", help="copy a ledger to a stick, encrypted, and read all of the copy back"
    )
    _arguments(backup, run_backup)
    backup.add_argument(
        "--to",
        type=Path,
        metavar="PLACE",
        help="the stick or folder; KetaChart backs up there from now on",
    )
    restore = commands.add_parser(
        "restore", help="make a ledger again from a backup; the one that is there is kept aside"
    )
    _arguments(restore, run_restore)
    restore.add_argument(
        "--from",
        dest="place",
        type=Path,
        required=True,
        metavar="PLACE",
        help="where the backups lie, or one backup's folder; the newest whole one is taken",
    )
    restore.add_argument("--reason", default="", metavar="WORDS", help="why, for the record")


def _arguments(command: Any, run: Callable[[argparse.Namespace], int]) -> None:  # noqa: ANN401
    command.add_argument("ledger", type=Path, metavar="FOLDER", help="the folder of the ledger")
    ledgers.add_unlocking(command)
    command.add_argument("--json", action="store_true", help="answer in JSON")
    command.set_defaults(run=run)


def run_backup(arguments: argparse.Namespace) -> int:
    """Makes one backup; it counts once it was read back and found whole."""
    with ledgers.opened(arguments) as office:
        backups = office.keeping.backups
        if arguments.to is not None and arguments.to.resolve() != backups.place():
            backups.choose(arguments.to)
        made = backups.task("asked for").work()
        backups.finish(made)
        look = backups.look()
        warning = look.work().warning if look is not None else ""
    told = made.manifest
    answer = {
        "good": True,
        "item": told.item,
        "entries": told.head.seq,
        "sha256": told.sha256,
        "warning": warning,
    }
    entries = count(told.head.seq, "entry", "entries")
    words = f"Backed up and read back whole: {entries}, {told.size} bytes, sha256 {told.sha256}"
    _answer(arguments, answer, "\n".join(part for part in (words, warning) if part))
    return 0


def run_restore(arguments: argparse.Namespace) -> int:
    """Restores the newest whole backup, with a passphrase of that time."""
    copy = _newest(arguments.place)
    known = [person.staff_id for person in copy.people]
    who = arguments.who or known[0]
    if who not in known:
        raise CannotRead(
            f"“{who}” is not on this backup's list. Name one of these: {', '.join(known)}."
        )
    clock, passphrase = SystemClock(), ledgers.first_passphrase(arguments)
    proof = prove_copy(arguments.ledger, copy, who, passphrase, clock)
    task = RestoreTask(
        arguments.ledger, copy, proof.copy, clock, arguments.reason.strip(), proof.here
    )
    _answer_restored(arguments, task.work())
    return 0


def _newest(place: Path) -> CopyInfo:
    copies = copies_at(place)
    whole = [copy for copy in copies if not copy.fault]
    if whole:
        return whole[0]
    why = f" {copies[0].fault}" if copies else ""
    raise CannotRead(f"There is no whole backup in {place.name}.{why}")


def _answer_restored(arguments: argparse.Namespace, restored: Restored) -> None:
    answer = {
        "good": True,
        "item": restored.item,
        "made_at": day_and_clock(restored.made_at),
        "entries": restored.head_seq,
        "regained": restored.regained,
        "lost": restored.lost,
        "kept": restored.kept.name if restored.kept else None,
    }
    _answer(arguments, answer, restored.sentence)


def _answer(arguments: argparse.Namespace, answer: dict[str, object], words: str) -> None:
    print(json.dumps(answer, ensure_ascii=False) if arguments.json else words)
