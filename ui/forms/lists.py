"""The protocol's lists as choices, each with the key that takes it."""

from typing import Final

from ketachart.domain.protocol import Protocol
from ui.widgets.choices import Choice

KEYS: Final = "1234567890ABCDEFGHIJK"


def numbered(pairs: tuple[tuple[str, str], ...]) -> tuple[Choice, ...]:
    """Choices of (value, words), each with the key that takes it: 1 to 9, 0, then letters."""
    return tuple(
        Choice(value, words, key=KEYS[place : place + 1])
        for place, (value, words) in enumerate(pairs)
    )


def listed(protocol: Protocol, name: str) -> tuple[Choice, ...]:
    """The choices of one of the protocol's lists."""
    return numbered(tuple((choice.code, choice.label) for choice in protocol.listed(name)))


def steps(protocol: Protocol, scale: str) -> tuple[Choice, ...]:
    """The steps of one of the protocol's scales; each answers to its own figure."""
    return tuple(
        Choice(str(step.value), step.label.capitalize(), key=str(step.value))
        for step in protocol.scales
        if step.scale == scale
    )
