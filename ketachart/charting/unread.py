"""What stands in the place of the clinic's own entries where a damaged ledger hides them.

Only ever shown: in such a ledger nothing is charted, signed or printed anew.
"""

from datetime import datetime

from ketachart import house
from ketachart.domain.facts import ClinicRecorded, NurseRecorded
from ketachart.domain.protocol import Protocol
from ketachart.storage.keyring import Person


def clinic(now: datetime) -> ClinicRecorded:
    """A clinic without a name."""
    return ClinicRecorded(at=now, name="Clinic that cannot be read", phone="", zone="UTC")


def nurse(person: Person, now: datetime) -> NurseRecorded:
    """Who unlocked, as the keyring names them; the licence is in the ledger."""
    return NurseRecorded(
        at=now,
        staff_id=person.staff_id,
        name=person.name,
        credential=person.credential,
        licence="",
    )


def protocol() -> Protocol:
    """The protocol that KetaChart is shipped with."""
    return house.shipped_protocol()
