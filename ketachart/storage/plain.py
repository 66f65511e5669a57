"""Text as it is searched: small letters, no accents."""

import unicodedata
from typing import Final

_SPELLED: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
"""Letters of names that are no letter with an accent."""


def plainly(text: str) -> str:
    """The same text without capitals and accents: "Zoë" is found by "zoe"."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text)
    bare = "".join(each for each in apart if not unicodedata.combining(each))
    return bare.casefold().translate(_SPELLED)
