"""The supervisor's desk: reports are taken in once, whatever the order; who is none is refused."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest

from ketachart import charting
from ketachart.charting import report_reading, supervision
from ketachart.charting.report_reading import FolderTask
from ketachart.charting.waking import Woken
from ketachart.clock import SetClock
from ketachart.domain.facts.post import ConflictSeen, ReportTaken, VerdictGiven
from ketachart.errors import LedgerError, NotSaved, Refused
from tests.charting.test_room import PASSPHRASE
from tests.helpers.reviewing import LATER, asked, clinic_in, made, read


@pytest.fixture
def clock():
    return SetClock(LATER)


@pytest.fixture
def office(tmp_path, clock):
    opened = clinic_in(tmp_path / "ledger", clock)
    yield opened
    opened.close()


@pytest.fixture
def desk(office):
    return office.supervision


def lines(desk):
    task = desk.waking()
    if task is not None:
        desk.wake(task.work())
    return desk.queue()


def damaged(content):
    place = content.index(b"stream") + 40
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def test_a_folder_is_read_and_every_report_is_kept_once(desk, tmp_path):
    stick = tmp_path / "stick" / "deep"
    stick.mkdir(parents=True)
    (stick / "a.pdf").write_bytes(made().first)
    (stick / "same.PDF").write_bytes(made().first)
    (stick / "broken.pdf").write_bytes(damaged(made().first))
    (stick / "no.pdf").write_text("no report")
    (stick / ".hidden.pdf").write_text("nothing")
    (stick / "notes.txt").write_text("nothing")
    (stick / "box.keta").write_text("a package")
    heard = []
    found = desk.reading([tmp_path / "stick"]).work(lambda *done: heard.append(done))
    assert [path.name for path in found.packages] == ["box.keta"]
    assert found.known == ("same.PDF",)
    assert next(one.name for one in found.refused) == "no.pdf"
    assert heard[-1] == (4, 4)
    kept = desk.keep(found)
    assert kept.taken == 1
    again = desk.keep(desk.reading([tmp_path / "stick"]).work())
    assert again.taken == again.conflicts == 0
    (line,) = lines(desk)
    assert (line.number, line.version, line.state, line.good) == ("261122-01", 1, "waiting", True)
    assert (line.patient, line.nurse) == ("Elena Rivera", "Julia Alvarez, RN")
    assert line.taken_at == LATER
    assert [flag.code for flag in line.flags if flag.grave] == ["incomplete"]


def test_reading_stops_when_it_is_told_to(tmp_path):
    for name in ("a.pdf", "b.pdf"):
        (tmp_path / name).write_bytes(b"x")
    found = FolderTask((tmp_path,), None).work(cancelled=lambda: True)
    assert found.stopped
    assert found.refused == ()


def test_a_stick_that_was_pulled_out_is_said(desk, tmp_path):
    found = desk.reading([tmp_path / "gone"]).work()
    assert "not there any more" in found.refused[0].sentence


@pytest.mark.parametrize("order", [(0, 1), (1, 0), (1, 0, 1, 0), (0, 0, 1)])
def test_versions_come_in_any_order_and_any_number_of_times(desk, order):
    both = (made().first, made().second)
    for place in order:
        desk.keep_report(read(both[place]))
    asked(desk)
    (line,) = lines(desk)
    assert (line.version, line.state, line.open_questions) == (2, "answered", 0)
    assert len(desk._received.post(made().stream).of(ReportTaken)) == 2


def test_a_report_from_a_package_says_where_it_came_from(desk):
    assert desk.keep_report(read(made().first)) == "new"
    assert desk.keep_report(read(made().first), item="p1", ledger="laptop-1") == "known"
    assert desk.keep_report(read(made().first), item="p2", ledger="laptop-1") == "known"
    taken = desk._received.post(made().stream).facts(ReportTaken)
    assert [fact.ledger for fact in taken] == ["", "laptop-1"]
    assert len(lines(desk)) == 1


def test_two_files_of_one_version_are_both_kept_and_told(desk, office):
    bad = read(damaged(made().first))
    assert not bad.good
    assert desk.keep_report(bad) == "new"
    assert desk.keep_report(read(made().first)) == "conflict"
    assert desk.keep_report(bad) == "known"
    (line,) = lines(desk)
    assert line.good
    assert "not good" in line.conflict
    assert len(desk._received.post(made().stream).of(ConflictSeen)) == 1
    kept = {document.sha256 for document in office._ledger.documents(f"post:{made().stream}")}
    assert kept == {bad.sha256, read(made().first).sha256}


def test_a_file_that_is_not_good_never_takes_the_place_of_one_that_is(desk):
    desk.keep_report(read(made().first))
    desk.keep_report(read(damaged(made().second)))
    (line,) = lines(desk)
    assert (line.version, line.good) == (1, True)
    assert desk.opening(made().stream).work().good
    shown = desk.opening(made().stream, version=2).work()
    assert not shown.good
    assert shown.fault


def test_a_report_whose_signer_did_not_chart_it_is_not_good(monkeypatch):
    monkeypatch.setattr(report_reading, "signer_of", lambda _visit: "somebody else")
    report = report_reading.read_report("a.pdf", made().first, made().trust, numbers=False)
    assert "not that of the nurse" in report.fault
    assert not report.good
    assert not report.verdict.good


def test_the_same_report_fails_with_the_trust_of_another_clinic(tmp_path):
    from tests.report.signed_reports import root_of

    (tmp_path / "a.pdf").write_bytes(made().first)
    (report,) = FolderTask((tmp_path,), root_of()).work().reports
    assert not report.good


def test_who_is_no_supervisor_is_refused_everywhere(tmp_path, clock):
    office = clinic_in(tmp_path / "ledger", clock, staff_id="nn", role="nurse")
    desk, stream = office.supervision, made().stream
    day = LATER.date()
    for act in (
        lambda: desk.reading([tmp_path]),
        lambda: desk.keep_report(read(made().first)),
        desk.queue,
        desk.waking,
        lambda: desk.opening(stream),
        lambda: desk.ask(stream, "Why?"),
        lambda: desk.take_back("x"),
        lambda: desk.deciding(stream, "reviewed"),
        lambda: desk.trends(day, day),
    ):
        with pytest.raises(Refused, match="Only a supervisor"):
            act()
    assert not desk.allowed
    office.close()


@pytest.mark.parametrize("fault", [NotSaved("the disk"), LedgerError("the ledger")])
def test_a_fault_while_a_report_is_kept_keeps_nothing_and_it_can_be_tried_again(
    desk, monkeypatch, fault
):
    def fails(*_rows, **_more):
        raise fault

    with monkeypatch.context() as broken:
        broken.setattr(desk._ledger, "append", fails)
        with pytest.raises(LedgerError):
            desk.keep_report(read(made().first))
    assert desk.queue() == ()
    assert desk.keep_report(read(made().first)) == "new"


def test_the_queue_is_the_same_after_locking(office, clock, tmp_path):
    desk = office.supervision
    desk.keep_report(read(made().second))
    before = lines(desk)
    office.close()
    again = charting.unlock(tmp_path / "ledger", "sp", PASSPHRASE, clock)
    (unread,) = again.supervision.queue()
    assert not unread.known
    assert lines(again.supervision) == before
    assert again.supervision.waking() is None
    assert again.verify() == ()
    again.close()


def test_what_waits_is_read_again_first_and_a_few_at_a_time(desk, monkeypatch):
    report = read(made().first)
    for number in range(3):
        content = report.content + b"%%%d" % number
        sha256 = hashlib.sha256(content).hexdigest()
        desk.keep_report(replace(report, content=content, sha256=sha256, stream=f"s{number}"))
    fact = desk._received.post("s0").facts(ReportTaken)[0]
    settled = VerdictGiven(
        at=LATER, item="v", report=1, sha256=fact.sha256, verdict="reviewed", by="Sue Perry, MD",
        staff_id="sp", given_at=LATER,
    )  # fmt: skip
    desk._received.append("s0", (("v", settled),), (), LATER)
    desk._received._visits.clear()
    monkeypatch.setattr(supervision, "AT_ONCE", 2)
    first = desk.waking()
    assert fact.sha256 not in {sha256 for sha256, _ in first.papers}
    assert sum(not line.known for line in desk.queue()) == 3
    desk.wake(first.work())
    last = desk.waking()
    assert [sha256 for sha256, _ in last.papers] == [fact.sha256]
    desk.wake(Woken({}, frozenset({fact.sha256})))
    assert desk.waking() is None


def test_figures_are_counted_over_good_reports_of_the_days(desk):
    desk.keep_report(read(made().second))
    day = LATER.date() - timedelta(days=1)
    found = desk.trends(day, day)
    assert [(one.nurse, one.visits) for one in found.by_nurse] == [("Julia Alvarez", 1)]
    assert desk.trends(LATER.date(), LATER.date()).visits == ()
    desk._received._visits.clear()
    assert desk.trends(day, day) == found
    table = desk.trends_csv(found)
    assert table.startswith("\ufeffvisit,day,")
    assert "261122-01,2026-11-22,ja,Julia Alvarez,2,waiting" in table
    assert "Rivera" not in table


def test_the_room_of_the_visit_is_never_touched(desk, office):
    desk.keep_report(read(made().first))
    asked(desk)
    assert office._ledger.stream(made().stream) == ()
    assert office.visits() == ()
    post = desk._received.post(made().stream)
    assert post.opened is None
