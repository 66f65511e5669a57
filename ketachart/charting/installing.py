"""What is left to do once an update is ready: start again, or let the system's installer go on."""

import os
from dataclasses import dataclass
from pathlib import Path

from ketachart.errors import KetaChartError
from ketachart.update import fitting, installers, keys
from ketachart.update.installed import PAYLOADS, this_one
from ketachart.update.journal import Change
from ketachart.update.shapes import UpdateList


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """What came of it, and what is left to do.

    ``command`` is the installer that goes on once KetaChart is closed; ``by_hand`` what the
    administrator types where nothing here can ask for their password.
    """

    change: Change
    sentence: str
    command: tuple[str, ...] = ()
    by_hand: str = ""


def start_again(version: str) -> str:
    """What is left to do once a version counts."""
    return f"Close KetaChart and start it again: {version} runs then."


def handed_over(staged: Path, change: Change) -> Ready:
    """The installer of the system, and what is said of it.

    Raises:
        CannotRead, LedgerError: it could not be taken out of the update.
    """
    if change.way == "deb":
        command = installers.by_administrator(staged, back=change.back)
        words = installers.words_for_administrator(staged, back=change.back)
        if command is None:
            by_hand = "sudo " + " ".join([*words[:-1], f"'{words[-1]}'"])
            sentence = (
                f"KetaChart {change.after} was checked and is ready, and the ledger is kept as it "
                "is now. Close KetaChart; then whoever looks after this laptop runs the command."
            )
            return Ready(change=change, sentence=sentence, by_hand=by_hand)
        command = [*command[:-1], f"--after={os.getpid()}", command[-1]]
    else:
        installer = installers.payload_beside(staged, PAYLOADS[change.way], keys.pinned())
        command = installers.opener(installer)
    sentence = (
        f"KetaChart {change.after} was checked and is ready, and the ledger is kept as it is now. "
        "Close KetaChart: the system's installer goes on, and may ask for a password. Then start "
        "KetaChart again."
    )
    return Ready(change=change, sentence=sentence, command=tuple(command))


def begin_installer(ready: Ready) -> None:
    """Starts the installer, which waits until this KetaChart is closed.

    Raises:
        LedgerError: it could not be started.
    """
    if ready.command:
        installers.begin(ready.command)


def put_in_as_administrator(source: Path, *, back: bool, after: int) -> UpdateList:
    """What the administrator's own KetaChart does with an update file; nothing of it is trusted.

    Raises:
        KetaChartError: nothing was installed; the sentence says why.
    """
    here = this_one()
    if here.way != "deb":
        raise KetaChartError(
            "This KetaChart was not installed as a package, so none is put in its place. Nothing "
            "was changed: run the update from its own window, or with “update install”."
        )
    against = fitting.why_not_back if back else fitting.why_not
    return installers.put_in(
        source, keys.pinned(), lambda told: against(told, here), back=back, after=after
    )
