"""A desk with a visit of a story on it, as far as the story was played, and the real window."""

from pathlib import Path

from ketachart.commands import script
from ketachart.commands.player import open_stage
from ui.desk import Desk

STORIES = Path(__file__).parent.parent / "stories"


def desk_at(folder: Path, story: str, *, until: str = "", before: str = "") -> Desk:
    """A desk on a throw-away ledger with a story's visit open.

    ``until`` plays up to and with the first line of that kind, ``before`` up to the line before
    it; with neither, everything but the signature is played. Time stands where the story stopped:
    ``desk.clock.pass_time(...)`` lets it go on.
    """
    stage = open_stage(script.read(STORIES / f"{story}.jsonl"), folder)
    lines = list(stage.rest)
    kinds = [line.kind for line in lines]
    end = kinds.index("sign") if "sign" in kinds else len(lines)
    if until:
        end = kinds.index(until) + 1
    elif before:
        end = kinds.index(before)
    stage.play(lines[:end])
    stream = stage.room.stream
    desk = Desk(folder, stage.clock)
    desk._open_office(stage.office)
    desk.open_visit(stream)
    return desk
