"""Six letters read over the phone: the same on both ends only if the whole order is the same.

What the prescriber's side knows: the order as it was dictated, the patient's record number, name
and birth date, and the dose in milligrams that the nurse reads out. The weight itself is no part:
it is on file at the bedside alone, and what matters of it is the dose that it leads to. While there
is no dose yet, the code stands for the order alone. When the order was charted (`at`) is no part.
"""

import hashlib
import json

from ketachart.domain.facts import OrderRecorded, PatientRecorded
from ketachart.domain.quantities import Mg
from ketachart.domain.shape import to_plain

# Letters and digits that are told apart on a bad phone line: no 0 O 1 I L 5 S 2 Z 8 B.
PHONE_LETTERS = "34679ACDEFGHJKMNPQRTUVWXY"
LETTERS = 6


def phone_code(patient: PatientRecorded, order: OrderRecorded, dose: Mg | None) -> str:
    """The code of an order for a patient: two groups of three letters.

    It covers every field of the order but its time of charting, the patient's identifiers, the
    drug, and the dose that the order comes to.

    Args:
        patient: for whom.
        order: as it stands on file.
        dose: what the order comes to, mg, exact; None while no weight is on file.
    """
    written = to_plain(order)
    del written["at"]
    covered = {
        "form": "ketachart-phone-2",
        "drug": "ketamine",
        "patient": [patient.mrn, patient.full_name, patient.birth_date.isoformat()],
        "order": written,
        "dose": None if dose is None else f"{dose.amount} {dose.unit}",
    }
    canonical = json.dumps(covered, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    rest = int.from_bytes(hashlib.sha256(canonical.encode()).digest(), "big")
    letters = []
    for _ in range(LETTERS):
        rest, index = divmod(rest, len(PHONE_LETTERS))
        letters.append(PHONE_LETTERS[index])
    return f"{''.join(letters[:3])} {''.join(letters[3:])}"
