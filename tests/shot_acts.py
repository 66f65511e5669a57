"""Pictures of times, acts, the emergency, and of going home."""

from tests.shot_stage import room


@room("arrival-times", before="screening-concluded")
def _arrival_times(hand):
    hand.act("phase-1")
    hand.actions()
    hand.act("visit-times")


@room("sheet-measure", "paused_for_nausea", until="infusion-resumed")
def _measure(hand):
    hand.act("measure")


@room("sheet-sources", "paused_for_nausea", until="infusion-resumed")
def _sources(hand):
    hand.act("vitals")
    hand.key(*"128", "Return", *"82", "Return", *"84", "D", "Return", *"97", "Return")


@room("emergency-sheet", "day/anaphylaxis_to_911", until="emergency-declared")
def _emergency_sheet(hand):
    hand.act("emergency")


@room("banners-five", "paused_for_nausea", until="infusion-resumed")
def _banners_five(hand):
    from ui.notices import Message

    for n in range(5):
        tone = "danger" if n == 1 else "warn"
        words = Message(tone, f"Notice {n + 1}", "What still works, and what to do.", "Do it")
        hand.desk.notices.say(f"shot-{n}", words)
    hand.act("note")


@room("keys-touch", "paused_for_nausea", until="infusion-resumed")
def _touch_keys(hand):
    hand.act("vitals", "touch-keys")


@room("observation-ready", before="patient-released")
def _observation_ready(hand):
    hand.act("phase-4")


@room("release-sheet", before="patient-released")
def _release_sheet(hand):
    hand.act("phase-4", "release")
