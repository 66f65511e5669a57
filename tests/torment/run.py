"""The published test: `python3 dev.py torment [--quick] [--kills N] [--cuts N] [--real N]`.

A two-hour visit is charted through the same door as the window's; it is killed, its power is cut,
its disk fills up or fails. Each time what was acknowledged is looked for. The counts are printed,
and a whole run writes them to docs/reliability.md.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.torment import shim  # noqa: E402 - found by the line above

PAGE = ROOT / "docs" / "reliability.md"


def say(words: str) -> None:
    """A line for who waits at the terminal."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def options(words: Sequence[str]) -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="dev.py torment", description=__doc__)
    parser.add_argument("--kills", type=int, help="how often the program is killed")
    parser.add_argument("--cuts", type=int, help="how many states after a power cut are opened")
    parser.add_argument("--real", type=int, help="how often a real file system is cut off")
    parser.add_argument("--quick", action="store_true", help="a tenth of everything; no page")
    parser.add_argument("--short", action="store_true", help="what the suite does; no page")
    parser.add_argument("--only", default="", help="only the parts whose name holds this")
    parser.add_argument("--fuzz", type=float, default=0, help="seconds of damaged files, instead")
    parser.add_argument("--seed", type=int, default=20261122, help="the chance to repeat")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--json", type=Path, help="write the counts there too")
    parser.add_argument("--no-page", action="store_true", help="leave docs/reliability.md as it is")
    return parser.parse_args(words)


def main(words: Sequence[str]) -> int:
    """Run it; 0 if nothing was lost or broken and every control was noticed."""
    asked = options(words)
    if asked.fuzz:
        from tests.fuzz.run import main as fuzz

        return fuzz(asked.fuzz, asked.seed, asked.only)
    if why := shim.why_not():
        say(f"The torment is not possible here: {why}. Nothing was tried.")
        return 0
    if not shim.is_loaded():
        shim.run_again_with_shim()
    began = time.monotonic()
    memory = Path("/dev/shm")  # noqa: S108 - a disk in memory; each run has its own folder
    room = Path(tempfile.mkdtemp(prefix="torment-", dir=memory if memory.is_dir() else None))
    try:
        parts = run(asked, room)
    finally:
        shutil.rmtree(room, ignore_errors=True)
    return conclude(asked, parts, time.monotonic() - began)


def run(asked: argparse.Namespace, room: Path) -> "dict[str, tuple[bool, Counter[str]]]":
    """Does everything; the counts of each part, and whether it is a control."""
    from tests.torment import tasks, told, visit
    from tests.torment.side_by_side import done

    os.umask(0o077)
    told.prepared()
    visit.draw_once(stand_in=asked.short)
    if not asked.short:
        say("One visit without any torment, to draw its reports.")
        visit.play_whole(visit.Place(room / "drawing"))
    size = tasks.SHORT if asked.short else tasks.QUICK if asked.quick else tasks.Size()
    given = {n: getattr(asked, n) for n in ("kills", "cuts", "real") if getattr(asked, n)}
    every = tasks.all_tasks(replace(size, **given), asked.seed, room)
    every = [task for task in every if asked.only in task.part]
    parts: dict[str, tuple[bool, Counter[str]]] = {
        task.part: (task.is_control, Counter()) for task in every
    }
    spoke, said = time.monotonic(), set[str]()
    for at, (task, counts) in enumerate(done(every, asked.jobs), 1):
        parts[task.part][1].update(counts)
        fell_over = task.is_control and not counts["rounds"]
        for words in wrongs(counts) if fell_over or not task.is_control else ():
            if words not in said:
                said.add(words)
                say(f"  {task.part}, seed {task.seed}: {words}")
        if time.monotonic() - spoke > 20:
            spoke = time.monotonic()
            say(f"  {at} of {len(every)} pieces done")
    return parts


WRONG = ("WRONG:", "UNCLEAR:", "UNREADABLE:", "AT:", "half-made")


def wrongs(counts: "Counter[str]") -> list[str]:
    """What must not be, in words."""
    return [words for words in counts if words.startswith(WRONG) and counts[words]]


def conclude(
    asked: argparse.Namespace, parts: "dict[str, tuple[bool, Counter[str]]]", seconds: float
) -> int:
    """Prints the counts, writes the page, and says how it went."""
    from tests.torment import page

    bad = [name for name, (control, c) in parts.items() if not control and is_bad(c)]
    missed = [n for n, (control, c) in parts.items() if control and not c["rounds with a loss"]]
    say(page.table(parts))
    say(f"{seconds:.0f} s")
    for name in bad:
        say(f"WRONG: {name}")
    for name in missed:
        say(f"NOT NOTICED: {name}, which breaks a promise on purpose")
    if asked.json:
        counts = {name: dict(c) for name, (_, c) in parts.items()}
        told = {"parts": counts, "bad": bad, "missed": missed}
        asked.json.write_text(json.dumps(told), encoding="utf-8")
    is_whole = not (asked.quick or asked.short or asked.only or asked.no_page)
    if is_whole and not bad and not missed:
        PAGE.write_text(page.page(parts, seconds, asked.seed, words=sys.argv[1:]), encoding="utf-8")
        say(f"{PAGE.relative_to(ROOT)} is written.")
    return int(bool(bad or missed))


def is_bad(counts: "Counter[str]") -> bool:
    """Whether something is lost, broken or unclear."""
    return bool(counts["lost"] or counts["corrupt"] or wrongs(counts))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
