"""Opens a ledger for a command: the folder, the person, and the passphrase from a safe place."""

import argparse
import getpass
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ketachart import charting
from ketachart.charting import OpenClinic, OpenVisit
from ketachart.clock import SystemClock
from ketachart.commands.given import text_of
from ketachart.errors import CannotRead


def add_arguments(command: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """The arguments of every command that opens a ledger."""
    command.add_argument("ledger", type=Path, metavar="FOLDER", help="the folder of the ledger")
    command.add_argument("--visit", metavar="NUMBER", help="one visit, by its number")
    add_unlocking(command)


def add_word(words: Any, name: str, run: Any, help_words: str) -> Any:  # noqa: ANN401 - argparse
    """One word of a command that works on a ledger: `--ledger`, how to unlock it, `--json`."""
    command = words.add_parser(name, help=help_words)
    command.add_argument(
        "--ledger", type=Path, required=True, metavar="FOLDER", help="the folder of the ledger"
    )
    add_unlocking(command)
    command.add_argument("--json", action="store_true", help="answer in JSON")
    command.set_defaults(run=run)
    return command


def add_unlocking(command: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    """Who unlocks, and with which passphrase."""
    command.add_argument("--who", metavar="STAFF_ID", help="who unlocks; else the first on file")
    command.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        help="reads the passphrase from the file's first line; “-” is standard input",
    )


@contextmanager
def opened(arguments: argparse.Namespace) -> Iterator[OpenClinic]:
    """The unlocked ledger, closed at the end.

    Raises:
        LedgerError: it cannot be opened; the sentence says why.
    """
    folder = _folder(arguments.ledger)
    staff = charting.staff_on_file(folder)
    who = arguments.who or staff[0].staff_id
    if who not in {person.staff_id for person in staff}:
        names = ", ".join(person.staff_id for person in staff)
        raise CannotRead(f"“{who}” is not on this ledger's list. Name one of these: {names}.")
    office = charting.unlock(folder, who, _passphrase(arguments), SystemClock())
    try:
        yield office
    finally:
        office.close()


def _folder(named: Path) -> Path:
    """The folder of the ledger; a replay's own folder stands for the ledger in it."""
    if not named.is_dir():
        raise CannotRead(f"{named.name or named} is not a folder. Give the folder of a ledger.")
    inner = named / "ledger"
    of_replay = not charting.holds_ledger(named) and charting.holds_ledger(inner)
    return inner if of_replay else named


def visit_of(office: OpenClinic, number: str) -> OpenVisit:
    """The visit of that number.

    Raises:
        CannotRead: there is none.
    """
    for row in office.visits():
        if row.number == number:
            return office.open_visit(row.stream)
    known = ", ".join(sorted(row.number for row in office.visits())) or "none yet"
    raise CannotRead(f"There is no visit {number} in this ledger. There are: {known}.")


def _passphrase(arguments: argparse.Namespace) -> str:
    if arguments.passphrase_file is None:
        arguments.typed = _asked("Passphrase: ")
        return str(arguments.typed)
    arguments.lines = _lines(arguments.passphrase_file)
    passphrase = arguments.lines[0]
    if not passphrase:
        raise CannotRead(
            "The first line of the passphrase file is empty; nothing was tried. Write the "
            "passphrase there."
        )
    return str(passphrase)


def first_passphrase(arguments: argparse.Namespace) -> str:
    """The passphrase for a ledger that is still to be made."""
    return _passphrase(arguments)


def of_person(arguments: argparse.Namespace) -> str:
    """The passphrase that the ledger was unlocked with."""
    typed = arguments.typed if arguments.passphrase_file is None else arguments.lines[0]
    return str(typed)


def of_authority(arguments: argparse.Namespace) -> str:
    """The passphrase of the clinic's authority: the file's second line, or asked for once more.

    Where there is none, it is the one that the ledger was unlocked with.
    """
    if arguments.passphrase_file is None:
        typed = _asked("Passphrase of the clinic's authority (Enter: the same): ")
        return typed or of_person(arguments)
    second: str = arguments.lines[1] if len(arguments.lines) > 1 else ""
    return second or of_person(arguments)


def _lines(given: Path) -> list[str]:
    text = sys.stdin.read() if str(given) == "-" else text_of(given)
    return [line.removesuffix("\r") for line in str(text).split("\n")]


def _asked(prompt: str) -> str:
    """The passphrase as it is typed; it is never shown, so without a terminal nobody is asked."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", getpass.GetPassWarning)
            return getpass.getpass(prompt)
    except (EOFError, getpass.GetPassWarning) as error:
        raise CannotRead(
            "There is no terminal to type the passphrase at. Give it with --passphrase-file FILE, "
            "or --passphrase-file - for standard input."
        ) from error
