"""Something to add to a signed visit: what became known later, or what was charted wrongly."""

from ketachart.domain.addenda import addenda
from ketachart.domain.facts.closing import About, Addendum
from ketachart.domain.telling.closing import ADDENDA
from ketachart.domain.visit import Visit
from ketachart.domain.wording import day_and_clock
from ketachart.errors import Refused
from ui.desk import Desk
from ui.forms.signed_sheet import SignedSheet
from ui.forms.timed import one
from ui.widgets.choices import Choice, Choices
from ui.widgets.offered import Offered
from ui.widgets.text_field import NoteField


class AddendumSheet(SignedSheet):
    """Late information or a correction; an addendum cannot be struck, a later one corrects it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Addendum", records="Sign the addendum")
        self.about = Choices(
            "What it is",
            (
                Choice("late-information", "Known later", key="1"),
                Choice("correction", "Correction", key="2"),
            ),
            columns=2,
        )
        self.about.set_label("What it is", hint="1 or 2")
        self.entry = Offered("Which addendum it is about", empty="")
        self.entry.set_label("About an earlier addendum", hint="optional")
        self.text = NoteField("What is added", label="What is added", lines=4)
        self.add_fields((self.about, self.text, self.entry), after=self.signs())
        for field, widget in (("about", self.about), ("entry", self.entry), ("text", self.text)):
            self.place(field, widget)

    def show_visit(self, visit: Visit) -> None:
        """The addenda that there are: an earlier one is corrected by a later one."""
        super().show_visit(visit)
        self.entry.offer(
            tuple(
                Choice(entry.id, ADDENDA[entry.fact.about], day_and_clock(entry.at))
                for entry in addenda(visit)
            )
        )
        self.entry.setVisible(bool(addenda(visit)))

    def addendum(self) -> Addendum:
        """The addition.

        Raises:
            Refused: it is not said what it is.
        """
        chosen = self.about.chosen()
        if not chosen:
            raise Refused("Known later, or a correction?", rule="about missing", field="about")
        about: About = "correction" if chosen[0] == "correction" else "late-information"
        return Addendum(
            at=self.when.moment(),
            about=about,
            entry=one(self.entry),
            text=self.text.text().strip(),
        )
