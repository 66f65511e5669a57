"""After signing: what is added, the version that is signed with it, and the one before it."""

from datetime import timedelta

import pytest

from ketachart import charting
from ketachart.clock import SetClock
from ketachart.domain import facts as f
from ketachart.domain.addenda import MEANING, signed_by
from ketachart.domain.after.calls import calls
from ketachart.domain.earlier.past import past_infusion
from ketachart.domain.facts.closing import Addendum
from ketachart.errors import CannotSign, LedgerError, NotSaved, Refused, WrongPassphrase
from ketachart.report import text
from ketachart.report.verify import verify
from tests.charting.test_room import PASSPHRASE, again, new_clinic, new_visit, vitals
from tests.helpers.story import NOON

DAY = timedelta(hours=24)


@pytest.fixture
def clock():
    return SetClock(NOON)


@pytest.fixture
def office(tmp_path, clock):
    opened = charting.create(tmp_path / "ledger", new_clinic(), clock)
    yield opened
    opened.close()


@pytest.fixture
def room(office):
    return office.new_visit(new_visit())


@pytest.fixture
def signed(room, clock):
    """Signed incomplete while the pump ran on, and looked at the next day."""
    room.record(f.FollowUpPlanned(at=room.now(), due_at=NOON + DAY))
    room.sign(PASSPHRASE, incomplete="practice")
    clock.pass_time(DAY)
    return room


def call(room, **values):
    told = {
        "at": room.now(), "about": "follow-up", "spoke_with": "patient", "pain": 2,
        "worst_pain": 6, "due_at": NOON + DAY, "headache": "no",
        "effects": (f.EffectAfter(effect="nausea", grade=1),), "text": "slept badly",
    }  # fmt: skip
    return Addendum(**{**told, **values})


def late(room, **values):
    told = {"at": room.now(), "about": "late-information", "text": "The sister rang at nine."}
    return Addendum(**{**told, **values})


def nothing_changed(room, entries):
    assert room.visit.entries == entries
    assert len(room._ledger.stream(room.stream)) == len(entries)
    assert len(room._ledger.documents(room.stream)) == 1


def test_an_addendum_is_kept_with_a_new_signed_version_and_the_old_one_stays(office, signed, clock):
    first = signed.signed_report()
    newer = signed.add_addendum(PASSPHRASE, call(signed))
    assert newer.name.endswith("-v2.pdf")
    rows = signed._ledger.stream(signed.stream)
    assert [row.kind for row in rows[-2:]] == ["addendum-written", "report-signed"]
    trust = office.root_certificate.encode()
    assert verify(first.content, trust_pem=trust).good
    judged = verify(newer.content, trust_pem=trust)
    assert judged.good
    assert judged.signers[0].reason == MEANING
    kept = [paper.content for paper in signed._ledger.documents(signed.stream)]
    assert kept == [first.content, newer.content]
    opened = again(office, clock)
    assert opened.open_visit(signed.stream).signed_report() == newer
    assert opened.verify() == ()
    opened.close()


def test_the_new_version_shows_the_addendum_and_all_that_was_charted_before(signed):
    before = text.extract(signed.signed_report().content)
    after = text.extract(signed.add_addendum(PASSPHRASE, call(signed)).content)
    assert "Addenda" not in before
    for words in (
        "Addendum: follow-up", "spoke with patient", "pain 2 of 10", "worst since 6 of 10",
        "nausea grade 1", "headache not back", "slept badly", "Version 2, with 1 addendum",
        "SIGNED",
    ):  # fmt: skip
        assert words in " ".join(after.split())
    assert text.missing_values(signed.visit, signed.signed_report().content) == ()


def test_a_second_addendum_corrects_the_first_and_makes_version_three(signed):
    signed.add_addendum(PASSPHRASE, call(signed))
    wrong = signed.visit.last(f.AddendumWritten)
    said = late(signed, about="correction", entry=wrong.id, text="pain was 4, not 2")
    third = signed.add_addendum(PASSPHRASE, said)
    assert third.name.endswith("-v3.pdf")
    shown = " ".join(text.extract(third.content).split())
    assert "pain was 4, not 2" in shown
    assert "2 earlier versions stay" in shown
    with pytest.raises(Refused, match="signed and locked"):
        signed.strike(wrong.id, "typed wrong")


def test_an_unsigned_visit_is_charted_and_not_added_to(room):
    with pytest.raises(Refused, match="not signed yet"):
        room.add_addendum(PASSPHRASE, late(room))
    with pytest.raises(Refused, match="not signed yet"):
        room.record(signed_by(late(room), "ja", "ab", version=2))


def test_an_addendum_is_never_written_without_its_signed_version(signed):
    entries = signed.visit.entries
    with pytest.raises(Refused, match="passphrase"):
        signed.record(signed_by(late(signed), "ja", "ab", version=2))
    nothing_changed(signed, entries)


def test_a_wrong_passphrase_adds_nothing(signed):
    entries = signed.visit.entries
    with pytest.raises(WrongPassphrase):
        signed.add_addendum("not the passphrase", call(signed))
    nothing_changed(signed, entries)


def test_a_version_that_lost_a_value_is_not_signed(signed, monkeypatch):
    entries = signed.visit.entries
    monkeypatch.setattr(text, "missing_values", lambda _visit, _content: ("2",))
    with pytest.raises(CannotSign, match="does not show everything"):
        signed.add_addendum(PASSPHRASE, call(signed))
    nothing_changed(signed, entries)


def test_two_addenda_at_once_are_not_both_kept(signed):
    task = signed.begin_addendum(call(signed))
    sealed = task.work(PASSPHRASE)
    signed.add_addendum(PASSPHRASE, late(signed))
    entries = signed.visit.entries
    with pytest.raises(CannotSign, match="sign again"):
        signed.finish_signature(sealed)
    assert signed.visit.entries == entries


@pytest.mark.parametrize("fault", [NotSaved("the disk"), LedgerError("the ledger")])
def test_a_fault_while_it_is_kept_keeps_nothing_and_it_can_be_tried_again(
    signed, monkeypatch, fault
):
    entries = signed.visit.entries
    sealed = signed.begin_addendum(call(signed)).work(PASSPHRASE)

    def fails(*_rows, **_more):
        raise fault

    with monkeypatch.context() as broken:
        broken.setattr(signed._ledger, "append", fails)
        with pytest.raises(LedgerError):
            signed.finish_signature(sealed)
    nothing_changed(signed, entries)
    assert signed.finish_signature(sealed).name.endswith("-v2.pdf")


def test_nothing_but_an_addendum_is_written_after_signing(signed):
    with pytest.raises(Refused, match="addendum"):
        signed.record(vitals(signed, spo2=98))


def test_what_a_call_told_reaches_the_series_and_the_call_is_made(signed):
    assert [one.state(signed.now()) for one in calls(signed.visit)] == ["due"]
    signed.add_addendum(PASSPHRASE, call(signed))
    assert [one.state(signed.now()) for one in calls(signed.visit)] == ["made"]
    assert past_infusion(signed.visit) is None  # nothing was infused in this one
