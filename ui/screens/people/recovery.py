"""The clinic's recovery key while the ledger is open: made, taken over, tried, done without."""

from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from ketachart.errors import NotSaved
from ui.actions import key_of
from ui.desk import Desk
from ui.dialogs import Dialogs
from ui.laptop import breakable
from ui.saving import save_file
from ui.screens.people.key_file import KeyFile
from ui.screens.people.secret import NewSecret
from ui.screens.people.sheet import TaskSheet, Work
from ui.widgets.text_field import TextField

if TYPE_CHECKING:
    from ketachart.charting.people_tasks import Rehearsed

AWAY: Final = (
    "Keep the file away from this laptop: two sticks, locked away in two places. Keep its "
    "passphrase elsewhere, on paper."
)
_INSIDE: Final = (
    "That is where the ledger lies: whoever steals the laptop would have both. Nothing "
    "was saved: choose a stick."
)
_NOWHERE: Final = "It was saved nowhere, so nothing was changed. Press again to choose a place."


class MakeSheet(TaskSheet):
    """A key with a passphrase of its own; its file goes where the supervisor says."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            "Make a recovery key",
            means="It opens this ledger when nobody knows a passphrase any more, or the laptop's "
            f"nurse is gone. Only its public half stays here. {AWAY} An older recovery key does "
            "not open this ledger any more.",
            does="Make it and save the file",
        )
        self.secret = NewSecret(
            desk,
            "The recovery key's own passphrase",
            about=lambda: (desk.office.clinic.name,),
        )
        fields = {"passphrase": self.secret.first, "again": self.secret.again}
        self.take(self.secret, fields=fields)

    def missing(self) -> str:
        """The passphrase, twice."""
        return self.secret.missing()

    def begin(self) -> Work:
        """Makes the key."""
        task = self.desk.keeping.people.make_recovery(self.secret.secret())
        return lambda job: task.work(job.say)

    def keep(self, made: object) -> str:
        """The file first: a ledger whose recovery key is nowhere would be worse than none."""
        name, content = made.name, made.content  # type: ignore[attr-defined]
        start = Path(self.desk.preferences.export_folder or Path.home()) / name
        path = Dialogs.ask_save_path(self, "Save the recovery key", start)
        if path is None:
            raise NotSaved(_NOWHERE)
        if path.resolve().is_relative_to(self.desk.folder.resolve()):
            raise NotSaved(_INSIDE)
        save_file(path, content)
        public = made.public  # type: ignore[attr-defined]
        self.desk.keep_safe(lambda keeping: keeping.people.set_recovery(public))
        return f"The recovery key is set.\nSaved: {breakable(path)}. {AWAY} Then rehearse it."

    def forget(self) -> None:
        """Nothing of the passphrase is kept here."""
        self.secret.forget()
        super().forget()


class TakeSheet(TaskSheet):
    """A recovery key that the clinic has already, from another of its laptops."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            "Use a recovery key that the clinic has",
            means="One recovery key may open the ledgers of several laptops. Its file is only "
            "read: the public half is kept here, no passphrase is asked. An older recovery key "
            "does not open this ledger any more.",
            does="Use this key",
        )
        self.file = KeyFile()
        self.file.changed.connect(self.renew)
        self.take(self.file, fields={"file": self.file})

    def missing(self) -> str:
        """The file."""
        return "" if self.file.info else "Choose the file"

    def begin(self) -> Work:
        """Nothing is slow."""
        self.file.needed()
        content = self.file.content
        return lambda _job: content

    def keep(self, made: object) -> str:
        """In the keyring and in the book."""
        content = cast("bytes", made)
        self.desk.keep_safe(lambda keeping: keeping.people.take_over(content))
        return "The recovery key is set.\nRehearse it now, while its file is at hand."

    def forget(self) -> None:
        """Another file is asked for the next time."""
        self.file.forget()
        super().forget()


class RehearseSheet(TaskSheet):
    """The key is fetched and tried; nothing is changed by it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            "Rehearse the recovery",
            means="Fetch the recovery key and see that it opens this ledger, once a year or when "
            "its keeper changes. Nothing is changed by it.",
            does="Try it",
        )
        self.file = KeyFile()
        self.file.changed.connect(self.renew)
        self.passphrase = TextField(
            "The recovery key's passphrase", label="The recovery key's passphrase"
        )
        self.passphrase.hide_letters()
        self.passphrase.keep_lines(1)
        self.take(
            self.file,
            self.passphrase,
            fields={"file": self.file, "passphrase": self.passphrase},
        )

    def missing(self) -> str:
        """The file, then its passphrase."""
        if self.file.info is None:
            return "Choose the file"
        return "" if self.passphrase.text() else "Type its passphrase"

    def waits(self) -> int:
        """After wrong guesses."""
        return seconds_to_wait(self.desk)

    def begin(self) -> Work:
        """Opens the ledger's key with it."""
        self.file.needed()
        task = self.desk.keeping.people.rehearse(self.file.content, self.passphrase.text())
        return lambda job: task.work(job.say)

    def keep(self, made: object) -> str:
        """In the book."""
        done = cast("Rehearsed", made)
        self.desk.keep_safe(lambda keeping: keeping.people.finish_rehearsal(done))
        return "It opens this ledger. Nothing was changed.\nTake the file away again."

    def forget(self) -> None:
        """Nothing of it is kept here."""
        self.file.forget()
        super().forget()


class WithoutSheet(TaskSheet):
    """The clinic goes without, and says why."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            "Go without a recovery key",
            means="If every passphrase is forgotten, nobody opens this ledger: not the clinic, "
            "not KetaChart. The reason is kept in the ledger's book, and you are not reminded "
            "any more.",
            does="Go without it",
        )
        self.reason = TextField("Why the clinic goes without", label="Why?")
        self.take(self.reason, fields={"reason": self.reason})

    def missing(self) -> str:
        """The reason."""
        return "" if self.reason.text().strip() else "Say why"

    def begin(self) -> Work:
        """Nothing is slow."""
        return lambda _job: None

    def keep(self, _made: object) -> str:
        """In the book."""
        self.desk.keep_safe(lambda keeping: keeping.people.decline(self.reason.text()))
        return f"It is noted.\nA recovery key can be made at any time ({key_of('recovery-key')})."


def seconds_to_wait(desk: Desk) -> int:
    """How long the next guess at the recovery key's passphrase has to wait, seconds."""
    from ketachart.charting import recovering

    return recovering.seconds_to_wait(desk.folder, desk.clock)
