"""What was promised, and whether all of it is there after the ledger was opened as it always is."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from ketachart import charting
from ketachart.charting import OpenClinic
from ketachart.clock import SetClock
from ketachart.errors import KetaChartError
from tests.torment import doors
from tests.torment.told import FIRST
from tests.torment.visit import Place, opened

LATER = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


@dataclass
class Promises:
    """Everything that the door has acknowledged."""

    founded: bool = False
    passphrases: list[str] = field(default_factory=lambda: [FIRST])
    entries: dict[str, dict[str, str]] = field(default_factory=dict)
    signed: dict[str, str] = field(default_factory=dict)
    drafts: list[str] = field(default_factory=list)
    has_draft: bool = False
    copied: bool = False
    act: int = -1
    stream: str = ""
    names: dict[str, str] = field(default_factory=dict)
    raised: str = ""
    turn: int = 0
    notes: list[str] = field(default_factory=list)

    def hear(self, told: dict[str, Any]) -> None:
        """Takes one acknowledgement up."""
        self.act = told.get("act", self.act)
        self.names = told.get("names", self.names)
        self.founded = self.founded or "founded" in told
        self.copied = self.copied or "copied" in told
        self.raised = told.get("raised", self.raised)
        if "note" in told:
            self.notes.append(told["note"])
        if "kept" in told:
            self.entries.setdefault(told["kept"], {}).update(told["entries"])
            self.stream = told["kept"] if told["kept"] != "clinic" else self.stream
        if "signed" in told:
            self.signed[told["signed"]] = told["sha256"]
        if "trying" in told:
            self.passphrases = [*self.passphrases, told["trying"]]
        if "passphrase" in told:
            self.passphrases = [told["passphrase"]]
        if "drafting" in told:
            self.drafts = [*self.drafts, told["drafting"]]
        if "draft" in told:
            self.drafts, self.has_draft = [told["draft"]], True

    def hear_lines(self, lines: bytes) -> None:
        """Takes up what a process told, up to its last whole line."""
        for line in lines[: lines.rfind(b"\n") + 1].splitlines():
            self.hear(json.loads(line))

    @property
    def count(self) -> int:
        """How many entries were acknowledged."""
        return sum(len(entries) for entries in self.entries.values())


@dataclass
class Verdict:
    """What is missing, and what is broken."""

    lost: list[str] = field(default_factory=list)
    corrupt: list[str] = field(default_factory=list)
    half_made: bool = False
    checked: int = 0

    @property
    def is_good(self) -> bool:
        """Whether nothing is lost and nothing broken."""
        return not self.lost and not self.corrupt


def look(place: Place, promised: Promises) -> Verdict:
    """Opens the ledger as the nurse does after a crash, and looks for everything promised."""
    verdict = Verdict()
    if not charting.holds_ledger(place.ledger):
        if promised.founded:
            verdict.lost.append("the whole ledger")
        return verdict
    clock = SetClock(LATER)
    if promised.copied and not doors.whole_copies(place.stick):
        verdict.lost.append("the copy on the stick")
    try:
        office = opened(place.ledger, promised.passphrases, clock)
    except KetaChartError as error:
        where = verdict.corrupt if promised.founded else []
        where.append(f"it does not open: {type(error).__name__}: {error}")
        verdict.half_made = not promised.founded
        return verdict
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a fault
        verdict.corrupt.append(f"a fault of ours at opening: {error!r}")
        return verdict
    try:
        _judge(office, promised, verdict)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a fault
        verdict.corrupt.append(f"a fault at reading: {error!r}")
    finally:
        office.close()
    return verdict


def _judge(office: OpenClinic, promised: Promises, verdict: Verdict) -> None:
    read_only = getattr(office, "read_only", None)
    if read_only is not None:
        verdict.corrupt.append(f"it opens to be read only: {read_only}")
    verdict.corrupt += [f"{fault.code}: {fault.sentence}" for fault in office.verify()]
    clinic = office.own_stream.entries
    verdict.half_made = office.own_stream.clinic is None
    _compare("clinic", ((e.id, e.chain) for e in clinic), promised, verdict)
    listed = [row.stream for row in office.visits()]
    for stream in {*promised.entries, *listed} - {"clinic"}:
        if stream not in listed:
            verdict.lost.append(f"the visit {stream} in the list")
            continue
        room = office.open_visit(stream)
        _compare(stream, ((e.id, e.chain) for e in room.visit.entries), promised, verdict)
        if room.visit.signed is None and stream in promised.signed:
            verdict.lost.append("the signature")
        report = room.signed_report() if room.visit.signed is not None else None
        if room.visit.signed is not None and report is None:
            verdict.lost.append("the signed report")
        if report and hashlib.sha256(report.content).hexdigest() != report.sha256:
            verdict.corrupt.append("the signed report")
    found = doors.drafts_of(office)
    if found and not set(found) & set(promised.drafts):
        verdict.lost.append(f"the draft: {found} for {promised.drafts}")
    if promised.has_draft and not found:
        verdict.lost.append("the draft")


def _compare(
    stream: str, found: Iterable[tuple[str, str]], promised: Promises, verdict: Verdict
) -> None:
    kept = list(found)
    twice = [entry for entry, many in Counter(entry for entry, _ in kept).items() if many > 1]
    verdict.corrupt += [f"{stream}: {entry} stands twice" for entry in twice]
    chains = dict(kept)
    for entry, chain in promised.entries.get(stream, {}).items():
        verdict.checked += 1
        if entry not in chains:
            verdict.lost.append(f"{stream}: {entry}")
        elif chain and chains[entry] != chain:
            verdict.corrupt.append(f"{stream}: {entry} says something else")
