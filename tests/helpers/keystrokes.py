"""A nurse's common acts as keys that are pressed in the real window, counted one by one."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ketachart.domain.facts import (
    AccessChecked,
    CallMade,
    EffectNoted,
    EntryStruck,
    InfusionPaused,
    InfusionResumed,
    LineFlushed,
    MeasureTaken,
    MedicineGiven,
    MomentMarked,
    NoteWritten,
    RateSet,
    ResponseNoted,
    VitalsTaken,
)

PAGE = Path(__file__).parent.parent.parent / "docs" / "keystrokes.md"


@dataclass(frozen=True)
class Act:
    """What is done, the keys in their order, and what stands in the record then.

    A word in quotes is typed letter by letter; everything else is one press, Ctrl+Enter too.
    """

    name: str
    keys: tuple[str, ...]
    holds: Callable[[object], bool]
    minutes: int = 1  # that go by before it

    def presses(self) -> int:
        """Every press counts; of what is held down only the key."""
        return sum(len(key) - 2 if key.startswith("“") else 1 for key in self.keys)

    def typed(self) -> int:
        """How many of them are what was measured or said, which nobody could spare the nurse."""
        return sum(len(key) - 2 for key in self.keys if key.startswith("“"))


def _last(kind, **fields):
    """Whether the last standing entry of a kind says so, and was written by this act."""

    def holds(window):
        fact = window.desk.visit.last_fact(kind)
        now = window.desk.now()
        found = fact is not None and all(getattr(fact, k) == v for k, v in fields.items())
        return found and (now - fact.at).total_seconds() < 60

    return holds


def _struck(window):
    return isinstance(window.desk.visit.entries[-1].fact, EntryStruck)


def _unlocked(window):
    return window.desk.is_unlocked


def _signed(window):
    return window.desk.visit.signed is not None


# From the first figure of the vitals on the infusion screen, where the window always comes back to.
RUNNING: tuple[Act, ...] = (
    Act(
        "Full vitals with sedation",
        ("“128/82”", "Enter", "“76”", "Enter", "“98”", "Enter", "“14”", "Enter", "“3”", "Enter",
         "“1”", "Enter", "“2”", "Enter", "0", "Ctrl+Enter"),
        _last(VitalsTaken, systolic=128, diastolic=82, heart_rate=76, spo2=98,
              respiratory_rate=14, pain=3, nausea=1, dissociation=2, rass=0),
    ),
    Act(
        "Vitals: the four figures of the cuff and the finger",
        ("“131/84”", "Enter", "“78”", "Enter", "“97”", "Enter", "“15”", "Ctrl+Enter"),
        _last(VitalsTaken, systolic=131, diastolic=84, heart_rate=78, spo2=97, respiratory_rate=15),
    ),
    Act("Rate change, less", ("F6", "“6.5”", "Enter", "1", "Ctrl+Enter"), _last(RateSet)),
    Act("Side effect, named and graded", ("F5", "“naus”", "Enter", "2", "Ctrl+Enter"),
        _last(EffectNoted, effect="nausea", grade=2)),
    Act("Pause: the moment", ("F7", "Esc"), _last(InfusionPaused)),
    Act("Resume", ("F7", "“6.5”", "Enter", "1", "Ctrl+Enter"), _last(InfusionResumed)),
    Act("Pause with its reason", ("F7", "1", "Ctrl+Enter"), _last(InfusionPaused)),
    Act("Medicine of the order (PRN)", ("F4", "1", "Ctrl+Enter"), _last(MedicineGiven)),
    Act("Its response", ("Shift+F4", "Enter", "“nausea 1”", "Ctrl+Enter"), _last(ResponseNoted)),
    Act("Reassured", ("F11", "1", "Ctrl+Enter"), _last(MeasureTaken)),
    Act("Site check, all well", ("F12", "1", "Enter", "0", "Enter", "Y", "Ctrl+Enter"),
        _last(AccessChecked, grade=0, patent=True)),
    Act("Line flushed", ("Shift+F12", "“10”", "Enter", "S", "Ctrl+Enter"), _last(LineFlushed)),
    Act("Call to the prescriber, reached", ("Ctrl+P", "1", "Enter", "Y", "Ctrl+Enter"),
        _last(CallMade, reached=True)),
    Act("Note", ("F3", "“Asleep, calm.”", "Ctrl+Enter"), _last(NoteWritten, text="Asleep, calm.")),
    Act("Mark this moment", ("Ctrl+M",), _last(MomentMarked)),
    Act("Strike what was typed wrong", ("Ctrl+Z", "1", "Enter"), _struck),
)  # fmt: skip
UNLOCK = Act("Unlock, passphrase aside", ("Enter",), _unlocked)
SIGN = Act("Sign, passphrase aside", ("Ctrl+6", "Enter"), _signed)


def press(window, key):
    """One press, or the letters of a word, wherever the focus is."""
    there = QApplication.focusWidget() or window
    if key.startswith("“"):
        QTest.keyClicks(there, key[1:-1])
    else:
        chord = QKeySequence(key.replace("Enter", "Return"))[0]
        QTest.keyClick(there, chord.key(), chord.keyboardModifiers())
    QApplication.processEvents()


def table():
    """The page as it has to stand in docs/keystrokes.md."""
    rows = [
        f"| {act.name} | {' '.join(f'`{key}`' for key in act.keys)} | {act.presses()} "
        f"| {act.typed()} |"
        for act in (UNLOCK, *RUNNING, SIGN)
    ]
    return "\n".join((HEAD, *rows, ""))


HEAD = """# A nurse's common acts, counted in presses

Every row is pressed by `tests/ui/test_keystrokes.py` in the real window, on a real encrypted
ledger; a row counts only if what it says stands in the record then. `python3 dev.py keystrokes`
writes this page anew. Ctrl+Enter is one press, a letter is one press; “typed” are the letters and
figures of what was measured or said, which no screen can spare the nurse. The acts begin at the
first figure of the vitals on the infusion screen, where the window comes back to after each.

| Act | Keys | Presses | of these typed |
|---|---|---:|---:|"""
