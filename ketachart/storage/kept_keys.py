"""Certificates and locked keys, as an open ledger gives them."""

from ketachart.storage import records
from ketachart.storage.access import Accessed
from ketachart.storage.entry import KeptCredential


class KeptKeys(Accessed):
    """What `Ledger` answers about the certificates and keys in it."""

    def credentials(self, holder: str, kind: str) -> tuple[KeptCredential, ...]:
        """The credentials of a holder, oldest first; the last one is in use."""
        with self._reading():
            return records.credentials_of(self._database, holder, kind)

    def locked_before(self, kept: KeptCredential) -> tuple[bytes, ...]:
        """The key of that certificate as it was ever locked, the last one first."""
        with self._reading():
            found = self._database.execute(
                "SELECT pkcs12 FROM credential WHERE holder = ? AND kind = ? "
                "AND certificate_pem = ? ORDER BY serial DESC",
                [kept.holder, kept.kind, kept.certificate_pem],
            )
            return tuple(bytes(each[0]) for each in found)
