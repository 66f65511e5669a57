"""All that can be charted at any time, each with its key; press one, and its sheet opens."""

from typing import Final

from ketachart.domain.facts import Fact
from ketachart.errors import Refused
from ui.actions import BY_NAME, key_of
from ui.desk import Desk
from ui.forms.figures import Figures
from ui.forms.sheet import Sheet
from ui.widgets.buttons import Button

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
        self.body.add(Figures(self.buttons.values()))
        self.body.add_room()

    def _button(self, name: str) -> Button:
        words = BY_NAME[name].words
        made = Button(words, words=words, sign=SIGNS[name])
        made.set_words(words, sub=key_of(name))
        made.set_compact()
        made.set_left()
        made.clicked.connect(lambda: self.opens.emit(name))
        return made

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """Nothing is recorded here.

        Raises:
            Refused: always.
        """
        del confirmed
        raise Refused("Choose what to chart.", rule="nothing chosen")

    def empty(self) -> None:
        """There is nothing to clear."""
