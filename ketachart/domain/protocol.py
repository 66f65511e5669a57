"""The clinic's protocol: every limit, interval, question and sentence, each with its source.

Nothing clinical is written in code. The shipped defaults stand in ``resources/*.toml`` with the
section of the clinical content that each comes from; a visit carries the protocol it was made
under, whole, in its own record.
"""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal

from ketachart.domain.quantities import (
    Mg,
    MgPerKg,
    MgPerKgPerHour,
    MgPerMl,
    Minutes,
    Ml,
    MlPerHour,
)
from ketachart.domain.shape import Says

Level = Literal["ask-before", "no-start", "pause", "emergency"]
SignCode = Literal[
    "systolic", "diastolic", "heart_rate", "respiratory_rate", "spo2", "etco2", "temperature_c",
    "pain", "nausea", "dissociation", "rass",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyValue:
    """One number of the clinic's policy, with its unit and where it comes from."""

    code: Annotated[str, Says("Stable name.", "observe.default")]
    value: Annotated[Decimal, Says("The number.")]
    unit: Annotated[str, Says("Its unit.", "min")]
    text: Annotated[str, Says("What it governs, in words.")]
    source: Annotated[str, Says("Section of the clinical content, or the clinic's document.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One vital sign or score: its name, unit, and what can be believed."""

    code: Annotated[SignCode, Says("Field name in a set of vitals.")]
    label: Annotated[str, Says("Name on screen and paper.")]
    short: Annotated[str, Says("Abbreviation on screen and paper.")]
    unit: Annotated[str, Says("Unit, empty for a score.")]
    possible_low: Annotated[Decimal, Says("Below this it is not a reading at all.")]
    possible_high: Annotated[Decimal, Says("Above this it is not a reading at all.")]
    believable_low: Annotated[Decimal, Says("Below this the nurse confirms it.")]
    believable_high: Annotated[Decimal, Says("Above this the nurse confirms it.")]
    decimals: Annotated[int, Says("Decimals that are charted.")] = 0
    source: Annotated[str, Says("Where the range comes from.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """Where a sign asks for an act. Limits never stop a value from being charted."""

    sign: Annotated[SignCode, Says("Which sign.")]
    when: Annotated[
        Literal["before", "during"], Says("Before the start, or from the start to the goodbye.")
    ]
    level: Annotated[Level, Says("What it asks for.")]
    above: Annotated[Decimal | None, Says("Stands when the value is more than this.")] = None
    at_least: Annotated[Decimal | None, Says("Stands when the value is this or more.")] = None
    below: Annotated[Decimal | None, Says("Stands when the value is less than this.")] = None
    at_most: Annotated[Decimal | None, Says("Stands when the value is this or less.")] = None
    above_baseline_percent: Annotated[
        Decimal | None, Says("Stands when the value is more than this over the baseline, %.")
    ] = None
    not_in: Annotated[tuple[Decimal, ...], Says("Stands when the value is none of these.")] = ()
    readings: Annotated[int, Says("How many readings in a row it takes.")] = 1
    apart_min: Annotated[int, Says("Least minutes between the first and last of them.")] = 0
    source: Annotated[str, Says("Where the limit comes from.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What an infusion is for, and the ranges that the clinic accepts for it."""

    code: Annotated[str, Says("As in the order.")]
    label: Annotated[str, Says("Name on screen and paper.")]
    source: Annotated[str, Says("Where the ranges come from.")]
    dose_from: Annotated[MgPerKg | None, Says("Lowest usual dose, mg/kg.")] = None
    dose_to: Annotated[MgPerKg | None, Says("Highest usual dose, mg/kg.")] = None
    duration_from: Annotated[Minutes | None, Says("Shortest usual duration, min.")] = None
    duration_to: Annotated[Minutes | None, Says("Longest usual duration, min.")] = None
    note: Annotated[str, Says("What the nurse should know of the evidence.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vial:
    """A vial as it is sold; the strength in hand is always chosen, never assumed."""

    strength_mg_per_ml: Annotated[MgPerMl, Says("Strength, mg of base per mL.")]
    volume_ml: Annotated[Ml, Says("Volume, mL.")]
    undiluted_never: Annotated[bool, Says("Never given IV undiluted.")] = False
    source: Annotated[str, Says("Where this comes from.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """How often which signs are due in one part of the visit."""

    phase: Annotated[Literal["infusion", "pause", "observation"], Says("Part of the visit.")]
    from_min: Annotated[int, Says("From this minute of the phase.")]
    to_min: Annotated[int | None, Says("To this minute, inclusive; None: to its end.")] = None
    every_min: Annotated[int, Says("Interval, minutes.")]
    needs: Annotated[tuple[SignCode, ...], Says("What a set holds to count as done.")]
    source: Annotated[str, Says("Where the interval comes from.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraRound:
    """Sets that become due because of something that was done."""

    after: Annotated[
        Literal["start", "rate-increase", "bolus", "sedative", "antihypertensive"],
        Says("What makes them due."),
    ]
    at_min: Annotated[tuple[int, ...], Says("Minutes after it.")]
    needs: Annotated[tuple[SignCode, ...], Says("What a set holds to count as done.")]
    source: Annotated[str, Says("Where this comes from.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningItem:
    """One question before the start, answered clear, ask or stop."""

    code: Annotated[str, Says("Stable name.")]
    section: Annotated[str, Says("Section it stands in.")]
    heading: Annotated[str, Says("Small heading inside the section.")] = ""
    question: Annotated[str, Says("The question, on one line.")]
    hint: Annotated[str, Says("What an answer rests on.")] = ""
    computed: Annotated[
        Literal["", "resting-signs", "fasting", "age", "licence", "order", "weight", "adult"],
        Says("Answered by the chart itself from what was recorded."),
    ] = ""
    stop_can_be_authorised: Annotated[
        bool, Says("A prescriber may authorise going on in spite of a stop.")
    ] = False
    only_if: Annotated[
        Literal["", "could-be-pregnant", "series"], Says("When the question applies.")
    ] = ""
    source: Annotated[str, Says("Where it comes from.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One thing that must hold before the nurse leaves."""

    code: Annotated[str, Says("Stable name.")]
    sentence: Annotated[str, Says("The criterion in words.")]
    computed: Annotated[bool, Says("Worked out from the chart; else the nurse records it.")]
    level: Annotated[
        Literal["stop", "reason"],
        Says("stop: no release while unmet, but against advice; reason: release with a reason."),
    ]
    source: Annotated[str, Says("Where it comes from.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction:
    """One instruction for the patient, with the rule that gives its time of day."""

    code: Annotated[str, Says("Stable name.")]
    sentence: Annotated[str, Says("What the patient is told.")]
    question: Annotated[str, Says("What the nurse asks, to hear it said back.")]
    rule: Annotated[
        Literal["hours", "hours-and-sleep", "tonight", "from-release", "days", "calls", "any-time"],
        Says("How its time is worked out."),
    ]
    hours: Annotated[tuple[int, ...], Says("Hours after the last ketamine.")] = ()
    may: Annotated[bool, Says("Something that may happen, rather than a rule to keep.")] = False
    source: Annotated[str, Says("Where it comes from.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One word of a list that is picked from."""

    list: Annotated[str, Says("The list it stands in.", "pause-reason")]
    code: Annotated[str, Says("Stable name.")]
    label: Annotated[str, Says("As it is shown.")]
    source: Annotated[str, Says("Where it comes from.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Medicine:
    """A medicine that this service may carry; a reference, never a proposed dose."""

    name: Annotated[str, Says("Generic name, lower case.")]
    unit: Annotated[str, Says("Usual unit.")]
    routes: Annotated[tuple[str, ...], Says("Usual routes.")]
    classes: Annotated[
        tuple[
            Literal[
                "sedative", "antihypertensive", "antiemetic", "reversal", "analgesic", "adjunct",
                "rescue", "opioid",
            ],
            ...,
        ],
        Says("What it counts as."),
    ]  # fmt: skip
    caution: Annotated[str, Says("What to keep in mind.")] = ""
    source: Annotated[str, Says("Where it comes from.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleStep:
    """One step of a scale, in our own words."""

    scale: Annotated[str, Says("Which scale.", "rass")]
    value: Annotated[int, Says("The number.")]
    label: Annotated[str, Says("What it means.")]


@dataclass(frozen=True, kw_only=True)
class Protocol:
    """One edition of the clinic's protocol."""

    id: Annotated[str, Says("Name of the protocol.")]
    version: Annotated[str, Says("Its edition.")]
    title: Annotated[str, Says("As it is printed.")]
    values: Annotated[tuple[PolicyValue, ...], Says("Numbers of the policy.")]
    signs: Annotated[tuple[Sign, ...], Says("Vital signs and scores.")]
    limits: Annotated[tuple[Limit, ...], Says("Limits of the signs.")]
    goals: Annotated[tuple[Goal, ...], Says("Goals and their ranges.")]
    vials: Annotated[tuple[Vial, ...], Says("Vials in use.")]
    rounds: Annotated[tuple[Round, ...], Says("Regular sets.")]
    extra_rounds: Annotated[tuple[ExtraRound, ...], Says("Extra sets.")]
    screening: Annotated[tuple[ScreeningItem, ...], Says("Questions before the start.")]
    criteria: Annotated[tuple[Criterion, ...], Says("What must hold before leaving.")]
    instructions: Annotated[tuple[Instruction, ...], Says("What the patient is told.")]
    choices: Annotated[tuple[Choice, ...], Says("Lists to pick from.")]
    medicines: Annotated[tuple[Medicine, ...], Says("Medicines of the service.")]
    scales: Annotated[tuple[ScaleStep, ...], Says("Steps of the scales.")]

    @property
    def edition(self) -> str:
        """How the protocol is cited beside a limit: “KetaChart default 1”."""
        return f"{self.title} {self.version}"

    @cached_property
    def _values(self) -> dict[str, PolicyValue]:
        return {value.code: value for value in self.values}

    @cached_property
    def _signs(self) -> dict[str, Sign]:
        return {sign.code: sign for sign in self.signs}

    def policy(self, code: str) -> PolicyValue:
        """One value of the policy with its unit and source.

        Raises:
            KeyError: this protocol does not say; the shipped one says everything (a test).
        """
        return self._values[code]

    def number(self, code: str) -> Decimal:
        """The bare number of one policy value, in the unit the table gives."""
        return self._values[code].value

    def minutes(self, code: str) -> timedelta:
        """A policy value in minutes or hours, as a length of time."""
        value = self._values[code]
        per = {"min": 60, "h": 3600, "days": 86400, "s": 1}[value.unit]
        return timedelta(seconds=int(value.value * per))

    def sign(self, code: str) -> Sign:
        """One vital sign's name, unit and range."""
        return self._signs[code]

    def goal(self, code: str) -> Goal | None:
        """The ranges for one goal, or None where the protocol has no such goal."""
        return next((goal for goal in self.goals if goal.code == code), None)

    def item(self, code: str) -> ScreeningItem | None:
        """One screening question by its code."""
        return next((item for item in self.screening if item.code == code), None)

    def listed(self, name: str) -> tuple[Choice, ...]:
        """The choices of one list, in their order."""
        return tuple(choice for choice in self.choices if choice.list == name)

    def label(self, name: str, code: str) -> str:
        """A choice's word; the bare code where this protocol does not have it."""
        found = (c.label for c in self.choices if c.list == name and c.code == code)
        return next(found, code)

    def medicine(self, name: str) -> Medicine | None:
        """A medicine by its generic name."""
        wanted = name.strip().lower()
        return next((m for m in self.medicines if m.name == wanted), None)

    def step(self, scale: str, value: int) -> str:
        """What one step of a scale means; empty where the scale does not say."""
        found = (s.label for s in self.scales if s.scale == scale and s.value == value)
        return next(found, "")

    @property
    def pump_step(self) -> MlPerHour:
        """The smallest change that the pump can be set to."""
        return MlPerHour(self.number("pump.step"))

    @property
    def syringe_step(self) -> Ml:
        """The smallest mark on the syringe that draws from the vial."""
        return Ml(self.number("syringe.step"))

    @property
    def usual_strength(self) -> MgPerMl:
        """The strength to make up to, where the order names none."""
        return MgPerMl(self.number("bag.strength"))

    @property
    def dose_absolute(self) -> MgPerKg:
        """A dose from which on it is an anaesthetic (clinical.md B1.4)."""
        return MgPerKg(self.number("dose.absolute"))

    @property
    def rate_warn(self) -> MgPerKgPerHour:
        """A dose rate above which a reason is asked."""
        return MgPerKgPerHour(self.number("rate.warn"))

    @property
    def rate_stop(self) -> MgPerKgPerHour:
        """A dose rate that is never planned."""
        return MgPerKgPerHour(self.number("rate.stop"))

    @property
    def balance_tolerance(self) -> Mg:
        """How far apart two independent totals of the drug may be."""
        return Mg(self.number("balance.tolerance"))
