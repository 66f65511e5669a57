"""The scales of this visit: which the goal asks for, one item after the other, the total live."""

from typing import Final

from ketachart.domain.facts import Fact, ScaleScored
from ketachart.domain.policy_care import Scale
from ketachart.domain.scales.scoring import band_of, heeded, total_of
from ketachart.domain.scales.wanted import ScaleState, scales_of
from ketachart.domain.typed import whole_number
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock
from ketachart.errors import Refused
from ui import tokens
from ui.desk import Desk
from ui.forms.day_field import DayField
from ui.forms.reading import whole
from ui.forms.scales.asker import Asker
from ui.forms.timed import TimedSheet, one
from ui.tokens import Tone
from ui.widgets.boxes import Column
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.choices import Choice
from ui.widgets.keeping import Fields
from ui.widgets.number_field import NumberField
from ui.widgets.offered import Offered
from ui.widgets.text_field import TextField
from ui.widgets.words import Words

ACTS: Final[dict[str, tuple[str, Tone]]] = {
    "ask": ("ask the prescriber before the start", "warn"),
    "stop": ("do not start; call about it, and chart what was ordered", "danger"),
}


class ScaleSheet(TimedSheet):
    """First which one; then its items, or the total of the clinic's own form."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Scales", records="Record scale")
        self._scale: Scale | None = None
        self._calls = False
        self.which = Offered("Which scale", empty="This protocol has no scales.")
        self.which.set_label("Which scale")
        self.asker = Asker()
        self.total = NumberField("Total", label="Total", parse=whole_number)
        self.filled = DayField("Day of the clinic's own form", label="Form filled on")
        self._form = Column(gap=tokens.S3)
        self._form.add(self.total)
        self._form.add(self.filled)
        self._licence = Words(size="small", tone="muted")
        self._says = Words(weight=tokens.SEMIBOLD)
        self._acts = Words(weight=tokens.SEMIBOLD)
        self.note = TextField("Note", placeholder="Note (optional)")
        self._other = Button("Another scale", kind=Kind.QUIET)
        self.add_fields(
            (
                self.which, self.asker, self._form, self._says, self._acts, self.note,
                self._licence, self._other,
            )
        )  # fmt: skip
        for name, widget in (
            ("scale", self.which), ("answers", self.asker), ("total", self.total),
            ("filled_on", self.filled),
        ):  # fmt: skip
            self.place(name, widget)
        self.which.changed.connect(lambda _chosen: self._turn_to(one(self.which)))
        self.asker.answered.connect(self._tell)
        self.asker.finished.connect(self._at_the_end)
        self.total.typed.connect(lambda _value: self._tell())
        self._other.clicked.connect(self._to_the_list)
        self.recorded.connect(self._after)
        self._turn_to("")
        self.show_visit(desk.visit)

    def kept_inside(self) -> Fields:
        """Which scale it is."""
        return {"scale": self._scale.code if self._scale is not None else ""}

    def take_back_inside(self, kept: Fields) -> None:
        """The same scale, with its items or its total."""
        code = str(kept.get("scale", ""))
        if code in {state.scale.code for state in scales_of(self.desk.visit)}:
            self.which.choose(code)
            self._turn_to(code)

    def show_visit(self, visit: Visit) -> None:
        """Every scale, the asked ones first, with what was scored."""
        self.which.offer(
            tuple(
                Choice(state.scale.code, state.scale.label, _standing(state), key=str(place))
                for place, state in enumerate(scales_of(visit), start=1)
            )
        )

    # ------------------------------------------------ one scale

    def _turn_to(self, code: str) -> None:
        """Shows the items or the total of one scale; with no code, the list of all."""
        protocol = self.desk.visit.protocol
        scale = self._scale = protocol.score(code)
        items = protocol.items_of(code)
        self.which.setVisible(scale is None)
        self.asker.setVisible(bool(items))
        self._form.setVisible(scale is not None and not items)
        for part in (self._licence, self._other, self._says, self.note, self.when):
            part.setVisible(scale is not None)
        self.heading.set_aside(scale.label if scale else "")
        if scale is None:
            self._acts.hide()
            self.primary.close_because("Choose a scale.")
            return
        self.primary.reopen()
        self.note.set_hint("A days, B pain" if code == "midas" else "")
        self._licence.setText(f"{scale.label}: {scale.about}. {scale.credit or scale.licence}")
        if items:
            self.asker.ask(scale, items)
            self.asker.take_focus()
        else:
            self.total.set_hint(f"{scale.low} to {scale.high}")
            self.total.setFocus()
        self._tell()

    def _tell(self) -> None:
        """The total so far with its meaning, and what single answers ask for."""
        scale = self._scale
        if scale is None:
            return
        fact = self._scored(scale)
        band = band_of(scale, fact.total) if fact is not None else None
        meaning = f": {band.label}" if band else ""
        said = f"Total {fact.total} of {scale.high}{meaning}" if fact is not None else ""
        self.note.setVisible(self.asker.isHidden() or fact is not None)
        self._says.setText(said)
        self._says.setVisible(bool(said))
        self._tell_acts(fact)
        self.renew_primary()

    def _tell_acts(self, fact: ScaleScored | None) -> None:
        found = heeded(self.desk.visit.protocol, fact) if fact is not None else ()
        acts = {item.act for item, _ in found}
        act = "stop" if "stop" in acts else next(iter(acts), "")
        items = ", ".join(str(item.number) for item, _ in found if item.act == act)
        words, tone = ACTS.get(act, ("", "muted"))
        self._acts.setText(f"Item {items}: {words}" if words else "")
        self._acts.set_tone(tone)
        self._acts.setVisible(bool(words))

    def _scored(self, scale: Scale) -> ScaleScored | None:
        """The score as it stands in the fields; None while it is not whole."""
        now = self.desk.now()
        if self.desk.visit.protocol.items_of(scale.code):
            answers = self.asker.answers
            if not self.asker.complete:
                return None
            return ScaleScored(at=now, scale=scale.code, total=total_of(answers), answers=answers)
        total = self.total.value()
        if not isinstance(total, int) or not scale.low <= total <= scale.high:
            return None
        return ScaleScored(at=now, scale=scale.code, total=total)

    def _at_the_end(self) -> None:
        self.primary.setFocus()

    def _to_the_list(self) -> None:
        self.empty()
        self.which.setFocus()

    def _after(self) -> None:
        """A high screener is called about at once; else the next scale."""
        if self._calls:
            self.opens.emit("call")

    # ------------------------------------------------ what is recorded

    def records(self) -> str:
        """The button names the scale."""
        scale = self._scale
        return f"Record {scale.label}" if scale is not None else "Record scale"

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The score.

        Raises:
            Refused: no scale is chosen, an item is open, or the total cannot be read.
        """
        del confirmed
        scale = self._scale
        if scale is None:
            raise Refused("Choose a scale.", rule="scale missing", field="scale")
        items = self.desk.visit.protocol.items_of(scale.code)
        if items and not self.asker.complete:
            left = len(items) - len(self.asker.answers)
            raise Refused(
                f"{left} of {len(items)} items are still open. Answer them all.",
                rule="answers missing",
                field="answers",
            )
        total = total_of(self.asker.answers) if items else whole(self.total, "Total", "total")
        if total is None:
            raise Refused("Type the total of the form.", rule="total missing", field="total")
        fact = ScaleScored(
            at=self.when.moment(),
            scale=scale.code,
            total=total,
            answers=self.asker.answers if items else (),
            asked_in=self.asker.language if items else "en",
            filled_on=None if items else self.filled.day("Day of the form", "filled_on"),
            note=self.note.text().strip(),
        )
        acted = heeded(self.desk.visit.protocol, fact)
        self._calls = any(item.act == "stop" for item, _ in acted)
        return (fact,)

    def empty(self) -> None:
        """Clears everything; the list of scales stands again."""
        super().empty()
        self._turn_to("")


def _standing(state: ScaleState) -> str:
    """“asked for, not scored”, “14 at 12:10”."""
    if state.entry is not None:
        band = band_of(state.scale, state.entry.fact.total)
        meaning = f", {band.label}" if band else ""
        return f"{state.entry.fact.total}{meaning}, {clock(state.entry.at)}"
    return "asked for by the goal" if state.asked else ""
