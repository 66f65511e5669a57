"""Editing the protocol: every row can be read, edited and refused; what is laxer is named."""

from dataclasses import replace
from decimal import Decimal

import pytest

from ketachart import house
from ketachart.domain.editing.changes import changes
from ketachart.domain.editing.checks import check
from ketachart.domain.editing.edit import Edit, drafted, must_be_supervisor, next_edition
from ketachart.domain.editing.parts import parts_of
from ketachart.domain.editing.tables import SECTIONS, TABLES, rows_of
from ketachart.domain.editing.typed import row_typed, text_of
from ketachart.domain.editing.view import section_rows
from ketachart.domain.facts import NurseRecorded
from ketachart.errors import Refused

POLICY = "Desert Bloom policy 12, 3 Nov 2026"
HIGH = "systolic/during/pause/high"
GRAVE = "systolic/during/emergency/high"


@pytest.fixture
def shipped():
    return house.shipped_protocol()


def texts_of(table, row, protocol):
    return {p.name: text_of(getattr(row, p.name)) for p in parts_of(table, row, protocol)}


def edit(protocol, name, key, **typed):
    """An edit as it is typed: the fields that are named, and the clinic's own source."""
    table = TABLES[name]
    before = rows_of(protocol, table)[key] if key else None
    texts = texts_of(table, before, protocol) if before is not None else {}
    texts |= {"source": POLICY, **typed}
    return Edit(table=name, key=key, row=row_typed(table, before, texts, protocol))


def after(protocol, *edits):
    return drafted(protocol, edits, protocol)


def refusal(protocol, *args, **typed):
    with pytest.raises(Refused) as refused:
        after(protocol, edit(protocol, *args, **typed))
    return refused.value


# ---------------------------------------------------------------- every row


@pytest.mark.parametrize("name", TABLES)
def test_every_shipped_row_stands_in_its_fields_and_reads_back_the_same(shipped, name):
    table = TABLES[name]
    rows = getattr(shipped, name)
    assert rows
    for row in rows:
        assert row_typed(table, row, texts_of(table, row, shipped), shipped) == row


def test_every_shipped_row_is_listed_once_with_words_in_a_section(shipped):
    listed = [s for section in SECTIONS for s in section_rows(section, shipped, shipped, shipped)]
    names = [(row.table, row.key) for row in listed]
    assert len(names) == len(set(names))
    assert len(names) == sum(len(getattr(shipped, name)) for name in TABLES)
    assert all(row.what and row.value and row.standing == "shipped" for row in listed)
    for section in SECTIONS:
        assert section_rows(section, shipped, shipped, shipped)


def test_the_shipped_protocol_can_stand(shipped):
    check(shipped, shipped)


# ---------------------------------------------------------------- edits


def test_a_limit_is_edited_with_the_clinics_own_source(shipped):
    draft = after(shipped, edit(shipped, "limits", HIGH, above="150 mmHg"))
    limit = rows_of(draft, TABLES["limits"])[HIGH]
    assert (limit.above, limit.source) == (Decimal(150), POLICY)
    (change,) = changes(shipped, draft, shipped)
    assert change.what == "Systolic, from the start on: pause and call: over"
    assert (change.was, change.becomes) == ("160 mmHg", "150 mmHg")
    assert (change.source, change.laxer) == (POLICY, "")


@pytest.mark.parametrize(
    ("name", "key", "typed", "laxer"),
    [
        ("limits", HIGH, {"above": "170"}, "laxer than the shipped 160 mmHg"),
        ("limits", HIGH, {"above": "150"}, ""),
        (
            "limits",
            "heart_rate/during/pause/low",
            {"below": "45"},
            "laxer than the shipped 50 /min",
        ),
        ("limits", GRAVE, {"readings": "3"}, "laxer than the shipped 2"),
        ("limits", "rass/during/pause/low", {"at_most": "-3"}, "laxer than the shipped −2"),
        ("values", "observe.default", {"value": "45"}, "laxer than the shipped 60 min"),
        ("values", "observe.default", {"value": "120"}, ""),
        ("values", "pump.step", {"value": "0.5"}, ""),
        ("goals", "prevention", {"dose_to": "0.4"}, "laxer than the shipped 0.3 mg/kg"),
        ("goals", "prevention", {"dose_to": "0.25"}, ""),
        ("goals", "prevention", {"apart_days": "7"}, "laxer than the shipped 14 days"),
        (
            "goals",
            "depression",
            {"dose_from": "", "dose_to": ""},
            "laxer than the shipped 0.1 mg/kg",
        ),
        ("rounds", "observation/15", {"every_min": "30"}, "laxer than the shipped 15 min"),
        ("rounds", "infusion/75", {"to_min": "90"}, "laxer than the shipped —"),
        ("rounds", "infusion/10", {"to_min": ""}, ""),
        ("extra_rounds", "bolus", {"at_min": "5"}, "laxer than the shipped 5, 15 min"),
        ("extra_rounds", "bolus", {"at_min": "5, 10, 15"}, ""),
        ("signs", "systolic", {"believable_high": "320"}, "laxer than the shipped 300 mmHg"),
        ("states", "AZ", {"rn_bolus": "by-order"}, "laxer than the shipped no"),
        ("states", "PA", {"bolus_most": "0.35"}, ""),
        ("states", "PA", {"bolus_most": ""}, "laxer than the shipped 0.5 mg/kg"),
        ("criteria", "gait", {"level": "reason"}, "laxer than the shipped no release while unmet"),
        ("instructions", "driving", {"hours": "12"}, "laxer than the shipped 24 h"),
        ("medicines", "labetalol", {"asks_when": "heart_rate under 70, systolic under 120"}, ""),
        (
            "medicines",
            "labetalol",
            {"asks_when": "heart_rate under 50, systolic under 120"},
            "laxer than the shipped heart_rate under 60, systolic under 120",
        ),
    ],
)
def test_what_asks_for_less_than_as_shipped_is_named(shipped, name, key, typed, laxer):
    draft = after(shipped, edit(shipped, name, key, **typed))
    assert next((c.laxer for c in changes(shipped, draft, shipped) if c.laxer), "") == laxer


def test_a_limit_left_out_is_laxer_and_can_be_taken_in_again(shipped):
    without = after(shipped, Edit(table="limits", key=HIGH, row=None))
    (change,) = changes(shipped, without, shipped)
    assert (change.was, change.becomes) == ("over 160 mmHg", "left out")
    assert change.laxer == "laxer than the shipped over 160 mmHg"
    gone = next(r for r in section_rows("vitals", without, shipped, shipped) if r.key == HIGH)
    assert (gone.standing, gone.shipped, gone.drafted) == ("left out", "over 160 mmHg", True)
    row = rows_of(shipped, TABLES["limits"])[HIGH]
    again = drafted(without, [Edit(table="limits", key=HIGH, row=row)], shipped)
    assert rows_of(again, TABLES["limits"])[HIGH] == row


def test_a_new_limit_a_new_vial_and_a_new_state_are_added(shipped):
    draft = after(
        shipped,
        edit(
            shipped, "limits", "", sign="etco2", when="during", level="pause", at_least="55",
            readings="1", apart_min="0",
        ),
        edit(shipped, "vials", "", strength_mg_per_ml="20", volume_ml="5", undiluted_never="no"),
        edit(
            shipped, "states", "", state="NV", rn_bolus="no", prescriber_on_site="no",
            words="Asked on 2 Nov 2026.",
        ),
    )  # fmt: skip
    assert draft.state("NV").rn_bolus == "no"
    assert [c.was for c in changes(shipped, draft, shipped)] == ["—", "—", "—"]
    (state,) = (r for r in section_rows("states", draft, shipped, shipped) if r.key == "NV")
    assert (state.standing, state.drafted, state.shipped) == ("added", True, "")


def test_a_row_typed_back_to_what_was_shipped_counts_as_shipped(shipped):
    once = after(shipped, edit(shipped, "values", "order.age", value="14"))
    row = rows_of(shipped, TABLES["values"])["order.age"]
    twice = drafted(once, [Edit(table="values", key="order.age", row=row)], shipped)
    assert twice == shipped


def test_a_protocol_of_before_a_value_still_takes_edits_and_the_value_itself(shipped):
    lacking = tuple(row for row in shipped.values if row.code != "height.high")
    old = replace(shipped, values=lacking, states=())
    draft = drafted(old, [edit(old, "values", "order.age", value="14")], shipped)
    missing = {
        row.key for row in section_rows("series", draft, old, shipped) if row.standing == "left out"
    }
    assert missing == {"height.high"}
    row = rows_of(shipped, TABLES["values"])["height.high"]
    taken = drafted(old, [Edit(table="values", key="height.high", row=row)], shipped)
    assert taken.policy("height.high") == row


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("name", "key", "typed", "words"),
    [
        ("values", "dose.absolute", {"value": "0"}, "must be more than 0 mg/kg"),
        ("values", "observe.default", {"value": "half"}, "type a number such as 12.5 in min"),
        ("values", "observe.default", {"value": ""}, "Value: fill it in"),
        ("values", "observe.default", {"value": "-5"}, "must be 0 or more min"),
        ("values", "observe.default", {"value": "20"}, "cannot be over"),
        ("values", "release.bp.percent", {"value": "101"}, "cannot be over 100 %"),
        ("values", "release.spo2", {"value": "100.5"}, "cannot be over 100 %"),
        ("values", "release.systolic", {"value": "900"}, "is not possible"),
        ("values", "series.most", {"value": "2.5"}, "whole number of infusions"),
        ("values", "rate.warn", {"value": "1.6"}, "cannot be over"),
        ("values", "order.age", {"value": "30 h"}, "in days"),
        ("goals", "prevention", {"dose_to": "0.1"}, "ends below its beginning"),
        ("goals", "prevention", {"dose_to": "1"}, "anaesthetic dose"),
        ("goals", "prevention", {"dose_to": ""}, "both ends of the range"),
        ("goals", "prevention", {"dose_from": "0"}, "begins above 0"),
        ("signs", "spo2", {"believable_high": "101"}, "is not possible"),
        ("signs", "systolic", {"believable_low": "310"}, "ends below its beginning"),
        ("limits", HIGH, {"above": "181"}, "Change the other first"),
        ("limits", "spo2/during/pause/low", {"below": "89"}, "Change the other first"),
        ("limits", HIGH, {"above": "351"}, "is not possible"),
        ("limits", HIGH, {"readings": "0"}, "1 reading or more"),
        ("rounds", "observation/15", {"every_min": "0"}, "every 1 min or more"),
        ("rounds", "infusion/10", {"to_min": "5"}, "before its first"),
        ("extra_rounds", "bolus", {"at_min": "five"}, "whole number in min"),
        ("vials", "100", {"undiluted_never": "no"}, "never given undiluted; that stays"),
        ("vials", "10", {"volume_ml": "0"}, "more than 0"),
        ("drop_factors", "", {"drops_per_ml": "60", "label": "again"}, "stands there already"),
        ("states", "PA", {"bolus_most": "0"}, "more than 0 mg/kg"),
        ("formulas", "devine", {"adjusted_share": "1.1"}, "from 0 to 1"),
        ("instructions", "driving", {"hours": "0"}, "1 or more"),
        ("medicines", "labetalol", {"asks_when": "pulse under 60"}, "cannot be read. Write it as"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_words(shipped, name, key, typed, words):
    assert words in str(refusal(shipped, name, key, **typed))


@pytest.mark.parametrize("edge", ["180", "160"])
def test_a_pause_may_lie_at_the_emergency_itself(shipped, edge):
    after(shipped, edit(shipped, "limits", HIGH, above=edge))


def test_a_goal_may_reach_just_under_an_anaesthetic_dose(shipped):
    after(shipped, edit(shipped, "goals", "prevention", dose_to="0.999"))


def test_a_bolus_of_at_most_nothing_is_how_a_clinic_forbids_it(shipped):
    assert (
        after(shipped, edit(shipped, "values", "bolus.most", value="0")).number("bolus.most") == 0
    )


def test_a_new_limit_has_exactly_one_bound(shipped):
    new = {"sign": "etco2", "when": "during", "level": "pause", "readings": "1", "apart_min": "0"}
    assert "exactly one bound" in str(refusal(shipped, "limits", "", **new))
    both = refusal(shipped, "limits", "", **new, above="50", below="20")
    assert "exactly one bound" in str(both)


def test_no_limit_asks_before_the_start_for_what_is_done_during_it(shipped):
    new = {"sign": "etco2", "when": "before", "level": "pause", "readings": "1", "apart_min": "0"}
    assert "is not asked" in str(refusal(shipped, "limits", "", **new, above="50"))


def test_a_second_set_from_the_same_minute_is_refused(shipped):
    new = {"phase": "infusion", "from_min": "5", "every_min": "5", "needs": "spo2"}
    assert "stands there already" in str(refusal(shipped, "rounds", "", **new))


def test_the_last_vial_stays(shipped):
    edits = [Edit(table="vials", key=key, row=None) for key in ("10", "50", "100")]
    with pytest.raises(Refused, match="At least one vial"):
        drafted(shipped, edits, shipped)
    drafted(shipped, edits[:2], shipped)


def test_a_changed_value_never_keeps_the_shipped_source(shipped):
    mine = refusal(shipped, "values", "observe.default", value="90", source="B4.10; C6; K2")
    assert (mine.field, mine.rule) == ("source", "source missing")
    assert refusal(shipped, "values", "observe.default", value="90", source="").field == "source"


def test_a_refusal_names_the_field(shipped):
    assert refusal(shipped, "goals", "prevention", dose_to="0.1").field == "dose_to"
    assert refusal(shipped, "values", "observe.default", value="x").field == "value"


# ---------------------------------------------------------------- an edition


def test_several_edits_make_one_edition_that_counts_up(shipped):
    edits = [
        edit(shipped, "values", "observe.default", value="90"),
        edit(shipped, "limits", HIGH, above="150"),
    ]
    second = next_edition(shipped, edits, shipped=shipped, title="Desert Bloom")
    assert (second.version, second.title, second.edition) == ("2", "Desert Bloom", "Desert Bloom 2")
    third = next_edition(second, [edit(second, "values", "order.age", value="14")], shipped=shipped)
    assert third.edition == "Desert Bloom 3"
    told = [c.what for c in changes(shipped, second, shipped)]
    assert told[-1] == "Name of the protocol"
    assert len(told) == 3


def test_an_edition_that_changes_nothing_is_refused(shipped):
    with pytest.raises(Refused, match="Nothing differs"):
        next_edition(shipped, [], shipped=shipped)


def test_a_version_that_is_no_number_still_counts_on(shipped):
    odd = replace(shipped, version="3 draft")
    edits = [edit(odd, "values", "order.age", value="14")]
    assert next_edition(odd, edits, shipped=shipped).version == "3 draft.1"


def test_only_a_supervisor_may():
    nurse = NurseRecorded(
        at=None, staff_id="ja", name="Julia Alvarez", credential="RN", licence="1"
    )
    with pytest.raises(Refused, match="supervisor"):
        must_be_supervisor(nurse)
    must_be_supervisor(replace(nurse, role="supervisor"))
