"""An infusion that was given elsewhere: as the patient or a letter tells it."""

from ketachart.domain.facts import Fact, InfusionElsewhere, PastInfusion
from ketachart.domain.quantities import Mg, MgPerKg
from ketachart.domain.typed import decimal_number, whole_number
from ketachart.domain.visit import Visit
from ketachart.errors import Refused
from ui import tokens
from ui.desk import Desk
from ui.forms.day_field import DayField
from ui.forms.figures import Figures
from ui.forms.lists import steps
from ui.forms.reading import decimal, text, whole
from ui.forms.timed import TimedSheet, one
from ui.widgets.boxes import Column
from ui.widgets.choices import Choice, Choices
from ui.widgets.number_field import NumberField
from ui.widgets.picker import Picker
from ui.widgets.text_field import TextField
from ui.widgets.words import Words


class ElsewhereSheet(TimedSheet):
    """Day and source are needed; what is not known stays empty, and is no zero."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Infusion elsewhere", records="Record infusion")
        protocol = desk.visit.protocol
        hint = Words("Leave empty what is not known.", size="small", tone="muted")
        self.on = DayField("Day of that infusion", label="Day it was given")
        self.told_by = TextField("Who or what says so", label="Told by")
        self.told_by.set_hint("patient, letter")
        self.mg = NumberField("Dose, mg", label="Dose", unit="mg", parse=decimal_number)
        self.per_kg = NumberField(
            "Dose, mg/kg", label="Dose per kg", unit="mg/kg", parse=decimal_number
        )
        self.before = NumberField("Pain before, 0 to 10", label="Pain before", parse=whole_number)
        self.after = NumberField("Pain at the end, 0 to 10", label="Pain after", parse=whole_number)
        self.effect = Picker(
            "Worst side effect",
            tuple(Choice(c.code, c.label) for c in protocol.listed("effect")),
            label="Worst side effect",
            own_words="Not in the list: it is charted in these words.",
        )
        self.effect.wait_for_letters()
        self.grade = Choices("Its grade", steps(protocol, "grade")[1:], columns=2)
        self.grade.set_label("Its grade", hint="1 to 4")
        self.grade.wrap_words()
        self.number = NumberField(
            "Which infusion of this series", label="Infusion of this series", parse=whole_number
        )
        # Its day is what counts; when it was told is the moment of the entry.
        self.when.setParent(self)
        self.when.hide()
        column = Column(gap=tokens.S3)
        for part in (
            hint, self.on, self.told_by,
            Figures((self.mg, self.per_kg, self.before, self.after)),
            self.effect, self.grade, self.number,
        ):  # fmt: skip
            column.add(part)
        self.body.add(column)
        self.body.add_room()
        for field, widget in {
            "on": self.on,
            "told_by": self.told_by,
            "delivered_mg": self.mg,
            "delivered_mg_per_kg": self.per_kg,
            "pain_start": self.before,
            "pain_end": self.after,
            "worst_effect": self.effect,
            "worst_grade": self.grade,
            "series_number": self.number,
        }.items():
            self.place(field, widget)

    def renew_primary(self) -> None:
        """The button names no time: it was another day."""
        self.primary.set_words(self.records())

    def show_visit(self, visit: Visit) -> None:
        """The series of this order, where it has one."""
        order = visit.order
        of = f"of {order.series_of}" if order is not None and order.series_of is not None else ""
        self.number.set_hint(of)

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The infusion; its place counts for the series of this order alone.

        Raises:
            Refused: the day or the source is missing, or a field cannot be read.
        """
        del confirmed
        visit = self.desk.visit
        number = whole(self.number, "Infusion of this series", "series_number")
        mg = decimal(self.mg, "Dose", "delivered_mg")
        per_kg = decimal(self.per_kg, "Dose per kg", "delivered_mg_per_kg")
        effect, grade = self._worst()
        told = PastInfusion(
            on=self.on.needed("Day it was given", "on"),
            goal=visit.order.goal if visit.order is not None and number is not None else "",
            delivered_mg=None if mg is None else Mg(mg),
            delivered_mg_per_kg=None if per_kg is None else MgPerKg(per_kg),
            pain_start=whole(self.before, "Pain before", "pain_start"),
            pain_end=whole(self.after, "Pain after", "pain_end"),
            worst_effect=effect,
            worst_grade=grade,
            series_number=number,
        )
        by = text(self.told_by, "Who or what says so", "told_by")
        return (InfusionElsewhere(at=self.desk.now(), infusion=told, told_by=by),)

    def _worst(self) -> tuple[str, int]:
        """The side effect in words, and its grade: both, or neither."""
        effect, grade = self.effect.value(), one(self.grade)
        if effect and not grade:
            raise Refused(
                "Choose the grade of the side effect.", rule="grade missing", field="worst_grade"
            )
        return self.desk.visit.protocol.label("effect", effect), int(grade or 0)
