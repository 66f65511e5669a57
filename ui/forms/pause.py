"""Pause: the key press itself is charted; the sheet only completes it."""

from dataclasses import replace
from datetime import datetime

from ketachart.domain.facts import Fact, InfusionPaused
from ketachart.domain.infusion import delivery
from ketachart.domain.pump_acts import pause_reason
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import clock_with_seconds
from ketachart.errors import KetaChartError, Refused
from ui import tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.forms.happened_at import HappenedAt
from ui.forms.lists import listed
from ui.forms.pump_volume import PumpVolume
from ui.forms.sheet import Sheet
from ui.forms.undo import strike
from ui.widgets.boxes import Row
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.choices import Choices, Shape
from ui.widgets.mark import Mark
from ui.widgets.notice import Notice
from ui.widgets.text_field import TextField
from ui.widgets.words import Words

COMPLETED = "completed"  # the reason of the correction by which a pause gets its reasons


class PauseSheet(Sheet):
    """Reasons, volume and note of a pause that stands in the record already."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Pause", primary="Record pause")
        self._pause: Entry[InfusionPaused] | None = None
        self._stamp = Notice("Pause", tone="danger", inset=(tokens.S3, tokens.S2))
        self._when = Words(size="h2", tone="danger", weight=tokens.SEMIBOLD)
        self._told = Words(size="small")
        self._undo = Button("Undo", words="Undo", sign="undo-2", kind=Kind.QUIET)
        self._undo.set_words("Undo", sub=key_of("undo"))
        self._undo.set_compact()
        head = Row(gap=tokens.S2)
        head.add_level(Mark("pause", colour="danger"))
        head.add(self._when, stretch=1)
        head.add_level(self._undo)
        self._stamp.add(head)
        self._stamp.add(self._told)
        self.reasons = Choices(
            "Why",
            listed(desk.visit.protocol, "pause-reason"),
            columns=3,
            several=True,
            shape=Shape.PILL,
        )
        self.reasons.set_label("Why", hint="one or more")
        self.reasons.wrap_words()
        self.volume = PumpVolume()
        self.note = TextField("Note", placeholder="Note (optional)")
        self.note.commit_on_enter()
        rule = "To go on, readings are back under the limits and the rate is no higher, or say why."
        self.when = HappenedAt(desk)  # only while paper is copied: else the key press tells it
        for part in (
            self._stamp,
            self.when,
            self.reasons,
            self.volume,
            self.note,
            Words(rule, size="small", tone="muted"),
        ):
            self.body.add(part)
        self.body.add_room()
        self.place("at", self.when)
        self.place("reasons", self.reasons)
        self.place("pump_volume_ml", self.volume)
        self.place("note", self.note)
        self.note.committed.connect(self.commit)
        self._undo.clicked.connect(self._strike)

    def begin(self) -> None:
        """The key was pressed: a running pump is charted as paused at this moment."""
        self.clear_problem()
        if self._copied():
            self.when.setFocus()
            return
        if delivery(self.desk.visit, self.desk.now()).state == "running":
            try:
                self.desk.record(InfusionPaused(at=self.desk.now()))
            except Refused as refusal:
                self.show_refusal(refusal)
            except KetaChartError as error:
                self.show_refusal(Refused(str(error)))
        self.reasons.setFocus()

    def resume(self) -> None:
        """To the reasons; a pump that runs by now is not charted as paused."""
        self.clear_problem()
        self.reasons.setFocus()

    def show_visit(self, visit: Visit) -> None:
        """Which pause is completed, or why there is none."""
        self.when.setVisible(self._copied())
        if self._copied():
            self._undo.hide()
            self._when.setText("Paused, from paper")
            self._told.setText("Type when. Nothing is charted before you record it.")
            self.primary.reopen()
            return
        run = delivery(visit, self.desk.now())
        self._pause = visit.last(InfusionPaused) if run.state == "paused" else None
        there = self._pause is not None
        self._undo.setVisible(there)
        if self._pause is not None:
            self._when.setText(f"Paused {clock_with_seconds(self._pause.at)}")
            self._told.setText("The time is kept from the key press. The rest can wait.")
            self.primary.reopen()
        else:
            self._when.setText("Not paused")
            self._told.setText("The pump is not running by what is charted.")
            self.primary.close_because("There is no pause to complete")

    def _copied(self) -> bool:
        return self.desk.transcribing.period is not None

    def take_up(self, effect: str) -> None:
        """The reason that speaks of the side effect, where none is chosen yet."""
        reason = pause_reason(effect)
        listed_here = {choice.code for choice in self.desk.visit.protocol.listed("pause-reason")}
        if reason in listed_here and not self.reasons.chosen():
            self.reasons.choose(reason)

    def tick(self, now: datetime) -> None:
        """The stamp stands; only a time that is copied from paper says what it takes."""
        self.when.tick(now)

    def _strike(self) -> None:
        if self._pause is not None and strike(self.desk, self, self._pause):
            self.empty()
            self.left.emit()

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The pause with its reasons; the same pause where nothing was added.

        Raises:
            Refused: the volume cannot be read, or there is no pause.
        """
        del confirmed
        if self._copied():
            return (self._from_paper(),)
        if self._pause is None:
            raise Refused(
                "There is no pause to complete. Go back, and pause first.", rule="not paused"
            )
        fact, volume = self._pause.fact, self.volume.volume("pump_volume_ml")
        return (
            replace(
                fact,
                reasons=self.reasons.chosen() or fact.reasons,
                pump_volume_ml=fact.pump_volume_ml if volume is None else volume,
                note=self.note.text().strip() or fact.note,
            ),
        )

    def _from_paper(self) -> InfusionPaused:
        return InfusionPaused(
            at=self.when.moment(),
            reasons=self.reasons.chosen(),
            pump_volume_ml=self.volume.volume("pump_volume_ml"),
            note=self.note.text().strip(),
        )

    def write(self, facts: tuple[Fact, ...], act: str) -> None:
        """The completed pause takes the place of the stamp, if anything was added.

        Raises:
            Refused, LedgerError: it was not written.
        """
        if self._copied():
            super().write(facts, act)
        elif self._pause is not None and facts[0] != self._pause.fact:
            self.desk.correct(self._pause.id, facts[0], COMPLETED, act=act)

    def empty(self) -> None:
        """Clears what completes a pause."""
        self.when.clear()
        self.reasons.choose()
        self.volume.clear()
        self.note.clear()
