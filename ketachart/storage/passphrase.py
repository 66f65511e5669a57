"""Says what is wrong with a passphrase before it is taken."""

import unicodedata
from collections.abc import Sequence

SHORTEST = 15
"""Characters. SP 800-63B-4 asks 15 of a passphrase that stands alone (storage.md, section 2)."""

LONGEST = 256
"""Characters; a limit only so that a pasted file is not taken for a passphrase."""

_FEWEST_DIFFERENT = 5

# Phrases that every list of guesses begins with; compared without spaces, signs and capitals.
_WELL_KNOWN = frozenset(
    {
        "correcthorsebatterystaple",
        "thequickbrownfoxjumpsoverthelazydog",
        "thequickbrownfox",
        "tobeornottobethatisthequestion",
        "maytheforcebewithyou",
        "passwordpassword",
        "mypasswordismypassword",
        "thisismypassword",
        "thisismypassphrase",
        "ketachartketachart",
        "letmeinletmeinletmein",
        "iloveyouiloveyou",
        "iloveyousomuch",
        "onceuponatimethere",
        "qwertyuiopasdfghjklzxcvbnm",
    }
)
_OF_THE_PROGRAM = ("ketachart", "ketamine", "infusion", "passphrase", "password", "clinic", "nurse")
_SHORTEST_WORD = 3
_LEAST_OF_YOUR_OWN = 12  # letters and digits: three short words
_RUNS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_RUN_LENGTH = 5


def normal(text: str) -> str:
    """The passphrase as it is used: NFKC, so that every keyboard types the same one."""
    return unicodedata.normalize("NFKC", text)


def passphrase_fault(text: str, *, about: Sequence[str] = ()) -> str | None:
    """What is wrong with a new passphrase, in one sentence, or None if it may be used.

    Any characters are welcome and none are demanded: length is what protects (SP 800-63B-4).
    ``about`` is what everybody knows of the person: name, staff id, clinic. Without these words
    and the program's own there must be a whole passphrase left.
    """
    passphrase = normal(text)
    if len(passphrase) < SHORTEST:
        return f"Use at least {SHORTEST} characters; a few unrelated words do well."
    if len(passphrase) > LONGEST:
        return f"Use at most {LONGEST} characters."
    plain = "".join(filter(str.isalnum, passphrase.casefold()))
    if len(set(passphrase)) < _FEWEST_DIFFERENT or _is_repeated(passphrase.casefold()):
        return "That repeats itself and is easily guessed; use a few unrelated words."
    if plain in _WELL_KNOWN:
        return "That is a well-known phrase; use a few unrelated words of your own."
    if plain and _without_runs(plain) * 2 < len(plain):
        return "That is mostly a run of neighbouring keys; use a few unrelated words."
    return _fault_of_known(plain, about)


def _fault_of_known(plain: str, about: Sequence[str]) -> str | None:
    """Whether too little is left of a passphrase without the words that a guesser knows."""
    known = {word for text in (*about, *_OF_THE_PROGRAM) for word in _words_of(text)}
    found = [word for word in sorted(known, key=len, reverse=True) if word in plain]
    left = plain
    for word in found:
        left = left.replace(word, "")
    if not found or len(left) >= _LEAST_OF_YOUR_OWN:
        return None
    return (
        f"“{found[0]}” is known to whoever knows you or your clinic, and without it too little is "
        "left; use a few unrelated words."
    )


def _words_of(text: str) -> set[str]:
    """The words of a name that are long enough to tell something."""
    plain = "".join(each if each.isalnum() else " " for each in normal(text).casefold())
    return {word for word in plain.split() if len(word) >= _SHORTEST_WORD}


def _is_repeated(text: str) -> bool:
    """Whether the text is a short piece written again and again."""
    # A text that repeats is found in itself doubled, before its own second half (well known).
    period = (text + text).find(text, 1)
    return period * 2 <= len(text)


def _without_runs(plain: str) -> int:
    """How many characters are left outside runs such as 12345, edcba or qwerty."""
    runs = [run for forward in _RUNS for run in (forward * 2, forward[::-1] * 2)]
    left, start = 0, 0
    while start < len(plain):
        length = _run_at(plain, start, runs)
        left += 0 if length else 1
        start += length or 1
    return left


def _run_at(plain: str, start: int, runs: list[str]) -> int:
    length = _RUN_LENGTH
    while start + length <= len(plain) and any(
        plain[start : start + length] in run for run in runs
    ):
        length += 1
    return length - 1 if length > _RUN_LENGTH else 0
