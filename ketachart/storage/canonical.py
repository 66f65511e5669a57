"""The one JSON text of a value, as the ledger asks for it; it is written in the domain."""

from ketachart.domain.canonical import canonical, require_canonical

__all__ = ["canonical", "require_canonical"]
