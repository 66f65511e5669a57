"""Keys at the worst moment of the clinical day: F8 while it is signed, the lock in a scale."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ketachart.commands.player import PASSPHRASE
from ketachart.domain.facts import EmergencyDeclared, VisitSigned
from tests.helpers.bench import click
from tests.helpers.closing import Closing
from tests.helpers.qt import type_text


def test_f8_while_it_is_signed_leaves_one_whole_record(tmp_path, qapp):  # noqa: ARG001
    window = Closing(tmp_path / "l", "quiet_hour", "sign")
    window.type(PASSPHRASE)
    window.main_button()
    window.keys(Qt.Key.Key_F8)
    window.work_done()
    declared = len(window.visit.facts(EmergencyDeclared))
    signed = len(window.visit.facts(VisitSigned))
    assert (declared, signed) in {(1, 0), (0, 1)}
    assert window.desk.office.verify() == ()
    window.close()


def test_the_lock_in_the_middle_of_a_scale_charts_nothing_and_loses_the_chart_nothing(
    tmp_path,
    qapp,  # noqa: ARG001 - the application has to be there first
):
    window = Closing(tmp_path / "l", "paused_for_nausea", "infusion", until="infusion-paused")
    before, stream = window.visit.entries, window.desk.room.stream
    sheet = window.column.open_sheet("scale")
    window.settle()
    click(sheet.which, "C-SSRS screener")
    type_text("yn")
    desk = window.desk
    desk.lock()
    QApplication.processEvents()
    assert not desk.has_visit
    (staff,) = desk.staff()
    desk.unlock(staff.staff_id, PASSPHRASE)
    window.work_done()
    desk.open_visit(stream)
    window.settle()
    assert window.visit.entries == before
    window.close()
