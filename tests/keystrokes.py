"""Writes docs/keystrokes.md anew: `python3 dev.py keystrokes`; its test presses every key of it."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.helpers.keystrokes import PAGE, table  # noqa: E402 - the checkout has to be found first

if __name__ == "__main__":
    PAGE.write_text(table(), encoding="utf-8")
    sys.stdout.write(f"{PAGE.relative_to(ROOT)}\n")
