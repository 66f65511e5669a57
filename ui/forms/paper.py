"""A time on paper: from when to when, and why; then its lines are copied, each with its time."""

from datetime import datetime
from typing import Final, cast

from ketachart.domain.facts import ChartReopened, Fact, PaperKept
from ketachart.domain.facts.keeping import PaperWhy
from ketachart.domain.paper import WHYS, paper_at, paper_periods
from ketachart.domain.typed import Unreadable
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, count
from ketachart.errors import Refused
from ui import tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.forms.happened_at import judge_time
from ui.forms.reading import near_now
from ui.forms.sheet import Sheet
from ui.forms.timed import must_choose
from ui.widgets.boxes import Column
from ui.widgets.buttons import Button
from ui.widgets.choices import Choice, Choices
from ui.widgets.text_field import TextField
from ui.widgets.time_field import TimeField
from ui.widgets.words import Words

_RECORD: Final = "Record paper, then copy it"


class PaperSheet(Sheet):
    """The two times of the paper; what the laptop knows of its own absence is offered."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Charted on paper", primary=_RECORD)
        self.kept_before = Column(gap=tokens.S2)
        self.since = self._time("Paper began at", "When paper began")
        self.until = self._time("Paper ended at", "When paper ended; empty means now")
        self.why = Choices(
            "Why paper was kept",
            tuple(
                Choice(code, words[:1].upper() + words[1:], key=str(place))
                for place, (code, words) in enumerate(WHYS.items(), start=1)
            ),
            columns=1,
        )
        self.why.set_label("Why", hint="choose one")
        self.note = TextField("Note", label="Note", placeholder="Note (needed for another reason)")
        says = (
            "Then copy every line of the paper with its own time. Entries that come from it say "
            f"so. Forms to print: {key_of('paper-pack')}."
        )
        for part in (
            self.kept_before,
            self.since,
            self.until,
            self.why,
            self.note,
            Words(says, size="small", tone="muted"),
        ):
            self.body.add(part)
        self.body.add_room()
        for name, field in (
            ("at", self.since), ("until", self.until), ("why", self.why), ("note", self.note),
        ):  # fmt: skip
            self.place(name, field)
        for field in (self.since, self.until):
            field.typed.connect(lambda _read: self._renew())
        self.show_visit(desk.visit)

    def _time(self, label: str, name: str) -> TimeField:
        return TimeField(
            name,
            label=label,
            parse=lambda text: near_now(self.desk, text),
            now=self.desk.now,
            judge=judge_time,
        )

    # ------------------------------------------------ what is known

    def begin(self) -> None:
        """The time in which the chart was not open is offered, where nothing is typed."""
        last = self.desk.visit.last(ChartReopened)
        told = last is not None and paper_at(self.desk.visit, last.fact.closed_at) is not None
        if last is not None and not told and last.fact.how != "closed":
            for field, moment in ((self.since, last.fact.closed_at), (self.until, last.at)):
                if not field.text().strip():
                    field.set_text(clock(moment))
        self._renew()
        super().begin()

    def show_visit(self, visit: Visit) -> None:
        """The periods that are recorded: each can be copied on."""
        self.kept_before.empty()
        for period in paper_periods(visit, self.desk.now()):
            copied = count(len(period.copied), "entry", "entries")
            go_on = Button(f"Go on copying {period.words}, {copied} so far")
            go_on.set_left()
            go_on.clicked.connect(lambda _on=False, entry=period.entry: self._go_on(entry.id))
            self.kept_before.add(go_on)
        self._renew()

    def _go_on(self, entry_id: str) -> None:
        for entry in self.desk.visit.of(PaperKept):
            if entry.id == entry_id:
                self.desk.transcribing.begin(entry)
                self.left.emit()

    def tick(self, now: datetime) -> None:
        """An empty end is now."""
        self.until.set_hint("" if self.until.text().strip() else f"now, {clock(now)}")
        for field in (self.since, self.until):
            field.refresh()

    def _renew(self) -> None:
        since, until = self.since.value(), self.until.value()
        if isinstance(since, datetime) and isinstance(until, datetime):
            self.primary.set_words(f"Record paper {clock(since)}–{clock(until)}, then copy it")
        else:
            self.primary.set_words(_RECORD)

    # ------------------------------------------------ what is recorded

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The time on paper.

        Raises:
            Refused: a time is missing or cannot be read, or no reason is chosen.
        """
        del confirmed
        since, until = self._moment(self.since, "at"), self._moment(self.until, "until")
        if since is None:
            raise Refused("Type when paper began.", rule="time missing", field="at")
        why = must_choose(self.why, "Choose why paper was kept.", "why")
        return (
            PaperKept(
                at=since,
                until=until or self.desk.now(),
                why=cast(PaperWhy, why),
                note=self.note.text().strip(),
            ),
        )

    def _moment(self, field: TimeField, name: str) -> datetime | None:
        read = field.value()
        if isinstance(read, Unreadable):
            raise Refused(read.sentence, rule="time unreadable", field=name)
        return read if isinstance(read, datetime) else None

    def write(self, facts: tuple[Fact, ...], act: str) -> None:
        """Once it is on the disk, what is charted next is copied from it.

        Raises:
            Refused, LedgerError: it was not written.
        """
        super().write(facts, act)
        for entry in self.desk.visit.of(PaperKept):
            if entry.fact == facts[0]:
                self.desk.transcribing.begin(entry)

    def empty(self) -> None:
        """Clears what was typed and chosen."""
        self.since.clear()
        self.until.clear()
        self.why.choose()
        self.note.clear()
