"""The command line of an installed KetaChart: the core's commands, and two that open the window.

`ketachart` with no word after it opens the window at once.
"""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import argparse

PROGRAM: Final = "ketachart"


def parser() -> "argparse.ArgumentParser":
    """Every command of the core, and with them ``window`` and ``demo``."""
    from ketachart.commands import line

    return line.parser(PROGRAM, more=(_add_window, _add_demo))


def main(words: Sequence[str] | None = None) -> int:
    """Does what the words say; exit code 0 good, 1 not good, 2 could not read."""
    said = list(sys.argv[1:] if words is None else words)
    if not said:
        from ui.__main__ import main as window

        return window(said)
    from ketachart.commands import line

    return line.main(said, parser())


def _add_window(commands: Any) -> None:  # noqa: ANN401 - argparse has no public type for it
    from ui import __main__ as window

    command = commands.add_parser("window", help="open the window, as without a command")
    window.add_arguments(command)
    command.set_defaults(run=window.show)


def _add_demo(commands: Any) -> None:  # noqa: ANN401 - as above
    from ui import demo

    command = commands.add_parser(
        "demo", help="chart a made-up visit through the window by keyboard, and sign it"
    )
    demo.add_arguments(command)
    command.set_defaults(run=demo.play)
