"""Starts KetaChart: `python -m ui`, with `--demo` on a throw-away clinic."""

import argparse
import os
import sys
from pathlib import Path


def folder_of_this_laptop() -> Path:
    """Where this person's ledger lies: `KETACHART_HOME`, or the system's place for such files."""
    told = os.environ.get("KETACHART_HOME")
    if told:
        return Path(told)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share"))
    return base / "ketachart"


def main() -> int:
    """Reads the command line and shows the window."""
    parser = argparse.ArgumentParser(prog="python -m ui", description="KetaChart")
    parser.add_argument("story", nargs="?", help="a throw-away clinic with this made-up visit")
    parser.add_argument("--demo", action="store_true", help="a throw-away clinic, made-up patients")
    parser.add_argument("--folder", type=Path, help="where the ledger lies")
    arguments = parser.parse_args()
    if arguments.demo or arguments.story:
        from ui.demo import run_demo

        return run_demo(arguments.story)
    from ui.app import run

    return run(arguments.folder or folder_of_this_laptop())


if __name__ == "__main__":
    sys.exit(main())
