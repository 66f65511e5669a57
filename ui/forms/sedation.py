"""How awake the patient is, by RASS or, where the nurse turns to it, by the MOAA/S."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ketachart.domain.facts import VitalsTaken
from ketachart.domain.visit import Visit
from ketachart.domain.wording import signed
from ui import tokens
from ui.desk import Desk
from ui.forms.timed import one
from ui.widgets.boxes import Column
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.choices import Choice, Choices
from ui.widgets.keeping import Kept
from ui.widgets.signed_choices import SignedChoices

RASS: Final = tuple(range(4, -6, -1))
COMMON_RASS: Final = tuple(str(step) for step in (2, 1, 0, -1, -2, -3))
MOAAS: Final = tuple(range(5, -1, -1))
_OTHER: Final = {"rass": "MOAA/S in place of RASS", "moaas": "RASS in place of MOAA/S"}


class Sedation(Column, Kept):
    """One of the two scales; M turns to the other, and the visit goes on with it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(gap=tokens.S2)
        self._desk = desk
        self._turned = ""  # what the nurse turned to; before that the last set decides
        self._last: VitalsTaken | None = None
        self.rass = SignedChoices(
            "Sedation, RASS",
            tuple(Choice(str(step), signed(step)) for step in RASS),
            common=COMMON_RASS,
            columns=6,
        )
        self.moaas = SignedChoices(
            "Alertness, MOAA/S",
            tuple(Choice(str(step), str(step)) for step in MOAAS),
            common=tuple(str(step) for step in MOAAS),
            columns=6,
        )
        self.other = Button("The other scale of sedation", words="", key="M", kind=Kind.QUIET)
        self.other.clicked.connect(self.turn)
        for choices in (self.rass, self.moaas):
            choices.changed.connect(lambda _chosen: self._tell())
            self.add(choices)
        self._show_one()

    @property
    def scale(self) -> str:
        """The scale that is asked."""
        if self._turned or self._last is None:
            return self._turned or "rass"
        return "moaas" if self._last.rass is None else "rass"

    def turn(self) -> None:
        """To the other scale; what was chosen on this one is taken back."""
        if "moaas" not in {sign.code for sign in self._desk.visit.protocol.signs}:
            return
        self._shown().choose()
        self._turned = "moaas" if self.scale == "rass" else "rass"
        self._show_one()
        self._shown().setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """M turns to the other scale; figures are the choices' own."""
        if event.key() == Qt.Key.Key_M and not event.modifiers():
            self.turn()
        else:
            super().keyPressEvent(event)

    def show_visit(self, visit: Visit) -> None:
        """What it was, by which scale."""
        self._last = next(
            (
                fact
                for fact in reversed(visit.facts(VitalsTaken))
                if fact.rass is not None or fact.moaas is not None
            ),
            None,
        )
        self._show_one()

    def measured(self) -> tuple[int | None, int | None]:
        """RASS and MOAA/S; None for what was not chosen."""
        rass, moaas = one(self.rass), one(self.moaas)
        return (int(rass) if rass else None, int(moaas) if moaas else None)

    def kept(self) -> object:
        """What was chosen on the scale that shows."""
        chosen = one(self._shown())
        return {"scale": self.scale, "chosen": chosen} if chosen or self._turned else ""

    def take_back(self, kept: object) -> None:
        """On the scale that it was chosen on."""
        told = kept if isinstance(kept, dict) else {}
        self._turned = str(told.get("scale", ""))
        self._show_one()
        self._shown().take_back(list(filter(None, [told.get("chosen", "")])))
        if isinstance(self._shown(), SignedChoices):
            self.rass.show_common() if self._shown() is self.rass else self.moaas.show_common()

    def kept_name(self) -> str:
        """One of a form."""
        return "Sedation"

    def _shown(self) -> Choices:
        return self.moaas if self.scale == "moaas" else self.rass

    def _show_one(self) -> None:
        shown = self._shown()
        for choices in (self.rass, self.moaas):
            choices.setVisible(choices is shown)
        self.setFocusProxy(shown)
        self.other.set_words(_OTHER[self.scale])
        self._tell()

    def _tell(self) -> None:
        protocol, scale = self._desk.visit.protocol, self.scale
        chosen = one(self._shown())
        hint = protocol.step(scale, int(chosen)) if chosen else ""
        last = getattr(self._last, scale) if self._last is not None else None
        if not hint and last is not None:
            was = signed(last) if scale == "rass" else str(last)
            hint = f"was {was}, {protocol.step(scale, last)}".removesuffix(", ")
        label = "Sedation (RASS)" if scale == "rass" else "Alertness (MOAA/S)"
        self._shown().set_label(label, hint=hint)
