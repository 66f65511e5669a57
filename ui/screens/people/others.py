"""What a supervisor does about others: lets them in, gives them a certificate, shuts them out."""

from typing import TYPE_CHECKING, Final, cast, get_args

from ketachart.domain.facts.safekeeping import WhyShutOut
from ketachart.domain.wording import day
from ketachart.errors import Refused
from ui import tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.forms.founding import NursePage
from ui.screens.people.secret import NewSecret
from ui.screens.people.sheet import TaskSheet, Work
from ui.widgets.boxes import Column, Rule
from ui.widgets.choices import Choice, Choices
from ui.widgets.field import LineField
from ui.widgets.text_field import TextField
from ui.widgets.words import Words
from ui.workers import Job

if TYPE_CHECKING:
    from ketachart.charting.certifying import Made
    from ketachart.charting.people import PersonRow
    from ketachart.charting.people_tasks import Admitted

_SUBS: Final[dict[WhyShutOut, str]] = {
    "left the clinic": "does not work here any more",
    "passphrase known to others": "let them in again with another one",
    "enrolled in error": "should never have been let in",
}
_ASKS_CLINIC: Final = (
    "To sign, they ask the clinic: once unlocked, under Certificates ({key}). Charting goes on "
    "meanwhile."
)
_PRIVATE: Final = (
    "They choose and type the passphrase themselves, while nobody looks on. You need not know it, "
    "and cannot read it later."
)
_ISSUE: Final = "To sign, they need a certificate: choose them here and press Give a certificate."


class AdmitSheet(TaskSheet):
    """Licence and role as at first start; the person types the own passphrase in private."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            "Let somebody in",
            means="This person unlocks this laptop from then on, with a passphrase of their own. "
            "Name and licence stand on the charts that they sign.",
            does="Let this person in",
        )
        self.page = NursePage(desk)
        self.page.ask_for_another()
        self.secret = NewSecret(desk, "Their passphrase", about=self._about)
        self.page.done.connect(self.secret.first.setFocus)
        lines = dict(self.page.fields())
        secret = {"passphrase": self.secret.first, "again": self.secret.again}
        turned = Column(gap=tokens.S1)
        turned.add(Words("Now turn the laptop over to them", weight=tokens.SEMIBOLD))
        turned.add(Words(_PRIVATE, size="small", tone="muted"))
        self.take(self.page, Rule(), turned, self.secret, fields={**lines, **secret})

    def _about(self) -> tuple[str, ...]:
        typed = [f.text() for f in self.page.fields().values() if isinstance(f, LineField)]
        return (*typed, self.desk.office.clinic.name)

    def put_in(self, person: "PersonRow") -> None:
        """Somebody who was known before: what is on file of them."""
        expires = person.licence_expires
        texts = {
            "name": person.name,
            "credential": person.credential,
            "licence": person.licence,
            "licence_state": person.licence_state,
            "licence_expires": day(expires) if expires else "",
            "staff_id": person.staff_id,
        }
        for key, text in texts.items():
            field = self.page.field(key)
            if isinstance(field, LineField):
                field.set_text(text)

    def missing(self) -> str:
        """The licence is judged by the register; only what it cannot see is asked here."""
        return self.secret.missing()

    def begin(self) -> Work:
        """Locks the ledger's key under the new person's passphrase."""
        from ketachart.charting.people import NewPerson

        nurse = self.page.fact(self.desk.now())
        new = NewPerson(nurse, self.secret.secret())
        task = self.desk.keeping.people.admit(new)
        return lambda job: task.work(job.say)

    def keep(self, made: object) -> str:
        """In the book, and then in the keyring."""
        admitted = cast("Admitted", made)
        self.desk.keep_safe(lambda keeping: keeping.people.finish_admit(admitted))
        here = self.desk.certificates.holds_authority
        then = _ISSUE if here else _ASKS_CLINIC.format(key=key_of("certificates"))
        return f"{admitted.nurse.name} may unlock this laptop.\n{then}"

    def forget(self) -> None:
        """For the next person."""
        self.secret.forget()
        super().forget()


class IssueSheet(TaskSheet):
    """A certificate for somebody of this ledger, where the clinic's authority is."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            "Give a certificate",
            means="A key to sign with is made for this person, and a certificate for it.",
            does="Issue the certificate",
        )
        self._person: PersonRow | None = None
        self.authority = TextField("The authority's passphrase", label="The authority's passphrase")
        self.own = TextField(
            "Their own passphrase, typed by them",
            label="Their own passphrase: let them type it, and look away",
        )
        for field in (self.authority, self.own):
            field.hide_letters()
            field.keep_lines(1)
        self.take(self.authority, self.own, fields={"authority": self.authority, "own": self.own})

    def show_person(self, person: "PersonRow") -> None:
        """For whom."""
        self._person = person
        self.heading.set_title(f"A certificate for {person.name}")

    def missing(self) -> str:
        """Both passphrases."""
        if not self.authority.text():
            return "Type the authority's passphrase"
        return "" if self.own.text() else "Have them type their own"

    def waits(self) -> int:
        """After wrong guesses at the person's own."""
        return self.desk.seconds_to_wait(self._person.staff_id) if self._person else 0

    def begin(self) -> Work:
        """The person's passphrase is proved first: a key that nobody opens is of no use."""
        from ketachart import charting

        person = self._person
        if person is None:
            raise Refused("Choose who it is for.", rule="nobody chosen")
        desk, own = self.desk, self.own.text()
        task = desk.certificates.issuing(person.staff_id, person.name, person.credential)
        authority = self.authority.text()

        def work(job: Job) -> object:
            job.say("Checking the passphrase")
            charting.prove(desk.folder, person.staff_id, own, desk.clock)
            return task.work(authority, job.say, own_passphrase=own)

        return work

    def keep(self, made: object) -> str:
        """With the other certificates."""
        self.desk.certify(lambda certificates: certificates.finish(cast("Made", made)))
        name = self._person.name if self._person else ""
        return f"{name} can sign.\nThe certificate stands under Certificates."


class ShutOutSheet(TaskSheet):
    """Why, and what it does and does not do."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Shut out", means="", does="Shut this person out")
        self._person: PersonRow | None = None
        self.reason = Choices(
            "Why they are shut out",
            tuple(
                Choice(why, why[:1].upper() + why[1:], sub=_SUBS[why], key=str(place))
                for place, why in enumerate(get_args(WhyShutOut), 1)
            ),
            columns=2,
        )
        self.reason.set_label("Why?")
        self.reason.wrap_words()
        self.take(self.reason, fields={"reason": self.reason})

    def show_person(self, person: "PersonRow") -> None:
        """Whom."""
        self._person = person
        self.heading.set_title(f"Shut {person.name} out")
        self.set_means(
            f"{person.name} unlocks this ledger no longer. What they charted and signed stays "
            "theirs. It does not end copies made before, such as a backup, and it does not take "
            "the certificate back: both are offered after this."
        )

    def missing(self) -> str:
        """Why."""
        return "" if self.reason.chosen() else "Say why"

    def begin(self) -> Work:
        """Nothing is slow."""
        return lambda _job: None

    def keep(self, _made: object) -> str:
        """In the keyring and in the book."""
        person = self._person
        if person is None:
            return ""
        why = cast("WhyShutOut", self.reason.chosen()[0])
        self.desk.keep_safe(lambda keeping: keeping.people.shut_out(person.staff_id, why))
        return (
            f"{person.name} unlocks this ledger no longer.\nWithdraw the certificate under "
            f"Certificates ({key_of('certificates')}). If the files may have been copied, give "
            f"the ledger a new key ({key_of('new-key')})."
        )
