"""A unit is read whole: “0.5 mg/” at the end of a line would be another dose."""

import re
from typing import Final

_PER: Final = re.compile(r"(?<=\w)/(?=(?:kg|h|min|mL|dL|L|day)\b)")
_JOINED: Final = "/\u2060"  # Unicode's word joiner: not seen, and no line ends at it


def whole_units(text: str) -> str:
    """The same text to be shown, of which no line ends within a unit such as mg/kg/h."""
    return _PER.sub(_JOINED, text) if "/" in text else text
