"""The pages of a restore: the backups, whose passphrase opens one, how far it is, the outcome."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ketachart.domain.wording import count, day_and_clock
from ui import theme, tokens
from ui.actions import key_of
from ui.laptop import breakable
from ui.screens.laptop.copies import key_of_copy, row_of_copy
from ui.screens.step_pages import StepRail
from ui.widgets.bar import Bar
from ui.widgets.boxes import Column, Row
from ui.widgets.buttons import Button
from ui.widgets.key_value import FactColumns, KeyValue
from ui.widgets.row_list import RowList
from ui.widgets.trouble import Trouble
from ui.widgets.words import Words

if TYPE_CHECKING:
    from datetime import datetime

    from ketachart.charting.restoring import CopyInfo, Restored

_STEPS: Final = (
    ("copy", "Backup", "Which one"),
    ("proof", "Proof", "Who may open it"),
    ("work", "Restore", "Some minutes"),
    ("done", "Done", "What is back"),
)
_SAFE: Final = (
    "Nothing is overwritten: a ledger that is here is kept aside, whole, and what was charted after"
    " the backup is taken over from it."
)
_LEAST: Final = 190  # the list of backups
_NONE: Final = "No backup lies there. Choose the stick itself, or the folder that you backed up to."


class Rail(StepRail):
    """Where one is."""

    def __init__(self) -> None:
        super().__init__("Restore", "Steps of a restore", _STEPS, safe=_SAFE)


class CopyPage(Column):
    """A place, and the backups that lie there."""

    def __init__(self) -> None:
        super().__init__(gap=tokens.S3)
        self.place: Path | None = None
        self._copies: dict[str, CopyInfo] = {}
        self.choose = Button("Choose the stick or folder", sign="usb", key=key_of("backup-place"))
        self._where = Words("No place is chosen yet.", size="small", tone="muted")
        self.list = RowList("Backups, the newest first")
        head = Row()
        head.add(self.choose)
        head.add_room()
        self.add(Words("Which backup?", size="h1", weight=tokens.SEMIBOLD))
        self.add(Words("Plug in the stick that the backups are on.", tone="muted"))
        for part in (head, self._where, self.list):
            self.add(part)
        self.list.setVisible(False)
        self.dress(theme.look())

    def dress(self, look: theme.Look) -> None:
        """A few backups are always seen."""
        super().dress(look)
        if hasattr(self, "list"):
            self.list.setMinimumHeight(look.px(_LEAST))

    def show_place(self, place: Path) -> None:
        """Where it is looked; what was found elsewhere is gone."""
        self.place = place
        self._copies = {}
        self._where.setText(f"Looking in {breakable(place)}…")
        self.list.setVisible(False)

    def show_copies(self, copies: tuple[CopyInfo, ...], now: datetime) -> None:
        """The newest first, chosen where it may be restored."""
        self._copies = {key_of_copy(copy): copy for copy in copies}
        rows = tuple(row_of_copy(copy, now) for copy in copies)
        ledgers = {copy.ledger_id for copy in copies if copy.ledger_id}
        if len(ledgers) > 1:  # a stick may hold the backups of several laptops
            rows = tuple(
                replace(row, what=f"{row.what}\nLedger {copy.ledger_id[:8]}")
                for row, copy in zip(rows, copies, strict=True)
            )
        self.list.show_rows(rows)
        self.list.setVisible(bool(rows))
        whole = next((copy for copy in copies if not copy.fault), None)
        if whole is not None:
            self.list.choose(key_of_copy(whole))
        found = count(len(copies), "backup") if copies else _NONE
        self._where.setText(f"{breakable(self.place)}: {found}" if self.place else found)

    def chosen(self) -> CopyInfo | None:
        """The chosen backup."""
        return self._copies.get(self.list.current_key())

    def begin(self) -> None:
        """To the backups; to the place while there are none."""
        (self.list if self._copies else self.choose).setFocus()


class WorkPage(Column):
    """What is being done now, and how much of it is done."""

    def __init__(self) -> None:
        super().__init__(gap=tokens.S3)
        self.is_last = False
        self._bar = Bar()
        self._step = Words(weight=tokens.MEDIUM)
        self._told = Words(tone="muted")
        self.add(Words("The ledger is being made again", size="h1", weight=tokens.SEMIBOLD))
        for part in (self._step, self._bar, self._told):
            self.add(part)
        self.rest()

    def rest(self) -> None:
        """Nothing is under way."""
        self.is_last = False
        self._bar.show_part(0)
        self._step.setText("Beginning")
        self._told.setText(
            "You can stop it until the last step: everything is then as it was. Leave the stick in."
        )

    def say(self, words: str, *, is_last: bool) -> None:
        """What it is doing now; the last step is not broken off any more."""
        self.is_last = is_last
        self._step.setText(words)
        if is_last:
            self._told.setText("This is the last step. Leave the stick in and the laptop on.")

    def say_stopping(self) -> None:
        """It was asked to stop, and ends soon."""
        self._step.setText("Stopping. Nothing is changed.")

    def show_part(self, done: int, of: int) -> None:
        """How much of it is done."""
        self._bar.show_part(done / max(1, of))

    def begin(self) -> None:
        """There is nothing to be typed, and a stray Enter stops nothing."""
        self.setFocus()


class DonePage(Column):
    """What is back, to which entry, and where the ledger before is kept."""

    def __init__(self) -> None:
        super().__init__(gap=tokens.S3)
        self.said = Trouble("What came of it")
        self._facts = Column()
        self.add(Words("The ledger is back", size="h1", weight=tokens.SEMIBOLD))
        for part in (self.said, self._facts):
            self.add(part)

    def show_restored(self, restored: Restored, now: datetime) -> None:
        """In one sentence, then what stands where."""
        lost = restored.lost is None or restored.lost > 0
        tone = "warn" if lost and restored.kept is not None else "ok"
        self.said.say("Restored", restored.sentence, tone="warn" if tone == "warn" else "ok")
        made = day_and_clock(restored.made_at.astimezone(now.tzinfo))
        rows = [
            KeyValue("Backup of", made),
            KeyValue("It held", count(restored.head_seq, "entry", "entries")),
        ]
        if restored.kept is not None:
            regained = count(restored.regained, "later entry", "later entries")
            rows.append(KeyValue("Regained", regained))
            rows.append(KeyValue("Kept aside", breakable(restored.kept)))
        self._facts.empty()
        self._facts.add(FactColumns("What is back", tuple(rows)))

    def begin(self) -> None:
        """To what came of it: that is read before anything is pressed."""
        self.setFocus()
