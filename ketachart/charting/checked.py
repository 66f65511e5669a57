"""What the check of a signed report answers, for the window to name its types."""

from ketachart.report.leaf import Contents
from ketachart.report.verify_verdict import Signer, Verdict

__all__ = ["Contents", "Signer", "Verdict"]
