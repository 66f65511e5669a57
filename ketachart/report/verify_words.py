"""What a reader of a signed report is told: one sentence, and the details that stand behind it."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from ketachart.domain.wording import clock_with_seconds, count, day, offset
from ketachart.errors import Fault
from ketachart.report.verify_data import Attached
from ketachart.report.verify_numbers import Numbers
from ketachart.report.verify_verdict import Signer
from ketachart.report.verify_withdrawn import told_of_list
from ketachart.report.withdrawn import WithdrawnList

TIME = "Time: as the signer's laptop claims; nothing outside it proves it."
CHART = (
    "Not checked: the chart behind the report. A file alone does not show whether the nurse's "
    "ledger holds a newer version, or what was never charted."
)


def bad_sentence(fault: Fault) -> str:
    """The first thing found, and what to do about it."""
    return f"Do not rely on this file. {fault.sentence}"


def sentence_of(
    signers: Sequence[Signer], damage: Sequence[Fault], disbelief: Sequence[Fault], *, checked: bool
) -> str:
    """The answer in one breath; ``checked``: somebody said which authority to trust."""
    if damage:
        return bad_sentence(damage[0])
    who = " and ".join(signer.title for signer in signers)
    if disbelief:
        return (
            "This report was not changed after it was signed, but it cannot be taken as signed by "
            f"{who}. {disbelief[0].sentence}"
        )
    signed = f"This report is exactly as it was signed by {who}."
    if checked:
        what = "signature" if len(signers) == 1 else "signatures"
        return f"{signed} The authority you trust vouches for the {what}."
    return f"{signed} Nobody said which authority to trust, so who signed was not checked."


def told_of_signer(signer: Signer) -> str:
    """Who, when, and the certificate's fingerprint, to be compared by telephone."""
    at = signer.signed_at
    when = (
        f"signed {day(at)} {clock_with_seconds(at)} {offset(at)}, as the laptop's clock said"
        if at is not None and at.tzinfo is not None
        else "does not say when it was signed"
    )
    return (
        f"{signer.role}: {signer.name}, {signer.credential}, staff number {signer.staff_id}, of "
        f"{signer.clinic}; {when}. Certificate {in_fours(signer.fingerprint)}"
    )


def told_of_authority(signers: Sequence[Signer]) -> Iterator[str]:
    """Which authority issued the certificates, for who has no trust file yet."""
    issued = {signer.issuer_fingerprint: signer.issuer for signer in signers}
    for digits, name in issued.items():
        yield f"Authority: {name}, certificate {in_fours(digits)}"


def in_fours(digits: str) -> str:
    """A fingerprint in groups of four, as two people read it out to each other."""
    return " ".join(digits[place : place + 4] for place in range(0, len(digits), 4))


def told_of_data(report: Attached | None, *, audit: bool | None) -> Iterator[str]:
    """Which report it is, and whether the record in it is whole."""
    if report is None:
        if audit is False:
            yield "Audit: the attached record is not whole."
        return
    number = report.number or "without a number"
    patient = f"; patient {report.patient}, MRN {report.mrn}" if report.patient else ""
    yield f"Report: {number}, version {report.version}, made by {report.program}{patient}"
    head = f"{report.head[:8]} … {report.head[-8:]}"
    yield f"Audit: {count(report.entries, 'entry', 'entries')}, chain whole up to {head}"


def told_of_numbers(numbers: Numbers | None, report: Attached | None) -> str:
    """How the pages compare with the data."""
    if numbers is None:
        return "Pages: not compared with the attached data."
    pages = count(numbers.pages, "page")
    if numbers.astray:
        return f"Pages: of {numbers.printed} numbers on {pages}, {numbers.agree} agree."
    agree = f"Pages: all {numbers.printed} numbers on {pages} agree with the attached data"
    if numbers.exact:
        return f"{agree}; the pages were drawn again from it and are the same."
    maker = report.program if report else "another version"
    return f"{agree}. {maker} made them, not this program: how they are laid out was not compared."


def limits(listed: WithdrawnList | None, now: datetime | None, *, checked: bool) -> Iterator[str]:
    """What nobody can see in the file, and what was not looked at."""
    if checked:
        yield told_of_list(listed, now)
    else:
        yield "Withdrawn certificates: not checked; that needs the clinic's trust file."
    yield TIME
    yield CHART
