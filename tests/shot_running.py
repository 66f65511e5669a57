"""Pictures of the running infusion: rate, bag, waste, marks, vital signs, scales."""

from tests.shot_stage import room


@room("sheet-rate-raised", "paused_for_nausea", until="infusion-resumed")
def _rate_raised(hand):
    hand.pass_time(minutes=25)
    hand.act("phase-3", "rate")
    hand.write("New rate on the pump", "9.5")


@room("sheet-rate-reason", "paused_for_nausea", until="infusion-resumed")
def _rate_reason(hand):
    _rate_raised(hand)
    hand.find("New rate on the pump").setFocus()
    hand.key("Return")


@room("sheet-rate-steps", "more/stepwise_titration", until="infusion-started")
def _rate_steps(hand):
    hand.pass_time(minutes=16)
    hand.act("phase-3", "rate")
    hand.write("New rate on the pump", "12")


@room("sheet-bag-change", "more/second_bag_weaker", until="infusion-started")
def _bag_change(hand):
    hand.pass_time(minutes=20)
    hand.act("phase-3", "bag-change")


@room("sheet-flush", "paused_for_nausea", until="infusion-resumed")
def _flush(hand):
    hand.act("phase-3", "flush")


@room("sheet-pump-read", "paused_for_nausea", until="infusion-resumed")
def _pump_read(hand):
    hand.act("phase-3", "pump-read")


@room("sheet-pause", "paused_for_nausea", before="infusion-paused")
def _pause(hand):
    hand.act("phase-3", "pause")


def _waste(hand, mode):
    hand.act("phase-4", "waste")
    hand.take("What became of it: Wasted")
    hand.write("Amount, mg", "24.3")
    hand.take(f"Who saw it: {mode}")


@room("sheet-waste-person", "pressure_climbs", before="drug-wasted")
def _waste_person(hand):
    _waste(hand, "In person")


@room("sheet-waste-phone", "pressure_climbs", before="drug-wasted")
def _waste_phone(hand):
    _waste(hand, "By phone")


@room("sheet-waste-nobody", "pressure_climbs", before="drug-wasted")
def _waste_nobody(hand):
    _waste(hand, "Nobody")


@room("marks-banner", "paused_for_nausea", until="infusion-resumed")
def _marks(hand):
    hand.act("phase-3", "mark")
    hand.pass_time(minutes=3)
    hand.act("mark")


@room("sheet-marks", "paused_for_nausea", until="infusion-resumed")
def _sheet_marks(hand):
    _marks(hand)
    hand.act("marks")


@room("sheet-vitals-swapped", "paused_for_nausea", until="infusion-resumed")
def _vitals_swapped(hand):
    hand.act("vitals")
    hand.key(*"82", "Return", *"128", "Return", *"84", "D", "Return")


@room("sheet-vitals-alertness", "paused_for_nausea", until="infusion-resumed")
def _vitals_alertness(hand):
    hand.act("vitals")
    hand.take("More")
    hand.key(*"36", "Period", "9", "E")
    hand.take("The other scale of sedation")
    hand.key("4")


@room("sheet-scales", "paused_for_nausea", until="infusion-resumed")
def _scales(hand):
    hand.act("scale")


@room("sheet-scale-phq", "paused_for_nausea", until="infusion-resumed")
def _scale_phq(hand):
    hand.act("scale")
    hand.take("Which scale: PHQ-9")
    hand.key(*"1111111")


@room("sheet-scale-suicide", "paused_for_nausea", until="infusion-resumed")
def _scale_suicide(hand):
    hand.act("scale")
    hand.take("Which scale: C-SSRS screener")
    hand.key(*"1111")
    hand.key("L")


@room("sheet-scale-high", "paused_for_nausea", until="infusion-resumed")
def _scale_high(hand):
    hand.act("scale")
    hand.take("Which scale: C-SSRS screener")
    hand.key(*"112121")


@room("sheet-scale-total", "paused_for_nausea", until="infusion-resumed")
def _scale_total(hand):
    hand.act("scale")
    hand.take("Which scale: HIT-6")
    hand.key(*"63")


@room("sheet-add", "paused_for_nausea", until="infusion-resumed")
def _add(hand):
    hand.act("phase-3", "add")


@room("sign-balance", "more/pump_a_millilitre_apart")
def _sign_balance(hand):
    hand.act("phase-6")


@room("observation-balance", "more/waste_without_a_witness")
def _observation_balance(hand):
    hand.act("phase-4")
