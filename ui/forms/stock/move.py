"""Vials carried from one place to another: which, from where, where to, by whom, seals whole."""

from typing import Final

from ketachart.domain.custody.book import Book
from ketachart.domain.custody.count import Counted
from ketachart.domain.facts import Fact, VialMoved
from ketachart.domain.facts.stock import Place
from ketachart.domain.wording import count
from ketachart.errors import Refused
from ui.desk import Desk
from ui.forms import reading
from ui.forms.names import vial_choice
from ui.forms.stock.sheet import StockSheet
from ui.forms.timed import must_choose, one
from ui.widgets.choices import Choice, Choices
from ui.widgets.offered import Offered
from ui.widgets.text_field import NoteField, TextField

PLACES: Final[dict[Place, str]] = {
    "safe": "Safe",
    "bag": "Bag",
    "home": "Home",
    "clinic": "Clinic",
    "destroyed": "Destroyed",
}


class MoveSheet(StockSheet):
    """From where is chosen first; only what lies there is offered."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Move vials", records="Record move")
        self._known = Book()
        self._from = _places("From where", leave_out="destroyed")
        self._vials = Offered(
            "Which vials", empty="Choose from where; then the vials there.", several=True
        )
        self._vials.set_label("Which vials")
        self._to = _places("Where to")
        self._seals = Choices(
            "Seals",
            (
                Choice("whole", "Every seal is whole", key="1"),
                Choice("broken", "A seal is NOT whole", key="2"),
            ),
            columns=1,
        )
        self._seals.set_label("Seals", hint="look at each")
        self._by = TextField("Who moved them", label="Moved by")
        self._witness = TextField("Who saw it", label="Witness", placeholder="empty: nobody")
        self._note = NoteField("Anything else", label="Note")
        fields = {
            "from_place": self._from,
            "vials": self._vials,
            "to_place": self._to,
            "seals_whole": self._seals,
            "by": self._by,
            "witness": self._witness,
            "note": self._note,
        }
        self.add_fields(fields.values())
        for key, field in fields.items():
            self.place(key, field)
        self._from.changed.connect(lambda _chosen: self._offer())
        self._vials.changed.connect(lambda _chosen: self.renew_primary())
        self.empty()

    def empty(self) -> None:
        """Clears every field; who moves them is whoever is unlocked, until another is typed."""
        super().empty()
        self._by.set_text(self.desk.office.nurse.name)

    def show_book(self, known: Book, found: tuple[Counted, ...]) -> None:
        """What lies where."""
        del found
        self._known = known
        self._offer()

    def _offer(self) -> None:
        place = one(self._from)
        there = [i for i in self._known.items if i.left.above_zero and i.place == place]
        self._vials.offer(tuple(vial_choice(item, blind=True) for item in there))
        self.renew_primary()

    def records(self) -> str:
        """How many vials."""
        chosen = len(self._vials.chosen())
        return f"Record move of {count(chosen, 'vial')}" if chosen else "Record move"

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """One move of all the vials chosen.

        Raises:
            Refused: something is missing.
        """
        del confirmed
        of = must_choose(self._from, "Choose from where.", "from_place")
        vials = self._vials.chosen()
        if not vials:
            raise Refused("Choose the vials that were moved.", rule="no vial", field="vials")
        to = must_choose(self._to, "Choose where to.", "to_place")
        seals = must_choose(
            self._seals, "Look at each seal, then say whether all are whole.", "seals_whole"
        )
        return (
            VialMoved(
                at=self.when.moment(),
                vials=vials,
                from_place=next(code for code in PLACES if code == of),
                to_place=next(code for code in PLACES if code == to),
                seals_whole=seals == "whole",
                by=reading.text(self._by, "Who moved them", "by"),
                witness=self._witness.text().strip(),
                note=self._note.text().strip(),
            ),
        )


def _places(label: str, *, leave_out: str = "") -> Choices:
    offered = [(code, words) for code, words in PLACES.items() if code != leave_out]
    choices = Choices(
        label,
        tuple(Choice(code, words, key=str(n)) for n, (code, words) in enumerate(offered, 1)),
        columns=2,
    )
    choices.set_label(label)
    return choices
