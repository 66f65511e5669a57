"""What is done in the visit: a story, and what a nurse does besides charting."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from ketachart import charting
from ketachart.charting import NewClinic, Prepared
from ketachart.clock import SetClock, uuid7
from ketachart.commands import script
from ketachart.commands.opening import first_lines, opened_at
from ketachart.commands.script import ScriptLine
from tests.helpers.stories import FOLDER

STORY = "paused_for_nausea"
FIRST = "a lantern on each third step"
SECOND = "a heron counts no clocks at all"

# What is charted besides the story, after the line with that kind, at its first or a later time.
SLIP = '{"id": "slip", "kind": "vitals-taken", "at": "%s", "heart_rate": 48, "spo2": 97}'
RIGHT = (
    '{"kind": "correct", "at": "%s", "entry": "slip", "reason": "digits swapped", '
    '"fact": {"kind": "vitals-taken", "at": "%s", "heart_rate": 84, "spo2": 97}}'
)
OTHER = '{"id": "other", "kind": "note-written", "at": "%s", "text": "for the other patient"}'
STRIKE = '{"kind": "strike", "at": "%s", "entry": "other", "reason": "wrong patient"}'
MOST_OF_A_LINE = 25
AFTER = {
    "adult-named": ("draft", "stamp"),
    "screening-concluded": ("passphrase", "reopen"),
    "infusion-started": ("settle", "draft", "backup"),
    "infusion-paused": (SLIP, RIGHT, "reopen", "stamp"),
    "infusion-resumed": (OTHER, STRIKE, "settle", "draft"),
    "infusion-stopped": ("passphrase", "reopen"),
    "sign": ("backup", "addendum", "reopen"),
}


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that the nurse does; ``line`` where it is charted from the script."""

    index: int
    name: str
    line: ScriptLine | None = None

    @property
    def id(self) -> str:
        """The same whenever the act is handed in again."""
        return uuid7(1_700_000_000_000 + self.index, self.index)


@cache
def the_story() -> tuple[dict[str, ScriptLine], tuple[ScriptLine, ...]]:
    """The first lines and the rest."""
    return first_lines(script.read(FOLDER / f"{STORY}.jsonl"))


@cache
def the_acts() -> tuple[Act, ...]:
    """Everything done in the visit, in order."""
    named: list[tuple[str, ScriptLine | None]] = [("found", None), ("new visit", None)]
    waiting = dict(AFTER)
    for line in the_story()[1]:
        named.append(("sign" if line.kind == "sign" else "line", line))
        named += [_extra(extra, line) for extra in waiting.pop(line.kind, ())]
    return tuple(Act(index, name, line) for index, (name, line) in enumerate(named))


@cache
def the_long_acts() -> tuple[Act, ...]:
    """Those acts alone that ask the disk for more than `MOST_OF_A_LINE` things."""
    return tuple(act for act in the_acts() if act.name != "line")


def _extra(extra: str, after: ScriptLine) -> tuple[str, ScriptLine | None]:
    if not extra.startswith("{") or after.at is None:
        return extra, None
    moment = (after.at + timedelta(seconds=20)).isoformat()
    line = script.read_line(extra % ((moment,) * extra.count("%s")), after.number)
    assert not line.fault, line.fault
    return "line", line


@cache
def prepared() -> Prepared:
    """The clinic's keys, made once: that is slow on purpose, and touches no disk."""
    header = the_story()[0]
    clock = SetClock(opened_at(header))
    clinic, nurse = header["clinic-recorded"].fact, header["nurse-recorded"].fact
    new = NewClinic(clinic=clinic, nurse=nurse, passphrase=FIRST, practice=True)
    return charting.prepare(new, clock)


def the_nurse() -> str:
    """Who unlocks."""
    return prepared().new.nurse.staff_id
