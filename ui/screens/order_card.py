"""The order as the prescriber wrote it, and every value of it held against its limit."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal

from ketachart.domain.dose.dosing_weight import planned_dose
from ketachart.domain.dose.phone_code import phone_code
from ketachart.domain.dose_checks import DoseCheck, dose_checks
from ketachart.domain.earlier.series import earlier, totals
from ketachart.domain.facts import OrderRecorded, PrnOrder
from ketachart.domain.protocol import Protocol
from ketachart.domain.telling.order_changes import changes
from ketachart.domain.telling.order_parts import weight_text
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, count, day, with_unit
from ui import tokens
from ui.actions import BY_NAME, key_of
from ui.language.saying import say_name
from ui.screens.arithmetic import HIDDEN, Pair
from ui.screens.order_rows import added_lines
from ui.screens.series_card import SeriesPart
from ui.screens.told import limit_facts
from ui.tokens import Tone
from ui.widgets.boxes import Column, Row, Rule
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card, Heading
from ui.widgets.key_value import FactColumns, KeyValue, KeyValues
from ui.widgets.mark import Mark
from ui.widgets.words import Words

_SIGNS: dict[str, tuple[str, Tone]] = {
    "inside": ("check", "ok"),
    "reason": ("triangle-alert", "warn"),
    "stop": ("octagon-alert", "danger"),
}
_RECEIVED = {"signed": "signed", "telephone": "telephone"}


class OrderCard(Card):
    """All of the order; a check outside its bound asks for a reason, or stops."""

    explain_wanted = Signal(str)  # the code of a check
    change_wanted = Signal()  # the prescriber changes it by phone
    elsewhere_wanted = Signal()  # an infusion that this laptop has no record of

    def __init__(self) -> None:
        super().__init__("Order", gap=tokens.S1)
        self._shown: object = None
        self._heading = Heading("Order")
        self._code = Words(weight=tokens.SEMIBOLD, tone="accent_text", wraps=False, verbatim=True)
        right = Row(gap=tokens.S2)
        right.add_level(Words("phone code", size="small", tone="muted"))
        right.add_level(self._code)
        self._heading.set_right(right)
        self._by = Words(size="small", tone="muted")
        self._changed = Words(size="small", weight=tokens.SEMIBOLD)
        self._changed.hide()
        self._change = Button(
            BY_NAME["order-change"].words,
            sign="phone",
            kind=Kind.QUIET,
        )
        self._change.set_words("Changed by phone", sub=key_of("order-change"))
        self._change.hide()
        self._change.clicked.connect(self.change_wanted)
        self._limits_beside = False
        self._inside = Column(gap=tokens.S1)
        for part in (self._heading, self._by, self._changed, self._change, self._inside):
            self.add(part)
        self.add_room()

    def limits_beside(self, *, stand: bool) -> bool:
        """The limits stand in their own panel already; whether that is new."""
        changed = stand is not self._limits_beside
        self._limits_beside = stand
        return changed

    def show_visit(self, visit: Visit, now: datetime, *, masked: bool) -> None:
        """The order as it stands; the bag's strength is hidden while masked."""
        order, patient, dose = visit.order, visit.patient, planned_dose(visit)
        if order is None:
            self._by.setText("No order on file")
            return
        if patient is not None:
            self._code.setText(phone_code(patient, order, dose))
        # while the pump is read blind the form would tell the strength that is hidden here
        self._change.setVisible(not masked and visit.signed is None)
        said = [f"Changed {clock(c.edition.entry.at)}: {c.words}" for c in changes(visit)]
        self._changed.setText("\n".join(said))
        self._changed.setVisible(bool(said))
        checks = dose_checks(visit, now)
        shown = (
            order,
            dose,
            checks,
            visit.weight,
            masked,
            added_lines(visit, order),
            earlier(visit),
            totals(visit, now),
            self._limits_beside,
        )
        if shown == self._shown:
            return
        self._shown = shown
        self._by.setText(_signed(order))
        self._inside.empty()
        self._add_outside(checks, visit.protocol)
        self._inside.add(Rule())
        self._inside.add(FactColumns("Order", _facts(visit, order, masked=masked)))
        self._inside.add(Rule())
        self._add_prn(order)
        self._add_lines(visit, order)
        if not self._limits_beside:
            self._add_limits(visit)
        self._add_inside(checks, visit.protocol)
        self._add_series(visit, now)

    def _add_prn(self, order: OrderRecorded) -> None:
        self._title("If needed, only these")
        rows = tuple(KeyValue(prn.medicine.capitalize(), _prn(prn), "text") for prn in order.prn)
        self._inside.add(KeyValues("If needed", rows or (KeyValue("No medicine", "not ordered"),)))

    def _add_lines(self, visit: Visit, order: OrderRecorded) -> None:
        """What only some orders say."""
        for title, lines in added_lines(visit, order):
            self._title(title)
            for line in lines:
                self._inside.add(Words(line, size="small"))

    def _add_series(self, visit: Visit, now: datetime) -> None:
        self._inside.add(Rule())
        part = SeriesPart(visit, now)
        part.elsewhere_wanted.connect(self.elsewhere_wanted)
        self._inside.add(part)

    def _add_outside(self, checks: tuple[DoseCheck, ...], protocol: Protocol) -> None:
        """What asks for a reason, or stops, stands before all else: it is settled first."""
        outside = [row for row in checks if row.standing != "inside"]
        if outside:
            self._add_checks(f"{len(outside)} outside", "warn", outside, protocol)

    def _add_inside(self, checks: tuple[DoseCheck, ...], protocol: Protocol) -> None:
        inside = [row for row in checks if row.standing == "inside"]
        told = f"{len(inside)} inside" if len(inside) < len(checks) else "all inside"
        tone: Tone = "ok" if checks else "muted"
        self._add_checks(told if checks else "wait for the weight", tone, inside, protocol)

    def _add_checks(
        self, told: str, tone: Tone, rows: Sequence[DoseCheck], protocol: Protocol
    ) -> None:
        self._inside.add(Rule())
        head = Words("Limits", size="label", weight=tokens.MEDIUM)
        self._inside.add(Pair(head, Words(told, size="small", tone=tone)))
        for row in rows:
            self._add_check(row, protocol.cited(row.source).short)

    def _add_check(self, row: DoseCheck, source: str) -> None:
        sign, tone = _SIGNS[row.standing]
        line = Row(gap=tokens.S2)
        line.add_level(Mark(sign, colour=tone, size=tokens.ICON_SMALL))
        words = Column(gap=0)
        value = Words(row.value, size="small", tone="text" if tone == "ok" else tone)
        words.add(Pair(Words(row.label, size="small"), value))
        words.add(Words(f"{row.bound}: {source}", size="small", tone="muted"))
        if row.explained:
            words.add(Words(f"Reason: {row.explained}", size="small"))
        line.add(words, stretch=1)
        self._inside.add(line)
        if row.standing == "reason" and not row.explained:
            explain = Button("Give the reason", sign="pencil")
            say_name(explain, f"Give the reason: {row.label} {row.value}")
            explain.clicked.connect(lambda: self.explain_wanted.emit(row.code))
            self._inside.add(explain)

    def _add_limits(self, visit: Visit) -> None:
        self._inside.add(Rule())
        self._title("While it runs")
        self._inside.add(KeyValues("While it runs", limit_facts(visit)))

    def _title(self, words: str) -> None:
        self._inside.add(Words(words, size="label", weight=tokens.MEDIUM))


def _signed(order: OrderRecorded) -> str:
    parts = [f"{order.prescriber.name}, {_RECEIVED[order.received]} {day(order.ordered_on)}"]
    if order.received == "telephone":
        parts.append("read back" if order.read_back else "NOT read back")
    if order.expires_on is not None:
        parts.append(f"ends {day(order.expires_on)}")
    if order.evaluated_on is not None:
        parts.append(f"patient evaluated {day(order.evaluated_on)}")
    return ", ".join(parts)


def _facts(visit: Visit, order: OrderRecorded, *, masked: bool) -> tuple[KeyValue, ...]:
    goal = visit.protocol.goal(order.goal)
    dose = planned_dose(visit)
    rows = [
        KeyValue("Goal", goal.label if goal is not None else order.goal),
        KeyValue("Dose", f"{with_unit(order.dose_mg_per_kg)} IV"),
        KeyValue(
            "Total",
            f"{with_unit(dose)}, never more" if dose is not None else "waits for the weight",
        ),
    ]
    if order.ceiling_mg is not None:
        rows.append(KeyValue("Ceiling", with_unit(order.ceiling_mg)))
    rows.append(KeyValue("Over", with_unit(order.duration_min)))
    start = order.start_rate_mg_kg_h
    rows.append(
        KeyValue("Start rate", with_unit(start) if start is not None else "dose over the time")
    )
    highest = order.highest_rate_mg_kg_h
    rows.append(
        KeyValue("Highest rate", with_unit(highest) if highest is not None else "not named")
    )
    strength = order.strength_mg_per_ml
    usual = f"{with_unit(visit.protocol.usual_strength)}, usual"
    told = with_unit(strength) if strength is not None else usual
    rows.append(KeyValue("Bag strength", HIDDEN if masked else told))
    rows.append(KeyValue("Made up with", order.diluent))
    rows.append(KeyValue("Weight", weight_text(visit)))
    rows.append(KeyValue("Bolus", _bolus(order)))
    if order.note:
        rows.append(KeyValue("Note", order.note))
    return tuple(rows)


def _bolus(order: OrderRecorded) -> str:
    if not order.bolus_allowed:
        return "not allowed"
    most = order.bolus_max_mg_per_kg
    return "allowed" if most is None else f"up to {with_unit(most)}"


def _prn(prn: PrnOrder) -> str:
    times = "once" if prn.most_doses == 1 else f"up to {count(prn.most_doses, 'dose')}"
    apart = f", {with_unit(prn.interval_min)} apart" if prn.interval_min is not None else ""
    what = f" for {prn.indication}" if prn.indication else ""
    return f"{prn.dose} {prn.unit} {prn.route}, {times}{apart}{what}"
