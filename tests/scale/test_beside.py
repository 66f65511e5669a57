"""A long ledger, read beside the window or a piece at a time, answers as a whole look would."""

from datetime import timedelta

import pytest

from ketachart.charting import received, review_watch, stock_reading, stockroom
from ketachart.domain.facts import NoteWritten
from ketachart.domain.facts.post import QuestionAsked, ReportTaken
from ketachart.domain.supervision.standing import state_of
from tests.scale import generate

VISITS = 60


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    folder = tmp_path_factory.mktemp("beside") / "ledger"
    generate.make(folder, VISITS, stories=("quiet_hour",))
    with_clinic = generate.opened(folder)
    yield with_clinic
    with_clinic.close()


# ---------------------------------------------------------------- the drug book


def stock_of(office):
    return stockroom.Stockroom(office, office._ledger, office._letters, stream="clinic")


def test_a_worker_reads_the_drug_book_as_the_window_would(office, monkeypatch):
    plain = stock_of(office)
    assert plain.reading() is None  # a short ledger is read at the window
    known = plain.reckoning()
    assert known.moves
    monkeypatch.setattr(stockroom, "SHORT", 0)
    monkeypatch.setattr(stock_reading, "A_PIECE", 7)  # no visit lies in one piece
    long = stock_of(office)
    told = []
    long.take(long.reading().work(lambda done, of: told.append((done, of))))
    assert told[0][0] == 0 < told[-1][0] < told[-1][1]
    assert long.reading() is None
    assert long.reckoning().moves == known.moves
    assert [e.id for e in long.reckoning().register.entries] == [
        e.id for e in known.register.entries
    ]


def test_then_only_what_is_written_anew_is_read(office, monkeypatch):
    monkeypatch.setattr(stockroom, "SHORT", 0)
    long = stock_of(office)
    long.take(long.reading().work())
    assert long.unread() == ()
    stream = generate_open(office)
    room = office.open_visit(stream)
    room.record(NoteWritten(at=room.now(), text="the door was open"))
    long.forget_open()
    assert long.unread() == (stream,)
    read = []
    ledger = type(office._ledger)
    whole = ledger.stream_of
    monkeypatch.setattr(
        ledger,
        "stream_of",
        lambda self, name, kinds: read.append(name) or whole(self, name, kinds),
    )
    assert long.reckoning().moves
    assert read == [stream]
    assert long.unread() == ()


def generate_open(office):
    return next(r.stream for r in office.visits_at_hand(generate.TODAY) if r.status != "signed")


# ---------------------------------------------------------------- the queue of a supervisor


def received_of(office):
    return received.Received(office._ledger, office.time, office._letters, "sp")


def looked_through(desk):
    shown, rounds = desk.posts(), 1
    while desk.in_queue.more:
        shown, rounds = desk.posts(), rounds + 1
    return shown, rounds


def signed_at(office, stream):
    return max(f.signed_at for f in received_of(office).post(stream).facts(ReportTaken))


def test_the_queue_shows_what_waits_and_the_newest_of_what_is_done(office, monkeypatch):
    whole, rounds = looked_through(received_of(office))
    every = sorted(whole, key=lambda one: signed_at(office, one))
    assert rounds <= 1 + len(every) // review_watch.READ_AT_ONCE + 1
    oldest, now = every[0], office.time.now()
    fact = QuestionAsked(
        at=now, item="why", report=1, sha256="0" * 64, entry="", row="", words="Why?", by="Cleo",
        staff_id="ce", asked_at=now,
    )  # fmt: skip
    asking = received_of(office)
    asking.posts()
    asking.append(oldest, (("why", fact),), (), now)
    for name, value in {"A_PIECE": 3, "READ_AT_ONCE": 2, "MOST_DONE": 4}.items():
        monkeypatch.setattr(review_watch, name, value)
    desk = received_of(office)
    desk.in_queue._watch._most = 4
    shown, rounds = looked_through(desk)
    assert rounds > 5
    assert state_of(shown[oldest], None) == "asked"
    assert len(shown) == 5
    assert min(signed_at(office, one) for one in shown if one != oldest) >= signed_at(
        office, every[-4]
    )
    assert desk.in_queue.older
    desk.in_queue.look_back()
    assert len(looked_through(desk)[0]) == 9


def test_what_waits_beyond_what_can_be_shown_is_counted_and_comes_up(office, monkeypatch):
    desk = received_of(office)
    every = sorted(looked_through(desk)[0])
    desk.in_queue._watch._wait(every)
    monkeypatch.setattr(review_watch, "MOST_WAITING", 1)
    monkeypatch.setattr(review_watch, "state_of", lambda _post, _visit: "waiting")
    desk.in_queue._known.clear()
    desk.in_queue._watch._newest = ()
    desk.in_queue._watch._fresh.clear()
    shown, _ = looked_through(desk)
    assert len(shown) == 1
    assert desk.in_queue.behind == len(every) - 1


def test_a_report_is_known_by_its_hash_alone(office):
    stream = next(iter(received_of(office).posts()))
    sha256 = received_of(office).post(stream).facts(ReportTaken)[0].sha256
    with office._ledger.aside() as aside:
        assert received.holds(aside, sha256)
        assert not received.holds(aside, "0" * 64)
        since = (generate.TODAY - timedelta(days=1)).isoformat()
        taken = aside.taken_since("")
        assert set(aside.taken_since(since)) < set(taken)
        found, last = aside.taken_by(["no such certificate"], ("", ""), 5)
        assert (found, last is not None) == ((), True)
