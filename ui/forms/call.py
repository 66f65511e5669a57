"""A call to the prescriber, or to anyone else about this visit."""

from ketachart.domain.facts import CallMade, Fact
from ketachart.domain.scales.suicide import not_escalated
from ketachart.domain.visit import Visit
from ui.desk import Desk
from ui.forms.reading import text
from ui.forms.timed import TimedSheet, one
from ui.forms.yes_no import YesNo
from ui.widgets.buttons import Button
from ui.widgets.choices import Choice
from ui.widgets.offered import Offered
from ui.widgets.text_field import NoteField, TextField


class CallSheet(TimedSheet):
    """Who was called, whether they were reached, what was said and read back."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Call", records="Record call")
        self._phones: dict[str, str] = {}
        self.who = Offered("Who", empty="No prescriber or clinic is on file.")
        self.who.set_label("Who", hint="or write the name")
        self.to = TextField("Name of who was called", label="Name")
        self.phone = TextField("Phone that was called", label="Phone")
        self.reached = YesNo("Reached")
        self.about = TextField("What it was about", label="About")
        self.screener = Button("C-SSRS: thoughts of suicide", sign="arrow-up")
        self.said = NoteField("What was said or ordered", label="Said or ordered", lines=3)
        self.read_back = YesNo("An order was read back", no="No order")
        self.add_fields(
            (
                self.who, self.to, self.phone, self.reached, self.about, self.screener, self.said,
                self.read_back,
            )
        )  # fmt: skip
        self.place("to", self.to)
        self.place("phone", self.phone)
        self.place("reached", self.reached)
        self.place("about", self.about)
        self.place("said", self.said)
        self.who.changed.connect(self._fill)
        self.screener.clicked.connect(lambda: self.about.set_text(self.screener.words()))

    def show_visit(self, visit: Visit) -> None:
        """The prescriber and the clinic, with their numbers."""
        self.screener.setVisible(bool(not_escalated(visit, self.desk.now())))
        order, clinic = visit.order, visit.clinic
        offered = []
        if order is not None:
            offered.append((order.prescriber.name, order.prescriber.phone))
        if clinic is not None:
            offered.append((clinic.name, clinic.phone))
        self._phones = dict(offered)
        self.who.offer(
            tuple(
                Choice(name, name, phone, key=str(place), verbatim=True)
                for place, (name, phone) in enumerate(offered, start=1)
            )
        )

    def take_up(self, effect: str) -> None:
        """It is about the side effect, where nothing else is written."""
        if not self.about.text().strip():
            self.about.set_text(self.desk.visit.protocol.label("effect", effect))

    def _fill(self, chosen: tuple[str, ...]) -> None:
        name = chosen[0] if chosen else ""
        self.to.set_text(name)
        self.phone.set_text(self._phones.get(name, ""))
        for field in (self.to, self.phone):  # both stand on what was chosen
            field.setVisible(not name)

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The call.

        Raises:
            Refused: it is not said who was called, or whether they were reached.
        """
        del confirmed
        return (
            CallMade(
                at=self.when.moment(),
                to=text(self.to, "Who was called", "to"),
                phone=self.phone.text().strip(),
                reached=self.reached.answer("reached"),
                about=self.about.text().strip(),
                said=self.said.text().strip(),
                read_back=one(self.read_back) == "yes",
            ),
        )
