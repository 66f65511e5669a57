"""The two-hour visit that is interrupted: each act through the door, each entry told once kept."""

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from ketachart import charting
from ketachart.charting import OpenClinic, vigil
from ketachart.charting.drafting import id_at
from ketachart.charting.sealing import Sealed, SealingTask
from ketachart.charting.vigil import Stamp
from ketachart.clock import SetClock
from ketachart.commands.opening import new_visit, opened_at
from ketachart.commands.player import Stage
from ketachart.domain.addenda import version_of
from ketachart.domain.facts.closing import Addendum
from ketachart.domain.found.findings import standing
from ketachart.errors import LedgerError
from tests.torment import doors
from tests.torment.told import FIRST, SECOND, Act, prepared, the_acts, the_nurse, the_story

Tell = Callable[[dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Place:
    """Where everything lies: the ledger, and the stick that takes the copies."""

    root: Path

    @property
    def ledger(self) -> Path:
        return self.root / "ledger"

    @property
    def stick(self) -> Path:
        return self.root / "stick"


DRAWN: dict[int, Sealed] = {}
PAPER = bytes(range(256)) * 800


def draw_once(*, stand_in: bool = False) -> None:
    """From now on a report's pages are drawn and signed once for each version, and used again.

    Drawing asks nothing of the ledger. What is kept, and when, stays as it is. With ``stand_in``
    some bytes stand for the pages.
    """
    real = SealingTask.work

    def work(self: SealingTask, passphrase: str, *args: Any, **more: Any) -> Sealed:
        version = version_of(self.visit)
        if version not in DRAWN and not stand_in:
            DRAWN[version] = real(self, passphrase, *args, **more)
        drawn = DRAWN.get(version) or Sealed(
            (), "", PAPER + bytes([version]), 3, "", version, "stand-in"
        )
        with self.key.opened(passphrase):
            return replace(drawn, drafts=self.drafts, head=self.head, act=self.act)

    SealingTask.work = work  # type: ignore[method-assign]


def play_whole(place: Place) -> None:
    """The whole visit, undisturbed."""
    bedside = Bedside(place, lambda _told: None)
    for act in the_acts():
        bedside.perform(act)
    bedside.close()


class Bedside(Stage):
    """The visit at one place; it may be taken up again where another process was stopped."""

    def __init__(
        self,
        place: Place,
        tell: Tell,
        *,
        names: dict[str, str] | None = None,
        too_early: bool = False,
        turn: int = 0,
    ) -> None:
        clock = SetClock(opened_at(the_story()[0]) + timedelta(seconds=turn))
        # a set clock counts its ids: what it made in an earlier turn must not come again
        clock._made = turn * 100_000
        super().__init__(None, None, clock, rest=(), strict=True)  # type: ignore[arg-type]
        self.place = place
        if not place.stick.exists():
            place.stick.mkdir(parents=True)
        self.passphrase = FIRST
        self._names = dict(names or {})
        self._tell = tell
        self._told = 0
        self._turn = turn
        self._too_early = too_early

    @property
    def is_open(self) -> bool:
        """Whether the ledger is unlocked."""
        return self.office is not None

    def go_on_from(self, act: Act, passphrases: Sequence[str], stream: str) -> None:
        """Unlocks what another process left, with the clock at that act."""
        lines = [earlier.line for earlier in the_acts()[: act.index] if earlier.line is not None]
        moments = [line.at for line in lines if line.at is not None]
        self.clock.move_to(max([*moments, self.clock.now()]) + timedelta(seconds=1 + self._turn))
        self._begun = True
        self.office = opened(self.place.ledger, passphrases, self.clock)
        self.passphrase = self.office_passphrase(passphrases)
        self._enter(stream)

    def office_passphrase(self, passphrases: Sequence[str]) -> str:
        """Which of them opened it."""
        return next(p for p in passphrases if _opens(self.place.ledger, p, self.clock))

    def _enter(self, stream: str) -> None:
        streams = [stream] if stream else [row.stream for row in self.office.visits()]
        if streams:
            self.room = self.office.open_visit(streams[0])
            self._told = len(self.room.visit.entries)

    def perform(self, act: Act) -> None:
        """Does one act, and tells what was kept; what raises may be handed in again."""
        if act.line is not None:
            self._set_clock(act.line)
        if self._too_early:
            self._promise_too_early(act)
        getattr(self, f"_{act.name.replace(' ', '_')}")(act)
        self._tell_kept(act)

    def _promise_too_early(self, act: Act) -> None:
        """The control: an entry is told before it is kept."""
        if act.name == "line" and act.line and act.line.kind not in {"strike", "correct"}:
            self._tell({"kept": self.room.stream, "entries": [[act.id, ""]]})

    def _tell_kept(self, act: Act) -> None:
        told: dict[str, Any] = {"act": act.index}
        if self.room is not None:
            fresh = self.room.visit.entries[self._told :]
            self._told += len(fresh)
            told |= {"kept": self.room.stream, "names": self._names}
            told["entries"] = [[entry.id, entry.chain] for entry in fresh]
        self._tell(told)

    # ------------------------------------------------ the acts

    def _found(self, _act: Act) -> None:
        if self.office is None and charting.holds_ledger(self.place.ledger):
            self.office = opened(self.place.ledger, (FIRST,), self.clock)
        elif self.office is None:
            self.office = charting.found(self.place.ledger, prepared(), self.clock)
        if self.office.own_stream.clinic is None:
            self._make_again()
        entries = self.office.own_stream.entries
        self._tell({"kept": "clinic", "entries": [[entry.id, entry.chain] for entry in entries]})
        self._tell({"founded": True})

    def _make_again(self) -> None:
        """A clinic that was stopped half-way through being made: nothing was charted in it yet."""
        self._tell({"note": "half-made clinic"})
        self.office.close()
        shutil.rmtree(self.place.ledger)
        self.office = charting.found(self.place.ledger, prepared(), self.clock)

    def _new_visit(self, _act: Act) -> None:
        if self.room is None:
            self.room = new_visit(self.office, the_story()[0])

    def _line(self, act: Act) -> None:
        line = act.line
        assert line is not None
        if self.room.visit.entry(act.id) is not None:
            # kept by a process that was killed before it could tell
            entry_id = id_at(1, act.id) if line.kind == "correct" else act.id
            self._names |= {line.id: entry_id} if line.id else {}
            return
        if line.kind == "strike":
            entry = self.room.strike(self._named(line.entry), line.reason, act=act.id)
        elif line.kind == "correct":
            fact = self._pointed(line.fact)
            entry = self.room.correct(self._named(line.entry), fact, line.reason, act=act.id)[-1]
        else:
            entry = self.room.record(self._pointed(line.fact), act=act.id)
        if line.id:
            self._names[line.id] = entry.id

    def _sign(self, _act: Act) -> None:
        self.room._catch_up()
        if self.room.visit.signed is None:
            short = standing(self.room.visit, self.room.now())
            self.room.sign(self.passphrase, incomplete="it was cut short" if short else "")
        self._tell_signed()

    def _addendum(self, act: Act) -> None:
        self.clock.pass_time(timedelta(minutes=1))
        self.room._catch_up()
        words = "Her husband called: she slept well."
        if not any(getattr(e.fact, "text", "") == words for e in self.room.visit.entries):
            added = Addendum(at=self.room.now(), about="late-information", text=words)
            task = self.room.begin_addendum(added, act=act.id)
            self.room.finish_signature(task.work(self.passphrase))
        self._tell_signed()

    def _tell_signed(self) -> None:
        report = self.room.signed_report()
        assert report is not None
        assert hashlib.sha256(report.content).hexdigest() == report.sha256
        self._tell({"signed": self.room.stream, "sha256": report.sha256})

    def _reopen(self, _act: Act) -> None:
        stream = self.room.stream if self.room else ""
        if self.office is not None:
            office, self.office = self.office, None  # type: ignore[assignment]
            office.close()
        self.office = opened(self.place.ledger, (self.passphrase,), self.clock)
        self._enter(stream)

    def _settle(self, _act: Act) -> None:
        self.office._ledger.settle()

    def _passphrase(self, _act: Act) -> None:
        new = SECOND if self.passphrase == FIRST else FIRST
        self._tell({"trying": new})
        doors.change_passphrase(self.office, self.passphrase, new)
        self._tell({"passphrase": new})
        self.passphrase = new

    def _draft(self, act: Act) -> None:
        words = f"half a sentence {act.index}"
        self._tell({"drafting": words})
        doors.keep_draft(self.office, self.room.stream, words, self.room.now())
        self._tell({"draft": words})

    def _stamp(self, _act: Act) -> None:
        vigil.write(self.place.ledger, self.room.stream, Stamp(self.room.now(), shut=False))

    def _backup(self, _act: Act) -> None:
        doors.back_up(self.office, self.place.stick)
        self._tell({"copied": True})

    def close(self) -> None:
        """Locks."""
        if self.office is not None:
            self.office.close()


def _opens(ledger: Path, passphrase: str, clock: SetClock) -> bool:
    try:
        charting.prove(ledger, the_nurse(), passphrase, clock)
    except LedgerError:
        return False
    return True


def opened(ledger: Path, passphrases: Sequence[str], clock: SetClock) -> OpenClinic:
    """The ledger, unlocked with the first of these passphrases that opens it."""
    refusal: LedgerError | None = None
    for passphrase in passphrases:
        try:
            proof = charting.prove(ledger, the_nurse(), passphrase, clock)
        except charting_wrong() as error:
            refusal = error
            continue
        return charting.enter(ledger, proof, clock)
    assert refusal is not None
    raise refusal


def charting_wrong() -> type[LedgerError]:
    """What a wrong passphrase raises."""
    from ketachart.errors import WrongPassphrase

    return WrongPassphrase


def as_line(told: dict[str, Any]) -> bytes:
    """What is told, as one line."""
    return json.dumps(told, separators=(",", ":")).encode() + b"\n"
