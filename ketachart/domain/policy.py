"""The rows of a protocol: a number, limit, interval, question or sentence, each with its source."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

from ketachart.domain.quantities import MgPerKg, Minutes
from ketachart.domain.shape import Says

Mark = Literal["V1", "V2", "U"]
Level = Literal["ask-before", "no-start", "pause", "emergency"]
SignCode = Literal[
    "systolic", "diastolic", "heart_rate", "respiratory_rate", "spo2", "etco2", "temperature_c",
    "pain", "nausea", "dissociation", "rass", "moaas",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What one source code stands for, in words, and how far it was verified."""

    code: Annotated[str, Says("As limits, questions and sentences name it.", "B2.1")]
    short: Annotated[str, Says("Short name on screen and paper.", "ASRA 2018")]
    words: Annotated[str, Says("Who says it, where and when.")]
    mark: Annotated[
        Mark, Says("V1: read in the source itself; V2: in one that restates it; U: not verified.")
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyValue:
    """One number of the clinic's policy, with its unit and where it comes from."""

    code: Annotated[str, Says("Stable name.", "observe.default")]
    value: Annotated[Decimal, Says("The number.")]
    unit: Annotated[str, Says("Its unit.", "min")]
    text: Annotated[str, Says("What it governs, in words.")]
    source: Annotated[str, Says("Codes of its sources, or the clinic's document.", "C3; B2.1")]
    laxer: Annotated[
        Literal["", "higher", "lower"], Says("Which way it asks for less; empty: neither.")
    ] = ""


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
    apart_days: Annotated[
        int | None, Says("Least usual days between two infusions; None: the protocol's hours.")
    ] = None
    apart_words: Annotated[str, Says("How often, in words.", "every two weeks or monthly")] = ""
    series_from: Annotated[int | None, Says("Fewest usual infusions of a series.")] = None
    series_to: Annotated[int | None, Says("Most usual infusions of a series.")] = None
    note: Annotated[str, Says("What the nurse should know of the evidence.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A reference text that is read and never computed with: other routes, where sources differ."""

    code: Annotated[str, Says("Stable name.", "oral")]
    about: Annotated[str, Says("What it stands beside: a route or a goal.", "oral")]
    title: Annotated[str, Says("Its heading.")]
    text: Annotated[str, Says("The text.")]
    source: Annotated[str, Says("Where it comes from.")]


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
    only_first: Annotated[
        bool, Says("Only in a patient's first infusions, as many as the value watch.first says.")
    ] = False
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
        Literal[
            "", "resting-signs", "fasting", "age", "licence", "order", "weight", "adult",
            "medicines", "tried",
        ],
        Says("Answered by the chart itself from what was recorded."),
    ] = ""  # fmt: skip
    stop_can_be_authorised: Annotated[
        bool, Says("A prescriber may authorise going on in spite of a stop.")
    ] = False
    only_if: Annotated[
        Literal["", "could-be-pregnant", "acute", "series", "after-series", "long-term", "liver"],
        Says("When the question applies."),
    ] = ""
    wants: Annotated[
        Literal["", "date"], Says("What an answer of clear must carry: the date on the paper.")
    ] = ""
    dated_within: Annotated[
        str, Says("Policy value: a paper older than its days asks.", "consent.age")
    ] = ""
    for_series: Annotated[
        bool, Says("A paper of before this series asks; each series has its own.")
    ] = False
    raised_by: Annotated[
        Literal["", "interactions", "kit", "hospital", "phone", "room", "others", "c-ssrs"],
        Says("What of the chart can make the answer graver than the nurse's own, never milder."),
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
    sentence_es: Annotated[str, Says("The same in Spanish.")] = ""
    question: Annotated[str, Says("What the nurse asks, to hear it said back.")]
    question_es: Annotated[str, Says("The same in Spanish.")] = ""
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
    label_es: Annotated[str, Says("The same in Spanish, where the patient reads it.")] = ""
    source: Annotated[str, Says("Where it comes from.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AsksWhen:
    """A last reading at which a medicine asks for a reason before it is charted."""

    sign: Annotated[SignCode, Says("Which sign.")]
    below: Annotated[Decimal | None, Says("Asks when the last reading is less than this.")] = None
    above: Annotated[Decimal | None, Says("Asks when the last reading is more than this.")] = None


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
    allergy_words: Annotated[
        tuple[str, ...], Says("Brands and families by which an allergy to it may be named.")
    ] = ()
    asks_when: Annotated[
        tuple[AsksWhen, ...], Says("Last readings at which a reason is asked.")
    ] = ()
    caution: Annotated[str, Says("What to keep in mind.")] = ""
    source: Annotated[str, Says("Where it comes from.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleStep:
    """One step of a scale, in our own words."""

    scale: Annotated[str, Says("Which scale.", "rass")]
    value: Annotated[int, Says("The number.")]
    label: Annotated[str, Says("What it means.")]
