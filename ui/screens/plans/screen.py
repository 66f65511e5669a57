"""A visit is planned: the form of a new visit, and instead of opening it: when, and who goes."""

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from ketachart.domain.facts import PatientRecorded
from ketachart.domain.facts.post import VisitPlanned
from ketachart.domain.post.planned import Planned
from ketachart.domain.wording import short_day
from ketachart.errors import KetaChartError, LedgerError, Refused
from ui.actions import key_of
from ui.desk import Desk
from ui.screens.base import Window
from ui.screens.plans.wanted import Wanted, WantedCard
from ui.screens.visit_form import VisitFormScreen
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.field import Field, Judgement, Standing
from ui.widgets.keeping import Fields


@runtime_checkable
class _Told(Protocol):
    """The screen that says what was kept."""

    def say_planned(self, words: str) -> None:
        """A plan is on the disk."""
        ...


class PlanVisitScreen(VisitFormScreen):
    """Nothing typed is lost before the plan is on the disk; Esc goes back and keeps it."""

    title = "Plan a visit"
    draft_name = "plan-visit"
    words = "Plan this visit"
    why_not = "Why it is not planned"
    at_clinic = True
    keys = (
        ("Tab", "next"),
        ("Alt+A", "allergy"),
        ("Alt+M", "if needed"),
        ("Alt+F", "order on file"),
        ("Ctrl+Enter", "plan this visit"),
        ("Esc", "back"),
    )

    def __init__(self, desk: Desk, window: Window) -> None:
        self._changed: VisitPlanned | None = None
        self._offered: VisitPlanned | None = None
        self._wanted = WantedCard(desk.now().date())
        self._fill = Button("Fill in the plan", sign="calendar")
        self._back = Button("Take this plan back", key=key_of("take-back"), kind=Kind.DANGER)
        super().__init__(desk, window)
        self._patient.put_first(self._wanted)
        self._fill.hide()
        self._back.hide()
        self._fill.clicked.connect(self._fill_in)
        self._back.clicked.connect(self._take_back)

    def _buttons(self) -> tuple[QWidget, ...]:
        return (self._back, self._fill, *super()._buttons())

    def _begin(self) -> None:
        """To the day; the nurses as they are on file now."""
        self._wanted.show_nurses(self.desk.post.nurses())
        self._wanted.day.setFocus()

    def _known(self, mrn: str) -> PatientRecorded | None:
        """From the last visit here; else from the newest plan for this number."""
        found = super()._known(mrn)
        if found is not None or not mrn:
            return found
        try:
            plans = [each.plan for each in self.desk.post.planned()]
        except LedgerError:
            return None
        mine = [plan for plan in plans if plan.patient.mrn == mrn]
        return max(mine, key=lambda plan: plan.at).patient if mine else None

    # ------------------------------------------------ a plan that is changed

    def change(self, planned: Planned) -> None:
        """Fills in a plan, to be changed; over another that is typed only when asked to."""
        plan = planned.plan
        if self._changed is not None and self._changed.travels_as == plan.travels_as:
            return  # it is filled in, and perhaps changed by hand since
        self._offered = plan
        if self._wanted.begun() or self._patient.begun() or self._order.begun():
            self._fill.set_words(f"Fill in the plan for {plan.patient.full_name}")
            self._fill.show()
            self._trouble.say(
                "The chosen plan is not filled in",
                "Another plan is typed here and not saved. Save it first, or fill in the chosen "
                "one: that replaces what is typed.",
                tone="warn",
            )
            self._fill.setFocus()
            return
        self._fill_in()

    def _fill_in(self) -> None:
        plan, self._offered = self._offered, None
        if plan is None:
            return
        self._fill.hide()
        self._wanted.show_plan(plan)
        self._patient.show_own_plan(plan.patient)
        self._order.on_file.offer(None)
        self._order.show_record(plan.order)
        self._taken_for = plan.patient.mrn
        self._show_changed(plan)
        if plan.withdrawn:
            self._trouble.say(
                "This plan was taken back",
                "Nothing of it is lost. Save it again, and it is asked for again.",
                tone="warn",
            )
        else:
            self._trouble.settle()
        self._renew()
        self._wanted.day.setFocus()

    def _show_changed(self, plan: VisitPlanned) -> None:
        """The plan that this form changes."""
        self._changed = plan
        self._primary.set_words("Save the change")
        self._back.setVisible(not plan.withdrawn)

    def kept_inside(self) -> Fields:
        """Which plan it changes, too."""
        item = self._changed.item if self._changed is not None else ""
        return {**super().kept_inside(), "changes": item}

    def take_back_inside(self, kept: Fields) -> None:
        """The same plan is changed."""
        super().take_back_inside(kept)
        item = kept.get("changes")
        if item:
            plans = (each.plan for each in self.desk.post.planned())
            plan = next((each for each in plans if each.item == item), None)
            if plan is not None:
                self._show_changed(plan)

    def _take_back(self) -> None:
        plan = self._changed
        if plan is None:
            return
        self._keep(
            lambda: self.desk.mail(lambda post: post.take_back_plan(plan.item)),
            "The plan was not taken back",
            f"{plan.patient.full_name}, {short_day(plan.day)}: taken back. The laptop is told with "
            "the next package.",
        )

    # ------------------------------------------------ planning

    def _press(self) -> None:
        try:
            wanted = self._wanted.answer()
        except Refused as refusal:
            self._point_at(refusal, "Not yet")
            return
        told = self._read()
        if told is None:
            return
        patient, order = told
        plan = VisitPlanned(
            at=self.desk.now(),
            item=self._changed.item if self._changed is not None else "",
            day=wanted.day,
            patient=patient,
            order=order,
            staff_id=wanted.staff_id,
            note=wanted.note,
        )
        self._keep(
            lambda: self.desk.mail(lambda post: post.plan(plan)),
            "The visit was not planned",
            f"{patient.full_name}, {short_day(wanted.day)}. {self._waits(wanted)}",
        )

    def _waits(self, wanted: Wanted) -> str:
        names = dict(self.desk.post.nurses())
        who = names.get(wanted.staff_id, wanted.staff_id)
        return f"It waits for {who}: make the package."

    def _keep(self, act: Callable[[], object], failed: str, done: str) -> None:
        """On the disk, and the form is empty; else why not, and what was typed stays."""
        try:
            act()
        except KetaChartError as error:
            self._point_at(error, failed)
            return
        self.desk.drafts.over(self)
        self._window.forget("plan-visit")
        post = self._window.show_screen("post")
        if isinstance(post, _Told):
            post.say_planned(done)

    def _point_at(self, error: KetaChartError, title: str) -> None:
        self._trouble.say(title, str(error))
        field = self._wanted.field(error.field) if isinstance(error, Refused) else None
        if isinstance(field, Field):
            field.set_judgement(Judgement(Standing.BAD, str(error), short="look here"))
        if field is not None:
            field.setFocus()

    # ------------------------------------------------ what every screen has

    def strip(self) -> tuple[str, str]:
        """What this is, and that nothing is written yet."""
        return (self.title, "Nothing is written before the plan is saved")

    def _leave(self) -> None:
        self._window.go_back()

    def _acts(self) -> dict[str, Callable[[], object]]:
        return {**super()._acts(), "take-back": self._back.click}
