"""The strip of an emergency: why and since when, how long, what the pump does, and the way out."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ketachart.domain.emergency import (
    clock_length,
    open_emergency,
    pump_may_run,
    pump_text,
)
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock_with_seconds
from ui import theme, tokens
from ui.language.saying import describe
from ui.theme import Look
from ui.tokens import Tone
from ui.widgets.boxes import Column, Row
from ui.widgets.buttons import Button
from ui.widgets.flow import Ends, Flow
from ui.widgets.mark import Mark
from ui.widgets.notice import Notice
from ui.widgets.words import Words


class EmergencyStrip(Notice):
    """Red in outline and words; nothing in it blinks."""

    cause_wanted = Signal()
    pump_stopped = Signal()
    over_wanted = Signal()

    def __init__(self) -> None:
        self._ends, self._flow, self._ways = Ends(), Flow(), Flow()
        super().__init__("Emergency", tone="danger", inset=(tokens.S4, tokens.S2))
        self._why = Words(size="small")
        self._running = Words(size="display", tone="danger", weight=tokens.SEMIBOLD, wraps=False)
        self._pump_sign = Mark("circle", size=tokens.ICON_SMALL)
        self._pump = Words(weight=tokens.SEMIBOLD)
        self.stop = Button("Pump stopped", sign="square")
        self.cause = Button("What is happening…", key="W")
        self.over = Button("No longer an emergency…", key="N")
        self._said = Words(size="label", tone="danger")
        self._may_run = self._low = False
        self._lay_out()
        self.stop.clicked.connect(self.pump_stopped)
        self.cause.clicked.connect(self.cause_wanted)
        self.over.clicked.connect(self.over_wanted)
        self.say("")
        self.dress(theme.look())

    def _lay_out(self) -> None:
        head = Column(gap=0)
        head.add(Words("Emergency", size="value", tone="danger", weight=tokens.SEMIBOLD))
        head.add(self._why)
        name = Row(gap=tokens.S3)
        name.add_level(Mark("siren", colour="danger", size=tokens.ICON_LARGE))
        name.add(head)
        running = Column(gap=0)
        running.add(Words("Running", size="small"))
        running.add(self._running)
        line = Row(gap=tokens.S1)
        line.add_level(self._pump_sign)
        line.add(self._pump)
        pump = Column(gap=tokens.S1)
        pump.add(Words("Pump", size="small"))
        pump.add(line)
        left, right, inside = QWidget(), QWidget(), QWidget()
        left.setLayout(self._flow)
        right.setLayout(self._ways)
        inside.setLayout(self._ends)
        for part in (name, running, pump, self.stop):
            self._flow.add(part)
        for button in (self.cause, self.over):
            self._ways.add(button)
        for button in (self.stop, self.cause, self.over):
            button.set_compact()
        self._ends.add(left)
        self._ends.add(right)
        self.add(inside)
        self.add(self._said)

    def dress(self, look: Look) -> None:
        """Scale the gaps."""
        super().dress(look)
        self._flow.set_gaps(look.px(tokens.S6), look.px(tokens.S2))
        self._ways.set_gaps(look.px(tokens.S2), look.px(tokens.S2))
        self._ends.set_gaps(look.px(tokens.S4), look.px(tokens.S2))
        self._ends.set_left_room(look.px(tokens.READING_WIDTH))

    def show_visit(self, visit: Visit, now: datetime) -> None:
        """How it stands; the running time is the difference of two clock times, never counted."""
        self.set_blocking("danger")
        declared = open_emergency(visit)
        if declared is None:
            self._why.setText("not charted")
            self._running.setText(clock_length(now - now))
        else:
            why = declared.fact.why or "not recorded what is happening"
            self._why.setText(f"since {clock_with_seconds(declared.at)}, {why}")
            self._running.setText(clock_length(now - declared.at))
        self.cause.setVisible(declared is not None)
        self.over.setVisible(declared is not None)
        may_run = pump_may_run(visit, now)
        self._pump.setText(pump_text(visit, now))
        self._pump.set_tone("danger" if may_run else "text")
        self._pump_sign.set_sign(
            "triangle-alert" if may_run else "circle-check", colour="danger" if may_run else "ok"
        )
        self._may_run = may_run
        self._show_stop()
        describe(self, f"{self._why.text()}, pump {self._pump.text()}")

    def set_low(self, *, low: bool) -> None:
        """In a low window the step below it that stops the pump is the only one that does."""
        self._low = low
        self._show_stop()

    def _show_stop(self) -> None:
        self.stop.setVisible(self._may_run and not self._low)

    def say(self, sentence: str, *, tone: Tone = "danger") -> None:
        """A sentence under the strip, or none."""
        self._said.set_tone(tone)
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))

    def said(self) -> str:
        """The sentence under the strip."""
        return self._said.text()
