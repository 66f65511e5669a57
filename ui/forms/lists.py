"""The protocol's lists as choices, each with the figure that takes it."""

from ketachart.domain.protocol import Protocol
from ui.widgets.choices import Choice


def numbered(pairs: tuple[tuple[str, str], ...]) -> tuple[Choice, ...]:
    """Choices of (value, words); the first nine answer to the figures 1 to 9."""
    return tuple(
        Choice(value, words, key=str(place) if place <= 9 else "")
        for place, (value, words) in enumerate(pairs, start=1)
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
