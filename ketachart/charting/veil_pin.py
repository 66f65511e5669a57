"""A short PIN that lifts the privacy veil, and nothing else: it opens no ledger.

The veil keeps the eyes of people in the room away; what protects the charts is the passphrase.
Three wrong tries, and only the passphrase lifts the veil.
"""

import hmac
import json
import secrets

from ketachart.errors import Refused
from ketachart.storage.kdf import FAST_FOR_TESTS, FLOOR_KIB, KdfParameters, stretch
from ketachart.storage.ledger import Ledger

FEWEST, MOST = 4, 8
"""Digits."""
TRIES = 3
_COST = KdfParameters(m_kib=FLOOR_KIB, t=3, p=4)  # about 0.1 s: RFC 9106's second choice
_SALT_BYTES = 16
_RUNS = ("01234567890", "09876543210")


class VeilPin:
    """The PIN of the person who unlocked."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._place = f"veil-pin:{ledger.unwrapped.person.staff_id}"
        self._kept = ledger.setting(self._place) or ""
        self._tried = 0

    def is_set(self) -> bool:
        """Whether there is a PIN."""
        return bool(self._kept)

    def tries_left(self) -> int:
        """How many more tries there are before only the passphrase lifts the veil."""
        return max(0, TRIES - self._tried) if self._kept else 0

    def set(self, pin: str) -> None:
        """Takes a new PIN, on the ledger's own thread; takes about 0.1 s.

        Raises:
            Refused: it will not do; the sentence says why.
            LedgerError: it was not kept; the old one counts.
        """
        self.keep(self.locked(pin))

    def locked(self, pin: str) -> str:
        """The PIN as it is kept: not to be read back. The slow part of `set`, for a worker.

        Raises:
            Refused: it will not do; the sentence says why.
        """
        fault = pin_fault(pin)
        if fault:
            raise Refused(fault, rule="veil pin", field="pin")
        cost = FAST_FOR_TESTS if self._ledger.unwrapped.practice else _COST
        salt = secrets.token_bytes(_SALT_BYTES)
        told = {
            "m_kib": cost.m_kib,
            "t": cost.t,
            "p": cost.p,
            "salt": salt.hex(),
            "hash": stretch(pin, salt=salt, cost=cost).hex(),
        }
        return json.dumps(told, sort_keys=True)

    def keep(self, locked: str) -> None:
        """Keeps what `locked` made.

        Raises:
            LedgerError: it was not kept; the old one counts.
        """
        self._ledger.put_setting(self._place, locked)
        self._kept, self._tried = locked, 0

    def check(self, pin: str) -> bool:
        """Whether that is the PIN; never after three wrong tries. May run in a worker."""
        if self.tries_left() == 0:
            return False
        self._tried += 1  # before it is known: a try that is broken off counts
        right = _is_right(self._kept, pin)
        if right:
            self._tried = 0
        return right

    def passphrase_given(self) -> None:
        """The passphrase lifted the veil: the PIN may be tried again."""
        self._tried = 0

    def forget(self) -> None:
        """There is no PIN any more.

        Raises:
            LedgerError: it is still there.
        """
        self._ledger.put_setting(self._place, "")
        self._kept = ""


def _is_right(kept: str, pin: str) -> bool:
    """Whether that PIN was kept; what cannot be read is no PIN's, nor is a cost never used."""
    try:
        told = json.loads(kept)
        cost = KdfParameters(m_kib=told["m_kib"], t=told["t"], p=told["p"])
        salt, wanted = bytes.fromhex(told["salt"]), bytes.fromhex(told["hash"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return False
    if cost not in (FAST_FOR_TESTS, _COST) or len(salt) != _SALT_BYTES:
        return False
    return hmac.compare_digest(stretch(pin, salt=salt, cost=cost), wanted)


def pin_fault(pin: str) -> str:
    """What is wrong with a PIN, in one sentence; empty where it may be used."""
    if not (pin.isascii() and pin.isdigit() and FEWEST <= len(pin) <= MOST):
        return f"Use {FEWEST} to {MOST} digits."
    if len(set(pin)) == 1:
        return "That is one digit again and again. Use another PIN."
    if any(pin in run for run in _RUNS):
        return "That is a run of digits. Use another PIN."
    return ""
