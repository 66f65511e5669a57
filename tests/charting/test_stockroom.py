"""The door to the drug in custody: what it returned is on the disk, and visits are read once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ketachart import charting
from ketachart.clock import SetClock
from ketachart.domain import facts as f
from ketachart.domain.quantities import Mg, MgPerMl, Ml
from ketachart.errors import NotSaved, Refused
from tests.charting.test_room import PASSPHRASE, new_clinic, new_visit
from tests.domain.test_stock import LAST, counted, line, moved, received
from tests.helpers.story import NOON


@pytest.fixture
def clock():
    return SetClock(NOON + timedelta(hours=3))


@pytest.fixture
def office(tmp_path, clock):
    opened = charting.create(tmp_path / "ledger", new_clinic(), clock)
    yield opened
    opened.close()


@pytest.fixture
def stock(office):
    return office.stock


def vial_used(room, seal="55120", strength=10, **values):
    taken = f.VialTaken(
        at=room.now(),
        vial="V1",
        strength_mg_per_ml=MgPerMl(strength),
        volume_ml=Ml(20),
        lot="4K21877",
        expires=LAST,
        seal=seal,
    )
    room.record(replace(taken, **values))
    room.record(f.BagPrepared(at=room.now(), vial="V1", drawn_ml=Ml("3.42"), total_ml=Ml("17.1")))


def left(stock):
    return {each.number: each.left for each in stock.book().held}


def test_what_was_received_is_there_after_unlocking_again(office, stock, clock):
    stock.record(received())
    place = office.folder
    office.close()
    opened = charting.unlock(place, "ja", PASSPHRASE, clock)
    assert left(opened.stock) == {"55120": Mg(200)}
    opened.close()


def test_what_was_refused_is_not_in_the_book(stock):
    stock.record(received())
    with pytest.raises(Refused):
        stock.record(received("1"), received())
    assert left(stock) == {"55120": Mg(200)}


def test_a_vial_drawn_in_a_visit_has_that_much_less(office, stock):
    stock.record(received())
    vial_used(office.new_visit(new_visit()))
    assert left(stock) == {"55120": Mg("165.8")}


def test_an_open_visit_is_read_anew_once_it_is_forgotten(office, stock):
    stock.record(received())
    room = office.new_visit(new_visit())
    assert left(stock) == {"55120": Mg(200)}
    vial_used(room)
    stock.forget_open()
    assert left(stock) == {"55120": Mg("165.8")}


def test_visits_are_read_one_at_a_turn_and_then_no_more(office, stock):
    stock.record(received())
    for _ in range(3):
        office.new_visit(new_visit())
    assert [stock.read_next() for _ in range(4)] == [2, 1, 0, 0]
    assert stock.unread() == ()


def test_visits_from_before_the_book_was_begun_are_not_read(office, stock, clock):
    office.new_visit(new_visit())
    clock.pass_time(timedelta(days=1))
    assert stock.unread() == ()
    stock.record(received(minute=24 * 60))
    assert stock.unread() == ()
    office.new_visit(new_visit())
    assert len(stock.unread()) == 1


def test_practice_visits_do_not_use_the_clinics_drug(tmp_path, clock):
    office = charting.create(tmp_path / "real", new_clinic(practice=False), clock)
    office.stock.record(received())
    vial_used(office.new_visit(replace(new_visit(), practice=True)))
    assert left(office.stock) == {"55120": Mg(200)}
    office.close()


def test_a_vial_that_is_not_in_the_book_is_received_before_it_is_moved(stock):
    with pytest.raises(Refused, match="55120 is not in the book"):
        stock.record(moved("55120"))


def test_a_sealed_bag_of_leftovers_is_moved_from_where_it_is(office, stock):
    stock.record(received())
    room = office.new_visit(new_visit())
    vial_used(room)
    room.record(f.DrugReturned(at=room.now(), amount_mg=Mg("165.8"), source="V1", seal="SB-1"))
    with pytest.raises(Refused, match="SB-1 is in the bag, not in the home"):
        stock.record(moved("SB-1", of="home", to="safe", minute=180))
    stock.record(moved("SB-1", of="bag", to="safe", minute=180))
    assert stock.book().item("SB-1").place == "safe"


def test_a_struck_entry_stays_to_be_read_and_counts_no_more(stock):
    (entry,) = stock.record(received())
    stock.strike(entry.id, "typed the wrong number")
    assert left(stock) == {}
    assert [e.kind for e in stock.entries()] == ["vial-received", "entry-struck"]
    assert stock.register.strikes[entry.id].author == "ja"


def test_what_is_not_about_the_drug_is_not_struck_here(office, stock):
    other = office.own_stream.entries[0]
    with pytest.raises(Refused, match="not about the drug"):
        stock.strike(other.id, "x")


def test_a_strike_needs_its_reason(stock):
    (entry,) = stock.record(received())
    with pytest.raises(Refused, match="why"):
        stock.strike(entry.id, " ")


def test_a_count_and_its_explanation(stock):
    stock.record(received())
    (entry,) = stock.record(counted(line(0)))
    _known, (found,) = stock.reckoning().work()
    assert found.open
    stock.record(f.StockExplained(at=NOON, count=entry.id, reason="in the bag", told="Dr O 12:00"))
    assert not stock.reckoning().work()[1][0].open


def test_an_act_tried_again_after_a_fault_of_the_disk_is_written_once(office, stock, monkeypatch):
    act = stock.new_act()
    append = office._ledger.append

    def kept_but_not_answered(*args, **values):
        append(*args, **values)
        raise NotSaved("the disk did not answer")

    monkeypatch.setattr(office._ledger, "append", kept_but_not_answered)
    with pytest.raises(NotSaved):
        stock.record(received(), act=act)
    monkeypatch.undo()
    stock.record(received(), act=act)
    assert len(stock.entries()) == 1


def test_only_facts_about_the_drug_go_through_this_door(office, stock):
    with pytest.raises(TypeError):
        stock.record(office.clinic)
