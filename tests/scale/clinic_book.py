"""The clinic's own book over the years: vials received, counts of each day, visits planned."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from ketachart.clock import uuid7
from ketachart.domain.facts import Fact, StockCounted, VialReceived
from ketachart.domain.facts.post import VisitPlanned
from ketachart.domain.facts.stock import CountLine
from ketachart.domain.quantities import Mg, MgPerMl, Ml
from ketachart.storage import codec
from tests.helpers.story import NOON, Story
from tests.scale.bulk import Bulk

PLANNED_EACH = 10  # one visit of so many was asked for by the clinic
_STRENGTH = MgPerMl("10")


class ClinicBook:
    """Writes a day of the clinic's own stream; ``most`` visits are written in a day."""

    def __init__(self, writer: Bulk) -> None:
        self._writer = writer
        self._end = writer.end("clinic")
        self._made = 0
        told = Story().patient().order().visit()
        self._plan = VisitPlanned(
            at=NOON, item="", day=NOON.date(), patient=told.patient, order=told.order, by="Cleo"
        )

    def day(self, day: date, visits: int) -> None:
        """So many vials came in, the drug was counted, some visits were asked for."""
        at = NOON.replace(year=day.year, month=day.month, day=day.day, hour=7)
        for fact in self._facts(at, visits):
            self._made += 1
            draft = codec.draft_of(
                fact,
                stream="clinic",
                entry_id=uuid7(int(at.timestamp() * 1000), self._made),
                author="ce",
                recorded_at=at,
                elapsed=timedelta(seconds=1),
                session="book",
            )
            told = {name: getattr(draft, name) for name in draft.__slots__}
            self._end = self._writer.entry(self._end, **told)

    def _facts(self, at: datetime, visits: int) -> Iterator[Fact]:
        lot = f"L{at:%y%m}"
        for place in range(visits):
            yield VialReceived(
                at=at, vial=f"{at:%y%m%d}{place:03d}", strength_mg_per_ml=_STRENGTH,
                volume_ml=Ml("20"), lot=lot, expires=at.date() + timedelta(days=400),
            )  # fmt: skip
        line = CountLine(strength_mg_per_ml=_STRENGTH, lot=lot, sealed=visits, opened_mg=Mg("0"))
        yield StockCounted(at=at, when="start", lines=(line,), by="Julia", witness="Cleo")
        for place in range(-(-visits // PLANNED_EACH)):
            item = f"plan-{at:%y%m%d}-{place:02d}"
            yield replace(self._plan, at=at, item=item, day=at.date() + timedelta(days=1))
