"""A picture of every screen, without a display: `python3 dev.py shots [WORD…] [--quick]`.

Only scenes whose name holds one of the words are taken; without words, all. Pictures, and a page
that shows them, go into build/shots. What differs from the accepted pictures is framed and comes
first; `--accept [WORD…]` takes the pictures of the last run over, once they were looked at. A text
that is cut or too faint in any of them, light in a dim one, or a scene that fails, fails it.
"""

import argparse
import multiprocessing
import os
import sys
import time
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from json import loads
from pathlib import Path
from threading import Thread

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from tests import shot_accepted as accepted  # noqa: E402 - the checkout has to be found first
from tests.shot_camera import photograph  # noqa: E402 - as above
from tests.shot_looks import looks_of  # noqa: E402 - as above
from tests.shot_page import page, state_of, summary  # noqa: E402 - as above
from tests.shot_stage import scenes  # noqa: E402 - as above

OUT = ROOT / "build" / "shots"
_known = {}  # in each process: its application, and the scenes by name


def _begin():
    from ketachart.storage import calibrate
    from ketachart.storage.kdf import STANDARD
    from ui import app

    calibrate._measured_once = lambda: STANDARD  # as in the tests: nobody guesses here
    _known["app"] = app.application()
    _known["scenes"] = {scene.name: scene for scene in scenes()}


def _one(name, quick):
    scene = _known["scenes"][name]
    return photograph(_known["app"], scene, looks_of(scene, quick=quick), OUT)


def _wanted(words):
    found = [s for s in scenes() if not words or any(word in s.name for word in words)]
    twice = {s.name for s in found if [t.name for t in found].count(s.name) > 1}
    if twice:
        raise SystemExit(f"Two scenes have one name: {', '.join(sorted(twice))}")
    return found


def _accept(words):
    """The tiles of the last run become the accepted ones; those of scenes long gone go."""
    names = [s.name for s in _wanted(words)]
    taken = [n for n in names if accepted.read(OUT / f"{n}.tiles")]
    for name in taken:
        file = accepted.ACCEPTED / f"{name}.tiles"
        last = OUT / f"{name}.tiles"
        seen = accepted.seen_in(last)
        accepted.write(file, accepted.read(file) | accepted.read(last), seen=seen)
    if not words:
        for file in accepted.ACCEPTED.glob("*.tiles"):
            if file.stem not in names:
                file.unlink()
    size = sum(file.stat().st_size for file in accepted.ACCEPTED.glob("*.tiles"))
    print(f"{len(taken)} scenes accepted; tests/accepted now holds {size / 1e6:.1f} MB")
    return 0


def _all_told():
    """What every scene told when it was last taken, so that the page is whole after a few words."""
    names = {scene.name for scene in scenes()}
    files = [file for file in OUT.glob("*.json") if file.stem in names]
    return [loads(file.read_text(encoding="utf-8")) for file in files]


def _take(names, given):
    """Every scene, on all cores; a process that dies takes only its own scene with it."""
    left, told = deque(names), []

    def work():
        pool = _process()
        while left:
            name = left.popleft()
            try:
                scene = pool.submit(_one, name, given.quick).result()
            except BrokenProcessPool:
                pool = _process()
                scene = {"name": name, "room": "", "seconds": 0, "pictures": []}
                scene["failed"] = "The process died."
            told.append(scene)
            _say(scene)
        pool.shutdown()

    hands = [Thread(target=work) for _ in range(given.cores)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    return told


def _process():
    spawn = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(1, mp_context=spawn, initializer=_begin)


def main(words):
    """Takes the pictures and writes one page with all of them."""
    asked = argparse.ArgumentParser(prog="shots", description=__doc__)
    asked.add_argument("words", nargs="*")
    asked.add_argument("--quick", action="store_true", help="dim at 100 and 200 per cent only")
    asked.add_argument("--accept", action="store_true", help="take over the last run's pictures")
    asked.add_argument("--cores", type=int, default=os.cpu_count() or 1)
    given = asked.parse_args(words)
    if given.accept:
        return _accept(given.words)
    began = time.monotonic()
    OUT.mkdir(parents=True, exist_ok=True)
    told = _take([scene.name for scene in _wanted(given.words)], given)
    (OUT / "index.html").write_text(page(_all_told()), encoding="utf-8")
    print(f"{summary(told)}; {time.monotonic() - began:.0f} s: build/shots/index.html")
    pictures = [picture for scene in told for picture in scene["pictures"]]
    cut = any(picture["cut"] or picture["faint"] for picture in pictures)
    return int(cut or any(scene["failed"] for scene in told))


def _say(scene):
    states = [state_of(picture) for picture in scene["pictures"]]
    counts = ", ".join(f"{states.count(s)} {s}" for s in dict.fromkeys(states))
    print(f"{scene['seconds']:5.1f} s  {scene['name']}: {counts}", flush=True)
    if scene["failed"]:
        print(scene["failed"].splitlines()[-1], flush=True)
    faults = {line for p in scene["pictures"] for line in (*p["cut"], *p["faint"])}
    for line in sorted(faults)[:4]:
        print(f"    {line[:200]}", flush=True)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
