"""The protocol's reference texts about a route or a goal, as they are shown."""

from ketachart.domain.protocol import Protocol
from ui.widgets.passages import Text


def texts_about(protocol: Protocol, *about: str) -> tuple[Text, ...]:
    """Every text about these routes or goals, in the protocol's order, each with its source."""
    return tuple(
        Text(passage.title, passage.text, f"Source: {protocol.cited(passage.source).short}")
        for name in about
        for passage in protocol.passages_about(name)
    )
