"""The one door: what it returned is on the disk, what it refused is not, and nothing is twice."""

from datetime import timedelta

import pytest

from ketachart import charting
from ketachart.charting import NewClinic, NewVisit
from ketachart.clock import SetClock
from ketachart.domain import facts as f
from ketachart.domain.facts import ClockStepped, VitalsTaken
from ketachart.domain.quantities import Kg
from ketachart.errors import (
    CannotSign,
    LedgerError,
    LedgerInUse,
    NotSaved,
    Refused,
    TooSoon,
    WrongPassphrase,
)
from tests.helpers.story import NOON, Story

PASSPHRASE = "lantern harbour violet"


def new_clinic(**values):
    register = Story().patient().order().visit()
    told = {
        "clinic": register.clinic,
        "nurse": register.nurse,
        "passphrase": PASSPHRASE,
        "practice": True,
    }
    return NewClinic(**{**told, **values})


def new_visit(**values):
    visit = Story().patient(**values).order().visit()
    return NewVisit(patient=visit.patient, order=visit.order, zone="America/Phoenix")


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


def vitals(room, **values):
    return VitalsTaken(at=room.now(), **values)


def again(office, clock):
    """The same ledger, closed and unlocked anew."""
    place = office.folder
    office.close()
    return charting.unlock(place, "ja", PASSPHRASE, clock)


def test_what_was_recorded_is_there_after_unlocking_again(office, room, clock):
    room.record(vitals(room, spo2=98, heart_rate=80))
    before = room.visit
    opened = again(office, clock)
    assert opened.open_visit(room.stream).visit == before
    opened.close()


def test_what_was_refused_is_not(office, room, clock):
    count = len(room.visit.entries)
    with pytest.raises(Refused):
        room.record(vitals(room, heart_rate=900))
    assert len(room.visit.entries) == count
    opened = again(office, clock)
    assert len(opened.open_visit(room.stream).visit.entries) == count
    opened.close()


def test_several_facts_are_all_written_or_none(room):
    count = len(room.visit.entries)
    good = f.NoteWritten(at=room.now(), text="fine")
    with pytest.raises(Refused):
        room.record_all(good, vitals(room, spo2=140))
    assert len(room.visit.entries) == count


def test_a_later_fact_of_one_act_may_rest_on_an_earlier_one(room):
    vial = Story().vial().visit().last_fact(f.VialTaken)
    bag = Story().vial().bag("3.5", "17.5").visit().last_fact(f.BagPrepared)
    room.record_all(vial, bag)
    assert len(room.visit.of(f.BagPrepared)) == 1


def test_the_same_act_is_never_charted_twice(room, monkeypatch):
    act = room.new_act()
    fact = vitals(room, spo2=98)
    append = room._ledger.append
    failures = []

    def saves_and_then_fails(drafts, **rest):
        rows = append(drafts, **rest)
        if not failures:
            failures.append(1)
            raise NotSaved("the disk answered with a fault")
        return rows

    monkeypatch.setattr(room._ledger, "append", saves_and_then_fails)
    with pytest.raises(NotSaved):
        room.record(fact, act=act)
    room.record(fact, act=act)
    assert len(room.visit.of(VitalsTaken)) == 1
    assert len(room._ledger.stream(room.stream)) == len(room.visit.entries)


def test_an_act_that_failed_and_was_not_saved_is_charted_on_the_second_try(room, monkeypatch):
    act = room.new_act()
    fact = vitals(room, spo2=98)
    append = room._ledger.append
    failures = []

    def fails_once(drafts, **rest):
        if not failures:
            failures.append(1)
            raise NotSaved("the disk answered with a fault")
        return append(drafts, **rest)

    monkeypatch.setattr(room._ledger, "append", fails_once)
    with pytest.raises(NotSaved):
        room.record(fact, act=act)
    assert len(room.visit.of(VitalsTaken)) == 0
    room.record(fact, act=act)
    assert len(room.visit.of(VitalsTaken)) == 1


def test_a_correction_is_a_strike_and_a_new_fact_in_one_act(room):
    wrong = room.record(vitals(room, systolic=218, diastolic=82))
    strike, right = room.correct(wrong.id, vitals(room, systolic=128, diastolic=82), "slip")
    assert strike.fact.replaced_by == right.id
    assert [fact.systolic for fact in room.visit.facts(VitalsTaken)] == [128]
    assert len(room.visit.entries) == len(room._ledger.stream(room.stream))


def test_a_correction_that_cannot_be_leaves_the_entry_standing(room):
    wrong = room.record(vitals(room, systolic=218, diastolic=82))
    with pytest.raises(Refused):
        room.correct(wrong.id, vitals(room, systolic=128, diastolic=182), "slip")
    with pytest.raises(Refused, match="same kind"):
        room.correct(wrong.id, f.NoteWritten(at=room.now(), text="x"), "slip")
    assert wrong.id not in room.visit.strikes


def test_a_visit_carries_its_own_copy_of_what_it_relied_on(office, room):
    from dataclasses import replace

    office.register(replace(office.nurse, at=office.time.now(), licence="9"))
    assert office.nurse.licence == "9"
    assert room.visit.nurse.licence == "1"


def test_a_patient_who_comes_again_is_known_with_weight(office, room):
    room.record(f.WeightMeasured(at=room.now(), weight_kg=Kg(70)))
    assert office.known_patient("1").family_name == "Rivera"
    assert office.last_weight("1").amount == 70
    assert office.last_weight("1", before=room.stream) is None
    assert office.known_patient("2") is None


def test_visits_are_found_by_a_name_without_its_accents(office):
    office.new_visit(new_visit(given_name="José", family_name="Núñez"))
    assert [row.patient for row in office.visits(search="nunez")] == ["José Núñez"]
    assert office.visits(search="nobody") == ()


def test_visit_numbers_name_no_one_and_are_never_the_same(office):
    numbers = {office.new_visit(new_visit()).visit.opened.visit for _ in range(3)}
    assert numbers == {"261122-01", "261122-02", "261122-03"}


# ------------------------------------------------ time


def test_a_clock_set_back_moves_nothing_and_is_charted(room, clock):
    room.record(vitals(room, spo2=98))
    clock.pass_time(timedelta(minutes=10))
    clock.set_wall(NOON - timedelta(hours=2))
    entry = room.record(vitals(room, spo2=97))
    assert entry.recorded_at == NOON + timedelta(minutes=10)
    (step,) = room.visit.facts(ClockStepped)
    assert step.by_s == -(2 * 3600 + 600)
    clock.pass_time(timedelta(minutes=5))
    assert room.record(vitals(room, spo2=96)).recorded_at == NOON + timedelta(minutes=15)
    assert len(room.visit.facts(ClockStepped)) == 1


def test_a_clock_set_right_again_is_charted_too(room, clock):
    clock.set_wall(NOON + timedelta(hours=1))
    room.record(vitals(room, spo2=98))
    clock.set_wall(NOON)
    room.record(vitals(room, spo2=97))
    assert [step.by_s for step in room.visit.facts(ClockStepped)] == [3600, -3600]


def test_a_drift_of_some_seconds_is_no_step(room, clock):
    clock.set_wall(NOON + timedelta(seconds=20))
    room.record(vitals(room, spo2=98))
    assert room.visit.facts(ClockStepped) == ()


def test_elapsed_time_is_kept_with_every_entry(room, clock):
    clock.pass_time(timedelta(minutes=3))
    assert room.record(vitals(room, spo2=98)).elapsed == timedelta(minutes=3)


# ------------------------------------------------ the door


def test_a_wrong_passphrase_opens_nothing(office, clock):
    place = office.folder
    office.close()
    with pytest.raises(WrongPassphrase):
        charting.unlock(place, "ja", "not the passphrase", clock)
    for _ in range(5):
        with pytest.raises((WrongPassphrase, TooSoon)):
            charting.unlock(place, "ja", "not the passphrase", clock)
    with pytest.raises(TooSoon):
        charting.unlock(place, "ja", PASSPHRASE, clock)
    clock.pass_time(timedelta(hours=1))
    charting.unlock(place, "ja", PASSPHRASE, clock).close()


def test_a_second_ketachart_on_the_same_ledger_is_kept_out(office, clock):
    with pytest.raises(LedgerInUse):
        charting.unlock(office.folder, "ja", PASSPHRASE, clock)


def test_a_short_passphrase_founds_no_clinic(tmp_path, clock):
    with pytest.raises(Refused) as refused:
        charting.create(tmp_path / "x", new_clinic(passphrase="short"), clock)
    assert refused.value.field == "passphrase"
    assert not charting.holds_ledger(tmp_path / "x")


def test_a_folder_that_holds_a_ledger_is_not_founded_over(office, clock):
    place = office.folder
    office.close()
    with pytest.raises(LedgerError, match="already"):
        charting.create(place, new_clinic(), clock)


# ------------------------------------------------ signing


def test_a_visit_with_open_points_is_not_signed_without_a_reason(room):
    with pytest.raises(CannotSign, match="to settle"):
        room.sign(PASSPHRASE)
    assert room.visit.signed is None


def test_signing_locks_the_visit_and_keeps_the_file(office, room, clock):
    report = room.sign(PASSPHRASE, incomplete="practice")
    assert report.content.startswith(b"%PDF")
    assert room.visit.report.fact.sha256 == report.sha256
    with pytest.raises(Refused, match="signed and locked"):
        room.record(vitals(room, spo2=98))
    with pytest.raises(CannotSign, match="already"):
        room.sign(PASSPHRASE, incomplete="again")
    opened = again(office, clock)
    kept = opened.open_visit(room.stream)
    assert kept.signed_report() == report
    assert opened.visits()[0].status == "signed"
    opened.close()


def test_a_wrong_passphrase_signs_nothing(room):
    with pytest.raises(WrongPassphrase):
        room.sign("not the passphrase", incomplete="practice")
    assert room.visit.signed is None
    assert room._ledger.documents(room.stream) == ()


def test_a_report_that_lost_a_value_is_not_signed(room, monkeypatch):
    from ketachart.report import text

    monkeypatch.setattr(text, "missing_values", lambda _visit, _content: ("128",))
    with pytest.raises(CannotSign, match="does not show everything"):
        room.sign(PASSPHRASE, incomplete="practice")
    assert room.visit.signed is None


def test_what_was_charted_while_the_report_was_made_is_not_left_out(room):
    task = room.begin_signature(incomplete="practice")
    sealed = task.work(PASSPHRASE)
    room.record(vitals(room, spo2=98))
    with pytest.raises(CannotSign, match="sign again"):
        room.finish_signature(sealed)
    assert room.visit.signed is None


def test_the_printed_chain_head_is_that_of_the_lock(room):
    room.sign(PASSPHRASE, incomplete="practice")
    rows = room._ledger.stream(room.stream)
    assert [row.kind for row in rows[-2:]] == ["visit-signed", "report-signed"]
    assert room.visit.signed.chain == rows[-2].chain


def test_the_lock_holds_below_the_door_too(room):
    from ketachart.storage import codec

    room.sign(PASSPHRASE, incomplete="practice")
    draft = codec.draft_of(
        vitals(room, spo2=98),
        stream=room.stream,
        entry_id="x",
        author="ja",
        recorded_at=NOON,
        elapsed=timedelta(),
        session="s",
    )
    with pytest.raises(LedgerError):
        room._ledger.append((draft,))


def test_an_entry_of_a_kind_that_is_not_known_is_shown_and_stops_charting(office, room, clock):
    from dataclasses import replace

    from ketachart.storage import codec

    draft = codec.draft_of(
        f.NoteWritten(at=NOON, text="x"),
        stream=room.stream,
        entry_id="newer",
        author="ja",
        recorded_at=NOON,
        elapsed=timedelta(),
        session="s",
    )
    office._ledger.append((replace(draft, kind="music-played"),))
    opened = again(office, clock)
    kept = opened.open_visit(room.stream)
    assert kept.visit.unknown[0].fact.body == {"text": "x"}
    with pytest.raises(Refused, match="newer KetaChart"):
        kept.record(vitals(kept, spo2=98))
    opened.close()
