"""The two places a release is made in: one holds what is frozen, the other what freezes it.

They are apart so that nothing of a developer's, and nothing of the tools, gets into the program.
"""

import shutil
import sys
from pathlib import Path
from typing import Final

import dev_setup
from freeze.names import PACKAGING, ROOMS

_BIN: Final = Path(dev_setup.PYTHON.relative_to(dev_setup.VENV))
FROZEN: Final = ROOMS / "run"
TOOLS: Final = ROOMS / "tools"
_FAILING: Final = "What a release is made with could not be installed; the words above say why."


def make_ready() -> None:
    """See that both places hold what their locks say.

    Raises:
        Stop: something could not be installed.
    """
    _room(TOOLS, "release.lock", pip=True)
    _room(FROZEN, "run.lock", pip=False)


def frozen_python() -> Path:
    """The Python whose packages are frozen."""
    return FROZEN / _BIN


def tools_python() -> Path:
    """The Python of the tools."""
    return TOOLS / _BIN


def packages_of(room: Path) -> Path:
    """The folder of a place's packages."""
    if sys.platform == "win32":
        return room / "Lib" / "site-packages"
    return next((room / "lib").glob("python3.*")) / "site-packages"


def _room(room: Path, lock: str, *, pip: bool) -> None:
    mark, wanted = room / "made-of.txt", f"{_python()}\n{(PACKAGING / lock).read_text('utf-8')}"
    if mark.is_file() and mark.read_text("utf-8") == wanted:
        return
    dev_setup.say(f"Installing what packaging/{lock} says into build/freeze/{room.name}.")
    dev_setup.remove(room)
    room.parent.mkdir(parents=True, exist_ok=True)
    own = [] if pip else ["--without-pip"]
    dev_setup.must([_python(), "-m", "venv", *own, str(room)], failing=_FAILING)
    # the tools' pip fills both, so that no other pip lies among what is frozen
    filling = [str(tools_python()), "-m", "pip", "--python", str(room / _BIN), "install"]
    filling += ["--no-input", "--progress-bar=off", "--require-hashes", "--no-deps"]
    filling += ["--only-binary=:all:", "-r", str(PACKAGING / lock)]
    dev_setup.must(filling, failing=_FAILING, PIP_DISABLE_PIP_VERSION_CHECK="1")
    mark.write_text(wanted, "utf-8")


def _python() -> str:
    """The Python that is frozen: the system's own on Linux, which is mended by the system."""
    system = "/usr/bin/python3"
    if sys.platform == "linux" and shutil.which(system) and dev_setup.suits(system):
        return system
    return dev_setup.base_python()
