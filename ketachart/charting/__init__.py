"""The one door: opening a ledger, charting a visit, signing it. The window talks to this alone."""

from ketachart.charting.door import (
    NewClinic,
    Prepared,
    Staff,
    check_fact,
    create,
    enter,
    found,
    holds_ledger,
    passphrase_fault,
    prepare,
    prove,
    seconds_to_wait,
    staff_on_file,
    unlock,
)
from ketachart.charting.history import VisitRow
from ketachart.charting.office import NewVisit, OpenClinic
from ketachart.charting.previewing import PreviewPage, PreviewTask
from ketachart.charting.room import OpenVisit
from ketachart.charting.sealing import SignedReport

__all__ = [
    "NewClinic",
    "NewVisit",
    "OpenClinic",
    "OpenVisit",
    "Prepared",
    "PreviewPage",
    "PreviewTask",
    "SignedReport",
    "Staff",
    "VisitRow",
    "check_fact",
    "create",
    "enter",
    "found",
    "holds_ledger",
    "passphrase_fault",
    "prepare",
    "prove",
    "seconds_to_wait",
    "staff_on_file",
    "unlock",
]
