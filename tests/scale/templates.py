"""Charted visits as patterns: the same entries at another time, of another patient.

Each pattern is a story charted through the door and signed; what is told over and over in it (most
screening answers) is left out, so that a visit has 40 to 60 entries.
"""

import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from ketachart.charting.drafting import drafts_of
from ketachart.charting.sealing import MEANING
from ketachart.charting.shelf import shelved
from ketachart.commands.player import Stage, open_stage
from ketachart.domain.facts import Fact, ReportSigned, VisitSigned
from ketachart.domain.facts.post import ReportTaken, VerdictGiven
from ketachart.domain.visit import fold
from ketachart.report.authority import fingerprint_of
from ketachart.storage import codec
from ketachart.storage.entry import Row
from tests.helpers.stories import story_lines

STORIES = ("quiet_hour", "paused_for_nausea", "pressure_climbs", "late_and_corrected")
THINNED = {
    "screening-answered": 3, "instruction-taught": 1, "criterion-judged": 2, "vitals-taken": 5,
    "line-flushed": 1, "ink-signed": 1, "effect-noted": 1,
}  # fmt: skip
SO_FAR = (12, 30, 40, 45)
"""How many entries a visit that is not signed has."""
SAME = {"protocol-adopted", "clinic-recorded", "nurse-recorded"}
"""What is the same in every visit to the letter."""
GIVEN, FAMILY, MRN, BORN = "Placeholdergiven", "Placeholderfamily", "987654", date(1971, 2, 3)
ADDRESS = "1 Placeholder Street"
PLACE = "1 placeholder street"
_NUMBER = "261122-77"
_PAPER = "f0" * 32
CALLS = ("follow-up-planned",)
_ID = "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}"
_TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d"
_TOKENS = {
    GIVEN: "given", FAMILY: "family", MRN: "mrn", BORN.isoformat(): "born", ADDRESS: "address",
    PLACE: "place", _NUMBER: "number",
}  # fmt: skip

Piece = str | tuple[str, int]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A text with holes for times, days, ids and the patient's own words."""

    pieces: tuple[Piece, ...]

    def text(self, fill: Callable[[tuple[str, int]], str]) -> str:
        """The text with its holes filled."""
        return "".join([one if isinstance(one, str) else fill(one) for one in self.pieces])


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of a pattern; ``act`` is its place among the visit's ids."""

    entry_id: Pattern
    kind: str
    version: int
    body: Pattern
    at: Pattern
    recorded_at: Pattern
    elapsed_ms: int
    supersedes: Pattern | None


@dataclass(frozen=True, slots=True)
class Template:
    """A whole visit as a pattern, with its line in the list of visits and how many ids it has."""

    steps: tuple[Step, ...]
    ids: int
    status: str
    label: Pattern
    summary: Pattern
    minute: int
    taken: Pattern = Pattern(())
    judged: Pattern = Pattern(())


class Reader:
    """Turns texts of one charted visit into patterns; minutes count from the visit's first."""

    def __init__(self, begin: datetime, marks: Mapping[str, str]) -> None:
        self._begin = begin
        self._ids: dict[str, int] = {}
        words = {**_TOKENS, **marks}
        self._words = words
        known = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
        self._holes = re.compile(rf"({known}|{_ID}|{_TIME}|\d{{4}}-\d\d-\d\d)")

    @property
    def ids(self) -> int:
        """How many ids there are."""
        return len(self._ids)

    def pattern(self, text: str) -> Pattern:
        """A text with holes where it tells a time, a day, an id, or who the patient is."""
        parts = self._holes.split(text)
        return Pattern(
            tuple(
                self._hole(part) if place % 2 else part
                for place, part in enumerate(parts)
                if place % 2 or part
            )
        )

    def _hole(self, found: str) -> Piece:
        if found in self._words:
            return (self._words[found], 0)
        if re.fullmatch(_ID, found):
            return ("id", self._ids.setdefault(found, len(self._ids)))
        if "T" in found:
            moment = datetime.fromisoformat(found).replace(tzinfo=self._begin.tzinfo)
            return ("time", (moment - self._begin) // timedelta(minutes=1))
        day = date.fromisoformat(found)
        # A last day of use or an expiry is some days from the visit; it moves along.
        return ("day", (day - self._begin.date()).days)


@dataclass(frozen=True, slots=True)
class Told:
    """One story in all its states: just signed, with calls to make; long over; charted so far."""

    fresh: Template
    old: Template
    so_far: Mapping[int, Template]


def templates(stories: Sequence[str] = STORIES) -> tuple[Told, ...]:
    """The patterns of the stories; charting and signing them takes a second each."""
    with tempfile.TemporaryDirectory() as place:
        return tuple(_told(name, Path(place) / name) for name in stories)


def _told(name: str, place: Path) -> Told:
    stage = open_stage([_renamed(line) for line in story_lines(name)], place)
    try:
        stage.play([line for line in stage.rest if line.kind != "sign"])
        own = stage.office._ledger.credentials(stage.room.author, "nurse")[-1]
        certificate = fingerprint_of(own.certificate_pem)
        rows = (*stage.office._ledger.stream(stage.room.stream), *_signed(stage, certificate))
    finally:
        stage.office.close()
    fresh, old = (_thinned(rows, less) for less in ((), CALLS))
    return Told(
        fresh=_compiled(fresh, certificate),
        old=_compiled(old, certificate),
        so_far={many: _compiled(fresh[:many], certificate) for many in SO_FAR},
    )


def _signed(stage: Stage, certificate: str) -> tuple[Row, ...]:
    """The signature's two entries, foreseen: the report itself is a stand-in anyway."""
    room, now = stage.room, stage.room.now()
    facts = (
        VisitSigned(at=now, meaning=MEANING, signer=room.author, certificate=certificate),
        ReportSigned(at=now, sha256=_PAPER, pages=9),
    )
    drafts = drafts_of(
        facts, room.new_act(), now, stream=room.stream, author=room.author, time=stage.office.time
    )
    return stage.office._ledger.foresee(drafts)


def _renamed(line):
    """The story's line with a patient whose words are found again."""
    fact = line.fact
    if line.kind == "patient-recorded":
        fact = replace(
            fact, mrn=MRN, given_name=GIVEN, family_name=FAMILY, birth_date=BORN, address=ADDRESS
        )
    if line.kind == "visit-opened":
        fact = replace(fact, visit=_NUMBER)
    return replace(line, fact=fact)


def _thinned(rows: Sequence[Row], less: Sequence[str]) -> tuple[Row, ...]:
    left = {**THINNED, **dict.fromkeys(less, 0)}
    kept = []
    for row in rows:
        if row.kind in left:
            left[row.kind] -= 1
            if left[row.kind] < 0:
                continue
        kept.append(row)
    return tuple(kept)


def _compiled(rows: Sequence[Row], certificate: str) -> Template:
    begin = datetime.fromisoformat(rows[0].recorded_at).replace(second=0, microsecond=0)
    reader = Reader(begin, {_PAPER: "paper", certificate: "certificate"})
    steps = tuple(_step(reader, row) for row in rows)
    visit = fold(codec.entry_of(row) for row in rows)
    line = shelved(rows[0].stream, visit, datetime.fromisoformat(rows[0].recorded_at))
    taken, judged = _beside(begin, certificate)
    return Template(
        steps=steps,
        ids=reader.ids,
        status=line.status,
        label=reader.pattern(line.label),
        summary=reader.pattern(line.summary),
        minute=begin.hour * 60 + begin.minute,
        taken=reader.pattern(_body(taken)),
        judged=reader.pattern(_body(judged)),
    )


def _beside(begin: datetime, certificate: str) -> tuple[ReportTaken, VerdictGiven]:
    """What stands beside a visit whose report came to the clinic and was reviewed."""
    later = begin + timedelta(hours=6)
    taken = ReportTaken(
        at=later, item="signed-here", visit=_NUMBER, report=1, sha256=_PAPER, staff_id="ja",
        signer="Julia Alvarez, RN", certificate=certificate, signed_at=begin, head="0" * 64,
        good=True,
    )  # fmt: skip
    judged = VerdictGiven(
        at=later, item="verdict-1", report=1, sha256=_PAPER, verdict="reviewed",
        by="Cleo Example, RN", staff_id="ce", given_at=later,
    )  # fmt: skip
    return taken, judged


def _body(fact: Fact) -> str:
    return codec.draft_of(
        fact, stream="-", entry_id="-", author="-", recorded_at=fact.at, elapsed=timedelta(),
        session="-",
    ).body  # fmt: skip


def _step(reader: Reader, row: Row) -> Step:
    return Step(
        entry_id=reader.pattern(row.entry_id),
        kind=row.kind,
        version=row.version,
        body=Pattern((row.body,)) if row.kind in SAME else reader.pattern(row.body),
        at=reader.pattern(row.at),
        recorded_at=reader.pattern(row.recorded_at),
        elapsed_ms=row.elapsed_ms,
        supersedes=reader.pattern(row.supersedes) if row.supersedes else None,
    )
