"""The call after the visit: who was reached, pain, side effects, warning signs, what was done."""

from dataclasses import replace
from datetime import datetime

from ketachart.domain.after.calls import Call, calls, state_words
from ketachart.domain.facts.closing import Addendum, Said, SpokeWith
from ketachart.domain.instructions import zone_of
from ketachart.domain.typed import whole_number
from ketachart.domain.visit import Visit
from ketachart.domain.wording import day_and_clock
from ketachart.errors import Refused
from ui.desk import Desk
from ui.forms import reading
from ui.forms.day_field import DayField
from ui.forms.signed_sheet import SignedSheet
from ui.forms.timed import one
from ui.forms.told_effects import ToldEffects
from ui.forms.yes_no import YesNo
from ui.widgets.choices import Choice, Choices
from ui.widgets.field_grid import FieldGrid
from ui.widgets.number_field import NumberField
from ui.widgets.offered import Offered
from ui.widgets.text_field import NoteField, TextField

_REACHED: dict[str, SpokeWith] = {"patient": "patient", "adult": "adult", "nobody": "nobody"}
_SAID: dict[str, Said] = {"yes": "yes", "no": "no"}


class AfterCallSheet(SignedSheet):
    """A planned call or another one; that nobody was reached is charted too."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Call after the visit", records="Sign the call")
        self.call = Offered("Which call", empty="No call is open: this is another one.")
        self.call.set_label("Which call")
        self.reached = Choices(
            "Who was reached",
            (
                Choice("patient", "Patient", key="1"),
                Choice("adult", "Adult", key="2"),
                Choice("nobody", "Nobody", key="3"),
            ),
            columns=3,
        )
        self.reached.set_label("Who was reached", hint="1 to 3")
        judge = reading.judge_sign(desk.visit.protocol, "pain")
        self.pain, self.worst = (
            NumberField(
                f"{label}, 0 to 10", label=label, unit="0–10", parse=whole_number, judge=judge
            )
            for label in ("Pain now", "Worst since")
        )
        self.headache = YesNo("The headache came back")
        self.effects = ToldEffects(desk.visit.protocol)
        self.urine = YesNo("Trouble passing urine, or blood in it")
        self.thoughts = YesNo("Thoughts of self-harm")
        self.escalated = NoteField(
            "What was done, and who was told", label="Done about it, and who was told", lines=2
        )
        self.escalated.set_hint("needed for a warning sign")
        self.note = NoteField("Anything else", label="Anything else", lines=2)
        self.day = DayField("Day of the next call", label="Call again on")
        self.time = TextField("Time of the next call", label="At", placeholder="14:00")
        self._lay_out()
        self._place_fields()
        self.reached.changed.connect(lambda _chosen: self._fold())
        self.show_visit(desk.visit)
        self._fold()

    def _lay_out(self) -> None:
        pains = FieldGrid(self.pain, self.worst)
        again = FieldGrid(self.day, self.time)
        self._told = (pains, self.headache, self.effects, self.urine, self.thoughts)
        self.add_fields(
            (self.call, self.reached, *self._told, self.escalated, self.note, again),
            after=self.signs(),
        )

    def _place_fields(self) -> None:
        for name, widget in (
            ("due_at", self.call), ("spoke_with", self.reached), ("pain", self.pain),
            ("worst_pain", self.worst), ("headache", self.headache), ("effects", self.effects),
            ("urine", self.urine), ("thoughts", self.thoughts), ("escalated", self.escalated),
            ("text", self.note), ("next_at", self.day), ("time", self.time),
        ):  # fmt: skip
            self.place(name, widget)

    def _fold(self) -> None:
        """Nobody tells nothing: what is asked is folded away, and what was typed stays."""
        for part in self._told:
            part.setVisible(one(self.reached) != "nobody")

    # ------------------------------------------------ which call

    def show_visit(self, visit: Visit) -> None:
        """The calls that nobody has made yet; the first of them is the one that is made."""
        super().show_visit(visit)
        now, open_ones = self.desk.now(), self._open(visit)
        self.call.offer(
            tuple(
                Choice(call.due_at.isoformat(), state_words(call, now), key=str(place))
                for place, call in enumerate(open_ones, start=1)
            )
        )
        if open_ones and not self.call.chosen():
            self.call.choose(open_ones[0].due_at.isoformat())

    def about(self, due_at: datetime) -> None:
        """The call that was opened from the list of visits."""
        self.call.choose(due_at.isoformat())

    def begin(self) -> None:
        """To who was reached."""
        self.reached.setFocus()

    def _open(self, visit: Visit) -> tuple[Call, ...]:
        return tuple(call for call in calls(visit) if call.open)

    def _due_at(self) -> datetime | None:
        chosen = one(self.call)
        return next(
            (c.due_at for c in self._open(self.desk.visit) if c.due_at.isoformat() == chosen), None
        )

    # ------------------------------------------------ what is signed

    def addendum(self) -> Addendum:
        """The call.

        Raises:
            Refused: a number, the day or the time cannot be read.
        """
        at, spoke_with = self.when.moment(), _REACHED.get(one(self.reached), "")
        call = Addendum(
            at=at,
            about="follow-up",
            due_at=self._due_at(),
            spoke_with=spoke_with,
            escalated=self.escalated.text().strip(),
            text=self.note.text().strip(),
            next_at=self._next_at(),
        )
        if spoke_with == "nobody":
            return call
        return replace(
            call,
            pain=reading.whole(self.pain, "Pain now", "pain"),
            worst_pain=reading.whole(self.worst, "Worst pain", "worst_pain"),
            headache=_SAID.get(one(self.headache), ""),
            effects=self.effects.told(),
            urine=_SAID.get(one(self.urine), ""),
            thoughts=_SAID.get(one(self.thoughts), ""),
        )

    def _next_at(self) -> datetime | None:
        """The next call, where one is planned; a day without a time is asked about."""
        day, text = self.day.day("Day of the next call", "next_at"), self.time.text().strip()
        if day is None and not text:
            return None
        zone = zone_of(self.desk.visit)
        day = day or self.desk.now().astimezone(zone).date()
        read = reading.planned(text, day, zone, "time")
        if read <= self.desk.now():
            raise Refused(
                f"{day_and_clock(read)} is past. Choose a later time.",
                rule="call in the past",
                field="next_at",
            )
        return read

    def empty(self) -> None:
        """Clears every field."""
        super().empty()
        self.effects.clear()
        self._fold()
