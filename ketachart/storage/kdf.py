"""Turns a passphrase into a key, slowly on purpose."""

from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from ketachart.errors import LedgerError
from ketachart.storage.passphrase import normal

_MIB = 1024
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class KdfParameters:
    """The cost of one guess with Argon2id (RFC 9106): memory in KiB, passes, lanes.

    The standard takes about 0.4 s (storage.md, section 2). The floor is RFC 9106's second choice;
    the ceiling keeps an altered file from exhausting the laptop's memory.
    """

    m_kib: int = 256 * _MIB
    t: int = 3
    p: int = 4

    def fits(self, *, practice: bool) -> bool:
        """Whether a keyring may carry this: 64 MiB to 1 GiB, 1 to 10 passes, 1 to 8 lanes.

        A practice keyring may also carry ``FAST_FOR_TESTS``, and nothing else below the floor.
        """
        if practice and self == FAST_FOR_TESTS:
            return True
        return 64 * _MIB <= self.m_kib <= 1024 * _MIB and 1 <= self.t <= 10 and 1 <= self.p <= 8


STANDARD = KdfParameters()
"""What every real keyring is made with."""

FAST_FOR_TESTS = KdfParameters(m_kib=64, t=1, p=1)
"""No protection at all, for tests and practice ledgers: a keyring made with it is marked
``"practice": true``, that mark is sealed into every slot, and no other keyring may carry it."""


def stretch(passphrase: str, *, salt: bytes, cost: KdfParameters) -> bytes:
    """The 32-byte key of a passphrase; takes the time and memory that ``cost`` says.

    Raises:
        LedgerError: the laptop has not the memory to do it now.
    """
    maker = Argon2id(
        salt=salt,
        length=_KEY_BYTES,
        iterations=cost.t,
        lanes=cost.p,
        memory_cost=cost.m_kib,
    )
    try:
        return maker.derive(normal(passphrase).encode("utf-8", "surrogatepass"))
    except MemoryError as error:
        raise LedgerError(
            f"Unlocking needs {cost.m_kib // _MIB} MiB of free memory. Nothing is lost: close "
            "other programs and try again."
        ) from error
