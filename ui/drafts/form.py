"""What a form says of itself, so that what is typed in it can be kept and put back."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ui.widgets.keeping import Fields

IN_PHASE = "phase/"
"""So begins the name of a form that is no sheet, but stands in a phase of the visit."""


class Drafted:
    """A form whose fields are kept while they are typed; one without a name is not."""

    draft_name = ""  # the name by which it is opened again
    form_title = ""  # what the nurse calls it
    _act = ""

    def form_root(self) -> QWidget:
        """What holds the fields."""
        raise NotImplementedError

    def form_stream(self) -> str:
        """The visit that it belongs to; empty for none."""
        return ""

    def kept_inside(self) -> Fields:
        """What is to be kept beside the fields: which row, which question it is about."""
        return {}

    def take_back_inside(self, kept: Fields) -> None:
        """The same as it was; called before the fields are put back."""
        del kept

    def taken_back(self) -> None:
        """Every field stands as it was: renew what follows from them."""

    def form_act(self, new: Callable[[], str]) -> str:
        """The id under which it will be recorded; it has one from the first letter on."""
        self._act = self._act or new()
        return self._act

    def take_act(self, act: str) -> None:
        """The id of before, so that the same form is never charted twice."""
        self._act = act
