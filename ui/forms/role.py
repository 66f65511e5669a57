"""What a person does here: chart visits, or also change the clinic's protocol."""

from typing import Literal

from ketachart.errors import Refused
from ui.widgets.choices import Choice, Choices

Role = Literal["nurse", "supervisor"]


class RoleChoice(Choices):
    """Nurse, or supervisor; neither is chosen beforehand."""

    def __init__(self) -> None:
        super().__init__(
            "What you do here",
            (
                Choice("nurse", "Nurse", sub="charts visits", key="1"),
                Choice("supervisor", "Supervisor", sub="also changes the protocol", key="2"),
            ),
            columns=2,
        )
        self.set_label("What do you do here?", hint="limits change only by a supervisor")
        self.wrap_words()

    def role(self) -> Role:
        """What was chosen.

        Raises:
            Refused: nothing was.
        """
        match self.chosen():
            case ("nurse",):
                return "nurse"
            case ("supervisor",):
                return "supervisor"
            case _:
                raise Refused(
                    "Say what you do here: nurse, or supervisor who may change the protocol.",
                    rule="role missing",
                    field="role",
                )
