"""Whether what the nurse reads after a fault helps her."""

import re

from ketachart.errors import KetaChartError

# A sentence for the nurse says what is safe, and what to do.
SAFE = re.compile(
    r"\b(safe|nothing|was not saved|untouched|is lost|is whole|are kept)\b", re.IGNORECASE
)
DO = re.compile(
    r"\b(again|free|check|restore|chart on paper|look|ask|go to|close|choose|until|later)\b",
    re.IGNORECASE,
)
JARGON = re.compile(r"errno|sqlite|traceback|WAL\b|fsync|I/O|\bOSError", re.IGNORECASE)


def unclear(error: BaseException) -> str:
    """What is wrong with what the nurse would read; empty where it is a clear sentence."""
    if not isinstance(error, KetaChartError):
        return f"a raw {type(error).__name__}: {error}"
    sentence = str(error)
    if not SAFE.search(sentence):
        return f"it does not say what is safe: {sentence}"
    if not DO.search(sentence):
        return f"it does not say what to do: {sentence}"
    found = JARGON.search(sentence)
    return f"it says “{found[0]}”: {sentence}" if found else ""
