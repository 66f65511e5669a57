"""A new key for the whole ledger, after somebody was shut out who may have copied it."""

from typing import TYPE_CHECKING, cast

from ketachart.errors import KetaChartError
from ui.actions import key_of
from ui.desk import Desk
from ui.notices import Message
from ui.screens.people.sheet import TaskSheet, Work

if TYPE_CHECKING:
    from ketachart.charting.key_renewal import RenewedKey

_NOTICE = "new-key"


class NewKeySheet(TaskSheet):
    """The ledger is copied under a new key beside the work, then put in its place."""

    can_stop = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            "Give the ledger a new key",
            means="Whoever copied the ledger and its keyring before opens only that copy with "
            "them. Everybody who unlocks now, and the recovery key, open it as before; no "
            "passphrase changes. The ledger is locked for a moment and opens again. Backups made "
            f"before open as they did: make a new one ({key_of('laptop')}) and destroy the old.",
            does="Give it a new key",
        )
        self.take(fields={})

    def begin_typing(self) -> None:
        """A stray Enter begins nothing."""
        self.leave.setFocus()

    def begin(self) -> Work:
        """Copies and reads the copy."""
        self.desk.notices.settle(_NOTICE)
        task = self.desk.keeping.people.renew_key_task()
        return lambda job: task.work(job.say, job.step, job.cancelled)

    def keep(self, made: object) -> str:
        """Puts the copy in place."""
        try:
            self.desk.put_new_key(cast("RenewedKey", made))
        except KetaChartError as error:
            if not self.desk.is_unlocked:
                self._say_locked(str(error))
            raise
        return f"The ledger has a new key.\nMake a backup now ({key_of('laptop')})."

    def _say_locked(self, why: str) -> None:
        notices = self.desk.notices
        notices.say(
            _NOTICE,
            Message(
                "warn",
                "The ledger was locked without a new key",
                why,
                act="I have seen it",
                on_act=lambda: notices.settle(_NOTICE),
            ),
        )
