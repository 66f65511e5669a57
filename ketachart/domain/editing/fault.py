"""Why an edition of the protocol cannot stand."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """The sentence says what to change, ``field`` which piece of the row."""

    sentence: str
    field: str = ""
