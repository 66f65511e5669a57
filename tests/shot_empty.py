"""Pictures of places where there is nothing yet: a ledger with one visit that has just begun."""

from tests.shot_stage import room

BEGUN = "identity-confirmed"


@room("empty-drafts-visit", until=BEGUN)
def _drafts_in_a_visit(hand):
    hand.act("phase-3", "drafts")


@room("empty-drafts", until=BEGUN, visit=False)
def _drafts(hand):
    hand.act("drafts")


@room("empty-post", until=BEGUN, visit=False)
def _post(hand):
    hand.act("post")


@room("empty-visits", until=BEGUN, visit=False)
def _visits(hand):
    """No visit is signed, so none can leave."""
    hand.act("laptop", "row-3")
    hand.rest()


@room("empty-book", until=BEGUN, visit=False)
def _book(hand):
    hand.act("laptop", "row-4")


@room("empty-log", until=BEGUN)
def _log(hand):
    """No entry was corrected."""
    from tests.helpers.qt import all_of
    from ui.screens.log_card import LogCard

    hand.act("phase-3")
    for card in all_of(hand.window, LogCard):
        card.filter.choose("CORRECTED")
    hand.rest()
