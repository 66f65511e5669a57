"""A package is closed for one ledger, signed by one person, and is what its list says."""

import json
from datetime import timedelta

import pytest

from ketachart.errors import CannotRead
from ketachart.exchange import envelope, items, package
from ketachart.exchange.boxed import boxed, unboxed
from ketachart.exchange.envelope import make_key
from ketachart.exchange.items import Item
from ketachart.exchange.package import Address, Parcel
from ketachart.exchange.people import signer_of, trusted_of
from tests.report.signed_reports import SIGNED_AT, nurse, root_of

THERE, HERE = make_key(), make_key()
TRUSTED = trusted_of((root_of().decode(),))
FILES = (Item("q1", "question", b"{}"), Item("ab" * 32, "report", b"%PDF"))


def parcel(**values):
    told = {
        "items": FILES, "id": "p1", "made_at": SIGNED_AT,
        "sender": Address(ledger="laptop", key=HERE.public),
        "recipient": Address(ledger="clinic", key=THERE.public),
    }  # fmt: skip
    return Parcel(**{**told, **values})


@pytest.fixture(scope="module")
def content():
    return parcel().signed(signer_of(nurse()))


def read(content, **values):
    told = {"key": THERE, "ledger": "clinic", "trusted": TRUSTED, "here": "the clinic"}
    return package.read(content, **{**told, **values})


def changed(content, change):
    """The same package with its files changed, closed again as its recipient could not tell."""
    files = unboxed(envelope.opened(content, THERE, here="", whose={}))
    change(files)
    return envelope.closed(boxed(files), to=THERE.public, sender=HERE.public)


def test_what_was_packed_comes_out_with_who_signed_it(content):
    opened = read(content)
    assert opened.items == FILES
    assert (opened.id, opened.made_at) == ("p1", SIGNED_AT)
    assert opened.by.title == "Jane Roe, RN"
    assert opened.by.staff_id == "RN-014"
    assert opened.sender == Address(ledger="laptop", key=HERE.public)


def test_only_the_one_it_is_for_opens_it(content):
    other, whose = make_key(), {envelope.mark(THERE.public): "the clinic"}
    with pytest.raises(CannotRead, match="for the clinic, not for this laptop"):
        read(content, key=other, here="this laptop", whose=whose)
    with pytest.raises(CannotRead, match="somebody else"):
        read(content, ledger="another clinic")


@pytest.mark.parametrize(
    "change",
    [
        lambda files: files.update({"item-0001": b"other"}),
        lambda files: files.update({"item-0009": b"more"}),
        lambda files: files.pop("item-0002"),
        lambda files: files.pop("manifest.json"),
        lambda files: files.pop("manifest.sig"),
        lambda files: files.pop("certificate.pem"),
        lambda files: files.update({"certificate.pem": root_of()}),
        lambda files: files.update({"certificate.pem": b"-----BEGIN nothing"}),
        lambda files: files.update({"manifest.sig": b"\0" * 70}),
        lambda files: files.update(
            {"manifest.json": files["manifest.json"].replace(b'"p1"', b'"p2"')}
        ),
        lambda files: files.update({"manifest.json": b"[" * 100_000}),
    ],
)
def test_anything_put_in_taken_out_or_changed_is_refused(content, change):
    with pytest.raises(CannotRead):
        read(changed(content, change))


@pytest.mark.parametrize("root", ["Other Clinic"])
def test_a_signer_of_another_clinic_is_a_stranger(content, root):
    with pytest.raises(CannotRead, match="does not vouch"):
        read(content, trusted=trusted_of((root_of(root).decode(),)))


def test_the_certificate_must_have_been_valid_when_it_says_it_was_made():
    since, until = (
        nurse().certificate.not_valid_before_utc,
        nurse().certificate.not_valid_after_utc,
    )
    second = timedelta(seconds=1)
    for moment, good in (
        (since - second, False), (since, True), (until, True), (until + second, False),
    ):  # fmt: skip
        made = parcel(made_at=moment).signed(signer_of(nurse()))
        if good:
            assert read(made).made_at == moment
        else:
            with pytest.raises(CannotRead, match="says it was made on"):
                read(made)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("format", "ketachart-package-2"), ("id", ""), ("id", 7), ("made_at", "yesterday"),
        ("made_at", "2026-11-22T12:00:00"), ("to_key", "zz"), ("items", None), ("items", [{}]),
    ],
)  # fmt: skip
def test_a_list_that_is_not_as_it_is_written_is_refused(name, value):
    told = json.loads(
        items.Manifest(
            id="p", made_at=SIGNED_AT, sender="a", sender_key="ab" * 32, recipient="b",
            recipient_key="ab" * 32, items=(("q", "question", "ab" * 32),),
        ).as_bytes()
    )  # fmt: skip
    assert items.manifest_of(json.dumps(told).encode()).id == "p"
    with pytest.raises(CannotRead):
        items.manifest_of(json.dumps({**told, name: value}).encode())


def test_two_items_of_one_id_are_refused():
    twice = parcel(items=(FILES[0], FILES[0])).signed(signer_of(nurse()))
    with pytest.raises(CannotRead, match="cannot be read"):
        read(twice)


@pytest.mark.parametrize("content", [b"", b"KETAPACK1\n", b"KETAPACK1\n{}\nx", b"%PDF-1.7"])
def test_what_is_no_package_is_refused(content):
    with pytest.raises(CannotRead):
        read(content)


def test_no_package_can_be_closed_with_a_key_that_is_none():
    with pytest.raises(CannotRead, match="let it join again"):
        envelope.closed(b"x", to="no key", sender=HERE.public)
