"""Did the clinic take the signer's certificate back? Its newest list, in the trust file, says so.

A key that was lost or stolen, or a certificate issued in error, puts every signature in doubt,
whatever time it claims: whoever has the key also sets the clock. Who left the clinic, or got a new
certificate, signed rightly up to that day.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from cryptography import x509

from ketachart.domain.wording import count, day
from ketachart.errors import CannotRead, Fault
from ketachart.report.certificate import serial_of
from ketachart.report.verify_blob import Chain
from ketachart.report.withdrawn import DOUBTS_ALL, WithdrawnList, lists_in, newest, read_list


def lists_for(
    trust_pem: bytes, roots: tuple[x509.Certificate, ...]
) -> dict[x509.Certificate, WithdrawnList]:
    """The newest list of each trusted authority that has one in the trust file.

    Raises:
        CannotRead: a list is damaged, or none of these authorities signed it.
    """
    found: dict[x509.Certificate, list[WithdrawnList]] = {}
    for pem in lists_in(trust_pem):
        root, listed = _signed_by(pem, roots)
        found.setdefault(root, []).append(listed)
    best = {root: newest(lists) for root, lists in found.items()}
    return {root: one for root, one in best.items() if one is not None}


def _signed_by(
    pem: bytes, roots: tuple[x509.Certificate, ...]
) -> tuple[x509.Certificate, WithdrawnList]:
    for root in roots:
        try:
            return root, read_list(pem, root)
        except CannotRead:
            continue
    raise CannotRead(
        "The list of withdrawn certificates in the trust file cannot be read, or another authority "
        "signed it. Ask the clinic for its newest trust file."
    )


def withdrawn(
    chain: Chain, at: datetime | None, lists: Mapping[x509.Certificate, WithdrawnList]
) -> Iterator[Fault]:
    """Why the signature no longer counts; ``at`` is the time it claims, aware, or None."""
    listed = lists.get(chain.root)
    row = listed.row(serial_of(chain.own)) if listed else None
    if row is None:
        return
    if row.reason in DOUBTS_ALL:
        yield Fault(
            "WITHDRAWN",
            f"Signer: the clinic withdrew this certificate on {day(row.withdrawn_at)} "
            f"({row.reason}). No signature made with it counts, whatever time it claims.",
        )
    elif at is None or at.tzinfo is None or row.doubts(at):
        claims = f"The signature claims {day(at)}." if at is not None else "It claims no time."
        yield Fault(
            "WITHDRAWN",
            f"Signer: the clinic withdrew this certificate ({row.reason}) with effect from "
            f"{day(row.since)}. {claims}",
        )


def told_of_list(listed: WithdrawnList | None, now: datetime | None) -> str:
    """The list's number and age, in a line; what follows where there is none."""
    if listed is None:
        return "Withdrawn certificates: not checked; the trust file holds no list of them."
    said = (
        f"Withdrawn certificates: list {listed.number} of {day(listed.made_at)}, "
        f"{count(len(listed.rows), 'certificate')}, to be replaced by {day(listed.next_update)}"
    )
    if now is None:
        return f"{said}."
    if now > listed.next_update:
        return f"{said}. That is past: ask the clinic for its newest trust file."
    return f"{said}; {count(max((now - listed.made_at).days, 0), 'day')} old."
