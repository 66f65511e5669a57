"""What pages that are gone through one after the other share: their rail, and their foot."""

from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QWidget

from ui import tokens
from ui.widgets.boxes import Column, Row
from ui.widgets.stepper import Step, Stepper, StepState
from ui.widgets.words import Words


class StepRail(Column):
    """The steps, each as its code, its words and a small line, and what is safe all the while."""

    def __init__(
        self, title: str, name: str, steps: Sequence[tuple[str, str, str]], *, safe: str
    ) -> None:
        super().__init__(gap=tokens.S3, inset=tokens.S6)
        self._steps = tuple(steps)
        self._stepper = Stepper(name)
        self.add(Words(title, size="h2", weight=tokens.SEMIBOLD))
        self.add(self._stepper)
        self.add_room()
        self.add(Words(safe, size="small", tone="muted"))

    def show_step(self, here: int) -> None:
        """Where one is, counted from 0."""
        states = (StepState.DONE, StepState.NOW, StepState.LATER)
        self._stepper.show_steps(
            tuple(
                Step(*words, states[(place >= here) + (place > here)])
                for place, words in enumerate(self._steps)
            )
        )


def over_foot(pages: Iterable[QWidget], way_back: QWidget, primary: QWidget) -> Column:
    """The pages, of which one shows, with the way back and the main button at the bottom."""
    made = Column(gap=tokens.S4, inset=tokens.S6)
    for page in pages:
        made.add(page)
    made.add_room()
    foot = Row(gap=tokens.S4)
    foot.add(way_back)
    foot.add(primary, stretch=1)
    made.add(foot)
    return made
