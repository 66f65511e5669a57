"""The clinic's drug book: what should be where, counts against it, and what may enter it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ketachart.domain import facts as f
from ketachart.domain.admission.door import admit
from ketachart.domain.custody.book import book
from ketachart.domain.custody.count import alert_words, count_state, counts, due_count
from ketachart.domain.custody.moves import movements
from ketachart.domain.quantities import Mg, MgPerMl, Ml
from ketachart.errors import Refused
from tests.helpers.story import NOON, Story

LAST = date(2028, 3, 31)
MORNING = -240  # minutes: 08:00


def at(minute):
    return NOON + timedelta(minutes=minute)


def received(number="55120", minute=MORNING, **values):
    told = {
        "vial": number,
        "strength_mg_per_ml": MgPerMl(10),
        "volume_ml": Ml(20),
        "lot": "4K21877",
        "expires": LAST,
        **values,
    }
    return f.VialReceived(at=at(minute), **told)


def moved(*numbers, minute=0, to="bag", of="safe", **values):
    told = {"seals_whole": True, "by": "Julia Alvarez", **values}
    return f.VialMoved(at=at(minute), vials=numbers, from_place=of, to_place=to, **told)


def line(sealed, opened="0", strength=10, lot="4K21877"):
    return f.CountLine(
        strength_mg_per_ml=MgPerMl(strength), lot=lot, sealed=sealed, opened_mg=Mg(opened)
    )


def counted(*lines, minute=0, when="start"):
    return f.StockCounted(at=at(minute), when=when, lines=lines, by="Julia Alvarez")


def lost(number="55120", mg="200", minute=0, what="broken"):
    return f.StockLost(at=at(minute), vial=number, amount_mg=Mg(mg), what=what, how="it fell")


def register(*told):
    story = Story(start=at(MORNING - 60))
    for fact in told:
        story.tell(fact)
    return story.visit()


def visit(number="261122-01", seal="55120", later=0, **vial):
    """200 mg taken out at 12:00, 3.42 mL (34.2 mg) of it drawn at 12:05; minutes later."""
    story = Story(start=at(later)).tell(
        f.VisitOpened(at=at(later), visit=number, zone="America/Phoenix", program="KetaChart")
    )
    told = {"lot": "4K21877", "expires": LAST, **vial}
    return story.vial(seal=seal, **told).bag("3.42", "17.1", minute=5)


def rest(mg="165.8", seal="SB-20931", source="V1", minute=90):
    return f.DrugReturned(at=at(minute), amount_mg=Mg(mg), source=source, seal=seal)


def kept(told, *visits, until=None):
    moves = [move for story in visits for move in movements(story.visit())]
    return book(register(*told), moves, until)


def there(known):
    return [(each.number, str(each.left.rounded(1)), each.place) for each in known.held]


def sums(known):
    return [(e.lot, e.sealed, str(e.opened.rounded(1))) for e in known.expected()]


# ---------------------------------------------------------------- the book


def test_a_received_vial_lies_sealed_where_it_was_put():
    known = kept([received()])
    (item,) = known.held
    assert (item.sealed, item.left, item.place) == (True, Mg(200), "safe")
    assert sums(known) == [("4K21877", 1, "0.0")]


def test_a_vial_goes_from_safe_to_bag_to_home_and_back_with_its_keeper():
    told = [
        received(),
        moved("55120", minute=-60, witness="R. Stone"),
        moved("55120", minute=10, of="bag", to="home"),
        moved("55120", minute=100, of="home", to="bag", by="Ravi Shah"),
    ]
    places = [kept(told, until=at(m)).held[0].place for m in (-61, -60, 10, 99, 100)]
    assert places == ["safe", "bag", "home", "home", "bag"]
    assert kept(told).held[0].keeper == "Ravi Shah"


def test_what_a_visit_drew_is_gone_and_what_it_sealed_is_there_under_its_seal():
    # 200 - 34.2 drawn = 165.8 mg, sealed as SB-20931 out of the vial
    assert there(kept([received()], visit())) == [("55120", "165.8", "safe")]
    known = kept([received()], visit().tell(rest()))
    assert there(known) == [("SB-20931", "165.8", "bag")]
    assert sums(known) == [("4K21877", 0, "165.8")]
    assert known.item("55120").left == Mg(0)


def test_left_over_of_a_bag_that_was_sealed_is_there_too():
    known = kept([received()], visit().tell(rest("4.2", "SB-1", source="B1")))
    assert there(known) == [("55120", "165.8", "safe"), ("SB-1", "4.2", "bag")]


def test_two_leftovers_under_one_seal_are_one_bag_with_both():
    told = visit().tell(rest("100", "SB-1")).tell(rest("4.2", "SB-1", source="B1"))
    assert there(kept([received()], told)) == [("55120", "65.8", "safe"), ("SB-1", "104.2", "bag")]


def test_waste_and_breakage_out_of_the_vial_count_and_out_of_the_bag_do_not():
    told = visit()
    told.tell(f.DrugWasted(at=at(60), amount_mg=Mg(5), source="V1", how="x", witness_mode="none"))
    told.tell(f.DrugBroken(at=at(61), amount_mg=Mg("0.8"), source="V1", how="x"))
    told.tell(f.DrugWasted(at=at(62), amount_mg=Mg(4), source="B1", how="x", witness_mode="none"))
    assert there(kept([received()], told)) == [("55120", "160.0", "safe")]


def test_a_sealed_rest_can_be_used_in_another_visit():
    first = visit().tell(rest())
    second = visit("261123-01", seal="SB-20931", later=1440, ml="16.58")
    known = kept([received()], first, second)
    assert there(known) == [("SB-20931", "131.6", "bag")]
    assert known.faults(NOON.date()) == ()
    assert known.item("SB-20931").visits == ("261122-01", "261123-01")


def test_a_vial_that_was_never_received_is_named_and_counted_not_hidden():
    known = kept([received("1")], visit(seal="55120"))
    (sentence,) = known.faults(NOON.date())
    assert sentence.startswith("Seal 55120 of visit 261122-01 is not in the book. Receive it,")
    assert ("55120", "165.8", "bag") in there(known)


def test_a_vial_without_a_seal_is_a_stranger_of_its_visit_alone():
    known = kept([received()], visit(seal=""), visit("261122-02", seal=""))
    assert {each.number for each in known.held} == {
        "55120",
        "V1, visit 261122-01",
        "V1, visit 261122-02",
    }
    assert len(known.faults(NOON.date())) == 2


def test_a_seal_links_letter_by_letter():
    known = kept([received("55120")], visit(seal="055120"))
    assert known.item("55120").sealed
    assert "Seal 055120" in known.faults(NOON.date())[0]


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"strength": "50", "ml": "4"}, "strength 50 mg/mL in visit"),
        ({"lot": "X9"}, "lot X9 in visit"),
        ({"expires": LAST + timedelta(days=1)}, "last day 1 Apr 2028 in visit"),
        ({"ml": "20.1"}, "took out 201 mg, but 200 mg was left"),
    ],
)
def test_a_label_that_differs_from_the_book_is_named(other, said):
    (sentence,) = kept([received()], visit(**other)).faults(NOON.date())
    assert said in sentence


def test_more_charted_out_than_it_held_is_named():
    known = kept([received(), lost(mg="180")], visit())
    assert "14.2 mg more is charted out of 55120" in known.faults(NOON.date())[0]


@pytest.mark.parametrize(("days", "named"), [(-1, True), (0, False), (1, False)])
def test_an_expired_vial_is_named_from_the_day_after_its_last(days, named):
    known = kept([received(expires=NOON.date() + timedelta(days=days))])
    assert bool(known.faults(NOON.date())) is named


def test_lost_drug_is_no_longer_expected():
    assert kept([received(), lost()]).held == ()
    assert sums(kept([received(), lost(mg="50")])) == [("4K21877", 0, "150.0")]


@pytest.mark.parametrize(("place", "there"), [("clinic", 0), ("destroyed", 0), ("home", 1)])
def test_what_went_back_or_was_destroyed_is_not_counted_here(place, there):
    known = kept([received(), moved("55120", to=place)])
    assert len(known.held) == there


def test_a_struck_entry_counts_as_if_it_had_never_been():
    story = Story(start=at(-300)).tell(received()).tell(lost(), entry_id="wrong")
    story.strike("wrong", "another vial")
    assert book(story.visit(), ()).expected() == kept([received()]).expected()


def test_a_vial_received_on_paper_after_it_was_used_is_still_of_the_book():
    known = kept([received(minute=30)], visit())
    assert there(known) == [("55120", "165.8", "safe")]
    assert known.faults(NOON.date()) == ()


def test_order_of_writing_changes_nothing():
    told = [received(), moved("55120", minute=-60), lost(mg="10", minute=200)]
    assert kept(told, visit()).held == kept(told[::-1], visit()).held


# ---------------------------------------------------------------- counts


def shown(told, *visits):
    known = kept(told, *visits)
    clinic = register(*told)
    return counts(clinic, known, clinic.protocol)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (line(2), "agrees with the book"),
        (line(1), "10 mg/mL lot 4K21877: 1 sealed vial missing, 200 mg missing in all"),
        (line(3), "10 mg/mL lot 4K21877: 1 sealed vial too much, 200 mg too much in all"),
        (line(2, "0.1"), "10 mg/mL lot 4K21877: 0.1 mg opened too much"),
        (
            line(1, "200"),
            "10 mg/mL lot 4K21877: 1 sealed vial missing and 200 mg opened too much, 0 mg in all",
        ),
    ],
)
def test_a_count_says_in_words_what_differs(found, words):
    (only,) = shown([received("1"), received("2"), counted(found, minute=-200)])
    assert only.words() == words


def test_a_lot_that_was_not_counted_is_missing_and_one_not_in_the_book_too_much():
    (only,) = shown([received(), counted(line(1, lot="4K21878"), minute=-200)])
    assert [(d.lot, d.sealed, d.mg) for d in only.differences] == [
        ("4K21877", -1, Mg(-200)),
        ("4K21878", 1, Mg(200)),
    ]


def test_a_count_is_held_against_the_book_as_it_was_then():
    told = [received(), counted(line(1), minute=-200), counted(line(0, "165.8"), minute=100)]
    first, second = shown(told, visit())
    assert (first.differences, second.differences) == ((), ())


def test_a_late_entry_moves_the_count_that_came_after_it():
    (only,) = shown([received(), counted(line(0, "200"), minute=20)], visit())
    assert [d.opened for d in only.differences] == [Mg("34.2")]


def test_a_difference_stays_on_the_list_until_it_is_explained():
    clinic = Story(start=at(-300)).tell(received())
    clinic.tell(counted(line(0), minute=-200), entry_id="c1")
    known = book(clinic.visit(), ())
    (open_one,) = counts(clinic.visit(), known, clinic.visit().protocol)
    assert open_one.open
    assert alert_words(open_one, NOON.date()) == (
        "Count 08:40: 10 mg/mL lot 4K21877: 1 sealed vial missing, 200 mg missing in all. Explain "
        "it, and tell the clinic today."
    )
    clinic.tell(
        f.StockExplained(at=at(-100), count="c1", reason="in the other bag", told="Dr Okafor 10:00")
    )
    (closed,) = counts(clinic.visit(), known, clinic.visit().protocol)
    assert not closed.open
    assert closed.words().endswith("explained")


def test_the_day_says_whether_it_was_counted():
    told = [received()]
    assert count_state(shown(told), NOON) == ("not counted today", "warn")
    agreed = [*told, counted(line(1), minute=-230)]
    assert count_state(shown(agreed), NOON) == ("counted 08:10, agrees with the book", "ok")
    assert count_state(shown(agreed), NOON + timedelta(days=1))[0] == "not counted today"
    apart = [*told, counted(line(0), minute=-230)]
    assert count_state(shown(apart), NOON) == ("1 difference to explain", "danger")


@pytest.mark.parametrize(
    ("told", "visits", "at_work", "asked"),
    [
        ((), 0, 0, "start"),
        ((), 1, 1, "start"),
        ((counted(line(1)),), 1, 1, None),
        ((counted(line(1)),), 0, 0, None),
        ((counted(line(1)),), 2, 0, "end"),
        ((counted(line(1)), counted(line(1), when="end", minute=1)), 2, 0, None),
    ],
)
def test_a_count_is_asked_before_the_first_visit_and_after_the_last(told, visits, at_work, asked):
    due = due_count(shown([received(), *told]), NOON, visits=visits, at_work=at_work)
    assert (due and due[0]) == asked


def test_a_long_book_closes_day_by_day():
    told, moves = [], []
    used = movements(visit().tell(rest()).visit())
    for n in range(200):
        day = timedelta(days=n)
        told += [
            replace(fact, at=fact.at + day)
            for fact in (received(str(n)), counted(line(1), minute=-200))
        ]
        moves += [
            replace(m, at=m.at + day, number=str(n) if m.number == "55120" else f"S{n}")
            for m in used
        ]
        told.append(moved(f"S{n}", of="bag", to="clinic", minute=120 + n * 1440))
    known = book(register(*told), moves)
    assert len(known.items) == 400
    assert known.held == ()
    assert all(len(lines) == 1 for _count, lines in known.at_counts)


# ---------------------------------------------------------------- what may enter


def refusal(fact, *told):
    with pytest.raises(Refused) as refused:
        admit(register(*told), fact, now=NOON + timedelta(hours=1))
    return str(refused.value)


@pytest.mark.parametrize(
    ("fact", "told", "said"),
    [
        (received(), [received()], "55120 was received already"),
        (received(strength_mg_per_ml=MgPerMl(20)), [], "not 20 mg/mL"),
        (received(volume_ml=Ml(0)), [], "Volume must be above zero"),
        (received(minute=200), [], "has not happened yet"),
        (moved(), [received()], "Choose the vials"),
        (moved("55120", "55120"), [received()], "twice"),
        (moved("55120", of="bag", to="home"), [received()], "55120 is in the safe, not in the bag"),
        (moved("55120", to="safe"), [received()], "both places are the same"),
        (moved("55120", seals_whole=False), [received()], "Note which seal"),
        (counted(line(1), line(2)), [received()], "stands there twice"),
        (counted(line(-1)), [], "zero or more"),
        (counted(line(0, "-0.1")), [], "zero or more"),
        (counted(line(1, strength=20)), [], "not 20 mg/mL"),
        (counted(line(1, lot=" ")), [], "its lot"),
        (
            f.StockExplained(at=NOON, count="none", reason="r", told="t"),
            [counted(line(1))],
            "not in the book",
        ),
        (lost(mg="0"), [received()], "Amount must be above zero"),
        (lost(mg="200.1"), [received()], "never held more than 200 mg"),
        (lost(mg="150", minute=1), [received(), lost(mg="50.1")], "never held more than 200 mg"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(fact, told, said):
    assert said in refusal(fact, *told)


@pytest.mark.parametrize(
    ("fact", "told"),
    [
        (received("55121"), [received()]),
        (moved("55120", seals_whole=False, note="torn"), [received()]),
        (moved("55120", of="bag", to="home"), [received(), moved("55120", minute=-1)]),
        (counted(), []),
        (counted(line(0), line(0, lot="B")), []),
        (lost(mg="200"), [received()]),
        (lost(mg="149.9", minute=1), [received(), lost(mg="50.1")]),
        (received(expires=date(2020, 1, 1)), []),
    ],
)
def test_what_happened_can_be_written(fact, told):
    admit(register(*told), fact, now=NOON + timedelta(hours=1))


def test_an_explanation_names_who_was_told():
    clinic = Story(start=at(-300)).tell(counted(line(0)), entry_id="c1").visit()
    fact = f.StockExplained(at=NOON, count="c1", reason="miscounted", told="Dr Okafor 12:00")
    admit(clinic, fact, now=NOON)
    with pytest.raises(Refused, match="who was told"):
        admit(clinic, replace(fact, told=" "), now=NOON)


def test_the_drug_count_is_not_written_into_a_visit():
    with pytest.raises(Refused, match="clinic's drug count"):
        admit(visit().visit(), received(minute=0), now=NOON)
