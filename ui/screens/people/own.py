"""One's own passphrase, changed: the old one, the new one twice, and what it does not do."""

from typing import TYPE_CHECKING, cast

from ketachart.domain.wording import count
from ui.desk import Desk
from ui.screens.people.secret import NewSecret
from ui.screens.people.sheet import TaskSheet, Work
from ui.widgets.text_field import TextField

if TYPE_CHECKING:
    from ketachart.charting.people_tasks import Changed

COPIES = (
    "A copy that was made before, such as a backup, still opens with the old passphrase. Make a "
    "new backup, and destroy the copies that others may hold."
)


class ChangeSheet(TaskSheet):
    """Old, new, and the new once more; keys are locked anew in a worker."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            "Change my passphrase",
            means=f"It opens the charts and your signature. {COPIES}",
            does="Change the passphrase",
        )
        self.old = TextField("Your passphrase now", label="Your passphrase now")
        self.old.hide_letters()
        self.old.keep_lines(1)
        self.secret = NewSecret(
            desk,
            "New passphrase",
            about=self._about,
        )
        self.take(
            self.old,
            self.secret,
            fields={
                "old": self.old,
                "passphrase": self.secret.first,
                "again": self.secret.again,
            },
        )

    def _about(self) -> tuple[str, ...]:
        office = self.desk.office
        return (office.nurse.name, office.staff_id, office.clinic.name)

    def missing(self) -> str:
        """The old one, then the new one twice."""
        return self.secret.missing() if self.old.text() else "Type the passphrase you have now"

    def waits(self) -> int:
        """After wrong guesses at the old one."""
        return self.desk.seconds_to_wait(self.desk.office.staff_id) if self.desk.is_unlocked else 0

    def begin(self) -> Work:
        """Proves the old one and locks everything under the new one."""
        task = self.desk.keeping.people.change_passphrase(self.old.text(), self.secret.secret())
        return lambda job: task.work(job.say)

    def keep(self, made: object) -> str:
        """In the ledger, and then in the keyring."""
        changed = cast("Changed", made)
        self.desk.keep_safe(lambda keeping: keeping.people.finish_change(changed))
        rest = ""
        if changed.left:
            keys = count(changed.left, "signing key")
            rest = f" {keys} had another passphrase, and keeps it."
        return f"Your passphrase is changed.\n{COPIES}{rest}"

    def forget(self) -> None:
        """Nothing of either is kept here."""
        self.secret.forget()
        super().forget()
