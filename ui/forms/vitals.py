"""The set of vital signs: eight figures, sedation, a note; Enter walks them and records."""

from typing import Final, Literal, get_args

from ketachart.domain.course import stopped_at
from ketachart.domain.facts import Fact, VitalsTaken
from ketachart.domain.limits import pressure_fault, readings
from ketachart.domain.policy import SignCode
from ketachart.domain.typed import decimal_number
from ketachart.domain.visit import Visit
from ketachart.domain.wording import signed
from ui import tokens
from ui.desk import Desk
from ui.forms.figures import Figures, PressureField, SignField
from ui.forms.reading import decimal, whole
from ui.forms.timed import TimedSheet, one
from ui.widgets.boxes import Column, Row
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.choices import Choice, Choices
from ui.widgets.field import Judgement, Standing
from ui.widgets.number_field import NumberField
from ui.widgets.signed_choices import SignedChoices
from ui.widgets.text_field import TextField

Source = Literal["typed", "device", "stated", "estimated"]
SOURCES: Final[dict[Source, str]] = {
    "typed": "Typed",
    "device": "From a device",
    "stated": "Told",
    "estimated": "Estimated",
}
FIGURES: Final[tuple[SignCode, ...]] = (
    "systolic", "diastolic", "heart_rate", "spo2", "respiratory_rate", "pain", "nausea",
    "dissociation",
)  # fmt: skip
RARE: Final[tuple[SignCode, ...]] = ("temperature_c", "etco2")
RASS: Final = tuple(range(4, -6, -1))
COMMON_RASS: Final = tuple(str(step) for step in (2, 1, 0, -1, -2, -3))


class VitalsSheet(TimedSheet):
    """One set. Nothing is preselected; what stays empty was not measured."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Vitals", records="Record vitals")
        self.upper = PressureField(desk)
        self.figures: dict[SignCode, SignField] = {"systolic": self.upper}
        self.figures |= {code: SignField(desk, code) for code in (*FIGURES[1:], *RARE)}
        self.rass = SignedChoices(
            "Sedation, RASS",
            tuple(Choice(str(step), signed(step)) for step in RASS),
            common=COMMON_RASS,
            columns=6,
        )
        self.oriented = Choices(
            "Oriented: name, place, day, why",
            tuple(Choice(str(n), f"× {n}" if n else "no", key=str(n)) for n in (4, 3, 2, 1, 0)),
        )
        self.oxygen = NumberField(
            "Supplemental oxygen, L/min", label="Oxygen", unit="L/min", parse=decimal_number
        )
        self.source = Choices(
            "Where the values come from",
            tuple(Choice(code, SOURCES[code]) for code in get_args(Source)),
            columns=2,
        )
        self.note = TextField("Note", placeholder="Note (optional)")
        self._rare = Column(gap=tokens.S2)
        self._more = Button("More", words="More", sign="chevron-down", kind=Kind.QUIET)
        self._missed = Button("Not done…", kind=Kind.QUIET)
        self.fewer()
        self._lay_out()
        self._connect()
        self.show_visit(desk.visit)

    def _lay_out(self) -> None:
        for code, field in self.figures.items():
            self.place(code, field)
        self.place("oriented", self.oriented)
        self.place("oxygen_l_min", self.oxygen)
        self._rare.add(Figures((*(self.figures[code] for code in RARE), self.oxygen)))
        self._rare.add(self.source)
        self._rare.add(self.when)
        self.source.set_label("Source", hint="typed, if none is chosen")
        feet = Row(gap=tokens.S2)
        feet.add(self._more)
        feet.add_room()
        feet.add(self._missed)
        parts = (
            Figures(self.figures[code] for code in FIGURES),
            self.rass,
            self.oriented,
            self._rare,
            self.note,
            feet,
        )
        column = Column(gap=tokens.S2)
        for part in parts:
            column.add(part)
        self.body.add(column)
        self.body.add_room()

    def _connect(self) -> None:
        self.upper.commit_on_enter()
        self.upper.committed.connect(self._past_pressure)
        self.upper.lower_typed.connect(lambda n: self.figures["diastolic"].set_text(str(n)))
        self.upper.typed.connect(lambda _value: self._check_pressures())
        self.figures["diastolic"].typed.connect(lambda _value: self._check_pressures())
        self.rass.changed.connect(lambda _chosen: self._tell_rass())
        self.note.commit_on_enter()
        self.note.committed.connect(self.commit)
        self._more.clicked.connect(self._turn_more)
        self._missed.clicked.connect(lambda: self.opens.emit("not_done"))

    # ------------------------------------------------ as a panel of a phase

    def as_panel(self) -> None:
        """Stand in the column for good: no heading, and after a set the next one begins."""
        self.heading.hide()
        self.recorded.connect(self.begin)

    # ------------------------------------------------ the rare fields

    def fewer(self) -> None:
        """Only what is in every set."""
        self._rare.hide()
        self.rass.show_common()
        self._more.set_words("More")
        self._more.set_sign("chevron-down")

    def more(self) -> None:
        """Every step of sedation, temperature, oxygen, source and time."""
        self._rare.show()
        self.rass.show_all()
        self._more.set_words("Less")
        self._more.set_sign("chevron-up")

    def _turn_more(self) -> None:
        if self._rare.isHidden():
            self.more()
            self.figures["temperature_c"].setFocus()
        else:
            self.fewer()

    # ------------------------------------------------ both pressures in one field

    def _past_pressure(self) -> None:
        """Enter in the first field goes past the second where both were typed."""
        both = self.upper.split()
        self.figures["heart_rate" if both else "diastolic"].setFocus()

    def _check_pressures(self) -> None:
        """Swapped pressures are named while they are typed."""
        field = self.figures["diastolic"]
        lower = field.value()
        if not isinstance(lower, int):
            return
        fault = pressure_fault(self.upper.upper(), lower)
        judged = field.judge_value(lower)
        if fault and judged.standing is not Standing.BAD:
            judged = Judgement(Standing.BAD, fault, short="swapped?")
        field.set_judgement(judged)

    # ------------------------------------------------ the visit

    def show_visit(self, visit: Visit) -> None:
        """What each sign was; orientation is asked once the infusion is over."""
        taken = readings(visit)
        for code, field in self.figures.items():
            field.show_series(tuple(reading for reading in taken if reading.sign == code))
        self._last_rass = next(
            (f.rass for f in reversed(visit.facts(VitalsTaken)) if f.rass is not None), None
        )
        self._tell_rass()
        self.oriented.set_label("Oriented", hint="name, place, day, why")
        self.oriented.setVisible(stopped_at(visit) is not None)

    def _tell_rass(self) -> None:
        chosen, protocol = one(self.rass), self.desk.visit.protocol
        hint = protocol.step("rass", int(chosen)) if chosen else ""
        if not hint and self._last_rass is not None:
            hint = f"was {signed(self._last_rass)}, {protocol.step('rass', self._last_rass)}"
        self.rass.set_label("Sedation (RASS)", hint=hint)

    # ------------------------------------------------ what is recorded

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The set, with what was measured and nothing else.

        Raises:
            Refused: a field cannot be read.
        """
        self.upper.split()
        rass, oriented = one(self.rass), one(self.oriented)
        return (
            VitalsTaken(
                at=self.when.moment(),
                systolic=self._whole("systolic"),
                diastolic=self._whole("diastolic"),
                heart_rate=self._whole("heart_rate"),
                respiratory_rate=self._whole("respiratory_rate"),
                spo2=self._whole("spo2"),
                etco2=self._whole("etco2"),
                temperature_c=decimal(
                    self.figures["temperature_c"], "Temperature", "temperature_c"
                ),
                pain=self._whole("pain"),
                nausea=self._whole("nausea"),
                dissociation=self._whole("dissociation"),
                rass=int(rass) if rass else None,
                oxygen_l_min=decimal(self.oxygen, "Oxygen", "oxygen_l_min"),
                oriented=int(oriented) if oriented else None,
                source=next((s for s in get_args(Source) if s == one(self.source)), "typed"),
                confirmed=confirmed,
                note=self.note.text().strip(),
            ),
        )

    def _whole(self, code: SignCode) -> int | None:
        return whole(self.figures[code], self.desk.visit.protocol.sign(code).label, code)

    def empty(self) -> None:
        """Clears the set and folds the rare fields away."""
        super().empty()
        self.fewer()
        self._tell_rass()
