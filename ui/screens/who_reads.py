"""Who reads the pump: a second person, or the nurse alone after a wait."""

from PySide6.QtCore import Signal

from ui import tokens
from ui.screens.pump_reading import Reader
from ui.widgets.boxes import Column
from ui.widgets.choices import Choice, Choices
from ui.widgets.text_field import TextField


class WhoReads(Column):
    """Nobody is chosen beforehand; a second person has a name."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(gap=tokens.S2)
        self.choices = Choices(
            "Who reads the pump",
            (
                Choice("second-person", "Second person", sub="reads aloud, you type", key="S"),
                Choice("same-nurse", "You alone", sub="a minute after hiding, noted", key="A"),
            ),
            columns=1,
        )
        self.choices.set_label("Who reads the pump")
        self.name = TextField("Name of the second person", label="Their name")
        self.add(self.choices)
        self.add(self.name)
        self.choices.changed.connect(lambda _chosen: self._tell())
        self.name.typed.connect(lambda _text: self.changed.emit())
        self._tell()

    def _tell(self) -> None:
        self.name.setVisible(self.reader() == "second-person")
        self.changed.emit()

    def reader(self) -> Reader | None:
        """Who was chosen; None while nobody is."""
        chosen = self.choices.chosen()
        if not chosen:
            return None
        return "second-person" if chosen[0] == "second-person" else "same-nurse"

    def reader_name(self) -> str:
        """The second person's name; empty for the nurse."""
        return self.name.text().strip() if self.reader() == "second-person" else ""

    def missing(self) -> str:
        """What has to be said before the numbers are hidden; empty where nothing has."""
        if self.reader() is None:
            return "Choose who reads the pump"
        if self.reader() == "second-person" and not self.reader_name():
            return "Write the second person's name"
        return ""

    def take_focus(self) -> None:
        """To what is missing."""
        if self.reader() == "second-person":
            self.name.setFocus()
        else:
            self.choices.setFocus()
