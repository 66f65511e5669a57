"""When a chart was last known to be open: a stamp beside the ledger, written once a minute.

It holds no word about anybody: a visit's id, a time, and whether the chart was closed by hand. The
ledger itself is not touched for it, so no entry can be lost by it; where it is missing, the last
entry's time stands for it.
"""

import contextlib
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Literal

from ketachart.domain.facts import ChartReopened
from ketachart.domain.visit import Visit

FILE: Final = "open-visits.json"
MOST: Final = 20  # visits; the oldest stamps are dropped
NOTICED: Final = timedelta(seconds=60)  # where a protocol of before does not say

_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class Stamp:
    """The last sign of life of one chart; ``shut`` once the nurse has left it."""

    at: datetime
    shut: bool


def read(folder: Path) -> dict[str, Stamp]:
    """Every stamp by its visit's id; none where there is no file, or it cannot be read."""
    try:
        kept = json.loads((folder / FILE).read_text(encoding="utf-8"))
        stamps = {
            str(stream): Stamp(datetime.fromisoformat(at), bool(shut))
            for stream, (at, shut) in kept.items()
        }
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}
    return {stream: stamp for stream, stamp in stamps.items() if stamp.at.tzinfo is not None}


def write(
    folder: Path, stream: str, stamp: Stamp, *, unless: Callable[[], bool] = lambda: False
) -> None:
    """Keeps a stamp; a disk that cannot take it costs nothing but the stamp.

    ``unless`` is asked once nobody else writes: a stamp of a chart that was left meanwhile would
    take back that it was left.
    """
    with _ONE_AT_A_TIME, contextlib.suppress(OSError):
        if unless():
            return
        stamps = read(folder) | {stream: stamp}
        newest = sorted(stamps.items(), key=lambda item: item[1].at)[-MOST:]
        text = json.dumps({name: [one.at.isoformat(), one.shut] for name, one in newest}, indent=1)
        fresh = folder / f"{FILE}.new"
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(folder / FILE)


def noticed(visit: Visit) -> timedelta:
    """How long the laptop may stand still before it is charted."""
    known = visit.protocol.known("sleep.noticed")
    return visit.protocol.minutes("sleep.noticed") if known is not None else NOTICED


def reopened(visit: Visit, stamp: Stamp | None, now: datetime) -> ChartReopened | None:
    """That an unsigned chart was opened again; None where it was away for a moment only.

    A chart that ended by itself is always told, however soon it was back.
    """
    if visit.signed is not None or not visit.entries:
        return None
    written = visit.entries[-1].recorded_at
    last = min(max(written, stamp.at) if stamp is not None else written, now)
    how = _how(stamp)
    if how != "ended" and now - last <= noticed(visit):
        return None
    return ChartReopened(at=now, closed_at=last, how=how)


def _how(stamp: Stamp | None) -> Literal["closed", "ended", "unknown"]:
    if stamp is None:
        return "unknown"
    return "closed" if stamp.shut else "ended"
