"""What every slow task has in common: to whom it says where it is, and what a guess costs."""

from collections.abc import Callable

PRACTICE_ROUNDS = 1_000
"""A key file is opened at each signature: RFC 8018 rounds for the real ones, few for practice."""

Told = Callable[[str], None]


def silent(_step: str) -> None:
    """Tells nobody."""


def rounds_of(*, practice: bool) -> int:
    """How many rounds one guess at a key file's passphrase costs."""
    from ketachart.report import keyfile  # nobody who charts a visit needs what it imports

    return PRACTICE_ROUNDS if practice else keyfile.ROUNDS
