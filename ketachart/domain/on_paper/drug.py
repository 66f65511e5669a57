"""The drug on paper: vial, bag and line, then what the pump did and what was given beside it."""

from ketachart.domain.on_paper.blank import Blank, Grid, Head, Part, Says, blanks, empty
from ketachart.domain.visit import Visit


def drug_parts(visit: Visit) -> tuple[Part, ...]:
    """Vial, bag, IV line, and the last look before the start."""
    steps = "; ".join(step.sentence.rstrip(".") for step in visit.protocol.time_out)
    look = (Says(f"Time-out: {steps}."),) if steps else ()
    return (
        Part(
            "Vial, bag, line",
            "labels read twice",
            (
                blanks(
                    ("Vial", 0.6), Blank("Strength", 1, unit="mg/mL"),
                    Blank("Volume", 1, unit="mL"), ("Lot", 0.9), ("Expires", 0.9), ("Seal", 0.8),
                ),
                blanks(
                    ("Bag", 0.6), Blank("Drawn up", 1, unit="mL"), Blank("Bag total", 1, unit="mL"),
                    Blank("Strength", 1, unit="mg/mL"), ("Time", 0.6),
                ),
                blanks(
                    ("IV: site and side", 1.4), ("Gauge", 0.6), ("Tries", 0.5),
                    ("Blood back, flushed mL", 1.2), ("Time", 0.6),
                ),
                blanks(
                    Blank("Pump set: rate", 1, unit="mL/h"), Blank("Volume", 1, unit="mL"),
                    Blank("Strength", 1, unit="mg/mL"), ("Read by", 1), ("Time", 0.6),
                ),
                *look,
            ),
        ),
    )  # fmt: skip


def running_parts(visit: Visit) -> tuple[Part, ...]:
    """Start, changes, pauses, stop; medicines; effects; calls."""
    return (_pump(visit), _given(visit), _effects(visit), _calls(), _notes())


def _labels(visit: Visit, name: str) -> str:
    return ", ".join(choice.label for choice in visit.protocol.listed(name))


def _pump(visit: Visit) -> Part:
    heads = (
        Head("Time", share=0.8),
        Head("Start, rate, pause, resume, bag, stop", share=2.4),
        Head("Rate", "mL/h", share=0.9),
        Head("Pump total", "mL", share=0.9),
        Head("Why, and who was called", share=3.2),
        Head("Site", share=0.8),
        Head("By", share=0.5),
    )
    says = [
        f"{name}: {words}."
        for name, words in (
            ("Why a rate", _labels(visit, "rate-reason")),
            ("Why a pause", _labels(visit, "pause-reason")),
            ("Why the stop", _labels(visit, "stop-reason")),
        )
        if words
    ]
    rows = Grid(heads, empty(6))
    return Part(
        "Pump", "one line for each act, with what the pump shows", (rows, Says(" ".join(says)))
    )


def _given(visit: Visit) -> Part:
    order = visit.order
    prn = (
        f"; ordered: {', '.join(one.medicine for one in order.prn)}" if order and order.prn else ""
    )
    heads = (
        Head("Time", share=0.8), Head("Medicine, fluid, bolus, flush", share=2.6),
        Head("Dose and unit", share=1.2), Head("Route", share=0.8), Head("For what", share=1.6),
        Head("Helped? time", share=1.5), Head("By", share=0.5),
    )  # fmt: skip
    return Part("Given", f"only what is ordered{prn}", (Grid(heads, empty(4)),))


def _effects(visit: Visit) -> Part:
    heads = (
        Head("Time", share=0.8), Head("Side effect", share=2.4), Head("Grade", share=0.7),
        Head("What was done", share=3), Head("Gone at", share=0.9), Head("By", share=0.5),
    )  # fmt: skip
    grades = "; ".join(
        f"{step.value} {step.label}" for step in visit.protocol.scales if step.scale == "grade"
    )
    says = (Says(f"Grade: {grades}."),) if grades else ()
    return Part(
        "Side effects",
        "each at its first minute, and when it is gone",
        (Grid(heads, empty(4)), *says),
    )


def _calls() -> Part:
    heads = (
        Head("Time", share=0.8), Head("Called", share=1.8), Head("Said, ordered", share=4),
        Head("Read back", share=0.8), Head("By", share=0.5),
    )  # fmt: skip
    return Part("Calls", "an order by telephone is read back", (Grid(heads, empty(3)),))


def _notes() -> Part:
    heads = (Head("Time", share=0.8), Head("Note", share=6.6), Head("By", share=0.5))
    return Part("Notes", "", (Grid(heads, empty(2)),))
