"""What is thought of at a side effect: its usual order, the next look, and the sheets it leads to.

Nothing here proposes a dose. What is done at the pump, by phone or with a medicine has its own
sheet, which one press opens for this side effect.
"""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ketachart.domain.infusion import delivery
from ketachart.domain.protocol import Protocol
from ketachart.domain.visit import Visit
from ketachart.domain.wording import listed
from ui import tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.theme import Look
from ui.widgets.boxes import Column
from ui.widgets.buttons import Button
from ui.widgets.flow import EvenGrid
from ui.widgets.together import laid_out_once
from ui.widgets.words import Words

# Measures that are more than words: the sheet that charts each, what its button says, its sign.
SHEETS: Final[dict[str, tuple[str, str, str]]] = {
    "slowed": ("rate", "Lower the rate…", "gauge"),
    "paused": ("pause", "Pause…", "pause"),
    "stopped": ("stop", "Stop…", "square"),
    "medicine": ("medicine", "Medicine…", "pill"),
    "fluids": ("fluid", "Fluid…", "droplet"),
    "called": ("call", "Call…", "phone"),
    "emergency": ("emergency", "Emergency…", "siren"),
}
_USUAL: Final = ("slowed", "paused", "medicine", "called")  # where the protocol names no steps
_NEEDS: Final = {
    "slowed": ("running",),
    "paused": ("running",),
    "stopped": ("running", "paused"),
}


def plain_measures(protocol: Protocol) -> tuple[str, ...]:
    """The measures that are charted in words, at once."""
    return tuple(c.code for c in protocol.listed("measure") if c.code not in SHEETS)


class PathwayPart(Column):
    """The protocol's line about one side effect, and a button for each sheet it leads to."""

    sheet_wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        self._grid = EvenGrid(2)
        super().__init__(gap=tokens.S2)
        self._desk = desk
        self._told = Words(size="small", tone="muted")
        self._buttons: dict[str, Button] = {}
        self._inside = QWidget()
        self._inside.setLayout(self._grid)
        for code, (sheet, words, sign) in SHEETS.items():
            button = Button(words, sign=sign, key=key_of(sheet))
            button.set_compact()
            button.clicked.connect(lambda _on=False, sheet=sheet: self.sheet_wanted.emit(sheet))
            self._buttons[code] = button
            self._grid.add(button)
        self.add(self._told)
        self.add(self._inside)
        self.show_effect("")

    def dress(self, look: Look) -> None:
        """Scale the gaps."""
        super().dress(look)
        self._grid.set_gaps(look.px(tokens.S2), look.px(tokens.S2))

    def show_effect(self, effect: str) -> None:
        """What is thought of at this one; the usual acts where the protocol is silent."""
        visit = self._desk.visit
        pathway = visit.protocol.pathway(effect) if effect else None
        steps = pathway.steps if pathway is not None else _USUAL
        state = delivery(visit, self._desk.now()).state
        with laid_out_once(self), laid_out_once(self._inside):
            for code, button in self._buttons.items():
                button.setVisible(code in steps and state in _NEEDS.get(code, (state,)))
            self._told.setText(_told(visit, effect))
            self._told.setVisible(bool(self._told.text()))


def _told(visit: Visit, effect: str) -> str:
    """“Usual: reassured, position changed. Look again in 15 min. Call from grade 3. Source: …”."""
    pathway = visit.protocol.pathway(effect) if effect else None
    if pathway is None:
        return ""
    steps = [visit.protocol.label("measure", code).lower() for code in pathway.steps]
    cited = visit.protocol.cited(pathway.source).short
    return (
        f"Thought of: {listed(steps)}. Look again after {pathway.recheck_min} min; "
        f"the prescriber is called from grade {pathway.call_from_grade} ({cited})."
    )
