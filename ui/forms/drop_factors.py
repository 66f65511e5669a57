"""The drop factors of gravity sets as choices: none chosen, and without one it is a pump."""

from ketachart.domain.policy_drug import DropFactor
from ui.widgets.choices import Choice, Choices

QUESTION = "Gravity set, if there is no pump"


def set_choices(factors: tuple[DropFactor, ...], *, columns: int, told: bool = True) -> Choices:
    """The drop factors there are, none of them chosen; without one it is a pump."""
    return Choices(
        QUESTION,
        tuple(
            Choice(
                str(row.drops_per_ml),
                str(row.drops_per_ml),
                sub=row.label if told else "",
                key=str(place),
            )
            for place, row in enumerate(factors, 1)
        ),
        columns=columns,
    )
