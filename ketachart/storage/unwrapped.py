"""The ledger's key in the open, and who opened it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ketachart.domain.facts import NurseRecorded
from ketachart.storage.slot import SECRET_BYTES, Belonging, Person, Slot

_DEK_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergency:
    """The ledger was opened with the clinic's recovery key: who is to be let in from now on, why.

    Nothing of it is on the disk. The slot may be written only after the ledger's book says so.
    ``nurse`` is there for somebody whose licence is not on file.
    """

    name: str
    reason: str
    fingerprint: str
    slot: Slot
    nurse: NurseRecorded | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unwrapped:
    """The ledger's key in the open, and whose passphrase opened it; keep it in memory only.

    ``emergency`` is there where it was not a passphrase but the clinic's recovery key; ``earlier``
    are the keys that the ledger had before this one, the oldest first: backups of then have them.
    """

    ledger_id: str
    practice: bool
    person: Person
    dek: bytes = field(repr=False)
    salt: bytes = field(repr=False)
    emergency: Emergency | None = None
    earlier: tuple[bytes, ...] = field(default=(), repr=False, compare=False)

    @classmethod
    def of(
        cls,
        secret: bytes,
        person: Person,
        belonging: Belonging,
        *,
        emergency: Emergency | None = None,
    ) -> "Unwrapped":
        """The key from what was locked away for that person.

        Raises:
            ValueError: that is no key and salt.
        """
        if len(secret) != SECRET_BYTES:
            raise ValueError("not a key and a salt")
        return cls(
            ledger_id=belonging.ledger_id,
            practice=belonging.practice,
            person=person,
            dek=secret[:_DEK_BYTES],
            salt=secret[_DEK_BYTES:],
            emergency=emergency,
        )

    @classmethod
    def each_of(
        cls, secrets: Sequence[bytes], person: Person, belonging: Belonging
    ) -> "tuple[Unwrapped, ...]":
        """Each of the keys that one passphrase opens, the oldest first, with those before it.

        Raises:
            ValueError: one of them is no key and salt.
        """
        return tuple(
            replace(cls.of(secret, person, belonging), earlier=tuple(secrets[:number]))
            for number, secret in enumerate(secrets)
        )

    def before(self) -> "tuple[Unwrapped, ...]":
        """The keys that the ledger had before, the newest first."""
        belonging = Belonging(self.ledger_id, practice=self.practice)
        return self.each_of(self.earlier, self.person, belonging)[::-1]

    @property
    def key_hex96(self) -> str:
        """Key and salt as SQLCipher takes them: 96 hex digits.

        With the salt from here a torn first page costs nothing; with the salt from the file it
        cost the whole ledger (storage.md, section 3.4).
        """
        return self.secret.hex()

    @property
    def secret(self) -> bytes:
        """Key and salt together, as they are locked away."""
        return self.dek + self.salt
