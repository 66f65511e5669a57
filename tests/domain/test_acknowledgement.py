"""Orders by phone: what a prescriber must sign for, and what came of it, in queue and figures."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from ketachart.domain import facts as f
from ketachart.domain.admission.door import admit
from ketachart.domain.audit import words
from ketachart.domain.facts.post import OrderAcknowledged
from ketachart.domain.found.order import order_findings
from ketachart.domain.post.acknowledgement import acknowledgements, needs
from ketachart.domain.post.standing import SignedVersion, standing
from ketachart.domain.supervision.figures import Counted
from ketachart.domain.supervision.flags import flags_of
from ketachart.domain.supervision.lines import line_of
from ketachart.domain.supervision.reviewer import Reviewer
from ketachart.domain.supervision.table import trends_csv
from ketachart.domain.supervision.trends import trends
from ketachart.domain.visit import Visit
from ketachart.errors import Refused
from tests.domain.test_supervision import addendum, post, signed, taken, visit_with
from tests.helpers.story import NOON, Story

ANN = "Dr A. Okafor"


def override(s):
    s.tell(f.OverrideAuthorised(at=s.at(5), about="fasting", by=ANN, read_back=True, reason="r"))


def call(**values):
    told = {"to": ANN, "about": "nausea", "said": "ondansetron 4 mg", "read_back": True, **values}
    return lambda s: s.tell(f.CallMade(at=s.at(20), **told))


def medicine(against, minute=25):
    return lambda s: s.tell(
        f.MedicineGiven(
            at=s.at(minute), medicine="ondansetron", dose=Decimal(4), unit="mg", against=against
        )
    )


def struck(act):
    def told(s):
        act(s)
        s.strike(s.last_id)

    return told


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ((), []),
        ((override,), [("phone order", ANN)]),
        ((struck(override),), []),
        ((call(),), [("phone order", ANN)]),
        ((call(said=""),), []),
        ((call(reached=False),), []),
        ((call(to="Dr L. Chen", read_back=False),), [("phone order", "Dr L. Chen")]),
        ((call(to="elena  rivera", read_back=False),), []),
        ((call(to="Elena Rivera"),), [("phone order", "Elena Rivera")]),  # it was read back
        ((medicine("prn-order"),), []),
        ((medicine("adjunct"),), []),
        ((medicine("telephone-order"),), [("phone order", ANN)]),
        ((call(to="Dr L. Chen"), medicine("telephone-order")),
         [("phone order", "Dr L. Chen"), ("phone order", "Dr L. Chen")]),
        ((medicine("telephone-order", 19), call(to="Dr L. Chen")),
         [("phone order", ANN), ("phone order", "Dr L. Chen")]),
        ((medicine("emergency"),), [("emergency medicine", ANN)]),
        ((signed(), addendum()), []),
    ],
)  # fmt: skip
def test_what_a_prescriber_must_sign_for(acts, expected):
    assert [(one.kind, one.prescriber) for one in needs(visit_with(*acts).visit())] == expected


@pytest.mark.parametrize(("received", "expected"), [("signed", 0), ("telephone", 1)])
def test_an_order_that_came_by_telephone_is_to_be_signed(received, expected):
    visit = Story().patient().order(received=received, read_back=True).visit()
    assert len(needs(visit)) == expected
    told = [one.sentence for one in order_findings(visit) if one.code == "phone-orders"]
    assert told == ["1 telephone order to be countersigned"] * expected


def noted(entry, how="signed on paper", *, item="a1", hours=24, withdrawn=False, **values):
    at = NOON + timedelta(hours=hours)
    told = {
        "at": at, "item": item, "entry": entry, "row": "12:05 Override", "prescriber": ANN,
        "how": how, "when": at, "words": "he was not asked" if how == "refused" else "",
        "by": "Sue Perry, MD", "staff_id": "sp", "withdrawn": withdrawn, **values,
    }  # fmt: skip
    return OrderAcknowledged(**told)


def with_both():
    """A visit with an override and an emergency medicine; their entries' ids."""
    visit = visit_with(override, medicine("emergency"), signed()).visit()
    return visit, [one.entry for one in needs(visit)]


def flags(visit, *facts, known=True):
    found = flags_of(visit, NOON + timedelta(days=3), post(*facts), known=known)
    return [(flag.words, flag.grave) for flag in found if flag.code.startswith("order-")]


def test_the_flag_goes_once_it_is_signed_and_a_refusal_stays_and_is_grave():
    visit, (first, second) = with_both()
    waits = f"1 phone order and 1 emergency medicine not yet signed by {ANN}"
    assert flags(visit) == [(waits, False)]
    one_left = [(f"1 emergency medicine not yet signed by {ANN}", False)]
    assert flags(visit, noted(first)) == one_left
    assert flags(visit, noted(first), noted(second, item="a2")) == []
    refused = noted(first, "refused", item="a3", hours=25)
    assert flags(visit, noted(second), refused) == [(f"{ANN} refused to sign 1 phone order", True)]
    assert flags(visit, known=False) == [(waits.replace("not yet", "to be"), False)]


@pytest.mark.parametrize("turn", [1, -1])
def test_the_last_one_by_its_time_counts_in_whatever_order_they_came(turn):
    visit, (first, _) = with_both()
    every = (noted(first, "refused"), noted(first, item="a2", hours=30))[::turn]
    assert acknowledgements(visit, post(*every))[0].state == "signed"
    back = noted(first, item="a2", hours=30, withdrawn=True)
    assert acknowledgements(visit, post(back, *every))[0].state == "refused"


def test_the_queue_keeps_it_in_sight_after_the_review():
    visit, (first, second) = with_both()
    sue = Reviewer("sp", "Sue Perry")
    line = line_of("s", post(taken()), visit, sue, NOON)
    assert "order-unsigned" in {flag.code for flag in line.flags}
    line = line_of("s", post(taken(), noted(first), noted(second, item="b")), visit, sue, NOON)
    assert "order-unsigned" not in {flag.code for flag in line.flags}


def test_how_far_it_came_tells_it_in_words():
    one = (SignedVersion(1, "sha-1", NOON),)
    assert "Okafor" not in standing(one, post(taken())).words
    told = standing(one, post(taken(), noted("x"), noted("y", "refused", item="a2")))
    assert told.words.endswith(f". {ANN} refused to sign 1 order; 1 phone order signed by {ANN}")


def test_its_words_and_its_rules():
    register = Visit()
    title, detail = words(register, noted("x", "by fax or portal"))
    assert (title, "signed by fax or portal" in detail) == ("Order acknowledged", True)
    assert words(register, noted("x", "refused"))[0] == "Order NOT signed"
    assert words(register, noted("x", withdrawn=True))[0] == "Acknowledgement taken back"
    now = NOON + timedelta(days=2)
    admit(register, noted("x"), now=now)
    with pytest.raises(Refused, match="what the prescriber said"):
        admit(register, noted("x", "refused", words=" "), now=now)
    with pytest.raises(Refused, match="beside the visit"):
        admit(visit_with().visit(), noted("x", hours=0), now=now)


def test_figures_count_what_is_open_and_leave_empty_what_is_not_known():
    visit, (first, _) = with_both()
    counted = Counted(visit, "s", 1, "waiting", post(noted(first, "refused")))
    found = trends((counted,), date.min, date.max)
    assert (found.visits[0].orders_unsigned, found.visits[0].orders_refused) == (1, 1)
    assert (found.by_nurse[0].orders_unsigned, found.by_nurse[0].orders_refused) == (1, 1)
    events = {one.label: one.times for one in found.by_event}
    assert events["Phone order not signed yet"] == 1
    assert events["Phone order refused by the prescriber"] == 1
    blind = trends((counted, Counted(visit, "t", 1, "waiting")), date.min, date.max)
    assert blind.by_nurse[0].orders_unsigned is None
    row = trends_csv(blind).splitlines()[2].split(",")
    head = trends_csv(blind).splitlines()[0].split(",")
    assert row[head.index("phone orders not signed")] == ""
