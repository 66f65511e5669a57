"""The steps of something that takes several pages, at its left, and what is safe all the while."""

from collections.abc import Sequence

from ui import tokens
from ui.widgets.boxes import Column
from ui.widgets.stepper import Step, Stepper, StepState
from ui.widgets.words import Words


class StepRail(Column):
    """Each step as its code, its words and a small line; one is the present one."""

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
