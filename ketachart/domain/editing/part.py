"""One piece of a protocol's row that can be edited: its label, unit and way of asking less."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal[
    "number", "whole", "numbers", "wholes", "words", "names", "choice", "codes", "asks", "bands"
]
Laxer = Literal["", "higher", "lower", "later", "fewer", "more", "asks", "bands"]
# The stricter stands first.
YES_NO: Final = {"yes": "yes", "no": "no"}
NO_YES: Final = {"no": "no", "yes": "yes"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One piece of a row: its label and unit, and which way it asks for less.

    ``options`` stand from strict to lax where ``laxer`` is *later*. ``only_new`` marks what names
    the row, so that it is typed once; ``open_end`` that nothing typed means no end, the strictest.
    """

    name: str
    label: str
    kind: Kind = "number"
    unit: str = ""
    options: Mapping[str, str] | None = None
    optional: bool = False
    laxer: Laxer = ""
    only_new: bool = False
    open_end: bool = False
    signs: Mapping[str, str] | None = None
