"""Who signs on the screen: the patient and the responsible adult, by name."""

from typing import Final, Literal

from ketachart.domain.visit import Visit

Signer = Literal["patient", "adult"]
SIGNERS: Final[tuple[Signer, ...]] = ("patient", "adult")


def name_of(visit: Visit, role: Signer) -> str:
    """The name in print; empty while nobody is named."""
    if role == "patient":
        return visit.patient.full_name if visit.patient else ""
    return visit.adult.name if visit.adult else ""
