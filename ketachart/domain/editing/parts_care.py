"""What can be edited of kit, medicines at home, side effects, scales and the time-out."""

from collections.abc import Iterator
from typing import Any, Final

from ketachart.domain.editing.part import YES_NO, Part
from ketachart.domain.editing.parts_words import words_of
from ketachart.domain.editing.tables import Row
from ketachart.domain.protocol import Protocol

ACTS: Final = {"stop": "no start", "ask": "a call to the prescriber", "": "nothing"}


def _kit(_row: Row | None, protocol: Protocol) -> Iterator[Part]:
    questions = {i.code: i.question for i in protocol.screening if i.raised_by == "kit"}
    yield Part(name="code", label="Short name", kind="words", only_new=True)
    yield Part(name="label", label="Name", kind="words")
    yield Part(
        name="question", label="Question it belongs to", kind="choice", options=questions,
        only_new=True,
    )  # fmt: skip
    yield Part(
        name="required", label="No start without it", kind="choice", options=YES_NO,
        laxer="later",
    )  # fmt: skip
    yield Part(name="expires", label="Has an expiry", kind="choice", options=YES_NO, laxer="later")
    yield Part(name="notes", label="What is noted beside it", kind="words", optional=True)


def _interactions(_row: Row | None, protocol: Protocol) -> Iterator[Part]:
    asked = {i.code: i.question for i in protocol.screening if i.raised_by == "interactions"}
    yield Part(name="code", label="Short name", kind="words", only_new=True)
    yield Part(name="label", label="Name of the group", kind="words")
    yield Part(name="words", label="Names and brands", kind="names", laxer="fewer")
    yield Part(
        name="question", label="Question it raises", kind="choice", options=asked, only_new=True
    )
    yield Part(name="says", label="What it may do", kind="words")
    yield Part(
        name="within_h", label="Asked about when taken within; empty: whenever", kind="whole",
        unit="h", optional=True, laxer="lower", open_end=True,
    )  # fmt: skip


def _pathways(_row: Row | None, protocol: Protocol) -> Iterator[Part]:
    effects = {choice.code: choice.label for choice in protocol.listed("effect")}
    measures = {choice.code: choice.label for choice in protocol.listed("measure")}
    yield Part(name="effect", label="Side effect", kind="choice", options=effects, only_new=True)
    yield Part(
        name="steps", label="What is thought of", kind="codes", options=measures, laxer="fewer"
    )
    yield Part(
        name="recheck_min", label="Looked at again after", kind="whole", unit="min", laxer="higher"
    )
    yield Part(
        name="call_from_grade", label="Prescriber called from grade", kind="whole", unit="grade",
        laxer="higher",
    )  # fmt: skip
    signs: dict[str, str] = {sign.code: sign.label for sign in protocol.signs}
    yield Part(
        name="looked_by", label="A reading that is a look, too", kind="codes", options=signs,
        optional=True, laxer="more",
    )  # fmt: skip


def _scores(row: Row, protocol: Protocol) -> Iterator[Part]:
    yield Part(name="label", label="Name", kind="words")
    yield Part(name="about", label="What it measures", kind="words")
    yield Part(
        name="bands", label="What a total means, from the lowest", kind="bands", optional=True,
        laxer="bands",
    )  # fmt: skip
    asked_by = {goal.code: goal.label for goal in protocol.goals}
    yield Part(
        name="goals", label="Goals that ask for it", kind="codes", options=asked_by, optional=True,
        laxer="fewer",
    )  # fmt: skip
    if row.options:
        yield from _both("lead", "Said before the questions")
    yield Part(name="licence", label="Why its text stands here, or does not", kind="words")
    yield Part(name="credit", label="Who is to be named", kind="words", optional=True)


def _items(_row: Row, _protocol: Protocol) -> Iterator[Part]:
    yield Part(name="text", label="In English", kind="words")
    yield Part(name="text_es", label="In Spanish", kind="words", optional=True)
    yield from _both("lead", "Said before it")
    yield from _both("note", "Stands under it")
    yield Part(
        name="heeded_from", label="Acted on from this answer; empty: by the total alone",
        kind="whole", optional=True, laxer="higher",
    )  # fmt: skip
    yield Part(
        name="act", label="What that answer asks for before the start", kind="choice",
        options=ACTS, optional=True, laxer="later",
    )  # fmt: skip


def _both(name: str, label: str) -> Iterator[Part]:
    yield Part(name=name, label=f"{label}, in English", kind="words", optional=True)
    yield Part(name=f"{name}_es", label=f"{label}, in Spanish", kind="words", optional=True)


CARE_PARTS: Final[dict[str, Any]] = {
    "kit": _kit,
    "interactions": _interactions,
    "pathways": _pathways,
    "time_out": words_of(("sentence", "Sentence")),
    "grade_words": words_of(("words", "Words"), ("standard", "Edition it restates")),
    "scores": _scores,
    "score_items": _items,
}
