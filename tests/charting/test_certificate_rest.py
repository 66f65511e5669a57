"""Nothing is said of a certificate only where reading it would say nothing either."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ketachart import charting
from ketachart.charting.certificate_rest import WARNED, is_at_rest
from ketachart.clock import SetClock
from ketachart.domain.facts.post import CertificateIssued
from ketachart.domain.visit import Visit
from tests.charting.test_room import PASSPHRASE, new_clinic
from tests.helpers.story import NOON

INSTANT = timedelta(seconds=1)


@pytest.fixture
def office(tmp_path):
    told = new_clinic()
    told = replace(told, nurse=replace(told.nurse, role="supervisor"))
    made = charting.create(tmp_path / "ledger", told, SetClock(NOON))
    yield made
    made.close()


def rests(office, now=NOON, register=None):
    book = office.own_stream if register is None else register
    return is_at_rest(office._ledger, book, office.staff_id, now)


def test_it_agrees_with_the_certificate_before_at_and_after_the_day_of_its_warning(office):
    until = office.certificates.own().until
    assert office.certificate_at_rest
    for moment, expected in (
        (until - WARNED - INSTANT, True),
        (until - WARNED, False),
        (until - WARNED + INSTANT, False),
        (until, False),
        (until + INSTANT, False),
    ):
        assert rests(office, moment) is expected
        if expected:
            assert office.certificates.warning(moment) == ""
        elif moment > until - WARNED:
            assert office.certificates.warning(moment)


def test_where_the_book_does_not_know_the_certificate_it_is_to_be_read(office):
    (issued,) = office.own_stream.facts(CertificateIssued)
    register = office.own_stream
    assert rests(office)
    assert not is_at_rest(office._ledger, register, "somebody-else", NOON)
    office.register(replace(issued, until=NOON + WARNED))  # the same, said once more and shorter
    assert not rests(office)


def test_a_book_without_the_certificate_says_nothing(office):
    assert not rests(office, register=Visit())


def test_a_key_that_waits_for_its_certificate_is_to_be_told(office):
    task = office.certificates.requesting()
    office.certificates.keep_request(task.work(PASSPHRASE))
    assert not rests(office)


def test_after_a_withdrawal_the_list_is_to_be_read(office):
    desk = office.certificates
    made = desk.withdrawing(desk.own().serial, "replaced", NOON).work(PASSPHRASE)
    desk.finish(made)
    assert not rests(office)
