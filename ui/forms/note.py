"""A note in the nurse's own words."""

from ketachart.domain.facts import Fact, NoteWritten
from ketachart.errors import Refused
from ui.desk import Desk
from ui.forms.timed import TimedSheet
from ui.widgets.text_field import NoteField

LINES = 6


class NoteSheet(TimedSheet):
    """Several lines of words; Tab leaves them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Note", records="Record note")
        self.text = NoteField("Note", label="Note", lines=LINES)
        self.text.set_hint("Tab goes on")
        self.add_fields((self.text,))
        self.place("text", self.text)

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The note.

        Raises:
            Refused: nothing is written.
        """
        del confirmed
        text = self.text.text().strip()
        if not text:
            raise Refused("Write the note first.", rule="text missing", field="text")
        return (NoteWritten(at=self.when.moment(), text=text),)
