"""A marked moment that was nothing: which one, and why there is nothing to tell."""

from ketachart.domain.facts import Fact, MomentTold
from ketachart.domain.marks import open_marks
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock_with_seconds
from ui.desk import Desk
from ui.forms.reading import text
from ui.forms.sheet import Sheet
from ui.forms.timed import must_choose
from ui.widgets.choices import Choice
from ui.widgets.offered import Offered
from ui.widgets.text_field import TextField
from ui.widgets.words import Words

HOW = (
    "A mark is told by charting what happened: open that sheet, and press Down in “Happened at”. "
    "Only if there is nothing to tell, say so here."
)


class MarksSheet(Sheet):
    """Every mark is told or explained; none is thrown away."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Marked moments", primary="Record that it was nothing")
        self.marks = Offered("Which mark", empty="No moment is marked.")
        self.marks.set_label("Which mark")
        self.reason = TextField("Why there is nothing to tell", label="It was nothing, because")
        self.reason.commit_on_enter()
        self.reason.committed.connect(self.commit)
        for part in (Words(HOW, size="small", tone="muted"), self.marks, self.reason):
            self.body.add(part)
        self.body.add_room()
        self.place("mark", self.marks)
        self.place("reason", self.reason)

    def begin(self) -> None:
        """Where there is but one, its reason is typed at once."""
        marks = open_marks(self.desk.visit)
        if len(marks) == 1:
            self.marks.choose(marks[0].id)
            self.reason.setFocus()
        else:
            self.marks.setFocus()

    def show_visit(self, visit: Visit) -> None:
        """The marks that are open."""
        self.marks.offer(
            tuple(
                Choice(
                    mark.id,
                    f"Marked {clock_with_seconds(mark.at)}",
                    mark.fact.word,
                    key=str(place) if place < 10 else "",
                )
                for place, mark in enumerate(open_marks(visit), start=1)
            )
        )

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """That the mark was nothing.

        Raises:
            Refused: no mark is chosen, or no reason is given.
        """
        del confirmed
        return (
            MomentTold(
                at=self.desk.now(),
                mark=must_choose(self.marks, "Choose which mark.", "mark"),
                reason=text(self.reason, "Why there is nothing to tell", "reason"),
            ),
        )

    def empty(self) -> None:
        """Clears the sheet."""
        self.marks.choose()
        self.reason.clear()
