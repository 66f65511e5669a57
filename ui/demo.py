"""The demo: a throw-away practice clinic in the real window, or a whole visit charted by keys.

`python -m ui.demo --out DIR` charts a made-up visit through the window, without a display, and
leaves the signed report, what it is checked with, the folded visit and pictures in DIR.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ketachart.errors import CannotRead, KetaChartError

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap

    from ui.demo_driver import Driver

GOOD, FAILED, COULD_NOT = 0, 1, 2
_SIZE: Final = (1366, 768)


def _say(words: str) -> None:
    """One line on the console, seen at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def _failed(words: object, code: int) -> int:
    sys.stderr.write(f"{words}\n")
    return code


# ---------------------------------------------------------------- to look at


def run_demo(story: str | None) -> int:
    """Opens the window on a practice clinic in a temporary folder, which is removed at the end.

    ``story`` names one of `demo_clinic.stories`; without it there are visits in every phase.
    Answers the exit code: 2 where there is no such story, or no room for the clinic.
    """
    from ketachart.clock import SystemClock
    from ketachart.commands.player import PASSPHRASE
    from ui import app, demo_clinic

    place = tempfile.TemporaryDirectory(prefix="ketachart-demo-", ignore_cleanup_errors=True)
    with place as name:
        folder, now = Path(name) / "ledger", SystemClock().now()
        try:
            if story is None:
                _say("Making a practice clinic with made-up patients; this takes some seconds.")
                demo_clinic.build(folder, now)
            else:
                _say(f"Making a practice clinic with the made-up visit “{story}”.")
                demo_clinic.add_story(folder, story, now)
        except (KetaChartError, OSError) as error:
            return _failed(error, COULD_NOT)
        _say(f"Its passphrase is: {PASSPHRASE}")
        return app.run(folder, demo_passphrase=PASSPHRASE)


# ---------------------------------------------------------------- charted by itself


def main(words: Sequence[str] | None = None) -> int:
    """Reads the command line; exit code 0 good, 1 the visit was not charted, 2 no such folder."""
    parser = argparse.ArgumentParser(
        prog="python -m ui.demo",
        description="Chart a made-up visit through the real window, by keyboard, without a display",
    )
    add_arguments(parser)
    return play(parser.parse_args(words))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the visit is kept."""
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="an empty folder")
    parser.add_argument(
        "--ledger", type=Path, metavar="DIR", help="keep the practice ledger in this new folder"
    )


def play(arguments: argparse.Namespace) -> int:
    """Charts the visit, keeps what came of it and checks it; answers the exit code."""
    out = arguments.out
    # before the first import of Qt
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        _make_ready(out, arguments.ledger)
    except CannotRead as error:
        return _failed(error, COULD_NOT)
    try:
        chart(out, arguments.ledger)
    except OSError as error:
        return _failed(f"The demo could not be kept in {out}: {error.strerror}.", COULD_NOT)
    except KetaChartError as error:
        return _failed(error, FAILED)
    return _check(out)


def _make_ready(out: Path, ledger: Path | None) -> None:
    """The folder with a place for pictures.

    Raises:
        CannotRead: it is no folder, is not empty, or cannot be written to; the ledger is there.
    """
    if ledger is not None and ledger.exists():
        raise CannotRead(f"{ledger} is there already. Name a folder that is new.")
    try:
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            raise CannotRead(f"{out} is not an empty folder. Name one that is new or empty.")
        (out / "pictures").mkdir(parents=True)
    except OSError as error:
        raise CannotRead(
            f"{out} cannot be written to: {error.strerror}. Name another folder."
        ) from error


def chart(out: Path, ledger: Path | None = None) -> None:
    """Charts the visit and keeps what came of it in ``out``; a ledger not named is thrown away.

    Raises:
        KetaChartError: the window did not do what was expected of it.
        OSError: a file could not be written.
    """
    from ketachart.clock import SystemClock
    from ketachart.commands.player import PASSPHRASE
    from ui import app
    from ui.demo_clinic import SceneClock
    from ui.demo_driver import Driver
    from ui.demo_visit import begins

    place = tempfile.TemporaryDirectory(prefix="ketachart-demo-", ignore_cleanup_errors=True)
    with place as name:
        clock = SceneClock(begins(SystemClock().now()))
        window = app.build(ledger or Path(name) / "ledger", clock, demo_passphrase=PASSPHRASE)
        hands = Driver(window, clock, look=_Pictures(out / "pictures", window.grab).take)
        try:
            hands.begin(*_SIZE)
            _play(hands, out)
        finally:
            hands.end()


def _play(hands: "Driver", out: Path) -> None:
    from ketachart.commands.player import Played
    from ketachart.commands.replay import write_files
    from ui.demo_course import phases, save

    parts = phases(hands, ink="pen")
    for number, (name, part) in enumerate(parts, start=1):
        began = time.monotonic()
        part()
        took = time.monotonic() - began
        at = f"{hands.desk.now():%H:%M}"
        _say(f"{number:2} of {len(parts)}  {at}  {name}, {took:.1f} s")
    save(hands, (out / "report.pdf").resolve(), (out / "root.pem").resolve())
    visit, root = hands.desk.visit, hands.desk.office.root_certificate
    write_files(Played(visit=visit, refusals=(), report=None, root_certificate=root), out)


def _check(out: Path) -> int:
    """Checks the report as anybody can, and says how."""
    from ketachart.commands import line

    report, root = str(out / "report.pdf"), str(out / "root.pem")
    count = len(list((out / "pictures").iterdir()))
    _say(f"\nIn {out}:")
    for name, what in (
        ("report.pdf", "the signed report"),
        ("root.pem", "the clinic's root certificate, to check it with"),
        ("visit.json", "the visit, worked out"),
        ("entries.jsonl", "every entry as it was written"),
        ("pictures", f"{count} pictures of the window"),
    ):
        _say(f"  {name:<14} {what}")
    _say("\nTo check the report:")
    _say(f"  {_command()} verify {report} --trust {root}")
    _say(f"  pdfsig {report}\n")
    return line.main(["verify", report, "--trust", root])


def _command() -> str:
    """The command line of this KetaChart, as one would type it from here."""
    if getattr(sys, "frozen", False):
        return "ketachart"
    own, here = Path(sys.executable), Path.cwd()
    return f"{own.relative_to(here) if own.is_relative_to(here) else own} -m ketachart"


def _without_chatter(_kind: object, _where: object, words: str) -> None:
    """What Qt says, but for what it says of every window where there is no display."""
    if not words.startswith("This plugin does not support"):
        sys.stderr.write(f"{words}\n")


class _Pictures:
    """Keeps what the window looks like, numbered in the order of the visit."""

    def __init__(self, folder: Path, grab: "Callable[[], QPixmap]") -> None:
        self._folder, self._grab = folder, grab
        self._taken = 0

    def take(self, name: str) -> None:
        """One more picture.

        Raises:
            OSError: it could not be written.
        """
        self._taken += 1
        file = self._folder / f"{self._taken:02}-{name}.png"
        if not self._grab().save(str(file)):
            raise OSError(0, "the picture could not be written", str(file))


if __name__ == "__main__":
    from PySide6.QtCore import qInstallMessageHandler

    qInstallMessageHandler(_without_chatter)
    sys.exit(main())
