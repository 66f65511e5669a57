"""The symptoms beside the pain, before the start and again at the end, by single keys."""

from typing import Any, Final, cast

from ketachart.domain.course import started_at
from ketachart.domain.facts import Fact, SymptomsNoted
from ketachart.domain.review.history import symptoms_before
from ketachart.domain.visit import Visit
from ketachart.errors import Refused
from ui.desk import Desk
from ui.forms.timed import TimedSheet, one
from ui.widgets.choices import Choice, Choices
from ui.widgets.text_field import TextField

_GRADES: Final = (
    Choice("none", "None", key="0"),
    Choice("mild", "Mild", key="1"),
    Choice("moderate", "Moderate", key="2"),
    Choice("severe", "Severe", key="3"),
)
_YES_NO: Final = (Choice("yes", "Yes", key="Y"), Choice("no", "No", key="N"))
_QUESTIONS: Final = (
    ("light", "Sensitive to light", _GRADES),
    ("sound", "Sensitive to sound", _GRADES),
    ("vomiting", "Vomiting now", _YES_NO),
    ("aura", "Aura now", _YES_NO),
)
_SAID: Final = {True: "yes", False: "no"}


class SymptomsSheet(TimedSheet):
    """Nothing is chosen beforehand; what it was before the start stands beside, never copied."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Symptoms", records="Record symptoms")
        self.asked = {
            key: Choices(label, choices, columns=len(choices)) for key, label, choices in _QUESTIONS
        }
        self.note = TextField("How the patient feels", label="In the patient's words")
        self.note.set_hint("clarity, work, sleep")
        for choices in self.asked.values():
            choices.wrap_words()
        self.add_fields((*self.asked.values(), self.note))
        for key, choices in self.asked.items():
            self.place(key, choices)
        self.show_visit(desk.visit)

    def show_visit(self, visit: Visit) -> None:
        """Once it runs, what was noted before the start stands beside each question."""
        before = symptoms_before(visit) if started_at(visit) is not None else None
        for key, label, _choices in _QUESTIONS:
            was = getattr(before.fact, key) if before is not None else None
            words = _SAID[was] if isinstance(was, bool) else was
            self.asked[key].set_label(label, hint=f"before: {words}" if words else "")

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The symptoms as they are now.

        Raises:
            Refused: nothing was asked.
        """
        del confirmed
        said = {key: one(choices) for key, choices in self.asked.items()}
        note = self.note.text().strip()
        if not any(said.values()) and not note:
            raise Refused("Ask about the symptoms first.", rule="empty symptoms", field="light")
        yes_no: dict[str, bool | None] = {
            key: said[key] == "yes" if said[key] else None for key in ("vomiting", "aura")
        }
        return (
            SymptomsNoted(
                at=self.when.moment(),
                light=cast(Any, said["light"] or None),
                sound=cast(Any, said["sound"] or None),
                vomiting=yes_no["vomiting"],
                aura=yes_no["aura"],
                note=note,
            ),
        )
