"""What stands against the start: each point with what can be done about it, and the way there."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ketachart.domain.facts import VialTaken
from ketachart.domain.start import Against
from ketachart.domain.visit import Visit
from ketachart.domain.wording import count
from ui import tokens
from ui.tokens import Tone
from ui.widgets import tab_order
from ui.widgets.boxes import Column
from ui.widgets.buttons import Button
from ui.widgets.words import Words

SCREENING = "screening"
AGAIN = "read-again"
EXPLAIN = "explain-check"
# Where a point is settled, by the head of its code: the sheet or phase, and the words for it.
_WAYS: dict[str, tuple[str, str]] = {
    "screening": (SCREENING, "To the screening"),
    "identity": ("identity", "Check who it is"),
    "allergies": ("allergies", "Ask now"),
    "weight": ("weight", "Weigh"),
    "bag": ("bag", "Chart the bag"),
    "undiluted": ("bag", "Chart the new bag"),
    "vial-expired": ("vial", "Take another vial"),
    "bag-old": ("bag", "Chart a fresh bag"),
    "access": ("place-access", "Chart the IV"),
    "baseline": ("vitals", "Measure now, F2"),
    "pump-check": (AGAIN, "Read the pump"),
    "start-rate": (AGAIN, "Read the pump"),
}


@dataclass(frozen=True, slots=True)
class Point:
    """One point as it is shown; several open questions of the screening are one."""

    sentence: str
    way: str
    act: str
    code: str
    tone: Tone


def points_of(against: tuple[Against, ...], visit: Visit) -> tuple[Point, ...]:
    """The points, with the questions of the screening counted as one where they are many."""
    screened = [one for one in against if one.code.startswith("screening:")]
    rest = [one for one in against if one not in screened]
    points = [_point(one, visit) for one in (*screened[:1], *rest)]
    if len(screened) > 1:
        words = f"{count(len(screened), 'question')} of the screening open"
        points[0] = Point(words, SCREENING, "To the screening", "", "danger")
    return tuple(points)


def _point(one: Against, visit: Visit) -> Point:
    head = one.code.partition(":")[0]
    way, act = _WAYS.get(head, ("", ""))
    if head == "bag" and not visit.of(VialTaken):
        way, act = "vial", "Chart the vial"
    if not way and one.level == "reason":
        way, act = EXPLAIN, "Give the reason"
    if not way:
        act = "Only another order settles this"
    short = visit.protocol.cited(one.source).short
    source = f" ({short})" if short else ""
    tone: Tone = "danger" if one.level == "stop" else "warn"
    return Point(f"{one.sentence}{source}", way, act, one.code, tone)


class PointList(Column):
    """A button for each point: its sentence, and under it what pressing does."""

    way_wanted = Signal(str, str)  # sheet or phase, and the code it is about

    def __init__(self) -> None:
        super().__init__(gap=tokens.S2)
        self._title = Words("Against the start", size="label", weight=tokens.SEMIBOLD)
        self._body = Column(gap=tokens.S2)
        self._points: tuple[Point, ...] | None = None
        self._buttons: list[Button] = []
        self.add(self._title)
        self.add(self._body)

    def show_points(self, points: tuple[Point, ...], *, after: QWidget) -> None:
        """Show these, the next that Tab meets after a stop; the same ones again change nothing."""
        self.setVisible(bool(points))
        if points == self._points:
            return
        self._points = points
        self._body.empty()
        self._buttons = []
        for point in points:
            button = Button(point.sentence, sign=_SIGNS[point.tone])
            button.set_sign(_SIGNS[point.tone], colour=point.tone)
            button.set_words(point.sentence, sub=point.act)
            button.set_left()
            button.set_inset(tokens.S3)
            button.setEnabled(bool(point.way))
            button.clicked.connect(
                lambda _on, point=point: self.way_wanted.emit(point.way, point.code)
            )
            self._buttons.append(button)
            self._body.add(button)
        tab_order.put_next(self, after=after)

    def take_focus(self) -> bool:
        """To the first point that can be settled; False where there is none."""
        ways = [button for button in self._buttons if button.isEnabled()]
        if ways:
            ways[0].setFocus()
        return bool(ways)


_SIGNS: dict[Tone, str] = {"danger": "octagon-alert", "warn": "triangle-alert"}
