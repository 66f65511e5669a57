"""Works out dose vectors with the same rules that the window uses, and holds them to the answer.

A vector is a question with exact answers (the form of the public `dose_vectors.json`). Whatever a
vector's givens allow is worked out; an answer that is asked for and cannot be worked out counts as
a difference, never as a pass.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ketachart.commands.vector_answers import work_out
from ketachart.commands.vector_refusals import provoke
from ketachart.domain.delivered import Segment
from ketachart.domain.folded.plain import exact
from ketachart.errors import CannotRead, Refused

__all__ = ["Line", "compare", "work_out"]


@dataclass(frozen=True, slots=True)
class Line:
    """One answer beside what was expected of it."""

    vector: str
    name: str
    got: str
    expected: str
    same: bool


def compare(document: object) -> list[Line]:
    """Works out every vector and every error case of a document.

    Raises:
        CannotRead: the document does not have the form of dose vectors; one vector that does not
            is named by its id.
    """
    if not isinstance(document, Mapping) or not isinstance(document.get("vectors"), list):
        raise CannotRead(
            "This is not a file of dose vectors: it has no list named “vectors”. Choose "
            "another file."
        )
    cases = document.get("errors") or []
    if not isinstance(cases, list):
        raise CannotRead(
            "This is not a file of dose vectors: its “errors” are no list. Correct it there, and "
            "run it again."
        )
    lines: list[Line] = []
    for number, vector in enumerate(document["vectors"], 1):
        lines += _lines_of(vector, _vector_lines, f"vector {number}")
    for number, case in enumerate(cases, 1):
        lines += _lines_of(case, _error_lines, f"error case {number}")
    return lines


def _lines_of(
    vector: Any,  # noqa: ANN401 - whatever JSON holds
    work: Callable[[Mapping[str, Any]], Iterator[Line]],
    place: str,
) -> list[Line]:
    try:
        return list(work(vector))
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        name = vector.get("id", place) if isinstance(vector, Mapping) else place
        raise CannotRead(
            f"{name} does not have the form of a dose vector ({_said(error)})."
        ) from error


def _vector_lines(vector: Mapping[str, Any]) -> Iterator[Line]:
    name, wanted = str(vector["id"]), dict(vector["expect"])
    answers, instead = _answers(vector)
    for key, expected in wanted.items():
        got = answers.get(key)
        shown = instead if got is None else _shown(got)
        yield Line(name, key, shown, _shown(expected), _same(got, expected))
    if "segments" in vector:
        yield from _segment_lines(name, answers.get("_segments", ()), vector["segments"])


def _answers(vector: Mapping[str, Any]) -> tuple[Mapping[str, Any], str]:
    """What the vector's givens come to, and what to show for an answer that is not among it."""
    try:
        return work_out(vector), "not worked out"
    except Refused as refusal:
        return {}, f"refused: {refusal}"
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        return {}, f"given cannot be read: {error}"


def _segment_lines(
    name: str, got: tuple[Segment, ...], expected: list[Mapping[str, Any]]
) -> Iterator[Line]:
    rows = [
        {
            "from_s": segment.from_s,
            "to_s": segment.to_s,
            "rate_ml_h": segment.rate.amount,
            "ml": segment.ml.amount,
            "mg": segment.mg.amount,
        }
        for segment in got
        if segment.state == "running"
    ]
    yield Line(name, "segments", str(len(rows)), str(len(expected)), len(rows) == len(expected))
    for number, (row, wanted) in enumerate(zip(rows, expected, strict=False), 1):
        for key, value in wanted.items():
            label = f"segment {number} {key}"
            yield Line(name, label, _shown(row.get(key)), _shown(value), _same(row.get(key), value))


def _said(error: Exception) -> str:
    """What is wrong, in few words: a value that is missing is named."""
    said = f"{error} is missing" if isinstance(error, KeyError) else str(error)
    return said[:200] or "a number cannot be worked out"


def _same(got: object, expected: object) -> bool:
    """Whether an answer is exactly the expected one, in every form in which that is given."""
    if isinstance(expected, Mapping):
        if not isinstance(got, Fraction) or not expected:
            return False
        forms = exact(got)
        return all(key in forms and _equal(forms[key], said) for key, said in expected.items())
    if isinstance(expected, bool) or isinstance(got, (bool, str)):
        return got is expected or (isinstance(got, str) and got == expected)
    if isinstance(expected, (int, str, Decimal)) and isinstance(got, Fraction):
        return got == Fraction(expected)
    return False


def _equal(form: str | None, said: object) -> bool:
    """Two ways to write the same number are the same: 14/20 and 7/10; null is only null."""
    if form is None or said is None or isinstance(said, bool):
        return form is said
    return isinstance(said, (int, str, Decimal)) and Fraction(form) == Fraction(said)


def _shown(value: object) -> str:
    if value is None:
        return "not worked out"
    if isinstance(value, Mapping):
        return str(value.get("frac", value))
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    return str(value)


def _error_lines(case: Mapping[str, Any]) -> Iterator[Line]:
    expected = str(case["error"])
    try:
        provoke(case["given"])
    except Refused as refusal:
        same = refusal.rule in expected
        yield Line(str(case["id"]), "refused", str(refusal), expected, same)
    else:
        yield Line(str(case["id"]), "refused", "accepted", expected, same=False)
