"""The verdict of the screening: why, who authorised what, what is still open, and the way on."""

from datetime import datetime

from PySide6.QtCore import Signal

from ketachart.domain.course import started_at
from ketachart.domain.facts import OverrideAuthorised, ScreeningAnswered, ScreeningConcluded
from ketachart.domain.screening import ItemState, Screening, progress
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, count
from ketachart.errors import KetaChartError
from ui import tokens
from ui.actions import key_of
from ui.desk import Desk
from ui.language.saying import say_name
from ui.tokens import Tone
from ui.widgets.boxes import Column, Row, Rule, Scroller
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.key_value import FactColumns, KeyValue, KeyValues
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.verdict_box import VerdictBox
from ui.widgets.words import Words

_TONES: dict[str, Tone] = {"clear": "ok", "ask": "warn", "stop": "danger", "open": "muted"}
_SIGNS = {"clear": "", "ask": "phone", "stop": "", "open": "list-checks"}


class VerdictPanel(Card):
    """Always in sight; its button is the one way on."""

    sheet_wanted = Signal(str)
    call_wanted = Signal(str)  # the code of the question that the call is about
    item_wanted = Signal(str)  # a question to go to
    go_on = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__("Verdict", inset=tokens.S3)
        self._desk = desk
        self._screening = Screening(())
        self._shown: object = None
        self._box = VerdictBox("Verdict")
        self._details = Column(gap=tokens.S2)
        self._foot = Words(size="small", tone="muted")
        self._end = Button("End visit: not started", kind=Kind.QUIET)
        self._end.clicked.connect(lambda: self.sheet_wanted.emit("not-started"))
        self.primary = PrimaryButton("Go to order & dose", key=key_of("primary"))
        self.primary.clicked.connect(self._press)
        self.primary.refused.connect(lambda _why: self._go_to_open())
        self.add(self._box)
        self.add(Scroller("Reasons", self._details), stretch=1)
        for part in (self._foot, self._end, self.primary):
            self.add(part)

    # ------------------------------------------------ showing

    def show_screening(self, state: Screening, visit: Visit, now: datetime) -> None:
        """The verdict as it stands."""
        del now
        self._screening = state
        self._box.show_verdict(
            _TONES[state.verdict],
            state.headline,
            sentence=_sentence(state),
            sign=_SIGNS[state.verdict],
        )
        self._show_details(state)
        self._show_ways(state, visit)

    def _show_details(self, state: Screening) -> None:
        """Made anew only where something changed, so that the focus stays."""
        shown = (state.open, state.authorised)
        if shown == self._shown:
            return
        self._shown = shown
        self._details.empty()
        for one in state.open:
            if one.answer is not None:
                self._add_reason(one)
        for one in state.authorised:
            self._add_authorised(one)
        waiting = [one for one in state.open if one.answer is None]
        if waiting:
            self._add_waiting(state, len(waiting))
        self._details.add_room()

    def _add_reason(self, state: ItemState) -> None:
        """A stop or an open ask: what, why, from where, and what can be done about it."""
        tone: Tone = "danger" if state.answer == "stop" else "warn"
        word = "Stop" if state.answer == "stop" else "Ask the prescriber"
        self._add_head(word, state.item.section, tone)
        self._details.add(Words(state.item.question, weight=tokens.MEDIUM))
        if state.note:
            self._details.add(Words(state.note, tone=tone))
        self._details.add(Words(f"Source: {state.cited}", size="small", tone="muted"))
        self._details.add(self._way_about(state))
        self._details.add(Rule())

    def _way_about(self, state: ItemState) -> Button:
        code = state.item.code
        if _can_be_authorised(state):
            way = Button("Record call", sign="phone")
            say_name(way, f"Record call: {state.item.question}")
            way.clicked.connect(lambda: self.call_wanted.emit(code))
        else:
            way = Button("To the question", sign="arrow-right", kind=Kind.QUIET)
            say_name(way, f"To the question: {state.item.question}")
            way.clicked.connect(lambda: self.item_wanted.emit(code))
        return way

    def _add_authorised(self, state: ItemState) -> None:
        override = state.override
        if override is None:
            return
        self._add_head("Ask, authorised", state.item.section, "warn")
        about = f"{state.item.question}: {state.note}" if state.note else state.item.question
        self._details.add(Words(about))
        facts = [
            KeyValue("Who", f"{override.by}{', by phone' if override.phone else ''}"),
            KeyValue("When", f"{clock(override.at)}, read back yes"),
            KeyValue("Reason", override.reason),
        ]
        if override.condition:
            facts.append(KeyValue("Condition", override.condition))
        self._details.add(FactColumns("Authorised", tuple(facts)))
        self._details.add(Rule())

    def _add_waiting(self, state: Screening, how_many: int) -> None:
        """What is still open, by section."""
        self._add_head("Still open", count(how_many, "question"), "text")
        rows = []
        for name in state.sections:
            waiting = sum(one.answer is None for one in state.section(name))
            if waiting:
                rows.append(KeyValue(name, str(waiting), "text"))
        self._details.add(KeyValues("Still open by section", tuple(rows)))

    def _add_head(self, word: str, aside: str, tone: Tone) -> None:
        row = Row(gap=tokens.S2)
        row.add(Words(word, size="label", tone=tone, weight=tokens.SEMIBOLD))
        row.add(Words(aside, size="small", tone="muted"), stretch=1)
        self._details.add(row)

    # ------------------------------------------------ the ways on

    def _show_ways(self, state: Screening, visit: Visit) -> None:
        started = started_at(visit)
        self._end.setVisible(started is None)
        order = visit.order
        call = self._to_call()
        name = order.prescriber.name if order is not None else "the prescriber"
        self._foot.setText(_foot(state, visit))
        if state.verdict == "clear" or started is not None:
            self.primary.set_words("Go to order & dose")
            self.primary.set_sign("")
            self.primary.reopen()
        elif call is not None:
            self.primary.set_words(f"Record call to {name}")
            self.primary.set_sign("phone")
            self.primary.reopen()
        elif state.verdict == "stop":
            self.primary.set_words("Go to order & dose")
            self.primary.set_sign("")
            self.primary.close_because("A stop stands")
        else:
            self.primary.set_words("Go to order & dose")
            self.primary.set_sign("")
            self.primary.close_because(f"{count(len(state.open), 'question')} open")

    def _to_call(self) -> ItemState | None:
        """The first point that a call to the prescriber can settle."""
        return next((one for one in self._screening.open if _can_be_authorised(one)), None)

    def _press(self) -> None:
        visit = self._desk.visit
        call = self._to_call()
        if started_at(visit) is None and self._screening.verdict != "clear":
            if call is not None:
                self.call_wanted.emit(call.item.code)
            return
        if started_at(visit) is None and not _concluded(visit):
            try:
                self._desk.conclude_screening()
            except KetaChartError as error:
                self._foot.setText(str(error))
                self._foot.set_tone("danger")
                return
        self._foot.set_tone("muted")
        self.go_on.emit()

    def _go_to_open(self) -> None:
        """The key was pressed while the button is closed: to the first question in the way."""
        if self._screening.open:
            self.item_wanted.emit(self._screening.open[0].item.code)


def _can_be_authorised(state: ItemState) -> bool:
    return state.answer == "ask" or (state.answer == "stop" and state.item.stop_can_be_authorised)


def _concluded(visit: Visit) -> bool:
    """Whether the screening is closed with “go” and nothing was answered after that."""
    last = visit.last(ScreeningConcluded)
    if last is None or last.fact.verdict != "go":
        return False
    later = [*visit.of(ScreeningAnswered), *visit.of(OverrideAuthorised)]
    return all(entry.number < last.number for entry in later)


def _sentence(state: Screening) -> str:
    stops = sum(one.answer == "stop" for one in state.open)
    asks = sum(one.answer == "ask" for one in state.open)
    waiting = sum(one.answer is None for one in state.open)
    parts = [count(number, word) for number, word in ((stops, "stop"), (asks, "ask")) if number]
    found = " and ".join(parts)
    if state.verdict == "stop":
        return f"{found}. Nothing is started while a stop stands."
    if state.verdict == "ask":
        left = f" {count(waiting, 'question')} still open." if waiting else ""
        return f"{found}: each needs a call, read back.{left}"
    if state.verdict == "open":
        return f"{progress(state)}."
    authorised = len(state.authorised)
    more = f" {count(authorised, 'ask')}, authorised." if authorised else ""
    return f"{progress(state)}.{more}"


def _foot(state: Screening, visit: Visit) -> str:
    last = visit.last(ScreeningConcluded)
    if started_at(visit) is not None and last is not None:
        return f"Closed {clock(last.at)} under {last.fact.edition}."
    if state.verdict == "clear":
        return f"Going on freezes these answers with {visit.protocol.edition}."
    if state.verdict == "stop":
        return "A stop cannot be overridden here. Ending the visit keeps every answer."
    return "Each answer is recorded as it is given."
