"""What of a visit stays on the laptop after it left."""

from ketachart.domain.custody.moves import KINDS as OF_THE_DRUG
from ketachart.domain.facts import EntryStruck, Fact
from ketachart.domain.facts.post import ReceiptTaken, ReportSent

_NEEDED: tuple[type[Fact], ...] = (*OF_THE_DRUG, ReceiptTaken, ReportSent)
STAYS: tuple[str, ...] = tuple(kind.KIND for kind in _NEEDED if kind is not EntryStruck)
"""The kinds whose content stays: the drug's book and the receipt; they name no patient."""
