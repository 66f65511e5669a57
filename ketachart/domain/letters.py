"""Which letters can be printed: a name that the report cannot print is told at once, not lost."""

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Letters:
    """A set of Unicode code points, kept as ranges."""

    ranges: tuple[tuple[int, int], ...]

    @classmethod
    def parse(cls, text: str) -> "Letters":
        """Reads lines such as ``0020-007E`` or ``00B5``; a line that starts with # is a remark."""
        ranges = []
        for line in text.splitlines():
            if line and not line.startswith("#"):
                first, _, last = line.partition("-")
                ranges.append((int(first, 16), int(last or first, 16)))
        return cls(tuple(sorted(ranges)))

    def missing_from(self, text: str) -> str:
        """The first letter of the text that cannot be printed, or an empty text."""
        found = _others(self.ranges).search(text)
        return found.group() if found else ""


@lru_cache(maxsize=4)
def _others(ranges: tuple[tuple[int, int], ...]) -> re.Pattern[str]:
    """Any one letter outside of the ranges that does not only begin a line."""
    held = "".join(f"\\U{first:08X}-\\U{last:08X}" for first, last in ranges)
    return re.compile(f"[^\\n{held}]")
