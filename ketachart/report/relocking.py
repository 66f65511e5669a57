"""Locks a signing key under a new passphrase; key and certificate stay the same."""

from ketachart.errors import CannotRead, WrongPassphrase
from ketachart.report.credential import some_passphrase
from ketachart.report.keyfile import ROUNDS, lock, unlock


def relocked(pkcs12: bytes, old: str, new: str, *, rounds: int = ROUNDS) -> bytes | None:
    """The same key file under the new passphrase; None where the old one does not open it.

    A key that is locked with another passphrase, or that cannot be read, is left as it is: there
    is nothing here that could make it better. ``rounds`` as for `keyfile.lock`.
    """
    try:
        key, chain = unlock(pkcs12, old)
    except (WrongPassphrase, CannotRead):
        return None
    return lock(key, chain, passphrase=some_passphrase(new), rounds=rounds)
