"""People of a ledger: let in, given a new passphrase, shut out; and a cut between any two steps."""

import json
import os
import shutil
from dataclasses import replace
from datetime import timedelta

import pytest

from ketachart import charting
from ketachart.charting import intents
from ketachart.charting.drafts import FormDraft
from ketachart.charting.people import NewPerson
from ketachart.clock import SetClock
from ketachart.domain.facts.safekeeping import (
    KeyRenewed,
    PassphraseChanged,
    StaffAdmitted,
    StaffShutOut,
)
from ketachart.errors import DiskFull, LedgerDamaged, LedgerError, Refused, WrongPassphrase
from ketachart.report.credential import open_credential
from ketachart.storage import boxes, rekeying
from ketachart.storage import folder as place
from ketachart.storage.keyring import Keyring
from tests.charting.test_room import PASSPHRASE, new_clinic
from tests.helpers.story import NOON
from tests.helpers.two_ledgers import nurse, supervisor
from tests.ledgers.make import FILES, FOLDER
from tests.storage.test_backup import killed

HERS = "a heron counts no clocks"
NEW = "nine copper kettles sing"
CLEO = replace(nurse(), staff_id="cl", name="Cleo Marsh", licence="77120")


class PowerCutError(BaseException):
    """Ends everything at once, as a cut does."""


@pytest.fixture(scope="module")
def founded(tmp_path_factory):
    """The clinic's ledger: a supervisor who founded it, and a nurse who was let in."""
    folder = tmp_path_factory.mktemp("people") / "ledger"
    office = charting.create(folder, new_clinic(nurse=supervisor()), SetClock(NOON))
    people = office.keeping.people
    people.finish_admit(people.admit(NewPerson(CLEO, HERS)).work())
    office.close()
    return folder


@pytest.fixture
def ledger(founded, tmp_path):
    """A copy of it, closed."""
    shutil.copytree(founded, tmp_path / "ledger")
    return tmp_path / "ledger"


@pytest.fixture
def opened(ledger):
    """Unlocks it as somebody, and locks it at the end."""
    offices = []

    def as_(staff_id, passphrase, *, days=1):
        for office in offices:
            office.close()
        clock = SetClock(NOON + timedelta(days=days, seconds=len(offices)))
        offices.append(charting.unlock(ledger, staff_id, passphrase, clock))
        return offices[-1]

    yield as_
    for office in offices:
        office.close()


@pytest.fixture
def office(opened):
    return opened("sp", PASSPHRASE)


def facts(office, kind):
    return list(office.keeping.facts(kind))


def test_who_was_let_in_unlocks_charts_and_stands_in_the_book(opened):
    office = opened("cl", HERS)
    assert office.nurse.licence == "77120"
    assert [(f.staff_id, f.name) for f in facts(office, StaffAdmitted)] == [("cl", "Cleo Marsh")]
    rows = {row.staff_id: row for row in office.keeping.people.people()}
    assert (rows["cl"].may_unlock, rows["cl"].you, rows["sp"].role) == (True, True, "supervisor")


@pytest.mark.parametrize(
    ("values", "passphrase", "field"),
    [
        ({"licence": " "}, NEW, "licence"),
        ({"name": ""}, NEW, "name"),
        ({"staff_id": "cl"}, NEW, "staff_id"),
        ({}, "too short", "passphrase"),
        ({}, "Imogen Rook clinic 17", "passphrase"),
    ],
)
def test_nobody_is_let_in_without_name_licence_and_a_passphrase(office, values, passphrase, field):
    new = replace(CLEO, **{"staff_id": "im", "name": "Imogen Rook", **values})
    with pytest.raises(Refused) as refused:
        office.keeping.people.admit(NewPerson(new, passphrase))
    assert refused.value.field == field
    assert len(Keyring.read(office.folder).slots) == 2


def test_only_a_supervisor_lets_in_and_shuts_out_where_there_is_one(opened):
    people = opened("cl", HERS).keeping.people
    new = NewPerson(replace(CLEO, staff_id="im", name="Imogen Rook"), NEW)
    for act in (
        lambda: people.admit(new),
        lambda: people.shut_out("sp", "left the clinic"),
        lambda: people.make_recovery(NEW),
        lambda: people.set_recovery(bytes(32)),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.rule == "not a supervisor"


def test_a_new_passphrase_counts_for_the_ledger_and_the_signing_key(opened, ledger):
    office = opened("sp", PASSPHRASE)
    people = office.keeping.people
    before = office._ledger.credentials("sp", "nurse")[-1]
    made = people.change_passphrase(PASSPHRASE, NEW).work()
    assert made.left == 0
    people.finish_change(made)
    kept = office._ledger.credentials("sp", "nurse")
    assert [each.certificate_pem for each in kept] == [before.certificate_pem]
    for key in (kept[-1], office._ledger.credentials("clinic", "authority")[-1]):
        open_credential(key.pkcs12, NEW)
        with pytest.raises(WrongPassphrase):
            open_credential(key.pkcs12, PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        opened("sp", PASSPHRASE)
    office = opened("sp", NEW)
    assert [fact.staff_id for fact in facts(office, PassphraseChanged)] == ["sp"]
    assert intents.under_way(office._ledger) is None
    for path in place.keyring_files(ledger):
        assert path.read_bytes() == place.keyring_files(ledger)[0].read_bytes()


def test_the_old_passphrase_is_asked_for_and_the_new_one_is_judged(office):
    people = office.keeping.people
    with pytest.raises(WrongPassphrase):
        people.change_passphrase(HERS, NEW).work()
    for new in (PASSPHRASE, "too short", "Sue Perry supervisor"):
        with pytest.raises(Refused):
            people.change_passphrase(PASSPHRASE, new)


def signing_key_opens_with(office):
    """Which of the two passphrases opens the key that she signs with."""
    key = office._ledger.credentials("sp", "nurse")[-1].pkcs12
    found = []
    for passphrase in (PASSPHRASE, NEW):
        try:
            open_credential(key, passphrase)
        except WrongPassphrase:
            continue
        found.append(passphrase)
    return found


CUTS = ["begin", "add_credential", "add_credential 2", "write", "write 2", "record", "end"]


@pytest.mark.parametrize("cut", CUTS)
def test_a_cut_while_a_passphrase_is_changed_leaves_ledger_and_key_under_one(
    opened, cut, monkeypatch
):
    office = opened("sp", PASSPHRASE)
    made = office.keeping.people.change_passphrase(PASSPHRASE, NEW).work()
    with monkeypatch.context() as patch:
        cut_at(patch, office, cut)
        with pytest.raises(PowerCutError):
            office.keeping.people.finish_change(made)
    is_new = cut in {"write 2", "record", "end"}
    right, wrong = (NEW, PASSPHRASE) if is_new else (PASSPHRASE, NEW)
    office = opened("sp", right)
    assert signing_key_opens_with(office) == [right]
    assert len(facts(office, PassphraseChanged)) == int(is_new)
    assert intents.under_way(office._ledger) is None
    with pytest.raises(WrongPassphrase):
        opened("sp", wrong)


def cut_at(patch, office, cut):
    """The power goes just before that step, counted from 1."""
    name, _space, count = cut.partition(" ")
    where = {
        "begin": (intents, "begin"),
        "end": (intents, "end"),
        "add_credential": (office._ledger, "add_credential"),
        "record": (office.keeping, "record"),
        "write": (place, "write_whole"),
        "name": (place, "put_in_place"),
    }[name]
    real, left = getattr(*where), [int(count or 1)]

    def counted(*args, **named):
        left[0] -= 1
        if left[0] == 0:
            raise PowerCutError
        return real(*args, **named)

    patch.setattr(*where, counted)


def test_a_full_disk_while_a_passphrase_is_changed_leaves_the_old_one(opened, monkeypatch):
    office = opened("sp", PASSPHRASE)
    made = office.keeping.people.change_passphrase(PASSPHRASE, NEW).work()

    def full(*_args):
        raise DiskFull("full")

    with monkeypatch.context() as patch:
        patch.setattr(place, "write_whole", full)
        with pytest.raises(DiskFull):
            office.keeping.people.finish_change(made)
    assert signing_key_opens_with(office) == [PASSPHRASE]
    assert not facts(office, PassphraseChanged)
    office.keeping.people.finish_change(made)
    assert signing_key_opens_with(office) == [NEW]


def test_a_change_that_not_even_could_be_taken_back_is_done_again_for_ledger_and_key(
    opened, monkeypatch
):
    office = opened("sp", PASSPHRASE)
    people = office.keeping.people
    made = people.change_passphrase(PASSPHRASE, NEW).work()

    def full(*_args):
        raise DiskFull("full")

    with monkeypatch.context() as patch:
        patch.setattr(place, "write_whole", full)
        patch.setattr(intents, "take_back", full)
        with pytest.raises(DiskFull):
            people.finish_change(made)
        with pytest.raises(DiskFull):
            people.change_passphrase(PASSPHRASE, NEW)
    people.finish_change(people.change_passphrase(PASSPHRASE, NEW).work())
    assert signing_key_opens_with(office) == [NEW]
    opened("sp", NEW)


def test_a_disk_that_is_full_once_the_keyring_holds_does_not_tell_that_the_old_one_stands(
    opened, monkeypatch
):
    office = opened("sp", PASSPHRASE)
    made = office.keeping.people.change_passphrase(PASSPHRASE, NEW).work()

    def full(*_args, **_more):
        raise DiskFull("full")

    with monkeypatch.context() as patch:
        patch.setattr(office.keeping, "record", full)
        office.keeping.people.finish_change(made)
    office = opened("sp", NEW)
    assert [fact.staff_id for fact in facts(office, PassphraseChanged)] == ["sp"]
    assert intents.under_way(office._ledger) is None


def test_who_is_shut_out_unlocks_no_longer_and_the_book_says_why(opened):
    office = opened("sp", PASSPHRASE)
    office.keeping.people.shut_out("cl", "left the clinic")
    assert [(f.name, f.reason) for f in facts(office, StaffShutOut)] == [
        ("Cleo Marsh", "left the clinic")
    ]
    gone = next(row for row in office.keeping.people.people() if row.staff_id == "cl")
    assert (gone.may_unlock, gone.shut_out) == (False, "left the clinic")
    with pytest.raises(LedgerError, match="not enrolled"):
        opened("cl", HERS)


def test_nobody_shuts_out_oneself_or_somebody_who_is_not_there(office):
    people = office.keeping.people
    with pytest.raises(Refused, match="yourself"):
        people.shut_out("sp", "left the clinic")
    with pytest.raises(LedgerError, match="not enrolled"):
        people.shut_out("nobody", "left the clinic")


@pytest.mark.parametrize("cut", ["begin", "write", "write 2", "record", "end"])
def test_a_cut_while_somebody_is_shut_out_is_ended_at_the_next_unlocking(opened, cut, monkeypatch):
    office = opened("sp", PASSPHRASE)
    with monkeypatch.context() as patch:
        cut_at(patch, office, cut)
        with pytest.raises(PowerCutError):
            office.keeping.people.shut_out("cl", "left the clinic")
    is_out = cut not in {"begin", "write"}
    office = opened("sp", PASSPHRASE)
    assert len(facts(office, StaffShutOut)) == int(is_out)
    assert len(Keyring.read(office.folder).slots) == (1 if is_out else 2)
    assert intents.under_way(office._ledger) is None


def test_an_old_keyring_put_back_lets_nobody_in_again(opened, ledger):
    old = place.keyring_files(ledger)[0].read_bytes()
    opened("sp", PASSPHRASE).keeping.people.shut_out("cl", "passphrase known to others")
    for path in place.keyring_files(ledger):
        path.write_bytes(old)
    opened("sp", PASSPHRASE).close()
    assert [slot.staff_id for slot in Keyring.read(ledger).slots] == ["sp"]
    for path in place.keyring_files(ledger):
        path.write_bytes(old)
    with pytest.raises(LedgerError, match="may unlock this ledger no longer"):
        opened("cl", HERS)


def test_who_was_shut_out_may_be_let_in_again(opened):
    people = opened("sp", PASSPHRASE).keeping.people
    people.shut_out("cl", "left the clinic")
    people.finish_admit(people.admit(NewPerson(CLEO, NEW)).work())
    assert opened("cl", NEW).staff_id == "cl"


def test_where_no_supervisor_unlocks_anybody_lets_a_nurse_in(tmp_path):
    office = charting.create(tmp_path / "one", new_clinic(), SetClock(NOON))
    people = office.keeping.people
    assert people.may_change()
    people.finish_admit(people.admit(NewPerson(CLEO, HERS)).work())
    assert sum(row.may_unlock for row in people.people()) == 2
    office.close()


def test_a_slot_of_the_first_format_is_locked_anew_when_it_is_opened(tmp_path):
    old = tmp_path / "old"
    old.mkdir()
    for name in FILES:
        shutil.copyfile(FOLDER / "version-1" / name, old / name)
    told = json.loads((FOLDER / "version-1" / "visit.json").read_text(encoding="utf-8"))
    before = Keyring.read(old).slot(told["staff_id"])
    clock = SetClock(NOON)
    first = charting.prove(old, told["staff_id"], told["passphrase"], clock)
    after = Keyring.read(old).slot(told["staff_id"])
    assert (bool(before.public), bool(after.public), after.epoch) == (False, True, before.epoch)
    written = place.keyring_files(old)[0].read_bytes()
    assert charting.prove(old, told["staff_id"], told["passphrase"], clock) == first
    assert place.keyring_files(old)[0].read_bytes() == written


# ------------------------------------------------ a new key for the ledger


def renewed(office):
    return office.keeping.people.renew_key_task().work()


def test_after_a_new_key_an_old_keyring_opens_nothing_and_everybody_left_does(opened, ledger):
    old = place.keyring_files(ledger)[0].read_bytes()
    office = opened("sp", PASSPHRASE)
    people = office.keeping.people
    people.finish_admit(
        people.admit(NewPerson(replace(CLEO, staff_id="im", name="Imogen Rook"), NEW)).work()
    )
    file = people.make_recovery(HERS).work()
    people.set_recovery(file.public)
    people.shut_out("cl", "left the clinic")
    before = office._ledger.unwrapped
    proof = people.finish_renewal(renewed(office))
    assert proof.dek != before.dek
    assert not list(ledger.glob("ledger.db.renewed*"))
    office = charting.enter(ledger, proof, SetClock(NOON + timedelta(days=2)))
    assert not office.verify()
    assert [fact.people for fact in facts(office, KeyRenewed)] == [2]
    office.keeping.people.rehearse(file.content, HERS).work()
    office.close()
    for staff_id, passphrase in (("sp", PASSPHRASE), ("im", NEW)):
        assert charting.prove(ledger, staff_id, passphrase, SetClock(NOON)).dek == proof.dek
    for path in place.keyring_files(ledger):
        path.write_bytes(old)
    stolen = charting.prove(ledger, "cl", HERS, SetClock(NOON))
    with pytest.raises(LedgerError):
        charting.enter(ledger, stolen, SetClock(NOON))


@pytest.mark.parametrize("cut", ["write", "write 2", "name", "name 2", "name 3"])
def test_a_cut_while_the_key_is_renewed_leaves_a_pair_that_opens(opened, cut, monkeypatch):
    office = opened("sp", PASSPHRASE)
    made = renewed(office)
    old = office._ledger.unwrapped
    office.close()  # so that only the steps after it are counted
    with monkeypatch.context() as patch:
        cut_at(patch, office, cut)
        with pytest.raises(PowerCutError):
            office.keeping.people.finish_renewal(made)
    office = opened("cl", HERS)
    assert office._ledger.unwrapped.dek == old.dek
    assert not facts(office, KeyRenewed)
    assert intents.under_way(office._ledger) is None
    assert not office.verify()
    assert not list(office.folder.glob("ledger.db.renewed*"))
    # And the next renewal goes through, whatever the last one left behind.
    office = opened("sp", PASSPHRASE)
    proof = office.keeping.people.finish_renewal(renewed(office))
    for staff_id, passphrase in (("sp", PASSPHRASE), ("cl", HERS)):
        office = opened(staff_id, passphrase)
        assert office._ledger.unwrapped.dek == proof.dek
        assert len(facts(office, KeyRenewed)) == 1  # said once, by whoever unlocks first


def test_what_was_charted_while_the_key_was_renewed_is_not_lost(opened):
    office = opened("sp", PASSPHRASE)
    made = renewed(office)
    office.register(replace(CLEO, staff_id="im", name="Imogen Rook", at=office.time.now()))
    with pytest.raises(Refused) as refused:
        office.keeping.people.finish_renewal(made)
    assert refused.value.rule == "charted since"
    names = {row.name for row in opened("sp", PASSPHRASE).keeping.people.people()}
    assert "Imogen Rook" in names


def test_a_renewal_that_is_given_up_leaves_nothing_behind(office, ledger):
    with pytest.raises(Refused):
        office.keeping.people.renew_key_task().work(cancelled=lambda: True)
    assert not list(ledger.glob("ledger.db.renewed*"))


def test_a_key_put_in_by_somebody_who_did_not_know_the_old_one_is_not_taken(opened, ledger):
    ring = Keyring.read(ledger)
    slot = ring.slot("cl")
    about = ring.belonging.about("cl")
    planted = boxes.renewal(bytes(48), bytes(range(48)), slot.public, about=about)
    ring.with_slot(replace(slot, renewals=(planted,))).write(ledger)
    with pytest.raises(LedgerDamaged, match="keyring was altered"):
        opened("cl", HERS)
    assert opened("sp", PASSPHRASE).staff_id == "sp"


def test_a_damaged_ledger_is_given_no_new_key(office, ledger, monkeypatch):
    """A page that cannot be read would be copied as an empty one, without a word."""
    task = office.keeping.people.renew_key_task()
    office._ledger.settle()
    path = place.ledger_file(ledger)
    whole = path.read_bytes()
    for page in range(2, len(whole) // 4096, 12):
        with path.open("r+b") as file:
            file.seek(page * 4096 + 1000)
            file.write(b"\xff" * 8)
        with pytest.raises(LedgerDamaged, match="given no new key"):
            task.work()
        with path.open("r+b") as file:
            file.seek(page * 4096 + 1000)
            file.write(whole[page * 4096 + 1000 :][:8])
    assert not list(ledger.glob("ledger.db.renewed*"))
    # what was met only while it was copied is found in the copy
    monkeypatch.setattr("ketachart.storage.rekeying.checkup.examine", lambda *_: ())
    with path.open("r+b") as file:
        file.seek((len(whole) // 4096 - 3) * 4096 + 1000)
        file.write(b"\xff" * 8)
    with pytest.raises(LedgerDamaged, match=r"given no new key|not like the ledger|cannot be read"):
        task.work()
    assert not list(ledger.glob("ledger.db.renewed*"))
    path.write_bytes(whole)


def test_a_form_typed_while_the_key_was_renewed_holds_the_new_key_back(opened):
    office = opened("sp", PASSPHRASE)
    made = renewed(office)
    draft = FormDraft(
        key="v", stream="visit-1", form="vitals", title="Vitals", saved_at=office.time.now(),
        act="", content={"said": "half"},
    )  # fmt: skip
    office.keeping.drafts.keep(draft)
    with pytest.raises(Refused) as refused:
        office.keeping.people.finish_renewal(made)
    assert refused.value.rule == "drafts are open"
    assert [each.title for each in office.keeping.drafts.all()] == ["Vitals"]
    office.keeping.drafts.drop("v")
    office.keeping.people.finish_renewal(made)


def test_a_signing_key_kept_while_the_key_was_renewed_is_not_lost(opened):
    office = opened("sp", PASSPHRASE)
    made = renewed(office)
    office._ledger.add_credential(
        "sp", "nurse", made_at="2026-03-02", certificate_pem="a new one", pkcs12=b"locked"
    )
    with pytest.raises(Refused) as refused:
        office.keeping.people.finish_renewal(made)
    assert refused.value.rule == "charted since"
    kept = opened("sp", PASSPHRASE)._ledger.credentials("sp", "nurse")
    assert kept[-1].certificate_pem == "a new one"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows cannot fork")
def test_a_renewal_that_is_killed_at_any_touch_leaves_a_pair_that_opens(opened, tmp_path):
    office = opened("sp", PASSPHRASE)
    people, folder = office.keeping.people, office.folder
    task = people.renew_key_task()
    old = office._ledger.unwrapped
    office.close()
    spare = tmp_path / "spare"
    shutil.copytree(folder, spare)

    def act():
        rekeying.switch(folder, old, task.work().proof)

    def put_back():
        shutil.rmtree(folder)
        shutil.copytree(spare, folder)

    total = killed(act, 0, folder)
    assert total > 10
    outcomes = set()
    every = int(os.environ.get("KETACHART_TOUCHES", "0")) or total // 5
    for at in {*range(1, total, every), *range(total - 3, total + 1)}:
        put_back()
        killed(act, at, folder)
        office = opened("cl", HERS)
        assert office.read_only is None
        assert not office.verify()
        outcomes.add(office._ledger.unwrapped.dek == old.dek)
        assert not list(folder.glob("ledger.db.renewed*"))
        office.close()
    assert outcomes == {True, False}
