"""A made-up visit from the IV to the running pump, as keys that are pressed."""

from datetime import date, timedelta

from ketachart.domain.wording import day
from ui.demo_driver import Driver
from ui.demo_visit import vitals


def order(hands: Driver) -> None:
    """IV, vial, bag and line."""
    hands.minutes()
    hands.do("phase-2")
    hands.do("access")
    hands.choose("Side", "Left")
    hands.fill("Site of the cannula", "forearm", paper="22 G left forearm")
    hands.fill("Gauge, G", "22", paper="22 G left forearm")
    hands.fill("Attempts in all, this one included", "1", paper="left forearm, 1 attempt")
    hands.choose("Blood came back", "Yes")
    hands.fill("Flushed with, mL", "5", paper="flushed 5 mL")
    hands.choose("Flushes freely, no pain, no swelling", "Yes")
    hands.record()
    hands.minutes()
    hands.do("phase-2")
    hands.choose("Which vial is in your hand", "10 mg/mL")
    label = f"lot 4K21877, exp {day(_last_day(hands))}, seal 55120"
    hands.fill("Lot on the label", "4K21877", paper=label)
    hands.fill("Last day of use on the label", day(_last_day(hands)), paper=label)
    hands.fill("Seal or serial number", "55120", paper=label)
    hands.record()
    hands.minutes(2)
    hands.to("Chart the bag")
    hands.press("Return")
    hands.choose("Drawn from")
    made = "3.42 mL (34.2 mg) from V1, with 0.9 % saline to 17.1 mL"
    hands.fill("Drawn from the vial, mL", "3.42", paper=made)
    hands.choose("How it was made up", "Drug first, filled up to")
    hands.fill("Made up to, mL", "17.1", paper=made)
    hands.choose("Ordered diluent", "0.9 % saline")
    hands.choose("Label written: drug, mg, mL, mg/mL, time, initials", "Yes")
    hands.look("bag")
    hands.record()
    hands.minutes()
    hands.to("Chart the line's priming")
    hands.press("Return")
    hands.write("1.2", paper="1.2 mL 0.9 % saline")
    hands.choose("Usual fluid", "0.9 % saline")
    hands.record()


def _on_site(hands: Driver) -> None:
    """What the state's rule asks about a visit at home is answered before the start."""
    wants = "The rule for AZ wants the prescriber in the building; this is a home"
    hands.to(f"{wants} (AZ board 2015)")
    hands.press("Return")
    reason = "Home visit under the clinic's policy 12; Dr Okafor is on the phone"
    hands.write(reason, paper=reason)
    hands.record()


def _last_day(hands: Driver) -> date:
    return hands.desk.now().date() + timedelta(days=400)


def pump(hands: Driver) -> None:
    """A second set of vitals, the blind check of the pump, and the start."""
    hands.minutes()
    hands.do("phase-3")
    vitals(hands, ("126/78", "80", "98", "14", "8", "2", "0", "0"))
    hands.do("phase-2")
    hands.choose("Who reads the pump", "You alone")
    hands.do("primary")
    hands.look("pump-hidden")
    hands.minutes()
    read = "17.1 mL/h, 17.1 mL, 2 mg/mL"
    for name, text in (
        ("Rate on the pump, mL/h", "17.1"),
        ("Volume to infuse on the pump, mL", "17.1"),
        ("Strength on the label, mg/mL", "2"),
    ):
        hands.fill(name, text, paper=read)
    hands.record()
    _on_site(hands)
    hands.look("pump-agrees")
    hands.do("primary")
    hands.choose("Label on bag or syringe: drug, mg, mL, mg/mL, time, initials", "Yes")
    hands.choose("Said aloud with", "Patient")
    hands.look("time-out")
    hands.record()
    hands.fill("Serial number of the pump", "7731", paper="pump 7731")
    hands.minutes()
    hands.record()
