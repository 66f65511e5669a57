"""When the nurse may leave at the earliest, how far that is, and what else is waited for."""

from datetime import datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ketachart.domain.audit import words
from ketachart.domain.course import ended_at, started_at
from ketachart.domain.facts import InfusionNotStarted, PatientReleased
from ketachart.domain.readiness import readiness, waiting_for
from ketachart.domain.recovery import observation
from ketachart.domain.release import Release
from ketachart.domain.visit import Visit
from ketachart.domain.wording import DASH, clock, length
from ui import theme, tokens
from ui.actions import key_of
from ui.language.saying import describe
from ui.theme import Look
from ui.tokens import Tone
from ui.widgets.bar import Bar
from ui.widgets.boxes import Column, Row, Rule
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.flow import Ends
from ui.widgets.words import Words

# How many open points the strip names; all of them stand in the list beneath it.
MOST_NAMED = 4


class ReleaseStrip(Card):
    """The time at the left, the bar and the open points in the middle, the button at the right."""

    release_wanted = Signal()

    def __init__(self) -> None:
        self._ends, self._outer = Ends(), Ends()
        super().__init__("Earliest release", inset=tokens.S3)
        self._what = Words("Earliest release", size="label", tone="muted")
        self._time = Words(size="display", tone="accent_text", weight=tokens.SEMIBOLD, wraps=False)
        self._under = Words(size="small", tone="muted")
        self._gone = Words(size="label")
        self._edition = Words(size="small", tone="muted")
        self._bar = Bar()
        self._waiting = Words()
        self.button = Button("Release…", sign="clipboard-check", key=key_of("release"))
        self.button.clicked.connect(self.release_wanted)
        self._lay_out()
        self.dress(theme.look())

    def _lay_out(self) -> None:
        head = QWidget()
        head.setLayout(self._ends)
        self._ends.add(self._gone)
        self._ends.add(self._edition)
        when = Column(gap=0)
        when.add_room()
        for figure in (self._what, self._time, self._under):
            when.add(figure)
        when.add_room()
        how_far = Column(gap=tokens.S2)
        how_far.add_room()
        how_far.add(head)
        how_far.add(self._bar)
        how_far.add(self._waiting)
        how_far.add_room()
        left = Row(gap=tokens.S4)
        left.add(when)
        left.add(Rule(upright=True))
        left.add(how_far, stretch=1)
        line = QWidget()
        line.setLayout(self._outer)
        self._outer.add(left)
        self._outer.add(self.button)
        self.add(line)

    def dress(self, look: Look) -> None:
        """Scale the gaps."""
        super().dress(look)
        self._ends.set_gaps(look.px(tokens.S3), 0)
        self._outer.set_gaps(look.px(tokens.S4), look.px(tokens.S2))
        self._outer.set_left_room(look.px(tokens.READING_WIDTH))

    def show_release(self, visit: Visit, state: Release, now: datetime) -> None:
        """The strip as it stands: before the end, waiting, ready, or over."""
        self._edition.setText(visit.protocol.edition)
        if ended_at(visit) is not None:
            self._show_over(visit)
            return
        seen = observation(visit, now)
        self._what.setText("Earliest release")
        self.button.setEnabled(started_at(visit) is not None)
        if seen is None:
            began = started_at(visit) is not None
            self._show_time(DASH, "the infusion is not over" if began else "nothing was given yet")
            self._gone.setText("The observation begins when the infusion is stopped")
            self._bar.show_part(0.0)
        else:
            self._gone.setText(seen.sentence)
            self._bar.show_part(float(seen.part))
            self._show_time(clock(seen.earliest), _under(seen.left, state))
        self._show_waiting(visit, state, now)

    def _show_time(self, time: str, under: str, *, tone: Tone = "accent_text") -> None:
        self._time.setText(time)
        self._time.set_tone(tone)
        self._under.setText(under)
        describe(self, f"{self._what.text()} {time}, {under}")

    def _show_waiting(self, visit: Visit, state: Release, now: datetime) -> None:
        """When, and what is waited for, in the one sentence that stands everywhere."""
        waits = waiting_for(visit, state, now)
        self._waiting.setText(readiness(visit, now, most=MOST_NAMED) or _before(waits))
        self._waiting.set_tone("text" if state.open else "ok")

    def _show_over(self, visit: Visit) -> None:
        """Released, or never started: when, and in the words of the record."""
        released = visit.last_fact(PatientReleased)
        fact = released or visit.last_fact(InfusionNotStarted)
        self._what.setText("Released" if released else "Not started")
        said = words(visit, fact)[1] if fact is not None else ""
        self._show_time(clock(ended_at(visit)), "", tone="ok")
        self._under.setText("")
        self._gone.setText(said)
        self._bar.show_part(1.0, colour="ok_line")
        self._waiting.setText("Nothing more is due")
        self._waiting.set_tone("ok")
        self.button.setEnabled(False)


def _before(waits: tuple[str, ...]) -> str:
    """While the infusion still runs: what will be asked for."""
    named = [*waits[:MOST_NAMED]]
    more = len(waits) - len(named)
    return f"Waiting for: {', '.join([*named, *([f'{more} more'] if more else [])])}"


def _under(left: timedelta, state: Release) -> str:
    if left > timedelta():
        return f"in {length(left)}, if all is met"
    return "now" if state.ready else "when all is met"
