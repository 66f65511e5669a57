"""The visits that the clinic planned, and how far each plan came."""

from datetime import date, timedelta
from typing import Final

from ketachart.domain.post.planned import Planned, Way
from ketachart.domain.wording import count, short_day
from ui.actions import key_of
from ui.screens.post.cards import ListCard
from ui.tokens import Tone
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.row_list import ListRow
from ui.widgets.words import Words

_WAYS: Final[dict[Way, tuple[str, str, Tone]]] = {
    "": ("Planned", "calendar", "text"),
    "waits": ("Not packed yet", "circle", "text"),
    "packed": ("Packed, not known to have arrived", "usb", "muted"),
    "arrived": ("Arrived on the laptop", "circle-check", "ok"),
}
_DAY: Final = timedelta(days=1)


class PlansCard(ListCard):
    """By day; Enter on one changes it."""

    def __init__(self) -> None:
        super().__init__("Planned visits")
        self.new = Button(
            "Plan a visit", sign="calendar", key=key_of("plan-visit"), kind=Kind.QUIET
        )
        self.heading.set_right(self.new)
        self._none = Words("No visit is planned from today on.", tone="muted")
        self._plans: dict[str, Planned] = {}
        self.add(self.list)
        self.add(self._none)

    def show_plans(self, plans: tuple[Planned, ...], names: dict[str, str], today: date) -> None:
        """Those from yesterday on; what was asked for before that is over."""
        near = [each for each in plans if each.plan.day >= today - _DAY]
        self._plans = {each.item: each for each in near}
        self._none.setVisible(not near)
        self.heading.set_aside(waiting_words(near, names))
        self.show_rows(tuple(_row(each, names) for each in near))

    def plan(self, item: str) -> Planned | None:
        """The plan of a row."""
        return self._plans.get(item)


def waiting_words(plans: list[Planned], names: dict[str, str]) -> str:
    """“1 plan waits for J. Alvarez, RN”."""
    found: dict[str, int] = {}
    for each in plans:
        if each.way == "waits" and each.state == "open":
            who = names.get(each.plan.staff_id, "any nurse")
            found[who] = found.get(who, 0) + 1
    said = (
        f"{count(many, 'plan')} {'waits' if many == 1 else 'wait'} for {who}"
        for who, many in found.items()
    )
    return ", ".join(said)


def _row(each: Planned, names: dict[str, str]) -> ListRow:
    plan = each.plan
    mark, sign, tone = _WAYS[each.way]
    if each.state == "visit opened":
        mark, sign, tone = "Visit opened: its report came", "clipboard-check", "ok"
    elif plan.withdrawn:
        told = {"arrived": "as the laptop knows", "packed": "packed"}.get(
            each.way, "not packed yet"
        )
        mark, sign, tone = f"Taken back, {told}", "circle-x", "warn"
    changed = "Changed since it was first planned" if _is_changed(each) else ""
    return ListRow(
        key=plan.item,
        what=f"{short_day(plan.day)}   {plan.patient.full_name}",
        value=names.get(plan.staff_id, "Any nurse"),
        under=". ".join(part for part in (plan.note.rstrip("."), changed) if part),
        mark=mark,
        sign=sign,
        tone=tone,
    )


def _is_changed(each: Planned) -> bool:
    return each.plan.edition > 1 and not each.plan.withdrawn
