"""The gallery's cards of things that are pressed and typed into; all content is made up."""

from datetime import UTC, datetime, timedelta
from typing import Final

from ui.gallery_parts import card, side_by_side
from ui.widgets.boxes import Rule
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading
from ui.widgets.choices import Choice, Choices, Shape
from ui.widgets.due_badge import DueBadge
from ui.widgets.field import Judgement, Standing
from ui.widgets.key_hints import KeyHints
from ui.widgets.number_field import NumberField
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.text_field import NoteField, TextField
from ui.widgets.time_field import TimeField

NOW: Final = datetime(2026, 11, 22, 15, 28, tzinfo=UTC)


def buttons() -> Card:
    """Every kind of button, at rest, chosen and closed."""
    chosen = Button("Chosen", sign="check")
    chosen.setCheckable(True)
    chosen.setChecked(True)
    closed = Button("Closed", sign="gauge")
    closed.setEnabled(False)
    primary = PrimaryButton("Record vitals at 15:28")
    keyed = PrimaryButton("Record call to Dr Chen", sign="phone", key="Ctrl+Enter")
    shut = PrimaryButton("Sign and lock", key="Ctrl+Enter")
    shut.close_because("3 points to settle first")
    heading = Heading("Entries", aside="26 today, 1 late")
    heading.set_right(Button("Add note", sign="plus", kind=Kind.QUIET))
    return card(
        "Buttons",
        side_by_side(
            Button("Change rate", sign="gauge"), Button("Pause", sign="pause", kind=Kind.DANGER)
        ),
        side_by_side(chosen, closed),
        Button("Emergency steps", sign="siren", key="F8", kind=Kind.DANGER),
        primary,
        keyed,
        shut,
        Rule(),
        heading,
        KeyHints((("1", "clear"), ("2", "ask"), ("3", "stop"), ("↓", "next"), ("N", "note"))),
    )


def vitals() -> Card:
    """Number fields in every standing, as they stand in the action column."""
    due = DueBadge("Vitals", what="vitals")
    due.show_left(timedelta(minutes=6, seconds=12), of=timedelta(minutes=15))
    systolic = _number("Systolic, mmHg", "Systolic", unit="mmHg", text="138", hint="was 141")
    diastolic = _number("Diastolic, mmHg", "Diastolic", unit="mmHg", text="84", hint="was 86")
    pulse = _number("Heart rate, per minute", "Heart rate", unit="/min", text="131", hint="was 86")
    pulse.set_judgement(Judgement(Standing.WARN, "Over 120: recorded as typed.", "over 120"))
    spo2 = _number("SpO₂, percent", "SpO₂", unit="%", text="970", hint="was 97")
    spo2.set_judgement(Judgement(Standing.BAD, "970 % cannot be. Type it again.", "not over 100"))
    breaths = _number("Breaths, per minute", "Breaths", unit="/min", hint="was 14")
    pain = _number("Pain, 0 to 10", "Pain", unit="0–10", text="3", hint="was 3")
    pain.set_judgement(Judgement(Standing.OK, "As expected.", "as before"))
    rass = Choices(
        "Sedation (RASS)", tuple(Choice(n, n) for n in ("+2", "+1", "0", "−1", "−2", "−3"))
    )
    rass.set_label("Sedation (RASS)", hint="Drowsy")
    rass.choose("−1")
    effects = Choices(
        "Side effects now",
        tuple(Choice(n, n) for n in ("Dissociation: mild", "Nausea", "Dizziness", "Other...")),
        columns=2,
        several=True,
    )
    effects.set_label("Side effects now")
    effects.choose("Dissociation: mild")
    return card(
        "Vitals",
        due,
        side_by_side(systolic, diastolic),
        side_by_side(pulse, spo2),
        side_by_side(breaths, pain),
        rass,
        effects,
        TextField("Note", placeholder="Note (optional)"),
        PrimaryButton("Record vitals at 15:28", key="Enter"),
    )


def fields() -> Card:
    """Fields that say their sentence beneath, a time, words, a note, a passphrase."""
    rate = NumberField("Rate on the pump, mL/h", label="Rate on the pump", parse=str, unit="mL/h")
    rate.keep_lines(1)
    rate.set_text("41.7")
    rate.set_judgement(
        Judgement(Standing.BAD, "The order gives 4.17 mL/h. The decimal point moved one place.")
    )
    volume = NumberField("Volume given, mL", label="Volume given", parse=str, unit="mL")
    volume.set_hint("read it from the pump")
    volume.keep_lines(1)
    volume.set_text("12.5")
    volume.set_judgement(Judgement(Standing.WARN, "0.4 mL more than the rates give."))
    when = TimeField("Happened at", label="Happened at", parse=_half_past_three, now=lambda: NOW)
    when.set_text("1523")
    phrase = TextField("Passphrase", label="Passphrase for J. Alvarez")
    phrase.set_hint("4 or more words")
    phrase.hide_letters()
    phrase.set_text("tidal amber kettle moss")
    note = NoteField("Reason", label="Why", lines=2)
    note.set_text("Digits swapped; oximeter showed 84.\nRead again with the nurse's own clip.")
    closed = TextField("Closed field", label="First entry", placeholder="")
    closed.set_text("48")
    closed.setEnabled(False)
    return card("Fields", rate, volume, when, phrase, note, closed)


def _half_past_three(text: str) -> object:
    return NOW - timedelta(minutes=5) if text else ""


def _number(name: str, label: str, *, unit: str, text: str = "", hint: str = "") -> NumberField:
    made = NumberField(name, label=label, parse=str, unit=unit)
    made.set_hint(hint)
    made.set_text(text)
    made.say_beside()
    return made


def choices() -> Card:
    """One of a few with small lines and keys, and some of many as pills."""
    vial = Choices(
        "Vial in hand",
        (
            Choice("10", "10 mg/mL", "200 mg in 20 mL", "1"),
            Choice("50", "50 mg/mL", "500 mg in 10 mL", "2"),
            Choice("100", "100 mg/mL", "500 mg in 5 mL", "3"),
        ),
        columns=3,
    )
    vial.set_label("Which vial is in your hand?", hint="lot 4K117, 08 / 2027")
    vial.choose("10")
    vial.close_choice("100", why="not in this kit")
    why = Choices(
        "Why it was paused",
        tuple(
            Choice(n, n)
            for n in ("BP > 160", "Pulse", "SpO₂", "Drowsy", "Distress", "Nausea", "IV site")
        ),
        columns=3,
        several=True,
        shape=Shape.PILL,
    )
    why.set_label("Why", hint="one or more")
    why.choose("Distress", "Nausea")
    return card("Choices", vial, why)
