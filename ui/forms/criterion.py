"""One thing that must hold before the nurse leaves, judged by looking: it holds, or it does not."""

from ketachart.domain.facts import CriterionJudged, Fact
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock
from ketachart.errors import Refused
from ui.desk import Desk
from ui.forms.timed import TimedSheet
from ui.forms.yes_no import YesNo
from ui.widgets.choices import Choice
from ui.widgets.offered import Offered
from ui.widgets.text_field import NoteField
from ui.widgets.words import Words


class CriterionSheet(TimedSheet):
    """Which criterion, yes or no, and what was seen; a no says what was seen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Before leaving", records="Record")
        self.which = Offered("What is judged", empty="This protocol asks for none.")
        self.which.set_label("What is judged")
        self.holds = YesNo("It holds")
        self.note = NoteField("What was seen", label="What was seen", lines=2)
        self.note.set_hint("needed for a no")
        self._before = Words(size="small", tone="muted")
        self.add_fields((self.which, self._before, self.holds, self.note))
        self.place("criterion", self.which)
        self.place("met", self.holds)
        self.place("note", self.note)
        self.which.changed.connect(lambda _chosen: self._tell_before())
        self.show_visit(desk.visit)

    def about(self, code: str) -> None:
        """Which criterion it is about; what was typed about another is cleared."""
        if self.which.chosen() not in ((code,), ()):
            self.empty()
        self.which.choose(code)
        self._tell_before()

    def begin(self) -> None:
        """To the answer, where it is known what is judged."""
        if self.which.chosen():
            self.holds.setFocus()
        else:
            super().begin()

    def show_visit(self, visit: Visit) -> None:
        """What this protocol leaves to the nurse's eye."""
        self.which.offer(
            tuple(
                Choice(criterion.code, criterion.sentence)
                for criterion in visit.protocol.criteria
                if not criterion.computed
            )
        )
        self._tell_before()

    def _tell_before(self) -> None:
        """What is judged, beside its answer, and what was judged before: the last one stands."""
        chosen = self.which.chosen()
        asked = [one for one in self.desk.visit.protocol.criteria if one.code in chosen]
        self.holds.set_label(asked[0].sentence if asked else "It holds")
        judged = [f for f in self.desk.visit.facts(CriterionJudged) if f.criterion in chosen]
        if judged:
            last = judged[-1]
            said = "yes" if last.met else "no"
            self._before.setText(
                ", ".join(filter(None, (f"{clock(last.at)}: {said}", last.note)))
                + ". What is recorded now stands in its place."
            )
        self._before.setVisible(bool(judged))

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The judgement."""
        del confirmed
        chosen = self.which.chosen()
        if not chosen:
            raise Refused("Choose what is judged.", rule="criterion missing", field="criterion")
        return (
            CriterionJudged(
                at=self.when.moment(),
                criterion=chosen[0],
                met=self.holds.answer("met"),
                note=self.note.text().strip(),
            ),
        )
