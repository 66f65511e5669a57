"""A new visit: patient, allergies and order in one form, with what the order comes to beside it."""

from PySide6.QtWidgets import QWidget

from ketachart.domain.facts.post import VisitPlanned
from ketachart.domain.wording import short_day
from ketachart.errors import KetaChartError, LedgerError
from ui.desk import Desk
from ui.screens.base import Window
from ui.screens.visit_form import VisitFormScreen
from ui.widgets.buttons import Button
from ui.widgets.keeping import Fields


class NewVisitScreen(VisitFormScreen):
    """Nothing typed is lost before the visit is open; Esc goes back and keeps it."""

    title = "New visit"
    draft_name = "new-visit"
    words = "Open the visit"
    why_not = "Why it is not open"
    keys = (
        ("Tab", "next"),
        ("Alt+A", "allergy"),
        ("Alt+M", "if needed"),
        ("Alt+F", "order on file"),
        ("Ctrl+Enter", "open the visit"),
        ("Esc", "back"),
    )

    def __init__(self, desk: Desk, window: Window) -> None:
        self._plan = self._item = ""
        self._told_of = ""  # the edition of a plan that came while the one before was filled in
        self._planned: VisitPlanned | None = None
        self._fill = Button("Fill in the plan", sign="calendar")
        self._fill.hide()
        super().__init__(desk, window)
        self._fill.clicked.connect(self._fill_plan)

    def _buttons(self) -> tuple[QWidget, ...]:
        return (self._fill, *super()._buttons())

    # ------------------------------------------------ a visit that the clinic planned

    def offer_plan(self, plan: VisitPlanned) -> None:
        """Fills in patient and order of a plan; over what is typed already only when asked to."""
        if self._plan == plan.travels_as:
            return  # it is filled in, and perhaps changed by hand since
        self._planned = plan
        if self._patient.begun() or self._order.begun():
            self._fill.set_words(f"Fill in the plan for {plan.patient.full_name}")
            self._fill.show()
            self._trouble.say(
                "The planned visit is not filled in",
                "Another visit is typed here and not opened. Open it first, or fill in the plan: "
                "that replaces what is typed.",
                tone="warn",
            )
            self._fill.setFocus()
            return
        self._fill_plan()

    def _fill_plan(self) -> None:
        plan, self._planned = self._planned, None
        if plan is None:
            return
        self._fill.hide()
        self._patient.show_planned(plan.patient, plan.by or "the clinic")
        self._order.show_order(plan.order, number=plan.order.series_number, dated=True)
        self._taken_for, self._plan, self._item = plan.patient.mrn, plan.travels_as, plan.item
        note = f"{plan.note.rstrip('.')}. " if plan.note else ""
        self._trouble.say(
            f"Planned for {short_day(plan.day)}",
            f"{note}Read every line against the order; who received it and read it back is asked.",
            tone="muted" if plan.day == self.desk.now().date() else "warn",
        )
        self._renew()
        self._patient.begin()

    def kept_inside(self) -> Fields:
        """Of which plan it is, too."""
        plan = {"plan": self._plan, "item": self._item, "told_of": self._told_of}
        return {**super().kept_inside(), **plan}

    def take_back_inside(self, kept: Fields) -> None:
        """Of the same plan."""
        super().take_back_inside(kept)
        self._plan, self._item = str(kept.get("plan", "")), str(kept.get("item", ""))
        self._told_of = str(kept.get("told_of", ""))

    # ------------------------------------------------ opening

    def _press(self) -> None:
        from ketachart.charting import NewVisit

        told = self._read()
        if told is None:
            return
        patient, order = told
        if self._is_overtaken():
            return
        plan = self._item if patient.mrn == self._taken_for else ""  # or another's by now
        try:
            act = self.form_act(self.desk.new_act)
            self.desk.new_visit(NewVisit(patient=patient, order=order, plan=plan, act=act))
        except KetaChartError as error:
            self._trouble.say("The visit was not opened", str(error))
            return
        self.desk.drafts.over(self)
        self._window.forget("new-visit")

    def _is_overtaken(self) -> bool:
        """Whether the clinic changed the plan or took it back meanwhile: said once, then hers."""
        try:
            newest = next((p.plan for p in self.desk.post.planned() if p.item == self._item), None)
        except LedgerError:
            return False  # a plan that cannot be read keeps no visit from being opened
        if newest is None or newest.travels_as in (self._plan, self._told_of):
            return False
        self._told_of = newest.travels_as
        if newest.withdrawn:
            happened, then = "The clinic took this plan back", "Call the clinic before you go. "
            self._fill.hide()
        else:
            happened, then = "The clinic changed this plan", "Fill in the plan as it is now. "
            self._planned = newest
            self._fill.set_words("Fill in the changed plan")
            self._fill.show()
        self._trouble.say(
            happened,
            f"{then}Press again to open the visit as it stands here: nothing typed is lost.",
            tone="warn",
        )
        return True

    def strip(self) -> tuple[str, str]:
        """What this is, and that nothing is written yet."""
        return (self.title, "Nothing is written before “Open the visit”")
