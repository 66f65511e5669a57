"""From the last drop to the goodbye: criteria, instructions, signatures."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar, Literal

from ketachart.domain.facts.base import Fact
from ketachart.domain.shape import Says

Heard = Literal["said", "helped"]
Stroke = tuple[tuple[int, int], ...]
About = Literal["follow-up", "late-information", "correction", "answer"]
SpokeWith = Literal["", "patient", "adult", "nobody"]
Said = Literal["", "no", "yes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionJudged(Fact):
    """The nurse judged one thing that must hold before leaving; the last judgement stands."""

    KIND: ClassVar[str] = "criterion-judged"

    criterion: Annotated[str, Says("Code of the criterion.", "gait")]
    met: Annotated[bool, Says("It holds.")]
    note: Annotated[str, Says("What was seen.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryScored(Fact):
    """A recovery score after the modified Aldrete, in our own words: five items, 0 to 2 each."""

    KIND: ClassVar[str] = "recovery-scored"

    activity: Annotated[int, Says("Moves 4 limbs 2, 2 limbs 1, none 0.")]
    breathing: Annotated[int, Says("Deep breath and cough 2, limited 1, none 0.")]
    circulation: Annotated[
        int, Says("Pressure within 20 % of baseline 2, within 49 % 1, beyond 0.")
    ]
    consciousness: Annotated[int, Says("Awake 2, rousable 1, not 0.")]
    oxygen: Annotated[int, Says("Over 92 % on air 2, needs oxygen for 90 % 1, below 0.")]

    @property
    def total(self) -> int:
        """The sum, 0 to 10."""
        return self.activity + self.breathing + self.circulation + self.consciousness + self.oxygen


@dataclass(frozen=True, slots=True, kw_only=True)
class InstructionTaught(Fact):
    """One instruction was given and asked back; the last answer stands."""

    KIND: ClassVar[str] = "instruction-taught"

    instruction: Annotated[str, Says("Code of the instruction.", "driving")]
    patient: Annotated[Heard | None, Says("The patient said it, or was helped to.")] = None
    adult: Annotated[Heard | None, Says("The adult said it, or was helped to.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoutGiven(Fact):
    """The written instructions were left in the home."""

    KIND: ClassVar[str] = "handout-given"

    language: Annotated[Literal["en", "es"], Says("Language of the sheet.")] = "en"
    to: Annotated[tuple[Literal["patient", "adult"], ...], Says("Who has it.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpPlanned(Fact):
    """A call after the visit was agreed."""

    KIND: ClassVar[str] = "follow-up-planned"

    due_at: Annotated[datetime, Says("When.")]
    about: Annotated[str, Says("What will be asked.")] = "pain and side effects"


@dataclass(frozen=True, slots=True, kw_only=True)
class InkSigned(Fact):
    """Someone signed on the screen; the strokes are kept as they were drawn."""

    KIND: ClassVar[str] = "ink-signed"

    role: Annotated[Literal["patient", "adult", "witness"], Says("Who signs.")]
    name: Annotated[str, Says("Name in print.")]
    meaning: Annotated[str, Says("What the signature says.")] = ""
    strokes: Annotated[
        tuple[Stroke, ...],
        Says("Lines as points [x, y], each 0 to 10000 of the signing box, from its top left."),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class InkDeclined(Fact):
    """Someone could not or would not sign; the reason prints in the signature's place."""

    KIND: ClassVar[str] = "ink-declined"

    role: Annotated[Literal["patient", "adult", "witness"], Says("Who would have signed.")]
    name: Annotated[str, Says("Name in print.")] = ""
    reason: Annotated[str, Says("Why there is no signature.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientReleased(Fact):
    """The nurse left the patient in someone's care."""

    KIND: ClassVar[str] = "patient-released"

    outcome: Annotated[
        Literal["criteria-met", "with-reason", "against-advice", "to-ems"],
        Says("On what ground."),
    ]
    to: Annotated[str, Says("Into whose care.", "Marco Rivera, husband")]
    reason: Annotated[str, Says("Why, when a criterion was not met.")] = ""
    explained: Annotated[
        tuple[str, ...], Says("Codes of what was explained, where it is against advice.")
    ] = ()
    ready_at: Annotated[
        datetime | None, Says("When the patient would have been ready, whatever the clock asked.")
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetMade(Fact):
    """A sheet for someone else was made as a PDF: to be left, printed or handed over."""

    KIND: ClassVar[str] = "sheet-made"

    sheet: Annotated[Literal["pre-visit", "handout", "ems"], Says("Which one.")]
    language: Annotated[Literal["en", "es"], Says("Its language.")] = "en"
    sha256: Annotated[str, Says("SHA-256 of the file.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingExplained(Fact):
    """A point raised before signing was answered; it stays in the record."""

    KIND: ClassVar[str] = "finding-explained"

    finding: Annotated[str, Says("Code of the finding.")]
    reason: Annotated[str, Says("The nurse's words.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitSigned(Fact):
    """The nurse signed the chart of this visit. After it nothing is added but addenda."""

    KIND: ClassVar[str] = "visit-signed"

    meaning: Annotated[str, Says("What the signature says.")]
    signer: Annotated[str, Says("Staff id of the signer, who is always the unlocked person.")]
    certificate: Annotated[str, Says("SHA-256 of the signer's certificate.")]
    version: Annotated[int, Says("Version of the report.")] = 1
    incomplete: Annotated[str, Says("Why it was signed although not complete.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSigned(Fact):
    """The signed report was made, from the chain of entries up to this one."""

    KIND: ClassVar[str] = "report-signed"

    sha256: Annotated[str, Says("SHA-256 of the signed file.")]
    pages: Annotated[int, Says("How many pages it has.")]
    version: Annotated[int, Says("Version of the report.")] = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectAfter:
    """A side effect that was told after the visit."""

    effect: Annotated[str, Says("Code from the list effect.", "headache")]
    grade: Annotated[int, Says("1 mild to 4 life-threatening; 0: gone since.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Addendum(Fact):
    """What the nurse wants to add to a signed visit; the signature makes an entry of it.

    ``at`` is when it was learned, or when the call was made.
    """

    about: Annotated[About, Says("What kind of addition.")]
    text: Annotated[str, Says("The nurse's words.")] = ""
    entry: Annotated[str, Says("Id of the entry it is about.")] = ""
    answers: Annotated[str, Says("Id of the supervisor's question it answers.")] = ""
    question: Annotated[str, Says("That question, in the supervisor's words.")] = ""
    due_at: Annotated[datetime | None, Says("Which planned call it answers.")] = None
    spoke_with: Annotated[SpokeWith, Says("Who was reached at a follow-up.")] = ""
    pain: Annotated[int | None, Says("Pain now, 0 to 10.")] = None
    worst_pain: Annotated[int | None, Says("Worst pain since the visit, 0 to 10.")] = None
    headache: Annotated[Said, Says("The headache came back.")] = ""
    effects: Annotated[tuple[EffectAfter, ...], Says("Side effects since the visit.")] = ()
    urine: Annotated[Said, Says("Trouble passing urine, or blood in it.")] = ""
    thoughts: Annotated[Said, Says("Thoughts of self-harm.")] = ""
    escalated: Annotated[str, Says("What was done about a warning sign, and who was told.")] = ""
    next_at: Annotated[datetime | None, Says("When to call again.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddendumWritten(Addendum):
    """What was added after the visit was signed; a new version of the report is signed with it."""

    KIND: ClassVar[str] = "addendum-written"

    meaning: Annotated[str, Says("What the signature says.")]
    signer: Annotated[str, Says("Staff id of the signer, who is always the unlocked person.")]
    certificate: Annotated[str, Says("SHA-256 of the signer's certificate.")]
    version: Annotated[int, Says("Version of the report that holds it.")]
