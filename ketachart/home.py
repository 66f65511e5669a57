"""Where this person's ledger lies on this laptop, unless another folder is named."""

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
