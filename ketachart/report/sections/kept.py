"""How the record was kept: what it stands on, an extract of the log, what signatures mean."""

from ketachart.domain.addenda import addenda, version_of
from ketachart.domain.facts import (
    AddendumWritten,
    ClinicRecorded,
    EmergencyDeclared,
    EmergencyEnded,
    EntryStruck,
    Fact,
    InfusionNotStarted,
    InfusionStarted,
    InfusionStopped,
    NurseRecorded,
    OrderRecorded,
    OverrideAuthorised,
    PatientRecorded,
    PatientReleased,
    ProtocolAdopted,
    ReportSigned,
    ScreeningConcluded,
    VisitOpened,
    VisitSigned,
)
from ketachart.domain.facts.keeping import BY_THE_LAPTOP, PaperKept
from ketachart.domain.facts.preparation import DrugWasted
from ketachart.domain.visit import Entry
from ketachart.domain.wording import clock, clock_with_seconds, count, day, plus_minutes
from ketachart.report.sections.pieces import (
    Cell,
    Column,
    Passage,
    Row,
    Run,
    Table,
    faint,
    plain,
    strong,
)
from ketachart.report.sections.record import Record

SETTING: tuple[type[Fact], ...] = (
    ClinicRecorded, NurseRecorded, PatientRecorded, OrderRecorded, ProtocolAdopted, VisitOpened,
)  # fmt: skip
EXPLAINING: tuple[type[Fact], ...] = (
    VisitOpened, ScreeningConcluded, OverrideAuthorised, InfusionStarted, InfusionStopped,
    InfusionNotStarted, EmergencyDeclared, EmergencyEnded, EntryStruck, *BY_THE_LAPTOP, DrugWasted,
    PaperKept, PatientReleased, VisitSigned, ReportSigned, AddendumWritten,
)  # fmt: skip


def shown_in_setting(record: Record) -> frozenset[str]:
    """The entries on which the visit stands; an earlier one of a kind is among the events."""
    last = (record.visit.last(kind) for kind in SETTING)
    return frozenset(entry.id for entry in last if entry is not None)


def setting_table(record: Record) -> Table:
    """Clinic, nurse, patient, protocol and visit, as they were copied into this record."""
    visit, rows = record.visit, []
    for kind, said in (
        (VisitOpened, _visit_words(record)),
        (PatientRecorded, _patient_words(record)),
        (NurseRecorded, _nurse_words(record)),
        (ClinicRecorded, _clinic_words(record)),
        (ProtocolAdopted, _protocol_words(record)),
    ):
        entry: Entry[Fact] | None = visit.last(kind)
        if entry is None:
            continue
        title = record.told(entry.fact)[0]
        rows.append(
            Row(
                cells=(plain(clock(entry.at)), strong(title), said),
                entry=entry.id,
                about=f"{title.lower()} on file",
            )
        )
    return Table(
        code="setting",
        heading="What this visit stands on",
        says="copied into the record when it was opened; later changes do not touch it",
        columns=(Column("time", 34), Column("", 66), Column("as it was then")),
        rows=tuple(rows),
        empty="Nothing is on file.",
    )


def _joined(*parts: str) -> Cell:
    return plain("; ".join(filter(None, parts)))


def _named(name: str, value: str) -> str:
    return f"{name} {value}" if value else ""


def _visit_words(record: Record) -> Cell:
    fact = record.visit.opened
    if fact is None:
        return ()
    practice = "PRACTICE, a made-up patient" if fact.practice else ""
    return _joined(fact.visit, _named("time zone", fact.zone), fact.program, practice)


def _patient_words(record: Record) -> Cell:
    fact = record.visit.patient
    if fact is None:
        return ()
    allergies = [a.substance + (f" ({a.reaction})" if a.reaction else "") for a in fact.allergies]
    known = f"allergies: {', '.join(allergies)}" if allergies else ""
    if not allergies:
        known = "no known allergies" if fact.no_known_allergies else "allergies not asked"
    return _joined(
        fact.listed_name,
        f"born {day(fact.birth_date)}",
        fact.sex,
        _named("MRN", fact.mrn),
        fact.address,
        _named("phone", fact.phone),
        _named("way in:", fact.access),
        known,
    )


def _nurse_words(record: Record) -> Cell:
    fact = record.visit.nurse
    if fact is None:
        return ()
    until = f", until {day(fact.licence_expires)}" if fact.licence_expires else ""
    licence = " ".join(filter(None, [fact.licence_state, fact.licence]))
    return _joined(
        ", ".join(filter(None, [fact.name, fact.credential])),
        f"licence {licence}{until}",
        _named("phone", fact.phone),
        _named("staff number", fact.staff_id),
    )


def _clinic_words(record: Record) -> Cell:
    fact = record.visit.clinic
    if fact is None:
        return ()
    return _joined(
        fact.name,
        fact.address,
        _named("phone", fact.phone),
        _named("rules of", fact.state),
        _named("time zone", fact.zone),
    )


def _protocol_words(record: Record) -> Cell:
    protocol = record.visit.protocol
    return plain(f"{protocol.edition} ({protocol.id}), whole, in the attached entries")


# ------------------------------------------------------------------ the extract of the log


def audit_table(record: Record) -> Table:
    """The entries that explain something on page one, with the hash that seals each."""
    visit = record.visit
    rows = [
        Row(
            cells=(
                faint(str(entry.number)),
                strong(clock_with_seconds(entry.recorded_at)),
                plain(clock(entry.at)) if record.is_late(entry) else (),
                _extract(record, entry),
                plain(record.by(entry)),
                faint(f"{entry.chain[:4]} {entry.chain[4:8]}".strip()),
            ),
            about=f"log entry {entry.number}",
        )
        for entry in visit.entries
        if isinstance(entry.fact, EXPLAINING) or record.is_late(entry)
    ]
    return Table(
        code="audit",
        heading="Audit extract",
        says=f"{len(rows)} of {count(len(visit.entries), 'entry', 'entries')}; "
        "all of them are in the attached file entries.jsonl",
        columns=(
            Column("no.", 20),
            Column("charted", 36),
            Column("happened", 36),
            Column("what"),
            Column("who", 22),
            Column("hash", 42),
        ),
        rows=tuple(rows),
    )


def _extract(record: Record, entry: Entry[Fact]) -> Cell:
    title, detail = record.told(entry.fact)
    if isinstance(
        entry.fact, (VisitSigned, AddendumWritten, DrugWasted, OverrideAuthorised, InfusionStarted)
    ):
        detail = detail.partition(";")[0]
    late = f"written {plus_minutes(entry.lag)}" if record.is_late(entry) else ""
    cell: Cell = (Run(f"{title}:" if detail else title, "title"), *plain(detail))
    return (*cell, *strong(late))


def chain_passage(record: Record) -> Passage:
    """The head of the chain: one number that stands for every entry."""
    head, entries = record.visit.head, record.visit.entries
    groups = " ".join(head[n : n + 8] for n in range(0, len(head), 8)) or "no chain on file"
    when = "at lock" if record.visit.signed is not None else "so far"
    if addenda(record.visit):
        when = f"of version {version_of(record.visit)}"
    return Passage(
        code="chain",
        heading=f"Chain head {when} ({count(len(entries), 'entry', 'entries')})",
        paragraphs=(strong(groups), _certificate(record)),
        boxed=True,
    )


def _certificate(record: Record) -> Cell:
    signed = record.visit.signed
    if signed is None:
        return faint("Not signed: entries may still be added.")
    print_ = signed.fact.certificate
    groups = " ".join(print_[n : n + 8] for n in range(0, len(print_), 8))
    return faint(f"Signer {signed.fact.signer}, certificate SHA-256 {groups}")


def meaning_passage(record: Record) -> Passage:
    """What each signature on this paper stands for."""
    signed = record.visit.signed
    nurse = (
        f"The nurse's digital signature (“{signed.fact.meaning}”) covers every page and both "
        "attached files: visit.json, the visit as it stands, and entries.jsonl, every entry as it "
        "was written. Any change afterwards breaks it."
        if signed is not None
        else "This is an unsigned draft. It proves nothing, and entries may still be added."
    )
    return Passage(
        code="meaning",
        heading="What the signatures mean",
        paragraphs=(
            plain(nurse),
            plain(
                "The supervisor's review is a second digital signature; it cannot alter the "
                "nurse's text. Patient, adult and witness signed on the screen, or the reason "
                "why not is printed in the signature's place. Times are the laptop's clock, not a "
                "trusted time stamp. Struck entries stay readable; nothing is ever removed."
            ),
        ),
    )
