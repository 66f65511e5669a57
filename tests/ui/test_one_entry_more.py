"""What an entry more costs in a long visit: that entry, and never the whole visit again."""

from datetime import timedelta
from unittest.mock import patch

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ketachart.domain import audit, limits
from ketachart.domain.facts import NoteWritten
from tests.helpers.visit_window import VisitWindow
from ui.widgets import entry_table, timeline_canvas


def told_again(visit):
    """What has to be worked out anew of a visit, by what was looked at: sets and told facts."""
    sets, facts = [], []
    read, words = limits._readings_of, audit.words
    with (
        patch.object(limits, "_readings_of", lambda e: sets.append(e.id) or read(e)),
        patch.object(audit, "words", lambda v, fact: facts.append(fact) or words(v, fact)),
    ):
        limits.readings(visit)
        audit.log(visit)
    return sets, [fact for fact in facts if type(fact) in audit.TOLD_ALONE]


def test_an_entry_more_costs_that_entry_and_no_key_touches_the_timeline(tmp_path):
    window = VisitWindow(
        tmp_path / "ledger", "paused_for_nausea", "infusion", before="infusion-stopped"
    )
    try:
        desk = window.desk
        table = window.screen.log.table
        resets, inserted = [], []
        table.model().modelReset.connect(lambda: resets.append(1))
        table.model().rowsInserted.connect(lambda _p, first, last: inserted.append((first, last)))
        before = desk.visit
        told_again(before)
        measured = []
        widths = entry_table._widths
        with patch.object(
            entry_table, "_widths", lambda row, *rest: measured.append(row) or widths(row, *rest)
        ):
            desk.clock.pass_time(timedelta(minutes=1))
            note = desk.record(NoteWritten(at=desk.now(), text="asks for water"))
        assert (resets, len(inserted), len(measured)) == ([], 1, 1)
        assert measured[0].entry_id == note.id
        grown = desk.visit.with_more(())  # nothing is worked out of it yet
        assert grown == desk.visit
        assert told_again(grown) == ([], [])  # all of it is known from the visit before
        window.settle()
        built = []
        build = timeline_canvas.Building
        with patch.object(
            timeline_canvas, "Building", lambda *how: built.append(how) or build(*how)
        ):
            window.screen.vitals.figures["heart_rate"].setFocus()
            QTest.keyClicks(QApplication.focusWidget(), "72")
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
            window.settle()
        assert built == []
    finally:
        window.close()
