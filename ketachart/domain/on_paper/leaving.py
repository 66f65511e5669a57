"""The end of the visit on paper: the drug counted, the criteria, what was taught, who signs."""

from itertools import zip_longest

from ketachart.domain.on_paper.blank import Blank, Pair, Part, Says, Tick, blanks
from ketachart.domain.visit import Visit


def leaving_parts(visit: Visit) -> tuple[Part, ...]:
    """In the order in which it is charted."""
    return (_count(), _criteria(visit), _taught(visit), _goodbye(), _signed())


def _count() -> Part:
    return Part(
        "Drug count",
        "taken = given + wasted + returned",
        (
            blanks(
                Blank("Taken", 1, unit="mg"), Blank("Given, by the pump", 1.2, unit="mg"),
                Blank("Left in bag", 1, unit="mL"), Blank("Left in vial", 1, unit="mL"),
            ),
            blanks(
                Blank("Wasted", 1, unit="mg"), ("Where it was put", 1.2), ("Time", 0.6),
                ("Witness: name and signature", 2),
            ),
            blanks(
                Blank("Returned, sealed", 1, unit="mg"), ("Seal", 1), ("Time", 0.6),
                ("No witness: why", 2),
            ),
        ),
    )  # fmt: skip


def _criteria(visit: Visit) -> Part:
    words = [criterion.sentence for criterion in visit.protocol.criteria]
    half = (len(words) + 1) // 2
    pairs = tuple(Pair(*both) for both in zip_longest(words[:half], words[half:], fillvalue=""))
    says = "tick what holds; write the time, and the value or word it rests on"
    return Part("Before leaving", says, pairs)


def _taught(visit: Visit) -> Part:
    ticks = tuple(Tick(one.sentence, ("patient", "adult")) for one in visit.protocol.instructions)
    return Part("Said back", "write the time at which each of them said it", ticks)


def _goodbye() -> Part:
    return Part(
        "Goodbye",
        "",
        (
            blanks(("IV out, catheter whole", 1.2), ("Sheet left with", 1), ("Call 1 at", 0.8),
                   ("Call 2 at", 0.8)),
            blanks(("Released at", 0.8), ("To whom", 1.4), ("Not all criteria: why", 2)),
        ),
    )  # fmt: skip


def _signed() -> Part:
    return Part(
        "Signatures",
        "name, signature and time; the paper is kept with the record",
        (
            blanks(("Patient", 2), ("Time", 0.6), ("Adult who stays", 2), ("Time", 0.6)),
            blanks(("Nurse", 2), ("Time", 0.6), ("Paper ended at", 1), ("Why paper was kept", 1.6)),
            Says(
                "Afterwards record the paper in KetaChart with its two times, then copy every line."
            ),
        ),
    )
