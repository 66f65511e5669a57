"""Makes a ledger of any number of visits: `python3 -m tests.scale.generate --visits N --out DIR`.

A real, encrypted ledger of a clinic that charted for six years: 40 to 60 entries in each visit,
right chains and links, lines of the list, reports taken in and reviewed, a day of ten visits. What
differs from a charted one: the signed reports are stand-ins of some bytes (real ones would be
30 GB), and entries of one visit follow each other without those of another in between.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from ketachart.charting import door  # noqa: E402 - found by the line above
from ketachart.clock import SetClock, uuid7  # noqa: E402
from ketachart.domain.chain import GENESIS  # noqa: E402
from ketachart.report.authority import fingerprint_of  # noqa: E402
from ketachart.storage.entry import Document, Shelved  # noqa: E402
from tests.helpers.bench_visits import PASSPHRASE, clinic_in  # noqa: E402
from tests.helpers.story import NOON  # noqa: E402
from tests.scale.bulk import Bulk, bulk, sha256_of  # noqa: E402
from tests.scale.clinic_book import ClinicBook  # noqa: E402
from tests.scale.people import Person, people  # noqa: E402
from tests.scale.templates import STORIES, Template, Told, templates  # noqa: E402

TODAY = NOON.date()
YEARS = 6
OPEN_TODAY = (12, 30, 45, 45)
"""How far the open visits of today are, in entries; the last two are opened and charted in."""
SIGNED_TODAY = 6
TO_FINISH = 20
STAFF = "ja"
_BEGAN = datetime(1970, 1, 1, tzinfo=NOON.tzinfo)
_MINUTES = tuple(f"{minute // 60:02d}:{minute % 60:02d}" for minute in range(1440))


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: where, how many visits and entries, how long it took, seconds."""

    folder: Path
    visits: int
    entries: int
    seconds: float


class Generator:
    """Fills templates with patients and days."""

    def __init__(self, writer: Bulk, certificate: str, many: int) -> None:
        self._writer = writer
        self._certificate = certificate
        self._chance = random.Random(7)
        self._days: dict[int, str] = {}
        self._count = 0
        self._people = people(max(10, many // 5))
        self._regulars = people(12, seed=3)

    def visit(self, template: Template, day: date, place: int, *, today: bool = False) -> str:
        """One visit with all that belongs to it; answers its stream."""
        chance = random.Random(place) if today else self._chance
        who = self._regulars[place % 12] if today else chance.choice(self._people)
        minute = 7 * 60 + 5 * (place % 60)
        moment = datetime(day.year, day.month, day.day, tzinfo=NOON.tzinfo)
        begin = int((moment - _BEGAN) / timedelta(milliseconds=1)) + minute * 60_000
        stream = self._new_id(begin, 0)
        paper = f"%PDF-1.7 stands in for {stream}".encode()
        fill = self._filler(template, who, day, minute, paper, begin, place)
        self._entries(template, stream, fill, self._new_id(begin, 1))
        if template.status == "signed":
            self._signed(template, day, place, stream, paper, fill, reviewed=not today)
        self._writer.line(
            Shelved(
                stream,
                day.isoformat(),
                template.label.text(fill),
                template.status,
                template.summary.text(fill),
                who.mrn,
            )
        )
        return stream

    def _new_id(self, milliseconds: int, number: int) -> str:
        self._count += 1
        return uuid7(milliseconds + number, self._count << 20)

    def _filler(  # noqa: PLR0917 - everything that a hole may ask for
        self, template: Template, who: Person, day: date, minute: int, paper: bytes,
        begin: int, place: int,
    ) -> Callable[[tuple[str, int]], str]:  # fmt: skip
        words = {
            "given": who.given, "family": who.family, "mrn": who.mrn, "address": who.address,
            "place": who.address.lower().replace(",", ""), "born": who.born.isoformat(),
            "number": f"{day:%y%m%d}-{place + 1:02d}", "paper": sha256_of(paper),
            "certificate": self._certificate,
        }  # fmt: skip
        ids = [self._new_id(begin, number) for number in range(template.ids)]
        ordinal = day.toordinal()

        def fill(hole: tuple[str, int]) -> str:
            what, number = hole
            if what == "time":
                days, left = divmod(minute + number, 1440)
                return f"{self._day(ordinal + days)}T{_MINUTES[left]}"
            if what == "id":
                return ids[number]
            return self._day(ordinal + number) if what == "day" else words[what]

        return fill

    def _day(self, ordinal: int) -> str:
        if ordinal not in self._days:
            self._days[ordinal] = date.fromordinal(ordinal).isoformat()
        return self._days[ordinal]

    def _entries(
        self, template: Template, stream: str, fill: Callable[[tuple[str, int]], str], session: str
    ) -> None:
        end, add = (0, GENESIS), self._writer.entry
        for step in template.steps:
            end = add(
                end,
                stream=stream,
                entry_id=step.entry_id.text(fill),
                kind=step.kind,
                version=step.version,
                body=step.body.text(fill),
                author=STAFF,
                at=step.at.text(fill),
                recorded_at=step.recorded_at.text(fill),
                elapsed_ms=step.elapsed_ms,
                session=session,
                supersedes=step.supersedes.text(fill) if step.supersedes else None,
            )

    def _signed(  # noqa: PLR0917 - a visit's parts
        self, template: Template, day: date, place: int, stream: str, paper: bytes,
        fill: Callable[[tuple[str, int]], str], *, reviewed: bool,
    ) -> None:  # fmt: skip
        at = f"{day.isoformat()}T18:00:00.000-07:00"
        name = f"{day:%y%m%d}-{place + 1:02d}-v1.pdf"
        self._writer.paper(Document(sha256_of(paper), stream, "visit-report", name, at, paper))
        if not reviewed:
            return
        end = (0, GENESIS)
        for kind, body in (("report-taken", template.taken), ("verdict-given", template.judged)):
            end = self._writer.entry(
                end, stream=f"post:{stream}", entry_id=f"{kind[:6]}-{sha256_of(paper)[:32]}",
                kind=kind, version=1, body=body.text(fill), author="ce", at=at, recorded_at=at,
                elapsed_ms=1000, session=stream, supersedes=None,
            )  # fmt: skip


def _past_days(visits: int) -> list[tuple[date, int]]:
    """The working days of six years that have visits, and how many each."""
    every = [TODAY - timedelta(days=back) for back in range(1, YEARS * 365)]
    days = [one for one in reversed(every) if one.weekday() < 5][-max(1, visits) :]
    each, more = divmod(visits, len(days))
    counts = [each + (place < more) for place in range(len(days))]
    return [(one, many) for one, many in zip(days, counts, strict=True) if many]


def make(folder: Path, visits: int, *, stories: Sequence[str] = STORIES) -> Made:
    """A ledger of so many visits in that folder, which must hold none; ten of them are today's."""
    began = time.monotonic()
    office = clinic_in(folder, SetClock(NOON))
    unwrapped = office._ledger.unwrapped
    certificate = fingerprint_of(office._ledger.credentials(STAFF, "nurse")[-1].certificate_pem)
    office.close()
    patterns = templates(stories)
    with bulk(folder, unwrapped) as writer:
        made = Generator(writer, certificate, visits)
        book = ClinicBook(writer)
        old = max(0, visits - len(OPEN_TODAY) - SIGNED_TODAY)
        left = old
        for day, many in _past_days(old):
            for place in range(many):
                fresh = (TODAY - day).days <= 3
                told = patterns[place % len(patterns)]
                template = told.fresh if fresh else told.old
                if left <= 2 * TO_FINISH < old and left % 2:
                    template = told.so_far[40]
                made.visit(template, day, place)
                left -= 1
            book.day(day, many)
        _today(made, patterns)
        book.day(TODAY, 0)
        entries = writer.entries
    return Made(folder, visits, entries, time.monotonic() - began)


def _today(made: Generator, patterns: Sequence[Told]) -> None:
    for place in range(SIGNED_TODAY):
        made.visit(patterns[place % len(patterns)].fresh, TODAY, place, today=True)
    for place, entries in enumerate(OPEN_TODAY, start=SIGNED_TODAY):
        made.visit(patterns[0].so_far[entries], TODAY, place, today=True)


def opened(folder: Path) -> "door.OpenClinic":
    """The made ledger, unlocked."""
    return door.unlock(folder, STAFF, PASSPHRASE, SetClock(NOON + timedelta(hours=5)))


def main() -> int:
    """Makes one and tells how large it is."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--visits", type=int, default=100_000)
    words.add_argument("--out", type=Path, required=True)
    asked = words.parse_args()
    made = make(asked.out, asked.visits)
    size = (made.folder / "ledger.db").stat().st_size / 1e6
    print(
        f"{made.visits:,} visits, {made.entries:,} entries, {size:,.0f} MB, {made.seconds:,.0f} s"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
