"""Who the patient is: two identifiers, said and not read out to them."""

from typing import Literal

from ketachart.domain.facts import Fact, IdentityConfirmed
from ketachart.domain.telling.preparation import IDENTIFIERS
from ketachart.domain.visit import Visit
from ketachart.domain.wording import day
from ui.desk import Desk
from ui.forms.timed import TimedSheet, must_choose
from ui.widgets.choices import Choice, Choices
from ui.widgets.key_value import KeyValue, KeyValues
from ui.widgets.words import Words

Identifier = Literal["name", "birth-date", "mrn", "photo-id", "phone"]
IDENTIFIER_CODES: tuple[Identifier, ...] = ("name", "birth-date", "mrn", "photo-id", "phone")


class IdentitySheet(TimedSheet):
    """The identifiers that were compared, and who said them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Check who it is", records="Record identity")
        self._ask = Words(
            "Ask for name and birth date; do not read them out. The address is no identifier.",
            size="small",
            tone="muted",
        )
        self._on_file = KeyValues("On file")
        self._which = Choices(
            "Identifiers that agree",
            tuple(
                Choice(code, words[:1].upper() + words[1:], key=str(place))
                for place, (code, words) in enumerate(IDENTIFIERS.items(), start=1)
            ),
            columns=2,
            several=True,
        )
        self._which.set_label("Agree with the chart", hint="two or more")
        self._said_by = Choices(
            "Said by",
            (
                Choice("patient", "Patient", key="P"),
                Choice("responsible adult", "Adult", key="A"),
            ),
            columns=2,
        )
        self._said_by.set_label("Said by")
        self.add_fields((self._ask, self._on_file, self._which, self._said_by))
        self.place("identifiers", self._which)
        self.place("said_by", self._said_by)

    def show_visit(self, visit: Visit) -> None:
        """What the chart says, to compare."""
        patient = visit.patient
        if patient is not None:
            self._on_file.show_facts(
                (
                    KeyValue("Name", patient.full_name),
                    KeyValue("Birth date", day(patient.birth_date)),
                    KeyValue("MRN", patient.mrn),
                    KeyValue("Phone", patient.phone or "none on file"),
                )
            )

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The identifiers."""
        del confirmed
        said_by = must_choose(self._said_by, "Who said them: the patient, or the adult?", "said_by")
        agreed = set(self._which.chosen())
        return (
            IdentityConfirmed(
                at=self.when.moment(),
                identifiers=tuple(code for code in IDENTIFIER_CODES if code in agreed),
                said_by=said_by,
            ),
        )
