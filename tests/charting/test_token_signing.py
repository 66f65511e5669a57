"""A nurse whose key lies on a token asks, is answered, and signs her visit with the PIN."""

import pytest

from ketachart import charting
from ketachart.clock import SetClock
from ketachart.errors import CannotSign, WrongPassphrase
from ketachart.report.verify import verify
from tests.charting.test_room import PASSPHRASE, new_clinic, new_visit
from tests.helpers.story import NOON
from tests.report.test_token import PIN, card  # noqa: F401 - a fixture


def test_a_visit_is_signed_with_the_token_and_its_pin(card, tmp_path):  # noqa: F811 - as above
    office = charting.create(tmp_path / "ledger", new_clinic(), SetClock(NOON))
    desk = office.certificates
    desk.sign_with(card)
    request = desk.keep_request(desk.requesting().work(PIN))
    room = office.new_visit(new_visit())
    with pytest.raises(CannotSign, match="no certificate for the key on your token yet"):
        room.begin_signature(incomplete="practice")
    nurse = office.nurse
    answer = desk.issuing(nurse.staff_id, nurse.name, nurse.credential, request)
    desk.finish(desk.completing(answer.work(PASSPHRASE).certificate_pem).work(""))
    assert desk.waiting_request() == ""
    with pytest.raises(WrongPassphrase):
        room.sign("000000", incomplete="practice")
    signed = room.sign(PIN, incomplete="practice")
    verdict = verify(signed.content, trust_pem=desk.trust_file())
    assert verdict.good
    assert verdict.signers[0].fingerprint == desk.own().fingerprint
    assert office._ledger.credentials(office.staff_id, "nurse")[-1].pkcs12 == b""
    desk.sign_with(None)  # the key in the ledger is there still
    assert desk.own().here
    office.close()
