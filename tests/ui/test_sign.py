"""Before signing, in the real window: the points and their ways, the balance, the report."""

import threading
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ketachart.charting.previewing import PreviewFront
from ketachart.domain.facts import (
    DrugWasted,
    EmergencyDeclared,
    FindingExplained,
    FollowUpPlanned,
    NoteWritten,
    PatientReleased,
)
from ketachart.domain.finding import Finding
from ketachart.domain.found.findings import findings
from ketachart.domain.quantities import Mg
from ketachart.errors import CannotPrint, DiskFull
from ketachart.report import pdf, preview
from tests.helpers.closing import Closing, Flashes
from tests.helpers.looked_at import nothing_recorded
from tests.helpers.qt import all_of, luminances, reachable, spoken_name
from ui import theme, tokens
from ui.screens.finding_ways import way_of
from ui.screens.findings_card import _Point
from ui.widgets.point_row import PointRow

ENTER, ESC, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab
SIZES = (
    (1.0, 1366, 768), (1.0, 1920, 1080), (1.0, 1024, 700),
    (1.5, 1366, 768), (2.0, 1366, 768), (2.0, 1024, 700),
)  # fmt: skip


@pytest.fixture
def points(tmp_path, qapp):  # noqa: ARG001 - the application has to be there first
    """One stop, four that need a reason, six to know: the drug is not accounted for yet."""
    made = Closing(tmp_path / "l", "pressure_climbs", "sign", before="drug-wasted")
    yield made
    made.close()


@pytest.fixture
def clear(tmp_path, qapp):  # noqa: ARG001 - as above
    """Nothing stands in the way."""
    made = Closing(tmp_path / "l", "quiet_hour", "sign")
    yield made
    made.close()


@pytest.fixture(scope="module")
def shared(tmp_path_factory, qapp):  # noqa: ARG001 - as above
    """The points, for all the tests that record nothing."""
    folder = tmp_path_factory.mktemp("points") / "l"
    made = Closing(folder, "pressure_climbs", "sign", before="drug-wasted")
    yield made
    made.close()


@pytest.fixture
def seen(shared):
    """The points, and nothing is recorded while they are looked at."""
    yield from nothing_recorded(shared, come_back)


@pytest.fixture(scope="module")
def shared_clear(tmp_path_factory, qapp):  # noqa: ARG001 - as above
    """Nothing stands in the way, for all the tests that record nothing."""
    made = Closing(tmp_path_factory.mktemp("clear") / "l", "quiet_hour", "sign")
    yield made
    made.close()


@pytest.fixture
def seen_clear(shared_clear):
    """Nothing stands in the way, and nothing is recorded while it is looked at."""
    yield from nothing_recorded(shared_clear, come_back)


def come_back(window):
    """Into the phase, with the keyboard where it begins."""
    window.open("sign")


def rows(window):
    """The points that stand in the way, in the order shown."""
    return [one.accessibleName() for one in all_of(window.screen.findings, _Point)]


def to_know(window):
    return [one.accessibleName() for one in all_of(window.screen.findings, PointRow)]


def head(window):
    return window.said(window.screen.preview)


# ------------------------------------------------------------------ the points


def test_stops_stand_first_then_what_needs_a_reason_then_what_is_to_know(seen):
    assert rows(seen) == [
        "The patient is not released",
        "No follow-up call planned",
        "The patient has not signed",
        "The responsible adult has not signed",
        "182.6 mg of ketamine unaccounted for",
    ]
    assert to_know(seen) == [
        "The pump's clock was never compared",
        "Pump says 17.4 mg, rates say 17.42 mg",
        "1 telephone order to be countersigned",
        "HIT-6 is not scored",
        "MIDAS is not scored",
        "Symptoms at the end are not charted",
    ]
    assert "1 stops signing, 4 need a reason, 6 to know" in seen.said(seen.screen.findings)


def test_every_point_says_what_is_to_be_done(seen):
    said = seen.said(seen.screen.findings)
    for finding in findings(seen.visit, seen.desk.now()):
        if finding.explained:
            continue  # the story answers the state's rule; what is settled is folded away
        assert finding.sentence in said
        assert finding.detail in said


def test_only_what_needs_a_reason_offers_to_give_one(seen):
    offers = [one.reason.isVisible() for one in all_of(seen.screen.findings, _Point)]
    assert offers == [False, True, True, True, True]


def test_where_nothing_is_open_it_says_so_and_the_passphrase_has_the_keyboard(seen_clear):
    assert "Nothing stands in the way" in seen_clear.said(seen_clear.screen.findings)
    assert "Ready to sign" in seen_clear.said(seen_clear.frame)
    assert seen_clear.focused() == "Your passphrase, again"


def test_the_first_point_that_can_be_settled_has_the_keyboard(seen):
    assert seen.focused() == "Give reason: No follow-up call planned"


@pytest.mark.parametrize(
    ("key", "sheet", "phase"),
    [
        (Qt.Key.Key_1, "release", "sign"),
        (Qt.Key.Key_2, "", "instructions"),
        (Qt.Key.Key_3, "", "instructions"),
        (Qt.Key.Key_5, "waste", "sign"),
    ],
)
def test_alt_and_a_digit_goes_to_where_that_point_is_settled(seen, key, sheet, phase):
    seen.alt(key)
    assert (seen.column.open_name, seen.frame.phase) == (sheet, phase)


def test_a_point_about_one_entry_opens_that_entry(points):
    points.desk.record(
        DrugWasted(
            at=points.desk.now(), amount_mg=Mg("24.3"), source="B1",
            how="pouch", witness_mode="none", why_none="nobody answered", sealed_bag="SB-1",
        )
    )  # fmt: skip
    points.settle()
    number = rows(points).index("24.3 mg wasted without a witness") + 1
    points.alt(Qt.Key.Key_0 + number)
    assert points.column.open_name == "correct"
    assert "Waste" in " ".join(points.said(points.column))


def test_an_open_emergency_is_gone_back_to(points):
    points.desk.record(EmergencyDeclared(at=points.desk.now()))
    points.settle()
    number = rows(points).index("The emergency has no end") + 1
    points.alt(Qt.Key.Key_0 + number)
    assert points.window.shown == "emergency"


def test_what_is_to_know_shows_where_it_stands(seen):
    seen.press("Show", all_of(seen.screen.findings, PointRow)[2])
    assert seen.frame.phase == "infusion"


def test_what_lies_in_the_log_is_shown_there(seen):
    seen.press("Show", all_of(seen.screen.findings, PointRow)[1])
    assert seen.frame.phase == "infusion"
    assert seen.focused() == "Entries of this visit"


@pytest.mark.parametrize("code", ["clock-behind", "newer-entries"])
def test_what_is_settled_outside_of_the_chart_has_nowhere_to_go(code):
    assert way_of(Finding(code=code, severity="stop", sentence="x", phase="sign")) is None


def test_escape_comes_back_from_a_sheet_to_the_points(seen):
    seen.alt(Qt.Key.Key_1)
    seen.keys(ESC)
    seen.settle()
    assert seen.column.open_name == ""
    assert seen.focused() == "Give reason: No follow-up call planned"


def test_a_point_that_is_settled_by_its_sheet_goes_away(points):
    points.alt(Qt.Key.Key_1)
    sheet = points.column.sheet("release")
    sheet.to.set_text("himself")
    sheet.outcome.choose("against-advice")
    sheet.reason.set_text("explained, left at once")
    points.main_button()
    assert points.last(PatientReleased).to == "himself"
    assert "The patient is not released" not in rows(points)
    assert points.column.open_name == ""
    assert points.focused().startswith("Give reason: ")


def test_what_becomes_overdue_while_it_is_looked_at_is_raised(points):
    points.minutes(40)
    assert any("vitals not done" in text for text in rows(points))


def test_the_points_do_not_move_under_the_hand_while_nothing_changes(seen):
    before = QApplication.focusWidget()
    seen.minutes(1)
    assert QApplication.focusWidget() is before


def test_more_points_than_digits_still_stand_each_with_its_way(clear):
    many = tuple(
        Finding(code=f"vitals-{n}", severity="reason", sentence=f"Point {n}", phase="infusion")
        for n in range(40)
    )
    clear.screen.findings.show_findings(many)
    clear.settle()
    shown = all_of(clear.screen.findings, _Point)
    assert [one.go._key for one in shown[:10]] == [*(f"Alt+{n}" for n in range(1, 10)), ""]
    assert len(shown) == 40
    assert clear.cut_off() == []


# ------------------------------------------------------------------ a reason


def test_a_reason_is_typed_and_settles_its_point_for_good(points):
    points.alt(Qt.Key.Key_E)
    assert points.column.open_name == "explain"
    assert "No follow-up call planned" in points.said(points.column)
    points.type("the clinic calls")
    points.main_button()
    told = points.last(FindingExplained)
    assert (told.finding, told.reason) == ("no-follow-up", "the clinic calls")
    assert "No follow-up call planned" not in rows(points)
    assert points.focused() == "Give reason: The patient has not signed"


def test_settled_points_fold_away_and_unfold_with_their_reasons(points):
    points.alt(Qt.Key.Key_E)
    points.type("the clinic calls")
    points.main_button()
    card = points.screen.findings
    assert "the clinic calls" not in points.said(card)
    points.press("2 settled")
    assert "the clinic calls" in points.said(card)
    assert "Settled, with your reason" in points.said(card)
    points.press("2 settled")
    assert "the clinic calls" not in points.said(card)


def test_an_empty_reason_is_refused_and_settles_nothing(seen):
    before = seen.visit.facts(FindingExplained)
    seen.alt(Qt.Key.Key_E)
    seen.main_button()
    assert "Write the reason." in seen.said(seen.column)
    assert seen.visit.facts(FindingExplained) == before


def test_a_button_gives_the_reason_of_its_own_point_and_words_do_not_wander(points):
    points.alt(Qt.Key.Key_E)
    points.type("the clinic calls")
    points.keys(ESC)
    points.settle()
    all_of(points.screen.findings, _Point)[2].reason.click()
    points.settle()
    sheet = points.column.sheet("explain")
    assert sheet.reason.text() == ""
    sheet.reason.set_text("asleep")
    points.main_button()
    assert points.last(FindingExplained).finding == "no-ink-patient"


def test_a_full_disk_keeps_the_reason(seen, monkeypatch):
    def full(*_facts, **_how):
        raise DiskFull("The disk is full. Free some room, then record again.")

    seen.alt(Qt.Key.Key_E)
    seen.type("the clinic calls")
    monkeypatch.setattr(seen.desk.room, "record_all", full)
    seen.main_button()
    assert "The disk is full. Free some room, then record again." in seen.said(seen.column)
    assert seen.column.sheet("explain").reason.text() == "the clinic calls"


# ------------------------------------------------------------------ the balance


def test_a_balance_that_closes_is_a_sum_that_says_so(seen_clear):
    said = seen_clear.said(seen_clear.screen.balance)
    assert "Closes" in said
    assert seen_clear.screen.balance.accessibleDescription() == (
        "200 mg taken out = 34.2 mg given, by pump + 0 mg wasted + "
        "165.8 mg sealed for return + 0 mg unaccounted"
    )


def test_a_balance_that_does_not_close_says_how_much_is_open(seen):
    said = seen.said(seen.screen.balance)
    assert "182.6 mg open" in said
    assert "Closes" not in said


def test_the_given_dose_is_read_three_ways(seen):
    said = seen.said(seen.screen.balance)
    for label, value in (
        ("Given, by the rates", "17.42 mg"),
        ("Given, by the pump", "17.4 mg"),
        ("Given, by what is left", "nothing charted as left"),
        ("Pump and rates apart", "0.02 mg, 0.01 mL"),
        ("Drawn up", "41.7 mg"),
    ):
        assert said[said.index(label) + 1] == value


def test_the_balance_follows_what_is_charted(points):
    points.desk.record(
        DrugWasted(
            at=points.desk.now(), amount_mg=Mg("24.3"), source="B1", how="pouch",
            witness="K. Osei", witness_mode="by-phone", call_back="602 555 0166", witness_code="A1",
        )
    )  # fmt: skip
    points.settle()
    assert "158.3 mg open" in points.said(points.screen.balance)
    assert Decimal("158.3") == Decimal("182.6") - Decimal("24.3")


# ------------------------------------------------------------------ the report


def test_the_report_is_drawn_as_it_will_print(points):
    points.work_done()
    content = pdf.render(points.visit, now=points.desk.now()).content
    shown = points.screen.report.pages
    printed = preview.pages(content, width_px=theme.look().px(tokens.PAGE_WIDTH))
    assert len(shown) == len(printed)
    for image, page in zip(shown, printed, strict=True):
        assert (image.width(), image.height()) == (page.width, page.height)
        line = image.bytesPerLine()
        raw = bytes(image.constBits())
        rows_of = [raw[y * line : y * line + page.width * 3] for y in range(page.height)]
        assert b"".join(rows_of) == page.rgb


def test_until_it_is_drawn_it_says_so_and_nothing_waits_for_it(points):
    points.desk.record(NoteWritten(at=points.desk.now(), text="one more"))
    points.settle()
    assert "is being drawn" in head(points)
    assert not points.screen.preview.read.isEnabled()
    assert points.focused() == "Give reason: No follow-up call planned"
    points.work_done()
    assert f"{len(points.screen.report.pages)} pages" in head(points)


def test_the_first_page_is_shown_while_the_others_are_drawn(qtbot, clear, monkeypatch):
    clear.work_done()
    pages, go = clear.desk.room.preview_task().work(300), threading.Event()

    class Slow:
        def work(self, _width, first):
            first(PreviewFront(pages[0], 7))
            go.wait(5)
            return pages

    monkeypatch.setattr(clear.desk.room, "preview_task", Slow)
    clear.desk.record(NoteWritten(at=clear.desk.now(), text="one more"))
    shown = clear.screen.report
    qtbot.waitUntil(lambda: shown.front() is not None, timeout=5000)
    assert "7 pages" in head(clear)
    assert "being drawn" in head(clear)
    assert not clear.screen.preview.read.isEnabled()
    assert not clear.screen.preview.page._page.isNull()
    assert not shown.is_current()
    go.set()
    clear.work_done()
    assert f"{len(pages)} pages" in head(clear)
    assert clear.screen.preview.read.isEnabled()
    clear.desk.record(NoteWritten(at=clear.desk.now(), text="and another"))
    assert shown.front() is None  # it is an older record's


def test_it_is_read_to_the_end_in_place_and_left_with_escape(clear):
    clear.work_done()
    assert "not read yet" in head(clear)
    clear.alt(Qt.Key.Key_P)
    assert clear.screen.reading.isVisible()
    pages = len(clear.screen.report.pages)
    assert f"Page 1 of {pages}" in clear.said(clear.screen.reading)
    clear.keys(*[Qt.Key.Key_PageDown] * 4 * pages)
    clear.settle()
    assert f"Page {pages} of {pages}" in clear.said(clear.screen.reading)
    clear.keys(ESC)
    clear.settle()
    assert clear.screen.findings.isVisible()
    assert "read" in head(clear)
    assert clear.focused() == "Your passphrase, again"


def test_what_is_charted_afterwards_is_drawn_anew_and_is_not_read_yet(clear):
    clear.work_done()
    clear.alt(Qt.Key.Key_P)
    clear.keys(*[Qt.Key.Key_End])
    clear.settle()
    clear.keys(ESC)
    before = clear.screen.report.pages
    clear.desk.record(NoteWritten(at=clear.desk.now(), text="one more"))
    clear.settle()
    clear.work_done()
    assert clear.screen.report.pages is not before
    assert clear.screen.report.is_current()
    assert "not read yet" in head(clear)


def test_a_report_that_cannot_be_drawn_says_why_and_stops_nobody(clear, monkeypatch):
    class CannotDraw:
        def work(self, _width, _first):
            raise CannotPrint("The note holds a letter that cannot be printed.")

    monkeypatch.setattr(clear.desk.room, "preview_task", CannotDraw)
    clear.desk.record(NoteWritten(at=clear.desk.now(), text="one more"))
    clear.settle()
    clear.work_done()
    assert "There is no preview" in head(clear)
    assert "The note holds a letter that cannot be printed." in head(clear)
    clear.screen.sign.begin()
    clear.type("any words at all")
    assert clear.screen.sign.primary.words() == "Sign and lock"
    assert clear.screen.sign.primary.isEnabled()


def test_the_page_takes_the_light_of_the_room(seen_clear):
    seen_clear.work_done()
    page = seen_clear.screen.preview.page
    dim, brightest = luminances(page.grab().toImage())
    assert dim <= 0.05
    assert brightest <= 0.6
    seen_clear.window.wear("light", 1.0)
    seen_clear.settle()
    light, _ = luminances(page.grab().toImage())
    assert light > 0.7


# ------------------------------------------------------------------ how it looks


def test_nothing_is_cut_off(seen):
    for size in SIZES:
        seen.wear(*size)
        assert seen.cut_off() == [], size


def test_long_points_and_reasons_wrap(points):
    points.alt(Qt.Key.Key_E)
    points.column.sheet("explain").reason.set_text("the clinic calls in the morning, " * 12)
    points.main_button()
    points.press("2 settled")
    for scale, width, height in SIZES[:5]:
        points.wear(scale, width, height)
        assert points.cut_off() == []


def test_everything_that_takes_the_keyboard_has_a_name_and_is_reached_by_tab(seen):
    seen.work_done()
    wanted = set(reachable(seen.screen)) | set(reachable(seen.screen.panel()))
    for widget in wanted:
        assert spoken_name(widget), widget
    met = set()
    for _ in range(60):
        met.add(QApplication.focusWidget())
        seen.keys(TAB)
    assert [spoken_name(widget) for widget in wanted - met] == []


def test_the_dim_room_stays_dim(seen):
    seen.work_done()
    for width, height in ((1366, 768), (1920, 1080)):
        seen.wear(1.0, width, height)
        seen.work_done()
        mean, _ = luminances(seen.window.grab().toImage())
        assert mean <= 0.03


def test_nothing_clinical_is_typed_or_chosen_beforehand(seen):
    assert seen.screen.sign.passphrase.text() == ""
    assert not seen.screen.sign.is_incomplete()
    seen.alt(Qt.Key.Key_E)
    assert seen.column.sheet("explain").reason.text() == ""


def test_no_window_flashes_up_while_points_come_and_go(points):
    points.work_done()
    flashes = Flashes()
    at = points.desk.now()
    points.desk.record(FollowUpPlanned(at=at, due_at=at.replace(day=at.day + 1)))
    points.settle()
    points.alt(Qt.Key.Key_E)
    points.keys(ESC)
    points.open("observation")
    points.open("sign")
    flashes.stop()
    points.work_done()
    assert flashes.seen == []
