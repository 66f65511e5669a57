"""Who may review a visit, and what a reviewer should say of the own part in it."""

from dataclasses import dataclass

from ketachart.domain.addenda import addenda
from ketachart.domain.facts import DrugWasted
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, listed


@dataclass(frozen=True, slots=True)
class Reviewer:
    """The supervisor who reads, and the clinic's other supervisors by name."""

    staff_id: str
    name: str
    others: tuple[str, ...] = ()


def against(visit: Visit, reviewer: Reviewer, *, signer: str = "") -> str:
    """Why this person may not review the visit; empty where nothing is against it.

    Args:
        visit: the visit as the report tells it.
        reviewer: who would review it.
        signer: staff id in the certificate that the report is signed with.
    """
    charted = {entry.author for entry in visit.entries} | {signer}
    if not reviewer.staff_id or reviewer.staff_id not in charted:
        return ""
    who = (
        f"{listed(list(reviewer.others))} may."
        if reviewer.others
        else ("Another supervisor of the clinic must; none is on file here yet.")
    )
    return f"You charted in this visit yourself, so you cannot review or countersign it. {who}"


def witnessed(visit: Visit, reviewer: Reviewer) -> str:
    """That the reviewer saw a waste in this visit; told beside the verdict, never in its way."""
    name = _folded(reviewer.name)
    for entry in visit.of(DrugWasted):
        if name and _folded(entry.fact.witness) == name:
            return (
                f"You are named as the witness of the waste at {clock(entry.at)}. You may review; "
                "the report shows both."
            )
    return ""


def signer_of(visit: Visit) -> str:
    """Staff id of who must have signed this version: of the last addendum, or of the visit."""
    added = addenda(visit)
    if added:
        return added[-1].fact.signer
    return visit.signed.fact.signer if visit.signed is not None else ""


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
