"""A made-up visit from the first start to the running pump, as keys that are pressed."""

from datetime import datetime, timedelta, timezone
from typing import Final

from ketachart.commands.player import PASSPHRASE
from ketachart.domain.wording import day
from ui.demo_door import door
from ui.demo_driver import Driver

ZONE: Final = "America/Phoenix"
OFFSET: Final = timezone(timedelta(hours=-7))  # Phoenix has no summer time

# What is answered otherwise than “clear”, or noted beside it.
NOTES: Final = {
    "New illness, hospital stay or operation": ("1", "none since May"),
    "Resting signs today, after 5 min of rest": ("", ""),
    "Opioid, benzodiazepine, gabapentinoid or sleeping pill today": (
        "2",
        "gabapentin 300 mg last night",
    ),
    "Consent signed and dated for this series": ("date", "16 Nov 2026"),
    "Emergency department within 20 min": ("1", "14 min by car"),
    "Second trained person is here": ("1", "alone, Dr Okafor knows"),
}


def begins(now: datetime) -> datetime:
    """Yesterday at one in Phoenix: the visit ends on its own day, and that lies in the past."""
    day_before = now.astimezone(OFFSET) - timedelta(days=1)
    return day_before.replace(hour=13, minute=0, second=0, microsecond=0)


def first_start(hands: Driver) -> None:
    """Clinic, nurse and passphrase; then the window is locked and the passphrase typed again."""
    hands.expect("first-start")
    hands.choose("Start or join a clinic", "Start a new clinic")
    hands.press("Return")
    for text, paper in (
        ("Desert Bloom Infusion", "Desert Bloom Infusion; 40 N Central Ave, Phoenix"),
        ("602 555 0119", "phone 602 555 0119"),
        ("az", "rules of AZ"),
        ("40 N Central Ave, Phoenix", "Desert Bloom Infusion; 40 N Central Ave, Phoenix"),
    ):
        hands.write(text, paper=paper)
        hands.press("Return")
    hands.write(ZONE, paper=f"time zone {ZONE}")  # it stands selected, as the laptop has it
    hands.look("clinic")
    hands.press("Return")
    hands.choose("What you do here", "Supervisor")
    hands.press("Return")
    ends = day(hands.desk.now().date() + timedelta(days=500))
    for text, paper in (
        ("Julia Alvarez", "Julia Alvarez, RN"),
        ("RN", "Julia Alvarez, RN"),
        ("184220", f"licence AZ 184220, until {ends}"),
        ("AZ", f"licence AZ 184220, until {ends}"),
        (ends, f"licence AZ 184220, until {ends}"),
        ("ja", "staff number ja"),
        ("602 555 0171", "phone 602 555 0171"),
    ):
        hands.write(text, paper=paper)
        hands.press("Return")
    for _ in range(2):
        hands.secret(PASSPHRASE)
        hands.press("Return")
    hands.rest()
    hands.look("ready")
    hands.press("Return")
    hands.expect("day")


def unlock(hands: Driver) -> None:
    """Locked, and opened again with the passphrase."""
    hands.do("lock")
    hands.expect("unlock")
    hands.look("unlock")
    hands.secret(PASSPHRASE)
    hands.press("Return")
    hands.expect("day")
    hands.look("day")


def new_visit(hands: Driver) -> None:
    """Patient, allergies and the order."""
    hands.minutes()
    hands.do("new-visit")
    hands.expect("new-visit")
    _patient(hands)
    _order(hands)
    hands.look("new-visit")
    hands.do("primary")
    hands.expect("visit")


def _patient(hands: Driver) -> None:
    hands.write("004182", paper="MRN 004182")
    hands.fill("Birth date", "14 Mar 1986", paper="born 14 Mar 1986")
    hands.fill("First and middle names", "Renée A.", paper="Castillo-Ruiz, Renée A.")
    hands.fill("Family name", "Castillo-Ruiz", paper="Castillo-Ruiz, Renée A.")
    hands.choose("Sex as recorded", "F")
    hands.fill("Phone of the patient", "602 555 0144", paper="phone 602 555 0144")
    hands.fill("Address of the visit", "2148 East Palm Lane, apartment 6, Phoenix 85006")
    hands.fill("Access", "Gate 4417, no bell", paper="way in: Gate 4417, no bell")
    first, second = "penicillin (anaphylaxis)", "morphine (itching)"
    hands.fill("Allergy 1, substance", "penicillin", paper=first)
    hands.fill("Allergy 1, reaction", "anaphylaxis", paper=first)
    hands.do("add-allergy")
    hands.write("morphine", paper=second)
    hands.fill("Allergy 2, reaction", "itching", paper=second)
    hands.choose("Allergies, asked today", "These, asked today")


def _order(hands: Driver) -> None:
    today = hands.desk.now().date()
    hands.choose("Goal of the infusion", "Acute migraine")
    hands.fill("Dose, mg/kg", "0.5", paper="0.5 mg/kg IV over 60 min")
    hands.fill("Over, min", "60", paper="0.5 mg/kg IV over 60 min")
    hands.fill("Never more than, mg", "35", paper="Never more than 35 mg")
    hands.fill("Strength of the bag, mg/mL", "2", paper="Bag 2 mg/mL, 0.9 % saline")
    hands.fill("Start rate, mg/kg/h", "0.5", paper="Start rate 0.5 mg/kg/h")
    hands.fill("Highest rate, mg/kg/h", "0.6", paper="Highest rate 0.6 mg/kg/h")
    hands.do("add-medicine")
    dose = "ondansetron 4 mg IV for nausea, at most 1 dose"
    hands.write("ondansetron", paper=dose)
    hands.fill("One dose", "4", paper=dose)
    hands.fill("If needed 1, unit", "mg", paper=dose)
    hands.fill("If needed 1, route", "IV", paper=dose)
    hands.fill("If needed 1, for", "nausea", paper=dose)
    hands.fill("Doses at most", "1", paper=dose)
    prescriber = "Dr A. Okafor, MD, 602 555 0188"
    hands.fill("Prescriber’s name", "Dr A. Okafor", paper=prescriber)
    hands.fill("Prescriber’s credential", "MD", paper=prescriber)
    hands.fill("Prescriber’s phone", "602 555 0188", paper=prescriber)
    for name, days, told in (
        ("Ordered on", -2, "Ordered on"),
        ("Expires on", 28, "valid until"),
        ("Patient evaluated on", -10, "patient evaluated"),
    ):
        when = day(today + timedelta(days=days))
        hands.fill(name, when, paper=f"{told} {when}")
    hands.fill("Infusion", "3", paper="infusion 3 of 5")
    hands.fill("of, in the series", "5", paper="infusion 3 of 5")
    hands.choose("How the order came", "By telephone")
    hands.choose("Read back and confirmed", "Yes")
    hands.fill("Anything else the order says", "Call at 30 min.", paper="Note Call at 30 min.")


# ---------------------------------------------------------------- screening


def arrival(hands: Driver) -> None:
    """Who it is, who stays, what the patient weighs, when they last ate, the first vitals."""
    door(hands)
    hands.minutes(3)
    hands.do("phase-1")
    _open(hands, "Two identifiers, said by the patient or the adult")
    hands.choose("Identifiers that agree", "Name", "Birth date")
    hands.choose("Said by", "Patient")
    hands.record()
    hands.minutes()
    _open(hands, "Responsible adult named, sober, stays")
    adult = "Marco Ruiz, husband, 602 555 0150"
    hands.write("Marco Ruiz", paper=adult)
    hands.fill("Phone of the adult", "602 555 0150", paper=adult)
    hands.fill("Who they are to the patient", "husband", paper=adult)
    for question in ("18 or older", "Sober, and staying so", "Stays until tomorrow morning"):
        hands.choose(question, "Yes")
    hands.look("adult")
    hands.record()
    hands.minutes()
    _open(hands, "Weight")
    hands.write("150.8", paper="68.4 kg (150.8 lb)")
    hands.choose("Unit of the scale", "lb")
    hands.choose("How it is known", "On a scale")
    hands.record()
    hands.minutes()
    _open(hands, "Hours since food and drink")
    hands.write("6:30", paper="solid food 06:30")
    hands.fill("Last fatty or fried food, or meat", "yesterday 19:00", paper="19:00")
    hands.fill("Last clear liquid", "10:30", paper="clear liquid 10:30")
    hands.record()
    _review(hands)


def _review(hands: Driver) -> None:
    """What the patient takes, what was tried before, the symptoms beside the pain."""
    hands.minutes()
    _open(hands, "Everything the patient takes, asked today")
    hands.fill("Medicine 1, name", "gabapentin")
    hands.fill("Medicine 1, dose", "300 mg at night")
    hands.fill("Medicine 1, last taken", "yesterday 20:00", paper="20:00")
    hands.choose("What the patient said", "This is all")
    hands.look("home-medicines")
    hands.record()
    hands.minutes()
    hands.do("history")
    hands.fill("Headache days, a month", "18", paper="18 headache days a month")
    hands.fill("Worst this week, of 10", "9", paper="worst pain of the week 9 of 10")
    hands.fill("Can live with, of 10", "3", paper="can live with 3 of 10")
    hands.fill("Treatment 1, what", "topiramate")
    hands.choose("Treatment 1, what came of it", "Not tolerated")
    hands.record()
    hands.minutes()
    hands.do("symptoms")
    hands.choose("Sensitive to light", "Moderate")
    hands.choose("Sensitive to sound", "Mild")
    hands.choose("Vomiting now", "No")
    hands.choose("Aura now", "No")
    hands.record()


def _open(hands: Driver, question: str) -> None:
    hands.to(question)
    hands.press("Return")


def screening(hands: Driver) -> None:
    """Every question in its turn; one asks the prescriber, who is called and authorises it."""
    hands.minutes()
    hands.do("phase-1")
    asked: list[str] = []
    while hands.focused() not in asked:
        question = hands.focused()
        asked.append(question)
        _answer(hands, question)
        if len(asked) == 20:
            hands.minutes()
            hands.look("screening")
    _baseline(hands)
    _call(hands)
    hands.look("screening-clear")
    hands.do("primary")  # closes it, and goes on to the order


def _answer(hands: Driver, question: str) -> None:
    from ui.widgets.answer_row import AnswerRow

    key, note = NOTES.get(question, ("1", ""))
    if key == "date":
        hands.press("1")
        hands.write(note)
        hands.press("Return")
        return
    if not isinstance(hands.there(), AnswerRow):
        hands.press("Down")
        return
    if note and key == "1":
        hands.press("N")
        hands.write(note)
        hands.press("Return", key)
    elif note:
        hands.press(key)
        hands.write(note)
        hands.press("Return")
    else:
        hands.press(key)


def _baseline(hands: Driver) -> None:
    hands.minutes(2)
    hands.do("vitals")
    first = ("124/76", "78", "98", "14", "8", "3", "0", "0")
    vitals(hands, first, note="after 5 min of rest")


def vitals(hands: Driver, figures: tuple[str, ...], *, oriented: str = "", note: str = "") -> None:
    """Types a set where the vitals form has the focus, and records it.

    ``figures`` are pressure, pulse, SpO₂, breaths, pain, nausea, dissociation and RASS.
    """
    *typed, rass = figures
    pressure, pulse, oxygen, breaths, pain, nausea, dissociation = typed
    row = f"{pressure} {pulse} {oxygen} {breaths} {rass} {pain} {dissociation} {nausea}"
    for text in typed:
        hands.write(text, paper=row)
        hands.press("Return")
    hands.choose("Sedation, RASS", rass)
    if oriented:
        hands.choose("Oriented: name, place, day, why", oriented)
    if note:
        hands.fill("Note", note)
    hands.record()


def _call(hands: Driver) -> None:
    """The prescriber authorises what asked for a call."""
    hands.minutes()
    hands.do("primary")
    hands.choose("Who was called", "Dr A. Okafor")
    hands.choose("Read back and confirmed", "Yes")
    hands.fill("Why it is acceptable", "18 h ago, awake and oriented")
    hands.fill("Under what condition", "SpO2 without a break")
    hands.look("call")
    hands.record()
