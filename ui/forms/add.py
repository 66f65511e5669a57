"""All that can be charted at any time, each with its key; press one, and its sheet opens."""

from datetime import datetime
from typing import Final

from ketachart.domain.facts import Fact
from ketachart.domain.visit import Visit
from ketachart.errors import Refused
from ui.actions import BY_NAME, key_of
from ui.desk import Desk
from ui.forms.figures import Figures
from ui.forms.last_done import key_and_last
from ui.forms.sheet import Sheet
from ui.widgets.buttons import Button
from ui.widgets.time_field import whole_time

# The pump's own acts are left out: they have their buttons beside the rate.
SIGNS: Final = {
    "vitals": "heart-pulse",
    "not_done": "circle-x",
    "scale": "clipboard-list",
    "medicine": "pill",
    "response": "history",
    "effect": "triangle-alert",
    "measure": "check",
    "note": "notebook-pen",
    "call": "phone",
    "order-change": "phone",
    "access": "droplet",
    "flush": "droplet",
    "pump-read": "gauge",
    "bag-change": "droplet",
    "bolus": "syringe",
    "fluid": "droplet",
    "waste": "scale",
    "answer": "bell-off",
    "elsewhere": "history",
    "other-ketamine": "pill",
    "home-medicines": "pill",
    "history": "history",
    "symptoms": "list-checks",
    "visit-times": "clock",
    "clock": "clock-alert",
    "home": "home",
    "kit": "list-checks",
    "time-out": "shield-check",
    "sheets": "file-text",
    "paper": "notebook-pen",
}


class AddSheet(Sheet):
    """A button for each sheet; nothing is recorded here."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "What to chart", primary="Record")
        self.primary.hide()
        self.primary.close_because("Choose what to chart.")
        self.buttons = {name: self._button(name) for name in SIGNS}
        self._earlier: frozenset[str] = frozenset()  # what is offered for a time that is not now
        self.body.add(Figures(self.buttons.values()))
        self.body.add_room()

    def offer_at(self, moment: datetime, timed: frozenset[str]) -> None:
        """What can be charted at an earlier time: the sheet chosen opens with that time in it."""
        self.heading.set_title(f"What to chart at {whole_time(moment, self.desk.now())}")
        self._earlier = timed
        self._offer(timed)

    def take_time(self, at: datetime | None) -> None:
        """It is opened for now: everything is offered."""
        del at
        self._earlier = frozenset()
        self.heading.set_title(self.form_title)
        self._offer(frozenset(self.buttons))

    def act(self, name: str) -> bool:
        """For an earlier time the keys of the sheets open them here, too, and not for now."""
        if name not in self._earlier or name not in self.buttons:
            return False
        self.opens.emit(name)
        return True

    def _offer(self, names: frozenset[str]) -> None:
        for name, button in self.buttons.items():
            button.setVisible(name in names)

    def _button(self, name: str) -> Button:
        words = BY_NAME[name].words
        made = Button(words, words=words, sign=SIGNS[name])
        made.set_words(words, sub=key_of(name))
        made.set_compact()
        made.set_left()
        made.clicked.connect(lambda: self.opens.emit(name))
        return made

    def show_visit(self, visit: Visit) -> None:
        """The key of each, and when it was charted last: nothing is entered twice."""
        for name, button in self.buttons.items():
            button.set_words(BY_NAME[name].words, sub=key_and_last(visit, name))

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """Nothing is recorded here.

        Raises:
            Refused: always.
        """
        del confirmed
        raise Refused("Choose what to chart.", rule="nothing chosen")

    def empty(self) -> None:
        """There is nothing to clear."""
