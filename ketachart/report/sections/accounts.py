"""The drug's balance on page one, and the signatures: who answers for what."""

from collections.abc import Iterable

from ketachart.domain.addenda import addenda
from ketachart.domain.facts import (
    DrugWasted,
    InkDeclined,
    InkSigned,
    VialTaken,
)
from ketachart.domain.found.drug import supervisor_task
from ketachart.domain.totals import PumpTotal
from ketachart.domain.visit import Entry
from ketachart.domain.wording import amount, clock, count, day, listed, with_unit
from ketachart.report.sections.pieces import Balance, SignatureBox, Term
from ketachart.report.sections.record import Record


def balance_box(record: Record) -> Balance:
    """The equation, and each independent reading of the dose beside it."""
    sums, vials = record.sums, _vials(record)
    if sums.out.is_zero:
        none = "No ketamine was taken out for this visit."
        if sums.given.above_zero:
            none = f"{with_unit(sums.given)} given, but no vial is charted."
        return Balance(says=vials, terms=(), verdict="", closes=True, readings=(), none=none)
    amounts = [(sums.out, "out"), (sums.given, "given"), (sums.wasted, "wasted")]
    amounts.append((sums.returned, "sealed"))
    if not sums.broken.is_zero:
        amounts.append((sums.broken, "broken"))
    amounts.append((sums.unaccounted, "unaccounted"))
    verdict = "It closes." if sums.closes else f"OPEN: {with_unit(sums.unaccounted)}"
    return Balance(
        says=vials,
        terms=tuple(Term(amount(mg), name) for mg, name in amounts),
        verdict=verdict,
        closes=sums.closes,
        readings=tuple(_readings(record)),
    )


def _vials(record: Record) -> str:
    """The vials in a few words: strength, lot, expiry."""
    facts = record.visit.facts(VialTaken)
    if not facts:
        return ""
    first = facts[0]
    more = f", and {count(len(facts) - 1, 'more vial')}" if len(facts) > 1 else ""
    strength = with_unit(first.strength_mg_per_ml)
    return f"{strength}, lot {first.lot}, exp {day(first.expires)}{more}"


def _readings(record: Record) -> Iterable[tuple[str, str]]:
    sums, visit = record.sums, record.visit
    yield "Pump read-out", _pump_words(record, sums.pump)
    if sums.pump is not None and sums.pump.unread:
        times = listed([clock(at) for at in sums.pump.unread])
        yield "Bag change", f"{times}: pump not read, rates stand for it"
    apart = sums.apart()
    allowed = with_unit(visit.protocol.balance_tolerance)
    beside = ""
    if sums.pump is not None and apart is not None and not apart.is_zero:
        beside = f", {with_unit(apart)} = {with_unit(sums.pump.apart_ml)} apart ({allowed} allowed)"
    yield "Rates × time", f"{with_unit(sums.by_rates)}{beside}"
    if sums.by_remainder is None:
        yield "What is left", "not known: nothing is charted as left over"
    else:
        gone = amount(sums.out - sums.by_remainder)
        yield "What is left", f"{amount(sums.out)} − {gone} = {with_unit(sums.by_remainder)}"
    for waste in visit.of(DrugWasted):
        yield f"Waste {clock(waste.at)}", f"{with_unit(waste.fact.amount_mg)}, {_seen(waste.fact)}"


def _pump_words(record: Record, pump: PumpTotal | None) -> str:
    """What the pump counted, what that is in drug, and what the sum lacks."""
    if pump is None:
        return "NOT READ"
    words = with_unit(pump.ml)
    if pump.back:
        return f"NOT KNOWN, it went back at {listed([clock(at) for at in pump.back])}"
    if pump.mg is None:
        return f"{words}, strength not on file"
    strengths = {segment.strength for segment in record.run.segments if segment.delivering}
    if len(strengths) > 1 or record.run.boluses:
        words += f" = {with_unit(pump.mg)}"
    else:
        words += f" × {with_unit(record.run.strength)} = {with_unit(pump.mg)}"
    return words if pump.whole else f"{words}, last read {clock(pump.read_at)}"


def _seen(fact: DrugWasted) -> str:
    """Who saw a waste and how; without a witness, where it can be measured."""
    if fact.witness_mode == "none":
        return f"NO WITNESS, sealed bag {fact.sealed_bag or 'not charted'}"
    return f"witness {fact.witness}{' by phone' if fact.witness_mode == 'by-phone' else ''}"


# ------------------------------------------------------------------ signatures


def signature_boxes(record: Record) -> tuple[SignatureBox, ...]:
    """Patient, adult, waste witness; then nurse and supervisor, twice as large."""
    patient = record.visit.patient
    adult = record.visit.adult
    return (
        _ink(record, "patient", "PATIENT", patient.full_name if patient else ""),
        _ink(record, "adult", "RESPONSIBLE ADULT", adult.name if adult else ""),
        _witness(record),
        _nurse(record),
        SignatureBox(
            role="SUPERVISOR, reviewer",
            instead="Not yet reviewed when this was printed. The review is a second digital "
            "signature on this file: who, when and what it found stand in that signature.",
            large=True,
            heavy=True,
        ),
    )


def _last_of(record: Record, role: str) -> Entry[InkSigned] | Entry[InkDeclined] | None:
    """The last word of one person: ink, or the reason why not."""
    found: list[Entry[InkSigned] | Entry[InkDeclined]] = [
        *(e for e in record.visit.of(InkSigned) if e.fact.role == role),
        *(e for e in record.visit.of(InkDeclined) if e.fact.role == role),
    ]
    return max(found, key=lambda entry: (entry.at, entry.number), default=None)


def _ink(record: Record, role: str, title: str, name: str) -> SignatureBox:
    entry = _last_of(record, role)
    if entry is None:
        instead = "Not signed." if record.start is not None else "Not asked: no infusion."
        return SignatureBox(role=title, name=name, instead=instead)
    fact = entry.fact
    if isinstance(fact, InkDeclined):
        return SignatureBox(
            role=title,
            time=clock(entry.at),
            name=fact.name or name,
            instead=f"No signature: {fact.reason}",
        )
    return SignatureBox(
        role=title,
        time=clock(entry.at),
        name=fact.name,
        meaning=fact.meaning,
        strokes=fact.strokes,
    )


def _witness(record: Record) -> SignatureBox:
    title = "WASTE WITNESS"
    wastes = record.visit.of(DrugWasted)
    ink = _last_of(record, "witness")
    if not wastes and ink is None:
        return SignatureBox(role=title, instead="No ketamine was wasted.")
    if not wastes:
        return _ink(record, "witness", title, "")
    waste = wastes[-1]
    fact = waste.fact
    saw = f"Saw {with_unit(fact.amount_mg)} wasted"
    more = f", and {count(len(wastes) - 1, 'more waste')}" if len(wastes) > 1 else ""
    who = ", ".join(filter(None, [fact.witness, fact.witness_role]))
    if isinstance(ink, Entry) and isinstance(ink.fact, InkSigned):
        return SignatureBox(
            role=title,
            time=clock(ink.at),
            name=who or ink.fact.name,
            meaning=f"{saw}{more}",
            strokes=ink.fact.strokes,
        )
    how = {
        "by-phone": f"By phone, called {fact.call_back or 'NO NUMBER'}, code {fact.witness_code}",
        "in-person": "In person, no signature on the screen",
        "none": f"NO WITNESS: {with_unit(fact.amount_mg)} wasted unseen",
    }[fact.witness_mode]
    if fact.witness_mode == "by-phone" and not fact.witness_code:
        how = "By phone, no code"
    return SignatureBox(
        role=title,
        time=clock(waste.at),
        name=who,
        meaning=f"{saw}{more}" if fact.witness else f"{supervisor_task(fact)}.",
        instead=how,
    )


def _nurse(record: Record) -> SignatureBox:
    nurse, signed = record.visit.nurse, record.visit.signed
    name = ""
    if nurse is not None:
        licence = " ".join(filter(None, [nurse.licence_state, nurse.licence]))
        name = f"{nurse.name}, {nurse.credential}, {licence}"
    if signed is None:
        return SignatureBox(
            role="NURSE, author",
            name=name,
            instead="Not signed. This is a draft.",
            large=True,
        )
    print_ = signed.fact.certificate
    groups = ":".join(print_[n : n + 2].upper() for n in range(0, 8, 2))
    incomplete = " SIGNED INCOMPLETE, see “Look at these”." if signed.fact.incomplete else ""
    later = addenda(record.visit)
    if later:
        last = later[-1]
        incomplete += f" Version {last.fact.version} signed {day(last.recorded_at.date())} "
        incomplete += f"{clock(last.recorded_at)} by {last.fact.signer}."
    return SignatureBox(
        role="NURSE, author",
        time=f"{day(signed.at.date())} {clock(signed.at)}",
        name=name,
        meaning=signed.fact.meaning,
        instead=f"Digital signature, certificate {groups}. Passphrase re-entered.{incomplete}",
        large=True,
    )
