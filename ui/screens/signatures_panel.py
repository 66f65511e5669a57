"""Who signs the instructions: the patient and the adult, one below the other, and the way on."""

from typing import Final

from PySide6.QtCore import Signal

from ketachart.domain.visit import Visit
from ketachart.domain.wording import listed
from ui import tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.forms.ink import InkBox
from ui.forms.people import SIGNERS, Signer
from ui.theme import Look
from ui.widgets.boxes import Column, Rule, Scroller
from ui.widgets.card import Card, Heading
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.words import Words

_WHO: Final[dict[Signer, str]] = {"patient": "the patient", "adult": "the adult"}


class SignaturesPanel(Card):
    """Nothing here stops the visit: what is missing is said before signing."""

    sheet_wanted = Signal(str)
    declining = Signal(str)  # who cannot or will not sign
    go_on = Signal()

    def __init__(self, desk: Desk) -> None:
        self._body = Column(gap=tokens.S3)
        super().__init__("Signatures", inset=tokens.S3)
        self.boxes: dict[Signer, InkBox] = {role: InkBox(desk, role) for role in SIGNERS}
        self._missing = Words(size="small", tone="muted")
        self.primary = PrimaryButton("Done, go to Sign", key=key_of("primary"))
        for place, box in enumerate(self.boxes.values()):
            if place:
                self._body.add(Rule())
            self._body.add(box)
            box.declining.connect(self.declining)
            box.recorded.connect(self._to_next)
            box.naming.connect(lambda: self.sheet_wanted.emit("adult"))
        self._body.add_room()
        self.add(Heading("Signatures"))
        self.add(Scroller("Signatures", self._body), stretch=1)
        self.add(self._missing)
        self.add(self.primary)
        self.primary.clicked.connect(self.go_on)

    def dress(self, look: Look) -> None:
        """The ink never stands against the scroll bar."""
        super().dress(look)
        self._body.setContentsMargins(0, 0, look.px(tokens.S1), 0)

    def show_visit(self, visit: Visit) -> None:
        """Who signed, and who is still missing."""
        for box in self.boxes.values():
            box.show_visit(visit)
        left = [role for role, box in self.boxes.items() if not box.is_settled()]
        for role, box in self.boxes.items():
            box.print_key(acts=left[:1] == [role])
        self._missing.setText(
            f"Not signed yet: {listed([_WHO[role] for role in left])}."
            if left
            else "Every signature or reason is there."
        )

    def _to_next(self) -> None:
        """After one has signed: to the other's, or to the way on."""
        left = [box for box in self.boxes.values() if not box.is_settled()]
        (left[0].cannot if left else self.primary).setFocus()

    def commit(self) -> bool:
        """Records the ink of the first pad that has any; False where none has."""
        return any(box.commit() for box in self.boxes.values())

    def decline(self) -> None:
        """Asks why the first one who has not signed does not."""
        for role, box in self.boxes.items():
            if not box.is_settled():
                self.declining.emit(role)
                return
