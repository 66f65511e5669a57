"""The clinic's protocol in a real ledger: who may change it, and what a change never touches."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ketachart import charting
from ketachart.charting import NewVisit
from ketachart.clock import SetClock
from ketachart.commands import script
from ketachart.domain import facts as f
from ketachart.domain.alerts import alert_history, alerts
from ketachart.domain.editing.edit import Edit
from ketachart.domain.editing.parts import parts_of
from ketachart.domain.editing.tables import TABLES, rows_of
from ketachart.domain.editing.typed import row_typed, text_of
from ketachart.domain.screening import screening
from ketachart.errors import Refused
from ketachart.report.sections.limits import limits_table
from ketachart.report.sections.record import Record
from tests.helpers.door import NOON, PASSPHRASE, new_clinic
from tests.helpers.window import STORIES

POLICY = "Desert Bloom policy 12, 3 Nov 2026"
WHY = "The medical director wants a pause earlier."


def office_of(folder, role="supervisor"):
    new = new_clinic()
    clock = SetClock(NOON)
    return charting.create(folder, replace(new, nurse=replace(new.nurse, role=role)), clock), clock


def edit(protocol, name, key, **typed):
    table = TABLES[name]
    row = rows_of(protocol, table)[key]
    texts = {p.name: text_of(getattr(row, p.name)) for p in parts_of(table, row, protocol)}
    typed = {**texts, "source": POLICY, **typed}
    return Edit(table=name, key=key, row=row_typed(table, row, typed, protocol))


def earlier_pause(office):
    return [edit(office.protocol, "limits", "systolic/during/pause/high", above="130")]


def opened(office):
    told = {line.kind: line.fact for line in script.read(STORIES / "quiet_hour.jsonl")}
    return office.new_visit(
        NewVisit(patient=told["patient-recorded"], order=told["order-recorded"])
    )


def test_a_supervisor_adopts_a_second_edition_and_it_is_read_again_after_unlocking(tmp_path):
    office, clock = office_of(tmp_path)
    adopted = office.policy.adopt(earlier_pause(office), reason=WHY, title="Desert Bloom")
    assert office.protocol == adopted
    office.close()
    again = charting.unlock(tmp_path, "ja", PASSPHRASE, clock)
    assert again.protocol == adopted
    newest, first = again.policy.editions()
    assert (newest.protocol.edition, newest.by, newest.reason) == (
        "Desert Bloom 2", "Julia Alvarez", WHY
    )  # fmt: skip
    assert newest.at == NOON.astimezone(newest.at.tzinfo)
    assert next((c.was, c.becomes) for c in newest.changes) == ("160 mmHg", "130 mmHg")
    assert (first.protocol.edition, first.changes, first.reason) == ("KetaChart default 1", (), "")
    assert again.verify() == ()
    again.close()


def test_a_nurse_reads_the_protocol_and_cannot_change_it(tmp_path):
    office, _clock = office_of(tmp_path, role="nurse")
    before = office.protocol
    assert not office.policy.may_change
    with pytest.raises(Refused, match="Ask your clinic's supervisor"):
        office.policy.adopt(earlier_pause(office), reason=WHY)
    other = replace(before, version="2")
    with pytest.raises(Refused, match="Only a supervisor"):
        office.register(f.ProtocolAdopted(at=office.time.now(), protocol=other, reason=WHY))
    assert office.protocol == before
    assert len(office.policy.editions()) == 1
    office.close()


@pytest.mark.parametrize(
    ("reason", "title", "source", "rule"),
    [
        (" ", "", POLICY, "reason missing"),
        ("診療所", "", POLICY, "cannot be printed"),
        (WHY, "診療所", POLICY, "cannot be printed"),
        (WHY, "", "診療所", "cannot be printed"),
    ],
)
def test_without_a_reason_or_in_letters_that_cannot_be_printed_nothing_changes(
    tmp_path, reason, title, source, rule
):
    office, _clock = office_of(tmp_path)
    edits = [edit(office.protocol, "values", "order.age", value="14", source=source)]
    with pytest.raises(Refused) as refused:
        office.policy.adopt(edits, reason=reason, title=title)
    assert refused.value.rule == rule
    assert office.protocol.version == "1"
    office.close()


def test_a_later_edition_never_recolours_a_visit_that_was_open(tmp_path):
    office, clock = office_of(tmp_path)
    room = opened(office)
    clock.pass_time(timedelta(minutes=1))
    room.record(resting_set(office))
    old = room.visit
    now = office.time.now()
    before = (alerts(old, now), alert_history(old, now), screening(old, now), told(old, now))
    adopted = office.policy.adopt(
        [
            edit(office.protocol, "limits", "systolic/before/no-start/high", above="141"),
            edit(office.protocol, "limits", "systolic/before/ask-before/high", above="130"),
        ],
        reason=WHY,
    )
    again = office.open_visit(room.stream).visit
    assert again.protocol.edition == "KetaChart default 1"
    assert (
        alerts(again, now), alert_history(again, now), screening(again, now), told(again, now)
    ) == before  # fmt: skip
    assert "KetaChart default 1" in limits_table(Record(again, now)).says
    newer = opened(office)
    assert newer.visit.protocol == adopted
    assert newer.visit.protocol.edition == "KetaChart default 2"
    newer.record(resting_set(office))
    assert (resting(again, now), resting(newer.visit, now)) == ("ask", "stop")
    office.close()


def resting_set(office):
    return f.VitalsTaken(
        at=office.time.now(), systolic=142, diastolic=80, heart_rate=80, spo2=98,
        respiratory_rate=14, pain=3, nausea=0, rass=0,
    )  # fmt: skip


def resting(visit, now):
    states = screening(visit, now).items
    return next(s.answer for s in states if s.item.computed == "resting-signs")


def told(visit, now):
    return limits_table(Record(visit, now))
