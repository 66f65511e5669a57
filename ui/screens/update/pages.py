"""The pages of an update: the file, what it says, how far it is, and what is left to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ketachart.domain.wording import day, day_and_clock
from ui import tokens
from ui.actions import key_of
from ui.language import spoken
from ui.screens.step_pages import StepRail
from ui.tokens import Tone
from ui.widgets.bar import Bar
from ui.widgets.boxes import Column, Row
from ui.widgets.buttons import Button
from ui.widgets.key_value import FactColumns, KeyValue
from ui.widgets.trouble import Trouble
from ui.widgets.words import Words

if TYPE_CHECKING:
    from datetime import datetime

    from ketachart.charting.going_back import BackPlan
    from ketachart.charting.installing import Ready
    from ketachart.charting.updating import Journal, Seen

_STEPS: Final = (
    ("file", "File", "From the stick"),
    ("look", "Look", "What is in it"),
    ("work", "Put in", "Some minutes"),
    ("done", "Done", "Start again"),
)
_SAFE: Final = (
    "Before anything is changed the ledger is kept as it is. Whatever happens on the way, the "
    "version before runs or the new one, and what was charted stays."
)
_THEN: Final = (
    "It takes some minutes, and can be stopped until the end. Then KetaChart is closed and started "
    "again."
)
_BY_ITSELF: Final = (
    "It takes some minutes, and can be stopped until the end. Then KetaChart is closed and started "
    "again. If the new version does not come up, the one before runs again by itself."
)
_MOST_TOLD: Final = 4


class Rail(StepRail):
    """Where one is."""

    def __init__(self) -> None:
        super().__init__("Update", "Steps of an update", _STEPS, safe=_SAFE)


class FilePage(Column):
    """What runs here, what was put in before, and the way back."""

    def __init__(self) -> None:
        super().__init__(gap=tokens.S3)
        self._facts = Column()
        self.former = Button(
            "Go back to the version before", sign="rotate-ccw", key=key_of("former")
        )
        way = Row()
        way.add(self.former)
        way.add_room()
        self.add(Words("A newer KetaChart", size="h1", weight=tokens.SEMIBOLD))
        self.add(
            Words(
                "Plug in the stick that your clinic gave you, and choose the file whose name ends "
                "in .ketachart-update. It is looked at before anything is done with it. No network "
                "is asked.",
                tone="muted",
            )
        )
        self.add(self._facts)
        self.add(way)

    def show_known(self, version: str, built: str, kept: Journal) -> None:
        """What runs, and every change of version, the newest first."""
        rows = [KeyValue("Runs here", _named(version) + built)]
        rows += [
            KeyValue(day_and_clock(one.at), f"{one.before} → {one.after}")
            for one in reversed(kept.made[-_MOST_TOLD:])
        ]
        self._facts.empty()
        self._facts.add(FactColumns("Versions on this laptop", tuple(rows)))

    def begin(self) -> None:
        """The main button is what is pressed next."""
        self.setFocus()


class LookPage(Column):
    """What an update says of itself, and what is to be known before it is put in."""

    def __init__(self) -> None:
        super().__init__(gap=tokens.S3)
        self.title = Words(size="h1", weight=tokens.SEMIBOLD)
        self._facts = Column()
        self.against = Trouble("What stands against it")
        self.battery = Trouble("The battery")
        self._news = Column(gap=tokens.S1)
        self._notes = Words(verbatim=True)
        self._news.add(Words("What is new", size="label", tone="muted", weight=tokens.MEDIUM))
        self._news.add(self._notes)
        self._then = Words(tone="muted")
        for part in (
            self.title,
            self._facts,
            self.against,
            self.battery,
            self._news,
            self._then,
        ):
            self.add(part)

    def show_seen(self, seen: Seen, now: datetime, battery: str) -> None:
        """What was read; every byte of it is as it was signed."""
        told = seen.told
        self.title.setText(_named(told.version))
        built = day(told.built_at.astimezone(now.tzinfo).date())
        rows = (
            KeyValue("Signed", "by its makers, and every byte is as they signed it", "ok"),
            KeyValue("Built", built),
            KeyValue("For", seen.computers),
            KeyValue("In place of", _named(seen.here.version)),
        )
        self._show_facts("The update", rows)
        self._notes.setText(told.notes_es if spoken() == "es" else told.notes_en)
        self._news.setVisible(not seen.why_not)
        self._then.setText(_BY_ITSELF if seen.here.way == "folder" else _THEN)
        self._then.setVisible(not seen.why_not)
        self._say(self.against, "It is not put in here", seen.why_not, fallback=seen.age)
        self.battery.settle()
        if battery and not seen.why_not:
            self.battery.say("The battery is low", battery, tone="warn")

    def show_plan(self, chosen: BackPlan) -> None:
        """What going back would do; all of it, before anything is chosen."""
        change = chosen.change
        self.title.setText(f"Back to KetaChart {change.after}")
        rows = [KeyValue("Runs now", change.before), KeyValue("Would run", change.after)]
        if chosen.backup is not None:
            rows.append(KeyValue("Ledger of", day_and_clock(chosen.backup.made_at), "warn"))
            rows.append(KeyValue("Written since", str(chosen.since), "warn"))
        self._show_facts("The way back", tuple(rows))
        self._news.setVisible(False)
        self._then.setVisible(False)
        self.battery.settle()
        tone: Tone = "warn" if chosen.backup is not None else "ok"
        self.against.say("What happens then", chosen.sentence, tone=tone)

    def _show_facts(self, name: str, rows: tuple[KeyValue, ...]) -> None:
        self._facts.empty()
        self._facts.add(FactColumns(name, rows))

    @staticmethod
    def _say(where: Trouble, happened: str, why: str, *, fallback: str) -> None:
        where.settle()
        if why:
            where.say(happened, why)
        elif fallback:
            where.say("There may be a newer one", fallback, tone="warn")

    def begin(self) -> None:
        """To what is said: that is read before anything is pressed."""
        self.setFocus()


class WorkPage(Column):
    """What is being done now, and how much of it is done."""

    def __init__(self) -> None:
        super().__init__(gap=tokens.S3)
        self._title = Words(size="h1", weight=tokens.SEMIBOLD)
        self._bar = Bar()
        self._step = Words(weight=tokens.MEDIUM)
        self.add(self._title)
        for part in (self._step, self._bar):
            self.add(part)
        self.add(
            Words(
                "You can stop it: everything is then as it was. Leave the stick in, and the laptop "
                "on.",
                tone="muted",
            )
        )

    def begin_with(self, title: str) -> None:
        """Something new is under way."""
        self._title.setText(title)
        self._step.setText("Beginning")
        self._bar.show_part(0)

    def say(self, words: str) -> None:
        """What it is doing now."""
        self._step.setText(words)

    def show_part(self, done: int, of: int) -> None:
        """How much of it is done."""
        self._bar.show_part(done / max(1, of))

    def begin(self) -> None:
        """There is nothing to be typed, and a stray Enter stops nothing."""
        self.setFocus()


class DonePage(Column):
    """What came of it, and what is left to do."""

    def __init__(self) -> None:
        super().__init__(gap=tokens.S3)
        self.said = Trouble("What came of it")
        self._by_hand = Column(gap=tokens.S2)
        self.add(Words("Close KetaChart now", size="h1", weight=tokens.SEMIBOLD))
        self.add(self.said)
        self.add(self._by_hand)

    def show_ready(self, ready: Ready) -> None:
        """In one sentence, then what the administrator types, where they have to."""
        self.said.say("Ready", ready.sentence, tone="ok")
        self._by_hand.empty()
        if ready.by_hand:
            self._by_hand.add(Words("The command", size="label", tone="muted"))
            self._by_hand.add(Words(ready.by_hand, size="small", verbatim=True))

    def begin(self) -> None:
        """To what came of it: that is read before anything is pressed."""
        self.setFocus()


def _named(version: str) -> str:
    """The program by its name and version, which are the same in every language."""
    return " ".join(("KetaChart", version))
