"""Pictures of the medical review: medicines at home, history, symptoms."""

from tests.shot_stage import room


@room("review-medicines", until="intake-recorded")
def _review_medicines(hand):
    hand.act("home-medicines")
    hand.write("Medicine 1, name", "Xanax XR")
    hand.write("Medicine 1, last taken", "yesterday 22:00")


@room("review-medicines-known", until="symptoms-noted")
def _review_known(hand):
    hand.act("home-medicines")


@room("review-history", until="intake-recorded")
def _review_history(hand):
    hand.act("history")
    hand.write("Treatment 1, what", "sumatriptan 100 mg")


@room("review-symptoms", until="infusion-stopped")
def _review_symptoms(hand):
    hand.act("symptoms")
