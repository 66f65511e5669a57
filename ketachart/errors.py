"""Every failure KetaChart raises on purpose; each text is written for the nurse to read.

A text says what happened, what is safe, and what to do. Anything else that is raised is a fault
of ours and goes to the crash report.
"""

from typing import NamedTuple


class KetaChartError(Exception):
    """A failure that was foreseen; ``str(error)`` is one or two sentences in the nurse's words."""


class Refused(KetaChartError):
    """The record does not allow this now.

    ``rule`` is a short stable name of the rule that refused, for tests and for the replay's
    answer; ``field`` names the value at fault, where one value is; ``points`` are all things that
    stand against it, each as a code and its sentence, where there are several.
    """

    def __init__(
        self,
        sentence: str,
        *,
        rule: str = "",
        field: str = "",
        points: tuple[tuple[str, str], ...] = (),
    ) -> None:
        super().__init__(sentence)
        self.rule = rule or sentence
        self.field = field
        self.points = points


class ScriptError(KetaChartError):
    """A visit script, or one of its lines, could not be read."""


class LedgerError(KetaChartError):
    """The file, the disk or the key stopped us: the world's fault, not the program's."""


class WrongPassphrase(LedgerError):
    """The passphrase does not open this person's slot; nothing was changed."""

    def __init__(self, sentence: str, *, wait_s: int = 0) -> None:
        super().__init__(sentence)
        self.wait_s = wait_s


class TooSoon(LedgerError):
    """A guess came before the wait after wrong passphrases was over."""

    def __init__(self, sentence: str, *, wait_s: int) -> None:
        super().__init__(sentence)
        self.wait_s = wait_s


class LedgerMissing(LedgerError):
    """There is no ledger where one was expected."""


class LedgerDamaged(LedgerError):
    """A page, a row, the chain or the keyring is not what was written."""


class LedgerForeign(LedgerError):
    """The file is not a KetaChart ledger, or belongs to another keyring."""


class LedgerNewer(LedgerError):
    """The ledger was written by a newer KetaChart."""


class LedgerReadOnly(LedgerError):
    """The ledger was opened to be read only: it is damaged, or a newer KetaChart wrote it."""


class LedgerInUse(LedgerError):
    """Another KetaChart has this ledger open."""


class DiskFull(LedgerError):
    """There is no room; what was acknowledged is safe, this act was not saved."""


class FolderReadOnly(LedgerError):
    """The folder or file cannot be written."""


class NotSaved(LedgerError):
    """The disk answered with a fault: this act may or may not be on disk; look before retrying."""


class CannotSign(KetaChartError):
    """The report could not be signed; nothing was marked as signed."""


class CannotPrint(KetaChartError):
    """A text holds a character that the report's fonts lack."""

    def __init__(self, sentence: str, *, field: str = "", character: str = "") -> None:
        super().__init__(sentence)
        self.field = field
        self.character = character


class CannotRead(KetaChartError):
    """A file given to a command could not be read as what it should be."""


class Fault(NamedTuple):
    """One thing found wrong while checking a file: a stable code, and a sentence that names it."""

    code: str
    sentence: str
