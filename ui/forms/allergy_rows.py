"""Allergies of a new visit: each with its reaction, and whether they were asked today."""

from PySide6.QtCore import Signal

from ketachart.domain.facts import Allergy
from ketachart.errors import Refused
from ui import tokens
from ui.actions import key_of
from ui.forms.timed import must_choose
from ui.widgets.boxes import Column, Row
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.choices import Choice, Choices
from ui.widgets.field_grid import FieldGrid
from ui.widgets.keeping import Kept
from ui.widgets.tabs import tab_after
from ui.widgets.text_field import TextField


class AllergyRows(Column, Kept):
    """A row left empty counts for nothing; “asked today” is always the nurse's own press."""

    changed = Signal()

    def __init__(self, *, at_clinic: bool = False) -> None:
        """``at_clinic``: nobody is asked today, what the referral says is passed on."""
        super().__init__(gap=tokens.S3)
        self._ask = (
            "Say which allergies are known to the clinic, or that none are."
            if at_clinic
            else "Ask about allergies today, then say which."
        )
        how = "as referred" if at_clinic else "asked today"
        self._rows: list[tuple[TextField, TextField]] = []
        self._list = Column(gap=tokens.S3)
        self._more()
        add = Button("Add an allergy", sign="plus", key=key_of("add-allergy"), kind=Kind.QUIET)
        add.clicked.connect(self.add_row)
        line = Row()
        line.add(add)
        line.add_room()
        self.asked = Choices(
            f"Allergies, {how}",
            (
                Choice("listed", f"These, {how}"),
                Choice("none", f"No known allergies, {how}"),
            ),
            columns=2,
        )
        self.asked.wrap_words()
        for part in (self._list, line, self.asked):
            self.add(part)

    def _more(self) -> TextField:
        place = len(self._rows) + 1
        substance = TextField(f"Allergy {place}, substance", label="Allergic to")
        reaction = TextField(f"Allergy {place}, reaction", label="What happened")
        self._list.add(FieldGrid(substance, reaction))
        if self._rows:
            tab_after(self._rows[-1][1], substance, reaction)
        self._rows.append((substance, reaction))
        for field in (substance, reaction):
            field.typed.connect(lambda _text: self.changed.emit())
        return substance

    def add_row(self) -> None:
        """One more row, and the focus in it; an empty one at the end is used first."""
        last, _ = self._rows[-1]
        (last if not last.text().strip() else self._more()).setFocus()

    def listed(self) -> tuple[Allergy, ...]:
        """What stands in the rows.

        Raises:
            Refused: a reaction stands there without its substance.
        """
        found = []
        for substance, reaction in self._rows:
            what, did = substance.text().strip(), reaction.text().strip()
            if did and not what:
                raise Refused(
                    f"What is the patient allergic to, that did “{did}”?",
                    rule="substance missing",
                    field="substance",
                )
            if what:
                found.append(Allergy(substance=what, reaction=did))
        return tuple(found)

    def texts(self) -> str:
        """Everything that is typed in the rows, to see whether it was changed by hand."""
        return "\n".join(field.text() for row in self._rows for field in row).strip("\n")

    def kept(self) -> object:
        """What stands in the rows, and what was answered."""
        rows = [[field.text() for field in row] for row in self._rows]
        return {"rows": rows, "asked": self.asked.kept()}

    def take_back(self, kept: object) -> None:
        """The rows as they stood, with as many as there were."""
        told = kept if isinstance(kept, dict) else {}
        while len(self._rows) < len(told.get("rows", ())):
            self._more()
        for row, texts in zip(self._rows, told.get("rows", ()), strict=False):
            for field, text in zip(row, texts, strict=True):
                field.set_text(text)
        self.asked.take_back(told.get("asked"))

    def kept_name(self) -> str:
        """One list in a form."""
        return "Allergies"

    def show_known(self, allergies: tuple[Allergy, ...]) -> None:
        """Fill in what is on file; whether it was asked today stays open."""
        while len(self._rows) < len(allergies):
            self._more()
        blank = Allergy(substance="", reaction="")
        wanted = (*allergies, *(blank,) * (len(self._rows) - len(allergies)))
        for (substance, reaction), allergy in zip(self._rows, wanted, strict=True):
            substance.set_text(allergy.substance)
            reaction.set_text(allergy.reaction)

    def answer(self) -> tuple[tuple[Allergy, ...], bool]:
        """The allergies, and whether none are known; one or the other, asked today.

        Raises:
            Refused: it was not asked, or the two contradict each other.
        """
        allergies = self.listed()
        asked = must_choose(self.asked, self._ask, "allergies")
        if asked == "none" and allergies:
            raise Refused(
                "Allergies are listed, and “no known allergies” is chosen. Which is true?",
                rule="allergies contradict",
                field="allergies",
            )
        if asked == "listed" and not allergies:
            raise Refused(
                "No allergy is listed. Write it down, or choose “no known allergies”.",
                rule="allergies missing",
                field="substance",
            )
        return allergies, asked == "none"

    def first(self) -> TextField:
        """The first substance, where a refusal points."""
        return self._rows[0][0]
