"""What was begun with the keyring and must end the same way in the ledger's book, whatever is cut.

Keyring and book are two files: no transaction holds both. What is to be done is written down in
the ledger first, then done in the keyring, then told in the book. A cut between two of these steps
is finished, or taken back, at the next unlocking; which of the two, the keyring itself says.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Literal, Self, get_args

from ketachart.domain.facts import Fact
from ketachart.domain.facts.safekeeping import (
    KeyRenewed,
    PassphraseChanged,
    RecoveryKeySet,
    StaffShutOut,
    WhyShutOut,
)
from ketachart.storage.entry import KeptCredential
from ketachart.storage.keyring import Keyring, Unwrapped
from ketachart.storage.ledger import Ledger

_SETTING = "people-intent"
Kind = Literal["passphrase", "shut out", "recovery", "new key"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """One change of the keyring that is under way.

    ``epoch`` is the one that the slot is to have; ``keys`` are the signing keys that were locked
    anew, each as holder, kind and SHA-256 of its new file; ``people`` are those whom a new key
    opens for.
    """

    kind: Kind
    act: str
    staff_id: str = ""
    name: str = ""
    reason: str = ""
    epoch: int = 0
    fingerprint: str = ""
    people: int = 0
    keys: tuple[tuple[str, str, str], ...] = ()

    @classmethod
    def of(cls, said: str) -> Self:
        """The one that `kept` wrote."""
        told = json.loads(said)
        return cls(**{**told, "keys": tuple(tuple(each) for each in told["keys"])})

    @property
    def kept(self) -> str:
        """As it stands in the ledger's settings."""
        return json.dumps(asdict(self), sort_keys=True)

    def is_done(self, ring: Keyring, unwrapped: Unwrapped) -> bool:
        """Whether the keyring holds the change; for a new key, whether the ledger has it."""
        if self.kind == "new key":
            return self.fingerprint == mark_of(unwrapped)
        slots = {slot.staff_id: slot for slot in ring.slots}
        if self.kind == "shut out":
            return self.staff_id not in slots
        if self.kind == "passphrase":
            return self.staff_id not in slots or slots[self.staff_id].epoch >= self.epoch
        return ring.recovery is not None and ring.recovery.fingerprint == self.fingerprint

    def fact(self, now: datetime) -> Fact:
        """What the book says of it."""
        if self.kind == "shut out":
            why: WhyShutOut = next(each for each in get_args(WhyShutOut) if each == self.reason)
            return StaffShutOut(at=now, staff_id=self.staff_id, name=self.name, reason=why)
        if self.kind == "passphrase":
            return PassphraseChanged(at=now, staff_id=self.staff_id)
        if self.kind == "new key":
            return KeyRenewed(at=now, people=self.people)
        return RecoveryKeySet(at=now, fingerprint=self.fingerprint)


def key_of(kept: KeptCredential) -> tuple[str, str, str]:
    """How an intent names a signing key that was locked anew."""
    return kept.holder, kept.kind, hashlib.sha256(kept.pkcs12).hexdigest()


def mark_of(unwrapped: Unwrapped) -> str:
    """By what a key is known again; it does not lead to the key, which is of chance alone."""
    return hashlib.sha256(b"ketachart key " + unwrapped.secret).hexdigest()


def begin(ledger: Ledger, intent: Intent) -> None:
    """Writes down what is to be done."""
    ledger.put_setting(_SETTING, intent.kept)


def under_way(ledger: Ledger) -> Intent | None:
    """What was begun and not ended; None where nothing was."""
    said = ledger.setting(_SETTING)
    return Intent.of(said) if said else None


def end(ledger: Ledger) -> None:
    """It is done, or taken back."""
    ledger.put_setting(_SETTING, "")


def take_back(ledger: Ledger, intent: Intent) -> None:
    """Each signing key counts again as it was locked before: the old passphrase stands."""
    for holder, kind in {(holder, kind) for holder, kind, _hash in intent.keys}:
        for kept in ledger.credentials(holder, kind):
            if key_of(kept) not in intent.keys:
                continue
            before = [each for each in ledger.locked_before(kept) if each != kept.pkcs12]
            if before:
                _keep(ledger, replace(kept, pkcs12=before[0]))


def keep_anew(ledger: Ledger, credentials: tuple[KeptCredential, ...]) -> None:
    """Each signing key counts from now on as it is locked here."""
    for kept in credentials:
        _keep(ledger, kept)


def _keep(ledger: Ledger, kept: KeptCredential) -> None:
    ledger.add_credential(
        kept.holder,
        kept.kind,
        made_at=kept.made_at,
        certificate_pem=kept.certificate_pem,
        pkcs12=kept.pkcs12,
        relocked=True,
    )
