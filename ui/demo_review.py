"""The practice clinic's reports to review: visits of a colleague, signed, and taken in here."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from ketachart import charting
from ketachart.charting import OpenClinic
from ketachart.charting.report_reading import ReadFolder, read_report
from ketachart.clock import SetClock
from ketachart.commands.colleague import authority_of, report_of
from ketachart.commands.player import PASSPHRASE
from ketachart.commands.script import ScriptLine
from ketachart.domain.facts import NurseRecorded

WHO: Final = ("tb", "Tom Brandt", "RN 190 334")


def take_in(
    folder: Path,
    staff_id: str,
    told: Sequence[tuple[Sequence[ScriptLine], timedelta]],
    clock: SetClock,
) -> None:
    """Has a colleague chart and sign these visits, and takes each report in some time later.

    Raises:
        KetaChartError: one could not be charted, signed or taken in.
    """
    proof = charting.prove(folder, staff_id, PASSPHRASE, clock)
    authority = authority_of(folder, proof)
    for lines, later in told:
        content = _signed(lines, authority)
        end = max(line.at for line in lines if line.at is not None)
        office = charting.enter(folder, proof, type(clock)(end + later))
        try:
            _keep(office, content, end)
        finally:
            office.close()


def _signed(lines: Sequence[ScriptLine], authority: object) -> bytes:
    first = next(line.fact for line in lines if isinstance(line.fact, NurseRecorded))
    staff_id, name, licence = WHO
    nurse = replace(first, staff_id=staff_id, name=name, licence=licence)
    return report_of(lines, nurse, authority, "Desert Bloom Infusion")  # type: ignore[arg-type]


def _keep(office: OpenClinic, content: bytes, at: datetime) -> None:
    desk = office.supervision
    read = read_report(f"visit-{at:%y%m%d}.pdf", content, desk.trust_file)
    desk.keep(ReadFolder(reports=(read,)))
