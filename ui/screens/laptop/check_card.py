"""The check of the whole ledger: when it was read last, what was found, and reading it now."""

from datetime import datetime
from typing import Final

from PySide6.QtWidgets import QApplication

from ketachart.domain.facts.safekeeping import LedgerChecked
from ketachart.domain.wording import count, day_and_clock
from ketachart.errors import KetaChartError
from ui import theme, tokens
from ui.actions import key_of
from ui.checkup import Checkup
from ui.desk import Desk
from ui.laptop import age_words
from ui.screens.laptop.part import ROOM, Part
from ui.screens.laptop.progress import Progress
from ui.tokens import Tone
from ui.widgets.button_inks import Kind
from ui.widgets.buttons import Button
from ui.widgets.key_value import KeyValue
from ui.widgets.primary_button import PrimaryButton
from ui.widgets.row_list import ListRow, RowList
from ui.widgets.trouble import Trouble
from ui.widgets.words import Words

_LEAST: Final = 120
_WHOLE: Final = "Every entry is as it was written."
_DO: Final = (
    "Everything named here is in the laptop's book. What can be read stays on the screen: chart on "
    "paper, change nothing in the ledger's folder, and restore the last good backup."
)


class CheckPart(Part):
    """Reads the ledger beside the work; what is damaged is named line by line."""

    def __init__(self, desk: Desk, checkup: Checkup) -> None:
        super().__init__("Check", sign="shield-check")
        self._desk, self._checkup = desk, checkup
        self.standing = Trouble("What the check found")
        self.progress = Progress("The check", key=key_of("halt"))
        self.primary = PrimaryButton(
            "Check the whole ledger now", sign="shield-check", key=key_of("primary")
        )
        self.restore = Button("Restore…", sign="rotate-ccw", key=key_of("restore"), kind=Kind.QUIET)
        self._damaged = Words("What is damaged", weight=tokens.SEMIBOLD)
        self.list = RowList("What is damaged")
        for part in (self.standing, self.progress, self.facts):
            self.add(part)
        self.add(self.ways(self.primary, self.restore))
        self.add(self._damaged)
        self.add(self.list, stretch=ROOM)
        self.add_room()
        self.dress(theme.look())
        self.primary.clicked.connect(self._read)
        self.progress.stop.clicked.connect(self.halt)
        checkup.progress.connect(self._stepped)
        checkup.ended.connect(self._ended)

    def dress(self, look: theme.Look) -> None:
        """A few lines are always seen."""
        super().dress(look)
        if hasattr(self, "list"):
            self.list.setMinimumHeight(look.px(_LEAST))

    # ------------------------------------------------ what is shown

    def _last(self) -> LedgerChecked | None:
        entry = self._desk.keeping.checks.last()
        fact = entry.fact if entry is not None else None
        return fact if isinstance(fact, LedgerChecked) else None

    def _found(self) -> tuple[str, ...]:
        """What is known to be damaged now: by this session's check, at opening, or by the last."""
        read_only = self._desk.office.read_only
        now = self._checkup.found or (read_only.faults if read_only is not None else ())
        if now:
            return tuple(fault.sentence for fault in now)
        last = self._last()
        return last.faults if last is not None else ()

    def renew(self) -> None:
        """As it stands now."""
        try:
            last, found, now = self._last(), self._found(), self._desk.now()
            due = self._desk.keeping.checks.due(now)
        except KetaChartError as error:
            self.standing.say("What is known of the ledger cannot be read", str(error))
            return
        self._say(last, found, due=due)
        self.show_facts(_told(last, now, due=due))
        rows = tuple(
            ListRow(
                str(place),
                sentence,
                "",
                mark=f"{place} of {len(found)}",
                sign="octagon-alert",
                tone="danger",
            )
            for place, sentence in enumerate(found, 1)
        )
        self.list.show_rows(rows)
        for part in (self._damaged, self.list):
            part.setVisible(bool(rows))
        self.restore.setVisible(bool(rows) or self._desk.office.read_only is not None)
        self._show_way()

    def _say(self, last: LedgerChecked | None, found: tuple[str, ...], *, due: bool) -> None:
        if found:
            things = count(len(found), "thing is", "things are")
            self.standing.say(f"{things} not as written", _DO)
        elif self._checkup.trouble:
            self.standing.say(
                "The check did not come to its end", self._checkup.trouble, tone="warn"
            )
        elif last is not None and not due:
            self.standing.say("Nothing wrong was found", _WHOLE, tone="ok")
        else:
            self.standing.settle()

    def state(self) -> tuple[str, str]:
        """One line and its tone, for the list of parts."""
        try:
            found, last = self._found(), self._last()
            due = self._desk.keeping.checks.due(self._desk.now())
        except KetaChartError:
            return "cannot be read", "danger"
        if found:
            return "damage found", "danger"
        if last is None:
            return "not yet", "warn" if due else "muted"
        return age_words(last.at, self._desk.now()), "warn" if due else "ok"

    def _show_way(self) -> None:
        if self._checkup.running:
            self.primary.close_because("It is being read")
            if self.progress.isHidden():
                self.progress.say("Reading the ledger. Go on charting.", 0.0)
        else:
            stood = self.progress.stop is QApplication.focusWidget()
            self.primary.reopen()
            if stood:  # else the keyboard would go to the top of the window
                self.primary.setFocus()
            self.progress.settle()

    def _stepped(self, done: int, of: int) -> None:
        part = done / max(1, of)
        self.progress.say(f"Read {done:,} of {of:,} entries. Go on charting.", part)

    # ------------------------------------------------ acts

    def press(self) -> None:
        """What Ctrl+Enter does here."""
        self.primary.press()

    def _read(self) -> None:
        try:
            self._checkup.begin()
        except KetaChartError as error:
            self.standing.say("The check was not begun", str(error))
            return
        self.changed.emit()
        if self._checkup.running:
            self.progress.stop.setFocus()

    def _ended(self) -> None:
        if self._desk.is_unlocked:
            self.changed.emit()

    def halt(self) -> None:
        """Breaks it off; nothing was changed by it."""
        self._checkup.cancel()

    def begin(self) -> None:
        """To the button; to what is damaged where something is."""
        (self.primary if self.list.isHidden() else self.list).setFocus()


def _told(last: LedgerChecked | None, now: datetime, *, due: bool) -> tuple[KeyValue, ...]:
    by_itself = KeyValue("By itself", "once a week, beside the work; opening reads the newest part")
    if last is None:
        return KeyValue("Read whole", "not yet on this laptop"), by_itself
    when = day_and_clock(last.at.astimezone(now.tzinfo))
    entries = count(last.head_seq, "entry", "entries")
    tone: Tone = "warn" if due else "text"
    read = KeyValue("Read whole", f"{when}, {age_words(last.at, now)}; {entries}", tone)
    found = "nothing wrong"
    if last.faults:
        found = count(len(last.faults), "thing is", "things are") + " not as written"
    return read, KeyValue("Found", found, "danger" if last.faults else "text"), by_itself
