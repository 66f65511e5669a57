"""The chosen visit as one stands at the door: allergies, order, address, who stays."""

from datetime import datetime
from typing import Final

from PySide6.QtGui import QResizeEvent

from ketachart.domain.earlier.series import door_words
from ketachart.domain.facts.post import VisitPlanned
from ketachart.domain.judgements import judge_adult, judge_order
from ketachart.domain.visit import Visit
from ketachart.domain.wording import short_day, with_unit
from ui import theme, tokens
from ui.actions import key_of
from ui.language.saying import describe
from ui.screens.told import strip_facts
from ui.theme import Look
from ui.tokens import Tone
from ui.widgets.boxes import Column, Row, Rule, Scroller
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.column_width import keep_width
from ui.widgets.key_value import KeyValue, KeyValues
from ui.widgets.mark import Mark
from ui.widgets.notice import SIGNS, Notice
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.trouble import Trouble
from ui.widgets.words import Words

_TONES: Final[dict[str | None, Tone]] = {
    None: "muted",
    "clear": "ok",
    "ask": "warn",
    "stop": "danger",
}


class DoorPanel(Card):
    """Shows one visit; its buttons act on it."""

    def __init__(self) -> None:
        self._fills = False
        self._body = Column(gap=tokens.S2)
        self._scroller = Scroller("The chosen visit", self._body)
        super().__init__("The chosen visit", inset=tokens.S3)
        self._name = Words(size="h1", weight=tokens.SEMIBOLD)
        self._identity = Words(size="small", tone="muted")
        self._allergy = Notice("Allergies", tone="danger", inset=(tokens.S3, tokens.S2))
        self._allergy_sign = Mark(SIGNS["danger"], colour="danger", size=tokens.ICON_LARGE)
        self._allergy_words = Words(weight=tokens.MEDIUM, tone="danger")
        line = Row(gap=tokens.S3)
        line.add_level(self._allergy_sign)
        line.add(self._allergy_words, stretch=1)
        self._allergy.add(line)
        self._order = KeyValues("Order")
        self._door = KeyValues("At the door")
        body = self._body
        for part in (self._name, self._identity, self._allergy):
            body.add(part)
        for title, facts in (("Order", self._order), ("At the door", self._door)):
            body.add(Rule())
            body.add(Words(title, size="label", tone="muted", weight=tokens.MEDIUM))
            body.add(facts)
        body.add_room()
        self.trouble = Trouble("What came of it")
        self.save = Button("Save the signed report", sign="file-text", key=key_of("save-report"))
        self.sheets = Button("Sheet before a visit", sign="file-text", key=key_of("sheets"))
        self.open = PrimaryButton("Open visit", key="Enter")
        self.add(self._scroller, stretch=1)
        for foot in (self.trouble, self.sheets, self.save, self.open):
            self.add(foot)
        self.dress(theme.look())

    def dress(self, look: Look) -> None:
        """The panel's width is a token, where it stands beside the list."""
        super().dress(look)
        keep_width(self, look.px(tokens.DOOR_WIDTH), fills=self._fills)
        self._measure()

    def fill(self) -> None:
        """Stand under the list, as wide as that and as high as what is in it."""
        self._fills = True
        self.dress(theme.look())

    def keep_width(self) -> None:
        """Stand beside the list, and scroll where that is not high enough."""
        self._fills = False
        self.dress(theme.look())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As high as what is in it, where it stands under the list."""
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        ring = 2 * theme.look().px(tokens.RING)
        width = max(1, self._scroller.width() - ring)
        high = self._body.heightForWidth(width) + ring if self._fills else 0
        self._scroller.setMinimumHeight(high)

    def show_visit(self, visit: Visit, now: datetime, *, way: str = "") -> None:
        """Show a visit as it stands; ``way`` is how far its report came."""
        facts = strip_facts(visit)
        self._name.setText(facts.name)
        self._identity.setText(facts.identity)
        tone: Tone = "danger" if facts.allergic else "muted"
        self._allergy.set_tone(tone)
        self._allergy_sign.set_sign(SIGNS[tone], colour=tone)
        self._allergy_words.setText("\n".join(facts.allergies))
        self._allergy_words.set_tone(tone)
        self._order.show_facts(_order_facts(visit, now))
        told = (KeyValue("Report", way),) if way else ()
        self._door.show_facts((*told, *_door_facts(visit, now)))
        signed = visit.signed is not None
        self.save.setVisible(visit.report is not None)
        self.open.set_words("Open, to read" if signed else "Open visit")
        self.trouble.settle()
        self._measure()
        describe(self, f"{facts.name}. {'. '.join(facts.allergies)}")

    def show_plan(self, visit: Visit, plan: VisitPlanned, now: datetime) -> None:
        """Show a visit that the clinic asks for: it becomes one once it is opened."""
        self.show_visit(visit, now)
        self.open.set_words("Open as a new visit")
        asked = f"For {short_day(plan.day)}, asked for by {plan.by}." if plan.by else ""
        self.trouble.say("Planned by the clinic", f"{asked} {plan.note}".strip(), tone="muted")


def _order_facts(visit: Visit, now: datetime) -> tuple[KeyValue, ...]:
    order = visit.order
    if order is None:
        return (KeyValue("Order", "none on file", "danger"),)
    goal = visit.protocol.goal(order.goal)
    judged = judge_order(visit, now)
    ceiling = order.ceiling_mg
    rows = [
        KeyValue("Goal", goal.label if goal else order.goal),
        KeyValue(
            "Ketamine", f"{with_unit(order.dose_mg_per_kg)} over {with_unit(order.duration_min)}"
        ),
    ]
    if ceiling is not None:
        rows.append(KeyValue("Never more than", with_unit(ceiling)))
    series = door_words(visit)
    if series:
        rows.append(KeyValue("Series", series))
    rows.append(KeyValue(order.prescriber.name, order.prescriber.phone or "no phone on file"))
    rows.append(KeyValue("Ordered", short_day(order.ordered_on)))
    if visit.signed is None:
        tone: Tone = _TONES[judged.answer]
        rows.append(KeyValue("Order is", judged.note, tone, "" if tone == "ok" else SIGNS[tone]))
    return tuple(rows)


def _door_facts(visit: Visit, now: datetime) -> tuple[KeyValue, ...]:
    patient, adult = visit.patient, visit.adult
    judged = judge_adult(visit, now)
    stays = f"{judged.note}, {adult.phone}" if adult is not None else "not named yet"
    rows = []
    if patient is not None:
        rows = [
            KeyValue("Address", patient.address or "not on file"),
            KeyValue("Access", patient.access or "nothing noted"),
            KeyValue("Phone", patient.phone or "not on file"),
        ]
    tone: Tone = "text" if judged.answer == "clear" else "warn"
    return (*rows, KeyValue("Stays the night", stays, tone))
