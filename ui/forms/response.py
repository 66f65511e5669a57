"""How the patient answered to a medicine, or to what else was done."""

from ketachart.domain.effects import measures_text, medicine_text, open_effects
from ketachart.domain.facts import Fact, MeasureTaken, MedicineGiven, ResponseNoted
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock
from ui.desk import Desk
from ui.forms.reading import text
from ui.forms.timed import TimedSheet, must_choose
from ui.widgets.choices import Choice
from ui.widgets.offered import Offered
from ui.widgets.text_field import TextField

_MOST_MEASURES = 3


class ResponseSheet(TimedSheet):
    """The medicines that have no response yet, or all where each has one; then what was done.

    Only what was done about a side effect that is still open is offered beside them.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Response", records="Record response")
        self.given = Offered("After what", empty="No medicine was given, and nothing was done.")
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
        given = [(e.id, medicine_text(e.fact), clock(e.at)) for e in visit.of(MedicineGiven)]
        waiting = [one for one in given if one[0] not in answered]
        still = {effect.code for effect in open_effects(visit)}
        done = [
            (entry.id, measures_text(visit, entry), clock(entry.at))
            for entry in visit.of(MeasureTaken)
            if entry.fact.effect in still and entry.id not in answered
        ]
        offered = (waiting or given) + done[-_MOST_MEASURES:]
        self.given.offer(
            tuple(
                Choice(entry, words, at, key=str(place))
                for place, (entry, words, at) in enumerate(offered, start=1)
            )
        )
        for only in (waiting, offered):
            if len(only) == 1:
                self.given.choose(only[0][0])
                return

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The response.

        Raises:
            Refused: no medicine is chosen, or nothing is said.
        """
        del confirmed
        return (
            ResponseNoted(
                at=self.when.moment(),
                entry=must_choose(self.given, "Choose what it is the response to.", "entry"),
                response=text(self.response, "What changed", "response"),
            ),
        )
