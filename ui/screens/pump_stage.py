"""How far the blind check of the pump has come, and which numbers must not be seen meanwhile."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from ketachart.domain.check.pump_check import Slip, last_check, rate_words, slips
from ketachart.domain.course import ended_at, started_at
from ketachart.domain.facts import PumpChecked
from ketachart.domain.infusion import bag_before
from ketachart.domain.visit import Entry, Visit
from ketachart.domain.wording import with_unit


class Stage(Enum):
    """Where the check stands."""

    PREPARE = "prepare"  # order, vial and bag are seen; nothing is read yet
    HIDDEN = "hidden"  # the numbers are hidden, pump and label are read
    DIFFERS = "differs"  # the last reading does not agree; the numbers stay hidden
    AGREES = "agrees"  # the last reading agrees: ready to start
    OVER = "over"  # started, or decided not to


# What the foot of the panel says in each stage, and what its quiet button offers.
EXPLAINED = (
    "The numbers will be hidden. You read three values from pump and label and type them. "
    "KetaChart compares."
)
FEET = {
    Stage.PREPARE: "Nothing starts until pump and order agree.",
    Stage.HIDDEN: "What you type is compared and stays in the record.",
    Stage.DIFFERS: "Every reading stays in the record. Nothing starts until they agree.",
    Stage.AGREES: "",
    Stage.OVER: "",
}
QUIET = {
    Stage.HIDDEN: "Show the numbers again",
    Stage.DIFFERS: "Show the order again",
    Stage.AGREES: "Read the pump again",
}


@dataclass(slots=True)
class Blind:
    """What the screen remembers of the check; the readings themselves are in the record."""

    hidden_at: datetime | None = None
    order_shown: bool = False
    drops_per_ml: int | None = None
    set_named: bool = False  # whether pump or set was said here; else the last check tells

    def hide(self, now: datetime) -> None:
        """The numbers are hidden from this moment on."""
        self.hidden_at, self.order_shown = now, False

    def show(self) -> None:
        """The numbers are seen again: the next reading is blind only after another wait."""
        self.hidden_at, self.order_shown = None, True

    def compared(self) -> None:
        """A reading was recorded; the numbers stay hidden unless it agrees."""
        self.hidden_at, self.order_shown = None, False

    def name_set(self, drops_per_ml: int | None) -> None:
        """A gravity set is used, or again a pump: what was read for the other does not count."""
        self.drops_per_ml, self.set_named = drops_per_ml, True

    def factor(self, visit: Visit, now: datetime) -> int | None:
        """The drop factor of the gravity set that is used; None is a pump."""
        check = last_check(visit, now)
        if self.set_named or check is None:
            return self.drops_per_ml
        return check.fact.drops_per_ml

    def stage(self, visit: Visit, now: datetime) -> Stage:
        """Where the check stands."""
        if started_at(visit) is not None or ended_at(visit) is not None:
            return Stage.OVER
        if self.hidden_at is not None:
            return Stage.HIDDEN
        check = check_in_force(visit, now)
        if check is None or check.fact.drops_per_ml != self.factor(visit, now):
            return Stage.PREPARE
        return Stage.DIFFERS if slips(visit, check.fact) else Stage.AGREES

    def masks(self, visit: Visit, now: datetime) -> bool:
        """Whether the numbers of pump and label must not be seen."""
        stage = self.stage(visit, now)
        return stage is Stage.HIDDEN or (stage is Stage.DIFFERS and not self.order_shown)

    def wait_left(self, visit: Visit, now: datetime) -> timedelta:
        """How long a nurse alone still has to wait before reading."""
        if self.hidden_at is None:
            return timedelta()
        wait = visit.protocol.minutes("check.alone.wait")
        return max(self.hidden_at + wait - now, timedelta())


def check_in_force(visit: Visit, now: datetime) -> Entry[PumpChecked] | None:
    """The last check, unless a bag was made up after it: that bag was not checked."""
    check, bag = last_check(visit, now), bag_before(visit, now)
    if check is None or bag is None or bag.entry.number > check.number:
        return None
    return check


def headline(found: tuple[Slip, ...]) -> str:
    """What the slip looks like, in two words."""
    named = {
        "tenfold": "Tenfold slip",
        "hundredfold": "Hundredfold slip",
        "a tenth": "A tenth of it",
        "a hundredth": "A hundredth of it",
        "two slips at once": "Two slips at once",
    }
    heads = [slip.rule.partition(":")[0].partition(",")[0] for slip in found]
    return next((named[head] for head in heads if head in named), "Pump and order differ")


def blind_sentence(check: PumpChecked, slip: Slip) -> str:
    """What was read and what it looks like, without what it should be."""
    named = f"{slip.rule[:1].upper()}{slip.rule[1:]}"
    read = getattr(check, slip.field)
    told = rate_words(read, check.drops_per_ml) if slip.field == "rate_ml_h" else with_unit(read)
    return f"{NAMES[slip.field]} {told}. {named}."


NAMES = {
    "rate_ml_h": "Rate",
    "volume_ml": "Volume to infuse",
    "strength_mg_per_ml": "Strength",
}
