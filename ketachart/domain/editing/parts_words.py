"""What can be edited of questions, instructions, sheets and lists: mostly their words."""

from collections.abc import Iterator
from typing import Any, Final

from ketachart.domain.editing.part import NO_YES, Part
from ketachart.domain.editing.tables import Row
from ketachart.domain.protocol import Protocol

_DATED: Final = {"date": "the date on the paper", "": "no date"}
_MAY_BE_EMPTY: Final = ("hint", "label_es")


def words_of(*named: tuple[str, str]) -> Any:  # noqa: ANN401 - one of the functions of a table
    """Pieces that are words and nothing else."""

    def parts(_row: Row, _protocol: Protocol) -> Iterator[Part]:
        for name, label in named:
            yield Part(name=name, label=label, kind="words", optional=name in _MAY_BE_EMPTY)

    return parts


def _screening(row: Row, _protocol: Protocol) -> Iterator[Part]:
    yield Part(name="question", label="Question", kind="words")
    yield Part(name="hint", label="What an answer rests on", kind="words", optional=True)
    yield Part(
        name="stop_can_be_authorised", label="A prescriber may authorise a start all the same",
        kind="choice", options=NO_YES, laxer="later",
    )  # fmt: skip
    if row.computed:
        return  # the chart answers it
    yield Part(
        name="wants", label="An answer of clear carries", kind="choice", options=_DATED,
        optional=True, laxer="later",
    )  # fmt: skip
    if row.wants:
        yield Part(
            name="for_series", label="Each series has its own paper", kind="choice",
            options={"yes": "yes", "no": "no"}, laxer="later",
        )  # fmt: skip


def _instructions(row: Row, _protocol: Protocol) -> Iterator[Part]:
    for name, label in (("sentence", "Sentence"), ("question", "Question that hears it said back")):
        yield Part(name=name, label=f"{label}, in English", kind="words")
        yield Part(name=f"{name}_es", label=f"{label}, in Spanish", kind="words", optional=True)
    if row.hours:
        yield Part(name="hours", label="Hours", kind="wholes", unit="h", laxer="lower")


WORD_PARTS: Final[dict[str, Any]] = {
    "screening": _screening,
    "instructions": _instructions,
    "sheet_lines": words_of(("text", "In English"), ("text_es", "In Spanish")),
    "passages": words_of(("title", "Heading"), ("text", "Text")),
    "choices": words_of(("label", "Words"), ("label_es", "In Spanish")),
    "scales": words_of(("label", "Words")),
}
