"""Before the drug runs: who is here, what was asked, what was measured, what was made up."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from ketachart.domain.facts.base import Fact
from ketachart.domain.quantities import Kg, Mg, MgPerMl, Ml, MlPerHour
from ketachart.domain.shape import Says


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityConfirmed(Fact):
    """The patient was identified by two things; the address is not one (NPSG.01.01.01)."""

    KIND: ClassVar[str] = "identity-confirmed"

    identifiers: Annotated[
        tuple[Literal["name", "birth-date", "mrn", "photo-id", "phone"], ...],
        Says("At least two different ones."),
    ]
    said_by: Annotated[str, Says("Who said them.", "patient")] = "patient"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdultNamed(Fact):
    """The responsible adult who stays with the patient until the next morning."""

    KIND: ClassVar[str] = "adult-named"

    name: Annotated[str, Says("Full name.")]
    phone: Annotated[str, Says("Phone.")]
    relation: Annotated[str, Says("Who they are to the patient.", "husband")] = ""
    of_age: Annotated[bool, Says("18 or older.")]
    sober: Annotated[bool, Says("Sober, and staying so.")]
    stays: Annotated[bool, Says("Stays from the end of the infusion to the next morning.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightMeasured(Fact):
    """The weight that the dose is worked on: what the screen shows is what is dosed on."""

    KIND: ClassVar[str] = "weight-measured"

    weight_kg: Annotated[Kg, Says("Body weight, kg, to one decimal.", "68.4")]
    read_lb: Annotated[Decimal | None, Says("What the scale said, when it said pounds.")] = None
    how: Annotated[Literal["measured", "stated"], Says("On a scale, or told.")] = "measured"
    confirmed: Annotated[bool, Says("An unusual value or change was read twice.")] = False
    last_weight_kg: Annotated[
        Kg | None, Says("The weight at the last visit, where one is known, kg.")
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeightMeasured(Fact):
    """The height, which an ideal or adjusted weight is worked out from."""

    KIND: ClassVar[str] = "height-measured"

    height_cm: Annotated[Decimal, Says("Height, cm.", "165")]
    how: Annotated[Literal["measured", "stated"], Says("Measured, or told.")] = "measured"
    confirmed: Annotated[bool, Says("An unusual height was read twice.")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeRecorded(Fact):
    """When the patient last ate and drank; the hours since are worked out."""

    KIND: ClassVar[str] = "intake-recorded"

    solid_at: Annotated[datetime | None, Says("Last light solid food.")] = None
    fatty_at: Annotated[datetime | None, Says("Last fatty or fried food, or meat.")] = None
    clear_at: Annotated[datetime | None, Says("Last clear liquid.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningAnswered(Fact):
    """One screening question was asked and answered today; the last answer stands."""

    KIND: ClassVar[str] = "screening-answered"

    item: Annotated[str, Says("Code of the question in the protocol.", "heart-angina")]
    answer: Annotated[Literal["clear", "ask", "stop"], Says("What the answer means.")]
    note: Annotated[str, Says("What was said or seen.")] = ""
    dated: Annotated[date | None, Says("The date on the paper, where one is asked for.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideAuthorised(Fact):
    """A prescriber authorised going on in spite of something, and it was read back."""

    KIND: ClassVar[str] = "override-authorised"

    about: Annotated[
        str, Says("Code of the question, or of the limit, that it is about.", "fasting")
    ]
    by: Annotated[str, Says("Who authorised it.", "Dr A. Okafor")]
    phone: Annotated[str, Says("By which phone.")] = ""
    read_back: Annotated[bool, Says("The words were read back and confirmed.")]
    reason: Annotated[str, Says("Why it is acceptable.")]
    condition: Annotated[str, Says("Under what condition.", "pause at 160")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningConcluded(Fact):
    """The screening was closed: its verdict and reasons, frozen with the protocol's edition."""

    KIND: ClassVar[str] = "screening-concluded"

    verdict: Annotated[Literal["go", "no-go"], Says("Whether the infusion may be started.")]
    reasons: Annotated[tuple[str, ...], Says("What the verdict rests on.")] = ()
    edition: Annotated[str, Says("Edition of the protocol it was reached under.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessPlaced(Fact):
    """A cannula was placed, or was tried and failed."""

    KIND: ClassVar[str] = "access-placed"

    site: Annotated[str, Says("Where.", "forearm")]
    side: Annotated[Literal["left", "right"], Says("Which side of the patient.")]
    gauge: Annotated[int, Says("Gauge, G.", 22)]
    attempts: Annotated[int, Says("Attempts in all, this one included.")] = 1
    tried: Annotated[tuple[str, ...], Says("Sites that were tried before and failed.")] = ()
    blood_return: Annotated[bool, Says("Blood came back.")]
    flushed_ml: Annotated[Ml | None, Says("Flushed with, mL.")] = None
    patent: Annotated[bool, Says("Flushes freely, no pain, no swelling.")]
    note: Annotated[str, Says("Anything else.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessChecked(Fact):
    """The cannula's site was looked at."""

    KIND: ClassVar[str] = "access-checked"

    grade: Annotated[int, Says("Phlebitis or infiltration grade, 0 none to 4.")]
    patent: Annotated[bool, Says("Still flushes or runs freely.")]
    note: Annotated[str, Says("What was seen.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFlushed(Fact):
    """The line was flushed or primed."""

    KIND: ClassVar[str] = "line-flushed"

    volume_ml: Annotated[Ml, Says("Volume, mL.")]
    fluid: Annotated[str, Says("With what.")] = "0.9 % saline"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRemoved(Fact):
    """The cannula was taken out."""

    KIND: ClassVar[str] = "access-removed"

    catheter_whole: Annotated[bool, Says("The catheter came out whole.")]
    site_dry: Annotated[bool, Says("No bleeding after pressure, dressed.")]
    note: Annotated[str, Says("Anything else.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VialTaken(Fact):
    """A vial of ketamine was taken out for this visit."""

    KIND: ClassVar[str] = "vial-taken"

    vial: Annotated[str, Says("Name of the vial in this visit.", "V1")]
    strength_mg_per_ml: Annotated[MgPerMl, Says("Strength on the label, mg/mL.", "10")]
    volume_ml: Annotated[Ml, Says("Volume in it, mL.", "20")]
    lot: Annotated[str, Says("Lot.")]
    expires: Annotated[date, Says("Last day of use.")]
    seal: Annotated[str, Says("Seal or serial number.")] = ""
    ndc: Annotated[str, Says("National drug code.", "42023-113-10")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BagPrepared(Fact):
    """Drug was drawn from a vial and made up in a bag or syringe, labelled."""

    KIND: ClassVar[str] = "bag-prepared"

    bag: Annotated[str, Says("Name of the bag or syringe in this visit.", "B1")] = "B1"
    vial: Annotated[str, Says("The vial it was drawn from.", "V1")]
    drawn_ml: Annotated[Ml, Says("Drawn from the vial, as the syringe marks it, mL.", "3.42")]
    total_ml: Annotated[Ml, Says("Final volume, drug included, mL.", "17.1")]
    method: Annotated[
        Literal["made-up-to", "added-to", "withdrawn-first"],
        Says("Filled up to the volume; added to a full bag; or as much withdrawn from it first."),
    ] = "made-up-to"
    bag_ml: Annotated[
        Ml | None, Says("What the bag held before the drug was added, mL; not for made-up-to.")
    ] = None
    use_by: Annotated[datetime | None, Says("Not used after this time, as on the label.")] = None
    diluent: Annotated[str, Says("Made up with.")] = "0.9 % saline"
    label_written: Annotated[bool, Says("Labelled: drug, mg, mL, mg/mL, time, initials.")] = True
    confirmed: Annotated[bool, Says("The same draw within minutes is another one.")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PumpChecked(Fact):
    """What was read from the pump and the label, before the numbers were shown again."""

    KIND: ClassVar[str] = "pump-checked"

    reader: Annotated[
        Literal["second-person", "same-nurse"], Says("Who read it; alone means after 60 s.")
    ]
    reader_name: Annotated[str, Says("The second person's name.")] = ""
    rate_ml_h: Annotated[MlPerHour, Says("Rate on the pump, mL/h.")]
    volume_ml: Annotated[Ml, Says("Volume to be infused on the pump, mL.")]
    strength_mg_per_ml: Annotated[MgPerMl, Says("Strength on the label, mg/mL.")]
    drops_per_ml: Annotated[
        int | None,
        Says("Drop factor, drops per mL, where drops were counted: the rate is what they make."),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DrugWasted(Fact):
    """Ketamine was destroyed; recorded under 21 CFR 1304.22(c), not on Form 41 (B11.2)."""

    KIND: ClassVar[str] = "drug-wasted"

    amount_mg: Annotated[Mg, Says("How much, mg.")]
    source: Annotated[str, Says("From which bag or vial.", "B1")] = "B1"
    how: Annotated[str, Says("How it was destroyed.", "pharmaceutical waste pouch")]
    witness: Annotated[str, Says("Who saw it; empty when nobody did.")] = ""
    witness_role: Annotated[str, Says("What they are, with licence.", "RN, AZ 170 1134")] = ""
    witness_mode: Annotated[Literal["in-person", "by-phone", "none"], Says("How it was witnessed.")]
    witness_code: Annotated[str, Says("The code read aloud by phone.")] = ""
    call_back: Annotated[str, Says("The number on which a witness by phone was called.")] = ""
    sealed_bag: Annotated[str, Says("Without a witness: number of the sealed bag it lies in.")] = ""
    why_none: Annotated[str, Says("Why nobody saw it.")] = ""
    confirmed: Annotated[
        bool, Says("More than the label says was there; it was measured again.")
    ] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DrugReturned(Fact):
    """Ketamine was sealed to be counted at the clinic."""

    KIND: ClassVar[str] = "drug-returned"

    amount_mg: Annotated[Mg, Says("How much, mg.")]
    source: Annotated[str, Says("From which vial or bag.", "V1")] = "V1"
    seal: Annotated[str, Says("Number of the sealed bag.")]
    confirmed: Annotated[
        bool, Says("More than the label says was there; it was measured again.")
    ] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DrugBroken(Fact):
    """A vial or bag broke or spilled, and nothing could be recovered."""

    KIND: ClassVar[str] = "drug-broken"

    amount_mg: Annotated[Mg, Says("How much, mg.")]
    source: Annotated[str, Says("From which vial or bag.", "V1")] = "V1"
    how: Annotated[str, Says("What happened.")]
    confirmed: Annotated[
        bool, Says("More than the label says was there; it was measured again.")
    ] = False
