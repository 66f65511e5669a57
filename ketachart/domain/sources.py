"""Where a limit, a question or a sentence comes from, in names that a nurse and a supervisor know.

A source is written as codes, “C3; B2.1, K13 (off unless the order allows it)”; what stands in
brackets is a remark. A clinic may write its own document there in plain words.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ketachart.domain.policy import Mark, Reference

VERIFIED: dict[Mark, str] = {
    "V1": "read in the source itself",
    "V2": "read in a publication that restates it",
    "U": "not verified",
}
_BETWEEN = re.compile(r"\s*[;,]\s*(?![^()]*\))")
_PIECE = re.compile(r"(?P<code>[^()]+?)\s*(?:\((?P<remark>[^()]*)\))?\Z")


@dataclass(frozen=True, slots=True)
class Cited:
    """The short names on one line, “common practice, ASRA 2018”, and what each code stands for."""

    short: str
    references: tuple[Reference, ...]


def cite(known: Mapping[str, Reference], *sources: str) -> Cited:
    """What sources are called and are: each name once, in their order, with the remarks on it.

    Args:
        known: what each code stands for.
        sources: codes as they stand beside a limit; one without a known code is shown as it is.
    """
    names: dict[str, list[str]] = {}
    found: dict[str, Reference] = {}
    for source in sources:
        pieces = tuple(_pieces(source))
        if not any(code in known for code, _ in pieces):
            names.setdefault(source.strip(), [])
            continue
        for code, remark in pieces:
            reference = known.get(code)
            if reference is not None:
                found.setdefault(code, reference)
            remarks = names.setdefault(reference.short if reference else code, [])
            if remark and remark not in remarks:
                remarks.append(remark)
    return Cited(
        ", ".join(_named(*named) for named in names.items() if named[0]), (*found.values(),)
    )


def _pieces(source: str) -> Iterator[tuple[str, str]]:
    """Each code of a source with its remark; words that have not that form stand as a code."""
    for piece in _BETWEEN.split(source.strip()):
        match = _PIECE.fullmatch(piece)
        if match is None:
            yield piece, ""
        else:
            yield match["code"], (match["remark"] or "").strip()


def _named(name: str, remarks: list[str]) -> str:
    return f"{name} ({'; '.join(remarks)})" if remarks else name
