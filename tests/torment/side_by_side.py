"""Does tasks in several processes, each forked from this one with everything loaded."""

import json
import os
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence

from tests.torment.tasks import Task


def done(tasks: Sequence[Task], jobs: int) -> Iterator[tuple[Task, Counter[str]]]:
    """Each task with what came of it, as soon as it is done."""
    if jobs == 1:
        for task in tasks:
            yield task, outcome(task)
        return
    asking, giving = os.pipe()
    os.write(giving, b"".join(f"{at:6d}\n".encode() for at in range(len(tasks))))
    os.close(giving)
    hearing, telling = os.pipe()
    pids = [_worker(tasks, asking, hearing, telling) for _ in range(jobs)]
    os.close(asking)
    os.close(telling)
    with os.fdopen(hearing, "rb") as lines:
        for line in lines:
            at, counts = json.loads(line)
            yield tasks[at], Counter(counts)
    for pid in pids:
        os.waitpid(pid, 0)


def _worker(tasks: Sequence[Task], asking: int, hearing: int, telling: int) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        os.close(hearing)
        while number := os.read(asking, 7):
            at = int(number)
            os.write(telling, _line(at, outcome(tasks[at])))
    finally:
        os._exit(0)


def _line(at: int, counts: Counter[str]) -> bytes:
    """One answer, short enough to be written in one piece (pipe(7), PIPE_BUF)."""
    kept = dict(counts)
    while len(line := json.dumps([at, kept]).encode()) > 4000:
        longest = max((key for key in kept if key.isupper() or ":" in key), key=len)
        many = kept.pop(longest)
        kept[longest[: len(longest) // 2]] = many
    return line + b"\n"


def outcome(task: Task) -> Counter[str]:
    """What came of a task; one that falls over has found something too."""
    try:
        return task.work()
    except Exception:  # noqa: BLE001 - a torment that falls over is told like any other fault
        return Counter({f"WRONG: {traceback.format_exc()[-1500:]}": 1, "corrupt": 1})
