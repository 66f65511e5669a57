"""A new laptop joins: card, request, certificate; charting at once, signing when it came."""

import io
import zipfile
from dataclasses import replace

import pytest

from ketachart.charting import joining
from ketachart.charting.joining import NewNurse
from ketachart.clock import SetClock
from ketachart.errors import CannotRead, CannotSign, Refused
from tests.charting.test_room import PASSPHRASE, new_visit
from tests.helpers.story import NOON
from tests.helpers.two_ledgers import found_clinic, granted, joined, nurse, packed


@pytest.fixture(scope="module")
def clinic(tmp_path_factory):
    office = found_clinic(tmp_path_factory.mktemp("clinic") / "ledger")
    yield office
    office.close()


@pytest.fixture(scope="module")
def card(clinic):
    return clinic.post.card().work(PASSPHRASE)


@pytest.fixture
def laptop(tmp_path, card):
    office = joined(tmp_path / "laptop", card.content)
    yield office
    office.close()


def test_the_card_tells_the_clinic_and_the_fingerprint_to_compare(clinic, card):
    read = joining.read_card(card.content)
    assert read.clinic.name == clinic.clinic.name
    assert read.fingerprint == card.fingerprint
    assert read.groups.replace(" ", "") == card.fingerprint
    assert len(read.groups.split()) == 16
    assert card.name == "Clinic-261122.ketacard"


def test_a_laptop_without_its_certificate_charts_and_is_told_how_to_sign(laptop, card):
    room = laptop.new_visit(new_visit())
    with pytest.raises(CannotSign, match=r"has not come from the clinic yet.*Charting goes on"):
        room.sign(PASSPHRASE, incomplete="practice")
    assert not laptop.post.is_clinic
    assert laptop.nurse.role == "nurse"
    assert laptop.protocol.version
    with pytest.raises(Refused, match="Only the clinic's own ledger"):
        laptop.post.card()
    with pytest.raises(CannotRead):
        laptop.post.take(card.content)
    assert laptop.verify() == ()


def test_the_request_is_granted_and_the_certificate_completes_the_key(clinic, laptop):
    asked = packed(laptop)
    taken = clinic.post.take(asked)
    assert [line.words for line in taken.lines] == ["Julia Alvarez, RN, asks to join"]
    assert clinic.post.take(asked).new == 0
    (request,) = clinic.post.requests()
    assert not request.granted
    assert clinic.post.correspondents() == ()
    with pytest.raises(CannotRead, match="not on file here"):
        laptop.post.reading(packed_again(clinic, laptop)).work()
    granted(clinic, laptop)
    assert clinic.post.requests()[-1].granted
    assert laptop.post.granted() == ""
    own = laptop.certificates.own()
    assert (own.staff_id, own.here) == ("ja", True)
    room = laptop.new_visit(new_visit())
    assert room.begin_signature(incomplete="practice").visit.signed is not None


def packed_again(clinic, laptop):
    """A request sent to a laptop, which no laptop takes."""
    from ketachart.charting.post_shapes import Correspondent

    own = laptop.post._book
    task = laptop.post.packing(laptop.post.correspondents()[0].ledger)
    to = Correspondent(ledger=own.id, name="x", role="clinic", key=own.key.public)
    parcel = replace(
        task.parcel, recipient=replace(task.parcel.recipient, ledger=to.ledger, key=to.key)
    )
    assert clinic.post.is_clinic
    return replace(task, parcel=parcel).work(PASSPHRASE).content


def test_a_card_that_was_changed_is_no_card(card):
    content = card.content
    step = len(content) // 60
    for place in (*range(0, len(content), step), len(content) - 1):
        changed = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
        # a zip's own bookkeeping may change without changing what is read
        try:
            read = joining.read_card(changed)
        except CannotRead:
            continue
        assert read == joining.read_card(content)
    for cut in (0, 9, 50, len(content) - 1):
        with pytest.raises(CannotRead):
            joining.read_card(content[:cut])


def test_a_card_of_another_clinic_in_this_one_s_clothes_has_another_fingerprint(
    card, tmp_path_factory
):
    other = found_clinic(tmp_path_factory.mktemp("other") / "ledger")
    theirs = other.post.card().work(PASSPHRASE)
    other.close()
    assert joining.read_card(theirs.content).fingerprint != card.fingerprint
    mixed = _with_root_of(theirs.content, card.content)
    with pytest.raises(CannotRead):
        joining.read_card(mixed)


def _with_root_of(content, other):
    """One card with the other's root in it."""
    head = content.index(b"PK")
    theirs = zipfile.ZipFile(io.BytesIO(content[head:]))
    ours = zipfile.ZipFile(io.BytesIO(other[head:]))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        for name in theirs.namelist():
            box.writestr(name, (ours if name == "certificate.pem" else theirs).read(name))
    return content[:head] + out.getvalue()


@pytest.mark.parametrize(
    ("values", "passphrase", "words"),
    [
        ({"staff_id": "sp"}, PASSPHRASE, "supervisor's of the clinic"),
        ({"name": " "}, PASSPHRASE, "name"),
        ({}, "short", "at least 15"),
    ],
)
def test_what_was_typed_wrong_is_said_before_anything_is_made(
    tmp_path, card, values, passphrase, words
):
    new = NewNurse(nurse(**values), passphrase, practice=True)
    with pytest.raises(Refused, match=f"(?i){words}"):
        joining.join(tmp_path / "laptop", card.content, new, SetClock(NOON))
    assert not (tmp_path / "laptop").exists()


def test_nobody_makes_herself_a_supervisor_by_joining(tmp_path, card):
    office = joined(tmp_path / "laptop", card.content, role="supervisor")
    assert office.nurse.role == "nurse"
    office.close()
