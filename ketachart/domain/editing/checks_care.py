"""What no edition may say of side effects, scales, medicines at home and the patient's sheets."""

from collections.abc import Iterator

from ketachart.domain.editing.fault import Fault
from ketachart.domain.protocol import Protocol
from ketachart.domain.sheets.lines import names_in

_GRADES = range(1, 5)


def care_faults(protocol: Protocol, shipped: Protocol) -> Iterator[Fault]:
    """Every fault, in the order of the tables; ``shipped`` says which words a line may fill in."""
    yield from _pathways(protocol)
    yield from _interactions(protocol)
    yield from _scores(protocol)
    yield from _items(protocol)
    yield from _lines(protocol, shipped)


def _pathways(protocol: Protocol) -> Iterator[Fault]:
    for one in protocol.pathways:
        if one.recheck_min < 1:
            yield Fault("A side effect is looked at again after 1 min or more.", "recheck_min")
        if one.call_from_grade not in _GRADES:
            yield Fault("Grades go from 1 to 4.", "call_from_grade")


def _interactions(protocol: Protocol) -> Iterator[Fault]:
    for group in protocol.interactions:
        if not any(word.strip() for word in group.words):
            yield Fault(f"{group.label}: name at least one medicine.", "words")
        if group.within_h is not None and group.within_h < 1:
            yield Fault(f"{group.label}: 1 h or more, or empty.", "within_h")


def _scores(protocol: Protocol) -> Iterator[Fault]:
    for scale in protocol.scores:
        for band in scale.bands:
            if not scale.low <= band.at_least <= scale.high:
                yield Fault(
                    f"{scale.label} goes from {scale.low} to {scale.high}; {band.at_least} is no "
                    "total of it.",
                    "bands",
                )


def _items(protocol: Protocol) -> Iterator[Fault]:
    for item in protocol.score_items:
        if item.act and item.heeded_from is None:
            where = f"Item {item.number} of {item.scale}"
            yield Fault(f"{where}: say from which answer on it is acted on.", "heeded_from")


def _lines(protocol: Protocol, shipped: Protocol) -> Iterator[Fault]:
    """A word in braces that the chart does not fill would keep the sheet from being made."""
    known = {(line.sheet, line.code): line for line in shipped.sheet_lines}
    for line in protocol.sheet_lines:
        before = known.get((line.sheet, line.code))
        if before is None:
            continue
        for field in ("text", "text_es"):
            yield from _braces(getattr(line, field), getattr(before, field), field)


def _braces(text: str, shipped: str, field: str) -> Iterator[Fault]:
    may = set(names_in(shipped))
    try:
        new = set(names_in(text))
    except ValueError:
        yield Fault("Braces stand only around a word that the chart fills in.", field)
        return
    for name in sorted(new - may):
        filled = ", ".join(f"{{{word}}}" for word in sorted(may)) or "nothing"
        yield Fault(f"“{{{name}}}” is not filled in here. The chart fills in: {filled}.", field)
