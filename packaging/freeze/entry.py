"""Where both frozen programs begin; by its own name each knows which of the two it is."""

import sys
from pathlib import Path


def begin() -> int:
    """Opens the window, or does what the words on the command line say."""
    from ketachart.update.starting import hand_on

    hand_on()  # to the version that counts, where an update put one beside this
    if Path(sys.argv[0]).stem == "ketachart-window":
        from ui.__main__ import main as window

        return window(prog="ketachart-window")
    from ui.line import main

    return main()


sys.exit(begin())
