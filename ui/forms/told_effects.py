"""Side effects that were told after the visit: one after the other, each with its grade."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ketachart.domain.facts import EffectAfter
from ketachart.domain.protocol import Protocol
from ketachart.domain.wording import listed
from ketachart.errors import Refused
from ui.forms.lists import steps
from ui.forms.timed import one
from ui.widgets.buttons import Button
from ui.widgets.choices import Choice, Choices
from ui.widgets.keeping import Kept
from ui.widgets.picker import Picker
from ui.widgets.words import Words


class ToldEffects(QWidget, Kept):
    """Pick one, grade it, add it; what was picked last is added with the sheet."""

    def __init__(self, protocol: Protocol) -> None:
        super().__init__()
        self._protocol = protocol
        self._told: tuple[EffectAfter, ...] = ()
        self.which = Picker(
            "Side effect since",
            tuple(Choice(c.code, c.label) for c in protocol.listed("effect")),
            label="Side effects since",
            own_words="Choose one of the list; other words belong into the note.",
        )
        self.which.wait_for_letters()
        self.grade = Choices("Grade of it", steps(protocol, "grade"), columns=2)
        self.grade.set_label("Grade", hint="0 is gone since")
        self.grade.wrap_words()
        self.more = Button("Add another side effect", sign="plus")
        self.more.clicked.connect(self._take)
        self._words = Words(size="small")
        self._drop = Button("Take the last one out", sign="x")
        self._drop.clicked.connect(self._take_out)
        line = QVBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        for part in (self.which, self.grade, self.more, self._words, self._drop):
            line.addWidget(part)
        self.setFocusProxy(self.which)
        self.which.changed.connect(lambda _value: self._show())
        self._show()

    def told(self) -> tuple[EffectAfter, ...]:
        """Every side effect that was told, the one in the fields among them.

        Raises:
            Refused: one has no grade.
        """
        if not self.which.value():
            return self._told
        if not one(self.grade):
            raise Refused("How grave was it?", rule="grade missing", field="effects")
        return (*self._told, EffectAfter(effect=self.which.value(), grade=int(one(self.grade))))

    def kept(self) -> object:
        """What was added, and what stands in the fields."""
        added = [[told.effect, told.grade] for told in self._told]
        return {"added": added, "which": self.which.kept(), "grade": self.grade.kept()}

    def take_back(self, kept: object) -> None:
        """The same as it was."""
        told = kept if isinstance(kept, dict) else {}
        self._told = tuple(
            EffectAfter(effect=str(effect), grade=int(grade))
            for effect, grade in told.get("added", ())
        )
        self.which.take_back(told.get("which", ""))
        self.grade.take_back(told.get("grade"))
        self._show()

    def kept_name(self) -> str:
        """One of a form."""
        return "Side effects told"

    def clear(self) -> None:
        """Nothing was told."""
        self._told = ()
        self._clear_fields()

    def _take(self) -> None:
        if self.which.value() and one(self.grade):
            self._told = self.told()
            self._clear_fields()
            self.which.setFocus()
        else:
            (self.grade if self.which.value() else self.which).setFocus()

    def _take_out(self) -> None:
        self._told = self._told[:-1]
        self._show()
        self.which.setFocus()

    def _clear_fields(self) -> None:
        self.which.clear()
        self.grade.choose()
        self._show()

    def _show(self) -> None:
        names = [
            f"{self._protocol.label('effect', told.effect).lower()} grade {told.grade}"
            for told in self._told
        ]
        self._words.setText(f"Told: {listed(names)}")
        for part in (self._words, self._drop):
            part.setVisible(bool(self._told))
        for field in (self.grade, self.more):
            field.setVisible(bool(self.which.value()))
