"""Writes the manual page out of what the command line says of itself, so that they never differ."""

import argparse
import gzip
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from freeze.names import PACKAGING, Release

_FILES: Final = (
    (
        "~/.local/share/ketachart",
        "The encrypted ledger of this account; removing the package leaves it.",
    ),
    ("/opt/ketachart", "The program, with THIRD-PARTY-LICENCES.txt and sbom.cdx.json."),
)
_SETTINGS: Final = (("KETACHART_HOME", "The folder of the ledger, in place of the usual one."),)


def page(parser: argparse.ArgumentParser, version: str, made: datetime) -> str:
    """The manual page in the language of man(7)."""
    return "\n".join(_lines(parser, version, made)) + "\n"


def of_source(source: Path, release: Release) -> str:
    """The manual page of the command line that is in a folder of the source.

    Raises:
        CalledProcessError: the command line of it does not start.
    """
    words = [sys.executable, "-P", str(Path(__file__)), release.version, release.made.isoformat()]
    places = os.pathsep.join([str(source), str(PACKAGING)])
    told = subprocess.run(
        words, env={**os.environ, "PYTHONPATH": places}, stdout=subprocess.PIPE, check=True
    )
    return told.stdout.decode()


def zipped(text: str) -> bytes:
    """The page as it is installed; the same text makes the same bytes."""
    return gzip.compress(text.encode(), 9, mtime=0)


def _lines(parser: argparse.ArgumentParser, version: str, made: datetime) -> Iterator[str]:
    name = parser.prog
    yield f'.TH {name.upper()} 1 {made:%Y-%m-%d} "KetaChart {version}" "User Commands"'
    yield from (".SH NAME", rf"{name} \- chart a ketamine infusion at home, offline")
    yield from (".SH SYNOPSIS", f".B {name}", ".RI [ COMMAND ... ]", ".br", rf".B {name}\-window")
    yield from (".SH DESCRIPTION", _safe(" ".join((parser.description or "").split())))
    yield from (".PP", "Without a command the window is opened, as by the entry of the menu.")
    yield ".SH COMMANDS"
    for command, said, inner in commands_of(parser):
        yield from (".SS " + _safe(command), _safe(_sentence(said)), ".PP", ".nf")
        usage = " ".join(inner.format_usage().split()).removeprefix("usage: ")
        yield from (_safe(usage), ".fi")
        yield from _arguments(inner)
    yield from (".SH EXIT STATUS", _safe(" ".join((parser.epilog or "").split())))
    yield from _listed("ENVIRONMENT", _SETTINGS)
    yield from _listed("FILES", _FILES)


def commands_of(
    parser: argparse.ArgumentParser,
) -> Iterator[tuple[str, str, argparse.ArgumentParser]]:
    """Every command of a command line: its name, what it says it does, and its own arguments."""
    for action in _actions(parser):
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - argparse tells no other way
            said = {entry.dest: entry.help or "" for entry in _choices(action)}
            for name, inner in action.choices.items():
                yield name, said.get(name, ""), inner


def _arguments(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in _actions(parser):
        if isinstance(action, argparse._HelpAction):  # noqa: SLF001 - as above
            continue
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - as above
            for name, said, inner in commands_of(parser):
                usage = " ".join(inner.format_usage().split()).removeprefix("usage: ")
                yield from (".TP", f".B {_safe(name)}", _safe(_sentence(said)), ".br", _safe(usage))
            continue
        if action.help and action.help != argparse.SUPPRESS:
            shown = ", ".join(action.option_strings) or str(action.metavar or action.dest)
            yield from (".TP", f".B {_safe(shown)}", _safe(_sentence(action.help)))


def _listed(title: str, rows: tuple[tuple[str, str], ...]) -> Iterator[str]:
    yield f".SH {title}"
    for name, said in rows:
        yield from (".TP", f".I {_safe(name)}", _safe(said))


def _actions(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return parser._actions  # noqa: SLF001 - argparse tells no other way


def _choices(action: argparse.Action) -> list[argparse.Action]:
    return action._choices_actions  # type: ignore[attr-defined]  # noqa: SLF001 - as above


def _sentence(said: str) -> str:
    """What a help line says, as a sentence."""
    said = " ".join(said.replace("%%", "%").split())
    return said if said.endswith(".") else f"{said[:1].upper()}{said[1:]}."


def _safe(text: str) -> str:
    """Text that no letter of man(7) is read into."""
    told = text.replace("\\", r"\e").replace("-", r"\-")
    return "\\&" + told if told.startswith((".", "'")) else told


if __name__ == "__main__":
    from ui.line import parser as command_line

    sys.stdout.write(page(command_line(), sys.argv[1], datetime.fromisoformat(sys.argv[2])))
