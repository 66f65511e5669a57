"""Certificates in the window: issued after a comparison, renewed, withdrawn; files go out."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication

from ketachart.charting.checking import read_trust
from ketachart.clock import SetClock
from ketachart.errors import DiskFull
from ketachart.report.certificate import read
from ketachart.report.withdrawn import read_list
from tests.charting.test_room import PASSPHRASE as LAPTOPS
from tests.helpers.qt import (
    LOOKS,
    all_of,
    cut_off,
    luminances,
    reachable,
    rest,
    spoken_name,
    wait_until_active,
)
from tests.helpers.review_desk import PASSPHRASE, review_desk
from tests.helpers.two_ledgers import joined, packed
from ui import theme
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.screens.base import Screen
from ui.widgets.buttons import Button
from ui.widgets.words import Words


class Certificates:
    """The real window at the certificates of a ledger."""

    def __init__(self, desk):
        self.desk = desk
        self.window = MainWindow(desk, unlock=Screen(desk))
        self.window.resize(1366, 768)
        self.window.show()
        wait_until_active(self.window)
        self.screen = self.window.show_screen("certificates")
        self.sheet, self.page = self.screen.sheet, self.screen.page

    def act(self, *names):
        for name in names:
            assert self.window.act(name), name
            rest(self.window.desk)

    def rows(self):
        return [(row.what, row.mark) for row in self.screen.card.list._rows.rows]

    def choose(self, place):
        self.screen.card.list.choose(self.screen.card.list.key_at(place))

    def does(self):
        return self.sheet.primary.words()

    def words(self):
        return " ".join(w.text() for w in all_of(self.window, Words))

    def type(self, passphrase=PASSPHRASE):
        self.sheet.passphrase.set_text(passphrase)
        self.act("primary")

    def close(self):
        self.window.close()
        self.window.deleteLater()
        QApplication.processEvents()


@pytest.fixture
def clinic(tmp_path, qapp):  # noqa: ARG001 - the application has to be there first
    at = Certificates(review_desk(tmp_path / "clinic"))
    yield at
    at.close()


@pytest.fixture
def asking(clinic, tmp_path):
    """A laptop that joined; its request was taken in at the clinic."""
    card = clinic.desk.post.card().work(PASSPHRASE)
    laptop = joined(tmp_path / "laptop", card.content, SetClock(clinic.desk.now()))
    clinic.desk.post.take(packed(laptop))
    clinic.screen.arrive()
    yield laptop
    laptop.close()


def test_a_certificate_is_issued_only_after_the_key_was_compared(clinic, asking, monkeypatch):
    assert clinic.rows() == [
        ("Julia Alvarez, RN", "Compare by telephone"),
        ("Kofi Osei, RN (you)", "In force"),
    ]
    groups = asking.certificates.waiting_fingerprint()
    assert groups in clinic.words().replace(" ", "")
    clinic.act("primary")
    sheet = clinic.sheet
    assert (clinic.does(), sheet.compared.isHidden()) == ("Compare the fingerprint first", False)
    sheet.compared.choose("other")
    assert clinic.does() == "They differ: nothing is issued"
    sheet.compared.choose("same")
    assert clinic.does() == "Type the passphrase"
    clinic.type("not the passphrase")
    assert "It was not done" in sheet.trouble.said()
    assert (sheet.passphrase.text(), sheet.compared.chosen()) == ("not the passphrase", ("same",))
    with monkeypatch.context() as patched:
        patched.setattr(clinic.desk.certificates, "finish", full)
        clinic.type()
    assert "There is no room" in sheet.trouble.said()
    assert sheet.passphrase.text() == PASSPHRASE
    clinic.act("primary")
    assert clinic.page.said.said().startswith("Issued for Julia Alvarez.")
    assert sheet.passphrase.text() == ""
    assert [mark for _who, mark in clinic.rows()] == ["In force", "In force"]
    assert clinic.desk.post.requests()[-1].granted
    asking.post.take(packed_by_clinic(clinic.desk))
    assert asking.post.granted()


def packed_by_clinic(desk):
    ledger = desk.post.correspondents()[0].ledger
    return desk.post.packing(ledger).work(PASSPHRASE).content


def full(*_told, **_named):
    raise DiskFull("There is no room on this disk.")


def test_a_certificate_is_withdrawn_with_its_reason_and_the_trust_file_says_so(
    clinic, scripted, tmp_path
):
    clinic.act("withdraw")
    sheet = clinic.sheet
    assert clinic.does() == "Say why"
    assert "Every report signed with it is doubted" in " ".join(
        option.sub() for option in sheet.reason._options
    )
    sheet.reason.choose("left the clinic")
    sheet.since.set_text("1 Jan 2027")
    clinic.type()
    assert "Withdraw it on the day." in sheet.trouble.said()
    assert sheet.reason.chosen() == ("left the clinic",)
    clinic.act("back")  # thought better of it
    assert not clinic.page.asks
    clinic.act("withdraw")
    assert (sheet.reason.chosen(), sheet.since.text()) == ((), "")
    sheet.reason.choose("key lost or stolen")
    clinic.type()
    assert clinic.rows()[1] == ("Kofi Osei, RN (you)", "Withdrawn: key lost or stolen")
    assert "The clinic withdrew your certificate" in clinic.screen.card.warning.said()
    scripted.will("ask_save_path", tmp_path / "t.pem", tmp_path / "no such" / "t.pem", None)
    clinic.act("trust-file")
    saved = (tmp_path / "t.pem").read_bytes()
    assert read_trust(saved).lists.startswith("List 1 of withdrawn certificates")
    root = read(clinic.desk.certificates.root_pem)
    (row,) = read_list(clinic.desk.certificates.newest_list(), root).rows
    assert row.reason == "key lost or stolen"
    clinic.act("trust-file")
    assert "It was not saved" in clinic.page.said.said()
    clinic.act("trust-file", "sign-list")
    clinic.type()
    assert read_list(clinic.desk.certificates.newest_list(), root).number == 2


def test_ones_own_is_renewed_and_its_end_is_told_sixty_days_before(clinic):
    desk = clinic.desk
    (old,) = desk.certificates.issued()
    at = {}
    for days in (61, 59):
        desk.clock.pass_time(old.until - timedelta(days=days) - desk.now())
        clinic.window.show_screen("day")
        at[days] = [key for key, _message in desk.notices.standing()]
    assert ("certificate" in at[61], "certificate" in at[59]) == (False, True)
    clinic.window.act("certificates")
    assert "Your certificate ends on" in clinic.screen.card.warning.said()
    assert [mark for _who, mark in clinic.rows()] == ["See beside", "Ends soon"]
    clinic.act("primary")
    clinic.type()
    assert clinic.page.said.said().startswith("Renewed.")
    new = desk.certificates.own()
    assert (new.serial != old.serial, new.state) == (True, "valid")
    assert clinic.screen.card.warning.said() == ""


def test_card_and_guide_are_written_and_the_fingerprint_is_read_out(clinic, scripted, tmp_path):
    scripted.will("ask_save_path", None, tmp_path / "c.ketacard", tmp_path / "guide.pdf")
    clinic.act("card")
    clinic.type()
    assert clinic.page.asks  # nothing was saved, nothing is lost
    assert clinic.sheet.passphrase.text() == PASSPHRASE
    clinic.act("primary")
    assert (tmp_path / "c.ketacard").read_bytes().startswith(b"KETACARD1")
    assert "read this out by telephone" in clinic.page.said.said()
    clinic.act("guide")
    assert (tmp_path / "guide.pdf").read_bytes().startswith(b"%PDF")


def test_a_nurse_sees_her_own_only_and_asks_for_another_in_time(asking, scripted, tmp_path):
    desk = Desk(tmp_path / "laptop", SetClock(asking.time.now()))
    desk._open_office(asking)
    at = Certificates(desk)
    assert at.rows() == [("Your certificate", "See beside")]
    assert at.screen.card.card.isHidden()
    assert at.screen.card.sign_list.isHidden()
    scripted.will("ask_save_path", tmp_path / "again.keta")
    at.act("primary")
    assert at.does() == "Type the passphrase"
    at.type(LAPTOPS)
    assert "Give this file to the clinic" in at.page.said.said()
    assert (tmp_path / "again.keta").read_bytes().startswith(b"KETAPACK1")
    for act in ("withdraw", "renew", "card", "sign-list"):
        at.act(act)
        assert not at.page.asks
    desk._office = None
    at.close()


def test_nothing_is_cut_all_has_names_and_a_dim_room_stays_dim(clinic, asking):
    del asking  # its request stands in the list
    faults = {}
    assert luminances(clinic.window.grab().toImage())[0] <= 0.03
    for size, scale in LOOKS:
        clinic.window.wear("dim", scale)
        clinic.window.resize(*size)
        for place, act in ((0, "primary"), (1, ""), (1, "withdraw")):
            clinic.choose(place)
            if act:
                clinic.act(act)
            rest(clinic.window.desk)
            found = cut_off(clinic.screen)
            faults |= {(size, scale, place, act): found} if found else {}
            for widget in reachable(clinic.screen):
                assert spoken_name(widget), widget
                if isinstance(widget, Button):
                    assert min(widget.width(), widget.height()) >= 44, widget.words()
            if act:
                clinic.act("back")
    theme.apply(QApplication.instance(), "dim", 1.0)
    assert faults == {}
