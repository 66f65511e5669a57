"""Pictures of the door: kit, home, clocks, time-out."""

from datetime import timedelta

from tests.shot_stage import room


@room("arrival-kit", before="screening-concluded")
def _arrival_kit(hand):
    hand.act("phase-1")
    hand.actions()
    hand.act("kit", "all-present")
    hand.write("Epinephrine: last day", "03/2027")
    hand.write("Naloxone: last day", "01/2026")


@room("arrival-home", before="screening-concluded")
def _arrival_home(hand):
    hand.act("phase-1")
    hand.actions()
    hand.act("home")
    hand.write("Nearest emergency department", "Valley Medical Center")
    hand.write("Minutes to the emergency department", "26")


@room("arrival-clock", before="screening-concluded")
def _arrival_clock(hand):
    hand.act("phase-1")
    hand.actions()
    hand.act("clock")
    hand.write("What it shows", f"{hand.desk.now() + timedelta(minutes=7):%H:%M}")


@room("arrival-time-out", before="pump-checked")
def _arrival_time_out(hand):
    hand.act("phase-2")
    hand.actions()
    hand.act("time-out")


@room("sheet-effect-pathway", "pressure_climbs", until="infusion-started")
def _effect_with_its_pathway(hand):
    hand.act("effect")
    sheet = hand.window.screen_shown.action_column.sheet("effect")
    sheet.effect.set_value("high-pressure")
    sheet.grade.choose("2")
    hand.rest()
