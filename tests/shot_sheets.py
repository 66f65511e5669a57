"""Pictures of the sheets that stand nowhere else: each at the moment at which it is needed."""

from tests.shot_stage import room

# the sheet, the story, and how far it is played
AT = (
    *(
        (name, "quiet_hour", {"before": "screening-concluded"})
        for name in ("identity", "allergies", "adult", "intake", "not-started", "place-access")
    ),
    ("started-already", "quiet_hour", {"before": "infusion-started"}),
    *(
        (name, "paused_for_nausea", {"until": "infusion-resumed"})
        for name in ("access", "bolus", "call", "fluid", "not_done", "note", "order-change")
    ),
    ("response", "paused_for_nausea", {"before": "response-noted"}),
    ("resume", "paused_for_nausea", {"before": "infusion-resumed"}),
    ("score", "quiet_hour", {"before": "recovery-scored"}),
    ("follow_up", "quiet_hour", {"before": "handout-given"}),
    *(
        (name, "quiet_hour", {"before": "patient-released"})
        for name in ("criterion", "no_ink", "explain")
    ),
)


def _open(hand, name):
    hand.window.screen_shown.action_column.open_sheet(name)
    hand.rest()


for name, story, moment in AT:
    room(f"sheet-{name.replace('_', '-')}", story, **moment)(
        lambda hand, name=name: _open(hand, name)
    )


@room("sheet-override", "screening_refuses", before="override-authorised")
def _override(hand):
    """From the question that asks the prescriber, as the nurse opens it."""
    column = hand.window.screen_shown.action_column
    column.open_sheet("override")
    column.sheet("override").about("pressure-today")
    hand.rest()


@room("sheet-explain-check", before="pump-checked")
def _explain_check(hand):
    from tests.shot_order import _check

    _check(hand, "171", "17.1", "2")
    _open(hand, "explain-check")


@room("sheet-refused", "paused_for_nausea", until="infusion-resumed")
def _refused(hand):
    """A refusal stands under its field and nothing that was typed is lost."""
    hand.act("phase-3", "rate")
    hand.write("New rate on the pump", "171")
    hand.act("primary", "primary")


@room("sheet-note-refused", "paused_for_nausea", until="infusion-resumed")
def _note_refused(hand):
    hand.act("phase-3", "note", "primary")


@room("emergency-cause", "day/anaphylaxis_to_911", until="emergency-declared")
def _emergency_cause(hand):
    hand.act("emergency")
    hand.window.screen_shown.top.cause_wanted.emit()
    hand.rest()


@room("emergency-over", "day/anaphylaxis_to_911", until="emergency-declared")
def _emergency_over(hand):
    hand.act("emergency")
    hand.window.screen_shown.top.over_wanted.emit()
    hand.rest()


@room("drafts-visit", "paused_for_nausea", until="infusion-resumed")
def _drafts_in_a_visit(hand):
    hand.act("phase-3", "note")
    hand.write("Note", "She says that the light hurts less than an hour ago.")
    hand.act("rate")
    hand.write("New rate on the pump", "9.5")
    hand.desk.drafts.look()
    hand.act("drafts")


@room("drafts-outside", visit=False)
def _drafts_outside(hand):
    hand.act("new-visit")
    hand.write("Family name", "Castellanos-Vandenberghe")
    hand.desk.drafts.look()
    hand.act("back", "drafts")


@room("timeline-read", "paused_for_nausea", until="infusion-resumed")
def _timeline_read(hand):
    hand.act("phase-3", "timeline")
    hand.key("Left", "Left", "Left")


@room("sheet-undo", "paused_for_nausea", until="infusion-resumed")
def _undo(hand):
    hand.act("phase-3", "undo")


@room("sheet-vitals", "quiet_hour", before="screening-concluded")
def _vitals(hand):
    _open(hand, "vitals")


@room("palette", "paused_for_nausea", until="infusion-resumed")
def _palette(hand):
    hand.act("phase-3", "find")
    hand.key("P", "A")


@room("practice-menu", visit=False)
def _practice_menu(hand):
    from ui.app import MORE_SCREENS

    hand.window.more_screens = MORE_SCREENS
    hand.window.show_screen("practice")
    hand.rest()


@room("day-sheet-before", "paused_for_nausea", until="infusion-resumed", visit=False)
def _sheet_before(hand):
    hand.act("sheets")
