"""The three figures to be seen from the bedside: rate, dose given, time; and the pump's buttons."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ketachart.domain.also_due import also_due
from ketachart.domain.delivered import Delivery
from ketachart.domain.dose.dosing_weight import planned_dose
from ketachart.domain.dose_alerts import Ceiling, ceiling_of, dry_stretches
from ketachart.domain.infusion import delivery, dose_rate, per_kg, planned_end
from ketachart.domain.quantities import Mg, length_of
from ketachart.domain.visit import Visit
from ketachart.domain.wording import (
    DASH,
    amount,
    clock,
    clock_with_seconds,
    hours_and_minutes,
    length,
    with_unit,
)
from ui import tokens
from ui.actions import key_of
from ui.forms.last_done import last_at
from ui.theme import Look
from ui.tokens import Tone
from ui.widgets.boxes import Column, Row
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.flow import Ends, Flow
from ui.widgets.tile import Tile
from ui.widgets.verdict_line import VerdictLine

_KEYS = {
    act: key_of("pause" if act == "resume" else act) for act in ("rate", "pause", "resume", "stop")
}

TONES: dict[Ceiling, Tone] = {
    "under": "text",
    "near": "warn",
    "reached": "danger",
    "over": "danger",
}


class InfusionTiles(Card):
    """Rate, given, infusing; Change rate, Pause or Resume, Stop. ``wanted`` names the act."""

    wanted = Signal(str)

    def __init__(self) -> None:
        self._tiles, self._ends = Flow(), Ends()
        super().__init__("Infusion now", inset=tokens.S2)
        self.rate, self.given, self.infusing = Tile("Rate"), Tile("Given"), Tile("Infusing")
        self.change = self._button("Change rate", sign="gauge", act="rate")
        self.pause = self._button("Pause", sign="pause", act="pause", kind=Kind.DANGER)
        self.resume = self._button("Resume", sign="play", act="pause")
        self.stop = self._button("Stop", sign="square", act="stop", kind=Kind.DANGER)
        self._acts = (
            (self.change, "rate"),
            (self.pause, "pause"),
            (self.resume, "resume"),
            (self.stop, "stop"),
        )
        tiles, line = QWidget(), QWidget()
        tiles.setLayout(self._tiles)
        line.setLayout(self._ends)
        for tile in (self.rate, self.given, self.infusing):
            self._tiles.add(tile)
        buttons = Row(gap=tokens.S2)
        for button in (self.change, self.pause, self.resume, self.stop):
            buttons.add_level(button)
        self._ends.add(tiles)
        self.due = VerdictLine()
        right = Column(gap=tokens.S1)
        right.add(buttons)
        right.add(self.due)
        self._ends.add(right)
        self.add(line)

    def _button(self, words: str, *, sign: str, act: str, kind: Kind = Kind.PLAIN) -> Button:
        made = Button(words, words=words, sign=sign, kind=kind)
        made.set_words(words, sub=key_of(act))
        made.set_compact()
        made.clicked.connect(lambda: self.wanted.emit(act))
        return made

    def dress(self, look: Look) -> None:
        """Scale the gaps."""
        super().dress(look)
        self._tiles.set_gaps(look.px(tokens.S6), look.px(tokens.S2))
        self._ends.set_gaps(look.px(tokens.S3), look.px(tokens.S2))

    def show_visit(self, visit: Visit, now: datetime) -> None:
        """The pump as it is now by what was charted."""
        run = delivery(visit, now)
        self._show_rate(visit, run)
        self._show_given(visit, run)
        self._show_time(visit, run)
        self._show_due(visit, run)
        for button, act in self._acts:
            last = last_at(visit, act)
            button.set_words(button.words(), sub="  ".join(filter(None, (_KEYS[act], last))))
        self.pause.setVisible(run.state != "paused")
        self.resume.setVisible(run.state == "paused")
        self.change.setEnabled(run.state == "running")
        self.pause.setEnabled(run.state == "running")
        self.stop.setEnabled(run.state in {"running", "paused"})

    def _show_rate(self, visit: Visit, run: Delivery) -> None:
        if run.paused_at is not None:
            since = clock_with_seconds(run.paused_at)
            self.rate.show_value("Paused", sub=f"since {since}", tone="danger")
        elif run.state == "running":
            self._show_running(visit, run)
        else:
            word = "Stopped" if run.state == "stopped" else DASH
            at = clock(run.stopped_at) if run.stopped_at else "not started"
            self.rate.show_value(word, sub=at)

    def _show_running(self, visit: Visit, run: Delivery) -> None:
        weighed = dose_rate(visit, run.rate, run.strength)
        if run.strength is None:
            self.rate.show_value(amount(run.rate), unit=run.rate.unit, tone="accent_text")
            return
        drug = run.rate.at(run.strength)
        meanings = [with_unit(x) for x in (weighed, run.rate) if x is not None]
        self.rate.show_value(
            amount(drug), unit=drug.unit, sub="   ".join(meanings), tone="accent_text"
        )

    def _show_given(self, visit: Visit, run: Delivery) -> None:
        planned = planned_dose(visit)
        if run.started_at is None:
            self.given.show_value(DASH, sub=f"{with_unit(planned)} ordered")
            return
        given = run.total_mg
        so_far = [with_unit(x) for x in (per_kg(visit, given), run.infused_ml) if x is not None]
        if planned is None:
            self.given.show_value(amount(given), unit="mg", sub="   ".join(so_far))
            return
        ceiling = ceiling_of(visit, run)
        self.given.show_value(
            amount(given),
            unit=f"of {with_unit(planned)}",
            sub="   ".join((_left(visit, planned, given, ceiling), *so_far)),
            tone=TONES[ceiling],
        )

    def _show_time(self, visit: Visit, run: Delivery) -> None:
        if run.started_at is None:
            self.infusing.show_value(DASH)
            return
        order = visit.order
        planned = f"of {hours_and_minutes(length_of(order.duration_min.seconds))}" if order else ""
        end = planned_end(visit, run)
        sub = f"Ends about {clock(end)}" if end is not None else ""
        dry = [start for start, end in dry_stretches(run) if end is None]
        if run.paused_at is not None:
            sub = f"Paused for {length(run.until - run.paused_at)}"
        elif dry:
            sub = f"The bag must be empty since {clock(dry[0])}"
        running = hours_and_minutes(length_of(run.delivering_s))
        tone: Tone = "danger" if dry and run.paused_at is None else "text"
        self.infusing.show_value(running, unit=planned, sub=sub, tone=tone)

    def _show_due(self, visit: Visit, run: Delivery) -> None:
        """What is due first beside the vitals, with the key that charts it; amber when overdue."""
        items = also_due(visit, run)
        if not items:
            self.due.say("muted", "")
            return
        first, late = items[0], [item for item in items if item.at < run.until]
        when = f"overdue since {clock(first.at)}" if late else f"due {clock(first.at)}"
        more = f", {len(late) - 1} more overdue" if len(late) > 1 else ""
        self.due.say(
            "warn" if late else "muted", f"{first.words} {when} ({key_of(first.what)}){more}"
        )


def _left(visit: Visit, planned: Mg, given: Mg, ceiling: Ceiling) -> str:
    """What is left of the ordered dose, or how far it is passed, in words."""
    if ceiling == "near":
        near = visit.protocol.policy("ceiling.near")
        return f"over {near.value} %, {with_unit(planned - given)} left"
    return {
        "under": f"{with_unit(max(planned - given, Mg.zero()))} left",
        "reached": "all that was ordered is in",
        "over": f"{with_unit(max(given - planned, Mg.zero()))} over",
    }[ceiling]
