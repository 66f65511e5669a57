"""One value of the order beside its bound: inside, outside with a reason, or a stop."""

from dataclasses import dataclass
from typing import Literal

Standing = Literal["inside", "reason", "stop"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseCheck:
    """One check of the order against the clinic's protocol."""

    code: str
    label: str
    value: str
    bound: str
    source: str
    standing: Standing
    explained: str = ""


def check_row(  # noqa: PLR0913 - one row of a table
    code: str,
    label: str,
    value: str,
    bound: str,
    source: str,
    *,
    inside: bool,
    otherwise: Literal["reason", "stop"] = "reason",
) -> DoseCheck:
    """A row that is inside its bound, or asks for a reason, or stops."""
    standing: Standing = "inside" if inside else otherwise
    return DoseCheck(
        code=code, label=label, value=value, bound=bound, source=source, standing=standing
    )
