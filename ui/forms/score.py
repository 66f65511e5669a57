"""The recovery score: five things looked at, each worth 0, 1 or 2; the total is told at once."""

from typing import Final

from ketachart.domain.facts import Fact, RecoveryScored
from ketachart.domain.scales.circulation import pressure_against_baseline
from ketachart.domain.shape import Says, hints_of
from ketachart.domain.visit import Visit
from ketachart.domain.wording import clock, number
from ui import tokens
from ui.desk import Desk
from ui.forms.timed import TimedSheet, must_choose
from ui.widgets.boxes import Column
from ui.widgets.choices import Choice, Choices
from ui.widgets.words import Words

ITEMS: Final = ("activity", "breathing", "circulation", "consciousness", "oxygen")
_POINTS: Final = tuple(Choice(str(n), str(n), key=str(n)) for n in (2, 1, 0))


def meaning_of(item: str) -> str:
    """What the points of one item mean, in the words of the fact itself."""
    hint = hints_of(RecoveryScored)[item]
    return next(note.text for note in hint.__metadata__ if isinstance(note, Says))


class ScoreSheet(TimedSheet):
    """Nothing is chosen beforehand; the total is told once all five are."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Recovery score", records="Record score")
        self.items = {item: Choices(item.capitalize(), _POINTS, columns=3) for item in ITEMS}
        self._total = Words(weight=tokens.SEMIBOLD)
        parts = []
        for item, choices in self.items.items():
            choices.set_label(item.capitalize())
            choices.changed.connect(lambda _chosen: self._tell_total())
            self.place(item, choices)
            part = Column(gap=tokens.S1)
            part.add(choices)
            part.add(Words(meaning_of(item), size="small", tone="muted"))
            parts.append(part)
        self.add_fields((*parts, self._total))
        self.show_visit(desk.visit)

    def show_visit(self, visit: Visit) -> None:
        """The last score beside the heading, and the total."""
        last = visit.last_fact(RecoveryScored)
        self.heading.set_aside(f"was {last.total} at {clock(last.at)}" if last else "")
        against = pressure_against_baseline(visit, self.desk.now())
        self.items["circulation"].set_label("Circulation", hint=against)
        self._tell_total()

    def _tell_total(self) -> None:
        if not all(choices.chosen() for choices in self.items.values()):
            self._total.setText("Total: choose all five")
            self._total.set_tone("muted")
            return
        needed = self.desk.visit.protocol.number("release.aldrete")
        total = self._score().total
        self._total.setText(f"Total {total} of 10, needs {number(needed, 0)}")
        self._total.set_tone("ok" if total >= needed else "warn")

    def _score(self) -> RecoveryScored:
        points = {
            item: int(must_choose(choices, f"{item.capitalize()}: 2, 1 or 0?", item))
            for item, choices in self.items.items()
        }
        return RecoveryScored(at=self.when.moment(), **points)

    def build(self, *, confirmed: bool) -> tuple[Fact, ...]:
        """The score.

        Raises:
            Refused: one of the five is not chosen.
        """
        del confirmed
        return (self._score(),)
