"""What is typed and not recorded yet: kept on the disk while it is typed, offered back later.

The window hands a form over about once a second; a thread of its own writes the newest state, so
that typing never waits for the disk. An entry is on the disk before its form's draft is dropped: a
draft whose act is charted already is a leftover of that moment, and is never offered.
"""

import threading
from collections.abc import Iterable, Sequence
from typing import Final, Protocol

from ketachart.charting import signing_key
from ketachart.charting.chart_time import ChartTime
from ketachart.domain.facts.safekeeping import VisitLeft
from ketachart.errors import LedgerDamaged, LedgerError
from ketachart.storage import drafts as kept
from ketachart.storage.drafts import FormDraft
from ketachart.storage.ledger import Ledger

__all__ = ["DraftDesk", "FormDraft"]

_UNREAD: Final = (
    "{fault} Everything charted is safe, and charting goes on; what was typed before and not "
    "recorded has to be typed again. {aside}"
)
_ASIDE: Final = "The file is kept in the ledger's folder as {name}."
_IN_ITS_PLACE: Final = "The file stays where it is, and nothing typed is kept until it is moved."


class Office(Protocol):
    """What the drafts need of the unlocked ledger."""

    time: ChartTime


class Book(Protocol):
    """What they need of the laptop's own book."""

    def facts(self, kind: type[VisitLeft]) -> Sequence[VisitLeft]:
        """Which visits have left this laptop."""
        ...


class DraftDesk:
    """The drafts of one unlocked ledger, of everybody who unlocks it."""

    def __init__(self, office: Office, ledger: Ledger, keeping: Book) -> None:
        self._office, self._ledger, self._keeping = office, ledger, keeping
        self._lock = threading.Condition()
        self._next: tuple[FormDraft, ...] | None = None  # to be written
        self._writing = False
        self._trouble = ""
        self._closed = False
        self._drafts: dict[str, FormDraft] = {}
        self._unread = self._read()

    # ------------------------------------------------ what there is

    @property
    def unread(self) -> str:
        """What could not be read at unlocking, in a sentence; empty where all of it could."""
        return self._unread

    @property
    def trouble(self) -> str:
        """Why the newest state is not on the disk, in a sentence; empty where it is."""
        return self._trouble

    def all(self) -> tuple[FormDraft, ...]:
        """Every draft that waits, the oldest first, of whoever typed it.

        What is charted already is dropped here, and what belongs to a visit that left this laptop.
        """
        if not self._drafts:
            return ()
        gone = {fact.stream for fact in self._keeping.facts(VisitLeft)}
        over = [one for one in self._drafts.values() if one.stream in gone or self._is_charted(one)]
        self.drop(*(one.key for one in over))
        return tuple(sorted(self._drafts.values(), key=lambda one: one.saved_at))

    def known(self, key: str) -> FormDraft | None:
        """One of them; None where it was dropped."""
        return self._drafts.get(key)

    # ------------------------------------------------ keeping

    def keep(self, *drafts: FormDraft) -> None:
        """Keep these, each in place of the one of the same key; returns at once."""
        with self._lock:
            self._drafts |= {one.key: one for one in drafts}
            self._hand_over()

    def drop(self, *keys: str) -> None:
        """Forget these: they are recorded, or were thrown away."""
        with self._lock:
            known = [key for key in keys if key in self._drafts]
            for key in known:
                del self._drafts[key]
            if known:
                self._hand_over()

    def retry(self) -> None:
        """Write once more what could not be written."""
        with self._lock:
            if self._trouble:
                self._hand_over()

    def flush(self) -> None:
        """Wait until everything handed over is on the disk, or could not be written."""
        with self._lock:
            self._lock.wait_for(lambda: not self._writing)

    def close(self) -> None:
        """The ledger is locked: the last state is written, and nothing after it."""
        self.flush()
        self._closed = True

    # ------------------------------------------------ reading and writing

    def _read(self) -> str:
        folder, unwrapped = self._ledger.folder, self._ledger.unwrapped
        try:
            self._drafts = {one.key: one for one in kept.read(folder, unwrapped)}
        except LedgerDamaged as error:
            aside = kept.put_aside(folder, self._office.time.now())
            self._closed = aside is None
            told = _ASIDE.format(name=aside.name) if aside is not None else _IN_ITS_PLACE
            return _UNREAD.format(fault=error, aside=told)
        return ""

    def _is_charted(self, draft: FormDraft) -> bool:
        """Whether the form's act reached the ledger: its first entry has the act's id."""
        if not draft.act:
            return False
        streams = (draft.stream,) if draft.stream else (signing_key.CLINIC, draft.act)
        return any(
            row.entry_id == draft.act for stream in streams for row in self._ledger.stream(stream)
        )

    def _hand_over(self) -> None:
        """The newest state takes the place of one that was not written yet; under the lock."""
        if self._closed:
            return
        self._next = tuple(self._drafts.values())
        if not self._writing:
            self._writing = True
            threading.Thread(target=self._write, name="drafts", daemon=True).start()

    def _write(self) -> None:
        """On a thread of its own: writes the newest state, until there is no newer one."""
        while True:
            with self._lock:
                drafts, self._next = self._next, None
                if drafts is None:
                    self._writing = False
                    self._lock.notify_all()
                    return
            try:
                self._trouble = self._written(drafts)
            except BaseException:
                with self._lock:  # a fault of ours: whoever waits is let go before it is reported
                    self._writing = False
                    self._lock.notify_all()
                raise

    def _written(self, drafts: Iterable[FormDraft]) -> str:
        try:
            kept.write(self._ledger.folder, self._ledger.unwrapped, drafts)
        except LedgerError as error:
            return str(error)
        return ""
