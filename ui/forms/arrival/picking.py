"""What was chosen, as one of the words that a fact knows."""

from typing import TypeVar

from ui.forms.timed import must_choose
from ui.widgets.choices import Choices

T = TypeVar("T", bound=str)


def picked(choices: Choices, words: tuple[T, ...], sentence: str, field: str) -> T:
    """What is chosen, as the fact's own word.

    Raises:
        Refused: nothing is; ``field`` names the fact's field.
    """
    chosen = must_choose(choices, sentence, field)
    return next(word for word in words if word == chosen)
