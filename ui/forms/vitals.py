"""The set of vital signs: eight figures, sedation, a note; Enter walks them and records."""

from datetime import datetime
from typing import Final, get_args

from ketachart.domain.course import stopped_at
from ketachart.domain.facts import Fact, SignSource, VitalsTaken
from ketachart.domain.facts.care import Source
from ketachart.domain.limits import pressure_fault, readings_by_sign
from ketachart.domain.policy import SignCode
from ketachart.domain.typed import decimal_number
from ketachart.domain.visit import Visit
from ui import tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.forms.figures import Figures, PressureField, SignField, TemperatureField
from ui.forms.reading import decimal, whole
from ui.forms.sedation import Sedation
from ui.forms.timed import TimedSheet, one
from ui.widgets.boxes import Column, Row
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.choices import Choice, Choices
from ui.widgets.field import Judgement, Standing
from ui.widgets.number_field import NumberField
from ui.widgets.tab_order import settle
from ui.widgets.text_field import TextField

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


class VitalsSheet(TimedSheet):
    """One set. Nothing is preselected; what stays empty was not measured."""

    draft_name = "vitals"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Vitals", records="Record vitals")
        self.upper, self.warmth = PressureField(desk), TemperatureField(desk)
        own: dict[SignCode, SignField] = {"systolic": self.upper, "temperature_c": self.warmth}
        self.figures: dict[SignCode, SignField] = {
            code: own[code] if code in own else SignField(desk, code) for code in (*FIGURES, *RARE)
        }
        self.sedation = Sedation(desk)
        self.rass, self.moaas = self.sedation.rass, self.sedation.moaas
        self._swap = Button("Swap the pressures", key="X", sign="rotate-ccw")
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
        self._first = Column()  # the time comes first while paper is copied
        self._more = Button("More", words="More", sign="chevron-down", kind=Kind.QUIET)
        self._missed = Button("Not done…", kind=Kind.QUIET)
        self._missed.set_words("Not done…", sub=key_of("not_done"))
        self.fewer()
        self._lay_out()
        self._connect()
        self.show_visit(desk.visit)

    def _lay_out(self) -> None:
        for code, field in self.figures.items():
            field.keep_source()
            self.place(code, field)
        self.place("oriented", self.oriented)
        self.place("oxygen_l_min", self.oxygen)
        self._rare.add(Figures((*(self.figures[code] for code in RARE), self.oxygen)))
        self._rare.add(self.sedation.other)
        self._rare.add(self.source)
        self._rare.add(self.when)
        self.source.set_label("Source", hint="one value: D, T, E in its field")
        feet = Row(gap=tokens.S2)
        feet.add(self._more)
        feet.add_room()
        feet.add(self._missed)
        parts = (
            self._first,
            Figures(self.figures[code] for code in FIGURES),
            self._swap,
            self.sedation,
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
        for code in ("systolic", "diastolic"):
            self.figures[code].swap_wanted.connect(self._swap_pressures)
        self._swap.clicked.connect(self._swap_pressures)
        self._swap.hide()
        self.note.commit_on_enter()
        self.note.committed.connect(self.commit)
        self._more.clicked.connect(self.turn_more)
        self._missed.clicked.connect(lambda: self.opens.emit("not_done"))
        self.desk.transcribing.changed.connect(self._place_time)
        self._place_time()

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
        self._more.set_words("More", sub=key_of("more"))
        self._more.set_sign("chevron-down")

    def more(self) -> None:
        """Every step of sedation, temperature, oxygen, source and time."""
        self._rare.show()
        self.rass.show_all()
        self._more.set_words("Less", sub=key_of("more"))
        self._more.set_sign("chevron-up")

    def _place_time(self) -> None:
        """Among the rare fields; before all others while each set needs a time of its own."""
        copied = self.desk.transcribing.period is not None
        (self._first if copied else self._rare).add(self.when)
        self._first.setVisible(copied)
        self.when.tick(self.desk.now())
        settle(self.body)

    def act(self, name: str) -> bool:
        """The key that shows the rare fields."""
        if name == "more":
            self.turn_more()
        return name == "more"

    def turn_more(self) -> None:
        """The rare fields, or away with them."""
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
        fault = pressure_fault(self.upper.upper(), lower) if isinstance(lower, int) else ""
        self._swap.setVisible(bool(fault))
        if not isinstance(lower, int):
            return
        judged = field.judge_value(lower)
        if fault and judged.standing is not Standing.BAD:
            judged = Judgement(Standing.BAD, f"{fault} X swaps them.", short="swapped?")
        field.set_judgement(judged)

    def _swap_pressures(self) -> None:
        """One key puts the two where they belong; nothing is typed again."""
        self.upper.split()
        upper, lower = self.upper.text(), self.figures["diastolic"].text()
        if upper and lower and self._swap.isVisibleTo(self):
            self.figures["diastolic"].set_text(upper)
            self.upper.set_text(lower)
            self._check_pressures()

    # ------------------------------------------------ the visit

    def show_visit(self, visit: Visit) -> None:
        """What each sign was; orientation is asked once the infusion is over."""
        taken = readings_by_sign(visit)
        for code, field in self.figures.items():
            field.show_series(tuple(taken.get(code, ())))
        self.sedation.show_visit(visit)
        self.oriented.set_label("Oriented", hint="name, place, day, why")
        self.oriented.setVisible(stopped_at(visit) is not None)

    # ------------------------------------------------ what is recorded

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The set, with what was measured and nothing else.

        Raises:
            Refused: a field cannot be read.
        """
        self.upper.split()
        self.warmth.turn()
        oriented = one(self.oriented)
        rass, moaas = self.sedation.measured()
        source: Source = next((s for s in get_args(Source) if s == one(self.source)), "typed")
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
                rass=rass,
                moaas=moaas,
                oxygen_l_min=decimal(self.oxygen, "Oxygen", "oxygen_l_min"),
                oriented=int(oriented) if oriented else None,
                source=source,
                by_sign=self._sources(source),
                confirmed=confirmed,
                note=self.note.text().strip(),
            ),
        )

    def _whole(self, code: SignCode) -> int | None:
        return whole(self.figures[code], self.desk.visit.protocol.sign(code).label, code)

    def _sources(self, usual: Source) -> tuple[SignSource, ...]:
        """Values that come from elsewhere than the set; both pressures come from one cuff."""
        of = {code: field.source for code, field in self.figures.items() if field.text().strip()}
        if "diastolic" in of and of["diastolic"] is None:
            of["diastolic"] = of.get("systolic")
        return tuple(
            SignSource(sign=code, source=source)
            for code, source in of.items()
            if source is not None and source != usual
        )

    def take_time(self, at: datetime | None) -> None:
        """The time stands among the rare fields: they are shown with it."""
        super().take_time(at)
        if at is not None:
            self.more()

    def begin(self) -> None:
        """To the first figure; as a phase's panel it is opened by that alone."""
        with self.desk.drafts.opening(self):
            super().begin()

    def empty(self) -> None:
        """Clears the set and folds the rare fields away."""
        super().empty()
        self.fewer()
