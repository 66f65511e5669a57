"""Why somebody did not sign; the reason prints in the place of the signature."""

from ketachart.domain.facts import Fact, InkDeclined
from ketachart.domain.telling.closing import ROLES
from ketachart.domain.visit import Visit
from ketachart.errors import Refused
from ui.desk import Desk
from ui.forms.lists import listed
from ui.forms.people import SIGNERS, Signer, name_of
from ui.forms.timed import TimedSheet, must_choose, one
from ui.widgets.choices import Choice, Choices
from ui.widgets.text_field import NoteField
from ui.widgets.words import Words


class NoInkSheet(TimedSheet):
    """Who, a reason of the protocol's list, own words; it never stops the visit."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Cannot or refuses to sign", records="Record no signature")
        self.who = Choices(
            "Who does not sign",
            tuple(Choice(role, ROLES[role], key=str(n)) for n, role in enumerate(SIGNERS, start=1)),
            columns=2,
        )
        self.who.set_label("Who")
        self.reason = Choices("Reason", listed(desk.visit.protocol, "no-ink"), columns=2)
        self.reason.set_label("Reason")
        self.note = NoteField("In their own words", label="In their own words", lines=2)
        self.note.set_hint("optional")
        says = Words(
            "The reason prints in place of the signature. It does not stop the visit.",
            size="small",
            tone="muted",
        )
        self.add_fields((self.who, self.reason, self.note, says))
        self.place("role", self.who)
        self.place("reason", self.reason)
        self.who.changed.connect(lambda _chosen: self._tell_name(desk.visit))

    def about(self, role: Signer) -> None:
        """Who it is about; what was typed about another is cleared."""
        if one(self.who) not in {role, ""}:
            self.empty()
        self.who.choose(role)
        self._tell_name(self.desk.visit)

    def begin(self) -> None:
        """To the reason, where it is known who."""
        (self.reason if self.who.chosen() else self.who).setFocus()

    def show_visit(self, visit: Visit) -> None:
        """The name of who is meant."""
        self._tell_name(visit)

    def _tell_name(self, visit: Visit) -> None:
        role = self._role()
        self.who.set_label("Who", hint=name_of(visit, role) if role else "")

    def _role(self) -> Signer | None:
        return next((role for role in SIGNERS if role == one(self.who)), None)

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """No signature, and why.

        Raises:
            Refused: it is not said who, or why.
        """
        del confirmed
        role = self._role()
        if role is None:
            raise Refused("Who does not sign?", rule="role missing", field="role")
        words = self.note.text().strip()
        code = (
            one(self.reason)
            if words
            else must_choose(
                self.reason, "Choose a reason, or write it in their own words.", "reason"
            )
        )
        label = self.desk.visit.protocol.label("no-ink", code) if code else ""
        return (
            InkDeclined(
                at=self.when.moment(),
                role=role,
                name=name_of(self.desk.visit, role),
                reason=": ".join(filter(None, (label, words))),
            ),
        )
