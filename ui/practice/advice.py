"""What the protocol says about a step of a drill; nothing of it is written here."""

from ketachart.domain.start import against_start
from ketachart.domain.visit import Visit
from ketachart.domain.wording import listed
from ui.practice.script import Step


def advice(visit: Visit, step: Step) -> str:
    """The protocol's line about a step, with its source; empty where it has none."""
    if not step.advice:
        return ""
    if step.advice == "pump-check":  # once something was read, the chart itself says more
        found = against_start(visit, visit.entries[-1].recorded_at)
        asked = [one.sentence for one in found if one.code == "pump-check"]
        return f"The protocol: {asked[0]}." if asked else ""
    protocol = visit.protocol
    pathway = protocol.pathway(step.advice)
    if pathway is None:
        return ""
    effect = protocol.label("effect", step.advice)
    steps = listed([protocol.label("measure", code).lower() for code in pathway.steps])
    cited = protocol.cited(pathway.source).short
    return f"The protocol thinks of, at “{effect}”: {steps} ({cited})."
