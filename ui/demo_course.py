"""A made-up visit from the running pump to the signed file, as keys that are pressed."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

from ketachart.commands.player import PASSPHRASE
from ketachart.domain.monitoring import next_due
from ui.demo_driver import Driver, Stuck
from ui.demo_start import order, pump
from ui.demo_visit import (
    arrival,
    first_start,
    new_visit,
    screening,
    unlock,
    vitals,
)

Phase = tuple[str, Callable[[], None]]

# Pressure, pulse, SpO₂, breaths, pain, nausea, dissociation, RASS: one set after the other.
SETS = (
    ("128/80", "82", "98", "15", "7", "1", "1", "0"),
    ("132/82", "84", "97", "14", "6", "2", "2", "0"),
    ("134/84", "86", "97", "13", "6", "4", "3", "−1"),
    ("136/86", "88", "96", "14", "5", "5", "4", "−1"),
    ("130/80", "83", "98", "16", "5", "3", "2", "0"),
    ("127/79", "81", "97", "15", "4", "1", "1", "0"),
    ("131/81", "85", "96", "14", "4", "1", "3", "0"),
    ("133/83", "87", "97", "13", "3", "0", "4", "−1"),
    ("129/82", "82", "98", "14", "3", "0", "3", "0"),
    ("130/79", "80", "97", "15", "3", "0", "2", "0"),
    ("126/80", "79", "98", "14", "2", "0", "2", "0"),
    ("128/78", "80", "97", "16", "2", "0", "1", "0"),
    ("125/77", "77", "99", "14", "2", "0", "1", "0"),
    ("124/78", "76", "98", "15", "2", "0", "0", "0"),
    ("123/76", "75", "99", "14", "1", "0", "0", "0"),
    ("122/77", "74", "98", "13", "1", "0", "0", "0"),
)


class Course:
    """The infusion and what follows; sets of vitals are typed as they fall due."""

    def __init__(self, hands: Driver) -> None:
        self._hands = hands
        self._sets: Iterator[tuple[str, ...]] = iter(SETS)

    def _wait(self, minutes: int, *, oriented: str = "") -> None:
        """Lets minutes go by and types every set of vitals that falls due in them."""
        hands = self._hands
        for _ in range(minutes):
            hands.minutes()
            due = next_due(hands.desk.visit, hands.desk.now())
            if due is not None and due.at <= hands.desk.now():
                hands.do("vitals")
                vitals(hands, next(self._sets), oriented=oriented)

    # ------------------------------------------------ the infusion

    def running(self) -> None:
        """Vitals as they fall due, a lower rate, nausea with what was done about it."""
        hands = self._hands
        hands.do("phase-3")
        self._wait(12)
        hands.look("infusion")
        hands.do("rate")
        hands.write("16", paper="Rate changed: 16 mL/h")
        hands.choose("Why", "Patient asks")
        hands.look("rate")
        hands.record()
        self._wait(4)
        self._nausea()

    def _nausea(self) -> None:
        hands = self._hands
        hands.do("effect")
        told = "Nausea: moderate (grade 2) by CTCAE v6.0; retching, no vomiting"
        hands.write("naus", paper=told)
        hands.press("Return")
        hands.choose("Grade", "Moderate")
        hands.fill("What was seen or said", "retching, no vomiting", paper=told)
        hands.choose("What was done", "Reassured", "Position changed")
        hands.look("effect")
        hands.record()
        hands.minutes()
        hands.do("pause")
        hands.choose("Why", "Nausea")
        paused = "Infusion paused: Nausea; clamp closed; pump 4.75 mL"
        hands.fill("Volume infused as the pump shows it, mL", "4.75", paper=paused)
        hands.fill("Note", "clamp closed", paper=paused)
        hands.record()
        hands.do("medicine")
        hands.choose("From the order", "Ondansetron 4 mg IV")
        hands.fill("Given over, minutes", "2", paper="ondansetron 4 mg IV over 2 min, for nausea")
        hands.fill("Lot", "ON8812", paper="lot ON8812")
        hands.look("medicine")
        hands.record()

    def paused(self) -> None:
        """The medicine works, the prescriber is called, and the pump runs again."""
        hands = self._hands
        self._wait(10)
        hands.do("response")
        hands.fill("What changed", "nausea 5 to 2, no vomiting")
        hands.record()
        hands.do("call")
        hands.choose("Who", "Dr A. Okafor")
        hands.choose("Reached", "Yes")
        hands.fill("What it was about", "nausea, paused")
        hands.fill("What was said or ordered", "go on no faster than 16 mL/h")
        hands.choose("An order was read back", "Yes")
        hands.record()
        hands.look("paused")
        hands.do("pause")
        hands.fill("Rate on the pump, mL/h", "16", paper="resumed: 16 mL/h")
        hands.fill("What allows it", "nausea 2 of 10, prescriber agrees")
        hands.record()

    def stopped(self) -> None:
        """To the end: the site is looked at, nausea is gone, the bag is empty."""
        hands = self._hands
        self._wait(12)
        hands.do("access")
        hands.choose("What was done", "Site looked at")
        hands.choose("Grade of the site", "0")
        hands.choose("Flushes or runs freely", "Yes")
        hands.fill("What was seen", "dry, no swelling")
        hands.record()
        hands.do("effect")
        hands.write("naus", paper="Nausea: gone")
        hands.press("Return")
        hands.choose("Grade", "Gone")
        hands.record()
        hands.do("note")
        hands.write("Listens to rain, smiles.")
        hands.record()
        self._wait(34)
        hands.look("alert")
        hands.do("answer")
        hands.fill("What else was done, or why nothing", "stays with the pump to its end")
        hands.record()
        hands.do("stop")
        hands.choose("Why", "Complete")
        hands.fill(
            "Volume infused as the pump shows it, mL",
            "17.1",
            paper="34.04 mg by rates; pump 17.1 mL",
        )
        hands.look("stop")
        hands.record()

    # ------------------------------------------------ until the nurse leaves

    def observed(self) -> None:
        """An hour of observation, the drug counted, the criteria judged."""
        hands = self._hands
        hands.do("phase-4")
        hands.minutes(29)  # the first set is not done, which is explained before signing
        self._wait(17, oriented="× 4")
        hands.do("waste")
        hands.choose("What became of it", "Sealed, goes back")
        hands.fill("Amount, mg", "165.8", paper="165.8 mg ketamine from V1")
        hands.choose("From which vial or bag", "Vial V1")
        hands.fill("Number of the sealed bag", "SB-20940", paper="seal SB-20940")
        hands.look("drug-count")
        hands.record()
        self._wait(15, oriented="× 4")
        for criterion, seen in (
            ("Walks 10 steps, turns, steady", "10 steps, turned, steady"),
            ("No confusion", "knows day and place"),
            ("No new thoughts of self-harm", "asked, none"),
            ("Drinks and keeps it down", "60 mL of water"),
            ("Sharps and waste taken along", "box closed, in the bag"),
            ("Kit and pump packed", "counted"),
            ("Home left safe", "lamp back, path clear"),
        ):
            hands.to(f"Record: {criterion}")
            hands.press("Return")
            hands.choose("It holds", "Yes")
            hands.fill("What was seen", seen)
            hands.record()
        hands.do("score")
        for item in ("Activity", "Breathing", "Circulation", "Consciousness", "Oxygen"):
            hands.choose(item, "2")
        hands.record()
        hands.look("observation")
        hands.do("access")
        hands.choose("What was done", "Cannula taken out")
        hands.choose("Catheter came out whole", "Yes")
        hands.choose("Site dry and dressed", "Yes")
        hands.fill("What was seen", "no haematoma")
        hands.record()

    def instructed(self) -> None:
        """Each instruction said back, the sheet left, the calls planned."""
        hands = self._hands
        hands.minutes()
        hands.do("phase-5")
        hands.press(*["Return"] * 8)
        hands.press("2", "3")  # the patient was helped with the last
        hands.do("handout", "calls")
        hands.look("instructions")

    def inked(self) -> None:
        """Patient and adult sign with the pen."""
        hands = self._hands
        hands.minutes()
        for pad in ("Signature of the patient", "Signature of the responsible adult"):
            hands.ink(pad)
            hands.do("ink-done")
        hands.look("signatures")

    def not_inked(self) -> None:
        """Neither signs, and why: the way of who has no pen."""
        hands = self._hands
        hands.minutes()
        for why, words in (
            ("Hand hurt or shaking", "wrist in a splint, agrees aloud"),
            ("Does not want to", "will sign at the clinic"),
        ):
            hands.do("no_ink")
            hands.choose("Reason", why)
            hands.fill("In their own words", words)
            hands.record()
        hands.look("signatures")

    def released(self) -> None:
        """The goodbye."""
        hands = self._hands
        hands.do("phase-4", "release")
        hands.choose("The responsible adult", "Marco Ruiz, husband")
        hands.choose("On what ground", "All criteria met")
        hands.look("release")
        hands.record()

    # ------------------------------------------------ signing

    def signed(self) -> None:
        """What still stands against it is explained, and the passphrase signs."""
        hands = self._hands
        hands.minutes(2)
        hands.do("phase-6")
        hands.look("sign-open")
        hands.do("explain")
        hands.write("Asleep, breathing calmly, not woken")
        hands.record()
        hands.to("Your passphrase, again")
        hands.secret(PASSPHRASE)
        hands.look("sign-ready")
        hands.do("primary")
        hands.rest()
        if hands.desk.visit.signed is None:
            raise Stuck(f"It is not signed: {hands.why()}")
        hands.look("signed")


def save(hands: Driver, report: Path, trust: Path) -> None:
    """Saves the signed report and the clinic's root certificate, as the nurse does.

    Raises:
        Stuck: one of them is not there.
    """
    for act, file in (("save-report", report), ("trust-file", trust)):
        hands.answer(act, str(file))
        if not file.is_file():
            raise Stuck(f"{file} is not there: {hands.why()}")
    hands.look("saved")


def phases(hands: Driver, *, ink: Literal["pen", "none"]) -> tuple[Phase, ...]:
    """The whole visit, part after part; with ``none`` nobody signs, and why is typed."""
    course = Course(hands)
    return (
        ("first start", lambda: first_start(hands)),
        ("unlock", lambda: unlock(hands)),
        ("new visit", lambda: new_visit(hands)),
        ("who, weight, intake", lambda: arrival(hands)),
        ("screening", lambda: screening(hands)),
        ("IV, vial, bag", lambda: order(hands)),
        ("pump check and start", lambda: pump(hands)),
        ("infusion", course.running),
        ("pause", course.paused),
        ("to the stop", course.stopped),
        ("observation", course.observed),
        ("instructions", course.instructed),
        ("signatures", course.inked if ink == "pen" else course.not_inked),
        ("release", course.released),
        ("sign and lock", course.signed),
    )
