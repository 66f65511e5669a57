"""A certificate that the clinic took back: which signatures with it still count."""

from datetime import timedelta

import pytest

from ketachart.errors import CannotRead
from ketachart.report.certificate import serial_of
from ketachart.report.credential import open_credential
from ketachart.report.verify import verify
from ketachart.report.withdrawn import Withdrawn, sign_list
from tests.report.signed_reports import (
    SECRET,
    SIGNED_AT,
    clinic,
    countersigned,
    nurse,
    root_of,
    signed,
    supervisor,
)

A_DAY = timedelta(days=1)


def trust(*rows, number=3, of="Northside Clinic", made=SIGNED_AT + A_DAY):
    authority = open_credential(clinic(of).pkcs12, SECRET)
    return root_of() + sign_list(authority, rows, number=number, now=made)


def row(who, reason, since):
    return Withdrawn(serial_of(who.certificate), reason, since, since)


@pytest.mark.parametrize(
    ("reason", "since", "counts"),
    [
        ("key lost or stolen", SIGNED_AT + 9 * A_DAY, False),
        ("key lost or stolen", SIGNED_AT - A_DAY, False),
        ("issued in error", SIGNED_AT + 9 * A_DAY, False),
        ("left the clinic", SIGNED_AT + timedelta(seconds=1), True),
        ("left the clinic", SIGNED_AT, False),
        ("left the clinic", SIGNED_AT - timedelta(seconds=1), False),
        ("replaced", SIGNED_AT + A_DAY, True),
        ("replaced", SIGNED_AT - A_DAY, False),
    ],
)
def test_whether_a_signature_counts_after_a_withdrawal(reason, since, counts):
    verdict = verify(signed(), trust_pem=trust(row(nurse(), reason, since)))
    assert (verdict.good, verdict.intact, verdict.trusted) == (counts, True, counts)
    if not counts:
        (fault,) = verdict.faults
        assert fault.code == "WITHDRAWN"
        assert f"({reason})" in fault.sentence
        always = reason in ("key lost or stolen", "issued in error")
        assert ("whatever time it claims" in fault.sentence) is always
        assert "cannot be taken as signed by Jane Roe" in verdict.sentence


def test_of_two_signatures_the_withdrawn_one_is_named():
    withdrawn = row(supervisor(), "issued in error", SIGNED_AT)
    (fault,) = verify(countersigned(), trust_pem=trust(withdrawn)).faults
    assert fault.sentence.endswith("(signature 2 of 2)")


def test_the_list_is_told_with_number_and_age():
    file = trust(row(supervisor(), "replaced", SIGNED_AT), number=7)
    verdict = verify(signed(), trust_pem=file, now=SIGNED_AT + 3 * A_DAY)
    (line,) = [line for line in verdict.details if line.startswith("Withdrawn")]
    assert "list 7 of 2 Mar 2026, 1 certificate, to be replaced by 1 Apr 2026; 2 days old" in line
    assert verdict.good
    assert verdict.as_json()["withdrawn"]["number"] == 7


@pytest.mark.parametrize(("days", "past"), [(30, False), (32, True)])
def test_an_old_list_is_said_and_is_no_fault(days, past):
    verdict = verify(signed(), trust_pem=trust(), now=SIGNED_AT + days * A_DAY)
    assert verdict.good
    assert any("That is past" in line for line in verdict.details) is past


def test_without_a_list_it_is_said_that_nobody_looked():
    for pem in (root_of(), None):
        details = " ".join(verify(signed(), trust_pem=pem).details)
        assert "Withdrawn certificates: not checked" in details


def test_of_two_lists_the_newer_one_counts():
    both = trust(row(nurse(), "issued in error", SIGNED_AT), number=4) + trust(number=5)
    assert verify(signed(), trust_pem=both).good


BEGIN = b"-----BEGIN X509 CRL-----\n"


@pytest.mark.parametrize(
    "pem", [trust(of="Southside"), trust().replace(BEGIN + b"M", BEGIN + b"A")]
)
def test_a_list_that_another_authority_signed_cannot_be_read(pem):
    with pytest.raises(CannotRead, match="list of withdrawn certificates"):
        verify(signed(), trust_pem=pem)
