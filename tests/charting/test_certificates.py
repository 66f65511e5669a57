"""Who may sign, until when, and what the clinic took back: from two ledgers that share files."""

import shutil
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography import x509

from ketachart import charting
from ketachart.charting import task_words
from ketachart.clock import SetClock
from ketachart.domain import facts as f
from ketachart.domain.facts.post import (
    CertificateIssued,
    CertificateWithdrawn,
    WithdrawnListed,
)
from ketachart.errors import CannotRead, CannotSign, LedgerError, Refused, WrongPassphrase
from ketachart.report import authority, withdrawn
from ketachart.report.credential import open_credential
from ketachart.report.token import TokenPlace
from ketachart.report.verify import verify
from tests.charting.test_room import PASSPHRASE, new_clinic, new_visit
from tests.helpers.story import NOON

DAY = timedelta(days=1)
OTHER = {"name": "Ben Ortiz", "staff_id": "bo", "credential": "RN"}


@pytest.fixture(scope="module")
def founded(tmp_path_factory):
    """A clinic's ledger, founded by a supervisor, closed."""
    folder = tmp_path_factory.mktemp("clinic") / "ledger"
    told = new_clinic()
    told = replace(told, nurse=replace(told.nurse, role="supervisor"))
    charting.create(folder, told, SetClock(NOON)).close()
    return folder


@pytest.fixture
def opened(founded, tmp_path):
    """Opens a copy of it at a time of one's choice."""
    folder = tmp_path / "ledger"
    shutil.copytree(founded, folder)
    doors = []

    def at(moment=NOON):
        for door in doors:
            door.close()
        doors.append(charting.unlock(folder, "ja", PASSPHRASE, SetClock(moment)))
        return doors[-1]

    yield at
    for door in doors:
        door.close()


@pytest.fixture
def office(opened):
    return opened(NOON + DAY)


def request_of(**values):
    told = {**OTHER, "clinic": "elsewhere", "passphrase": PASSPHRASE, "rounds": 1000, **values}
    return authority.make_request(**told)


def issued_to(office, **values):
    told = {**OTHER, **values}
    pending = request_of(**values)
    task = office.certificates.issuing(
        told["staff_id"], told["name"], told["credential"], pending.csr_pem
    )
    return pending, office.certificates.finish(task.work(PASSPHRASE))


def withdraw(office, serial, reason="left the clinic", since=None):
    desk = office.certificates
    desk.finish(desk.withdrawing(serial, reason, since or office.time.now()).work(PASSPHRASE))


# ------------------------------------------------ issued and renewed


def test_the_founders_certificate_stands_in_the_clinics_stream_from_the_beginning(office):
    (own,) = office.certificates.issued()
    assert (own.staff_id, own.state, own.here) == ("ja", "valid", True)
    fact = office.own_stream.last_fact(CertificateIssued)
    assert (fact.serial, fact.fingerprint, fact.until) == (own.serial, own.fingerprint, own.until)
    assert office.certificates.own() == own


def test_a_certificate_for_another_laptop_leaves_the_key_there(office):
    pending, pem = issued_to(office)
    found = [each for each in office.certificates.issued() if each.staff_id == "bo"]
    assert [(each.name, each.here, each.state) for each in found] == [("Ben Ortiz", False, "valid")]
    made = x509.load_pem_x509_certificate(pem.encode())
    # the clinic in it is the authority's own, whatever the request said
    assert made.subject.rfc4514_string().endswith(f"O={office.clinic.name}")
    whole = authority.complete(
        pending.pkcs12, pem, office.root_certificate, PASSPHRASE, rounds=1000
    )
    assert open_credential(whole.pkcs12, PASSPHRASE).staff_id == "bo"


def test_what_a_task_made_is_kept_once_however_often_it_is_handed_in(office):
    task = office.certificates.issuing("bo", "Ben Ortiz", "RN", request_of().csr_pem)
    made = task.work(PASSPHRASE)
    office.certificates.finish(made)
    office.certificates.finish(made)
    assert len(office.own_stream.of(CertificateIssued)) == 2
    assert len(office._ledger.credentials("bo", "issued")) == 1


def test_certificate_and_fact_are_kept_together_or_not_at_all(office, monkeypatch):
    made = office.certificates.issuing("bo", "Ben Ortiz", "RN", request_of().csr_pem).work(
        PASSPHRASE
    )
    monkeypatch.setattr(
        "ketachart.storage.records.insert_credential",
        lambda *_args, **_more: (_ for _ in ()).throw(LedgerError("full")),
    )
    with pytest.raises(LedgerError):
        office.certificates.finish(made)
    assert len(office._ledger.stream_of("clinic", (CertificateIssued.KIND,))) == 1
    monkeypatch.undo()
    office.certificates.finish(made)
    assert len(office.certificates.issued()) == 2


def test_a_renewal_is_a_new_key_and_the_old_one_still_counts(office):
    old = office.certificates.own()
    office.certificates.finish(office.certificates.renewing(old.serial[:10]).work(PASSPHRASE))
    new = office.certificates.own()
    assert new.serial != old.serial
    assert [each.state for each in office.certificates.issued()] == ["valid", "valid"]
    assert office.own_stream.last_fact(CertificateIssued).replaces == old.serial
    room = office.new_visit(new_visit())
    signed = room.sign(PASSPHRASE, incomplete="practice")
    verdict = verify(signed.content, trust_pem=office.certificates.trust_file())
    assert verdict.good
    assert verdict.signers[0].fingerprint == new.fingerprint
    assert room.visit.signed.fact.certificate == new.fingerprint


def test_a_key_on_another_laptop_is_renewed_there(office):
    _pending, pem = issued_to(office)
    serial = authority.serial_of(x509.load_pem_x509_certificate(pem.encode()))
    with pytest.raises(Refused, match="on another laptop"):
        office.certificates.renewing(serial)
    again = office.certificates.renewing(serial, request_of().csr_pem)
    assert again.replaces == serial


@pytest.mark.parametrize(
    ("number", "words"), [("", "is no certificate"), ("zz", "is no certificate")]
)
def test_a_number_that_no_certificate_has_is_said(office, number, words):
    with pytest.raises(CannotRead, match=words):
        office.certificates.renewing(number)


def test_a_request_in_anothers_name_is_not_answered(office):
    with pytest.raises(Refused, match="The request is of Ben Ortiz"):
        office.certificates.issuing("ja", "Julia Alvarez", "RN", request_of().csr_pem)


def test_only_a_supervisor_vouches_for_others(office):
    me = office.nurse
    office.register(replace(me, role="nurse"))
    with pytest.raises(Refused, match="Only a supervisor"):
        office.certificates.issuing("bo", "Ben Ortiz", "RN", request_of().csr_pem)
    assert office.certificates.renewing(office.certificates.own().serial).staff_id == "ja"


def test_a_wrong_passphrase_of_the_authority_changes_nothing(office):
    desk = office.certificates
    with pytest.raises(WrongPassphrase):
        desk.withdrawing(desk.own().serial, "replaced", office.time.now()).work("guess")
    assert office.own_stream.of(CertificateWithdrawn) == ()
    assert desk.newest_list() == b""


# ------------------------------------------------ withdrawn


def test_a_withdrawal_is_a_fact_and_stands_in_the_new_list(office):
    _pending, pem = issued_to(office)
    serial = authority.serial_of(x509.load_pem_x509_certificate(pem.encode()))
    since = office.time.now() - DAY
    withdraw(office, serial, "key lost or stolen", since)
    found = next(e for e in office.certificates.issued() if e.serial == serial)
    assert (found.state, found.reason) == ("withdrawn", "key lost or stolen")
    root = x509.load_pem_x509_certificate(office.root_certificate.encode())
    (pem_list,) = withdrawn.lists_in(office.certificates.trust_file())
    says = withdrawn.read_list(pem_list, root)
    assert says.number == 1
    assert says.row(serial).since == since
    office.certificates.finish(office.certificates.listing().work(PASSPHRASE))
    (newer,) = withdrawn.lists_in(office.certificates.trust_file())
    assert withdrawn.read_list(newer, root).number == 2
    assert withdrawn.read_list(newer, root).rows == says.rows
    with pytest.raises(Refused, match="withdrawn already"):
        withdraw(office, serial)


def test_nothing_is_withdrawn_from_a_time_to_come(office):
    with pytest.raises(Refused, match="Withdraw it on the day"):
        withdraw(office, office.certificates.own().serial, since=office.time.now() + DAY)


def test_a_withdrawn_certificate_signs_nothing_more_but_charting_goes_on(office):
    room = office.new_visit(new_visit())
    withdraw(office, office.certificates.own().serial, "key lost or stolen")
    assert "withdrew your certificate" in office.certificates.warning()
    with pytest.raises(CannotSign, match="withdrew your certificate"):
        room.sign(PASSPHRASE, incomplete="practice")
    room.record(f.NoteWritten(at=room.now(), text="still charted"))
    office.certificates.finish(
        office.certificates.renewing(office.certificates.own().serial).work(PASSPHRASE)
    )
    assert room.sign(PASSPHRASE, incomplete="practice").name.endswith("-v1.pdf")


def test_a_list_from_the_clinic_is_taken_in_once_and_never_an_older_one(office):
    """The office stands for a laptop here: its lists come from tasks that it never kept."""
    desk = office.certificates
    first, rival = (desk.listing().work(PASSPHRASE).documents[0].content for _ in range(2))
    assert desk.take_list(first) is True
    assert desk.take_list(first) is False
    with pytest.raises(CannotRead, match="two lists"):
        desk.take_list(rival)
    second = desk.listing().work(PASSPHRASE).documents[0].content
    assert desk.take_list(second) is True
    assert desk.take_list(first) is False
    assert [fact.number for fact in office.own_stream.facts(WithdrawnListed)] == [1, 2]
    assert desk.newest_list() == second
    kept = office._ledger.credentials("clinic", "authority")[-1]
    held = open_credential(kept.pkcs12, PASSPHRASE)
    newer, skipped = (withdrawn.sign_list(held, (), number=n, now=NOON + DAY) for n in (9, 4))
    assert desk.take_list(newer) is True
    assert desk.take_list(skipped) is False  # never seen, but older than the one that is here
    assert desk.newest_list() == newer


def test_a_list_that_the_clinic_did_not_sign_is_refused(office):
    from tests.report.signed_reports import SECRET, clinic

    elsewhere = open_credential(clinic("Southside").pkcs12, SECRET)
    foreign = withdrawn.sign_list(elsewhere, (), number=9, now=NOON)
    for content in (foreign, b"", b"junk"):
        with pytest.raises(CannotRead, match="no list of withdrawn"):
            office.certificates.take_list(content)
    assert office.own_stream.of(WithdrawnListed) == ()


# ------------------------------------------------ ending


def test_an_end_is_told_from_sixty_days_on_and_signing_stops_after_it(opened):
    until = opened().certificates.own().until
    second = timedelta(seconds=1)
    for moment, words, state in (
        (until - 60 * DAY - second, "", "valid"),
        (until - 60 * DAY, "Your certificate ends on 21 Nov 2028, in 60 days. Ask", "ends soon"),
        (until - DAY, "in 1 day. Ask", "ends soon"),
        (until - timedelta(hours=2), "today. Ask", "ends soon"),
        (until, "today. Ask", "ends soon"),
        (until + second, "Your certificate ended on 21 Nov 2028. Charting goes on", "ended"),
    ):
        desk = opened(moment).certificates
        assert words in desk.warning(), moment
        assert bool(desk.warning()) == bool(words), moment
        assert desk.own().state == state, moment
    office = opened(until + second)
    room = office.new_visit(new_visit())
    with pytest.raises(CannotSign, match=r"Your certificate ended on 21 Nov 2028\. Nothing was"):
        room.sign(PASSPHRASE, incomplete="practice")
    room.record(f.NoteWritten(at=room.now(), text="still charted"))
    office.certificates.finish(
        office.certificates.renewing(office.certificates.own().serial).work(PASSPHRASE)
    )
    assert room.sign(PASSPHRASE, incomplete="practice")


def test_the_authoritys_own_end_is_told_while_certificates_can_outlast_it(opened):
    root = x509.load_pem_x509_certificate(opened().root_certificate.encode())
    end = root.not_valid_after_utc
    assert opened(end - 731 * DAY).certificates.warning_of_authority() == ""
    assert "authority ends on" in opened(end - 730 * DAY).certificates.warning_of_authority()
    late = opened(end + DAY)
    assert "authority ended on" in late.certificates.warning_of_authority()
    with pytest.raises(Refused, match="authority is valid from"):
        late.certificates.listing().work(PASSPHRASE)


# ------------------------------------------------ a key of one's own on a joined laptop


def test_a_laptop_without_the_authority_asks_and_puts_the_answer_to_its_key(office):
    desk = office.certificates
    made = desk.requesting().work(PASSPHRASE)
    assert desk.keep_request(made) == made.csr_pem
    assert desk.waiting_request() == made.csr_pem
    answer = desk.issuing("ja", office.nurse.name, office.nurse.credential, made.csr_pem).work(
        PASSPHRASE
    )
    task = desk.completing(answer.certificate_pem)
    with pytest.raises(WrongPassphrase):
        task.work("another passphrase")
    desk.finish(task.work(PASSPHRASE))
    assert desk.waiting_request() == ""
    assert desk.own().pem == answer.certificate_pem
    with pytest.raises(CannotRead, match="No key of yours waits"):
        desk.completing(answer.certificate_pem)


def test_another_persons_certificate_is_not_put_to_the_key_that_waits(office):
    desk = office.certificates
    desk.keep_request(desk.requesting().work(PASSPHRASE))
    _pending, other = issued_to(office)
    with pytest.raises(CannotRead, match="for another key"):
        desk.completing(other).work(PASSPHRASE)


def test_who_signs_with_a_token_is_a_setting_of_the_laptop(office):
    desk = office.certificates
    room = office.new_visit(new_visit())
    desk.sign_with(TokenPlace("/opt/card.so", "jane"))
    assert desk.requesting().token == TokenPlace("/opt/card.so", "jane")
    assert desk.own() is None
    with pytest.raises(CannotSign, match="no certificate for the key on your token"):
        room.begin_signature(incomplete="practice")
    desk.sign_with(None)
    assert room.begin_signature(incomplete="practice").key.token is None


def test_a_request_needs_a_passphrase_that_will_do(office):
    with pytest.raises(Refused):
        office.certificates.requesting().work("short")


def test_a_practice_key_costs_few_rounds_and_a_real_one_all():
    assert task_words.rounds_of(practice=True) == 1_000
    assert task_words.rounds_of(practice=False) == 600_000
