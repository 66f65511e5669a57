"""What follows the instructions: how many were said back, the sheet that is left, the calls."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ketachart.domain.facts import FollowUpPlanned, HandoutGiven
from ketachart.domain.instructions import Told, follow_ups, proposed_follow_ups
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, count, day_and_clock, listed
from ui import theme, tokens
from ui.actions import key_of
from ui.language.saying import say_name
from ui.theme import Dressed, Look
from ui.widgets.boxes import Column, Row
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.flow import Ends, Flow
from ui.widgets.mark import Mark
from ui.widgets.words import Words


class TeachFoot(QWidget, Dressed):
    """Three lines of words, and the buttons for what is not done yet."""

    sheet_wanted = Signal()  # the PDF that is left
    sheet_left = Signal()
    calls_planned = Signal()
    other_call = Signal()

    def __init__(self) -> None:
        super().__init__()
        say_name(self, "After the instructions")
        self._mark = Mark("circle", size=tokens.ICON_SMALL)
        self._said = Words(size="label")
        self._left = Words(size="small", tone="muted")
        self._calls = Words(size="small", tone="muted")
        self.make = Button("Make the sheet…", sign="file-text", key=key_of("sheets"))
        self.sheet = Button("Sheet left", sign="check", key=key_of("handout"))
        self.plan = Button("Plan the calls", sign="phone", key=key_of("calls"))
        self.other = Button("Another call…", key=key_of("other-call"), kind=Kind.QUIET)
        head = Row(gap=tokens.S1)
        head.add_level(self._mark)
        head.add(self._said, stretch=1)
        words = Column(gap=0)
        for part in (head, self._left, self._calls):
            words.add(part)
        self._ends, self._flow = Ends(), Flow()
        buttons = QWidget()
        buttons.setLayout(self._flow)
        for button in (self.make, self.sheet, self.plan, self.other):
            button.set_compact()
            self._flow.add(button)
        self.setLayout(self._ends)
        self._ends.add(words)
        self._ends.add(buttons)
        self.make.clicked.connect(self.sheet_wanted)
        self.sheet.clicked.connect(self.sheet_left)
        self.plan.clicked.connect(self.calls_planned)
        self.other.clicked.connect(self.other_call)
        self.dress(theme.look())

    def dress(self, look: Look) -> None:
        """Scale the gaps; the words keep room before the buttons go beneath them."""
        self._ends.set_gaps(look.px(tokens.S3), look.px(tokens.S2))
        self._ends.set_left_room(look.px(tokens.QUESTION_ROOM))
        self._flow.set_gaps(look.px(tokens.S2), look.px(tokens.S2))

    def show_visit(self, visit: Visit, items: tuple[Told, ...]) -> None:
        """How it stands, and only the buttons that still have something to do."""
        self._show_said(items)
        sheet = visit.last(HandoutGiven)
        self._left.setText(
            f"Sheet left {clock(sheet.at)} with {listed(list(sheet.fact.to))}"
            if sheet is not None
            else "The sheet is not left yet"
        )
        who = "patient and adult" if visit.adult else "the patient"
        self.sheet.set_words(f"Sheet left with {who}")
        self.sheet.setVisible(sheet is None)
        planned, proposed = follow_ups(visit), proposed_follow_ups(visit)
        self._calls.setText(_calls(planned, proposed))
        self.plan.set_words(f"Plan {count(len(proposed), 'call')}")
        self.plan.setVisible(not visit.facts(FollowUpPlanned) and bool(proposed))

    def _show_said(self, items: tuple[Told, ...]) -> None:
        heard = [item for item in items if item.heard]
        helped = sum("helped" in (item.patient, item.adult) for item in heard)
        words = f"{len(heard)} of {len(items)} said back"
        if helped:
            words += f", {helped} with help"
        self._said.setText(words)
        whole = len(heard) == len(items)
        self._mark.set_sign(
            "circle-check" if whole else "circle", colour="ok" if whole else "muted"
        )

    def press_sheet(self) -> None:
        """What its key does, while it has something to do."""
        if self.sheet.isVisibleTo(self):
            self.sheet.click()

    def press_calls(self) -> None:
        """What its key does: the protocol's times, else a time of its own."""
        (self.plan if self.plan.isVisibleTo(self) else self.other).click()


def _calls(planned: tuple[datetime, ...], proposed: tuple[datetime, ...]) -> str:
    if planned:
        return f"Calls planned {listed([day_and_clock(moment) for moment in planned])}"
    if proposed:
        return f"The protocol asks for calls {listed([day_and_clock(m) for m in proposed])}"
    return "The times of the calls follow from the end of the infusion"
