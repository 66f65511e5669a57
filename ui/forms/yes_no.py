"""A question with yes and no, neither of them chosen beforehand."""

from ketachart.errors import Refused
from ui.widgets.choices import Choice, Choices


class YesNo(Choices):
    """Y and N answer it; what is not answered is asked for and never taken for a no."""

    def __init__(self, name: str, *, yes: str = "Yes", no: str = "No") -> None:
        super().__init__(name, (Choice("yes", yes, key="Y"), Choice("no", no, key="N")), columns=2)
        self._name = name
        self.set_label(name)

    def answer(self, key: str) -> bool:
        """What was answered.

        Raises:
            Refused: nothing was; ``key`` names the fact's field.
        """
        chosen = self.chosen()
        if not chosen:
            raise Refused(f"{self._name}: yes or no?", rule=f"{key} missing", field=key)
        return chosen[0] == "yes"
