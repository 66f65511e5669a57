"""What was done before the start, and the label to copy onto the bag."""

from datetime import datetime

from PySide6.QtCore import Signal

from ketachart.domain.course import baseline
from ketachart.domain.facts import AccessPlaced, IdentityConfirmed, LineFlushed, VialTaken
from ketachart.domain.infusion import Bag, bag_before
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, initials, with_unit
from ui import tokens
from ui.screens.arithmetic import HIDDEN
from ui.widgets.boxes import Column
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.key_value import KeyValue, KeyValues
from ui.widgets.time_field import ago
from ui.widgets.words import Words


class BeforeList(Column):
    """Facts that are charted, each with its time; and what may still be charted."""

    way_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__(gap=tokens.S2)
        self._title = Words("Done", size="label", weight=tokens.SEMIBOLD)
        self._done = KeyValues("Done before the start")
        self._ways = Column(gap=tokens.S2)
        self._buttons: dict[str, Button] = {}
        for way, words in (
            ("place-access", "Chart the IV"),
            ("bag", "Chart the bag"),
            ("flush", "Chart the line's priming"),
        ):
            button = Button(words, sign="plus", kind=Kind.QUIET)
            button.clicked.connect(lambda _on, way=way: self.way_wanted.emit(way))
            self._buttons[way] = button
            self._ways.add(button)
        self._label = Card("Bag label", gap=tokens.S1)
        self._label.as_inset()
        self._label.add(Words("Bag label, to copy by hand", size="small", tone="muted"))
        # as it is written on the bag, which is part of the record
        self._drug = Words(size="label", weight=tokens.SEMIBOLD, verbatim=True)
        self._who = Words(size="small", tone="muted", verbatim=True)
        self._label.add(self._drug)
        self._label.add(self._who)
        for part in (self._title, self._done, self._label, self._ways):
            self.add(part)

    def show_visit(self, visit: Visit, now: datetime, *, masked: bool) -> None:
        """What is on file; the label's numbers are hidden while masked."""
        done = _done(visit, now)
        self._title.setVisible(bool(done))
        self._done.show_facts(done)
        bag = bag_before(visit, now)
        self._buttons["place-access"].setVisible(visit.last(AccessPlaced) is None)
        self._buttons["bag"].setVisible(visit.last(VialTaken) is not None)
        self._buttons["bag"].set_words("Chart the bag" if bag is None else "Chart another bag")
        self._buttons["flush"].setVisible(visit.last(LineFlushed) is None)
        self._ways.setVisible(not masked)
        self._label.setVisible(bag is not None)
        if bag is None:
            return
        told = f"{with_unit(bag.drug)} in {with_unit(bag.volume)} ({with_unit(bag.strength)})"
        self._drug.setText(f"ketamine {HIDDEN if masked else told}")
        self._who.setText(_label_foot(visit, bag))


def _done(visit: Visit, now: datetime) -> tuple[KeyValue, ...]:
    rows: list[tuple[str, str]] = []
    identity = visit.last(IdentityConfirmed)
    if identity is not None:
        rows.append(("Identity", clock(identity.at)))
    access = visit.last(AccessPlaced)
    if access is not None:
        fact = access.fact
        rows.append((f"IV {fact.gauge} G, {fact.side} {fact.site}", clock(access.at)))
    vials = [f"{vial.vial}, lot {vial.lot}" for vial in visit.facts(VialTaken)]
    rows += [("Vial", words) for words in vials]
    bag = bag_before(visit, now)
    if bag is not None:
        written = "label written" if bag.entry.fact.label_written else "NO label"
        rows.append((f"Bag {bag.name}, {written}", clock(bag.entry.at)))
    flushed = visit.last(LineFlushed)
    if flushed is not None:
        told = f"{with_unit(flushed.fact.volume_ml)} {flushed.fact.fluid}"
        rows.append(("Line primed", told))
    first = baseline(visit)
    if first is not None:
        rows.append(("Baseline vitals", f"{clock(first.at)}, {ago(first.at, now)}"))
    return tuple(KeyValue(key, value, "ok", sign="check") for key, value in rows)


def _label_foot(visit: Visit, bag: Bag) -> str:
    patient, nurse = visit.patient, visit.nurse
    vial = next((v for v in visit.facts(VialTaken) if v.vial == bag.vial), None)
    use_by = bag.entry.fact.use_by
    parts = [
        f"{patient.full_name}, MRN {patient.mrn}" if patient is not None else "",
        f"{clock(bag.entry.at)} {initials(nurse.name) if nurse is not None else ''}".strip(),
        f"lot {vial.lot}" if vial is not None else "",
        f"use by {clock(use_by)}" if use_by is not None else "",
    ]
    return ", ".join(part for part in parts if part)
