"""How the patient answered to a medicine."""

from ketachart.domain.effects import medicine_text
from ketachart.domain.facts import Fact, MedicineGiven, ResponseNoted
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock
from ui.desk import Desk
from ui.forms.reading import text
from ui.forms.timed import TimedSheet, must_choose
from ui.widgets.choices import Choice
from ui.widgets.offered import Offered
from ui.widgets.text_field import TextField


class ResponseSheet(TimedSheet):
    """The medicines that have no response yet; all of them where each has one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Response", records="Record response")
        self.given = Offered("After which medicine", empty="No medicine was given.")
        self.given.set_label("After")
        self.response = TextField(
            "What changed", label="What changed", placeholder="nausea 5 to 3, no vomiting"
        )
        self.add_fields((self.given, self.response))
        self.place("entry", self.given)
        self.place("response", self.response)

    def show_visit(self, visit: Visit) -> None:
        """What waits for a response; a single one needs no choosing."""
        answered = {fact.entry for fact in visit.facts(ResponseNoted)}
        given = visit.of(MedicineGiven)
        waiting = [entry for entry in given if entry.id not in answered] or list(given)
        self.given.offer(
            tuple(
                Choice(entry.id, medicine_text(entry.fact), clock(entry.at), key=str(place))
                for place, entry in enumerate(waiting, start=1)
            )
        )
        if len(waiting) == 1:
            self.given.choose(waiting[0].id)

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The response.

        Raises:
            Refused: no medicine is chosen, or nothing is said.
        """
        del confirmed
        return (
            ResponseNoted(
                at=self.when.moment(),
                entry=must_choose(self.given, "Choose the medicine.", "entry"),
                response=text(self.response, "What changed", "response"),
            ),
        )
