"""A made-up arrival: the visit's time, the pump's clock, the home and the kit, as keys."""

from datetime import timedelta

from ketachart.domain.wording import clock, day
from ui.demo_driver import Driver


def door(hands: Driver) -> None:
    """What is looked at on coming in."""
    hands.do("visit-times")
    hands.choose("Which moment", "Arrived")
    hands.record()
    hands.minutes()
    _pump_clock(hands)
    hands.minutes()
    _home(hands)
    hands.minutes(2)
    _kit(hands)


def _pump_clock(hands: Driver) -> None:
    hands.do("clock")
    hands.choose("Whose clock", "Pump")
    shows = clock(hands.desk.now() + timedelta(minutes=7))
    hands.fill("What it shows", shows, paper=f"pump showed {shows}")
    hands.look("clock")
    hands.record()


def _home(hands: Driver) -> None:
    hands.do("home")
    far = "emergency department Valley Medical Center, 14 min"
    hands.write("Valley Medical Center", paper=far)
    hands.fill("Minutes to the emergency department", "14", paper=far)
    hands.choose("Address and way in read out", "Yes")
    hands.choose("Phone in this room", "Good")
    hands.choose("Light", "Can be dimmed")
    hands.choose("Noise", "Quiet")
    hands.fill("Pets, and where they are", "a cat, in the kitchen")
    hands.choose("Children and pets out of the room", "Yes")
    hands.look("home")
    hands.record()


def _kit(hands: Driver) -> None:
    hands.do("kit")
    hands.fill("Oxygen with mask and cannula: Cylinder pressure", "1900 psi")
    hands.do("all-present")
    last = day(hands.desk.now().date() + timedelta(days=300))
    for item in (
        "Epinephrine",
        "Naloxone",
        "Flumazenil",
        "Antiemetic",
        "AED, self-test passed, pads",
    ):
        hands.fill(f"{item}: last day of use on the label", last, paper=f"expires {last}")
    hands.look("kit")
    hands.record()
