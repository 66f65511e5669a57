"""Starts KetaChart without a window: `python -m ketachart --help`."""

import sys

from ketachart.commands.line import main

if __name__ == "__main__":
    sys.exit(main())
