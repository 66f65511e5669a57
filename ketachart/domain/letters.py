"""Which letters can be printed: a name that the report cannot print is told at once, not lost."""

from dataclasses import dataclass


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
        for letter in text:
            if letter != "\n" and not self._holds(ord(letter)):
                return letter
        return ""

    def _holds(self, point: int) -> bool:
        low, high = 0, len(self.ranges)
        while low < high:
            middle = (low + high) // 2
            first, last = self.ranges[middle]
            if point < first:
                high = middle
            elif point > last:
                low = middle + 1
            else:
                return True
        return False
