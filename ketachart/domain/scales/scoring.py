"""A scale's answers and total: which items are asked, whether they fit, and what they mean."""

from collections.abc import Sequence

from ketachart.domain.facts import ScaleScored
from ketachart.domain.policy_care import Band, Scale, ScaleItem
from ketachart.domain.protocol import Protocol
from ketachart.domain.wording import count

NOT_ASKED = -1
"""Stands among the answers for an item that an earlier answer left out; it is not a zero."""


def is_asked(item: ScaleItem, items: Sequence[ScaleItem], answers: Sequence[int]) -> bool:
    """Whether an item is asked after the answers given so far.

    Args:
        item: the item in question.
        items: all items of its scale, in their order.
        answers: what was answered to the first of them.
    """
    if item.only_after is None:
        return True
    before = dict(zip((one.number for one in items), answers, strict=False))
    return before.get(item.only_after, NOT_ASKED) > 0


def total_of(answers: Sequence[int]) -> int:
    """The sum of what was answered; an item that was not asked counts nothing."""
    return sum(answer for answer in answers if answer != NOT_ASKED)


def band_of(scale: Scale, total: int) -> Band | None:
    """What a total means; None where the scale does not say."""
    reached = [band for band in scale.bands if band.at_least <= total]
    return reached[-1] if reached else None


def answers_text(answers: Sequence[int]) -> str:
    """The answers in their order, a dash for an item that was not asked: “1, 1, 0, –”."""
    return ", ".join("–" if answer == NOT_ASKED else str(answer) for answer in answers)


def heeded(protocol: Protocol, fact: ScaleScored) -> tuple[tuple[ScaleItem, int], ...]:
    """The items whose answer is acted on whatever the total, each with the answer."""
    return tuple(
        (item, answer)
        for item, answer in zip(protocol.items_of(fact.scale), fact.answers, strict=False)
        if item.heeded_from is not None and answer >= item.heeded_from
    )


def answers_fault(protocol: Protocol, fact: ScaleScored) -> str:
    """The sentence for answers that cannot be so; empty where they can."""
    scale, items = protocol.score(fact.scale), protocol.items_of(fact.scale)
    if scale is None:
        return ""
    if not fact.answers:
        single = any(item.act for item in items)
        return f"Answer each item of {scale.label}: single answers are acted on." if single else ""
    if not items:
        return f"The text of {scale.label} is protected: only its total is kept."
    if len(fact.answers) != len(items):
        return (
            f"{scale.label} has {count(len(items), 'item')}; {len(fact.answers)} are answered. "
            "Answer them all."
        )
    values, total = {option.value for option in scale.options}, total_of(fact.answers)
    wrong = filter(None, (_item_fault(n, items, fact.answers, values) for n in range(len(items))))
    uneven = f"The answers add up to {total}, not to {fact.total}." if total != fact.total else ""
    return next(wrong, uneven)


def _item_fault(
    place: int, items: Sequence[ScaleItem], answers: Sequence[int], values: set[int]
) -> str:
    item, answer = items[place], answers[place]
    asked = is_asked(item, items, answers[:place])
    if not asked and answer != NOT_ASKED:
        return f"Item {item.number} is asked only after a yes to item {item.only_after}."
    if asked and answer not in values:
        return f"Item {item.number} has no answer that the scale knows. Answer it again."
    return ""
