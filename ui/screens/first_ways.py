"""The two ways of a first start: the steps, their pages, and what is made at the end of each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from ui.desk import Desk
from ui.forms.first_passphrase import PassphrasePage
from ui.forms.founded import ReadyPage
from ui.forms.founding import ClinicPage, GuidePage, NursePage
from ui.forms.joining import CardPage, RequestPage, Way, WayPage
from ui.workers import Job

if TYPE_CHECKING:
    from ketachart.charting.post_shapes import Packed

WAY, PLACE, YOU, PASSPHRASE, LAST = range(5)
_AGAIN: Final = "The ledger stands. Make the request again under Certificates."
_HEAD: Final = ("way", "Start or join", "Is there a clinic?")
_TAIL: Final = (
    ("you", "You", "Name and licence"),
    ("passphrase", "Passphrase", "Opens the charts"),
)
_STEPS: Final[dict[Way, tuple[tuple[str, str, str], ...]]] = {
    "found": (
        _HEAD,
        ("clinic", "Clinic", "Name and phone"),
        *_TAIL,
        ("ready", "Ready", "What was made"),
    ),
    "join": (
        _HEAD,
        ("card", "Clinic", "Its card"),
        *_TAIL,
        ("ready", "Ask the clinic", "The request file"),
    ),
}


@dataclass(frozen=True, slots=True)
class Wording:
    """What the main button says while and before it makes the ledger."""

    makes: str
    making: str


WORDING: Final[dict[Way, Wording]] = {
    "found": Wording("Make the clinic", "Making the clinic…"),
    "join": Wording("Join the clinic", "Joining the clinic…"),
}


class Ways:
    """The pages of both ways; what was typed on one stays while the other is looked at."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.way: Way = "found"
        self.choice = WayPage()
        self.clinic, self.card = ClinicPage(), CardPage()
        self.nurse, self.passphrase = NursePage(desk), PassphrasePage()
        self.ready, self.request = ReadyPage(), RequestPage()

    @property
    def every(self) -> tuple[GuidePage, ...]:
        """All pages, of both ways."""
        return (
            self.choice, self.clinic, self.card, self.nurse, self.passphrase, self.ready,
            self.request,
        )  # fmt: skip

    @property
    def pages(self) -> tuple[GuidePage, ...]:
        """The pages of the way that was chosen, in order."""
        joins = self.way == "join"
        return (
            self.choice,
            self.card if joins else self.clinic,
            self.nurse,
            self.passphrase,
            self.request if joins else self.ready,
        )

    @property
    def steps(self) -> tuple[tuple[str, str, str], ...]:
        """Key, title and small line of each step."""
        return _STEPS[self.way]

    @property
    def wording(self) -> Wording:
        """The words of the main button."""
        return WORDING[self.way]

    def check(self, step: int, now: datetime) -> None:
        """What stands on a page, as the register would take it.

        Raises:
            Refused: it would not.
        """
        from ketachart import charting

        clock = self._desk.clock
        if step == WAY:
            self.way = self.choice.way()
            self.nurse.ask_role(asked=self.way == "found")
        elif step == PLACE and self.way == "join":
            self.card.checked()
        elif step == PLACE:
            charting.check_fact(self.clinic.fact(now), clock)
        elif step == YOU:
            charting.check_fact(self.nurse.fact(now), clock)
        else:
            self.passphrase.passphrase()

    # ------------------------------------------------ making the ledger

    def make(self, now: datetime) -> Job:
        """Begins to make the ledger; once it is there the desk says that it is unlocked.

        Raises:
            Refused: something that was typed will not do.
        """
        from ketachart.charting import NewClinic

        nurse, passphrase = self.nurse.fact(now), self.passphrase.passphrase()
        practice = bool(self._desk.demo_passphrase)  # whose passphrase is shown keeps no patient
        if self.way == "join":
            from ketachart.charting.joining import NewNurse

            new = NewNurse(nurse, passphrase, practice=practice)
            return self._desk.join(self.card.checked(), new)
        clinic = self.clinic.fact(now)
        return self._desk.found(
            NewClinic(clinic=clinic, nurse=nurse, passphrase=passphrase, practice=practice)
        )

    def finish(self, then: Callable[[], None]) -> None:
        """The ledger stands: say what was made; a laptop that joined packs its request first.

        Raises:
            KetaChartError: the request could not be begun; it can be saved later.
        """
        if self.way == "found":
            self.passphrase.forget()
            self.ready.show_made(self._desk)
            then()
            return
        secret = self.passphrase.passphrase()
        self.passphrase.forget()
        (clinic,) = self._desk.post.correspondents()
        task = self._desk.post.packing(clinic.ledger)
        job = self._desk.workers.start(lambda job: task.work(secret, job.say))
        job.done.connect(lambda packed: self._packed(packed, then))
        job.failed.connect(lambda error: self._not_packed(error, then))
        job.stopped.connect(lambda: self._not_packed("It came to no end.", then))

    def _packed(self, packed: "Packed", then: Callable[[], None]) -> None:
        self.request.show_made(self._desk, packed)
        then()

    def _not_packed(self, error: object, then: Callable[[], None]) -> None:
        """It is asked for again on the screen of the certificates."""
        self.request.said.say("The request was not made", f"{error} {_AGAIN}")
        then()
