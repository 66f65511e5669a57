"""Imports what a visit needs while the nurse types her passphrase, a little at a time.

Each turn takes a few modules, so that a key never waits for all of them.
"""

from importlib import import_module
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from ui.sweeper import overlook

# From the inside out, so that none brings many others along; a test holds them to that.
TURNS: Final[tuple[str, ...]] = (
    "ui.forms.sheet",
    "ui.forms.type_again",
    "ui.forms.action_column",
    "ui.forms.access",
    "ui.forms.add",
    "ui.forms.addendum",
    "ui.forms.after_call",
    "ui.forms.answer",
    "ui.forms.answer_question",
    "ui.forms.arrival.kit",
    "ui.forms.bag_change",
    "ui.forms.adult",
    "ui.forms.allergies",
    "ui.forms.bag",
    "ui.forms.override",
    "ui.forms.review.history",
    "ui.forms.review.home_medicines",
    "ui.forms.started_already",
    "ui.forms.weight",
    "ui.forms.before_start",
    "ui.forms.bolus",
    "ui.forms.call",
    "ui.forms.order.more",
    "ui.forms.order.correct",
    "ui.forms.correct",
    "ui.forms.criterion",
    "ui.forms.drafts",
    "ui.forms.effect",
    "ui.forms.emergency_cause",
    "ui.forms.emergency_over",
    "ui.forms.explain",
    "ui.forms.fluid",
    "ui.forms.follow_up",
    "ui.forms.marks",
    "ui.forms.measure",
    "ui.forms.medicine",
    "ui.forms.no_ink",
    "ui.forms.not_done",
    "ui.forms.note",
    "ui.forms.other_ketamine",
    "ui.forms.patient_sheets",
    "ui.forms.pause",
    "ui.forms.rate",
    "ui.forms.release",
    "ui.forms.scales.sheet",
    "ui.forms.score",
    "ui.forms.strike_last",
    "ui.forms.vitals",
    "ui.forms.registry",
    "ui.screens.visit",
)


class Warming(QObject):
    """Begins at the first, and ends with the last of them or with the window."""

    over = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._left = list(TURNS)

    def begin(self) -> None:
        """The next of them, and the others in the turns to come."""
        if self._left:
            import_module(self._left.pop(0))
            QTimer.singleShot(0, self, self.begin)
        else:
            overlook()
            self.over.emit()
