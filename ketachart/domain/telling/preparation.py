"""The words for what was asked, measured and made up before the drug ran."""

from collections.abc import Callable
from typing import Any

from ketachart.domain.check.pump_check import rate_words, slips
from ketachart.domain.facts import (
    AccessChecked,
    AccessPlaced,
    AccessRemoved,
    AdultNamed,
    BagPrepared,
    ClinicRecorded,
    Fact,
    HeightMeasured,
    IdentityConfirmed,
    IntakeRecorded,
    LineFlushed,
    NurseRecorded,
    OverrideAuthorised,
    PatientRecorded,
    ProtocolAdopted,
    PumpChecked,
    ScreeningAnswered,
    ScreeningConcluded,
    VialTaken,
    VisitOpened,
    WeightMeasured,
)
from ketachart.domain.infusion import bags
from ketachart.domain.visit import Visit
from ketachart.domain.wording import (
    clock,
    count,
    day,
    day_and_clock,
    decimal_text,
    listed,
    weight,
    with_unit,
)

Words = tuple[str, str]
IDENTIFIERS = {
    "name": "name",
    "birth-date": "birth date",
    "mrn": "MRN",
    "photo-id": "photo ID",
    "phone": "phone",
}
ANSWERS = {"clear": "Clear", "ask": "Ask", "stop": "Stop"}


def clinic(_visit: Visit, fact: ClinicRecorded) -> Words:
    """The clinic."""
    return "Clinic", ", ".join(filter(None, [fact.name, fact.address, fact.phone]))


def nurse(_visit: Visit, fact: NurseRecorded) -> Words:
    """The nurse with licence."""
    until = f", until {day(fact.licence_expires)}" if fact.licence_expires else ""
    licence = " ".join(filter(None, [fact.licence_state, fact.licence]))
    return "Nurse", f"{fact.name}, {fact.credential}, licence {licence}{until}"


def patient(_visit: Visit, fact: PatientRecorded) -> Words:
    """The patient with allergies."""
    who = f"{fact.listed_name}, born {day(fact.birth_date)}, {fact.sex}, MRN {fact.mrn}"
    reads = ", reads Spanish" if fact.language == "es" else ""
    return "Patient", f"{who}{reads}; {allergies_text(fact)}"


def allergies_text(fact: PatientRecorded | None) -> str:
    """The allergies in one line: never an empty text."""
    if fact is None or (not fact.allergies and not fact.no_known_allergies):
        return "allergies not asked"
    if not fact.allergies:
        return "no known allergies"
    words = [a.substance + (f" ({a.reaction})" if a.reaction else "") for a in fact.allergies]
    return f"allergies: {', '.join(words)}"


def protocol(_visit: Visit, fact: ProtocolAdopted) -> Words:
    """The edition in force."""
    why = f"; {fact.reason}" if fact.reason else ""
    return "Protocol", f"{fact.protocol.edition} in force{why}"


def opened(_visit: Visit, fact: VisitOpened) -> Words:
    """The visit's number."""
    practice = "; PRACTICE, a made-up patient" if fact.practice else ""
    return "Visit opened", f"{fact.visit}, {fact.zone or 'zone not named'}{practice}"


def identity(_visit: Visit, fact: IdentityConfirmed) -> Words:
    """The identifiers."""
    words = [IDENTIFIERS[code] for code in fact.identifiers]
    return "Identity checked", f"{listed(words)}, said by {fact.said_by}"


def adult(_visit: Visit, fact: AdultNamed) -> Words:
    """The responsible adult."""
    holds = [
        yes if value else no
        for value, yes, no in (
            (fact.of_age, "18 or older", "under 18"),
            (fact.sober, "sober", "not sober"),
            (fact.stays, "stays until morning", "does not stay"),
        )
    ]
    who = ", ".join(filter(None, [fact.name, fact.relation, fact.phone]))
    return "Responsible adult", f"{who}; {', '.join(holds)}"


def measured(_visit: Visit, fact: WeightMeasured) -> Words:
    """The weight, kg with lb beside."""
    how = "told, not measured" if fact.how == "stated" else "on a scale"
    read = f", read {decimal_text(fact.read_lb)} lb" if fact.read_lb is not None else ""
    last = f"; last visit {weight(fact.last_weight_kg)}" if fact.last_weight_kg is not None else ""
    return "Weight", f"{weight(fact.weight_kg)} {how}{read}{last}"


def height(_visit: Visit, fact: HeightMeasured) -> Words:
    """The height."""
    how = "told, not measured" if fact.how == "stated" else "measured"
    return "Height", f"{decimal_text(fact.height_cm)} cm {how}"


def intake(_visit: Visit, fact: IntakeRecorded) -> Words:
    """Last food and drink."""
    beside = fact.at.date()
    parts = [
        f"{what} {day_and_clock(moment, beside=beside)}"
        for what, moment in (
            ("solid food", fact.solid_at),
            ("fatty food", fact.fatty_at),
            ("clear liquid", fact.clear_at),
        )
        if moment is not None
    ]
    return "Last intake", ", ".join(parts)


def answer(visit: Visit, fact: ScreeningAnswered) -> Words:
    """A screening answer."""
    item = visit.protocol.item(fact.item)
    question = item.question if item else fact.item
    dated = f" (dated {day(fact.dated)})" if fact.dated is not None else ""
    note = f": {fact.note}" if fact.note else ""
    return "Screening", f"{ANSWERS[fact.answer]}. {question}{dated}{note}"


def override(visit: Visit, fact: OverrideAuthorised) -> Words:
    """An authorisation."""
    item = visit.protocol.item(fact.about)
    about = item.question if item else fact.about
    back = "read back" if fact.read_back else "NOT read back"
    phone = f" by phone {fact.phone}" if fact.phone else ""
    condition = f"; condition: {fact.condition}" if fact.condition else ""
    return "Override", f"{about}: {fact.by}{phone}, {back}. {fact.reason}{condition}"


def conclusion(_visit: Visit, fact: ScreeningConcluded) -> Words:
    """The verdict."""
    head = "Go" if fact.verdict == "go" else "No go"
    reasons = f": {'; '.join(fact.reasons)}" if fact.reasons else ""
    return "Screening closed", f"{head}{reasons} ({fact.edition})"


def access(_visit: Visit, fact: AccessPlaced) -> Words:
    """The cannula."""
    back = "blood return" if fact.blood_return else "no blood return"
    flushed = f", flushed {with_unit(fact.flushed_ml)}" if fact.flushed_ml is not None else ""
    state = "patent" if fact.patent else "not patent"
    note = f"; {fact.note}" if fact.note else ""
    tried = f" (before it {listed(list(fact.tried))})" if fact.tried else ""
    where = f"{fact.gauge} G {fact.side} {fact.site}, {count(fact.attempts, 'attempt')}{tried}"
    return "IV placed", f"{where}, {back}{flushed}, {state}{note}"


def access_check(_visit: Visit, fact: AccessChecked) -> Words:
    """The site."""
    state = "patent" if fact.patent else "not patent"
    return "Site check", f"grade {fact.grade}, {state}" + (f"; {fact.note}" if fact.note else "")


def flushed(_visit: Visit, fact: LineFlushed) -> Words:
    """A flush."""
    return "Line flushed", f"{with_unit(fact.volume_ml)} {fact.fluid}"


def removed(_visit: Visit, fact: AccessRemoved) -> Words:
    """The cannula out."""
    whole = "catheter whole" if fact.catheter_whole else "catheter NOT whole"
    dry = "site dry, dressed" if fact.site_dry else "site not dry"
    return "IV removed", f"{whole}, {dry}" + (f"; {fact.note}" if fact.note else "")


def vial(_visit: Visit, fact: VialTaken) -> Words:
    """A vial with what it holds."""
    held = fact.volume_ml.at(fact.strength_mg_per_ml)
    parts = [
        f"{fact.vial}: ketamine {with_unit(fact.strength_mg_per_ml)}",
        f"{with_unit(fact.volume_ml)} ({with_unit(held)})",
        f"lot {fact.lot}",
        f"exp {day(fact.expires)}",
        f"seal {fact.seal}" if fact.seal else "",
        f"NDC {fact.ndc}" if fact.ndc else "",
    ]
    return "Vial taken", ", ".join(filter(None, parts))


def prepared(visit: Visit, fact: BagPrepared) -> Words:
    """How a bag was made up."""
    made = next((b for b in bags(visit) if b.entry.fact == fact), None)
    drug = f" ({with_unit(made.drug)})" if made else ""
    parts = [
        f"{fact.bag}: {with_unit(fact.drawn_ml)}{drug} from {fact.vial}",
        _making(fact),
        with_unit(made.strength) if made else "",
        "labelled" if fact.label_written else "NOT labelled",
        f"use by {clock(fact.use_by)}" if fact.use_by is not None else "",
        "drawn once more, confirmed" if fact.confirmed else "",
    ]
    return "Bag made up", ", ".join(filter(None, parts))


def _making(fact: BagPrepared) -> str:
    """How it came to its volume."""
    total = with_unit(fact.total_ml)
    if fact.method == "made-up-to" or fact.bag_ml is None:
        return f"with {fact.diluent} to {total}"
    bag = f"{with_unit(fact.bag_ml)} {fact.diluent}"
    if fact.method == "added-to":
        return f"added to {bag}, {total} in all"
    return f"into {bag} after as much was withdrawn, {total} in all"


def checked(visit: Visit, fact: PumpChecked) -> Words:
    """The blind check and whether it agrees."""
    who = f"read by {fact.reader_name}" if fact.reader_name else "read by the nurse alone"
    read = (
        f"{rate_words(fact.rate_ml_h, fact.drops_per_ml)}, {with_unit(fact.volume_ml)}, "
        f"{with_unit(fact.strength_mg_per_ml)}"
    )
    if fact.drops_per_ml is not None:
        read += f", counted of a set of {fact.drops_per_ml} gtt/mL"
    found = slips(visit, fact)
    verdict = "agrees with the order" if not found else " ".join(s.told for s in found)
    return "Pump check", f"{read}, {who}: {verdict}"


TABLE: dict[type[Fact], Callable[[Visit, Any], Words]] = {
    ClinicRecorded: clinic,
    NurseRecorded: nurse,
    PatientRecorded: patient,
    ProtocolAdopted: protocol,
    VisitOpened: opened,
    IdentityConfirmed: identity,
    AdultNamed: adult,
    WeightMeasured: measured,
    HeightMeasured: height,
    IntakeRecorded: intake,
    ScreeningAnswered: answer,
    OverrideAuthorised: override,
    ScreeningConcluded: conclusion,
    AccessPlaced: access,
    AccessChecked: access_check,
    LineFlushed: flushed,
    AccessRemoved: removed,
    VialTaken: vial,
    BagPrepared: prepared,
    PumpChecked: checked,
}
