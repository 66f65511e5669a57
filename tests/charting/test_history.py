"""What a new visit knows of the ones before it: copied when it is opened, and no more than that."""

import dataclasses
import shutil
from datetime import date, timedelta
from decimal import Decimal

import pytest

from ketachart import charting
from ketachart.charting import NewClinic, NewVisit, earlier
from ketachart.clock import SetClock
from ketachart.domain import facts as f
from ketachart.domain.earlier.past import past_infusion
from ketachart.domain.quantities import Kg, Mg, MgPerKg, MgPerMl, Ml, MlPerHour
from ketachart.domain.visit import Visit
from ketachart.storage.entry import Shelved
from tests.helpers.story import NOON, Story
from tests.report.charted_visits import charted

PASSPHRASE = "lantern harbour violet"


@pytest.fixture
def clock():
    return SetClock(NOON)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A clinic, made once: its folder, and the proof that opens a copy of it at once."""
    clock = SetClock(NOON - timedelta(days=1))
    folder = tmp_path_factory.mktemp("history") / "ledger"
    register = Story().patient().order().visit()
    new = NewClinic(
        clinic=register.clinic, nurse=register.nurse, passphrase=PASSPHRASE, practice=False
    )
    charting.create(folder, new, clock).close()
    return folder, charting.prove(folder, "ja", PASSPHRASE, clock)


@pytest.fixture
def office(made, tmp_path, clock):
    folder, proof = made
    shutil.copytree(folder, tmp_path / "ledger")
    opened = charting.enter(tmp_path / "ledger", proof, clock)
    yield opened
    opened.close()


def opened(office, *, practice=False, order=None, **patient):
    told = Story().patient(**patient).order(**(order or {})).visit()
    new = NewVisit(
        patient=told.patient, order=told.order, zone="America/Phoenix", practice=practice
    )
    return office.new_visit(new)


def infuse(room, clock):
    """37 mg over an hour in a patient of 74 kg: pain 8 to 4, nausea of grade 2 on the way."""
    room.record(f.WeightMeasured(at=room.now(), weight_kg=Kg(74)))
    room.record(f.VitalsTaken(at=room.now(), pain=8))
    clock.pass_time(timedelta(minutes=1))
    room.record(
        f.InfusionStarted(
            at=room.now(),
            rate_ml_h=MlPerHour("18.5"),
            strength_mg_per_ml=MgPerMl(2),
            volume_ml=Ml(50),
            despite="a test",
        )
    )
    clock.pass_time(timedelta(minutes=20))
    room.record(f.EffectNoted(at=room.now(), effect="dizziness", grade=1))
    room.record(f.EffectNoted(at=room.now(), effect="nausea", grade=2))
    clock.pass_time(timedelta(minutes=40))
    room.record(f.InfusionStopped(at=room.now(), reason="complete"))
    room.record(f.VitalsTaken(at=room.now(), pain=4))
    return room


def past(room):
    return room.visit.last_fact(f.PastRecorded)


def test_the_first_visit_of_a_patient_knows_of_none_before_it(office):
    assert past(opened(office)).infusions == ()


def test_an_earlier_infusion_is_copied_with_dose_pain_worst_effect_and_times(office, clock):
    first = infuse(opened(office, order={"series_number": 2, "series_of": 5}), clock)
    clock.pass_time(timedelta(days=3))
    (one,) = past(opened(office)).infusions
    assert one == f.PastInfusion(
        visit=first.visit.opened.visit,
        on=date(2026, 11, 22),
        goal="acute-migraine",
        started_at=NOON + timedelta(minutes=1),
        ended_at=NOON + timedelta(minutes=61),
        delivered_mg=Mg(37),
        dosing_weight_kg=Kg(74),
        delivered_mg_per_kg=MgPerKg("0.5"),
        pain_start=8,
        pain_end=4,
        worst_effect="Nausea",
        worst_grade=2,
        stop_reason=first.visit.protocol.label("stop-reason", "complete"),
        series_number=2,
        charted="not-signed",
    )


def test_what_was_copied_stays_when_the_earlier_chart_is_written_on(office, clock):
    first = infuse(opened(office), clock)
    second = opened(office)
    first.record(f.VitalsTaken(at=first.now(), pain=9))
    assert past_infusion(first.visit).pain_end == 9
    again = office.open_visit(second.stream)
    assert past(again).infusions[0].pain_end == 4


def test_an_infusion_that_was_never_charted_as_stopped_has_no_end(office, clock):
    room = opened(office)
    room.record(
        f.InfusionStarted(
            at=room.now(),
            rate_ml_h=MlPerHour(20),
            strength_mg_per_ml=MgPerMl(2),
            volume_ml=Ml(50),
            despite="a test",
        )
    )
    clock.pass_time(timedelta(minutes=30))
    room.record(f.NoteWritten(at=room.now(), text="called away"))
    (one,) = past(opened(office)).infusions
    assert (one.ended_at, one.delivered_mg, one.stop_reason) == (None, Mg(20), "")


def test_without_a_strength_there_is_no_dose_rather_than_a_dose_of_nothing():
    one = past_infusion(Story().patient().order().weight(70).start_pump(0, 20).stop(60).visit())
    assert (one.delivered_mg, one.delivered_mg_per_kg) == (None, None)


def test_a_visit_without_an_infusion_is_no_earlier_infusion(office):
    opened(office)
    assert past(opened(office)).infusions == ()


def test_another_patients_infusions_are_not_copied_even_if_the_number_begins_alike(office, clock):
    infuse(opened(office, mrn="12"), clock)
    assert past(opened(office, mrn="1")).infusions == ()


def test_practice_and_real_visits_are_never_mixed(office, clock):
    infuse(opened(office, practice=True, address="1 Elm St"), clock)
    real = past(opened(office, address="1 Elm St"))
    assert (real.infusions, real.visits_here) == ((), 1)
    practice = past(opened(office, practice=True, address="1 Elm St"))
    assert (len(practice.infusions), practice.visits_here) == (1, 2)


@pytest.mark.parametrize(("days", "known"), [(364, 1), (365, 1), (366, 0)])
def test_a_year_is_looked_back_and_no_more(office, clock, days, known):
    infuse(opened(office), clock)
    clock.move_to(NOON + timedelta(days=days))
    assert len(past(opened(office)).infusions) == known


def test_no_more_than_sixty_infusions_are_copied_the_newest_of_them(office, clock, monkeypatch):
    monkeypatch.setattr(earlier, "COPIED_INFUSIONS", 2)
    for day in range(3):
        clock.move_to(NOON + timedelta(days=day))
        infuse(opened(office), clock)
    days = [one.on.day for one in past(opened(office)).infusions]
    assert days == [23, 24]


def test_what_was_read_ahead_is_not_read_again_unless_it_was_written_on(office, clock, monkeypatch):
    for day in range(3):
        clock.move_to(NOON + timedelta(days=day))
        room = opened(office)
        infuse(room, clock)
    reads = []
    real = earlier.past_infusion
    monkeypatch.setattr(earlier, "past_infusion", lambda visit: reads.append(1) or real(visit))
    mrn = room.visit.patient.mrn
    office._earlier = earlier.Earlier(office._ledger)  # as after unlocking
    assert [office.read_earlier(mrn) for _ in range(4)] == [True, True, False, False]
    assert len(reads) == 3
    room.record(f.VitalsTaken(at=room.now(), pain=1))
    assert [one.pain_end for one in past(opened(office)).infusions][-1] == 1
    assert len(reads) == 4  # only the one that was written on


# ------------------------------------------------ visits at one address


@pytest.mark.parametrize("same", ["12 Elm St., Apt 3", "12 ELM ST apt 3", " 12  Elm St, Apt. 3 "])
def test_visits_at_one_address_are_counted_however_it_is_written(office, same):
    opened(office, mrn="1", address="12 Elm St, Apt 3")
    assert past(opened(office, mrn="2", address=same)).visits_here == 2


def test_another_address_is_another_home(office):
    opened(office, address="12 Elm St, Apt 3")
    assert past(opened(office, address="12 Elm St, Apt 4")).visits_here == 1


def test_without_an_address_nothing_is_counted(office):
    opened(office)
    assert past(opened(office)).visits_here is None


@pytest.mark.parametrize(("days", "here"), [(28, 2), (29, 2), (30, 1)])
def test_visits_are_counted_over_the_protocols_thirty_days(office, clock, days, here):
    opened(office, address="1 Elm St")
    clock.move_to(NOON + timedelta(days=days))
    assert past(opened(office, address="1 Elm St")).visits_here == here


def test_a_line_of_an_older_list_without_an_address_is_looked_up_in_its_visit(office):
    first = opened(office, address="1 Elm St")
    (line,) = office._ledger.shelf()
    summary = line.summary.replace('"address":"1 Elm St",', "")
    assert summary != line.summary
    old = {**{f.name: getattr(line, f.name) for f in dataclasses.fields(line)}, "summary": summary}
    office._ledger.put_shelf(Shelved(**old))
    assert office.visits()[0].address is None
    assert past(opened(office, address="1 Elm St")).visits_here == 2
    assert first.visit.opened


def test_a_protocol_of_an_older_edition_counts_no_addresses(office):
    told = Story().patient(address="1 Elm St").order().visit()
    older = dataclasses.replace(
        told.protocol,
        values=tuple(v for v in told.protocol.values if not v.code.startswith("address.")),
    )
    room = office.new_visit(NewVisit(patient=told.patient, order=told.order, protocol=older))
    assert past(room).visits_here is None


def test_a_dose_that_ends_nowhere_is_kept_as_it_is_written(office, clock):
    room = opened(office)
    room.record(f.WeightMeasured(at=room.now(), weight_kg=Kg(70)))
    room.record(
        f.InfusionStarted(
            at=room.now(),
            rate_ml_h=MlPerHour(10),
            strength_mg_per_ml=MgPerMl(2),
            volume_ml=Ml(50),
            despite="a test",
        )
    )
    clock.pass_time(timedelta(minutes=7))
    room.record(f.InfusionStopped(at=room.now(), reason="other"))
    (one,) = past(opened(office)).infusions  # 10 mL/h × 7 min × 2 mg/mL is 7/3 mg
    assert one.delivered_mg == Mg("2.33")
    assert one.delivered_mg_per_kg == MgPerKg("0.033")
    assert one.delivered_mg.amount == Decimal("2.33")


def test_each_earlier_visit_is_told_in_the_words_of_its_own_protocol(office, clock):
    infuse(opened(office), clock)
    told = Story().patient().order().visit()
    renamed = dataclasses.replace(
        told.protocol,
        choices=tuple(
            dataclasses.replace(c, label="Sickness") if c.code == "nausea" else c
            for c in told.protocol.choices
        ),
    )
    clock.pass_time(timedelta(days=1))
    new = NewVisit(patient=told.patient, order=told.order, practice=False, protocol=renamed)
    infuse(office.new_visit(new), clock)
    clock.pass_time(timedelta(days=1))
    assert [one.worst_effect for one in past(opened(office)).infusions] == ["Nausea", "Sickness"]


@pytest.mark.parametrize("name", ["paused_for_nausea", "late_and_corrected", "second_bag_weaker"])
def test_what_is_not_read_of_an_earlier_visit_says_nothing_of_its_infusion(name):
    visit, _ = charted(name)
    read = Visit(tuple(e for e in visit.entries if e.kind in earlier.READ))
    assert len(read.entries) < len(visit.entries)
    assert past_infusion(read) == past_infusion(visit)


# ------------------------------------------------ the visit before, to be looked at beside this one


def test_the_visit_before_is_the_last_one_in_which_the_pump_ran(office, clock):
    infuse(opened(office), clock)
    clock.pass_time(timedelta(days=1))
    second = infuse(opened(office), clock)
    clock.pass_time(timedelta(days=1))
    opened(office)  # nothing ran there
    infuse(opened(office, practice=True), clock)
    infuse(opened(office, mrn="another"), clock)
    clock.pass_time(timedelta(days=1))
    this = opened(office)
    assert office.visit_before(this.visit).opened.visit == second.visit.opened.visit


def test_there_is_no_visit_before_the_first_and_none_after_it_counts(office, clock):
    first = infuse(opened(office), clock)
    clock.pass_time(timedelta(days=1))
    infuse(opened(office), clock)
    assert office.visit_before(first.visit) is None
