"""Turns a passphrase into a key, slowly on purpose."""

from dataclasses import dataclass, field

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from ketachart.errors import LedgerError
from ketachart.storage.passphrase import normal

MIB = 1024
"""KiB in one MiB."""

_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class KdfParameters:
    """The cost of one guess with Argon2id (RFC 9106): memory in KiB, passes, lanes.

    The standard is RFC 9106's second choice with four times its memory; the ceiling keeps an
    altered file from exhausting the laptop. ``took_ms`` is what one guess took where the cost was
    chosen, milliseconds; 0 where nobody measured. It is told, and changes nothing.
    """

    m_kib: int = 256 * MIB
    t: int = 3
    p: int = 4
    took_ms: int = field(default=0, compare=False)

    @property
    def work(self) -> int:
        """KiB that are gone over in one guess: memory times passes."""
        return self.m_kib * self.t

    def fits(self, *, practice: bool) -> bool:
        """Whether a keyring may carry this: 64 MiB to 1 GiB, 1 to 8 lanes, and no endless guess.

        Memory times passes ends at ten times 1 GiB (storage.md, R8), some seconds of work. With
        less memory there may be more than R8's ten passes: a fast laptop with little free memory
        needs them for half a second. A practice keyring may also carry ``FAST_FOR_TESTS``, and
        nothing else below the floor.
        """
        if practice and self == FAST_FOR_TESTS:
            return self.took_ms >= 0
        return (
            FLOOR_KIB <= self.m_kib <= CEILING_KIB
            and 1 <= self.t <= MOST_PASSES
            and self.work <= MOST_WORK
            and 1 <= self.p <= 8
            and self.took_ms >= 0
        )


FLOOR_KIB = 64 * MIB
CEILING_KIB = 1024 * MIB
MOST_PASSES = 40
MOST_WORK = 10 * CEILING_KIB

STANDARD = KdfParameters()
"""The least that a real keyring is made with; ``calibrate.py`` raises it to half a second."""

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
            f"Unlocking needs {cost.m_kib // MIB} MiB of free memory. Nothing is lost: close "
            "other programs and try again."
        ) from error
