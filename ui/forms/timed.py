"""A sheet for something that happened: its button repeats what will be written, and when."""

from collections.abc import Iterable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from ketachart.domain.facts import Fact
from ketachart.errors import Refused
from ui import tokens
from ui.desk import Desk
from ui.forms.happened_at import HappenedAt
from ui.forms.sheet import Sheet
from ui.widgets.boxes import Column
from ui.widgets.choices import Choices
from ui.widgets.field import LineField
from ui.widgets.offered import Offered
from ui.widgets.picker import Picker
from ui.widgets.tab_order import settle
from ui.widgets.text_field import NoteField
from ui.widgets.time_field import whole_time


class TimedSheet(Sheet):
    """Fields, and the time it happened; empty means now."""

    reads_pump = False  # its time may have been read from the pump
    takes_time = True  # it can be opened from a place in the timeline

    def __init__(self, desk: Desk, name: str, *, records: str) -> None:
        super().__init__(desk, name, primary=records)
        self._records = records
        self.when = HappenedAt(desk, from_pump=self.reads_pump)
        self.when.typed.connect(lambda _read: self.renew_primary())
        self.place("at", self.when)

    def add_fields(
        self, fields: Iterable[QWidget], *, gap: int = tokens.S3, after: Iterable[QWidget] = ()
    ) -> None:
        """Puts fields into the sheet, the time under them, and what comes ``after`` it."""
        column = Column(gap=gap)
        for field in (*fields, self.when, *after):
            column.add(field)
        self.body.add(column)
        self.body.add_room()
        for offered in self.body.findChildren(Offered):
            offered.remade.connect(lambda: settle(self.body))

    def take_time(self, at: datetime | None) -> None:
        """The time of a place in the timeline stands in its field until it is recorded."""
        self.when.place(at)
        self.renew_primary()

    def tick(self, now: datetime) -> None:
        """The button names the minute."""
        self.when.tick(now)
        self.renew_primary()

    def renew_primary(self) -> None:
        """Writes what will be recorded on the button."""
        self.primary.set_words(f"{self.records()}{self._at()}")

    def records(self) -> str:
        """What the button says before the time."""
        return self._records

    def _at(self) -> str:
        now = self.desk.now()
        try:
            moment = self.when.moment()
        except Refused:
            return ""
        return f" at {whole_time(moment, now)}"

    def write(self, facts: tuple[Fact, ...], act: str) -> None:
        """Writes what the fields say; a mark that was taken over is told by it.

        A time that was read from the pump is kept as the pump showed it, in a note.

        Raises:
            Refused, LedgerError: it was not written.
        """
        super().write((*facts, *self.when.told(act), *self.when.from_pump()), act)

    def empty(self) -> None:
        """Clears every field of the sheet."""
        for line in self.body.findChildren(LineField):
            line.clear()
        for note in self.body.findChildren(NoteField):
            note.clear()
        for choices in self.body.findChildren(Choices):
            choices.choose()
        for picker in self.body.findChildren(Picker):
            picker.clear()
        for offered in self.body.findChildren(Offered):
            offered.choose()


def one(choices: Choices | Offered) -> str:
    """What is chosen; empty where nothing is."""
    return next(iter(choices.chosen()), "")


def must_choose(choices: Choices | Offered, sentence: str, field: str) -> str:
    """What is chosen.

    Raises:
        Refused: nothing is; ``field`` names the fact's field.
    """
    chosen = one(choices)
    if not chosen:
        raise Refused(sentence, rule=f"{field} missing", field=field)
    return chosen
