"""A call in which the prescriber authorised going on: who, what was read back, and why."""

from ketachart.domain.dose.dosing_weight import planned_dose
from ketachart.domain.dose.phone_code import phone_code
from ketachart.domain.facts import Fact, OverrideAuthorised
from ketachart.domain.screening import ItemState, screening
from ketachart.domain.telling.order import order as order_words
from ketachart.domain.visit import Visit
from ketachart.domain.wording import age
from ketachart.errors import Refused
from ui import tokens
from ui.desk import Desk
from ui.forms import reading
from ui.forms.timed import TimedSheet
from ui.forms.yes_no import YesNo
from ui.widgets.boxes import Column
from ui.widgets.choices import Choice
from ui.widgets.keeping import Fields
from ui.widgets.key_value import FactColumns, KeyValue
from ui.widgets.offered import Offered
from ui.widgets.text_field import NoteField, TextField
from ui.widgets.words import Words


class OverrideSheet(TimedSheet):
    """What it is about stands at the top, with what to read to the prescriber."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Call to the prescriber", records="Record call")
        self._code = ""
        self._question = Words(weight=tokens.SEMIBOLD)
        self._found = Words(size="small", tone="warn")
        self._to_read = Column(gap=0)
        self._who = Offered("Who was called", empty="No order on file")
        self._who.changed.connect(self._take)
        self._by = TextField("Who authorised it", label="Who authorised it")
        self._phone = TextField("By which phone", label="By which phone")
        self._back = YesNo("Read back and confirmed")
        self._why = NoteField("Why it is acceptable", label="Why it is acceptable", lines=2)
        self._condition = TextField("Under what condition", label="Condition", placeholder="none")
        fields = {
            "by": self._by,
            "phone": self._phone,
            "read_back": self._back,
            "reason": self._why,
            "condition": self._condition,
        }
        self.add_fields((self._question, self._found, self._to_read, self._who, *fields.values()))
        for key, field in fields.items():
            self.place(key, field)

    def about(self, code: str) -> None:
        """Which question it is about; what was typed for another is cleared."""
        if code != self._code:
            self.empty()
        self._code = code
        self.show_visit(self.desk.visit)

    def kept_inside(self) -> Fields:
        """Which question it is about."""
        return {"about": self._code}

    def take_back_inside(self, kept: Fields) -> None:
        """About the same question."""
        self.about(str(kept.get("about", "")))

    def show_visit(self, visit: Visit) -> None:
        """What is asked, and the lines to read out."""
        self._offer_prescriber(visit)
        state = self._state(visit)
        if state is None:
            return
        self._question.setText(state.item.question)
        found = f"{state.note} ({state.cited})" if state.note else state.cited
        self._found.setText(found)
        self._to_read.empty()
        self._to_read.add(FactColumns("To read to the prescriber", _lines(visit, state)))

    def _state(self, visit: Visit) -> ItemState | None:
        states = screening(visit, self.desk.now()).items
        return next((state for state in states if state.item.code == self._code), None)

    def _offer_prescriber(self, visit: Visit) -> None:
        """One press fills in the prescriber of the order; nobody is filled in beforehand."""
        ordered = (visit.order.prescriber,) if visit.order is not None else ()
        self._who.offer(
            tuple(
                Choice(who.name, who.name, sub=who.phone, key="D", verbatim=True) for who in ordered
            )
        )

    def _take(self, chosen: tuple[str, ...]) -> None:
        order = self.desk.visit.order
        if order is not None and chosen:
            self._by.set_text(order.prescriber.name)
            self._phone.set_text(order.prescriber.phone)

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The authorisation."""
        del confirmed
        if not self._why.text().strip():
            raise Refused("Write why it is acceptable.", rule="reason missing", field="reason")
        return (
            OverrideAuthorised(
                at=self.when.moment(),
                about=self._code,
                by=reading.text(self._by, "Who authorised it", "by"),
                phone=self._phone.text().strip(),
                read_back=self._back.answer("read_back"),
                reason=self._why.text().strip(),
                condition=self._condition.text().strip(),
            ),
        )


def _lines(visit: Visit, state: ItemState) -> tuple[KeyValue, ...]:
    """Who, what was found, what is ordered, and the code that both ends compare."""
    rows = []
    patient, order = visit.patient, visit.order
    if patient is not None:
        today = visit.standing[-1].at.date()
        years = age(patient.birth_date, today)
        rows.append(KeyValue("Who", f"{patient.full_name}, {years} years, MRN {patient.mrn}"))
    rows.append(KeyValue("Found", state.note or state.item.question))
    if order is not None:
        rows.append(KeyValue("Ordered", order_words(visit, order)[1]))
        if patient is not None:
            rows.append(KeyValue("Code", phone_code(patient, order, planned_dose(visit))))
    return tuple(rows)
