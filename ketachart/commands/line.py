"""The command line: one word per command, exit codes 0 good, 1 not good, 2 could not read."""

import argparse
import errno
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ketachart import __version__
from ketachart.commands import (
    authority,
    backup,
    dose,
    ems,
    facts,
    paper,
    post,
    replay,
    report,
    review,
    sheet,
    show,
    update,
    verify,
)
from ketachart.errors import CannotRead, KetaChartError, LedgerError, ScriptError
from ketachart.resources import built

GOOD, NOT_GOOD, COULD_NOT_READ = 0, 1, 2

_FORBIDDEN = (
    "{name} may not be read or written by this account. Check its permissions, or choose another "
    "place."
)
_FULL = "The disk is full. Free some space, then run the command again into an empty folder."
_NO_FOLDER = "{name} is a file where a folder is needed. Choose another name."
_BY_ERRNO = {
    errno.ENOENT: "There is no {name} there. Check the name and its folder.",
    errno.EISDIR: "{name} is a folder; the name of a file is needed.",
    errno.EEXIST: _NO_FOLDER,
    errno.ENOTDIR: _NO_FOLDER,
    errno.ENAMETOOLONG: "That name is too long for this disk. Choose a shorter one.",
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), _FORBIDDEN),
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), _FULL),
}

DESCRIPTION = """KetaChart charts ketamine infusions at home. These commands are its core without
a window: they replay scripted visits, check doses, show visits and verify signed reports. Nothing
here uses a network."""

EPILOG = """exit codes: 0 good, 1 not good (something was refused, differs or is not trusted),
2 could not read what was given"""


def parser(
    prog: str = "python -m ketachart", *, more: Sequence[Callable[[Any], None]] = ()
) -> argparse.ArgumentParser:
    """Every command with its arguments; ``more`` adds those that are not the core's own."""
    top = argparse.ArgumentParser(prog=prog, description=DESCRIPTION, epilog=EPILOG)
    top.add_argument("--version", action="version", version=f"KetaChart {__version__}{built()}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in (
        facts, replay, show, report, sheet, ems, paper, verify, review, dose, authority, post,
        backup, update,
    ):  # fmt: skip
        module.add_to(commands)
    for add_to in more:
        add_to(commands)
    return top


def main(words: Sequence[str] | None = None, top: argparse.ArgumentParser | None = None) -> int:
    """Runs one command, of ``top`` where that is given, and says by its exit code how it went."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    arguments = (top or parser()).parse_args(words)
    try:
        return int(arguments.run(arguments))
    except BrokenPipeError:
        # Whoever read the answer has read enough; what it said of the file is not known here.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return COULD_NOT_READ
    except KeyboardInterrupt:
        return _failed(
            arguments,
            CannotRead("Stopped before it was done. Run it again to have all of it."),
            COULD_NOT_READ,
        )
    except (CannotRead, ScriptError, LedgerError, OSError) as error:
        return _failed(arguments, error, COULD_NOT_READ)
    except KetaChartError as error:
        return _failed(arguments, error, NOT_GOOD)


def _failed(arguments: argparse.Namespace, error: Exception, code: int) -> int:
    sentence = _sentence(error)
    if getattr(arguments, "json", False):
        print(json.dumps({"good": False, "error": sentence}, ensure_ascii=False))
    else:
        print(sentence, file=sys.stderr)
    return code


def _sentence(error: Exception) -> str:
    if not isinstance(error, OSError):
        return str(error)
    name = str(error.filename or "")
    said = _BY_ERRNO.get(error.errno or 0)
    if said is None:
        reason = error.strerror or str(error)
        return f"{name or 'A file'} could not be read or written: {reason}. Nothing was changed."
    return said.format(name=(Path(name).name or name) if name else "The file")
