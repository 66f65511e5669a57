"""When it happened: empty means now; a moment that was marked or stamped keeps its second."""

from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from ketachart.domain.facts import MomentMarked, MomentTold, NoteWritten
from ketachart.domain.marks import open_marks
from ketachart.domain.typed import TwoTimes, Unreadable
from ketachart.domain.visit import Entry
from ketachart.domain.wording import clock, clock_with_seconds
from ketachart.errors import Refused
from ui.desk import Desk
from ui.forms.pump_time import PumpTime
from ui.forms.reading import near_now
from ui.widgets.field import UNJUDGED, Judgement, Standing
from ui.widgets.time_field import TimeField


class HappenedAt(TimeField):
    """14:05, 2:05p and -5 are understood; Down takes over a moment that was marked.

    On a sheet about the pump, Up takes a time that was read from it in the chart's own time.
    """

    def __init__(self, desk: Desk, *, from_pump: bool = False) -> None:
        self._desk = desk
        self._pump = PumpTime(desk) if from_pump else None
        self._mark: Entry[MomentMarked] | None = None
        self._stamp: datetime | None = None
        self._placed = False  # the stamp is a place in the timeline, not a key press
        super().__init__(
            "When it happened; empty means now",
            label="Happened at",
            parse=lambda text: near_now(desk, text),
            now=desk.now,
            judge=judge_time,
        )
        if self._pump is not None:
            self.typed.connect(lambda _read: self.set_hint(self._hint_at(desk.now())))
        self.tick(desk.now())

    def moment(self) -> datetime:
        """The time that stands in the field; now, where it is empty and nothing is copied.

        Raises:
            Refused: it cannot be read as a time, or is none of the paper that is copied.
        """
        moment = self._typed()
        self._desk.transcribing.check(moment)
        return self._desk.now() if moment is None else moment

    def _typed(self) -> datetime | None:
        kept = self._kept()
        if kept is not None:
            return kept
        read = self.value()
        if isinstance(read, Unreadable):
            raise Refused(read.sentence, rule="time unreadable", field="at")
        return read if isinstance(read, datetime) else None

    def _kept(self) -> datetime | None:
        """The very moment of a mark or a key press, while its time stands as it was put there."""
        kept = self._mark.at if self._mark is not None else self._stamp
        return kept if kept is not None and self.text() == clock_with_seconds(kept) else None

    def tick(self, now: datetime) -> None:
        """Shows what an empty field means, and how long ago a time is by now."""
        self.set_hint(self._hint_at(now))
        self.refresh()

    def _hint_at(self, now: datetime) -> str:
        if self._kept() is not None:
            if self._placed:
                return "from the timeline: check"
            return "as marked" if self._mark is not None else "kept from the key press"
        marks = self._open()
        offered = f"↓ takes {clock(marks[0].at)}" if marks else ""
        pump = self._pump.offered(self.value()) if self._pump is not None else ""
        paper = self._desk.transcribing.words
        means = f"from paper, {paper}" if paper else f"now, {clock(now)}"
        return ", ".join(filter(None, ["" if self.text().strip() else means, offered, pump]))

    # ------------------------------------------------ moments that were kept

    def stamp(self, moment: datetime) -> None:
        """Keeps the moment of a key press, unless a time was typed or it is copied from paper."""
        if self._desk.transcribing.period is not None:
            return
        if not self.text().strip() or self._kept() is not None:
            self._mark, self._stamp, self._placed = None, moment, False
            self.set_text(clock_with_seconds(moment))

    def place(self, moment: datetime | None) -> None:
        """Puts the time of a place in the timeline here, to be checked; the nurse chose it last.

        None takes such a time away again, so that it never stands in a later entry.
        """
        if moment is not None:
            self._mark, self._stamp, self._placed = None, moment, True
            self.set_text(clock_with_seconds(moment))
        elif self._placed and self._kept() is not None:
            self._stamp, self._placed = None, False
            self.set_text("")
        self.tick(self._desk.now())

    def _judge_and_tell(self, value: object) -> Judgement:
        """A time that nobody typed stands out until it is recorded."""
        judged = super()._judge_and_tell(value)
        placed = self._placed and self._kept() is not None
        if placed and judged.standing is Standing.NONE:
            return judged._replace(standing=Standing.WARN)
        return judged

    def take_mark(self) -> None:
        """Takes over the first open mark, then the next; after the last one the field is empty."""
        marks = self._open()
        places = [mark.id for mark in marks]
        here = self._mark.id if self._mark is not None and self._kept() is not None else ""
        following = places.index(here) + 1 if here in places else 0
        self._stamp, self._placed = None, False
        self._mark = marks[following] if following < len(marks) else None
        self.set_text(clock_with_seconds(self._mark.at) if self._mark is not None else "")
        self.tick(self._desk.now())

    def told(self, entry: str) -> tuple[MomentTold, ...]:
        """That the entry of this id tells the mark that was taken over; nothing without one."""
        if self._mark is None or self._kept() is None:
            return ()
        return (MomentTold(at=self._desk.now(), mark=self._mark.id, entry=entry),)

    def take_pump(self) -> bool:
        """Turns a time that the pump showed into the chart's; False where none is offered."""
        taken = self._pump.take(self.value()) if self._pump is not None else None
        if taken is None:
            return False
        self.set_text(clock(taken))
        self.tick(self._desk.now())
        return True

    def from_pump(self) -> tuple[NoteWritten, ...]:
        """What the pump showed, where its time was turned into the chart's."""
        return self._pump.note(self.moment()) if self._pump is not None else ()

    # ------------------------------------------------ kept while it is typed

    def kept(self) -> object:
        """The text, and the very moment where it was marked, stamped or read from the pump."""
        if not self.text():
            return ""
        exact = self._kept() is not None
        return {
            "text": self.text(),
            "mark": self._mark.id if exact and self._mark is not None else "",
            "stamp": self._stamp.isoformat() if exact and self._stamp is not None else "",
            "placed": exact and self._placed,
            "pump": self._pump.kept() if self._pump is not None else [],
        }

    def take_back(self, kept: object) -> None:
        """The time as it stood; a mark that was told meanwhile is none any more."""
        told = kept if isinstance(kept, dict) else {}
        self._mark = next((one for one in self._open() if one.id == told.get("mark")), None)
        self._stamp = datetime.fromisoformat(told["stamp"]) if told.get("stamp") else None
        self._placed = bool(told.get("placed"))
        if self._pump is not None and told.get("pump"):
            self._pump.take_back(told["pump"])
        self.set_text(str(told.get("text", "")))
        self.tick(self._desk.now())

    def _open(self) -> tuple[Entry[MomentMarked], ...]:
        return open_marks(self._desk.visit) if self._desk.has_visit else ()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down offers the marks, Up the time by the pump's clock."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Down and self._open():
                self.take_mark()
                return True
            if event.key() == Qt.Key.Key_Up and self.take_pump():
                return True
        return super().eventFilter(watched, event)


def judge_time(value: object) -> Judgement:
    """A text that is no time is said to be none."""
    if isinstance(value, TwoTimes):
        return Judgement(Standing.BAD, value.sentence, short="a or p?")
    if isinstance(value, Unreadable):
        return Judgement(Standing.BAD, value.sentence, short="not a time")
    return UNJUDGED
