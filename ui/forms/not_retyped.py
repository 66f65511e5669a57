"""What a correction does not type again: why not, and what to do instead."""

from typing import Final

from ketachart.domain.facts import (
    AddendumWritten,
    ChartReopened,
    ClockStepped,
    EntryStruck,
    Fact,
    HistoryTaken,
    InfusionElsewhere,
    InkSigned,
    KitChecked,
    LaptopSlept,
    MedicinesListed,
    OrderRecorded,
    PastRecorded,
    PatientRecorded,
    PowerNoted,
    ProtocolAdopted,
    ReportSigned,
    ScaleScored,
    StockCounted,
    Unknown,
    VisitSigned,
    VitalsTaken,
)

# Rows that stay as they are, whole.
_ROWS: Final[dict[type[Fact], str]] = {
    EntryStruck: "A strike stays. If it was wrong, chart the fact again.",
    VisitSigned: "A signature stays. The visit is locked; write to the clinic what is wrong.",
    ReportSigned: "The signed report stays. Write to the clinic what is wrong in it.",
    ClockStepped: "KetaChart wrote this when the laptop’s clock was set. If the time is wrong, set "
    "the clock; every row keeps its own time.",
    **dict.fromkeys(
        (LaptopSlept, ChartReopened, PowerNoted),
        "KetaChart wrote this about the laptop. If there is more to say of it, write a note (F3).",
    ),
    Unknown: "A newer KetaChart wrote this row. Update, then correct it; it is safe meanwhile.",
}
# Values of a row that stay while the others can be corrected.
_VALUES: Final[dict[type[Fact], tuple[frozenset[str], str]]] = {
    PatientRecorded: (
        frozenset({"allergies"}),
        "Allergies are not typed again here: under Screening (Ctrl+1) open “Allergies asked”.",
    ),
    ProtocolAdopted: (
        frozenset({"protocol"}),
        "The edition stays as it was adopted. A supervisor changes it for the next visit (Alt+Y).",
    ),
    PastRecorded: (
        frozenset({"infusions"}),
        "What came before is a copy. Correct it in its own visit, or chart one with Ctrl+O.",
    ),
    InfusionElsewhere: (
        frozenset({"infusion"}),
        "Its values are not typed again here. Strike this row, then chart it anew with Ctrl+O.",
    ),
    InkSigned: (
        frozenset({"strokes"}),
        "What was signed stays. Strike this row, then let them sign again (Ctrl+5).",
    ),
    VitalsTaken: (
        frozenset({"by_sign"}),
        "Where single values come from is not typed again. Strike this row, then press F2.",
    ),
    ScaleScored: (
        frozenset({"answers"}),
        "The answers are not typed again here. Strike this row, then ask anew with Ctrl+Shift+S.",
    ),
    KitChecked: (
        frozenset({"lines"}),
        "The kit is not typed again here. Strike this row, then chart it anew with Ctrl+Shift+K.",
    ),
    MedicinesListed: (
        frozenset({"medicines"}),
        "The list is not typed again here. Chart all of it once more with Ctrl+Shift+D; both stay.",
    ),
    HistoryTaken: (
        frozenset({"tried"}),
        "Treatments are not typed again here. Strike this row, then chart anew with Ctrl+Shift+B.",
    ),
    AddendumWritten: (
        frozenset({"effects"}),
        "Effects are not typed again. Write one more addendum; both stay beside the visit.",
    ),
    StockCounted: (
        frozenset({"lines"}),
        "A count is not typed again. Count once more; both stay in the drug book.",
    ),
}
# Values that have a form of their own on the sheet.
IN_A_FORM: Final[frozenset[type[Fact]]] = frozenset({OrderRecorded})


def kept_values(kind: type[Fact]) -> frozenset[str]:
    """The fields of a kind that a correction leaves as they are."""
    return _VALUES[kind][0] if kind in _VALUES else frozenset()


def instead(fact: Fact) -> str:
    """Why a row, or a part of it, is not typed again, and what to do; empty where all of it is."""
    if isinstance(fact, VitalsTaken) and not fact.by_sign:
        return ""  # then nothing is left out
    kind = type(fact)
    return _ROWS.get(kind) or (_VALUES[kind][1] if kind in _VALUES else "")
