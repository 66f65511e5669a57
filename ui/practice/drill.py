"""A drill under way: which step it has come to, what was charted for each, and what was not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ui.practice.script import Drill, Step


@dataclass(slots=True)
class Outcome:
    """What came of one step: when it happened, when it was charted, what was charted otherwise."""

    step: Step
    began: datetime
    charted: datetime | None = None
    differs: tuple[tuple[str, int, int], ...] = ()

    @property
    def took(self) -> timedelta | None:
        """From the happening to its entry; nothing where it was charted ahead of it."""
        return None if self.charted is None else max(self.charted - self.began, timedelta())


class DrillCourse:
    """Takes what is charted, one entry after the other; the nurse says when it goes on."""

    def __init__(
        self, drill: Drill, now: datetime, *, holds: Callable[[str], bool] = lambda _state: True
    ) -> None:
        """``holds`` says whether the pump is in a state that a step asks for."""
        self.drill = drill
        self.outcomes: list[Outcome] = []
        self.over = False
        self._holds = holds
        self._place = 0
        self._early: list[tuple[str, object, datetime]] = []
        self._begin(now)

    @property
    def here(self) -> Outcome:
        """The step that it stands at."""
        return self.outcomes[-1]

    @property
    def number(self) -> int:
        """Its number, from one."""
        return self._place + 1

    def take(self, kind: str, fact: object, now: datetime) -> bool:
        """An entry was written; answers whether it is the one that was waited for."""
        here = self.here
        if not self.over and here.charted is None and here.step.wants.fits(kind, fact):
            here.charted, here.differs = now, here.step.differs(fact)
            return True
        self._early.append((kind, fact, now))
        return False

    def minutes_ahead(self) -> int:
        """How many minutes go by before the next step."""
        place = self._next_place()
        return 0 if place is None else self.drill.steps[place].later_min

    def go_on(self, now: datetime) -> bool:
        """To the next step, charted or not; answers whether there was none, and it is over."""
        place = self._next_place()
        if place is None:
            self.over = True
            return True
        self._place = place
        self._begin(now)
        return False

    def _next_place(self) -> int | None:
        steps = self.drill.steps
        for place in range(self._place + 1, len(steps)):
            needs = steps[place].only_if
            if not needs or self._holds(needs):
                return place
        return None

    def _begin(self, now: datetime) -> None:
        step = self.drill.steps[self._place]
        self.outcomes.append(Outcome(step, now))
        if step.compare:
            return  # what the monitor shows only now cannot have been charted before
        for early in self._early:
            kind, fact, at = early
            if step.wants.fits(kind, fact):
                self.here.charted = at
                self._early.remove(early)
                return
