"""Paper: recorded by keyboard, then copied; no sheet means “now”; forms are saved from anywhere."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ketachart.domain import facts as f
from ketachart.domain.monitoring import due
from ketachart.domain.paper import from_paper
from tests.helpers.bench import Bench, focused, said
from tests.helpers.door import clinic_in, window_on
from tests.helpers.qt import LOOKS, cut_off, press, type_text
from ui import theme
from ui.dialogs import Dialogs
from ui.screens.log_rows import Shown, log_of
from ui.screens.paper_pack import NOTICE

TAB = Qt.Key.Key_Tab


@pytest.fixture
def bench(tmp_path, qapp):  # noqa: ARG001 - the application has to be there first
    made = Bench(tmp_path / "l", "quiet_hour", until="infusion-started")
    made.desk.clock.pass_time(timedelta(minutes=40))  # 14:39, started 13:59
    yield made
    made.close()


def problem(sheet):
    return sheet._problem_words.text()


def record_paper(bench):
    """14:05 to 14:30, the battery was empty, typed by keyboard."""
    sheet = bench.open("paper")
    sheet.since.setFocus()
    type_text("14:05")
    press(TAB)
    type_text("14:30")
    press(TAB)
    sheet.why.choose("battery")
    return sheet, bench.record()


def test_paper_is_recorded_and_what_is_copied_says_so(bench):
    _sheet, facts = record_paper(bench)
    assert [(x.KIND, x.at.minute, x.until.minute, x.why) for x in facts] == [
        ("paper-kept", 5, 30, "battery")
    ]
    assert "From paper 14:05–14:30" in said(bench.column)
    vitals = bench.open("note")
    vitals.text.setFocus()
    type_text("calm")
    before = len(bench.visit.entries)
    assert bench.record() == []  # no time: never silently now
    assert "Type when it happened" in problem(vitals)
    for typed in ("14:04", "14:31", "-1"):
        vitals.when.set_text(typed)
        assert bench.record() == []
        assert "Paper was kept 14:05–14:30" in problem(vitals)
    assert vitals.text.text() == "calm"  # nothing typed is lost
    vitals.when.set_text("14:10")
    (fact,) = bench.record()
    assert (fact.text, fact.at.minute) == ("calm", 10)
    entry = bench.visit.entries[before]
    assert from_paper(bench.visit, entry)
    rows = {row.entry_id: row for row in log_of(bench.visit).only(Shown.ALL)}
    assert rows[entry.id].charted.endswith("from paper")


def test_a_set_from_paper_asks_for_its_time_first_and_each_needs_its_own(bench):
    record_paper(bench)
    sheet = bench.open("vitals")
    assert focused() == sheet.when.editor().accessibleName()
    type_text("14:10")
    sheet.figures["heart_rate"].set_text("84")
    sheet.figures["spo2"].set_text("97")
    (fact,) = bench.record()
    assert (fact.at.minute, fact.heart_rate) == (10, 84)
    sheet = bench.open("vitals")
    sheet.figures["heart_rate"].set_text("85")
    sheet.figures["spo2"].set_text("97")
    assert bench.record() == []  # the time of the set before is not taken over
    sheet.when.set_text("14:15")
    (fact,) = bench.record()
    assert fact.at.minute == 15
    missed = bench.open("not_done")
    missed.reason.set_text("in the bathroom")
    missed.when.set_text("14:20")
    bench.record()
    told = {item.at.minute: item.state for item in due(bench.visit, bench.desk.now())}
    assert (told[14], told[19]) == ("done", "not-done")


def test_nothing_is_cut_at_any_size(bench, qtbot):
    record_paper(bench)
    bench.open("paper")
    for (_width, height), scale in LOOKS:
        theme.apply(QApplication.instance(), "dim", scale)
        bench.column.resize(bench.column.width(), height)
        qtbot.waitUntil(lambda: cut_off(bench.column) == [], timeout=4000)
    theme.apply(QApplication.instance(), "dim", 1.0)


def test_a_pause_from_paper_has_its_own_time_and_the_key_charts_nothing(bench):
    record_paper(bench)
    before = len(bench.visit.entries)
    sheet = bench.open("pause")
    assert len(bench.visit.entries) == before
    sheet.reasons.choose("bathroom")
    assert bench.record() == []
    sheet.when.set_text("14:12")
    (fact,) = bench.record()
    assert isinstance(fact, f.InfusionPaused)
    assert (fact.at.minute, fact.reasons) == (12, ("bathroom",))


def test_a_stop_from_paper_is_not_stamped_with_the_key_press(bench):
    record_paper(bench)
    assert bench.open("stop").when.text() == ""


def test_the_copying_ends_by_key_and_can_be_gone_on_with(bench):
    record_paper(bench)
    assert bench.column.act("copied")
    QApplication.processEvents()
    assert "From paper 14:05–14:30" not in said(bench.column)
    note = bench.open("note")
    note.text.set_text("now")
    (fact,) = bench.record()
    assert fact.at == bench.desk.now()
    sheet = bench.open("paper")
    (go_on,) = [w for w in said(sheet) if w.startswith("Go on copying 14:05–14:30")]
    assert "0 entries so far" in go_on
    bench.desk.transcribing.begin(bench.visit.last(f.PaperKept))
    bench.desk.strike(bench.visit.last(f.PaperKept).id, "slip")
    assert bench.desk.transcribing.period is None  # a struck period is copied no more


def test_a_bad_time_or_no_reason_is_one_sentence_and_loses_nothing(bench):
    sheet = bench.open("paper")
    assert bench.record() == []
    assert problem(sheet) == "Type when paper began."
    sheet.since.set_text("14:30")
    sheet.until.set_text("14:20")
    assert bench.record() == []
    assert problem(sheet) == "Choose why paper was kept."
    sheet.why.choose("other")
    bench.record()
    assert "not after it began" in problem(sheet)
    sheet.until.set_text("14:35")
    bench.record()
    assert problem(sheet) == "Write why paper was kept."
    assert (sheet.since.text(), sheet.until.text()) == ("14:30", "14:35")


def test_the_forms_are_saved_before_unlocking(qtbot, tmp_path, monkeypatch):
    window = window_on(qtbot, clinic_in(tmp_path / "ledger"))
    file = tmp_path / "forms.pdf"
    monkeypatch.setattr(Dialogs, "ask_save_path", lambda *_a: file)
    monkeypatch.setattr("ui.save_where.QDesktopServices.openUrl", lambda _u: True)
    there = QApplication.focusWidget()
    QTest.keyClick(there, Qt.Key.Key_F11, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(
        lambda: (
            dict(window.desk.notices.standing()).get(NOTICE, None) is not None
            and dict(window.desk.notices.standing())[NOTICE].tone == "ok"
        ),
        timeout=8000,
    )
    assert file.read_bytes()[:5] == b"%PDF-"
