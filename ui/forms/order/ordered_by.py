"""Who ordered it, on which day, how the order came, and its place in a series."""

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ketachart.domain.facts import OrderRecorded, Prescriber
from ketachart.domain.wording import day
from ketachart.errors import Refused
from ui import tokens
from ui.forms import reading
from ui.forms.amounts import CountField
from ui.forms.day_field import DayField
from ui.forms.timed import must_choose, one
from ui.forms.yes_no import YesNo
from ui.widgets.card import Card, Heading
from ui.widgets.choices import Choice, Choices
from ui.widgets.field_grid import FieldGrid
from ui.widgets.text_field import NoteField, TextField


class OrderedBy(Card):
    """With ``by_call`` the order comes in a call now: its day and its way are not asked."""

    changed = Signal()

    def __init__(self, *, by_call: bool) -> None:
        super().__init__("Who ordered it, and when", gap=tokens.S3)
        self._by_call = by_call
        self._name = TextField("Prescriber’s name", label="Prescriber")
        self._credential = TextField("Prescriber’s credential", label="Credential")
        self._credential.set_hint("MD, DO, APRN")
        self._phone = TextField("Prescriber’s phone", label="Phone")
        self._phone.set_hint("the number of the call" if by_call else "tried before the start")
        self._ordered = DayField("Ordered on", label="Ordered on")
        self._expires = DayField("Expires on", label="Expires on")
        self._evaluated = DayField("Patient evaluated on", label="Patient evaluated on")
        self._number = CountField("Infusion", "series_number")
        self._of = CountField("of", "series_of", unit="in the series")
        self._received = Choices(
            "How the order came",
            (Choice("signed", "Signed"), Choice("telephone", "By telephone")),
            columns=2,
        )
        self._received.set_label("How the order came")
        self._read_back = YesNo("Read back and confirmed")
        self._note = NoteField("Anything else the order says", label="Anything else it says")
        self._lay_parts()
        for choices in (self._received, self._read_back):
            choices.changed.connect(self._chosen)
        self._note.typed.connect(lambda _text: self.changed.emit())
        self._chosen()

    def _lay_parts(self) -> None:
        self.add(Heading("Who ordered it, and when"))
        days = (self._expires,) if self._by_call else (self._ordered, self._expires)
        self.add(FieldGrid(self._name, self._credential, self._phone, *days, self._evaluated))
        self.add(FieldGrid(self._number, self._of))
        if self._by_call:
            for not_asked in (self._ordered, self._received):
                not_asked.setParent(self)
                not_asked.hide()
        else:
            self.add(self._received)
        self.add(self._read_back)
        self.add(self._note)

    def _chosen(self) -> None:
        """Only an order by telephone is read back."""
        self._read_back.setVisible(self._by_call or one(self._received) == "telephone")
        self.changed.emit()

    # ------------------------------------------------ an order on file

    def begun(self) -> bool:
        """Whether something of one's own is said of the order."""
        return bool(self._note.text().strip())

    def clear_note(self) -> None:
        """Takes the note out; fields and choices are cleared with all those of the form."""
        self._note.set_text("")

    def show_order(self, order: OrderRecorded, *, number: int | None, dated: bool) -> None:
        """An order on file; how it was received and read back is not taken over."""
        by = order.prescriber
        self.show_prescriber(by)
        for when, said in (
            (self._ordered, order.ordered_on),
            (self._expires, order.expires_on),
            (self._evaluated, order.evaluated_on),
        ):
            when.set_text(day(said) if said is not None and dated else "")
        for count, much in ((self._number, number), (self._of, order.series_of)):
            count.set_text("" if much is None else str(much))
        self._note.set_text(order.note)

    def show_received(self, order: OrderRecorded) -> None:
        """How an order on file was received and read back, where that very order is corrected."""
        self._received.choose(order.received)
        if order.received == "telephone":
            self._read_back.choose("yes" if order.read_back else "no")

    def show_prescriber(self, by: Prescriber | None) -> None:
        """The prescriber; None asks for one anew."""
        known = by if by is not None else Prescriber(name="")
        for text, words in (
            (self._name, known.name),
            (self._credential, known.credential),
            (self._phone, known.phone),
        ):
            text.set_text(words)

    # ------------------------------------------------ what it says

    def prescriber_typed(self) -> Prescriber:
        """The prescriber as far as one is typed; nothing is asked for."""
        return Prescriber(name=self._name.text().strip())

    def named(self, order: OrderRecorded) -> OrderRecorded:
        """The order with its days, its place in a series and what else it says.

        Raises:
            Refused: a day or a number cannot be read.
        """
        number, of = self._series()
        return replace(
            order,
            expires_on=self._expires.day("Expires on", "expires_on"),
            evaluated_on=self._evaluated.day("Patient evaluated on", "evaluated_on"),
            series_number=number,
            series_of=of,
            note=self._note.text().strip(),
        )

    def signed(self, order: OrderRecorded, at: datetime) -> OrderRecorded:
        """The order with who ordered it, when, and how it came; all but the reading back.

        Raises:
            Refused: something of it is missing or cannot be read.
        """
        prescriber = Prescriber(
            name=reading.text(self._name, "Prescriber", "name"),
            phone=reading.text(self._phone, "Phone of the prescriber", "phone"),
            credential=self._credential.text().strip(),
        )
        if self._by_call:
            return replace(order, prescriber=prescriber, ordered_on=at.date(), received="telephone")
        ordered = self._ordered.needed("Ordered on", "ordered_on")
        received = must_choose(self._received, "How did the order come?", "received")
        return replace(
            order,
            prescriber=prescriber,
            ordered_on=ordered,
            received="telephone" if received == "telephone" else "signed",
        )

    def read_back(self, order: OrderRecorded) -> OrderRecorded:
        """The order with whether it was read back, where it came by telephone.

        Raises:
            Refused: nobody said.
        """
        by_telephone = order.received == "telephone"
        return replace(order, read_back=by_telephone and self._read_back.answer("read_back"))

    def _series(self) -> tuple[int | None, int | None]:
        number, of = self._number.count(), self._of.count()
        if number is None and of is None:
            return None, None
        if number is None or of is None:
            raise Refused(
                "Say which infusion of how many, for example 3 of 5; or leave both empty.",
                rule="series unreadable",
                field="series_number",
            )
        return number, of

    def fields(self) -> dict[str, QWidget]:
        """What a refusal points at."""
        return {
            "name": self._name,
            "phone": self._phone,
            "credential": self._credential,
            "ordered_on": self._ordered,
            "expires_on": self._expires,
            "evaluated_on": self._evaluated,
            "series_number": self._number,
            "series_of": self._of,
            "received": self._received,
            "read_back": self._read_back,
            "note": self._note,
        }
