"""Starts KetaChart: `python -m ui`, with `--demo` on a throw-away clinic."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ketachart.home import folder_of_this_laptop

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(words: "Sequence[str] | None" = None, *, prog: str = "python -m ui") -> int:
    """Reads the command line and shows the window."""
    parser = argparse.ArgumentParser(prog=prog, description="KetaChart")
    add_arguments(parser)
    return show(parser.parse_args(words))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the window can be opened with."""
    parser.add_argument("story", nargs="?", help="a throw-away clinic with this made-up visit")
    parser.add_argument("--demo", action="store_true", help="a throw-away clinic, made-up patients")
    parser.add_argument("--folder", type=Path, help="where the ledger lies")


def show(arguments: argparse.Namespace) -> int:
    """Shows the window until it is closed."""
    if arguments.demo or arguments.story:
        from ui.demo import run_demo

        return run_demo(arguments.story)
    from ui.app import run

    return run(arguments.folder or folder_of_this_laptop())


if __name__ == "__main__":
    sys.exit(main())
