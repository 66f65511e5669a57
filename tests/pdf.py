"""Makes one story's signed report and opens it: `python3 dev.py pdf STORY [--out FILE]`."""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from unittest.mock import patch

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
PAPERS = ("letter", "a4")


def report_of(story: str, paper: str) -> bytes:
    """The story's signed report, or what there is of it where the story cannot be signed."""
    from ketachart.commands.player import play
    from ketachart.domain.infusion import last_moment
    from ketachart.report import pdf
    from tests.helpers.stories import story_lines

    on_paper = partial(pdf.render, paper=paper)
    # the window signs on letter paper; here the same signing is given another
    with tempfile.TemporaryDirectory() as folder, patch.object(pdf, "render", on_paper):
        played = play(story_lines(story), Path(folder) / "ledger", strict=False)
    if played.report is not None:
        return played.report.content
    return on_paper(played.visit, now=last_moment(played.visit)).content


def viewer() -> list[str] | None:
    """The command that opens a file for a person to look at; None where there is no display."""
    if sys.platform == "darwin":
        return ["open"]
    if sys.platform == "win32":
        return ["cmd", "/c", "start", ""]
    has_display = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return ["xdg-open"] if has_display else None


def shown(path: Path) -> bool:
    """Opens the file with the system's own viewer; whether that could be asked."""
    command = viewer()
    if command is None:
        return False
    try:
        subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=20)
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def main(words: Sequence[str]) -> int:
    """Makes the report, opens it, and says where it is; 2 where there is no such story."""
    from tests.helpers.stories import STORIES

    parser = argparse.ArgumentParser(prog="python3 dev.py pdf", description=__doc__)
    parser.add_argument("story", metavar="STORY", help=", ".join(STORIES))
    parser.add_argument("--out", type=Path, metavar="FILE", help="else build/pdf/STORY.pdf")
    parser.add_argument("--paper", choices=PAPERS, default="letter")
    arguments = parser.parse_args(words)
    if arguments.story not in STORIES:
        print(f"There is no story “{arguments.story}”. There are: {', '.join(STORIES)}.")
        return 2
    out = arguments.out or ROOT / "build" / "pdf" / f"{arguments.story}.pdf"
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(report_of(arguments.story, arguments.paper))
    except OSError as error:
        print(f"{out} could not be written: {error.strerror}. Choose another place with --out.")
        return 2
    print(f"{out}: opened" if shown(out) else f"{out}: look at it with any PDF reader")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
