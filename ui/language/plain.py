"""What is the same in every language: figures, units, times, names of keys, somebody's words."""

import re
from functools import lru_cache
from typing import Final

# Places that hold what a person typed or what stands on a label, by their names in the sentences.
FREE: Final = frozenset(
    {"full_name", "listed_name", "given_name", "family_name", "mrn", "staff_id", "reason", "note"}
    | {"lot", "vial", "sealed_bag", "serial", "ndc", "licence", "address", "phone", "call_back"}
    | {"reader_name", "hospital", "path", "folder", "file", "stream", "fingerprint", "sha256"}
    | {"standard", "author", "demo_passphrase", "number", "version", "key_of", "key", "shut_out"}
)
# Places in quotes that hold a name of ours, such as that of a question, not somebody's words.
OURS: Final = frozenset(
    {"criterion", "did", "effect", "instruction", "item", "level", "levels", "question", "scale"}
    | {"sentence", "title", "weight_formula"}
)
UNITS: Final = frozenset(
    {"mg", "mL", "kg", "min", "h", "s", "mmHg", "bpm", "lb", "cm", "in", "ft", "gtt", "mcg", "L"}
    | {
        "g",
        "µg",
        "MB",
        "kB",
        "GB",
        "ms",
        "Hz",
        "mol",
        "IU",
        "mEq",
        "AM",
        "PM",
        "UTC",
        "SpO₂",
        "EtCO₂",
        "O₂",
        "CO₂",
    }
    | {"RASS", "MOAA", "PSA", "IV", "IM", "MRN", "RN", "MD", "NP", "PDF", "CSV", "NDC", "ECG"}
    | {"USB", "PIN", "AED", "SHA", "MAOI", "CTCAE", "PHQ", "GAD", "HIT", "Acrobat", "KetaChart"}
)
KEYS: Final = frozenset({"Ctrl", "Alt", "Shift", "Esc", "Enter", "Tab", "Space", "Del"})
DAYS_AND_MONTHS: Final = frozenset(
    {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Jan", "Feb", "Mar", "Apr", "May", "Jun"}
    | {"Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Sunday", "Monday", "Tuesday", "Wednesday"}
    | {"Thursday", "Friday", "Saturday", "January", "February", "March", "April", "June", "July"}
    | {"August", "September", "October", "November", "December"}
)
_SAME: Final = UNITS | KEYS | DAYS_AND_MONTHS
_WORD: Final = re.compile(r"[^\W\d_]+")
_QUOTED: Final = re.compile(r"“[^“”]*”")
_FINGERPRINT: Final = re.compile(r"[0-9a-f]{4}(?: [0-9a-f]{4})+\Z")
_PATH: Final = re.compile(r"(?:[A-Z]:|~|\\\\)?[/\\]\S")  # it may hold spaces
_CODE: Final = re.compile(
    r"(?:(?:Ctrl|Alt|Shift)\+)+\S+\Z|(?=\S*\d)[A-Z0-9][\w./:+−-]*\Z|[A-Z]{1,6}\Z"
    r"|[A-Z]{3}(?: [A-Z]{3})+\Z"  # letters read out by telephone
)


@lru_cache(maxsize=4096)
def is_plain(text: str) -> bool:
    """Whether nothing in a text is in any language: it is figures, units, a key, a code, a quote.

    A day or a month counts as plain here; the voice names it where it stands in a date.
    """
    if _FINGERPRINT.match(text) or _PATH.match(text):
        return True
    words = _WORD.findall(_QUOTED.sub("", text))
    if all(len(word) == 1 or word in _SAME for word in words):
        return not words or _figures(text) or all(word in KEYS or len(word) == 1 for word in words)
    return _CODE.match(text) is not None


def _figures(text: str) -> bool:
    """Whether a text has a figure in it, or is no more than a unit."""
    return any(letter.isdigit() for letter in text) or all(
        word in UNITS or len(word) == 1 for word in _WORD.findall(text)
    )


def quoted_away(text: str) -> str:
    """The text with what stands in “ ” blanked out, as long as before: nothing is cut there."""
    return _QUOTED.sub(lambda found: "_" * len(found[0]), text)
