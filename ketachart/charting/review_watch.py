"""Which reports a supervisor's queue shows: those that wait, and the newest of those that are done.

A clinic keeps a hundred thousand of them. They are looked through once after unlocking, a piece at
a time, and after that only what was written since is looked at.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from ketachart.domain.supervision.standing import SETTLED, state_of
from ketachart.domain.visit import Visit
from ketachart.storage.ledger import Ledger

POST = "post:"
A_PIECE = 500
"""Reports that are looked at in one go: some 10 ms on a busy machine."""
READ_AT_ONCE = 15
"""Visits beside which is read what stands there, in one go: some 10 ms."""
MOST_WAITING = 300
"""Visits that wait and are shown; the others come up as these are judged."""
MOST_DONE = 500
"""Reviewed ones that are shown; as many more each time that they are asked for."""


@dataclass(slots=True)
class Watch:
    """Finds them by the ledger's indexes; none of them is read here."""

    ledger: Ledger
    _looked: str | None = ""
    _seen: int = -1
    _doubted: int = 0
    _doubting: tuple[str, str] | None = None
    _most: int = MOST_DONE
    _waiting: dict[str, None] = field(default_factory=dict)
    _newest: tuple[str, ...] = ()
    _fresh: dict[str, None] = field(default_factory=dict)

    @property
    def more(self) -> bool:
        """Whether reports were not looked at yet."""
        return self._looked is not None or self._doubting is not None

    @property
    def older(self) -> bool:
        """Whether there may be older reviewed ones than those that are shown."""
        return len(self._newest) >= self._most

    def look_back(self) -> None:
        """From now on as many older ones are shown besides."""
        self._most += MOST_DONE
        self._newest = self._newest_ones()

    def look(self, withdrawn: Collection[str]) -> tuple[str, ...]:
        """One piece more; the visits beside which something was written since the last look.

        ``withdrawn``: the certificates that the clinic took back, by their SHA-256; what they
        signed waits again.
        """
        head = self.ledger.head().seq
        fresh: tuple[str, ...] = ()
        if self._seen < 0:
            self._newest = self._newest_ones()
        elif head > self._seen:
            fresh = _visits(self.ledger.streams_since(self._seen, POST))
            self._fresh.update(dict.fromkeys(fresh))
        self._seen = head
        self._look_for_doubted(withdrawn)
        if self._looked is not None:
            found, last = self.ledger.unjudged(self._looked, A_PIECE)
            self._wait(_visits(found))
            self._looked = last or None
        return fresh

    def _look_for_doubted(self, withdrawn: Collection[str]) -> None:
        if len(withdrawn) != self._doubted:
            self._doubted, self._doubting = len(withdrawn), ("", "")
        if self._doubting is not None:
            found, self._doubting = self.ledger.taken_by(withdrawn, self._doubting, A_PIECE)
            self._wait(_visits(found))

    def _wait(self, streams: Collection[str]) -> None:
        self._waiting.update(dict.fromkeys(streams))

    def _newest_ones(self) -> tuple[str, ...]:
        return _visits(self.ledger.taken_since("", self._most))

    def waiting(self) -> tuple[str, ...]:
        """The visits that may wait for the supervisor, the oldest first."""
        return tuple(self._waiting)

    def done(self, stream: str) -> None:
        """Nothing waits in this one."""
        self._waiting.pop(stream, None)

    def shown(self) -> tuple[str, ...]:
        """The visits that are shown whether they wait or not: the newest, and what came since."""
        return tuple(dict.fromkeys((*self._fresh, *self._newest)))


class Shown:
    """What stands beside the visits that the queue shows, read a few at a time."""

    def __init__(self, ledger: Ledger, read: Callable[[str], Visit]) -> None:
        self.behind = 0  # visits that wait and are not shown, or not read yet
        self._watch, self._read = Watch(ledger), read
        self._known: dict[str, tuple[Visit, bool]] = {}
        self._withdrawn = 0
        self._left = 0

    @property
    def grew(self) -> bool:
        """Whether `posts` read something the last time."""
        return self._left < READ_AT_ONCE

    @property
    def more(self) -> bool:
        """Whether `posts` would read some more."""
        return self._watch.more or not self._left

    @property
    def older(self) -> bool:
        """Whether there may be older reviewed ones than those that are shown."""
        return self._watch.older

    def look_back(self) -> None:
        """From now on as many older reviewed ones are shown besides."""
        self._watch.look_back()

    def posts(self, withdrawn: Collection[str]) -> Mapping[str, Visit]:
        """By the visit's id; ``withdrawn`` are the certificates that the clinic took back."""
        fresh = self._watch.look(withdrawn)
        if len(withdrawn) != self._withdrawn:
            self._withdrawn = len(withdrawn)
            self._known.clear()
        for stream in fresh:
            self._known.pop(stream, None)
        self._left, self.behind = READ_AT_ONCE, 0
        found = self._waiting()
        for stream in self._watch.shown():
            if stream not in found and (post := self._post(stream)) is not None:
                found[stream] = post
        self._known = {stream: one for stream, one in self._known.items() if stream in found}
        return found

    def _waiting(self) -> dict[str, Visit]:
        found: dict[str, Visit] = {}
        for stream in self._watch.waiting():
            post = self._post(stream) if len(found) < MOST_WAITING else None
            if post is None:
                self.behind += 1
            elif self._known[stream][1]:
                found[stream] = post
            else:
                self._watch.done(stream)
        return found

    def _post(self, stream: str) -> Visit | None:
        """What stands beside it; None where that is read another time."""
        if stream not in self._known:
            if not self._left:
                return None
            self._left -= 1
            post = self._read(stream)
            self._known[stream] = (post, state_of(post, None) not in SETTLED)
        return self._known[stream][0]


def _visits(streams: Collection[str]) -> tuple[str, ...]:
    return tuple(name.removeprefix(POST) for name in streams)
