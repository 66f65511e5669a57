"""A supervisor reads a report, asks about a row, judges it and countersigns: all of it, or none."""

import hashlib
from dataclasses import replace

import pytest

from ketachart.charting.report_reading import read_report
from ketachart.clock import SetClock
from ketachart.domain.facts.post import QuestionAsked, VerdictGiven
from ketachart.errors import CannotSign, LedgerError, NotSaved, Refused, WrongPassphrase
from ketachart.report.verify import verify
from tests.charting.test_room import PASSPHRASE
from tests.charting.test_supervision import damaged, lines
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
    desk = office.supervision
    desk.keep_report(read(made().first))
    return desk


def state(desk):
    return lines(desk)[0].state


def given(desk):
    return desk._received.post(made().stream).facts(VerdictGiven)


def nothing_kept(desk):
    assert given(desk) == ()
    assert len(desk._ledger.documents(f"post:{made().stream}")) == 1
    assert state(desk) == "waiting"


def test_a_report_opens_with_its_rows_in_their_places(desk):
    opened = desk.opening(made().stream).work()
    assert opened.good
    page, rect = opened.places[made().start]
    assert page >= 1
    assert 0 <= rect.left < rect.right <= 612
    assert 0 <= rect.top < rect.bottom <= 792
    assert made().start in [entry for entry, _rect in opened.rows_on(page)]
    assert opened.own == opened.witness == ""
    assert [version.version for version in opened.versions] == [1]
    assert [flag.code for flag in opened.flags] == ["incomplete"]


def test_the_next_version_tells_what_was_added_and_which_question_it_answers(desk):
    asked(desk)
    assert state(desk) == "asked"
    desk.keep_report(read(made().second))
    opened = desk.opening(made().stream).work()
    ((_entry, words),) = opened.changes.added
    assert "The cuff was on the left arm." in words
    assert opened.changes.faults == ()
    (thread,) = opened.threads
    assert (thread.state, thread.answered_in, thread.entry) == ("answered", 2, made().start)
    assert desk.opening(made().stream, version=1).work().version == 1


def test_reviewed_means_a_second_signature_that_leaves_the_first_valid(desk, office, tmp_path):
    task = desk.deciding(made().stream, "reviewed", "Well charted.")
    assert task.meaning == "I have reviewed this report."
    heard = []
    desk.finish(task.work(PASSPHRASE, heard.append))
    assert heard == ["Opening your key", "Checking the report", "Signing"]
    name, content = desk.countersigned(made().stream)
    assert name == "261122-01-v1-reviewed.pdf"
    assert content.startswith(made().first)
    judged = verify(content, trust_pem=made().trust)
    assert judged.good
    assert [signer.staff_id for signer in judged.signers] == ["ja", "sp"]
    assert judged.signers[1].reason == task.meaning
    assert state(desk) == "reviewed"
    assert desk.queue()[0].mine
    assert office.verify() == ()
    a_copy_is_known_and_no_second_version(desk, tmp_path / "back.pdf", content)


def a_copy_is_known_and_no_second_version(desk, path, content):
    path.write_bytes(content)
    found = desk.reading([path]).work()
    assert (found.reports, found.known) == ((), ("back.pdf",))
    copy = read_report("back.pdf", content, None, numbers=False)
    with pytest.raises(Refused, match="countersigned already by Sue Perry"):
        desk.keep_report(copy)


def test_a_wrong_passphrase_signs_and_keeps_nothing(desk):
    with pytest.raises(WrongPassphrase):
        desk.deciding(made().stream, "reviewed").work("not the passphrase")
    nothing_kept(desk)


def test_verdict_and_file_are_kept_together_or_not_at_all(desk, monkeypatch):
    reviewed = desk.deciding(made().stream, "reviewed").work(PASSPHRASE)
    for fault in (NotSaved("the disk"), LedgerError("the ledger")):

        def fails_at_the_document(*_given, fault=fault):
            raise fault

        with monkeypatch.context() as broken:
            broken.setattr("ketachart.storage.records.insert_document", fails_at_the_document)
            with pytest.raises(LedgerError):
                desk.finish(reviewed)
        nothing_kept(desk)
    desk.finish(reviewed)
    desk.finish(reviewed)
    kept = hashlib.sha256(desk.countersigned(made().stream)[1]).hexdigest()
    assert [fact.countersigned for fact in given(desk)] == [kept]


def test_what_stands_open_must_fit_the_verdict(desk):
    stream = made().stream
    with pytest.raises(Refused, match="Ask the question first"):
        desk.deciding(stream, "question")
    with pytest.raises(Refused, match="Say what the errors are"):
        desk.deciding(stream, "has errors", "  ")
    with pytest.raises(Refused, match="Fill in words"):
        desk.ask(stream, "  ")
    item = desk.ask(stream, "Which arm?", entry=made().start)
    with pytest.raises(Refused, match="1 question of this visit"):
        desk.deciding(stream, "reviewed")
    (fact,) = desk._received.post(stream).facts(QuestionAsked)
    assert (fact.item, fact.report, fact.by) == (item, 1, "Sue Perry, MD")
    assert fact.row.endswith("Vitals: BP 124/78, HR 71, SpO₂ 98 %") or "124/78" in fact.row
    desk.take_back(item)
    desk.take_back(item)
    assert state(desk) == "waiting"
    desk.deciding(stream, "reviewed")


def test_a_question_that_is_answered_or_of_somebody_else_is_not_taken_back(desk):
    asked(desk, "other", by="Dr A. Okafor, MD", staff_id="ao")
    with pytest.raises(Refused, match="Okafor, MD asked it"):
        desk.take_back("other")
    asked(desk)
    desk.keep_report(read(made().second))
    with pytest.raises(Refused, match="has answered it"):
        desk.take_back("question-1")
    with pytest.raises(Refused, match="no such question"):
        desk.take_back("nothing")


def test_a_file_that_is_not_good_can_only_have_errors_and_is_not_countersigned(desk):
    bad = read(damaged(made().second))
    desk.keep_report(bad)
    for verdict in ("reviewed", "question"):
        with pytest.raises(CannotSign, match="Choose “has errors”: nothing else can be said of it"):
            desk.deciding(made().stream, verdict, sha256=bad.sha256)
    task = desk.deciding(made().stream, "has errors", "The file is damaged.", sha256=bad.sha256)
    with pytest.raises(WrongPassphrase):
        task.work("not the passphrase")
    desk.finish(task.work(PASSPHRASE))
    (fact,) = given(desk)
    assert (fact.verdict, fact.countersigned, fact.sha256) == ("has errors", "", bad.sha256)
    assert desk.countersigned(made().stream) is None
    assert state(desk) == "waiting"  # the good version 1 is still to be reviewed


def test_a_report_that_went_bad_meanwhile_is_not_countersigned(desk):
    task = desk.deciding(made().stream, "reviewed")
    with pytest.raises(CannotSign, match="Choose “has errors”: nothing else can be said of it"):
        replace(task, content=damaged(made().first)).work(PASSPHRASE)


def test_nobody_reviews_the_own_visit(tmp_path, clock):
    office = clinic_in(tmp_path / "own", clock, staff_id="ja")
    desk = office.supervision
    desk.keep_report(read(made().first))
    for act in (
        lambda: desk.ask(made().stream, "Why?"),
        lambda: desk.deciding(made().stream, "reviewed"),
    ):
        with pytest.raises(Refused, match="You charted in this visit yourself"):
            act()
    assert "Another supervisor" in lines(desk)[0].own
    assert "Another supervisor" in desk.opening(made().stream).work().own
    office.close()


def test_version_two_is_reviewed_after_version_one(desk):
    desk.ask(made().stream, "Which arm?")
    question = desk.deciding(made().stream, "question")
    assert "asked the questions" in question.meaning
    desk.finish(question.work(PASSPHRASE))
    (own,) = desk._received.post(made().stream).facts(QuestionAsked)
    desk.take_back(own.item)
    asked(desk)
    desk.keep_report(read(made().second))
    assert state(desk) == "answered"
    desk.finish(desk.deciding(made().stream, "reviewed").work(PASSPHRASE))
    assert state(desk) == "reviewed"
    name, content = desk.countersigned(made().stream)
    assert name.endswith("-v2-reviewed.pdf")
    assert content.startswith(made().second)
    assert [fact.report for fact in given(desk)] == [1, 2]
