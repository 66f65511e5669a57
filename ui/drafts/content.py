"""What a draft holds, looked at without its form."""

from ui.widgets.keeping import Fields


def bare(kept: object) -> object:
    """The same without whatever is empty: an added row without a word is nothing typed."""
    if isinstance(kept, dict):
        inside = {name: bare(value) for name, value in kept.items()}
        return {name: value for name, value in inside.items() if value}
    if isinstance(kept, list):
        return [value for value in map(bare, kept) if value]
    return kept


def part(content: Fields, name: str) -> Fields:
    """One part of a draft: its fields, or what is kept beside them; empty where it has none."""
    found = content.get(name)
    return found if isinstance(found, dict) else {}
