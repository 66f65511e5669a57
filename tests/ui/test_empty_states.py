"""Where there is nothing yet it says what would stand there, and how to begin."""

import pytest

from tests.helpers.qt import all_of, rest, show
from tests.helpers.window import desk_at
from ui.main_window import MainWindow
from ui.screens.log_card import LogCard
from ui.screens.unlock import UnlockScreen
from ui.widgets.buttons import Button
from ui.widgets.empty_state import EmptyState


@pytest.fixture
def window(qtbot, tmp_path):
    """A ledger with one visit that has just begun, and nothing else."""
    desk = desk_at(tmp_path / "ledger", "quiet_hour", until="identity-confirmed")
    made = MainWindow(desk, unlock=UnlockScreen(desk))
    show(qtbot, made, width=1366, height=768)
    return made


def told(screen, part=None):
    """What the empty places in sight say: the line, what explains it, and the ways on."""
    rest(screen.desk)
    found = [one for one in all_of(part or screen, EmptyState) if one.isVisible()]
    return [
        (
            one.accessibleName(),
            one.accessibleDescription(),
            [way.accessibleName() for way in all_of(one, Button) if way.isVisible()],
        )
        for one in found
    ]


def test_every_list_that_is_empty_says_what_would_stand_there(window):
    visit = window.show_screen("visit")
    visit.act("phase-3")
    log = next(card for card in all_of(visit, LogCard) if card.isVisible())
    log.filter.choose("VITALS")
    assert told(visit, log) == [
        ("No vital sign is charted yet", "F2 charts a set at any time.", [])
    ]
    log.begin()
    assert log.isAncestorOf(window.focusWidget())  # the keyboard stays in the card
    visit.act("drafts")
    assert told(visit)[-1][2] == ["Back to the entries"]
    window.desk.close_visit()
    for name, line, ways in (
        ("drafts", "Nothing that was typed waits here", 1),
        ("post", "Nobody to send to yet", 1),
        ("laptop", "No place is chosen yet", 0),
    ):
        (one,) = told(window.show_screen(name))
        assert (one[0], len(one[2])) == (line, ways)
        assert one[1]


def test_the_keyboard_stays_in_the_part_whose_list_turned_out_empty(window):
    window.desk.close_visit()
    laptop = window.show_screen("laptop")
    laptop.act("row-3")
    assert told(laptop)[0][0] == "No signed visit here"
    assert window.focusWidget() is laptop.page.parts.buttons[2]


def test_a_search_without_a_page_leaves_no_empty_list(window):
    window.desk.close_visit()
    screen = window.show_screen("help")
    screen.search.set_text("zzzz")
    screen._type()
    assert [one[0] for one in told(screen)] == ["No page has these words"]
    assert screen.list.isHidden()
    screen.search.set_text("pump")
    screen._type()
    assert told(screen) == []
    assert not screen.list.isHidden()
