"""One laptop, several people: what others signed in a ledger comes to its supervisor by itself."""

from datetime import timedelta

import pytest

from ketachart import charting
from ketachart.charting.folder_queue import queue_of
from ketachart.charting.report_reading import read_report
from ketachart.clock import SetClock
from ketachart.domain import facts as f
from ketachart.domain.facts.closing import Addendum
from ketachart.domain.facts.post import SIGNED_HERE, ReportTaken
from ketachart.errors import LedgerError, Refused
from tests.charting.test_room import PASSPHRASE, new_clinic, new_visit
from tests.helpers.story import NOON
from tests.helpers.two_ledgers import supervisor

LATER = NOON + timedelta(hours=3)


def override(room):
    return f.OverrideAuthorised(
        at=room.now(), about="fasting", by="Dr A. Okafor", phone="602 555 0188", read_back=True,
        reason="toast, four hours ago",
    )  # fmt: skip


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """A ledger whose nurse signed a visit and added to another one; its supervisor is here too."""
    clock = SetClock(NOON)
    office = charting.create(tmp_path_factory.mktemp("shared") / "ledger", new_clinic(), clock)
    room = office.new_visit(new_visit())
    room.record(override(room))
    room.sign(PASSPHRASE, incomplete="practice")
    told = Addendum(at=room.now(), about="late-information", text="The sister rang.")
    room.add_addendum(PASSPHRASE, told)
    office.register(supervisor())
    office.time = charting.office.ChartTime(SetClock(LATER))
    yield office, room
    office.close()


def desk_of(office, staff_id, monkeypatch):
    """The supervisor's desk as that person would have it."""
    monkeypatch.setattr(office, "staff_id", staff_id)
    return charting.supervision.Supervision(office, office._ledger, office._letters)


def awake(desk):
    task = desk.waking()
    while task is not None:
        assert desk.wake(task.work()) == ()
        task = desk.waking()
    return desk.queue()


def test_what_a_colleague_signed_waits_and_the_file_is_kept_once(shared, monkeypatch):
    office, room = shared
    before = office._ledger.documents(room.stream)
    desk = desk_of(office, "sp", monkeypatch)
    assert desk.queue() == ()
    (line,) = awake(desk)
    assert (line.stream, line.version, line.state, line.good) == (room.stream, 2, "waiting", True)
    assert line.own == ""
    taken = desk._received.post(room.stream).facts(ReportTaken)
    assert sorted(fact.report for fact in taken) == [1, 2]
    assert {fact.item for fact in taken} == {SIGNED_HERE}
    assert office._ledger.documents(f"post:{room.stream}") == ()
    assert office._ledger.documents(room.stream) == before
    assert awake(desk_of(office, "sp", monkeypatch)) == desk.queue()
    assert len(desk._received.post(room.stream).of(ReportTaken)) == 2
    # it did not travel: nobody is told that it was received
    assert office.post.standing(room.stream).state == "signed"
    assert desk.opening(room.stream).work().good
    assert [flag.code for flag in line.flags][:2] == ["incomplete", "order-unsigned"]
    paper = office._ledger.document(line.sha256).content
    (told,) = queue_of([read_report("a.pdf", paper, desk.trust_file, numbers=False)], LATER)
    words = {flag.words for flag in told.flags}  # a folder does not know what was signed since
    assert "1 phone order to be signed by Dr A. Okafor" in words


def test_the_own_visits_do_not_come(shared, monkeypatch):
    office, _room = shared
    monkeypatch.setattr(charting.supervision.Supervision, "must_be_supervisor", lambda _self: None)
    desk = desk_of(office, "ja", monkeypatch)
    assert desk._here.papers() == ()
    assert not desk._here.more


def test_the_prescribers_signature_is_noted_and_taken_back(shared, monkeypatch):
    office, room = shared
    desk = desk_of(office, "sp", monkeypatch)
    awake(desk)
    (waiting,) = desk.orders(room.stream)
    assert (waiting.state, waiting.needs.prescriber) == ("open", "Dr A. Okafor")
    entry, stream = waiting.needs.entry, room.stream

    def flags():
        return [flag.words for flag in desk.queue()[0].flags if flag.code.startswith("order-")]

    for wrong, entries, when in (
        ("Nothing in this report", [room.visit.entries[0].id], None),
        ("Nothing in this report", [], None),
        ("has not happened yet", [entry], LATER + timedelta(minutes=1)),
        ("nobody signed for it before", [entry], waiting.needs.at - timedelta(minutes=1)),
    ):
        with pytest.raises(Refused, match=wrong):
            desk.acknowledge(stream, entries, "signed on paper", when=when)
    with pytest.raises(Refused, match="what the prescriber said"):
        desk.acknowledge(stream, [entry], "refused", words=" ")
    assert flags() == ["1 phone order not yet signed by Dr A. Okafor"]
    (item,) = desk.acknowledge(stream, [entry, entry], "by fax or portal")
    assert flags() == []
    assert "signed by Dr A. Okafor" in office.post.standing(stream).words
    assert office.post.orders(stream) == desk.orders(stream)
    desk.take_back_acknowledgement(stream, item)
    desk.take_back_acknowledgement(stream, item)
    assert flags() == ["1 phone order not yet signed by Dr A. Okafor"]
    with pytest.raises(LedgerError):
        desk.take_back_acknowledgement(stream, "no such item")
    desk.acknowledge(stream, [entry], "refused", words="I never said that.")
    assert desk.queue()[0].grave
    assert flags() == ["Dr A. Okafor refused to sign 1 phone order"]
    assert desk.trends(NOON.date(), NOON.date()).visits[0].orders_refused == 1
    assert office.verify() == ()
    assert office.open_visit(stream).visit.entries == room.visit.entries


def test_who_charted_does_not_note_it(shared, monkeypatch):
    office, room = shared
    awake(desk_of(office, "sp", monkeypatch))
    nurse = desk_of(office, "ja", monkeypatch)
    with pytest.raises(Refused, match="Only a supervisor"):
        nurse.acknowledge(room.stream, ["x"], "in person")
    with pytest.raises(Refused, match="Only a supervisor"):
        nurse.take_back_acknowledgement(room.stream, "x")
    monkeypatch.setattr(charting.supervision.Supervision, "must_be_supervisor", lambda _self: None)
    with pytest.raises(Refused, match="charted in this visit yourself"):
        nurse.acknowledge(room.stream, ["x"], "in person")
