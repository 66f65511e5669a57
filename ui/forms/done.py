"""What was done that is charted in words: one press each, and the flow where oxygen was given."""

from decimal import Decimal

from ketachart.domain.protocol import Protocol
from ketachart.domain.typed import decimal_number
from ui import tokens
from ui.forms.lists import listed
from ui.forms.pathway import plain_measures
from ui.forms.reading import decimal
from ui.widgets.boxes import Column
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.choices import Choices, Shape
from ui.widgets.number_field import NumberField

_OXYGEN = "oxygen"


class Done(Column):
    """The measures that are thought of at a side effect, or all of them; each keeps its key."""

    def __init__(self, protocol: Protocol) -> None:
        super().__init__(gap=tokens.S2)
        self._protocol = protocol
        self._plain = plain_measures(protocol)
        self._effect, self._all = "", False
        self.measures = Choices(
            "What was done", listed(protocol, "measure"), columns=2, several=True, shape=Shape.PILL
        )
        self.measures.set_label("What was done", hint="one press each")
        self.measures.wrap_words()
        self.oxygen = NumberField(
            "Oxygen, litres a minute", label="Oxygen", unit="L/min", parse=decimal_number
        )
        self.more = Button("Something else was done", kind=Kind.QUIET)
        self.more.set_compact()
        for part in (self.measures, self.more, self.oxygen):
            self.add(part)
        self.measures.changed.connect(lambda _chosen: self._show())
        self.more.clicked.connect(self._show_all)
        self._show()

    def show_effect(self, effect: str) -> None:
        """Offers what is thought of at this side effect; the rest is one press away."""
        if effect != self._effect:
            self._effect, self._all = effect, False
        self._show()

    def flow(self) -> Decimal | None:
        """Litres a minute, where oxygen was given and the flow is told.

        Raises:
            Refused: it cannot be read.
        """
        if _OXYGEN not in self.measures.chosen():
            return None
        return decimal(self.oxygen, "Oxygen", "oxygen_l_min")

    def _show_all(self) -> None:
        self._all = True
        self._show()
        self.measures.setFocus()

    def _show(self) -> None:
        pathway = self._protocol.pathway(self._effect) if self._effect else None
        thought_of = tuple(code for code in self._plain if pathway is None or code in pathway.steps)
        few = bool(thought_of) and not self._all
        offered = thought_of if few else self._plain
        self.measures.show_only(*offered)
        self.more.setVisible(offered != self._plain)
        self.oxygen.setVisible(_OXYGEN in self.measures.chosen())
