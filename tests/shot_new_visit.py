"""Pictures of the form of a new visit."""

from tests.shot_stage import room


@room("new-visit-full", visit=False)
def _new_visit_full(hand):
    hand.act("new-visit")
    for name in ("medicine", "step", "limit", "treatment", "plan", "line"):
        hand.act(f"add-{name}")
    for word in ("Goal of the infusion: Induction",):
        hand.take(word)


@room("new-visit-order", visit=False)
def _new_visit_order(hand):
    """The lower end of the form with every row open."""
    from PySide6.QtWidgets import QScrollArea

    _new_visit_full(hand)
    for area in hand.window.screen_shown.findChildren(QScrollArea):
        area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    hand.rest()


@room("new-visit-on-file", visit=False)
def _on_file(hand):
    hand.act("new-visit")
    hand.write("Medical record number", "004182")
    hand.find("Birth date").setFocus()
    hand.rest()
    hand.rest()


@room("new-visit-taken-over", visit=False)
def _taken_over(hand):
    _on_file(hand)
    hand.act("on-file")
