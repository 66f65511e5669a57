"""The gallery's frame and its cards of things that tell; all content is made up."""

from datetime import timedelta

from PySide6.QtWidgets import QWidget

from ui import tokens
from ui.theme import Look
from ui.tokens import Tone
from ui.widgets.boxes import Column, Row, Rule
from ui.widgets.card import Card, Heading, Section
from ui.widgets.due_badge import DueBadge
from ui.widgets.key_value import FactColumns, KeyValue, KeyValues
from ui.widgets.patient_strip import PatientStrip, StripFacts
from ui.widgets.status_bar import StatusBar, StatusFact
from ui.widgets.stepper import Step, Stepper, StepState
from ui.widgets.tile import Tile
from ui.widgets.verdict_box import VerdictBox


class Tall(Column):
    """Gives something that scrolls a height worth looking at."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.add(inside)

    def dress(self, look: Look) -> None:
        """As high as the action column is wide."""
        super().dress(look)
        self.setMinimumHeight(look.px(tokens.ACTION_WIDTH))


def card(title: str, *parts: QWidget, aside: str = "") -> Card:
    """A card with a heading and parts one below the other."""
    made = Card(title)
    made.add(Heading(title, aside=aside))
    for part in parts:
        made.add(part)
    return made


def side_by_side(*parts: QWidget) -> Row:
    """Parts of one width beside each other."""
    row = Row(gap=tokens.S3)
    for part in parts:
        row.add(part, stretch=1)
    return row


def strip() -> PatientStrip:
    """The strip of a patient with two allergies."""
    made = PatientStrip()
    made.show_patient(
        StripFacts(
            name="Elena M. Rivera",
            identity="Born 14 Mar 1986 (40 y)   F   MRN 004182",
            allergies=("Allergy: penicillin (anaphylaxis)", "Allergy: morphine (itching)"),
            allergic=True,
            weight="68.4 kg",
            order="Ketamine 34.2 mg over 2 h (0.5 mg/kg)",
            ordered="Order, Dr A. Okafor, 20 Nov",
        )
    )
    made.set_clock("15:28")
    return made


def practice_strip() -> PatientStrip:
    """The strip of a practice visit: no allergy, a long name, the mark."""
    made = PatientStrip("Practice patient")
    made.show_patient(
        StripFacts(
            name="Maria Guadalupe Fernández de la Torre-Villanueva",
            identity="Born 2 Feb 1950 (76 y)   F   MRN 900001",
            allergies=("No known allergy, asked today",),
            allergic=False,
            weight="102.6 kg",
            order="Ketamine 25.02 mg over 3 h (0.3 mg/kg)",
            ordered="Order, Dr L. Chen, 19 Nov",
        )
    )
    made.set_mark("PRACTICE")
    made.set_clock("15:28")
    return made


def status() -> StatusBar:
    """The last line of the window."""
    made = StatusBar()
    made.show_facts(
        (
            StatusFact("shield-check", "Saved 15:27:52, encrypted", "ok"),
            StatusFact("hard-drive", "Stays on this laptop"),
            StatusFact("bell-off", "Silent alerts"),
            StatusFact("battery-low", "9 %, 25 min", "warn"),
        )
    )
    made.show_nurse("J. Alvarez, RN")
    made.show_keys(
        (("F2", "vitals"), ("F6", "rate"), ("F7", "pause"), ("F8", "emergency"), ("F1", "all keys"))
    )
    return made


def countdowns() -> Card:
    """The due badge in its four states."""
    nothing = DueBadge("Nothing due", what="vitals")
    nothing.show_nothing("No vitals due after release")
    ok = DueBadge("Vitals in good time", what="vitals")
    ok.show_left(timedelta(minutes=14, seconds=2), of=timedelta(minutes=15))
    soon = DueBadge("Vitals soon", what="vitals")
    soon.show_left(timedelta(seconds=105), of=timedelta(minutes=15))
    overdue = DueBadge("Vitals overdue", what="vitals")
    overdue.show_left(timedelta(seconds=-95), of=timedelta(minutes=15))
    return card("Due", nothing, ok, soon, overdue)


def verdicts() -> Card:
    """Stop, ask, clear and waiting."""
    said: tuple[tuple[Tone, str, str], ...] = (
        (
            "danger",
            "Do not start",
            "1 stop. Order and dose stays closed until the prescriber clears it.",
        ),
        ("warn", "Ask Dr Chen", "146/90 after rest is over 140/90. Record the call to go on."),
        ("ok", "Clear to go on", "57 of 57 answered. 1 ask, authorised."),
        ("muted", "24 items open", "Medical review, consent and kit."),
    )
    boxes = []
    for tone, word, sentence in said:
        box = VerdictBox(f"Verdict {tone}")
        box.show_verdict(tone, word, sentence=sentence)
        boxes.append(box)
    return card("Verdicts", *boxes)


def phases() -> Card:
    """The stepper, in words and as a rail."""
    steps = (
        Step("screening", "Screening", "Done 13:54", StepState.DONE),
        Step("order", "Order & dose", "Done 14:04", StepState.DONE),
        Step("infusion", "Infusion", "1 h 24 of 2 h", StepState.NOW),
        Step("observation", "Observation", "60 min after end", StepState.LATER),
        Step("instructions", "Instructions", "English, Spanish", StepState.LATER),
        Step("sign", "Sign", "Locked: infusion runs", StepState.LOCKED),
    )
    words, rail = Stepper("Phases"), Stepper("Phases, narrow")
    rail.show_rail()
    words.show_steps(steps)
    rail.show_steps(steps)
    both = Row(gap=tokens.S4)
    both.add(words)
    both.add(rail)
    both.add_room()
    return card("Phases", both)


def facts() -> Card:
    """Tiles and the two lists of facts."""
    rate, given, paused = Tile("Rate"), Tile("Given"), Tile("Infusing")
    rate.show_value("17.1", unit="mg/h", sub="0.25 mg/kg/h   8.6 mL/h", tone="accent_text")
    given.show_value("21.6", unit="of 34.2 mg", sub="12.6 mg left")
    paused.show_value("Paused", unit="0 mg/h", sub="15:28:04, was 17.1 mg/h", tone="danger")
    inset = Card("Limits in this order", gap=tokens.S1)
    inset.as_inset()
    inset.add(Section("Limits in this order"))
    inset.add(
        KeyValues(
            "Limits",
            (
                KeyValue("Systolic over 160", "pause", "danger"),
                KeyValue("Total over 34.2 mg", "blocked", "danger"),
                KeyValue("Battery", "4 h, day needs 6", "warn"),
                KeyValue("Line primed with saline", "1.2 mL", "ok", sign="check"),
            ),
        )
    )
    call = FactColumns(
        "Call",
        (
            KeyValue("Who", "Dr L. Chen, by phone"),
            KeyValue("When", "18:07, read back yes"),
            KeyValue("Condition", "Pause at 160, BP every 5 min, call again after an hour"),
        ),
    )
    return card("Facts", side_by_side(rate, given), Rule(), paused, inset, call)
