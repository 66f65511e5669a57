"""The page of the command line: every command with its words, options, an example, exit codes."""

import argparse
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from handbook.marked import anchor, code, page, sentence, table
from ketachart.domain.wording import count
from ui.line import PROGRAM, parser

BEGINS: Final = f"{PROGRAM} "

CODES: Final = (
    ("0", "Good: it was done, or what was looked at is as it should be."),
    ("1", "Not good: something was refused, differs, or is not trusted. The sentence says what."),
    ("2", "Could not read what was given: no such file, no ledger, a wrong passphrase, bad words."),
)


@cache
def examples() -> dict[str, list[list[str]]]:
    """What one would type, by the name of the command, and what it does there."""
    file = Path(__file__).with_name("typed.toml")
    return dict(tomllib.loads(file.read_text(encoding="utf-8"))["commands"])


def pages() -> dict[str, str]:
    """The one page, by its path in the documentation."""
    top = parser()
    rows = [
        (f"[{code(name)}](#{anchor(name)})", sentence(given)) for name, command, given in commands()
    ]
    return {
        "reference/command-line.md": page(
            "Command line",
            "The same core without a window, for scripts, checks and reviewers. Where KetaChart "
            "was installed, the program is called `ketachart`; without a word after it, it opens "
            "the window. In a checkout it is `.venv/bin/python -m ketachart`, with `python3 dev.py "
            "run` for the window and `python3 dev.py demo` for the demo. Nothing uses a network.",
            table(("command", "what it does"), rows),
            "## Exit codes",
            table(("code", "what it means"), CODES),
            "With `--json` the answer is one JSON object on standard output, with `good` and, "
            "where something failed, `error`. A sentence for a person goes to standard error.",
            "## Passphrases",
            "A passphrase is asked for at the terminal and never shown. For a script, "
            "`--passphrase-file FILE` reads it from the first line of a file, and `-` from "
            "standard input; a second line is the passphrase of the clinic's authority, where it "
            "is another one. Keep such a file where only you can read it, and remove it after.",
            "## Options of every command",
            _options(top),
            *(part for row in commands() for part in _command(*row)),
        )
    }


@cache
def commands() -> list[tuple[str, argparse.ArgumentParser, str]]:
    """Every command that can be typed, “post pack” among them: its name, parser and help."""
    found = []
    for name, command, said in _under(parser()):
        inner = list(_under(command))
        found += [(f"{name} {word}", one, more) for word, one, more in inner]
        if not inner:
            found.append((name, command, said))
    return found


def _under(top: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser, str]]:
    for action in top._actions:  # noqa: SLF001 - argparse has no public way to its arguments
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - as above
            said = {one.dest: one.help or "" for one in action._choices_actions}  # noqa: SLF001
            yield from ((name, one, said.get(name, "")) for name, one in action.choices.items())


def options_of(command: argparse.ArgumentParser) -> list[tuple[str, str]]:
    """Each argument of a command as it is typed, with what it does."""
    return [
        (_typed(action), _said(action))
        for action in command._actions  # noqa: SLF001 - as above
        if not isinstance(action, argparse._SubParsersAction)  # noqa: SLF001 - as above
        and action.dest != "help"
    ]


def _typed(action: argparse.Action) -> str:
    value = action.metavar or ("|".join(map(str, action.choices)) if action.choices else "")
    value = value if isinstance(value, str) else " ".join(value)
    many = " …" if action.nargs in ("+", "*") else ""
    if not action.option_strings:
        return f"{value or action.dest}{many}"
    takes = "" if action.nargs == 0 else f" {value or action.dest.upper()}{many}"
    return f"{', '.join(action.option_strings)}{takes}"


def _said(action: argparse.Action) -> str:
    parts = [sentence(action.help)] if action.help else []
    if action.choices and action.metavar:
        parts.append("One of " + ", ".join(code(one) for one in action.choices) + ".")
    if action.option_strings and action.required:
        parts.append("Needed.")
    if action.nargs == "?":
        parts.append("May be left out.")
    if action.default not in (None, False, argparse.SUPPRESS, "") and action.option_strings:
        parts.append(f"{code(action.default)} unless told.")
    return " ".join(parts)


def _options(command: argparse.ArgumentParser) -> str:
    rows = [(code(typed), said) for typed, said in options_of(command)]
    rows.append((code("-h, --help"), "What can be typed."))
    return table(("argument", "what it does"), rows)


def _help_of(command: argparse.ArgumentParser, given: str) -> str:
    return command.description or given


def _command(name: str, command: argparse.ArgumentParser, given: str) -> Iterator[str]:
    yield f"## {name}"
    yield sentence(_help_of(command, given))
    if command.epilog:
        yield sentence(command.epilog)
    yield _options(command)
    shown = examples().get(name, [])
    lines = [f"# {why}\n{BEGINS}{typed}" for typed, why in shown]
    yield f"{'Example' if len(shown) == 1 else count(len(shown), 'example').capitalize()}:"
    yield "```sh\n" + "\n\n".join(lines) + "\n```"
