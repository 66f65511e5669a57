"""Signed reports, the record in them, and the trust file by which they are believed."""

from datetime import timedelta
from functools import cache

from ketachart.domain.folded import reading
from ketachart.domain.folded.rows import entry_rows
from ketachart.domain.visit import fold
from ketachart.report.certificate import serial_of
from ketachart.report.credential import open_credential
from ketachart.report.verify import verify
from ketachart.report.verify_people import trusted_roots
from ketachart.report.verify_withdrawn import lists_for
from ketachart.report.withdrawn import Withdrawn, sign_list
from tests.fuzz.target import Target, a_sentence, commanded, room
from tests.report import signed_reports, whole_reports
from tests.report.attacks.shadows import resealed
from tests.report.signed_reports import SECRET, SIGNED_AT, clinic, nurse, root_of


def _said(verdict) -> None:
    a_sentence(verdict.sentence)
    for fault in verdict.faults:
        a_sentence(fault.sentence)


def _report(content: bytes) -> None:
    _said(verify(content, trust_pem=root_of(), numbers=True))


def _resealed(content: bytes) -> None:
    """Signed again by the nurse herself after it was damaged, so that it is read further."""
    try:
        again = resealed(content)
    except (IndexError, ValueError):  # what is looked at is the door, not the forger's tool
        return
    _report(again)


@cache
def _rows() -> tuple[bytes, ...]:
    import json

    rows = (json.dumps(row, ensure_ascii=False) for row in entry_rows(whole_reports.visit()))
    return ("".join(f"{row}\n" for row in rows).encode(),)


def _record(content: bytes) -> None:
    """The record as it travels with a report; its chain is not asked for."""
    fold(reading.entries_of(reading.rows_of(content)))


@cache
def _trust() -> tuple[bytes, ...]:
    authority = open_credential(clinic().pkcs12, SECRET)
    since = SIGNED_AT + timedelta(days=1)
    row = Withdrawn(serial_of(nurse().certificate), "left the clinic", since, since)
    return (root_of(), root_of() + sign_list(authority, [row], number=3, now=since))


def _trusted(content: bytes) -> None:
    lists_for(content, trusted_roots(content))
    _said(verify(signed_reports.signed(), trust_pem=content))


def _checked(content: bytes) -> None:
    with room() as folder:
        report, trust = folder / "report.pdf", folder / "trust.pem"
        report.write_bytes(content)
        trust.write_bytes(root_of())
        commanded("verify", report, "--trust", trust, "--json")
        commanded("verify", report, report, "--trust", trust)


def _small() -> tuple[bytes, ...]:
    return (signed_reports.signed(), signed_reports.countersigned())


TARGETS = (
    Target(
        name="report",
        form="bytes",
        seeds=lambda: (*_small(), whole_reports.signed()),
        door=_report,
        longest=1 << 19,
        in_suite=3,
    ),
    Target(
        name="report, signed again",
        form="bytes",
        seeds=lambda: (*_small(), whole_reports.signed()),
        door=_resealed,
        longest=1 << 19,
        in_suite=3,
    ),
    Target(
        name="report, by command",
        form="bytes",
        seeds=_small,
        door=_checked,
        longest=1 << 18,
        in_suite=2,
    ),
    Target(name="record in a report", form="lines", seeds=_rows, door=_record, in_suite=25),
    Target(name="trust file", form="bytes", seeds=_trust, door=_trusted, in_suite=4),
)
