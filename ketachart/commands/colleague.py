"""Plays a visit as another nurse of the clinic, for practice: the signed report that would come in.

The colleague's laptop is a folder that is thrown away; only the report is left. Nobody reviews
their own visits, so that a practice clinic of one person would have nothing to review.
"""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from ketachart import charting
from ketachart.commands.opening import PASSPHRASE
from ketachart.commands.player import open_stage
from ketachart.commands.script import ScriptLine
from ketachart.domain.facts import NurseRecorded
from ketachart.domain.found.findings import standing
from ketachart.report.authority import issue
from ketachart.report.credential import Credential
from ketachart.storage.entry import KeptCredential
from ketachart.storage.keyring import Unwrapped
from ketachart.storage.ledger import Ledger

ROUNDS = 1000  # the key of a practice report protects nothing
INCOMPLETE = "Made up, to practise the review."


def authority_of(folder: Path, proof: Unwrapped) -> KeptCredential:
    """The clinic's authority, locked, from its ledger.

    Raises:
        LedgerError: the ledger cannot be opened.
    """
    with Ledger.open(folder, proof) as ledger:
        return ledger.credentials("clinic", "authority")[-1]


def report_of(
    lines: Sequence[ScriptLine], nurse: NurseRecorded, authority: KeptCredential, clinic: str
) -> bytes:
    """The report of a visit as that nurse charted and signed it under the clinic's authority.

    Raises:
        ScriptError, LedgerError, CannotSign: the visit could not be charted or signed.
    """
    told = [replace(one, fact=nurse) if one.kind == NurseRecorded.KIND else one for one in lines]
    with tempfile.TemporaryDirectory(prefix="ketachart-colleague-") as place:
        folder = Path(place) / "ledger"
        stage = open_stage(told, folder)
        stage.play([line for line in stage.rest if line.kind != "sign"])
        clock, stream = stage.clock, stage.room.stream
        stage.office.close()
        proof = charting.prove(folder, nurse.staff_id, PASSPHRASE, clock)
        _vouch(folder, proof, nurse, authority, clinic=clinic, at=clock.now())
        office = charting.enter(folder, proof, clock)
        try:
            room = office.open_visit(stream)
            why = INCOMPLETE if standing(room.visit, room.now()) else ""
            return room.sign(PASSPHRASE, incomplete=why).content
        finally:
            office.close()


def _vouch(  # noqa: PLR0913 - whose key, by whom, and since when
    folder: Path,
    proof: Unwrapped,
    nurse: NurseRecorded,
    authority: KeptCredential,
    *,
    clinic: str,
    at: datetime,
) -> None:
    """The clinic's authority vouches for the colleague's new key."""
    made = issue(
        Credential(authority.certificate_pem, authority.pkcs12, "", "", at, at),
        PASSPHRASE,
        name=nurse.name,
        staff_id=nurse.staff_id,
        credential=nurse.credential,
        clinic=clinic,
        passphrase=PASSPHRASE,
        now=at,
        rounds=ROUNDS,
    )
    with Ledger.open(folder, proof) as ledger:
        ledger.add_credential(
            nurse.staff_id,
            "nurse",
            made_at=at.isoformat(),
            certificate_pem=made.certificate_pem,
            pkcs12=made.pkcs12,
        )
